"""Service requests: taken by phone, passed on, answered, planned, solved one way or another, closed (spec 1 §3, §6).

The history of the serial and its warranty are looked at first (``services.visits.look``); the verdict of that day is
kept with the request. Each step stops one of the three clocks in working hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.depot import Depot
from app.domain import requests as rules
from app.domain import serials
from app.domain.clocks import ClockState, read
from app.domain.masterdata import Product
from app.domain.money import Money
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.receiving import Intake, IntakeView, Unit, Urgency
from app.domain.requests import (
    Call,
    RequestEvent,
    RequestRow,
    RequestState,
    RequestStep,
    Route,
    Selection,
    ServiceRequest,
)
from app.domain.serials import ANY
from app.domain.site_visits import SitePart, SiteVisit
from app.domain.spares import SpareUse
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import masterdata, node
from app.persistence import receiving as receiving_rows
from app.persistence import requests as rows
from app.persistence import spares as spare_rows
from app.persistence.transaction import Tx
from app.services import calendar, proposals, reporting, request_steps, request_swaps, warranty
from app.services.request_steps import Stepped, require_open

UNDO = request_steps.UNDO
MOST_FEN = 10**10


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in the list with its clocks and what is to be done next."""

    row: RequestRow
    clocks: tuple[ClockState, ...]
    step: RequestStep

    @property
    def request(self) -> ServiceRequest:
        """The request."""
        return self.row.request


@dataclass(frozen=True, slots=True)
class RequestFile:
    """Everything about one request. Moments are in the depot's time."""

    line: RequestLine
    events: tuple[RequestEvent, ...]
    visits: tuple[tuple[SiteVisit, tuple[SitePart, ...]], ...]
    uses: tuple[SpareUse, ...] = ()


def listed(
    depot: Depot, wanted: Selection, after: RequestLine | None = None, limit: int = 200
) -> tuple[RequestLine, ...]:
    """Requests, the newest first; the page after ``after``."""
    with depot.read() as tx:
        return tuple(
            _line(depot, tx, row)
            for row in rows.page(tx, wanted, limit=limit, after=after.row if after else None)
        )


def file(depot: Depot, number_or_id: str) -> RequestFile:
    """One request in full, by number or id. Refused: ``requests.unknown``."""
    with depot.read() as tx:
        row = rows.row(tx, number_or_id) or rows.row_by_number(tx, number_or_id.strip().upper())
        if row is None:
            raise Refused("requests.unknown")
        return RequestFile(
            _line(depot, tx, row),
            tuple(replace(e, at=e.at.astimezone(depot.zone)) for e in rows.events(tx, row.request.id)),
            tuple((visit, rows.parts(tx, visit.id)) for visit in rows.visits(tx, row.request.id)),
            spare_rows.of_request(tx, row.request.id),
        )


def take(depot: Depot, call: Call) -> Stepped:
    """Take a call down: the request gets its number and its clocks begin.

    Refused: the codes of ``requests.call_problems``, ``requests.serial-unknown``, ``requests.serial-several``,
    ``receiving.unknown-customer``, ``receiving.unknown-product``.
    """
    depot.require(Action.REPORT)
    with depot.write() as tx:
        product = proposals.product(tx, call.product_id) if call.product_id else None
        wrong = rules.call_problems(call, product.rule if product else ANY, depot.local_day(tx.at))
        if wrong:
            raise Refused.because(wrong)
        customer = proposals.customer(tx, call.customer_id, call.customer_name)
        unit, product, serial = _placed(tx, call, product)
        today = depot.local_day(tx.at)
        (number,) = node.next_number(tx, DocumentType.SERVICE_REQUEST, today)
        request = _new(depot, tx, call, number, customer.id, unit, product, serial)
        rows.add(tx, request)
        node.record_document(
            tx, number, DocumentType.SERVICE_REQUEST, "", subject_kind="request", subject_id=request.id,
            unit_id=request.unit_id,
        )
        return request_steps.record(tx, "requests.take", request, call.symptom.strip(), {})


def pass_on(depot: Depot, request_id: str, to: str) -> Stepped:
    """The message reached whoever can help. Refused: ``requests.to-missing``, ``requests.passed-on-already``."""
    depot.require(Action.SERVICE)
    if not to.strip():
        raise Refused("requests.to-missing", field="to")
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if request.passed_on_at is not None:
            raise Refused("requests.passed-on-already", number=request.number)
        return request_steps.change(
            tx, "requests.pass_on", request, to.strip(), passed_on_at=tx.at, passed_on_to=to.strip())


