"""Repair orders, their actions and parts, the bench queue, and the pauses of a case, in the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, select, update

from app.domain.inspection import SheetVerdict
from app.domain.places import Place
from app.domain.repair import BenchRow, EarlierRepair, RepairAction, RepairOrder, RepairPart, Scope, state_of
from app.domain.stages import Stage
from app.persistence.offers import due, due_after, open_offer_number
from app.persistence.tables import (
    customers,
    inspections,
    journal,
    products,
    repair_actions,
    repair_orders,
    repair_parts,
    return_cases,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of


def order_of_case(tx: Tx, case_id: str) -> RepairOrder | None:
    """The repair order of a case, if a technician has taken it."""
    return tx.one(
        select(*columns_of(RepairOrder, repair_orders)).where(
            repair_orders.c.depot_id == tx.depot_id, repair_orders.c.case_id == case_id,
            repair_orders.c.deleted_at.is_(None),
        ),
        RepairOrder,
    )


def add_order(tx: Tx, order: RepairOrder) -> None:
    """Enter a repair order."""
    tx.insert(repair_orders, as_row(order, without=["seq"]))


def revive_order(tx: Tx, order: RepairOrder) -> bool:
    """Let an order of the case that was given back before anything was written begin anew; ``False``: there is none."""
    done = tx.execute(
        update(repair_orders)
        .where(
            repair_orders.c.depot_id == tx.depot_id, repair_orders.c.case_id == order.case_id,
            repair_orders.c.deleted_at.is_not(None),
        )
        .values(**as_row(order, without=["id", "seq"]), deleted_at=None)
    )
    return bool(done.rowcount)


def change_order(tx: Tx, order_id: str, **values: Any) -> None:
    """Change a repair order."""
    tx.change(repair_orders, order_id, **values)


def reopen_order(tx: Tx, case_id: str) -> None:
    """The bench work of a case is not complete after all: QA failed it, or the completion was undone."""
    tx.execute(
        update(repair_orders)
        .where(
            repair_orders.c.depot_id == tx.depot_id, repair_orders.c.case_id == case_id,
            repair_orders.c.deleted_at.is_(None),
        )
        .values(finished_at=None, result=None)
    )


def add_action(tx: Tx, action: RepairAction) -> None:
    """Enter something done at the bench."""
    tx.insert(repair_actions, as_row(action))


def actions(tx: Tx, order_id: str) -> tuple[RepairAction, ...]:
    """What was done, the oldest first, the entries that take others back included."""
    return tx.all(
        select(*columns_of(RepairAction, repair_actions))
        .where(repair_actions.c.depot_id == tx.depot_id, repair_actions.c.repair_order_id == order_id)
        .order_by(repair_actions.c.at, repair_actions.c.id),
        RepairAction,
    )


def add_part(tx: Tx, part: RepairPart) -> None:
    """Enter a part put in or taken out."""
    tx.insert(repair_parts, as_row(part))


def part(tx: Tx, part_row_id: str) -> RepairPart | None:
    """One entry of a part, unless it was taken back."""
    return tx.one(
        select(*columns_of(RepairPart, repair_parts)).where(
            tx.by_id(repair_parts, part_row_id), repair_parts.c.deleted_at.is_(None)
        ),
        RepairPart,
    )


def parts(tx: Tx, order_id: str) -> tuple[RepairPart, ...]:
    """The parts of a repair in the order entered."""
    return tx.all(
        select(*columns_of(RepairPart, repair_parts))
        .where(
            repair_parts.c.depot_id == tx.depot_id, repair_parts.c.repair_order_id == order_id,
            repair_parts.c.deleted_at.is_(None),
        )
        .order_by(repair_parts.c.at, repair_parts.c.id),
        RepairPart,
    )


def take_part_back(tx: Tx, part_row_id: str) -> None:
    """End an entry of a part; the row stays."""
    tx.change(repair_parts, part_row_id, deleted_at=tx.at)


def repairers(tx: Tx, case_id: str) -> frozenset[str]:
    """Everybody who worked on a case, also who gave it on to a colleague: none of them may inspect it (spec 1 §10)."""
    rows = tx.execute(
        select(journal.c.actor_id)
        .where(
            journal.c.depot_id == tx.depot_id, journal.c.case_id == case_id,
            journal.c.action.in_(("repair.take", "repair.diagnose", "repair.action", "repair.part", "repair.finish")),
        )
        .distinct()
    )
    order = order_of_case(tx, case_id)
    return frozenset(row.actor_id for row in rows) | ({order.technician_id} if order else set())


def has_entry(tx: Tx, case_id: str, action: str) -> bool:
    """Whether the journal of a case holds ``action``, not undone."""
    later = journal.alias("later")
    return (
        tx.scalar(
            select(journal.c.id)
            .where(
                journal.c.depot_id == tx.depot_id, journal.c.case_id == case_id, journal.c.action == action,
                ~exists().where(later.c.depot_id == journal.c.depot_id, later.c.undoes == journal.c.id),
            )
            .limit(1)
        )
        is not None
    )


def bench(
    tx: Tx, scope: Scope, technician_id: str, *, limit: int, after: tuple[date | None, str] | None = None
) -> tuple[BenchRow, ...]:
    """The cases at the repair department, the earliest due first; ``after`` is (due date, case id) of the last one."""
    statement = _bench(tx)
    if scope is Scope.MINE:
        statement = statement.where(repair_orders.c.technician_id == technician_id)
    elif scope is Scope.UNTAKEN:
        statement = statement.where(repair_orders.c.id.is_(None))
    if after is not None:
        statement = statement.where(due_after(after))
    return tuple(_bench_row(row) for row in tx.execute(statement.order_by(due(), return_cases.c.id).limit(limit)))


def bench_row(tx: Tx, case_id: str) -> BenchRow | None:
    """One case at the repair department."""
    row = tx.execute(_bench(tx).where(return_cases.c.id == case_id)).one_or_none()
    return None if row is None else _bench_row(row)


def bench_counts(tx: Tx, technician_id: str) -> tuple[int, int, int]:
    """How many cases stand at the bench: mine, nobody's, all."""
    mine = func.sum(case((repair_orders.c.technician_id == technician_id, 1), else_=0))
    untaken = func.sum(case((repair_orders.c.id.is_(None), 1), else_=0))
    statement = select(mine, untaken, func.count()).select_from(_bench_from()).where(*_at_bench(tx))
    of_mine, of_nobody, everything = tx.execute(statement).one()
    return int(of_mine or 0), int(of_nobody or 0), int(everything)


