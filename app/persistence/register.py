"""Cases as lists: the register by period and filter, and the reported ones that are awaited. Paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.places import Place
from app.domain.register import (
    GONE,
    IN_HAND,
    AwaitedCase,
    CaseDates,
    PeriodOf,
    RegisterRow,
    Selection,
    Standing,
    Totals,
)
from app.domain.search import query
from app.domain.stages import Stage
from app.persistence import search
from app.persistence.tables import (
    customers,
    movements,
    plan_allocations,
    plan_lines,
    plans,
    products,
    qa_marks,
    return_cases,
    units,
)
from app.persistence.transaction import Tx

_c, _u = return_cases.c, units.c
_FOUND_AT_MOST = 2000

#: What the list can be sorted by.
ORDERS: dict[str, Any] = {"number": _c.number, "received": _c.received_at, "due": _c.due_on}


def rows(
    tx: Tx,
    wanted: Selection,
    after: RegisterRow | None,
    limit: int,
    order: str,
    *,
    descending: bool,
    between: tuple[datetime | None, datetime | None],
    today: date,
) -> tuple[RegisterRow, ...]:
    """Up to ``limit`` cases after the row ``after``. ``between``: the period's moments (from, before)."""
    column = ORDERS.get(order, _c.number)
    found = _select(RegisterRow).where(*_conditions(tx, wanted, between, today))
    keys = (column.desc(), _c.id.desc()) if descending else (column, _c.id)
    if column is _c.number:
        beyond = [] if after is None else [column < after.number if descending else column > after.number]
        return tx.all(found.where(*beyond).order_by(*keys).limit(limit), RegisterRow)
    # Dates may be missing: those cases come last, in a stretch of their own, so that both stretches use the index.
    last = None if after is None else getattr(after, column.name)
    dated: tuple[RegisterRow, ...] = ()
    if after is None or last is not None:
        beyond = [] if after is None else [_beyond(column, last, after.case_id, descending=descending)]
        dated = tx.all(found.where(column.is_not(None), *beyond).order_by(*keys).limit(limit), RegisterRow)
        if len(dated) == limit:
            return dated
    beyond = [] if after is None or last is not None else [_c.id > after.case_id]
    rest = found.where(column.is_(None), *beyond).order_by(_c.id).limit(limit - len(dated))
    return dated + tx.all(rest, RegisterRow)


def totals(
    tx: Tx, wanted: Selection, *, between: tuple[datetime | None, datetime | None], today: date
) -> Totals:
    """How the chosen cases stand, counted by the database."""
    chosen = _conditions(tx, wanted, between, today)
    counted = select(_c.stage, func.count()).where(*chosen).group_by(_c.stage)
    by_stage: dict[Stage, int] = dict(tx.execute(counted).all())
    overdue = select(func.count()).select_from(return_cases).where(*chosen, *_standing(Standing.OVERDUE, today))
    returned = select(func.count()).select_from(return_cases).where(*chosen, _c.returned_at.is_not(None))
    gone = int(tx.scalar(returned))
    closed = by_stage.get(Stage.CLOSED, 0)
    return Totals(
        cases=sum(by_stage.values()) - by_stage.get(Stage.VOID, 0), reported=by_stage.get(Stage.REPORTED, 0),
        open=sum(by_stage.get(stage, 0) for stage in IN_HAND), overdue=int(tx.scalar(overdue)), returned=gone,
        spares=by_stage.get(Stage.SPARE, 0) + by_stage.get(Stage.RESTOCKED, 0) + closed - min(gone, closed),
        scrapped=by_stage.get(Stage.SCRAPPED, 0), void=by_stage.get(Stage.VOID, 0),
    )


