"""The return register (返厂维修登记表, art. 8.5): one line per case, by period, stage, customer, product, text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.places import Place
from app.domain.stages import Stage


class PeriodOf(StrEnum):
    """Which date of a case the period is about."""

    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"


class Standing(StrEnum):
    """How a case stands, in the coarse words of the register's filter."""

    ANY = "ANY"
    OPEN = "OPEN"
    OVERDUE = "OVERDUE"
    ENDED = "ENDED"
    VOID = "VOID"


#: Stages in which the unit is in the house or owed an end by it.
IN_HAND: frozenset[Stage] = frozenset({
    Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.IN_QA, Stage.PASSED,
    Stage.READY_TO_RETURN, Stage.REFERRED, Stage.TO_RND,
})
#: Stages after the exit: returned, put away as a spare, restocked, scrapped, closed.
GONE: frozenset[Stage] = frozenset({
    Stage.RETURNED, Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED, Stage.CLOSED,
})


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases: empty fields do not restrict. ``start`` and ``end`` are days at the depot, both included."""

    start: date | None = None
    end: date | None = None
    period_of: PeriodOf = PeriodOf.RECEIVED
    standing: Standing = Standing.ANY
    stage: Stage | None = None
    customer_id: str = ""
    product_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One case as the register lists it."""

    case_id: str
    unit_id: str
    number: str
    stage: Stage
    serial: str
    tagged: bool
    model: str
    name_zh: str
    name_en: str
    customer: str
    place: Place
    visit_no: int
    urgency: str
    method: str
    brought_by: str
    warranty: str
    symptom: str
    result: str | None
    outcome: str | None
    found_at_repair: bool
    reported_at: datetime
    received_at: datetime | None
    due_on: date | None
    paused_at: datetime | None
    passed_at: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class CaseDates:
    """What the printed register says beyond the list: the plan, and when the unit came to bench and QA."""

    plan_number: str = ""
    released: datetime | None = None
    in_repair: datetime | None = None
    in_qa: datetime | None = None
    mark_number: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How the chosen cases stand."""

    cases: int = 0
    reported: int = 0
    open: int = 0
    overdue: int = 0
    returned: int = 0
    spares: int = 0
    scrapped: int = 0
    void: int = 0


@dataclass(frozen=True, slots=True)
class AwaitedCase:
    """A reported case whose unit has not come yet."""

    case_id: str
    unit_id: str
    number: str
    serial: str
    tagged: bool
    model: str
    name_zh: str
    name_en: str
    customer: str
    reported_at: datetime
    method: str
    brought_by: str
    waybill: str
    symptom: str
    contact: str
    contact_phone: str


def exit_stage(row: RegisterRow) -> Stage | None:
    """By which door the case left the house; ``None`` while it is in it. A closed case is told by its dates."""
    if row.stage is Stage.CLOSED:
        if row.returned_at is not None:
            return Stage.RETURNED
        return Stage.SCRAPPED if row.outcome == "SCRAP" else Stage.SPARE
    return row.stage if row.stage in GONE else None
