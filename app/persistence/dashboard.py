"""The lists behind the figures. A figure is counted over the very statement that gives its list: they cannot differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, text

from app.domain.alarms import OPEN
from app.domain.dashboard import Gauge, Line
from app.domain.inspection import SheetVerdict
from app.domain.repair import PartUse
from app.domain.stages import Stage
from app.domain.today import IN_HOUSE
from app.domain.warranty import WarrantyState
from app.persistence.tables import (
    approvals,
    customers,
    inspections,
    products,
    quality_alarms,
    repair_orders,
    repair_parts,
    return_cases,
    units,
)
from app.persistence.transaction import Tx

_case = return_cases.c


@dataclass(frozen=True, slots=True)
class Span:
    """``since``: the month begins; ``before``: what came earlier is here for long; ``fails``: how many are many."""

    since: datetime
    before: datetime
    fails: int


def count(tx: Tx, gauge: Gauge, span: Span) -> int:
    """How many lines the list has."""
    return int(tx.scalar(select(func.count()).select_from(_LISTS[gauge](tx, span).subquery())))


def lines(tx: Tx, gauge: Gauge, span: Span, limit: int) -> tuple[Line, ...]:
    """The list, the newest first."""
    rows = tx.execute(_LISTS[gauge](tx, span).order_by(text("at DESC"), text("key")).limit(limit))
    return tuple(Line(**row._mapping) for row in rows)


def first_tests(tx: Tx, since: datetime) -> int:
    """First tests since ``since``, whatever they said."""
    i = inspections.c
    return int(tx.scalar(select(func.count()).select_from(inspections).where(
        i.depot_id == tx.depot_id, i.run_no == 1, i.at >= since)))


def warranty_parts_fen(tx: Tx, since: datetime) -> int:
    """Worth at list price of the parts fitted under warranty since ``since``, in fen."""
    p = repair_parts.c
    statement = (
        select(func.coalesce(func.sum(p.price_fen * p.quantity), 0))
        .select_from(_fitted())
        .where(*_under_warranty(tx, since))
    )
    return int(tx.scalar(statement))


def _of_cases(tx: Tx, at: Any, *conditions: ColumnElement[bool], note: Any = None) -> Select[Any]:
    return (
        select(*_words(_case.id, at, note))
        .select_from(
            return_cases
            .join(units, and_(units.c.depot_id == _case.depot_id, units.c.id == _case.unit_id))
            .join(products, products.c.id == _case.product_id, isouter=True)
            .join(customers, customers.c.id == _case.customer_id, isouter=True))
        .where(_case.depot_id == tx.depot_id, _case.deleted_at.is_(None), _case.stage != Stage.VOID,
               _case.historical == 0, *conditions)
    )


def _words(key: Any, at: Any, note: Any = None) -> list[Any]:
    return [
        key.label("key"), func.coalesce(units.c.id, "").label("unit_id"),
        func.coalesce(units.c.serial, "").label("serial"), func.coalesce(products.c.model, "").label("model"),
        func.coalesce(_case.number, "").label("case_number"), func.coalesce(customers.c.name, "").label("customer"),
        at.label("at"), (literal("") if note is None else note).label("note"),
    ]


def _tested(tx: Tx, *conditions: ColumnElement[bool]) -> Select[Any]:
    i = inspections.c
    return (
        select(*_words(i.id, i.at, i.reason))
        .select_from(
            inspections
            .join(return_cases, and_(_case.depot_id == i.depot_id, _case.id == i.case_id))
            .join(units, and_(units.c.depot_id == i.depot_id, units.c.id == i.unit_id))
            .join(products, products.c.id == _case.product_id, isouter=True)
            .join(customers, customers.c.id == _case.customer_id, isouter=True))
        .where(i.depot_id == tx.depot_id, i.verdict == SheetVerdict.FAILED.value, *conditions)
    )


def _often_failed(tx: Tx, span: Span) -> Select[Any]:
    i = inspections.c
    fails = (
        select(i.case_id, func.max(i.at).label("at")).where(
            i.depot_id == tx.depot_id, i.verdict == SheetVerdict.FAILED.value)
        .group_by(i.case_id).having(func.count() >= span.fails).subquery()
    )
    return _of_cases(tx, fails.c.at, _case.stage.in_((Stage.IN_REPAIR, Stage.IN_QA)), _case.id == fails.c.case_id)


def _fitted() -> Any:
    p, o = repair_parts.c, repair_orders.c
    return (
        repair_parts
        .join(repair_orders, and_(o.depot_id == p.depot_id, o.id == p.repair_order_id))
        .join(return_cases, and_(_case.depot_id == o.depot_id, _case.id == o.case_id))
        .join(units, and_(units.c.depot_id == o.depot_id, units.c.id == o.unit_id))
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(customers, customers.c.id == _case.customer_id, isouter=True)
    )


def _under_warranty(tx: Tx, since: datetime) -> tuple[ColumnElement[bool], ...]:
    p = repair_parts.c
    return (
        p.depot_id == tx.depot_id, p.deleted_at.is_(None), p.kind == PartUse.ADD.value, p.at >= since,
        _case.warranty == WarrantyState.IN.value, _case.stage != Stage.VOID,
    )


def _parts(tx: Tx, span: Span) -> Select[Any]:
    p = repair_parts.c
    return select(*_words(p.id, p.at, p.name)).select_from(_fitted()).where(*_under_warranty(tx, span.since))


def _approvals(tx: Tx, _span: Span) -> Select[Any]:
    a = approvals.c
    return (
        select(*_words(a.id, a.requested_at, a.reason))
        .select_from(
            approvals
            .outerjoin(return_cases, and_(_case.depot_id == a.depot_id, _case.id == a.case_id))
            .outerjoin(units, and_(units.c.depot_id == a.depot_id, units.c.id == a.unit_id))
            .outerjoin(products, products.c.id == units.c.product_id)
            .outerjoin(customers, customers.c.id == _case.customer_id))
        .where(a.depot_id == tx.depot_id, a.deleted_at.is_(None), a.decided_at.is_(None))
    )


def _alarms(tx: Tx, _span: Span) -> Select[Any]:
    a = quality_alarms.c
    return (
        select(*_words(a.id, a.raised_at, a.symptom))
        .select_from(
            quality_alarms
            .outerjoin(return_cases, and_(_case.depot_id == a.depot_id, _case.id == a.case_id))
            .outerjoin(units, and_(units.c.depot_id == a.depot_id, units.c.id == a.unit_id))
            .outerjoin(products, products.c.id == a.product_id)
            .outerjoin(customers, customers.c.id == _case.customer_id))
        .where(a.depot_id == tx.depot_id, a.deleted_at.is_(None), a.state.in_(tuple(OPEN)))
    )


_LISTS: dict[Gauge, Callable[[Tx, Span], Select[Any]]] = {
    Gauge.RECEIVED_MONTH: lambda tx, span: _of_cases(
        tx, _case.received_at, _case.received_at >= span.since, note=_case.symptom),
    Gauge.RETURNED_MONTH: lambda tx, span: _of_cases(
        tx, _case.returned_at, _case.returned_at >= span.since, note=_case.symptom),
    Gauge.LONG_HERE: lambda tx, span: _of_cases(
        tx, _case.received_at, _case.stage.in_(IN_HOUSE), _case.received_at < span.before, note=_case.symptom),
    Gauge.WARRANTY_PARTS: _parts,
    Gauge.APPROVALS: _approvals,
    Gauge.TO_TEST: lambda tx, _span: _of_cases(
        tx, _case.received_at, _case.stage == Stage.IN_QA, note=_case.symptom),
    Gauge.FAILED_MONTH: lambda tx, span: _tested(tx, inspections.c.at >= span.since),
    Gauge.OFTEN_FAILED: _often_failed,
    Gauge.FIRST_PASS: lambda tx, span: _tested(tx, inspections.c.at >= span.since, inspections.c.run_no == 1),
    Gauge.ALARMS: _alarms,
}
