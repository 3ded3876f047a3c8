"""Taking an import back, in the record: the reversing moves, void cases, units buried or restored, proposals ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, or_, select, update

from app.domain.masterdata import Customer, Product
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence.importing import portions
from app.persistence.tables import (
    contacts,
    customers,
    handover_lines,
    import_batches,
    journal,
    key_parts,
    movements,
    products,
    return_cases,
    test_templates,
    traveller_movements,
    travellers,
    units,
)
from app.persistence.transaction import Query, Tx


@dataclass(frozen=True, slots=True)
class Entered:
    """One unit a batch brought in and its traveller, as they stand now, with the moves that brought them in.

    ``unit_case_id``: the case the unit is at now.
    """

    unit_id: str
    serial: str
    place: Place
    shelf_id: str | None
    placed_at: datetime
    movement_no: int
    unit_case_id: str | None
    case_id: str
    stage: Stage
    traveller_id: str
    traveller_place: Place
    traveller_movement_no: int
    movement_id: str
    from_place: Place
    traveller_movement_id: str
    traveller_from: Place


def entered(tx: Tx, batch_id: str) -> tuple[Entered, ...]:
    """Every unit the batch brought in that was not taken back since."""
    return _ENTERED.all(tx, batch_id=batch_id)


def moved_on(tx: Tx, batch_id: str) -> tuple[str, ...]:
    """Serials of the batch's units that do not stand where it put them any more, by case number."""
    return tuple(tx.execute(
        select(units.c.serial)
        .select_from(_STANDING)
        .where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.import_batch_id == batch_id,
            return_cases.c.stage != Stage.VOID,
            or_(return_cases.c.stage != Stage.RECEIVED, units.c.place != Place.ZONE_PENDING,
                units.c.case_id.is_distinct_from(return_cases.c.id), travellers.c.place != Place.ZONE_PENDING),
        )
        .order_by(return_cases.c.number)
    ).scalars())


_INTO = movements.alias("into_zone")
_PAPER = traveller_movements.alias("paper")
_STANDING = (
    return_cases
    .join(units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id))
    .join(travellers, and_(travellers.c.depot_id == return_cases.c.depot_id,
                           travellers.c.case_id == return_cases.c.id))
)
_ENTERED = Query(
    select(
        units.c.id, units.c.serial, units.c.place, units.c.shelf_id, units.c.placed_at, units.c.movement_no,
        units.c.case_id, return_cases.c.id.label("case"), return_cases.c.stage, travellers.c.id.label("traveller"),
        travellers.c.place.label("traveller_place"), travellers.c.movement_no.label("traveller_no"),
        _INTO.c.id.label("movement"), _INTO.c.from_place.label("from_place"), _PAPER.c.id.label("paper"),
        _PAPER.c.from_place.label("paper_from"),
    )
    .select_from(
        _STANDING
        .join(_INTO, and_(_INTO.c.depot_id == return_cases.c.depot_id, _INTO.c.case_id == return_cases.c.id,
                          _INTO.c.to_place == Place.ZONE_PENDING.value,
                          _INTO.c.from_place != Place.ZONE_PENDING.value,
                          _INTO.c.unit_id == return_cases.c.unit_id, _INTO.c.reverses_id.is_(None)))
        .join(_PAPER, and_(_PAPER.c.depot_id == travellers.c.depot_id, _PAPER.c.traveller_id == travellers.c.id,
                           _PAPER.c.ordinal == 1))
    )
    .where(return_cases.c.depot_id == bindparam("depot_id"), return_cases.c.import_batch_id == bindparam("batch_id"),
           return_cases.c.stage != Stage.VOID.value)
    .order_by(return_cases.c.number),
    Entered,
)


def move_back(tx: Tx, some: Sequence[Entered], *, reason: str) -> None:
    """Write the moves that reverse those which brought ``some`` and their travellers in."""
    tx.insert(movements, *(
        {
            "unit_id": one.unit_id, "case_id": one.case_id, "ordinal": one.movement_no + 1,
            "from_place": one.place, "to_place": one.from_place, "from_shelf_id": one.shelf_id,
            "to_shelf_id": None, "handover_line_id": None, "document_number": "", "reason": reason,
            "reverses_id": one.movement_id, "at": max(tx.at, one.placed_at), "by": tx.by,
        }
        for one in some
    ))
    tx.insert(traveller_movements, *(
        {
            "traveller_id": one.traveller_id, "ordinal": one.traveller_movement_no + 1,
            "from_place": one.traveller_place, "to_place": one.traveller_from, "handover_line_id": None,
            "reason": reason, "reverses_id": one.traveller_movement_id, "at": tx.at, "by": tx.by,
        }
        for one in some
    ))


