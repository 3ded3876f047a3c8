"""What was found in earlier repairs of a product, and the notes on finding its faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from sqlalchemy import select, update

from app.domain.knowledge import Note, PastRepair
from app.domain.repair import PartUse
from app.domain.stages import Stage
from app.persistence.importing import portions
from app.persistence.tables import repair_orders, repair_parts, return_cases, troubleshooting_notes, units
from app.persistence.transaction import Tx, columns_of

#: The newest repairs of a product that are looked at: older ones teach little about what is built now.
NEWEST = 2_000


def past_repairs(tx: Tx, product_id: str, but_case: str, zone: tzinfo) -> tuple[PastRepair, ...]:
    """The diagnosed repairs of a product at this depot, the newest first, without that of ``but_case``."""
    case, order = return_cases.c, repair_orders.c
    rows = tx.execute(
        select(
            order.id, order.case_id, case.number, case.unit_id, units.c.serial, case.received_at, case.symptom,
            case.symptom_code.label("told_code"), order.confirmed_symptom, order.symptom_code, order.fault_code,
            order.fault, order.cause_class, order.responsibility, order.cause, order.resolution_code, order.work_done,
            case.result,
        )
        .join(return_cases, (case.depot_id == order.depot_id) & (case.id == order.case_id))
        .join(units, (units.c.depot_id == case.depot_id) & (units.c.id == case.unit_id))
        .where(
            case.depot_id == tx.depot_id, case.product_id == product_id, case.id != but_case,
            case.stage != Stage.VOID, order.diagnosed_at.is_not(None), order.deleted_at.is_(None),
            case.received_at.is_not(None),
        )
        .order_by(case.received_at.desc(), case.id).limit(NEWEST)
    )
    return tuple(
        PastRepair(
            r.id, r.case_id, r.number, r.unit_id, r.serial, r.received_at.astimezone(zone).date(),
            f"{r.symptom} {r.confirmed_symptom}".strip(), r.symptom_code or r.told_code, r.fault_code, r.fault,
            r.cause_class, r.responsibility, r.cause, r.resolution_code, r.work_done, r.result or "",
        )
        for r in rows
    )


def fitted(tx: Tx, order_ids: Iterable[str]) -> list[tuple[str, str, int]]:
    """(order, name of the part, pieces) of what was fitted."""
    found: list[tuple[str, str, int]] = []
    for some in portions(order_ids):
        rows = tx.execute(
            select(repair_parts.c.repair_order_id, repair_parts.c.name, repair_parts.c.quantity).where(
                repair_parts.c.depot_id == tx.depot_id, repair_parts.c.repair_order_id.in_(some),
                repair_parts.c.kind == PartUse.ADD.value, repair_parts.c.deleted_at.is_(None)))
        found += [(row.repair_order_id, row.name, row.quantity) for row in rows]
    return found


def notes(tx: Tx, product_id: str) -> tuple[Note, ...]:
    """The notes on a product, in the order in which they were written."""
    note = troubleshooting_notes.c
    return tx.all(
        select(*columns_of(Note, troubleshooting_notes))
        .where(note.depot_id == tx.depot_id, note.product_id == product_id, note.deleted_at.is_(None))
        .order_by(note.at, note.id),
        Note,
    )


def put_notes(tx: Tx, product_id: str, wanted: Sequence[Note]) -> None:
    """``wanted`` in place of the notes so far."""
    note = troubleshooting_notes.c
    tx.execute(
        update(troubleshooting_notes)
        .where(note.depot_id == tx.depot_id, note.product_id == product_id, note.deleted_at.is_(None))
        .values(deleted_at=tx.at)
    )
    tx.insert(troubleshooting_notes, *(
        {
            "product_id": product_id, "symptom_code": one.symptom_code, "title": one.title, "body": one.body,
            "at": tx.at, "by": tx.by, "by_name": one.by_name or tx.by_name,
        }
        for one in wanted
    ))
