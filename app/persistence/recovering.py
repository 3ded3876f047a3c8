"""What came back from the centre after a copy was put in the place of a lost database, and what did not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, func, or_, select

from app.persistence.copies import Lost
from app.persistence.tables import journal, products, return_cases, units
from app.persistence.transaction import Tx

_AT_ONCE = 500


def given_back(tx: Tx, origin: int, seq: int, known: Collection[int]) -> tuple[Lost, ...]:
    """The cases of which the centre had something newer than the copy.

    What it gives back keeps the stamp it was written under: of ``origin`` the copy had nothing after ``seq``, and of
    origins that are not ``known`` (to the copy, or as what this database writes now) nothing at all.
    """
    def newer(table: Table) -> ColumnElement[bool]:
        return and_(table.c.depot_id == tx.depot_id, or_(
            and_(table.c.origin == origin, table.c.seq > seq), table.c.origin.not_in(list(known))))

    spoken_of = select(journal.c.case_id).where(newer(journal), journal.c.case_id.is_not(None))
    statement = (
        select(units.c.serial, return_cases.c.number, func.coalesce(products.c.model, ""))
        .select_from(
            return_cases.join(
                units, (units.c.depot_id == return_cases.c.depot_id) & (units.c.id == return_cases.c.unit_id)
            ).outerjoin(products, products.c.id == return_cases.c.product_id)
        )
        .where(
            return_cases.c.depot_id == tx.depot_id,
            or_(newer(return_cases), newer(units), return_cases.c.id.in_(spoken_of)),
        )
        .order_by(return_cases.c.number)
    )
    return tuple(dict.fromkeys(Lost(*row) for row in tx.execute(statement)))


def entries_here(tx: Tx, entry_ids: Sequence[str]) -> set[str]:
    """Those of ``entry_ids`` that stand in the journal."""
    found: set[str] = set()
    for first in range(0, len(entry_ids), _AT_ONCE):
        some = entry_ids[first:first + _AT_ONCE]
        found |= {row[0] for row in tx.execute(
            select(journal.c.id).where(journal.c.depot_id == tx.depot_id, journal.c.id.in_(some)))}
    return found


def known_until(tx: Tx, origin: int, lost_at: datetime) -> datetime | None:
    """The moment of the newest journal entry before ``origin``, which this database writes since its fork.

    What was done between the restore (``lost_at``) and the fork has the old origin too, and is no matter of papers.
    """
    found: datetime | None = tx.scalar(select(func.max(journal.c.at)).where(
        journal.c.depot_id == tx.depot_id, journal.c.origin != origin, journal.c.at < lost_at))
    return found
