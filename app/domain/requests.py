"""Service requests: a customer calls before any unit comes (spec 1 §3 ``report``, §6 request clocks).

A request runs three clocks in working hours: passed on to whoever can help, answered, a solution plan. It ends by
phone, on site, with the unit coming back (a return case is opened), or with a spare left at the site.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain import deadlines, serials
from app.domain.clocks import Clock
from app.domain.policy import PolicySnapshot
from app.domain.receiving import Urgency
from app.domain.serials import SerialRule
from app.errors import Problem

LONGEST_STORY = 4000


class RequestState(StrEnum):
    """Whether anybody still has to do something."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    VOID = "VOID"


class Route(StrEnum):
    """How the request is going to be solved."""

    PHONE = "PHONE"
    ON_SITE = "ON_SITE"
    RETURN = "RETURN"
    SPARE_SWAP = "SPARE_SWAP"


class RequestStep(StrEnum):
    """What is to be done next on a request."""

    PASS_ON = "PASS_ON"  # noqa: S105  a message, not a password
    ANSWER = "ANSWER"
    PLAN = "PLAN"
    CHOOSE_ROUTE = "CHOOSE_ROUTE"
    SEND_SOMEBODY = "SEND_SOMEBODY"
    GET_CONSENT = "GET_CONSENT"
    FINISH_TRIP = "FINISH_TRIP"
    AWAIT_UNIT = "AWAIT_UNIT"
    SWAP = "SWAP"
    CLOSE = "CLOSE"
    NOTHING = "NOTHING"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request. ``quoted_fen``: the price told for work on site; ``consented``: what the customer said to it."""

    id: str
    number: str
    state: RequestState
    route: Route | None
    customer_id: str
    contact: str
    phone: str
    site: str
    product_id: str | None
    unit_id: str | None
    serial: str
    symptom: str
    tried: str
    fault_on: date | None
    urgency: str
    warranty: str
    warranty_trace: Any
    taken_at: datetime
    taken_by: str
    passed_on_at: datetime | None
    passed_on_to: str
    answered_at: datetime | None
    answer: str
    planned_at: datetime | None
    solution: str
    case_id: str | None
    quoted_fen: int | None
    quoted_at: datetime | None
    consented: bool | None
    consent_by: str
    consent_at: datetime | None
    closed_at: datetime | None
    result: str
    policy_version: str
    note: str


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """Something that happened to a request."""

    ordinal: int
    what: str
    said: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the clerk at the telephone takes it. ``customer_name``: for a customer who is not on record yet."""

    customer_id: str
    symptom: str
    product_id: str = ""
    serial: str = ""
    customer_name: str = ""
    contact: str = ""
    phone: str = ""
    site: str = ""
    tried: str = ""
    fault_on: date | None = None
    urgency: Urgency = Urgency.ROUTINE
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the list, with the words for its ids, its trips and spares.

    ``swap_number``: of the spare use that is on its way; ``swaps``: spares put in for it.
    """

    request: ServiceRequest
    customer: str
    model: str
    name_zh: str
    name_en: str
    case_number: str
    open_trips: int
    trips: int
    swap_number: str = ""
    swaps: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """Which requests are asked for."""

    open_only: bool = True
    text: str = ""
    customer_ids: tuple[str, ...] = field(default=())


def call_problems(call: Call, rule: SerialRule, today: date) -> list[Problem]:
    """What stops a call from being taken down.

    Codes: ``requests.customer-missing``, ``requests.symptom-missing``, ``requests.fault-in-future``,
    ``requests.reach-missing`` (neither a name nor a telephone number), ``requests.text-long``, and the serial rule's.
    """
    found = []
    if not call.customer_id and not call.customer_name.strip():
        found.append(Problem("customer_id", "requests.customer-missing"))
    if not call.contact.strip() and not call.phone.strip():
        found.append(Problem("phone", "requests.reach-missing"))
    if call.serial.strip():
        found += serials.problems(call.serial, rule, field="serial")
    if not call.symptom.strip():
        found.append(Problem("symptom", "requests.symptom-missing"))
    if call.fault_on is not None and call.fault_on > today:
        found.append(Problem("fault_on", "requests.fault-in-future", {"value": call.fault_on, "today": today}))
    for name in ("symptom", "tried"):
        if len(getattr(call, name)) > LONGEST_STORY:
            found.append(Problem(name, "requests.text-long", {"most": LONGEST_STORY}))
    return found


def clocks(request: ServiceRequest, policy: PolicySnapshot) -> tuple[Clock, ...]:
    """The three clocks of a request, by the policy of the day it was taken.

    A later step stops the earlier clocks as well: who has a solution plan has been answered.
    """
    plan = _first(request.planned_at, request.closed_at)
    answer = _first(request.answered_at, plan)
    passed = _first(request.passed_on_at, answer)
    return (
        deadlines.pass_on(request.taken_at, passed, policy), deadlines.answer(request.taken_at, answer, policy),
        deadlines.solution_plan(request.taken_at, plan, policy),
    )


def next_step(
    request: ServiceRequest, *, trips: int, open_trips: int, case_received: bool = False, swaps: int = 0
) -> RequestStep:
    """What is to be done next. ``swaps``: spares put in for it."""
    if request.state is not RequestState.OPEN:
        return RequestStep.NOTHING
    if request.planned_at is None:
        return _before_the_plan(request)
    match request.route:
        case Route.ON_SITE:
            return _on_site(request, trips, open_trips)
        case Route.RETURN if not case_received:
            return RequestStep.AWAIT_UNIT
        case Route.SPARE_SWAP if swaps:
            return RequestStep.GET_CONSENT if request.quoted_fen and request.consented is None else RequestStep.CLOSE
    return _BY_ROUTE[request.route]


_BY_ROUTE: dict[Route | None, RequestStep] = {
    None: RequestStep.CHOOSE_ROUTE, Route.PHONE: RequestStep.CLOSE, Route.RETURN: RequestStep.CLOSE,
    Route.SPARE_SWAP: RequestStep.SWAP,
}


def _before_the_plan(request: ServiceRequest) -> RequestStep:
    if request.answered_at is not None:
        return RequestStep.PLAN
    return RequestStep.ANSWER if request.passed_on_at is not None else RequestStep.PASS_ON


def _on_site(request: ServiceRequest, trips: int, open_trips: int) -> RequestStep:
    if request.quoted_fen and request.consented is None:
        return RequestStep.GET_CONSENT
    if open_trips:
        return RequestStep.FINISH_TRIP
    return RequestStep.CLOSE if trips or request.consented is False else RequestStep.SEND_SOMEBODY


def _first(*moments: datetime | None) -> datetime | None:
    """The earliest of those that are known."""
    return min((moment for moment in moments if moment is not None), default=None)
