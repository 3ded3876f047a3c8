"""The ledger of a zone (管理台帐, art. 12.2): opening + in − out = closing, for any period and as of any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.places import Place


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One unit into or out of the zone. ``balance``: units standing there after it; ``other_place``: from or to."""

    id: str
    at: datetime
    incoming: bool
    unit_id: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    case_id: str | None
    case_number: str | None
    other_place: Place
    shelf: str | None
    document_number: str
    reason: str
    reverses_id: str | None
    by: str
    by_name: str | None
    balance: int = 0


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The figures of a period, both days included."""

    zone: Place
    start: date
    end: date
    opening: int
    came: int
    left: int
    closing: int


@dataclass(frozen=True, slots=True)
class StoodThere:
    """One unit that stood in the zone at the end of a past day. ``left_at``: when it left; ``None`` = stands there now.

    ``no``: its place in the list, from 1.
    """

    no: int
    unit_id: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    case_number: str | None
    shelf: str | None
    since: datetime
    left_at: datetime | None
