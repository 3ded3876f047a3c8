"""F5, the handover slip 交接单: one transfer of custody, accepted or refused line by line (art. 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One unit, its traveller, or both. ``accepted`` is ``None`` until the receiver has decided."""

    serial: str
    product: str
    case_number: str
    unit: bool = True
    traveller: str = ""
    accepted: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandoverSlip:
    """F5. Refused lines stay with the giver; the slip prints the discrepancy (spec 1 §3)."""

    giver_place: Worded
    receiver_place: Worded
    lines: tuple[HandoverLine, ...]
    giver: Signature
    receiver: Signature
    at: datetime | None = None
    remark: str = ""
