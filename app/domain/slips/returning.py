"""Papers that go back with the unit: F8 repair slip, F9 feedback slip, F10 packing slip (art. 10.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.satisfaction import Aspect, Grade
from app.domain.slips.heads import Signature, Worded
from app.domain.slips.units import PartLine, QaMark, WarrantyLine


class SigningRule(StrEnum):
    """What the customer gives on the repair slip; the rule books differ, so it is set per depot."""

    SIGN = "SIGN"
    STAMP = "STAMP"
    SIGN_OR_STAMP = "SIGN_OR_STAMP"
    SIGN_AND_STAMP = "SIGN_AND_STAMP"


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge that is not a part (labour, travel …), in fen."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class RepairSlip:
    """F8 售后服务维修单. ``total`` is the sum the customer owes, in fen, rounded once before it came here."""

    customer: str
    product: str
    serial: str
    case_number: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    lot: str = ""
    visit: int = 1
    received: date | None = None
    returned: date | None = None
    symptom: str = ""
    fault: str = ""
    cause: Worded = ""
    result: Worded = ""
    work: str = ""
    technician: str = ""
    parts: tuple[PartLine, ...] = ()
    charges: tuple[Charge, ...] = ()
    total: int = 0
    free_reason: str = ""
    receipt_number: str = ""
    warranty: WarrantyLine = field(default_factory=WarrantyLine)
    mark: QaMark | None = None
    opinion: str = ""
    signing: SigningRule = SigningRule.SIGN_OR_STAMP
    signatures: tuple[Signature, ...] = ()
    #: worked at the customer's: the case number is the request's, the days are those of the trip
    on_site: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackSlip:
    """F9 用户意见处理反馈表: filled in by the customer and sent back. ``answers`` are ticked when already known."""

    customer: str
    product: str
    serial: str
    case_number: str
    contact: str = ""
    phone: str = ""
    returned: date | None = None
    work: str = ""
    send_back_to: str = ""
    send_back_by: date | None = None
    answers: Mapping[Aspect, Grade] = field(default_factory=dict)
    opinion: str = ""
    recontact: bool | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class PackedUnit:
    """A unit in the parcel."""

    serial: str
    product: str
    case_number: str
    result: Worded = ""
    mark_number: str = ""


@dataclass(frozen=True, slots=True)
class AccessoryBalance:
    """An accessory that came in and must go out again (in = out)."""

    name: str
    came_in: int
    goes_out: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PackingSlip:
    """F10 发货清单."""

    consignee: str
    units: tuple[PackedUnit, ...]
    address: str = ""
    contact: str = ""
    phone: str = ""
    carrier: str = ""
    waybill: str = ""
    parcels: int = 1
    shipped: date | None = None
    accessories: tuple[AccessoryBalance, ...] = ()
    enclosures: tuple[str, ...] = ()
    remark: str = ""
    signatures: tuple[Signature, ...] = ()