def earlier(tx: Tx, unit_id: str, case_id: str) -> tuple[EarlierRepair, ...]:
    """The earlier visits of a unit with what the bench said, the newest first."""
    rows = tx.execute(
        select(
            return_cases.c.id.label("case_id"), return_cases.c.number.label("case_number"), return_cases.c.visit_no,
            return_cases.c.received_at, return_cases.c.symptom, repair_orders.c.fault, repair_orders.c.cause_class,
            repair_orders.c.work_done, return_cases.c.result, repair_orders.c.technician_name,
            return_cases.c.returned_at,
        )
        .select_from(
            return_cases.outerjoin(
                repair_orders,
                and_(
                    repair_orders.c.depot_id == return_cases.c.depot_id, repair_orders.c.case_id == return_cases.c.id,
                    repair_orders.c.deleted_at.is_(None),
                ),
            )
        )
        .where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id == unit_id, return_cases.c.id != case_id,
            return_cases.c.stage != Stage.VOID,
        )
        .order_by(return_cases.c.visit_no.desc())
    )
    return tuple(
        EarlierRepair(
            row.case_id, row.case_number, row.visit_no, row.received_at, row.symptom, row.fault or "",
            row.cause_class or "", row.work_done or "", row.result or "", row.technician_name or "", row.returned_at,
        )
        for row in rows
    )


def _bench_from() -> Any:
    return return_cases.join(
        units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id)
    ).outerjoin(
        repair_orders,
        and_(
            repair_orders.c.depot_id == return_cases.c.depot_id, repair_orders.c.case_id == return_cases.c.id,
            repair_orders.c.deleted_at.is_(None),
        ),
    )


def _at_bench(tx: Tx) -> tuple[Any, ...]:
    return (
        return_cases.c.depot_id == tx.depot_id,
        return_cases.c.stage.in_((Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.REFERRED)),
        units.c.place == Place.REPAIR,
    )


def _bench(tx: Tx) -> Select[Any]:
    run = inspections.alias("run")
    fails = (
        select(func.count())
        .where(
            run.c.depot_id == return_cases.c.depot_id, run.c.case_id == return_cases.c.id,
            run.c.verdict == SheetVerdict.FAILED.value,
        )
        .correlate(return_cases)
        .scalar_subquery()
    )
    return (
        select(
            return_cases.c.id.label("case_id"), return_cases.c.number, return_cases.c.unit_id, units.c.serial,
            products.c.model, products.c.name_zh, products.c.name_en, customers.c.name.label("customer"),
            return_cases.c.symptom, return_cases.c.urgency, return_cases.c.stage, return_cases.c.due_on,
            return_cases.c.paused_at, units.c.placed_at, repair_orders.c.technician_id, repair_orders.c.technician_name,
            repair_orders.c.diagnosed_at, repair_orders.c.finished_at, repair_orders.c.id.label("order_id"),
            fails.label("fails"), open_offer_number().label("offered_in"),
        )
        .select_from(
            _bench_from()
            .join(products, products.c.id == return_cases.c.product_id)
            .outerjoin(customers, customers.c.id == return_cases.c.customer_id)
        )
        .where(*_at_bench(tx))
    )


def _bench_row(row: Any) -> BenchRow:
    return BenchRow(
        row.case_id, row.number, row.unit_id, row.serial, row.model, row.name_zh, row.name_en, row.customer or "",
        row.symptom, row.urgency, row.stage,
        state_of(
            row.stage, taken=row.order_id is not None, diagnosed=row.diagnosed_at is not None,
            finished=row.finished_at is not None,
        ),
        row.due_on, row.paused_at, row.placed_at, row.technician_id or "", row.technician_name or "", row.fails,
        row.offered_in or "",
    )
