"""The moves and journal entries of a unit, and what is around it."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from app.domain.life_line import Move
from app.persistence.journal import JournalEntry
from app.persistence.tables import attachments, customers, journal, movements, return_cases, shelves, users
from app.persistence.transaction import Tx, columns_of


def moves(tx: Tx, unit_id: str, limit: int) -> tuple[Move, ...]:
    """The newest ``limit`` moves of a unit, newest first."""
    origin, target = shelves.alias(), shelves.alias()
    m = movements.c
    rows = tx.execute(
        select(
            m.at, m.from_place, m.to_place, func.coalesce(origin.c.code, "").label("from_shelf"),
            func.coalesce(target.c.code, "").label("to_shelf"), m.document_number, m.case_id,
            func.coalesce(users.c.name, "").label("by_name"),
        )
        .join(origin, (origin.c.depot_id == m.depot_id) & (origin.c.id == m.from_shelf_id), isouter=True)
        .join(target, (target.c.depot_id == m.depot_id) & (target.c.id == m.to_shelf_id), isouter=True)
        .join(users, (users.c.depot_id == m.depot_id) & (users.c.id == m.by), isouter=True)
        .where(m.depot_id == tx.depot_id, m.unit_id == unit_id)
        .order_by(m.ordinal.desc())
        .limit(limit)
    )
    return tuple(Move(**row._mapping) for row in rows)


def entries(tx: Tx, unit_id: str, limit: int) -> tuple[JournalEntry, ...]:
    """The newest ``limit`` journal entries about a unit or its cases, newest first."""
    of_unit = select(return_cases.c.id).where(
        return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id == unit_id
    )
    j = journal.c
    return tx.all(
        select(*columns_of(JournalEntry, journal))
        .where(j.depot_id == tx.depot_id, or_(j.unit_id == unit_id, j.case_id.in_(of_unit)))
        .order_by(j.no.desc())
        .limit(limit),
        JournalEntry,
    )


def undone(tx: Tx, entry_ids: list[str]) -> frozenset[str]:
    """Those of ``entry_ids`` that were taken back."""
    rows = tx.execute(
        select(journal.c.undoes).where(journal.c.depot_id == tx.depot_id, journal.c.undoes.in_(entry_ids))
    )
    return frozenset(rows.scalars())


def customer_names(tx: Tx, customer_ids: set[str]) -> dict[str, str]:
    """Names of customers by id."""
    rows = tx.execute(select(customers.c.id, customers.c.name).where(customers.c.id.in_(customer_ids)))
    return {row.id: row.name for row in rows}


def shelf_code(tx: Tx, shelf_id: str) -> str:
    """The code of a shelf; empty when there is none."""
    return str(tx.scalar(select(shelves.c.code).where(tx.by_id(shelves, shelf_id))) or "")


def attachments_of(tx: Tx, unit_id: str) -> int:
    """How many photos, scans and logs are filed to a unit."""
    return int(tx.scalar(
        select(func.count()).select_from(attachments).where(
            attachments.c.depot_id == tx.depot_id, attachments.c.unit_id == unit_id, attachments.c.deleted_at.is_(None)
        )
    ))
