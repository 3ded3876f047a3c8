"""The journal: what somebody did, in the same transaction as what it did, each entry chained to the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select

from app.persistence.tables import journal
from app.persistence.tables.base import canonical_json
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing somebody did. ``facts`` are plain values; ``undoes`` is the id of the entry taken back."""

    id: str
    no: int
    at: datetime
    actor_id: str
    actor_name: str
    action: str
    subject_kind: str
    subject_id: str
    subject_number: str
    case_id: str | None
    unit_id: str | None
    facts: Mapping[str, Any]
    undoes: str | None
    chain: str


def record(
    tx: Tx,
    action: str,
    *,
    subject_kind: str,
    subject_id: str,
    subject_number: str = "",
    case_id: str | None = None,
    unit_id: str | None = None,
    facts: Mapping[str, Any] | None = None,
    undoes: str | None = None,
) -> str:
    """Write one entry and return its id. ``action`` is ``<step>.<what>``, e.g. ``receiving.receive``."""
    return record_many(
        tx,
        action,
        [
            {
                "subject_kind": subject_kind, "subject_id": subject_id, "subject_number": subject_number,
                "case_id": case_id, "unit_id": unit_id, "facts": dict(facts or {}), "undoes": undoes,
            }
        ],
    )[0]


def record_many(tx: Tx, action: str, entries: list[dict[str, Any]]) -> list[str]:
    """Write one entry per dict of ``entries`` (the keyword arguments of :func:`record`, all of them given)."""
    ((no, head),) = tx.ask("SELECT journal_no, journal_head FROM node")
    rows = []
    for entry in entries:
        no += 1
        row = {
            "id": tx.new_id(), "no": no, "at": tx.at, "actor_id": tx.by, "actor_name": tx.by_name, "action": action,
            **entry,
        }
        head = link(head, tx.depot_id, row)
        rows.append({**row, "chain": head})
    tx.insert(journal, *rows)
    tx.tell("UPDATE node SET journal_no = ?, journal_head = ?", [(no, head)])
    return [row["id"] for row in rows]


def link(head: str, depot_id: str, row: Mapping[str, Any]) -> str:
    """The chain value of ``row`` after ``head``: SHA-256 over the previous value and the canonical row."""
    at: datetime = row["at"]
    text = canonical_json([
        head, depot_id, row["id"], row["no"], at.isoformat(), row["actor_id"], row["actor_name"], row["action"],
        row["subject_kind"], row["subject_id"], row["subject_number"], row["case_id"], row["unit_id"], row["facts"],
        row["undoes"],
    ])
    return hashlib.sha256(text.encode()).hexdigest()


def entry(tx: Tx, entry_id: str) -> JournalEntry | None:
    """The entry ``entry_id``."""
    return tx.one(select(*columns_of(JournalEntry, journal)).where(tx.by_id(journal, entry_id)), JournalEntry)


def last_about(tx: Tx, subject_id: str, *, days: int = 31) -> JournalEntry | None:
    """The newest entry about ``subject_id`` (also as the case of it) of the last ``days``: who changed it meanwhile."""
    found = tx.all(
        select(*columns_of(JournalEntry, journal))
        .where(
            journal.c.depot_id == tx.depot_id, journal.c.at > tx.at - timedelta(days=days),
            or_(journal.c.subject_id == subject_id, journal.c.case_id == subject_id),
        )
        .order_by(journal.c.at.desc(), journal.c.no.desc())
        .limit(1),
        JournalEntry,
    )
    return found[0] if found else None


def last_standing(tx: Tx, subject_id: str, *, days: int = 31) -> JournalEntry | None:
    """As :func:`last_about`, but of what still counts: neither an undo nor what it took back."""
    later = journal.alias("later")
    found = tx.all(
        select(*columns_of(JournalEntry, journal))
        .where(
            journal.c.depot_id == tx.depot_id, journal.c.at > tx.at - timedelta(days=days),
            journal.c.subject_id == subject_id, journal.c.undoes.is_(None),
            ~exists().where(later.c.depot_id == journal.c.depot_id, later.c.undoes == journal.c.id),
        )
        .order_by(journal.c.at.desc(), journal.c.no.desc())
        .limit(1),
        JournalEntry,
    )
    return found[0] if found else None


def undone_by(tx: Tx, entry_id: str) -> str | None:
    """The id of the entry that took ``entry_id`` back, if one did."""
    found: str | None = tx.scalar(
        select(journal.c.id).where(journal.c.depot_id == tx.depot_id, journal.c.undoes == entry_id)
    )
    return found


def entries(
    tx: Tx, *, case_id: str | None = None, unit_id: str | None = None, limit: int = 200, before_no: int | None = None
) -> tuple[JournalEntry, ...]:
    """The newest entries first, of one case, of one unit, or of everything; ``before_no`` pages on."""
    statement = select(*columns_of(JournalEntry, journal)).where(journal.c.depot_id == tx.depot_id)
    if case_id is not None:
        statement = statement.where(journal.c.case_id == case_id)
    if unit_id is not None:
        statement = statement.where(journal.c.unit_id == unit_id)
    if before_no is not None:
        statement = statement.where(journal.c.no < before_no)
    return tx.all(statement.order_by(journal.c.no.desc()).limit(limit), JournalEntry)
