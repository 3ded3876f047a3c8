"""F5T, the transfer slip 转站交接单: a unit goes on to another depot, with its story (spec 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class TransferVisit:
    """An earlier visit at the sender."""

    number: str
    received_on: date | None
    symptom: str
    fault: str
    result: Worded


@dataclass(frozen=True, slots=True)
class TransferSlip:
    """F5T. The number in its codes is that of the handover: the receiver scans it, and nothing is typed again.

    ``void``: why the transfer does not hold any more.
    """

    from_depot: str
    to_depot: str
    reason: str
    carriage: Worded
    serial: str
    product: str
    customer: str
    case_number: str
    symptom: str
    sent_at: datetime | None = None
    carrier: str = ""
    waybill: str = ""
    lot: str = ""
    contact: str = ""
    phone: str = ""
    traveller: str = ""
    visit_no: int = 1
    received_on: date | None = None
    due_on: date | None = None
    tried: str = ""
    condition: str = ""
    accessories: tuple[str, ...] = ()
    warranty: tuple[str, ...] = ()
    visits: tuple[TransferVisit, ...] = ()
    answer: Worded = ""
    remark: str = ""
    signatures: tuple[Signature, ...] = ()
