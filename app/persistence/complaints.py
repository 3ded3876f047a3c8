"""Complaints and suggestions, and what happened to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.complaints import Complaint, ComplaintEvent, ComplaintRow, ComplaintState, Selection
from app.persistence.tables import complaint_events, complaints, customers, products, return_cases, units
from app.persistence.transaction import Tx, as_row, columns_of

_c = complaints.c
_WORDS = ("customer", "serial", "model", "name_zh", "name_en", "case_number")


def add(tx: Tx, complaint: Complaint) -> None:
    """Enter a complaint."""
    tx.insert(complaints, as_row(complaint))


def change(tx: Tx, complaint_id: str, **values: Any) -> None:
    """Change a complaint."""
    tx.change(complaints, complaint_id, **values)


def get(tx: Tx, complaint_id: str) -> Complaint | None:
    """The complaint ``complaint_id``."""
    return tx.one(
        select(*columns_of(Complaint, complaints)).where(
            tx.by_id(complaints, complaint_id), _c.deleted_at.is_(None)), Complaint,
    )


def row(tx: Tx, number_or_id: str) -> ComplaintRow | None:
    """The complaint with the words for its ids, by number or id."""
    wanted = or_(_c.id == number_or_id, _c.number == number_or_id.strip().upper())
    return next(iter(_as_rows(tx, _rows(tx).where(wanted))), None)


def page(
    tx: Tx, wanted: Selection, *, limit: int, after: ComplaintRow | None = None
) -> tuple[ComplaintRow, ...]:
    """Complaints, the newest first; the page after ``after``."""
    statement = _rows(tx).order_by(_c.taken_at.desc(), _c.id.desc()).limit(limit)
    if wanted.open_only:
        statement = statement.where(_c.state == ComplaintState.OPEN)
    text = wanted.text.strip()
    if text:
        upper = text.upper()
        statement = statement.where(or_(
            func.upper(_c.number).contains(upper, autoescape=True),
            func.upper(func.coalesce(units.c.serial, "")).contains(upper, autoescape=True),
            _c.phone.contains(text, autoescape=True), _c.contact.contains(text, autoescape=True),
            _c.story.contains(text, autoescape=True), customers.c.name.contains(text, autoescape=True),
        ))
    if after is not None:
        last = after.complaint
        statement = statement.where(or_(
            _c.taken_at < last.taken_at, and_(_c.taken_at == last.taken_at, _c.id < last.id)))
    return _as_rows(tx, statement)


def of_customer(tx: Tx, customer_id: str, limit: int = 50) -> tuple[ComplaintRow, ...]:
    """The newest complaints of a customer."""
    return _as_rows(tx, _newest(tx).where(_c.customer_id == customer_id).limit(limit))


def of_unit(tx: Tx, unit_id: str, limit: int = 50) -> tuple[ComplaintRow, ...]:
    """The newest complaints about a unit."""
    return _as_rows(tx, _newest(tx).where(_c.unit_id == unit_id).limit(limit))


def still_open(tx: Tx) -> tuple[ComplaintRow, ...]:
    """Complaints in which something is still to be done."""
    return _as_rows(tx, _rows(tx).where(_c.state == ComplaintState.OPEN))


def open_number(tx: Tx) -> int:
    """How many complaints are open."""
    return int(tx.scalar(
        select(func.count()).select_from(complaints).where(
            _c.depot_id == tx.depot_id, _c.state == ComplaintState.OPEN, _c.deleted_at.is_(None))))


def between(tx: Tx, start: datetime, end: datetime) -> tuple[ComplaintRow, ...]:
    """Those taken down from ``start`` to before ``end``."""
    return _as_rows(tx, _newest(tx).where(_c.taken_at >= start, _c.taken_at < end))


def _newest(tx: Tx) -> Select[Any]:
    return _rows(tx).where(_c.state != ComplaintState.VOID).order_by(_c.taken_at.desc(), _c.id.desc())


def _rows(tx: Tx) -> Select[Any]:
    case_ = return_cases.c
    return (
        select(
            *columns_of(Complaint, complaints), func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(units.c.serial, "").label("serial"), func.coalesce(products.c.model, "").label("model"),
            func.coalesce(products.c.name_zh, "").label("name_zh"),
            func.coalesce(products.c.name_en, "").label("name_en"),
            func.coalesce(case_.number, "").label("case_number"),
        )
        .select_from(complaints)
        .join(customers, customers.c.id == _c.customer_id, isouter=True)
        .join(units, and_(units.c.depot_id == _c.depot_id, units.c.id == _c.unit_id), isouter=True)
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(return_cases, and_(case_.depot_id == _c.depot_id, case_.id == _c.case_id), isouter=True)
        .where(_c.depot_id == tx.depot_id, _c.deleted_at.is_(None))
    )


def _as_rows(tx: Tx, statement: Select[Any]) -> tuple[ComplaintRow, ...]:
    found = []
    for one in tx.execute(statement):
        values = dict(one._mapping)
        words = {name: values.pop(name) for name in _WORDS}
        found.append(ComplaintRow(Complaint(**values), **words))
    return tuple(found)


# -- what happened -----------------------------------------------------------------------------------------------


def add_event(tx: Tx, complaint_id: str, what: str, said: str) -> int:
    """Write down what happened; its ordinal."""
    e = complaint_events.c
    ordinal = 1 + int(tx.scalar(
        select(func.coalesce(func.max(e.ordinal), 0)).where(
            e.depot_id == tx.depot_id, e.complaint_id == complaint_id)))
    tx.insert(complaint_events, {
        "complaint_id": complaint_id, "ordinal": ordinal, "what": what, "said": said, "at": tx.at, "by": tx.by,
        "by_name": tx.by_name,
    })
    return ordinal


def events(tx: Tx, complaint_id: str) -> tuple[ComplaintEvent, ...]:
    """What happened, oldest first."""
    e = complaint_events.c
    return tx.all(
        select(*columns_of(ComplaintEvent, complaint_events))
        .where(e.depot_id == tx.depot_id, e.complaint_id == complaint_id).order_by(e.ordinal), ComplaintEvent,
    )
