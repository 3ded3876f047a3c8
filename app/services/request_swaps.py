"""A service request that a spare swap solves: the request knows its swap, the swap its request, and they end together.

The price told for work on site may still be open when the spare is in; then the request stays open until it is
answered, and only its next step changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.depot import Depot
from app.domain.requests import RequestState, Route, ServiceRequest
from app.domain.spares import SpareUse, UseState
from app.errors import Refused
from app.persistence import requests as rows
from app.persistence import spares as spare_rows
from app.persistence.transaction import Tx
from app.services import request_steps
from app.services.spare_pool import customer_of


@dataclass(frozen=True, slots=True)
class SwapStart:
    """What a request knows about the spare that is to leave for it."""

    request_id: str
    number: str
    customer_id: str
    customer: str
    site: str
    contact: str
    phone: str
    reason: str
    product_id: str


def start(depot: Depot, number: str) -> SwapStart:
    """What the form of a spare that leaves begins with. Refused: ``requests.unknown``, ``requests.not-open``."""
    with depot.read() as tx:
        request = _open(tx, number)
        return SwapStart(
            request.id, request.number, request.customer_id, customer_of(tx, request.customer_id).name, request.site,
            request.contact, request.phone, request.symptom, request.product_id or "",
        )


def asked(tx: Tx, number: str, customer_id: str) -> ServiceRequest | None:
    """The request a spare is sent for; ``None`` where none was typed.

    Refused: ``spares.unknown-request``, ``requests.not-open``, ``spares.request-customer`` (it is another customer's),
    ``requests.case-already`` (the unit comes to us), ``requests.swap-open`` (a spare is on the way already).
    """
    if not number.strip():
        return None
    request = _open(tx, number)
    if request.customer_id != customer_id:
        raise Refused("spares.request-customer", field="request_number", number=request.number,
                      customer=customer_of(tx, request.customer_id).name)
    row = rows.row(tx, request.id)
    if row is not None and row.case_number:
        raise Refused("requests.case-already", number=request.number, case=row.case_number)
    refuse_open(tx, request)
    return request


def refuse_open(tx: Tx, request: ServiceRequest) -> None:
    """Refused: ``requests.swap-open`` while a spare is on its way to the site for this request."""
    for use in spare_rows.of_request(tx, request.id):
        if use.state is UseState.ON_THE_WAY:
            raise Refused("requests.swap-open", number=request.number, use=use.number)


def sent(tx: Tx, request: ServiceRequest | None, use: SpareUse, serial: str) -> None:
    """The spare left: that is how the request is solved, and the customer has its plan."""
    if request is not None:
        row = rows.row(tx, request.id)
        carried = row is not None and row.open_trips > 0  # the technician who is on the way takes it along
        request_steps.change(
            tx, "requests.swap_sent", request, f"{use.number} {serial}",
            route=request.route if carried else Route.SPARE_SWAP, planned_at=request.planned_at or tx.at,
            solution=request.solution or use.number,
        )


def swapped(tx: Tx, use: SpareUse, spare: str, faulty: str) -> None:
    """The spare stays with the customer: the request is closed, unless a price or a trip is still open."""
    request = rows.get(tx, use.request_id) if use.request_id else None
    if request is None or request.state is not RequestState.OPEN:
        return
    said = f"{use.number} {faulty} → {spare}"
    row = rows.row(tx, request.id)
    if (request.quoted_fen and request.consented is None) or (row is not None and row.open_trips):
        request_steps.change(tx, "requests.swapped", request, said, result=said)
        return
    request_steps.change(
        tx, "requests.swapped", request, said, state=RequestState.CLOSED, closed_at=tx.at, result=said)


def came_back(tx: Tx, use: SpareUse) -> None:
    """The spare came back unused: the request needs another one, or another way."""
    request = rows.get(tx, use.request_id) if use.request_id else None
    if request is not None and request.state is RequestState.OPEN:
        request_steps.record(tx, "requests.swap_unused", request, use.number, {}, case_id=request.case_id)


def _open(tx: Tx, number: str) -> ServiceRequest:
    row = rows.row_by_number(tx, number.strip().upper())
    if row is None:
        raise Refused("spares.unknown-request", field="request_number", value=number.strip())
    return request_steps.require_open(tx, row.request.id)