def answer(depot: Depot, request_id: str, told: str) -> Stepped:
    """The customer was answered. Refused: ``requests.answer-missing``, ``requests.answered-already``."""
    depot.require(Action.SERVICE)
    if not told.strip():
        raise Refused("requests.answer-missing", field="told")
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if request.answered_at is not None:
            raise Refused("requests.answered-already", number=request.number)
        return request_steps.change(
            tx, "requests.answer", request, told.strip(), answered_at=tx.at, answer=told.strip())


def plan(depot: Depot, request_id: str, route: Route | None, solution: str) -> Stepped:
    """The customer has a solution plan: how it is going to be solved. It may be planned anew.

    Refused: ``requests.route-missing``, ``requests.solution-missing``, ``requests.trip-open``,
    ``requests.case-already`` (another way once the unit is on its way), ``requests.swap-open`` (once a spare is).
    """
    depot.require(Action.SERVICE)
    if route is None:
        raise Refused("requests.route-missing", field="route")
    if not solution.strip():
        raise Refused("requests.solution-missing", field="solution")
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if _case_number(tx, request) and route is not Route.RETURN:
            raise Refused("requests.case-already", number=request.number, case=_case_number(tx, request))
        if route is not Route.ON_SITE and _open_trip(tx, request.id):
            raise Refused("requests.trip-open", number=request.number)
        if route in {Route.PHONE, Route.RETURN}:
            request_swaps.refuse_open(tx, request)
        return request_steps.change(
            tx, "requests.plan", request, solution.strip(), planned_at=request.planned_at or tx.at, route=route,
            solution=solution.strip(),
        )


def return_unit(depot: Depot, request_id: str, intake: Intake) -> Stepped:
    """The unit comes back: its return case is opened now, before it arrives, and linked to the request.

    Refused: ``requests.case-already``, ``requests.trip-open``, ``requests.swap-open``, the codes of
    ``reporting.report``.
    """
    depot.require(Action.REPORT)
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if _case_number(tx, request):
            raise Refused("requests.case-already", number=request.number, case=_case_number(tx, request))
        if _open_trip(tx, request.id):
            raise Refused("requests.trip-open", number=request.number)
        request_swaps.refuse_open(tx, request)
        told = reporting.open_case(depot, tx, intake)
        return request_steps.change(
            tx, "requests.return_unit", request, told.number, case_id=told.case_id, unit_id=told.unit_id,
            route=Route.RETURN, planned_at=request.planned_at or tx.at, solution=request.solution or told.number,
        )


def intake_of(depot: Depot, request_id: str) -> Intake:
    """The field section of the return case as far as the call tells it. Refused: ``requests.unknown``."""
    with depot.read() as tx:
        request = rows.get(tx, request_id)
        if request is None:
            raise Refused("requests.unknown")
        return Intake(
            request.serial, request.product_id or "", request.customer_id, request.symptom, tried=request.tried,
            fault_on=request.fault_on, site=request.site, contact=request.contact, contact_phone=request.phone,
            urgency=Urgency.ROUTINE, note=request.number,
        )


def intake_view(depot: Depot, request_id: str) -> IntakeView:
    """:func:`intake_of` with the words a form needs. Refused: ``requests.unknown``."""
    intake = intake_of(depot, request_id)
    with depot.read() as tx:
        row = rows.row(tx, request_id)
        product = masterdata.get(tx, Product, intake.product_id) if intake.product_id else None
    if row is None:
        raise Refused("requests.unknown")
    return IntakeView(
        intake, row.request.number, row.model, row.name_zh, row.name_en, row.customer, product.rule if product else ANY)


def quote(depot: Depot, request_id: str, price: Money) -> Stepped:
    """The customer was told what the work on site costs; their answer is awaited. A new price takes its place.

    Refused: ``requests.price``.
    """
    depot.require(Action.QUOTE)
    if not 0 < price.fen <= MOST_FEN:
        raise Refused("requests.price", field="price", value=price, most=Money(MOST_FEN))
    with depot.write() as tx:
        request = require_open(tx, request_id)
        return request_steps.change(
            tx, "requests.quote", request, str(price), quoted_fen=price.fen, quoted_at=tx.at, consented=None,
            consent_by="", consent_at=None,
        )


def consent(depot: Depot, request_id: str, who: str, *, agreed: bool) -> Stepped:
    """What ``who`` at the customer said to the price. Refused: ``requests.who-missing``, ``requests.not-quoted``."""
    depot.require(Action.RECORD_CONSENT)
    if not who.strip():
        raise Refused("requests.who-missing", field="who")
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if request.quoted_fen is None:
            raise Refused("requests.not-quoted", number=request.number)
        return request_steps.change(
            tx, "requests.consent" if agreed else "requests.decline", request, who.strip(), consented=agreed,
            consent_by=who.strip(), consent_at=tx.at,
        )


