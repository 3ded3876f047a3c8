"""Policy entries and the days that differ from the ordinary working calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.policy import PolicyBook, PolicyEntry
from app.persistence.tables import policies
from app.persistence.transaction import Query, Tx

_ENTRIES = Query(select(policies.c.id, policies.c.name, policies.c.value, policies.c.effective_from), PolicyEntry)


def book(tx: Tx) -> PolicyBook:
    """Every policy entry this database knows (its own and those delivered by head office)."""
    return PolicyBook(_ENTRIES.all(tx))


def add(tx: Tx, name: str, value: str, effective: date, note: str) -> str:
    """Enter one policy value, effective from ``effective`` on."""
    entry_id = tx.new_id()
    tx.insert(
        policies,
        {
            "id": entry_id, "name": name, "value": value, "effective_from": effective, "note": note, "set_at": tx.at,
            "set_by": tx.by,
        },
    )
    return entry_id
