"""Taking an import back, in the record: the reversing moves, void cases, units buried or restored, proposals ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, select, update

from app.domain.masterdata import Customer, Product
from app.domain.places import Place
from app.domain.receiving import Traveller, Unit
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
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class Entered:
    """One unit a batch brought in, as it stands now. ``movement_id``: the move that brought it in."""

    unit: Unit
    case_id: str
    stage: Stage
    traveller: Traveller
    movement_id: str
    from_place: Place
    traveller_movement_id: str
    traveller_from: Place


def entered(tx: Tx, batch_id: str) -> list[Entered]:
    """Every unit the batch brought in that was not taken back since, with the moves that brought it in."""
    into = movements.alias("into")
    paper = traveller_movements.alias("paper")
    of_unit, of_traveller = columns_of(Unit, units), columns_of(Traveller, travellers)
    statement = (
        select(
            *of_unit, *of_traveller, return_cases.c.id, return_cases.c.stage, into.c.id, into.c.from_place, paper.c.id,
            paper.c.from_place,
        )
        .select_from(
            return_cases
            .join(units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id))
            .join(travellers, and_(travellers.c.depot_id == return_cases.c.depot_id,
                                   travellers.c.case_id == return_cases.c.id))
            .join(into, and_(into.c.depot_id == return_cases.c.depot_id, into.c.case_id == return_cases.c.id,
                             into.c.to_place == Place.ZONE_PENDING, into.c.from_place != Place.ZONE_PENDING,
                             into.c.unit_id == return_cases.c.unit_id, into.c.reverses_id.is_(None)))
            .join(paper, and_(paper.c.depot_id == travellers.c.depot_id, paper.c.traveller_id == travellers.c.id,
                              paper.c.ordinal == 1))
        )
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.import_batch_id == batch_id,
               return_cases.c.stage != Stage.VOID)
        .order_by(return_cases.c.number)
    )
    first, second = len(of_unit), len(of_unit) + len(of_traveller)
    found = []
    for row in map(tuple, tx.execute(statement)):
        case_id, stage, move_id, from_place, paper_id, paper_from = row[second:]
        unit, traveller = Unit(*row[:first]), Traveller(*row[first:second])
        found.append(Entered(unit, case_id, stage, traveller, move_id, from_place, paper_id, paper_from))
    return found


def move_back(tx: Tx, some: Sequence[Entered], *, reason: str) -> None:
    """Write the moves that reverse those which brought ``some`` and their travellers in."""
    tx.insert(movements, *(
        {
            "unit_id": one.unit.id, "case_id": one.case_id, "ordinal": one.unit.movement_no + 1,
            "from_place": one.unit.place, "to_place": one.from_place, "from_shelf_id": one.unit.shelf_id,
            "to_shelf_id": None, "handover_line_id": None, "document_number": "", "reason": reason,
            "reverses_id": one.movement_id, "at": max(tx.at, one.unit.placed_at), "by": tx.by,
        }
        for one in some
    ))
    tx.insert(traveller_movements, *(
        {
            "traveller_id": one.traveller.id, "ordinal": one.traveller.movement_no + 1,
            "from_place": one.traveller.place, "to_place": one.traveller_from, "handover_line_id": None,
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
        select(journal.c.id).where(journal.c.depot_id == tx.depot_id, journal.c.action == "importing.run",
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
