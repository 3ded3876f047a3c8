"""Follow-ups and their calls; repairs that went back and deliveries that are called upon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from app.domain.followups import (
    Candidate,
    Delivery,
    FollowUp,
    FollowUpKind,
    FollowUpRow,
    FollowUpState,
    PastCall,
    Reach,
)
from app.domain.satisfaction import Grade
from app.domain.stages import Stage
from app.persistence.tables import (
    complaints,
    customers,
    follow_up_calls,
    follow_ups,
    products,
    return_cases,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_f = follow_ups.c
_WORDS = (
    "customer", "contact", "phone", "serial", "model", "name_zh", "name_en", "case_number", "complaint_number",
    "returned_at",
)
_PLEASED = (Grade.VERY_SATISFIED, Grade.SATISFIED)


def add(tx: Tx, rows: Iterable[FollowUp]) -> None:
    """Enter follow-ups."""
    tx.insert(follow_ups, *(as_row(row) for row in rows))


def change(tx: Tx, follow_up_id: str, **values: Any) -> None:
    """Change a follow-up."""
    tx.change(follow_ups, follow_up_id, **values)


def get(tx: Tx, follow_up_id: str) -> FollowUp | None:
    """The follow-up ``follow_up_id``."""
    return tx.one(
        select(*columns_of(FollowUp, follow_ups)).where(tx.by_id(follow_ups, follow_up_id), _f.deleted_at.is_(None)),
        FollowUp,
    )


def row(tx: Tx, follow_up_id: str) -> FollowUpRow | None:
    """The follow-up with the words for its ids."""
    return next(iter(_as_rows(tx, _rows(tx).where(_f.id == follow_up_id))), None)


def listed(tx: Tx, reach: Reach, today: date, text: str, limit: int) -> tuple[FollowUpRow, ...]:
    """Follow-ups under ``reach``: what is owed by due day, what was done the newest first."""
    wanted: list[ColumnElement[bool]] = []
    order: tuple[Any, ...] = (_f.due_on, _f.id)
    if reach is Reach.DONE:
        wanted.append(_f.state.in_((FollowUpState.DONE, FollowUpState.NOT_REACHED)))
        order = (_f.done_at.desc(), _f.id.desc())
    else:
        wanted.append(_f.state == FollowUpState.OPEN)
        if reach is Reach.DUE:
            wanted.append(_f.due_on <= today)
    if text:
        wanted.append(
            customers.c.name.contains(text, autoescape=True)
            | func.upper(func.coalesce(units.c.serial, "")).contains(text.upper(), autoescape=True)
            | func.upper(func.coalesce(return_cases.c.number, "")).contains(text.upper(), autoescape=True)
        )
    return _as_rows(tx, _rows(tx).where(*wanted).order_by(*order).limit(limit))


def of_customer(tx: Tx, customer_id: str, limit: int = 50) -> tuple[FollowUpRow, ...]:
    """The follow-ups of a customer, the newest first."""
    return _as_rows(
        tx, _rows(tx).where(_f.customer_id == customer_id).order_by(_f.due_on.desc(), _f.id.desc()).limit(limit))


def of_unit(tx: Tx, unit_id: str, limit: int = 50) -> tuple[FollowUpRow, ...]:
    """The follow-ups about a unit, the newest first."""
    return _as_rows(tx, _rows(tx).where(_f.unit_id == unit_id).order_by(_f.due_on.desc(), _f.id.desc()).limit(limit))


def counts(tx: Tx, today: date) -> tuple[int, int]:
    """How many calls are due by ``today``, and how many of them were due before."""
    found = tx.execute(
        select(func.count(), func.sum(case((_f.due_on < today, 1), else_=0))).where(
            _f.depot_id == tx.depot_id, _f.state == FollowUpState.OPEN, _f.due_on <= today, _f.deleted_at.is_(None))
    ).one()
    return int(found[0]), int(found[1] or 0)


def _rows(tx: Tx) -> Select[Any]:
    case_ = return_cases.c
    contact = func.coalesce(func.nullif(case_.contact, ""), complaints.c.contact, customers.c.contact, "")
    phone = func.coalesce(func.nullif(case_.contact_phone, ""), complaints.c.phone, customers.c.phone, "")
    return (
        select(
            *columns_of(FollowUp, follow_ups), func.coalesce(customers.c.name, "").label("customer"),
            contact.label("contact"), phone.label("phone"), func.coalesce(units.c.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"), func.coalesce(products.c.name_zh, "").label("name_zh"),
            func.coalesce(products.c.name_en, "").label("name_en"),
            func.coalesce(case_.number, "").label("case_number"),
            func.coalesce(complaints.c.number, "").label("complaint_number"), case_.returned_at.label("returned_at"),
        )
        .select_from(follow_ups)
        .join(customers, customers.c.id == _f.customer_id, isouter=True)
        .join(units, and_(units.c.depot_id == _f.depot_id, units.c.id == _f.unit_id), isouter=True)
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(return_cases, and_(case_.depot_id == _f.depot_id, case_.id == _f.case_id), isouter=True)
        .join(complaints, and_(complaints.c.depot_id == _f.depot_id, complaints.c.id == _f.complaint_id), isouter=True)
        .where(_f.depot_id == tx.depot_id, _f.deleted_at.is_(None))
    )


def _as_rows(tx: Tx, statement: Select[Any]) -> tuple[FollowUpRow, ...]:
    found = []
    for one in tx.execute(statement):
        values = dict(one._mapping)
        words = {name: values.pop(name) for name in _WORDS}
        found.append(FollowUpRow(FollowUp(**values), **words))
    return tuple(found)


# -- calls -------------------------------------------------------------------------------------------------------


def add_call(tx: Tx, follow_up_id: str, call: PastCall, *, undoes: str | None = None) -> None:
    """Write a call down, or (``undoes``) that one is taken back."""
    tx.insert(follow_up_calls, {**as_row(call), "follow_up_id": follow_up_id, "by": tx.by, "undoes": undoes})


def calls(tx: Tx, follow_up_id: str) -> tuple[PastCall, ...]:
    """The calls that still count, oldest first."""
    c = follow_up_calls.c
    mine = (c.depot_id == tx.depot_id, c.follow_up_id == follow_up_id)
    undone = select(c.undoes).where(*mine, c.undoes.is_not(None))
    return tx.all(
        select(*columns_of(PastCall, follow_up_calls))
        .where(*mine, c.undoes.is_(None), c.id.not_in(undone)).order_by(c.at, c.id), PastCall,
    )


# -- what is to be called upon -----------------------------------------------------------------------------------


def known(tx: Tx, bases: Iterable[str]) -> frozenset[str]:
    """Those of ``bases`` that are in the list already."""
    wanted, found = list(bases), set[str]()
    for start in range(0, len(wanted), 500):
        found |= set(tx.execute(
            select(_f.basis).where(_f.depot_id == tx.depot_id, _f.basis.in_(wanted[start:start + 500]))).scalars())
    return frozenset(found)


def went_back(tx: Tx, start: datetime, end: datetime) -> tuple[tuple[str, str, str, datetime], ...]:
    """Case, customer, unit and moment of what went back to its customer from ``start`` to before ``end``."""
    c = return_cases.c
    rows = tx.execute(
        select(c.id, c.customer_id, c.unit_id, c.returned_at).where(
            c.depot_id == tx.depot_id, c.returned_at >= start, c.returned_at < end, c.stage != Stage.VOID,
            c.historical == 0, c.deleted_at.is_(None),
        ).order_by(c.returned_at, c.id)
    )
    return tuple((row[0], row[1], row[2], row[3]) for row in rows)


def customers_called(tx: Tx, month: str) -> frozenset[str]:
    """Customers in the list of ``month``."""
    return frozenset(tx.execute(
        select(_f.customer_id).where(
            _f.depot_id == tx.depot_id, _f.month == month, _f.kind == FollowUpKind.REPAIR, _f.deleted_at.is_(None))
    ).scalars())


def repairs_listed(tx: Tx, month: str) -> frozenset[str]:
    """Cases in the list of ``month``, whatever became of the call."""
    return frozenset(id_ for id_ in tx.execute(
        select(_f.case_id).where(
            _f.depot_id == tx.depot_id, _f.month == month, _f.kind == FollowUpKind.REPAIR, _f.deleted_at.is_(None))
    ).scalars() if id_)


def deliveries(tx: Tx) -> tuple[Delivery, ...]:
    """Each day on which a customer took units over: accepted, else shipped."""
    day = func.coalesce(units.c.accepted_on, units.c.shipped_on)
    rows = tx.execute(
        select(units.c.customer_id, day.label("day"), func.min(units.c.id)).where(
            units.c.depot_id == tx.depot_id, units.c.customer_id.is_not(None), day.is_not(None),
            units.c.deleted_at.is_(None),
        ).group_by(units.c.customer_id, day).order_by(day, units.c.customer_id)
    )
    return tuple(
        Delivery(row[0], row[1] if isinstance(row[1], date) else date.fromisoformat(row[1]), row[2]) for row in rows)


def tally(tx: Tx, start: datetime, end: datetime) -> tuple[int, int, int]:
    """Of the calls made from ``start`` to before ``end``: customers reached, pleased, and graded at all."""
    found = tx.execute(
        select(
            func.count(), func.sum(case((_f.grade.in_(_PLEASED), 1), else_=0)),
            func.sum(case((_f.grade.is_not(None), 1), else_=0)),
        ).where(
            _f.depot_id == tx.depot_id, _f.state == FollowUpState.DONE, _f.done_at >= start, _f.done_at < end,
            _f.deleted_at.is_(None),
        )
    ).one()
    return int(found[0]), int(found[1] or 0), int(found[2] or 0)


def standing(tx: Tx, month: str) -> dict[FollowUpState, int]:
    """How many of the list of ``month`` are in each state."""
    rows = tx.execute(
        select(_f.state, func.count()).where(
            _f.depot_id == tx.depot_id, _f.month == month, _f.deleted_at.is_(None)).group_by(_f.state)
    )
    return {row[0]: int(row[1]) for row in rows}


__all__ = [
    "Candidate", "add", "add_call", "calls", "change", "counts", "customers_called", "deliveries", "get", "known",
    "listed", "of_customer", "of_unit", "repairs_listed", "row", "standing", "tally", "went_back",
]
