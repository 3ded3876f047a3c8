"""What comes over the counter: units, their return cases and travellers, and the intake a clerk fills in (art. 6-8)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain import serials
from app.domain.places import Place
from app.domain.serials import SerialRule
from app.domain.stages import Stage
from app.errors import Problem


class ReturnMethod(StrEnum):
    """How the unit came back (art. 6)."""

    CARRIED = "CARRIED"
    MAILED = "MAILED"


class BroughtBy(StrEnum):
    """Who carried or mailed it (art. 8.1-8.3)."""

    COMPANY = "COMPANY"
    CUSTOMER = "CUSTOMER"
    PARTNER = "PARTNER"


class Phase(StrEnum):
    """When the fault appeared (art. 3)."""

    OPERATION = "OPERATION"
    COMMISSIONING = "COMMISSIONING"
    UNKNOWN = "UNKNOWN"


class Urgency(StrEnum):
    """Routine units fall under the two-week rule; a special one has its own promised date (art. 12.4)."""

    ROUTINE = "ROUTINE"
    SPECIAL = "SPECIAL"


@dataclass(frozen=True, slots=True)
class Unit:
    """One physical product. ``serial`` is normalised by the product's rule; ``serial_as_read`` is what was read.

    ``place``, ``shelf_id``, ``placed_at`` and ``movement_no`` are the end of the movement chain. ``case_id`` is the
    open (else the newest) return case. ``seq`` changes with every write: it tells whether a row changed meanwhile.
    """

    id: str
    product_id: str
    serial: str
    serial_as_read: str
    tagged: bool
    lot: str
    manufactured_on: date | None
    shipped_on: date | None
    accepted_on: date | None
    customer_id: str | None
    storage_condition: str
    place: Place
    shelf_id: str | None
    placed_at: datetime
    movement_no: int
    case_id: str | None
    note: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """One visit of one unit (返修单). Field names as in the traveller's field section; see table ``return_cases``."""

    id: str
    number: str
    unit_id: str
    product_id: str
    customer_id: str
    stage: Stage
    visit_no: int
    urgency: str
    method: str
    brought_by: str
    waybill: str
    site: str
    contact: str
    contact_phone: str
    phase: str
    fault_on: date | None
    symptom: str
    symptom_code: str
    tried: str
    condition: str
    return_needed: bool | None
    spare_left_serial: str
    warranty_proof: str
    warranty: str
    back_on: date | None
    reported_at: datetime
    received_at: datetime | None
    received_by: str | None
    promised_on: date | None
    due_on: date | None
    found_at_repair: bool
    technician_id: str | None
    result: str | None
    outcome: str | None
    passed_at: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None
    paused_at: datetime | None
    pause_reason: str | None
    policy_version: str
    external_id: str
    external_outcome: str
    import_batch_id: str | None
    note: str
    historical: bool = False     # a return of earlier years, imported: over from the start, without moves and traveller
    counts_from: datetime | None = None  # the first receipt, where the unit came by transfer from another depot
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Traveller:
    """The form that travels with the unit; its original must end in QA's archive (art. 10.8)."""

    id: str
    number: str
    case_id: str
    unit_id: str
    place: Place
    placed_at: datetime
    movement_no: int
    archived_at: datetime | None
    archived_by: str | None
    archive_position: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Accessory:
    """Something that came with the unit and must go back with it: pieces that came in, pieces that left."""

    id: str
    case_id: str
    name: str
    serial: str
    condition: str
    quantity_in: int
    quantity_out: int


@dataclass(frozen=True, slots=True)
class AccessoryIn:
    """An accessory as the clerk enters it."""

    name: str
    quantity: int = 1
    condition: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """One unit as the clerk takes it in: the field section (厂外信息) of the traveller.

    ``serial`` empty with ``unreadable``: the nameplate cannot be read, a depot tag is given. ``tried`` tells what was
    done to find out where a fact is unknown (art. 8.4). ``product_model`` and ``customer_name`` stand in for the ids
    of rows that are not known yet: they become proposals of this depot. ``case_id``: the reported case this unit was
    announced by. ``transfer``: the number of the transfer with which another depot handed it on.
    """

    serial: str
    product_id: str
    customer_id: str
    symptom: str
    method: ReturnMethod = ReturnMethod.CARRIED
    brought_by: BroughtBy = BroughtBy.CUSTOMER
    unreadable: bool = False
    lot: str = ""
    manufactured_on: date | None = None
    shipped_on: date | None = None
    accepted_on: date | None = None
    phase: Phase = Phase.OPERATION
    fault_on: date | None = None
    symptom_code: str = ""
    tried: str = ""
    condition: str = ""
    accessories: tuple[AccessoryIn, ...] = ()
    waybill: str = ""
    site: str = ""
    contact: str = ""
    contact_phone: str = ""
    back_on: date | None = None
    return_needed: bool | None = True
    spare_left_serial: str = ""
    urgency: Urgency = Urgency.ROUTINE
    promised_on: date | None = None
    warranty_proof: str = ""
    external_id: str = ""
    external_outcome: str = ""
    note: str = ""
    product_model: str = ""
    customer_name: str = ""
    case_id: str = ""
    transfer: str = ""


