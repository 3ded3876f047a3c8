"""F2, the receiving receipt 收件回执, and F6, the unit label 返修标签 (spec 1 §3 receive)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.places import Place
from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class ReceivedUnit:
    """One unit taken in, as it stood on the counter."""

    serial: str
    product: str
    case_number: str
    accessories: tuple[str, ...] = ()
    condition: str = ""
    symptom: str = ""
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class ReceivingReceipt:
    """F2. ``terms`` are the depot's own sentences (policy); ``enquiry_phone`` becomes a QR a telephone can dial."""

    customer: str
    received_at: datetime
    units: tuple[ReceivedUnit, ...]
    contact: str = ""
    phone: str = ""
    way_of_return: Worded = ""
    brought_by: Worded = ""
    carrier: str = ""
    waybill: str = ""
    terms: tuple[str, ...] = ()
    enquiry_phone: str = ""
    remark: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """F6. The band at the top shows the zone by colour, number and word."""

    serial: str
    case_number: str
    product: str
    customer: str
    zone: Place | None = None
    shelf: str = ""
    received: date | None = None
    due: date | None = None
    urgent: bool = False
