"""Policy entries and the days that differ from the ordinary working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, select

from app.domain.policy import PolicyBook, PolicyEntry
from app.persistence.tables import policies, users
from app.persistence.transaction import Query, Tx, in_force

_ENTRIES = Query(
    select(policies.c.id, policies.c.name, policies.c.value, policies.c.effective_from)
    .where(in_force(bindparam("depot_id"), policies)),
    PolicyEntry,
)


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


@dataclass(frozen=True, slots=True)
class SetEntry:
    """One setting with who made it, for the history. ``who`` is empty for one delivered by head office."""

    id: str
    name: str
    value: str
    effective: date
    note: str
    set_at: datetime
    who: str


def settings_made(tx: Tx, name: str | None = None) -> tuple[SetEntry, ...]:
    """Every setting (of ``name``), the newest effective first."""
    p = policies.c
    statement = (
        select(
            p.id, p.name, p.value, p.effective_from.label("effective"), p.note, p.set_at,
            func.coalesce(users.c.name, "").label("who"),
        )
        .select_from(policies.outerjoin(users, and_(users.c.depot_id == p.depot_id, users.c.id == p.set_by)))
        .where(in_force(tx.depot_id, policies))
        .order_by(p.effective_from.desc(), p.id.desc())
    )
    return tx.all(statement if name is None else statement.where(p.name == name), SetEntry)