@dataclass(frozen=True, slots=True)
class IntakeView:
    """An intake on record with the words a form needs to show it, and the rule its serial is judged by."""

    intake: Intake
    number: str
    model: str
    name_zh: str
    name_en: str
    customer: str
    rule: SerialRule


_UNKNOWN_WORDS = frozenset({"不详", "未知", "不清楚", "不明", "无", "unknown", "n/a", "na", "?", "？", "-"})


def says_nothing(text: str) -> bool:
    """Whether ``text`` only says that a fact is unknown (「不详」): then what was tried must be told (art. 8.4)."""
    return unicodedata.normalize("NFKC", text).strip().casefold() in _UNKNOWN_WORDS


def problems(intake: Intake, rule: SerialRule, today: date) -> list[Problem]:
    """What stops the intake, in the order of the form; the codes are ``receiving.*`` and ``serial.*``."""
    found = identity_problems(intake, rule)
    if not intake.symptom.strip():
        found.append(Problem("symptom", "receiving.symptom-missing"))
    elif says_nothing(intake.symptom) and not intake.tried.strip():
        found.append(Problem("tried", "receiving.unknown-needs-story", {"value": intake.symptom.strip()}))
    found += _date_problems(intake, today)
    if intake.urgency is Urgency.SPECIAL and intake.promised_on is None:
        found.append(Problem("promised_on", "receiving.promise-missing"))
    if intake.method is ReturnMethod.MAILED and not intake.waybill.strip():
        found.append(Problem("waybill", "receiving.waybill-missing"))
    found += accessory_problems(intake.accessories)
    return found


def report_problems(intake: Intake, rule: SerialRule, today: date) -> list[Problem]:
    """What stops a report by phone: serial, waybill and promise may still be unknown."""
    found = [p for p in identity_problems(intake, rule) if p.code != "serial.missing"]
    if not intake.symptom.strip():
        found.append(Problem("symptom", "receiving.symptom-missing"))
    return found + _date_problems(intake, today) + accessory_problems(intake.accessories)


def identity_problems(intake: Intake, rule: SerialRule) -> list[Problem]:
    """What stops anybody from saying which unit this is: all that a refused line needs to be without."""
    found: list[Problem] = []
    if not intake.product_id and not intake.product_model.strip():
        found.append(Problem("product_id", "receiving.product-missing"))
    if not intake.customer_id and not intake.customer_name.strip():
        found.append(Problem("customer_id", "receiving.customer-missing"))
    if not intake.unreadable:
        found += serials.problems(intake.serial, rule, field="serial")
    return found


def _date_problems(intake: Intake, today: date) -> list[Problem]:
    found = [
        Problem(field, "receiving.date-in-future", {"value": value, "today": today})
        for field in ("fault_on", "back_on", "manufactured_on", "shipped_on", "accepted_on")
        if (value := getattr(intake, field)) is not None and value > today
    ]
    if intake.promised_on is not None and intake.promised_on < today and not intake.transfer:
        found.append(Problem("promised_on", "receiving.promise-in-past", {"value": intake.promised_on, "today": today}))
    if intake.manufactured_on and intake.shipped_on and intake.shipped_on < intake.manufactured_on:
        found.append(
            Problem("shipped_on", "receiving.shipped-before-made",
                    {"value": intake.shipped_on, "made": intake.manufactured_on})
        )
    return found


def accessory_problems(accessories: Sequence[AccessoryIn]) -> list[Problem]:
    """``receiving.accessory-name``, ``receiving.accessory-quantity``."""
    found = []
    for accessory in accessories:
        if not accessory.name.strip():
            found.append(Problem("accessories", "receiving.accessory-name"))
        if not 1 <= accessory.quantity <= 999:
            found.append(
                Problem("accessories", "receiving.accessory-quantity",
                        {"name": accessory.name, "value": accessory.quantity})
            )
    return found
