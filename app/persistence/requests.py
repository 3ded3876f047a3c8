"""Service requests, what happened to them, trips and the parts used on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.requests import RequestEvent, RequestRow, RequestState, Selection, ServiceRequest
from app.domain.site_visits import SitePart, SiteVisit
from app.persistence.tables import (
    customers,
    products,
    request_events,
    return_cases,
    service_requests,
    site_parts,
    site_visits,
    spare_uses,
)
from app.persistence.transaction import Tx, as_row, columns_of

_request = service_requests.c
_WORDS = ("customer", "model", "name_zh", "name_en", "case_number", "open_trips", "trips", "swap_number", "swaps")


def add(tx: Tx, request: ServiceRequest) -> None:
    """Enter a request."""
    tx.insert(service_requests, as_row(request))


def change(tx: Tx, request_id: str, **values: Any) -> None:
    """Change a request."""
    tx.change(service_requests, request_id, **values)


def get(tx: Tx, request_id: str) -> ServiceRequest | None:
    """The request ``request_id``."""
    return tx.one(
        select(*columns_of(ServiceRequest, service_requests)).where(
            tx.by_id(service_requests, request_id), _request.deleted_at.is_(None)), ServiceRequest,
    )


def row(tx: Tx, request_id: str) -> RequestRow | None:
    """The request with the words for its ids."""
    return next(iter(_as_rows(tx, _rows(tx).where(_request.id == request_id))), None)


def row_by_number(tx: Tx, number: str) -> RequestRow | None:
    """The request of ``number``."""
    return next(iter(_as_rows(tx, _rows(tx).where(_request.number == number))), None)


def page(
    tx: Tx, wanted: Selection, *, limit: int, after: RequestRow | None = None
) -> tuple[RequestRow, ...]:
    """Requests, the newest first; the page after ``after``."""
    statement = _rows(tx).order_by(_request.taken_at.desc(), _request.id.desc()).limit(limit)
    if wanted.open_only:
        statement = statement.where(_request.state == RequestState.OPEN)
    text = wanted.text.strip()
    if text:
        upper = text.upper()
        statement = statement.where(or_(
            func.upper(_request.number).contains(upper, autoescape=True),
            func.upper(_request.serial).contains(upper, autoescape=True),
            _request.phone.contains(text, autoescape=True), _request.contact.contains(text, autoescape=True),
            customers.c.name.contains(text, autoescape=True), products.c.model.contains(text, autoescape=True),
        ))
    if after is not None:
        last = after.request
        statement = statement.where(or_(
            _request.taken_at < last.taken_at, and_(_request.taken_at == last.taken_at, _request.id < last.id)))
    return _as_rows(tx, statement)


def of_customer(tx: Tx, customer_id: str, limit: int = 5) -> tuple[RequestRow, ...]:
    """The newest requests of a customer."""
    return _as_rows(
        tx, _rows(tx).where(_request.customer_id == customer_id).order_by(_request.taken_at.desc()).limit(limit))


def open_number(tx: Tx) -> int:
    """How many requests are open."""
    return int(tx.scalar(
        select(func.count()).select_from(service_requests).where(
            _request.depot_id == tx.depot_id, _request.state == RequestState.OPEN, _request.deleted_at.is_(None))
    ))


def _rows(tx: Tx) -> Select[Any]:
    visit = site_visits.c
    trips = (
        select(func.count()).where(
            visit.depot_id == _request.depot_id, visit.request_id == _request.id, visit.deleted_at.is_(None))
    )
    use = spare_uses.c
    mine = and_(use.depot_id == _request.depot_id, use.request_id == _request.id)
    running = select(func.max(use.number)).where(mine, use.swapped_at.is_(None), use.unused_at.is_(None))
    return (
        select(
            *columns_of(ServiceRequest, service_requests), func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(products.c.model, "").label("model"), func.coalesce(products.c.name_zh, "").label("name_zh"),
            func.coalesce(products.c.name_en, "").label("name_en"),
            func.coalesce(return_cases.c.number, "").label("case_number"),
            trips.where(visit.finished_at.is_(None)).scalar_subquery().label("open_trips"),
            trips.where(visit.finished_at.is_not(None)).scalar_subquery().label("trips"),
            func.coalesce(running.scalar_subquery(), "").label("swap_number"),
            select(func.count()).where(mine, use.swapped_at.is_not(None)).scalar_subquery().label("swaps"),
        )
        .select_from(service_requests)
        .join(customers, customers.c.id == _request.customer_id, isouter=True)
        .join(products, products.c.id == _request.product_id, isouter=True)
        .join(return_cases, and_(return_cases.c.depot_id == _request.depot_id, return_cases.c.id == _request.case_id),
              isouter=True)
        .where(_request.depot_id == tx.depot_id, _request.deleted_at.is_(None))
    )


def _as_rows(tx: Tx, statement: Select[Any]) -> tuple[RequestRow, ...]:
    found = []
    for one in tx.execute(statement):
        values = dict(one._mapping)
        words = {name: values.pop(name) for name in _WORDS}
        found.append(RequestRow(ServiceRequest(**values), **words))
    return tuple(found)


# -- what happened -----------------------------------------------------------------------------------------------


def add_event(tx: Tx, request_id: str, what: str, said: str) -> int:
    """Write down what happened; its ordinal."""
    e = request_events.c
    ordinal = 1 + int(tx.scalar(
        select(func.coalesce(func.max(e.ordinal), 0)).where(e.depot_id == tx.depot_id, e.request_id == request_id)))
    tx.insert(request_events, {
        "request_id": request_id, "ordinal": ordinal, "what": what, "said": said, "at": tx.at, "by": tx.by,
        "by_name": tx.by_name,
    })
    return ordinal


def events(tx: Tx, request_id: str) -> tuple[RequestEvent, ...]:
    """What happened, oldest first."""
    e = request_events.c
    return tx.all(
        select(*columns_of(RequestEvent, request_events))
        .where(e.depot_id == tx.depot_id, e.request_id == request_id).order_by(e.ordinal), RequestEvent,
    )


# -- trips -------------------------------------------------------------------------------------------------------


def add_visit(tx: Tx, visit: SiteVisit) -> None:
    """Enter a trip."""
    tx.insert(site_visits, as_row(visit))


def change_visit(tx: Tx, visit_id: str, **values: Any) -> None:
    """Change a trip."""
    tx.change(site_visits, visit_id, **values)


def visit(tx: Tx, visit_id: str) -> SiteVisit | None:
    """The trip ``visit_id`` unless it was taken back."""
    return tx.one(
        select(*columns_of(SiteVisit, site_visits)).where(
            tx.by_id(site_visits, visit_id), site_visits.c.deleted_at.is_(None)), SiteVisit,
    )


def visits(tx: Tx, request_id: str) -> tuple[SiteVisit, ...]:
    """The trips of a request, oldest first."""
    v = site_visits.c
    return tx.all(
        select(*columns_of(SiteVisit, site_visits))
        .where(v.depot_id == tx.depot_id, v.request_id == request_id, v.deleted_at.is_(None))
        .order_by(v.leaves_on, v.id), SiteVisit,
    )


def set_parts(tx: Tx, visit_id: str, parts: tuple[SitePart, ...]) -> None:
    """The parts used on a trip, in the place of those entered before."""
    p = site_parts.c
    for (part_id,) in tx.execute(
        select(p.id).where(p.depot_id == tx.depot_id, p.visit_id == visit_id, p.deleted_at.is_(None))
    ).all():
        tx.change(site_parts, part_id, deleted_at=tx.at)
    tx.insert(site_parts, *(
        {"visit_id": visit_id, "ordinal": n, **as_row(part)} for n, part in enumerate(parts, 1)
    ))


def parts(tx: Tx, visit_id: str) -> tuple[SitePart, ...]:
    """The parts used on a trip."""
    p = site_parts.c
    return tx.all(
        select(*columns_of(SitePart, site_parts))
        .where(p.depot_id == tx.depot_id, p.visit_id == visit_id, p.deleted_at.is_(None)).order_by(p.ordinal), SitePart,
    )
