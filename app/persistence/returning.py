"""Shipments and the units in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.domain.places import Place
from app.domain.returning import ReturnRow, Shipment
from app.domain.stages import Stage
from app.domain.today import Waiting
from app.persistence.tables import (
    customers,
    exchanges,
    products,
    qa_marks,
    return_cases,
    shipment_lines,
    shipments,
    units,
)
from app.persistence.today import tally
from app.persistence.transaction import Tx, as_row, columns_of


def add_shipment(tx: Tx, shipment: Shipment, lines: Sequence[tuple[str, str]]) -> None:
    """Enter a shipment and its lines, each (case id, unit id)."""
    tx.insert(shipments, as_row(shipment, without=["seq"]))
    tx.insert(
        shipment_lines,
        *(
            {"shipment_id": shipment.id, "ordinal": n, "case_id": case_id, "unit_id": unit_id}
            for n, (case_id, unit_id) in enumerate(lines, 1)
        ),
    )


def shipment(tx: Tx, shipment_id: str) -> Shipment | None:
    """The shipment ``shipment_id`` unless it was unpacked."""
    return tx.one(
        select(*columns_of(Shipment, shipments)).where(
            tx.by_id(shipments, shipment_id), shipments.c.deleted_at.is_(None)
        ),
        Shipment,
    )


def change_shipment(tx: Tx, shipment_id: str, **values: Any) -> None:
    """Change a shipment."""
    tx.change(shipments, shipment_id, **values)


def cases_of_shipment(tx: Tx, shipment_id: str) -> tuple[tuple[str, str], ...]:
    """(case id, unit id) of each line, in order."""
    rows = tx.execute(
        select(shipment_lines.c.case_id, shipment_lines.c.unit_id)
        .where(
            shipment_lines.c.depot_id == tx.depot_id, shipment_lines.c.shipment_id == shipment_id,
            shipment_lines.c.deleted_at.is_(None),
        )
        .order_by(shipment_lines.c.ordinal)
    )
    return tuple((row.case_id, row.unit_id) for row in rows)


def unpack(tx: Tx, shipment_id: str, at: datetime) -> None:
    """End a shipment and its lines by tombstone."""
    tx.change(shipments, shipment_id, deleted_at=at)
    lines = shipment_lines
    for (line_id,) in tx.execute(
        select(lines.c.id).where(lines.c.depot_id == tx.depot_id, lines.c.shipment_id == shipment_id)
    ).all():
        tx.change(lines, line_id, deleted_at=at)


def shipment_of_case(tx: Tx, case_id: str) -> Shipment | None:
    """The newest shipment a case is packed in (both units of an exchange may leave apart)."""
    return tx.one(
        select(*columns_of(Shipment, shipments))
        .join(
            shipment_lines,
            (shipment_lines.c.depot_id == shipments.c.depot_id) & (shipment_lines.c.shipment_id == shipments.c.id),
        )
        .where(
            shipments.c.depot_id == tx.depot_id, shipment_lines.c.case_id == case_id,
            shipment_lines.c.deleted_at.is_(None), shipments.c.deleted_at.is_(None),
        ).order_by(shipments.c.packed_at.desc(), shipments.c.id.desc()).limit(1),
        Shipment,
    )


def shipment_of_unit(tx: Tx, case_id: str, unit_id: str) -> Shipment | None:
    """The shipment in which a unit leaves for a case: its own unit, or the one given in exchange."""
    return tx.one(
        select(*columns_of(Shipment, shipments))
        .join(
            shipment_lines,
            (shipment_lines.c.depot_id == shipments.c.depot_id) & (shipment_lines.c.shipment_id == shipments.c.id),
        )
        .where(
            shipments.c.depot_id == tx.depot_id, shipment_lines.c.case_id == case_id,
            shipment_lines.c.unit_id == unit_id, shipment_lines.c.deleted_at.is_(None),
            shipments.c.deleted_at.is_(None),
        ),
        Shipment,
    )


def mark_number(tx: Tx, case_id: str) -> str:
    """The number of the newest QA mark of a case; empty when there is none."""
    found = tx.scalar(
        select(qa_marks.c.number)
        .where(qa_marks.c.depot_id == tx.depot_id, qa_marks.c.case_id == case_id)
        .order_by(qa_marks.c.at.desc(), qa_marks.c.number.desc())
        .limit(1)
    )
    return str(found or "")


_FAR = "9999-12-31"
#: The three lists of the page: stage and places of the cases in each.
_LISTS = {
    "put_away": ((Stage.PASSED,), (Place.COUNTER,)),
    "ready": ((Stage.READY_TO_RETURN,), (Place.ZONE_REPAIRED,)),
    "on_the_way": ((Stage.READY_TO_RETURN,), (Place.OUTBOUND,)),
}


def rows(tx: Tx, name: str, *, limit: int, after: tuple[str, str] | None = None) -> tuple[ReturnRow, ...]:
    """Cases of one of the lists ``put_away``, ``ready``, ``on_the_way``, by due day; ``after``: (due day, case id).

    A case whose unit was exchanged is there with the new unit.
    """
    found = [*_own_units(tx, name, limit, after), *_exchanged_units(tx, name, limit, after)]
    found.sort(key=lambda row: (row.due_on.isoformat() if row.due_on else _FAR, row.case_id))
    return tuple(found[:limit])


#: Where the new unit of an exchange stands for each list.
_EXCHANGED = {"ready": Place.COUNTER, "on_the_way": Place.OUTBOUND}


def _own_units(tx: Tx, name: str, limit: int, after: tuple[str, str] | None) -> tuple[ReturnRow, ...]:
    stages, places = _LISTS[name]
    case, line = return_cases.c, shipment_lines.c
    statement = _row_columns().select_from(
        return_cases
        .join(units, (units.c.depot_id == case.depot_id) & (units.c.id == case.unit_id))
        .join(products, products.c.id == case.product_id, isouter=True)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(
            shipment_lines,
            (line.depot_id == case.depot_id) & (line.case_id == case.id) & (line.unit_id == case.unit_id)
            & line.deleted_at.is_(None),
            isouter=True,
        )
        .join(shipments, (shipments.c.depot_id == line.depot_id) & (shipments.c.id == line.shipment_id), isouter=True)
    ).where(case.depot_id == tx.depot_id, case.stage.in_(stages), units.c.place.in_(places))
    return tx.all(_page(statement, limit, after), ReturnRow)


def _exchanged_units(tx: Tx, name: str, limit: int, after: tuple[str, str] | None) -> tuple[ReturnRow, ...]:
    if name not in _EXCHANGED:
        return ()
    case, line, made = return_cases.c, shipment_lines.c, exchanges.c
    statement = _row_columns().select_from(
        exchanges
        .join(return_cases, (case.depot_id == made.depot_id) & (case.id == made.case_id))
        .join(units, (units.c.depot_id == made.depot_id) & (units.c.id == made.new_unit_id))
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(
            shipment_lines,
            (line.depot_id == made.depot_id) & (line.case_id == made.case_id) & (line.unit_id == made.new_unit_id)
            & line.deleted_at.is_(None),
            isouter=True,
        )
        .join(shipments, (shipments.c.depot_id == line.depot_id) & (shipments.c.id == line.shipment_id), isouter=True)
    ).where(*_exchanged_and_here(tx), units.c.place == _EXCHANGED[name])
    return tx.all(_page(statement, limit, after), ReturnRow)


def count_exchanged(tx: Tx, today: date, soon: date) -> Waiting:
    """The cases of :data:`_EXCHANGED`: how many, how many late, how many due by ``soon``."""
    case, made = return_cases.c, exchanges.c
    counted = tx.execute(
        select(*tally(today, soon)).select_from(
            exchanges
            .join(return_cases, (case.depot_id == made.depot_id) & (case.id == made.case_id))
            .join(units, (units.c.depot_id == made.depot_id) & (units.c.id == made.new_unit_id))
        ).where(*_exchanged_and_here(tx), units.c.place.in_(_EXCHANGED.values()))
    ).one()
    return Waiting(*map(int, counted))


def _exchanged_and_here(tx: Tx) -> tuple[ColumnElement[bool], ...]:
    return (
        exchanges.c.depot_id == tx.depot_id, exchanges.c.deleted_at.is_(None), exchanges.c.delivered_at.is_(None),
        # Both units of one case leave together: its own row stands for the pair.
        return_cases.c.stage != Stage.READY_TO_RETURN,
    )


def _row_columns() -> Select[Any]:
    case = return_cases.c
    return select(
        case.id.label("case_id"), case.number.label("case_number"), units.c.id.label("unit_id"), units.c.serial,
        products.c.model, case.customer_id, customers.c.name.label("customer"), case.stage, units.c.place,
        case.return_needed, case.due_on, case.paused_at, case.passed_at,
        func.coalesce(shipments.c.id, "").label("shipment_id"),
        func.coalesce(shipments.c.number, "").label("shipment_number"), shipments.c.sent_at,
        func.coalesce(shipments.c.method, "").label("method"),
    )


def _page(statement: Select[Any], limit: int, after: tuple[str, str] | None) -> Select[Any]:
    due, case_id = func.coalesce(return_cases.c.due_on, _FAR), return_cases.c.id
    if after is not None:
        statement = statement.where((due > after[0]) | ((due == after[0]) & (case_id > after[1])))
    return statement.order_by(due, case_id).limit(limit)
