"""F23, the quality alarm 质量异常警报表 with the feedback 质量异常反馈表 on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class AlarmUnit:
    """Another unit of the lot. ``returns``: how often it came back."""

    serial: str
    place: Worded
    returns: int


@dataclass(frozen=True, slots=True)
class AlarmPaper:
    """F23. Until R&D has answered, the feedback half prints as empty fields to be filled in."""

    product: str
    lot: str
    serial: str
    case_number: str
    origin: Worded
    severity: Worded
    symptom: str
    finding: str
    raised: date
    answer_due: date | None
    others: tuple[AlarmUnit, ...]
    investigation: str = ""
    cause: Worded = ""
    action: str = ""
    answered: date | None = None
    result: str = ""
    closed: date | None = None
    signatures: tuple[Signature, ...] = ()
