"""F18, the loan slip 借用单, and the weekly loan list 借条明细 (service rules S4.8 11.3–11.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class BorrowedPart:
    """One part of a loan. ``price``: list price of one in fen, 0 where it has none."""

    name: str
    part_number: str
    unit: str
    quantity: int
    price: int
    place: Worded
    unused: int = 0
    consumed: int = 0
    defective: int = 0
    lost: int = 0

    @property
    def out(self) -> int:
        """Pieces not accounted for."""
        return self.quantity - self.unused - self.consumed - self.defective - self.lost


@dataclass(frozen=True, slots=True)
class BackLine:
    """What became of some pieces, and the certificate of their re-inspection where there is one."""

    at: datetime
    name: str
    quantity: int
    fate: Worded
    remark: str
    by: str


@dataclass(frozen=True, slots=True)
class LoanSlip:
    """F18. ``own_signature``: the value is within the limit for one's own signature."""

    borrower: str
    purpose: str
    carriage: Worded
    lent_at: datetime
    trip_ends_on: date
    due_on: date
    value: int
    own_signature: bool
    parts: tuple[BorrowedPart, ...]
    back: tuple[BackLine, ...] = ()
    case_number: str = ""
    cleared_at: datetime | None = None
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class LoanListLine:
    """One part of one loan in the weekly list."""

    number: str
    borrower: str
    lent_on: date
    due_on: date
    part: BorrowedPart
    late_days: int = 0
    cleared_on: date | None = None


@dataclass(frozen=True, slots=True)
class LoanList:
    """F18W: loans that are open, or were lent or cleared in the days from ``start`` to ``end``."""

    start: date
    end: date
    lines: tuple[LoanListLine, ...]
    signatures: tuple[Signature, ...] = ()
