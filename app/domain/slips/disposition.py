"""F11, the notice that goes with a unit returned as it is: why, what was said, in words for the customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded
from app.domain.slips.units import WarrantyLine


@dataclass(frozen=True, slots=True)
class NoticeVisit:
    """One return visit of the unit."""

    received: date
    symptom: str
    result: Worded = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTalk:
    """What was said to the customer and what they answered. ``wish``: given in writing, how."""

    at: datetime
    who: str
    channel: Worded
    said: str
    answered: str
    by: str = ""
    wish: Worded = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """F11 退还说明. ``reason`` in plain words, without articles; ``meaning``: what it means for the customer."""

    customer: str
    product: str
    serial: str
    case_number: str
    ruling_number: str
    reason: str
    meaning: tuple[str, ...] = ()
    address: str = ""
    contact: str = ""
    phone: str = ""
    lot: str = ""
    visit: int = 1
    received: date | None = None
    decided: date | None = None
    symptom: str = ""
    fault: str = ""
    result: Worded = ""
    work: str = ""
    warranty: WarrantyLine = field(default_factory=WarrantyLine)
    visits: tuple[NoticeVisit, ...] = ()
    talks: tuple[NoticeTalk, ...] = ()
    signatures: tuple[Signature, ...] = ()
