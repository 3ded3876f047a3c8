"""Inspection runs, readings, marks and QA's queue in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.domain.inspection import SheetVerdict
from app.domain.inspection_runs import InspectionRun, QaMark, QaRow, RunReading, state_of
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence.offers import due, due_after, open_offer_number
from app.persistence.tables import (
    customers,
    inspection_readings,
    inspections,
    products,
    qa_marks,
    repair_orders,
    return_cases,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_RUN_FIELDS = [column for column in inspections.c if column.name in InspectionRun.__dataclass_fields__]


def add_run(tx: Tx, run: InspectionRun) -> None:
    """Enter a run with its readings."""
    tx.insert(inspections, as_row(run, without=["readings"]))
    tx.insert(inspection_readings, *({**as_row(r), "inspection_id": run.id} for r in run.readings))


def runs(tx: Tx, case_id: str) -> tuple[InspectionRun, ...]:
    """Every run of a case with its readings, the first run first."""
    heads = tx.all(
        select(*_RUN_FIELDS)
        .where(inspections.c.depot_id == tx.depot_id, inspections.c.case_id == case_id)
        .order_by(inspections.c.run_no),
        InspectionRun,
    )
    return tuple(replace(head, readings=_readings(tx, head.id)) for head in heads)


def fails(tx: Tx, case_id: str) -> int:
    """How many runs of a case failed."""
    return int(
        tx.scalar(
            select(func.count()).where(
                inspections.c.depot_id == tx.depot_id, inspections.c.case_id == case_id,
                inspections.c.verdict == SheetVerdict.FAILED.value,
            )
        )
    )


def inspectors(tx: Tx, case_id: str) -> frozenset[str]:
    """Everybody who inspected a case, whatever the verdict: none of them may repair it (spec 1 §10)."""
    found = tx.execute(
        select(inspections.c.inspector_id)
        .where(inspections.c.depot_id == tx.depot_id, inspections.c.case_id == case_id)
        .distinct()
    )
    return frozenset(row.inspector_id for row in found)


def add_mark(tx: Tx, mark: QaMark) -> None:
    """Enter a mark."""
    tx.insert(qa_marks, as_row(mark))


def mark(tx: Tx, mark_id: str) -> QaMark | None:
    """The mark ``mark_id``."""
    return tx.one(select(*columns_of(QaMark, qa_marks)).where(tx.by_id(qa_marks, mark_id)), QaMark)


def marks(tx: Tx, case_id: str) -> tuple[QaMark, ...]:
    """The marks of a case, the first given first; the last one is valid."""
    return tx.all(
        select(*columns_of(QaMark, qa_marks))
        .where(qa_marks.c.depot_id == tx.depot_id, qa_marks.c.case_id == case_id)
        .order_by(qa_marks.c.at, qa_marks.c.id),
        QaMark,
    )


def queue(tx: Tx, *, limit: int, after: tuple[date | None, str] | None = None) -> tuple[QaRow, ...]:
    """The cases in QA, the earliest due first; ``after`` is (due date, case id) of the last one shown."""
    statement = _queue(tx)
    if after is not None:
        statement = statement.where(due_after(after))
    return tuple(_row(row) for row in tx.execute(statement.order_by(due(), return_cases.c.id).limit(limit)))


def queue_row(tx: Tx, case_id: str) -> QaRow | None:
    """One case in QA."""
    row = tx.execute(_queue(tx).where(return_cases.c.id == case_id)).one_or_none()
    return None if row is None else _row(row)


def often_failed(tx: Tx, least: int) -> tuple[tuple[str, str, str, int], ...]:
    """The open cases with ``least`` failed runs or more: (case id, number, serial, failed runs)."""
    count = func.count()
    rows = tx.execute(
        select(return_cases.c.id, return_cases.c.number, units.c.serial, count)
        .select_from(
            return_cases.join(
                inspections,
                and_(inspections.c.depot_id == return_cases.c.depot_id, inspections.c.case_id == return_cases.c.id),
            ).join(units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id))
        )
        .where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.stage.in_((Stage.IN_REPAIR, Stage.IN_QA)),
            inspections.c.verdict == SheetVerdict.FAILED.value,
        )
        .group_by(return_cases.c.id, return_cases.c.number, units.c.serial)
        .having(count >= least)
        .order_by(count.desc(), return_cases.c.number)
    )
    return tuple((row[0], row[1], row[2], int(row[3])) for row in rows)


def _readings(tx: Tx, inspection_id: str) -> tuple[RunReading, ...]:
    return tx.all(
        select(*columns_of(RunReading, inspection_readings))
        .where(
            inspection_readings.c.depot_id == tx.depot_id, inspection_readings.c.inspection_id == inspection_id
        )
        .order_by(inspection_readings.c.ordinal),
        RunReading,
    )


def _queue(tx: Tx) -> Select[Any]:
    run = inspections.alias("run")
    of_case = (run.c.depot_id == return_cases.c.depot_id, run.c.case_id == return_cases.c.id)
    # A run from before the unit came (back) to QA says nothing about this time.
    last = (
        select(run.c.verdict).where(*of_case, run.c.at >= units.c.placed_at).order_by(run.c.run_no.desc()).limit(1)
        .correlate(return_cases, units).scalar_subquery()
    )
    failed = (
        select(func.count()).select_from(run).where(*of_case, run.c.verdict == SheetVerdict.FAILED.value)
        .correlate(return_cases).scalar_subquery()
    )
    return (
        select(
            return_cases.c.id.label("case_id"), return_cases.c.number, return_cases.c.unit_id, units.c.serial,
            products.c.model, products.c.name_zh, products.c.name_en, customers.c.name.label("customer"),
            return_cases.c.urgency, return_cases.c.stage, return_cases.c.due_on,
            return_cases.c.paused_at, units.c.placed_at,
            repair_orders.c.technician_name, return_cases.c.result, last.label("last"), failed.label("fails"),
            open_offer_number().label("offered_in"),
        )
        .select_from(
            return_cases.join(
                units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id)
            )
            .outerjoin(
                repair_orders,
                and_(
                    repair_orders.c.depot_id == return_cases.c.depot_id, repair_orders.c.case_id == return_cases.c.id,
                    repair_orders.c.deleted_at.is_(None),
                ),
            )
            .join(products, products.c.id == return_cases.c.product_id)
            .outerjoin(customers, customers.c.id == return_cases.c.customer_id)
        )
        .where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.stage.in_((Stage.IN_QA, Stage.PASSED)),
            units.c.place == Place.QA,
        )
    )


def _row(row: Any) -> QaRow:
    return QaRow(
        row.case_id, row.number, row.unit_id, row.serial, row.model, row.name_zh, row.name_en, row.customer or "",
        row.urgency, row.stage, state_of(row.stage, row.last or ""), row.due_on,
        row.paused_at, row.placed_at,
        row.technician_name or "", row.result or "", row.fails, row.offered_in or "",
    )
