"""What waits: counts per page, and the lists of the start page per role (spec 5, "Today")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.people import Role
from app.domain.places import Place
from app.domain.stages import Stage

#: Stages of cases whose unit is in the house and whose turnaround clock runs or pauses.
IN_HOUSE: tuple[Stage, ...] = (
    Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.IN_QA, Stage.PASSED,
    Stage.READY_TO_RETURN, Stage.REFERRED, Stage.TO_RND,
)


class Errand(StrEnum):
    """Why a case is on somebody's list; each leads to a page."""

    OVERDUE = "OVERDUE"
    DUE_SOON = "DUE_SOON"
    TO_RECEIVE = "TO_RECEIVE"
    TO_PLAN = "TO_PLAN"
    TO_DISPATCH = "TO_DISPATCH"
    AT_BENCH = "AT_BENCH"
    TO_INSPECT = "TO_INSPECT"
    TO_PUT_AWAY = "TO_PUT_AWAY"
    TO_RETURN = "TO_RETURN"
    TO_RULE = "TO_RULE"
    TO_HEAR_FROM = "TO_HEAR_FROM"  # quotations that wait for an answer and end soon, or have ended
    TO_APPROVE = "TO_APPROVE"    # somebody asked for scrapping or free service
    TO_DETERMINE = "TO_DETERMINE"  # kept units in the lab
    TO_ARCHIVE = "TO_ARCHIVE"
    OWED_UNITS = "OWED_UNITS"    # faulty units awaited for a spare left at a site
    LOANERS_OUT = "LOANERS_OUT"


#: The page on which each errand is done.
PAGE: dict[Errand, str] = {
    Errand.OVERDUE: "", Errand.DUE_SOON: "", Errand.TO_RECEIVE: "receiving", Errand.TO_PLAN: "plan",
    Errand.TO_DISPATCH: "handover", Errand.AT_BENCH: "bench", Errand.TO_INSPECT: "qa", Errand.TO_PUT_AWAY: "return",
    Errand.TO_RETURN: "return", Errand.TO_RULE: "", Errand.TO_ARCHIVE: "travellers",
    Errand.OWED_UNITS: "spares", Errand.LOANERS_OUT: "spares", Errand.TO_APPROVE: "dispositions",
    Errand.TO_DETERMINE: "dispositions", Errand.TO_HEAR_FROM: "quotations",
}

#: The page that carries a case on from each stage; empty where the next issue's page will.
PAGE_OF_STAGE: dict[Stage, str] = {
    Stage.REPORTED: "receiving", Stage.RECEIVED: "plan", Stage.PLANNED: "plan", Stage.RELEASED: "handover",
    Stage.IN_REPAIR: "bench", Stage.AWAITING_CUSTOMER: "bench", Stage.IN_QA: "qa", Stage.PASSED: "return",
    Stage.READY_TO_RETURN: "return", Stage.RETURNED: "travellers", Stage.SPARE: "travellers",
}

#: What each role does first.
ERRANDS: dict[Role, tuple[Errand, ...]] = {
    Role.CLERK: (Errand.TO_RECEIVE, Errand.TO_PLAN, Errand.TO_DISPATCH, Errand.TO_PUT_AWAY, Errand.TO_RETURN,
                 Errand.TO_HEAR_FROM, Errand.OWED_UNITS, Errand.LOANERS_OUT),
    Role.PLANNER: (Errand.TO_PLAN,),
    Role.TECHNICIAN: (Errand.AT_BENCH,),
    Role.INSPECTOR: (Errand.TO_INSPECT, Errand.TO_ARCHIVE),
    Role.SUPERVISOR: (Errand.TO_RULE, Errand.TO_PUT_AWAY, Errand.TO_RETURN, Errand.TO_HEAR_FROM, Errand.OWED_UNITS,
                      Errand.LOANERS_OUT),
    Role.MANAGER: (Errand.TO_APPROVE,),
    Role.ENGINEER: (Errand.TO_DETERMINE,),
    Role.ADMIN: (),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits on a page, and how much of it is late or soon will be."""

    number: int
    overdue: int = 0
    due_soon: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the start page. ``stage``: ``None`` where it is about a unit outside; ``case_id`` is then the number
    of its paper.
    """

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer: str
    stage: Stage | None
    place: Place
    due_on: date | None
    paused_at: datetime | None
    received_at: datetime | None
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The tiles of the start page, of today. ``care``: calls that are due and open complaints, ``care_late`` of them
    late; ``None`` for whoever does not follow up with customers."""

    received: int
    returned: int
    in_house: int
    due_soon: int
    overdue: int
    paused: int
    requests: int = 0
    care: int | None = None
    care_late: int = 0


def errands_of(roles: frozenset[Role]) -> tuple[Errand, ...]:
    """The errands of somebody with ``roles``, each once, in the order of the work."""
    mine = {errand for role in roles for errand in ERRANDS[role]}
    return tuple(errand for errand in Errand if errand in mine)
