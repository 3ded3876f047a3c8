"""Facts that several papers show: parts, test readings, the QA mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Worded


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part used on the bench. Prices are in fen; ``None`` where the paper shows no price."""

    name: str
    part_number: str = ""
    quantity: int = 1
    removed_serial: str = ""
    new_serial: str = ""
    unit_price: int | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One test item of an inspection run, as the sheet says it: limits and value are texts with their unit."""

    item: str
    limits: str = ""
    value: str = ""
    unit: str = ""
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class InspectionSheet:
    """One inspection run; every run is kept and printed (spec 1 §3)."""

    run: int
    readings: tuple[ReadingLine, ...] = ()
    inspector: str = ""
    at: datetime | None = None
    passed: bool | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class QaMark:
    """The numbered mark of a passed unit (art. 10.7). ``stamp`` is the number of the inspector's stamp.

    ``code`` is what the verification QR says; empty means the mark's number.
    """

    number: str
    stamp: str
    on: date
    depot: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class WarrantyLine:
    """The warranty ruling in the words of the paper's reader; ``reason`` explains it without article numbers."""

    status: Worded = ""
    reason: str = ""
    start: date | None = None
    until: date | None = None
    proof: str = ""
    #: the last day of the warranty after this repair (art. 3 of the service promise: downtime is appended)
    next_until: date | None = None