def close(depot: Depot, request_id: str, result: str) -> Stepped:
    """Nothing more is to be done. Refused: ``requests.result-text-missing``, ``requests.trip-open``,
    ``requests.swap-open``, ``requests.consent-open``."""
    depot.require(Action.SERVICE)
    if not result.strip():
        raise Refused("requests.result-text-missing", field="result")
    with depot.write() as tx:
        request = require_open(tx, request_id)
        if _open_trip(tx, request.id):
            raise Refused("requests.trip-open", number=request.number)
        request_swaps.refuse_open(tx, request)
        if request.quoted_fen and request.consented is None:
            raise Refused("requests.consent-open", number=request.number)
        return request_steps.change(
            tx, "requests.close", request, result.strip(), state=RequestState.CLOSED, closed_at=tx.at,
            result=result.strip(),
        )


def reopen(depot: Depot, request_id: str, reason: str) -> Stepped:
    """It was not solved after all. Refused: ``requests.reason-missing``, ``requests.open-already``."""
    depot.require(Action.SERVICE)
    if not reason.strip():
        raise Refused("requests.reason-missing", field="reason")
    with depot.write() as tx:
        request = rows.get(tx, request_id)
        if request is None or request.state is RequestState.VOID:
            raise Refused("requests.unknown")
        if request.state is RequestState.OPEN:
            raise Refused("requests.open-already", number=request.number)
        return request_steps.change(
            tx, "requests.reopen", request, reason.strip(), state=RequestState.OPEN, closed_at=None)


def _line(depot: Depot, tx: Tx, row: RequestRow) -> RequestLine:
    request = row.request
    policy = depot.policy(tx, depot.local_day(request.taken_at))
    days = calendar.calendar(depot, tx, policy)
    case = receiving_rows.case(tx, request.case_id) if request.case_id else None
    arrived = case is not None and case.stage not in {Stage.REPORTED, Stage.VOID}
    return RequestLine(
        row, tuple(read(clock, tx.at, days) for clock in rules.clocks(request, policy)),
        rules.next_step(
            request, trips=row.trips, open_trips=row.open_trips, case_received=arrived, swaps=row.swaps),
    )


def _placed(tx: Tx, call: Call, product: Product | None) -> tuple[Unit | None, Product | None, str]:
    """The unit on record that the call is about, its product, and the serial as the product writes it."""
    serial = serials.normalise(call.serial, product.rule if product else ANY) if call.serial.strip() else ""
    if not serial:
        return None, product, ""
    if product is not None:
        return receiving_rows.unit_of_product(tx, product.id, serial), product, serial
    units = receiving_rows.units_with_serial(tx, serial)
    if not units:
        raise Refused("requests.serial-unknown", field="serial", serial=serial)
    if len(units) > 1:
        raise Refused("requests.serial-several", field="product_id", serial=serial)
    return units[0], masterdata.get(tx, Product, units[0].product_id), serial


def _new(
    depot: Depot, tx: Tx, call: Call, number: str, customer_id: str, unit: Unit | None, product: Product | None,
    serial: str,
) -> ServiceRequest:
    today = depot.local_day(tx.at)
    judged = warranty.judgement_on(depot, tx, unit, product, today) if unit and product else None
    trace: list[Mapping[str, Any]] = [
        {"code": line.code, "facts": {name: str(value) for name, value in line.facts.items()}}
        for line in (judged.trace if judged else ())
    ]
    return ServiceRequest(
        id=tx.new_id(), number=number, state=RequestState.OPEN, route=None, customer_id=customer_id,
        contact=call.contact.strip(), phone=call.phone.strip(), site=call.site.strip(),
        product_id=product.id if product else None, unit_id=unit.id if unit else None, serial=serial,
        symptom=call.symptom.strip(), tried=call.tried.strip(), fault_on=call.fault_on, urgency=call.urgency.value,
        warranty=judged.period.value if judged else "", warranty_trace=trace, taken_at=tx.at, taken_by=tx.by,
        passed_on_at=None, passed_on_to="", answered_at=None, answer="", planned_at=None, solution="", case_id=None,
        quoted_fen=None, quoted_at=None, consented=None, consent_by="", consent_at=None, closed_at=None, result="",
        policy_version=depot.policy(tx).version, note=call.note.strip(),
    )


def _open_trip(tx: Tx, request_id: str) -> bool:
    return any(visit.finished_at is None for visit in rows.visits(tx, request_id))


def _case_number(tx: Tx, request: ServiceRequest) -> str:
    """The number of the request's return case; empty when there is none, or when its report was cancelled."""
    case = receiving_rows.case(tx, request.case_id) if request.case_id else None
    return case.number if case and case.stage is not Stage.VOID else ""


__all__ = [
    "UNDO", "RequestFile", "RequestLine", "Stepped", "answer", "close", "consent", "file", "intake_of", "intake_view",
    "listed",
    "pass_on", "plan", "quote", "reopen", "return_unit", "take",
]
