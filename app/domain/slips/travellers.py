"""F1, the traveller 产品现场质量问题信息传递表: it goes with the unit and ends in QA's archive (art. 8, 10)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded
from app.domain.slips.units import InspectionSheet, PartLine, QaMark, WarrantyLine


@dataclass(frozen=True, slots=True)
class FieldSection:
    """厂外信息: what was known before the unit came to the factory."""

    customer: str
    product: str
    serial: str
    site: str = ""
    contact: str = ""
    phone: str = ""
    lot: str = ""
    manufactured: date | None = None
    phase: Worded = ""
    fault_date: date | None = None
    symptom: str = ""
    tried: str = ""
    accessories: tuple[str, ...] = ()
    condition: str = ""
    way_of_return: Worded = ""
    brought_by: Worded = ""
    carrier: str = ""
    waybill: str = ""
    back_at_factory: date | None = None
    return_needed: bool | None = None
    spare_left: str = ""
    urgency: Worded = ""
    promised: date | None = None
    warranty: WarrantyLine = field(default_factory=WarrantyLine)
    visit: int = 1
    filled_by: str = ""
    filled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FactorySection:
    """厂内信息: bench and inspection. Printed with room for the pen while it is still empty."""

    confirmed_symptom: str = ""
    fault: str = ""
    cause: Worded = ""
    responsibility: Worded = ""
    result: Worded = ""
    work: str = ""
    parts: tuple[PartLine, ...] = ()
    technician: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    runs: tuple[InspectionSheet, ...] = ()
    mark: QaMark | None = None


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """One handover of unit and traveller, with both signatures (art. 7)."""

    number: str
    giver_place: Worded
    receiver_place: Worded
    giver: Signature
    receiver: Signature
    at: datetime | None = None
    accepted: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TravellerSlip:
    """F1 as a whole; the document number is the traveller's own."""

    case_number: str
    field_section: FieldSection
    factory_section: FactorySection = field(default_factory=FactorySection)
    custody: tuple[CustodyRow, ...] = ()
    archived_at: datetime | None = None
    archived_by: str = ""