def void(tx: Tx, case_ids: Iterable[str]) -> None:
    """End cases as void; their numbers stay visible."""
    for some in portions(case_ids):
        tx.execute(
            update(return_cases).where(return_cases.c.depot_id == tx.depot_id, return_cases.c.id.in_(some))
            .values(stage=Stage.VOID, due_on=None)
        )


def bury(tx: Tx, unit_ids: Iterable[str]) -> None:
    """End units that only the undone batch brought into the record."""
    for some in portions(unit_ids):
        tx.execute(
            update(units).where(units.c.depot_id == tx.depot_id, units.c.id.in_(some))
            .values(deleted_at=tx.at, case_id=None)
        )


def mark_undone(tx: Tx, batch_id: str) -> None:
    """The batch was taken back now."""
    tx.change(import_batches, batch_id, undone_at=tx.at, undone_by=tx.by)


def entry_of(tx: Tx, batch_id: str) -> str | None:
    """The journal entry that says the batch was imported."""
    found: str | None = tx.scalar(
        select(journal.c.id).where(
            journal.c.depot_id == tx.depot_id, journal.c.action.in_(("importing.run", "importing.history")),
            journal.c.subject_id == batch_id)
    )
    return found


def known_before(tx: Tx, case_ids: Iterable[str]) -> dict[str, Any]:
    """Case → what its unit was before the import, for units that were on record already."""
    found: dict[str, Any] = {}
    for some in portions(case_ids):
        statement = select(journal.c.case_id, journal.c.facts).where(
            journal.c.depot_id == tx.depot_id, journal.c.action == "importing.receive", journal.c.case_id.in_(some))
        found |= {case_id: facts["before"] for case_id, facts in tx.execute(statement) if facts["before"]}
    return found


def restore_unit(tx: Tx, unit_id: str, **values: Any) -> None:
    """Give a unit that was on record before the batch the values it had."""
    tx.change(units, unit_id, **values)


def handovers_of(tx: Tx, case_ids: Iterable[str]) -> list[str]:
    """The handovers in which cases came in and no other case stands."""
    found: set[str] = set()
    for some in portions(case_ids):
        found |= set(tx.execute(select(handover_lines.c.handover_id).where(
            handover_lines.c.depot_id == tx.depot_id, handover_lines.c.case_id.in_(some))).scalars())
    standing = set(tx.execute(
        select(handover_lines.c.handover_id)
        .join(return_cases, and_(return_cases.c.depot_id == handover_lines.c.depot_id,
                                 return_cases.c.id == handover_lines.c.case_id))
        .where(handover_lines.c.depot_id == tx.depot_id, handover_lines.c.handover_id.in_(found),
               return_cases.c.stage != Stage.VOID).distinct()
    ).scalars())
    return sorted(found - standing)


#: Who refers to a proposal, and what of it still stands.
_USERS: dict[type[Any], tuple[Table, tuple[tuple[Any, Any], ...]]] = {
    Customer: (customers, (
        (units.c.customer_id, units.c.deleted_at.is_(None)),
        (return_cases.c.customer_id, return_cases.c.stage != Stage.VOID),
        (contacts.c.customer_id, contacts.c.deleted_at.is_(None)),
        (customers.c.merged_into, customers.c.deleted_at.is_(None)),
    )),
    Product: (products, (
        (units.c.product_id, units.c.deleted_at.is_(None)),
        (return_cases.c.product_id, return_cases.c.stage != Stage.VOID),
        (key_parts.c.product_id, key_parts.c.deleted_at.is_(None)),
        (test_templates.c.product_id, test_templates.c.deleted_at.is_(None)),
        (products.c.merged_into, products.c.deleted_at.is_(None)),
    )),
}


def withdraw(tx: Tx, shape: type[Customer | Product], row_ids: Iterable[str], made_at: datetime) -> None:
    """End proposals made at ``made_at`` that nobody adopted, merged, edited or uses since."""
    table, users = _USERS[shape]
    for some in portions(row_ids):
        used: set[str] = set()
        for column, stands in users:
            used |= set(tx.execute(select(column).where(column.in_(some), stands).distinct()).scalars())
        used |= set(tx.execute(select(journal.c.subject_id).where(
            journal.c.depot_id == tx.depot_id, journal.c.subject_id.in_(some), journal.c.at > made_at,
        ).distinct()).scalars())
        free = [row_id for row_id in some if row_id not in used]
        tx.execute(
            update(table).where(table.c.depot_id == tx.depot_id, table.c.id.in_(free), table.c.proposed == 1,
                                table.c.merged_into.is_(None))
            .values(deleted_at=tx.at)
        )
