"""Repair plans in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select, tuple_

from app.domain.places import Place
from app.domain.planning import Line, Plan, PlannedCase, PlanRow, PlanState, Revision, Waiting
from app.domain.stages import Stage
from app.persistence.tables import (
    customers,
    plan_allocations,
    plan_lines,
    plan_revisions,
    plans,
    products,
    return_cases,
    shelves,
    units,
    users,
)
from app.persistence.transaction import Tx, as_row, columns_of

_p, _l, _a, _c, _u = plans.c, plan_lines.c, plan_allocations.c, return_cases.c, units.c


def waiting(tx: Tx, today: date, soon: date) -> tuple[Waiting, ...]:
    """What waits to be planned, by product, the most pressing first."""
    late = func.sum(case((_c.due_on < today, 1), else_=0))
    near = func.sum(case((and_(_c.due_on >= today, _c.due_on <= soon), 1), else_=0))
    counted = (
        select(
            _c.product_id, func.count().label("waiting"), late.label("overdue"), near.label("due_soon"),
            func.min(_c.due_on).label("earliest_due"),
        )
        .where(_c.depot_id == tx.depot_id, _c.stage == Stage.RECEIVED).group_by(_c.product_id).subquery()
    )
    return tx.all(
        select(*columns_of(Waiting, products, renamed={
            "product_id": counted.c.product_id, "waiting": counted.c.waiting, "overdue": counted.c.overdue,
            "due_soon": counted.c.due_soon, "earliest_due": counted.c.earliest_due,
        }))
        .select_from(counted.outerjoin(products, products.c.id == counted.c.product_id))
        .order_by(counted.c.earliest_due, products.c.model),
        Waiting,
    )


def candidates(
    tx: Tx, product_id: str, *, after: PlannedCase | None = None, limit: int = 100, without: Sequence[str] = ()
) -> tuple[PlannedCase, ...]:
    """Received units of a product that are on no plan, the oldest due first, paged."""
    statement = _cases(None).where(
        _c.depot_id == tx.depot_id, _c.stage == Stage.RECEIVED, _c.product_id == product_id,
        _u.place == Place.ZONE_PENDING, _u.case_id == _c.id,
    )
    if without:
        statement = statement.where(_c.id.not_in(without))
    if after is not None:
        statement = statement.where(
            tuple_(_c.due_on, _c.id) > tuple_(after.due_on, after.case_id, types=[_c.due_on.type, _c.id.type])
        )
    return tx.all(statement.order_by(_c.due_on, _c.id).limit(limit), PlannedCase)


def count_waiting(tx: Tx, product_id: str) -> int:
    """How many received units of a product are on no plan."""
    return int(tx.scalar(
        select(func.count()).select_from(return_cases).where(
            _c.depot_id == tx.depot_id, _c.stage == Stage.RECEIVED, _c.product_id == product_id
        )
    ))


def waiting_case(tx: Tx, case_id: str) -> PlannedCase | None:
    """A case as a plan sees it, whatever its stage; not as part of a plan."""
    return tx.one(_cases(None).where(_c.depot_id == tx.depot_id, _c.id == case_id), PlannedCase)


def allocated(tx: Tx, plan_id: str) -> tuple[PlannedCase, ...]:
    """The units on a plan, by line, the oldest due first."""
    return tx.all(
        _cases(plan_allocations)
        .where(_a.depot_id == tx.depot_id, _a.plan_id == plan_id, _a.deleted_at.is_(None))
        .order_by(_a.line_id, _c.due_on, _c.id),
        PlannedCase,
    )


def _cases(allocations: Any) -> Select[Any]:
    of_plan: dict[str, Any] = {"line_id": null(), "allocation_id": null(), "released_at": null()}
    source: Any = return_cases
    if allocations is not None:
        of_plan = {"line_id": _a.line_id, "allocation_id": _a.id, "released_at": _a.released_at}
        source = plan_allocations.join(return_cases, and_(_c.depot_id == _a.depot_id, _c.id == _a.case_id))
    return select(*columns_of(PlannedCase, return_cases, renamed={
        "case_id": _c.id, "case_number": _c.number, "unit_id": _u.id, "serial": _u.serial,
        "model": products.c.model, "customer": customers.c.name, "shelf_code": shelves.c.code, **of_plan,
    })).select_from(
        source.join(units, and_(_u.depot_id == _c.depot_id, _u.id == _c.unit_id))
        .outerjoin(products, products.c.id == _c.product_id)
        .outerjoin(customers, customers.c.id == _c.customer_id)
        .outerjoin(shelves, and_(shelves.c.depot_id == _u.depot_id, shelves.c.id == _u.shelf_id))
    )


def plan(tx: Tx, plan_id: str) -> Plan | None:
    """The plan ``plan_id``."""
    return tx.one(select(*columns_of(Plan, plans)).where(tx.by_id(plans, plan_id)), Plan)


def plan_with_number(tx: Tx, number: str) -> str | None:
    """The id of the plan ``number``."""
    found: str | None = tx.scalar(select(_p.id).where(_p.depot_id == tx.depot_id, _p.number == number))
    return found


def lines(tx: Tx, plan_id: str) -> tuple[Line, ...]:
    """The lines of a plan in order."""
    return tx.all(
        select(*columns_of(Line, plan_lines, renamed={
            "model": products.c.model, "name_zh": products.c.name_zh, "name_en": products.c.name_en,
        }))
        .select_from(plan_lines.outerjoin(products, products.c.id == _l.product_id))
        .where(_l.depot_id == tx.depot_id, _l.plan_id == plan_id, _l.deleted_at.is_(None)).order_by(_l.ordinal),
        Line,
    )


def listed(
    tx: Tx, states: Sequence[PlanState], *, before: str | None = None, limit: int = 100
) -> tuple[PlanRow, ...]:
    """Plans in one of ``states``, the newest first, behind the number ``before``."""
    conditions: list[ColumnElement[bool]] = [_p.depot_id == tx.depot_id, _p.state.in_(states)]
    if before is not None:
        conditions.append(_p.number < before)
    mine = and_(_a.depot_id == _p.depot_id, _a.plan_id == _p.id, _a.deleted_at.is_(None))
    held = select(func.count()).select_from(plan_allocations).where(mine).correlate(plans).scalar_subquery()
    first = (
        select(func.min(_c.due_on))
        .select_from(plan_allocations.join(return_cases, and_(_c.depot_id == _a.depot_id, _c.id == _a.case_id)))
        .where(mine).correlate(plans).scalar_subquery()
    )
    rows = (
        select(func.count()).select_from(plan_lines)
        .where(_l.depot_id == _p.depot_id, _l.plan_id == _p.id, _l.deleted_at.is_(None))
        .correlate(plans).scalar_subquery()
    )
    return tx.all(
        select(*columns_of(PlanRow, plans, renamed={
            "drafted_by_name": users.c.name, "units": held, "lines": rows, "earliest_due": first,
        }))
        .select_from(plans.outerjoin(users, and_(users.c.depot_id == _p.depot_id, users.c.id == _p.drafted_by)))
        .where(*conditions).order_by(_p.number.desc()).limit(limit),
        PlanRow,
    )


def revisions(tx: Tx, plan_id: str) -> tuple[Revision, ...]:
    """The written changes of a plan, in order."""
    return tx.all(
        select(*columns_of(Revision, plan_revisions, renamed={"by_name": users.c.name}))
        .select_from(plan_revisions.outerjoin(
            users, and_(users.c.depot_id == plan_revisions.c.depot_id, users.c.id == plan_revisions.c.by)
        ))
        .where(plan_revisions.c.depot_id == tx.depot_id, plan_revisions.c.plan_id == plan_id)
        .order_by(plan_revisions.c.revision),
        Revision,
    )


def add(tx: Tx, made: Plan) -> None:
    """Enter a plan."""
    tx.insert(plans, as_row(made, without=["seq"]))


def change(tx: Tx, plan_id: str, **values: Any) -> None:
    """Change the head of a plan."""
    tx.change(plans, plan_id, **values)


def add_line(tx: Tx, plan_id: str, ordinal: int, product_id: str, quantity: int, due_on: date | None) -> str:
    """Enter a line and return its id."""
    line_id = tx.new_id()
    tx.insert(plan_lines, {
        "id": line_id, "plan_id": plan_id, "ordinal": ordinal, "product_id": product_id, "quantity": quantity,
        "due_on": due_on,
    })
    return line_id


def change_line(tx: Tx, line_id: str, **values: Any) -> None:
    """Change a line; ``deleted_at`` takes it off the plan."""
    tx.change(plan_lines, line_id, **values)


def allocate(tx: Tx, plan_id: str, line_id: str, case_ids: Sequence[str]) -> None:
    """Put cases on a line."""
    tx.insert(plan_allocations, *(
        {"plan_id": plan_id, "line_id": line_id, "case_id": case_id, "at": tx.at, "by": tx.by, "released_at": None}
        for case_id in case_ids
    ))


def change_allocation(tx: Tx, allocation_id: str, **values: Any) -> None:
    """Change an allocation; ``deleted_at`` takes the case off the plan."""
    tx.change(plan_allocations, allocation_id, **values)


def add_revision(
    tx: Tx, plan_id: str, revision: int, reason: str, before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
) -> None:
    """Keep what a plan said before and after a written change."""
    tx.insert(plan_revisions, {
        "plan_id": plan_id, "revision": revision, "reason": reason, "before": list(before), "after": list(after),
        "at": tx.at, "by": tx.by,
    })


__all__ = [
    "add", "add_line", "add_revision", "allocate", "allocated", "candidates", "change", "change_allocation",
    "change_line", "count_waiting", "lines", "listed", "plan", "plan_with_number", "revisions", "waiting",
    "waiting_case",
]