def dates(tx: Tx, chosen: Sequence[RegisterRow]) -> dict[str, CaseDates]:
    """Case id → plan, bench, QA and mark of the cases in ``chosen``."""
    found: dict[str, dict[str, Any]] = {row.case_id: {} for row in chosen}
    for some in _hundreds(chosen):
        ids, unit_ids = [row.case_id for row in some], [row.unit_id for row in some]
        moved = select(movements.c.case_id, movements.c.to_place, func.min(movements.c.at)).where(
            movements.c.depot_id == tx.depot_id, movements.c.unit_id.in_(unit_ids), movements.c.case_id.in_(ids),
            movements.c.to_place.in_([Place.REPAIR, Place.QA]),
        ).group_by(movements.c.case_id, movements.c.to_place)
        for case_id, place, at in tx.execute(moved):
            found[case_id]["in_repair" if place is Place.REPAIR else "in_qa"] = at
        planned = (
            select(plan_allocations.c.case_id, plans.c.number, plans.c.issued_at)
            .join(plan_lines, and_(plan_lines.c.depot_id == plan_allocations.c.depot_id,
                                   plan_lines.c.id == plan_allocations.c.line_id))
            .join(plans, and_(plans.c.depot_id == plan_lines.c.depot_id, plans.c.id == plan_lines.c.plan_id))
            .where(
                plan_allocations.c.depot_id == tx.depot_id, plan_allocations.c.case_id.in_(ids),
                plan_allocations.c.deleted_at.is_(None),
            ).order_by(plan_allocations.c.at)
        )
        for case_id, number, issued in tx.execute(planned):
            found[case_id] |= {"plan_number": number, "released": issued}
        marked = select(qa_marks.c.case_id, qa_marks.c.number).where(
            qa_marks.c.depot_id == tx.depot_id, qa_marks.c.case_id.in_(ids)
        ).order_by(qa_marks.c.at)
        for case_id, number in tx.execute(marked):
            found[case_id]["mark_number"] = number
    return {case_id: CaseDates(**values) for case_id, values in found.items()}


def awaited(tx: Tx, after: AwaitedCase | None, limit: int) -> tuple[AwaitedCase, ...]:
    """Reported cases, the longest awaited first."""
    statement = _select(AwaitedCase).where(_c.depot_id == tx.depot_id, _c.stage == Stage.REPORTED)
    if after is not None:
        statement = statement.where(
            or_(_c.reported_at > after.reported_at,
                and_(_c.reported_at == after.reported_at, _c.id > after.case_id))
        )
    return tx.all(statement.order_by(_c.reported_at, _c.id).limit(limit), AwaitedCase)


def _select(shape: type[Any]) -> Select[Any]:
    given = {
        "case_id": _c.id, "model": products.c.model, "name_zh": products.c.name_zh, "name_en": products.c.name_en,
        "customer": customers.c.name, "serial": _u.serial, "tagged": _u.tagged, "place": _u.place,
    }
    return select(
        *((given[f.name] if f.name in given else _c[f.name]).label(f.name) for f in fields(shape))
    ).select_from(_joined())


def _joined() -> Any:
    """Cases with unit, product and customer; master rows are found by id whoever owns them."""
    return (
        return_cases.join(units, and_(_u.depot_id == _c.depot_id, _u.id == _c.unit_id))
        .outerjoin(products, products.c.id == _c.product_id)
        .outerjoin(customers, customers.c.id == _c.customer_id)
    )


def _conditions(
    tx: Tx, wanted: Selection, between: tuple[datetime | None, datetime | None], today: date
) -> list[Any]:
    found: list[Any] = [_c.depot_id == tx.depot_id]
    start, before = between
    moment = _c.received_at if wanted.period_of is PeriodOf.RECEIVED else _c.returned_at
    if start is not None:
        found.append(moment >= start)
    if before is not None:
        found.append(moment < before)
    if wanted.stage is not None:
        found.append(_c.stage == wanted.stage)
    if wanted.customer_id:
        found.append(_c.customer_id == wanted.customer_id)
    if wanted.product_id:
        found.append(_c.product_id == wanted.product_id)
    found += _standing(wanted.standing, today)
    if wanted.text.strip():
        found.append(_says(tx, wanted.text))
    return found


def _standing(standing: Standing, today: date) -> list[Any]:
    match standing:
        case Standing.OPEN:
            return [_c.stage.in_(sorted(IN_HAND))]
        case Standing.OVERDUE:
            return [_c.stage.in_(sorted(IN_HAND)), _c.due_on < today, _c.paused_at.is_(None)]
        case Standing.ENDED:
            return [_c.stage.in_(sorted(GONE))]
        case Standing.VOID:
            return [_c.stage == Stage.VOID]
        case Standing.ANY:
            return []


def _says(tx: Tx, text: str) -> Any:
    """The text names a case number, a serial, a model or a customer; found through the search index."""
    typed = query(text)
    hits = search.find(tx, typed, _FOUND_AT_MOST)
    return or_(
        and_(_c.number >= typed.serial, _c.number < typed.serial + "\uffff"),
        _c.unit_id.in_([hit.unit_id for hit in hits]),
    )


def _beyond(column: Any, value: Any, case_id: str, *, descending: bool) -> Any:
    """After the row with ``value`` and ``case_id``, in the order of the list."""
    if descending:
        return or_(column < value, and_(column == value, _c.id < case_id))
    return or_(column > value, and_(column == value, _c.id > case_id))


def _hundreds(chosen: Sequence[RegisterRow]) -> list[Sequence[RegisterRow]]:
    return [chosen[start:start + 400] for start in range(0, len(chosen), 400)]
