"""F20: the ledger of one zone 管理台帐 and the stock-take sheet 盘点表 (art. 12.2, 12.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.places import Place
from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement into or out of the zone, with the balance after it."""

    at: datetime
    incoming: bool
    serial: str
    product: str
    case_number: str
    other_place: Worded
    balance: int
    shelf: str = ""
    document: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ZoneLedger:
    """F20: opening + in − out = closing, for the days from ``start`` to ``end``."""

    zone: Place
    start: date
    end: date
    opening: int
    closing: int
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """One unit on the count sheet. ``booked`` = the ledger has it here; ``found`` = it was seen (``None``: not yet)."""

    shelf: str
    serial: str
    product: str
    case_number: str = ""
    booked: bool = True
    found: bool | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PartCountRow:
    """One part on the count sheet. ``counted`` ``None``: to be written in."""

    part_no: str
    name: str
    unit: str
    grade: Worded
    booked: int
    counted: int | None = None
    reason: str = ""

    @property
    def difference(self) -> int:
        """Pieces too many (+) or missing (−)."""
        return 0 if self.counted is None else self.counted - self.booked


@dataclass(frozen=True, slots=True)
class PartCountSheet:
    """F20P: the count sheet of parts at one place."""

    place: Worded
    begun_at: datetime
    rows: tuple[PartCountRow, ...]
    closed_at: datetime | None = None
    remark: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class StocktakeSheet:
    """The count sheet by shelf. Before the count it is a form to tick; afterwards it shows the differences."""

    zone: Place
    begun_at: datetime
    lines: tuple[CountLine, ...]
    closed_at: datetime | None = None
    remark: str = ""
    signatures: tuple[Signature, ...] = ()
