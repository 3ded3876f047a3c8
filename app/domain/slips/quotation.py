"""F19, the quotation 报价单: what the work costs, by which rates, and the customer's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line as it is printed. ``unit_price`` in fen, ``None`` for shares; ``amount``: rounded for itself."""

    name: str
    detail: str
    quantity: str
    unit_price: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate of the year, for the table of rates."""

    name: Worded
    rate_class: Worded
    rate: str


@dataclass(frozen=True, slots=True)
class QuotationSlip:
    """F19. ``total`` is rounded once. ``accepted`` ``None``: not answered; ``answered_at``: when, by whom, how.

    ``why``: in plain words, why the work is charged. ``draft``: the customer has not been told yet.
    """

    customer: str
    product: str
    serial: str
    case_number: str
    contact: str
    phone: str
    symptom: str
    fault: str
    why: str
    lines: tuple[QuotedLine, ...]
    rates: tuple[RateLine, ...]
    total: int
    priced_on: date
    valid_until: date | None
    version: int
    replaces: str = ""
    note: str = ""
    draft: bool = False
    accepted: bool | None = None
    how: Worded = ""
    answered_by: str = ""
    answered_phone: str = ""
    answered_at: datetime | None = None
    signatures: tuple[Signature, ...] = ()
