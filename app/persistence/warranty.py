"""The entries of a unit's warranty in the record; they are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.domain.warranty_entries import Entry, Reversed, entry_as_dict, entry_from_dict
from app.persistence.journal import JournalEntry
from app.persistence.tables import journal, warranty_entries
from app.persistence.transaction import Query, Tx, as_row, columns_of


@dataclass(frozen=True, slots=True)
class WarrantyRow:
    """One entry as it was made: by whom and when, from which visit (``case_id``), why (``reason``)."""

    id: str
    unit_id: str
    kind: str
    day: date
    facts: Mapping[str, Any]
    document: str
    reason: str
    reverses: str | None
    case_id: str | None
    at: datetime
    by: str
    by_name: str

    @property
    def entry(self) -> Entry:
        """What the fold counts."""
        return entry_from_dict(self.facts)


_OF_UNIT = Query(
    select(*columns_of(WarrantyRow, warranty_entries))
    .where(
        warranty_entries.c.depot_id == bindparam("depot_id"), warranty_entries.c.unit_id == bindparam("unit_id")
    )
    .order_by(warranty_entries.c.at, warranty_entries.c.id),
    WarrantyRow,
)


def of_unit(tx: Tx, unit_id: str) -> tuple[WarrantyRow, ...]:
    """Every entry of a unit in the order made, reversed ones and their reversals included."""
    return _OF_UNIT.all(tx, unit_id=unit_id)


def entry(tx: Tx, entry_id: str) -> WarrantyRow | None:
    """The entry ``entry_id``."""
    return tx.one(
        select(*columns_of(WarrantyRow, warranty_entries)).where(tx.by_id(warranty_entries, entry_id)), WarrantyRow
    )


def add(tx: Tx, unit_id: str, made: Entry, *, reason: str = "", case_id: str | None = None) -> WarrantyRow:
    """Enter ``made``, whose ``entry_id`` is the id of its row."""
    row = WarrantyRow(
        made.entry_id, unit_id, type(made).__name__, made.day, entry_as_dict(made), getattr(made, "document", ""),
        reason, made.reverses if isinstance(made, Reversed) else None, case_id, tx.at, tx.by, tx.by_name,
    )
    tx.insert(warranty_entries, as_row(row))
    return row


def verdicts(tx: Tx, case_id: str, since: datetime) -> tuple[JournalEntry, ...]:
    """The changes of the verdict on a case after ``since``, the oldest first."""
    return tx.all(
        select(*columns_of(JournalEntry, journal))
        .where(
            journal.c.depot_id == tx.depot_id, journal.c.case_id == case_id, journal.c.at > since,
            journal.c.action == "warranty.verdict",
        )
        .order_by(journal.c.no),
        JournalEntry,
    )
