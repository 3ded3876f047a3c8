"""Editing master data: nobody writes over somebody else's change, every edit is in the journal and can be put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from app.depot import Depot
from app.errors import Refused
from app.persistence import editing as rows
from app.persistence import journal, masterdata
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import meanwhile, ownership


def guard(depot: Depot, tx: Tx, shape: type[Any], row_id: str, seen: int, name: str) -> None:
    """Refuse with ``masterdata.changed-meanwhile`` (who, when) unless the row still has the stamp ``seen``."""
    now = rows.version(tx, shape, row_id)
    if now is None:
        raise Refused("masterdata.gone", name=name)
    if now != seen:
        raise meanwhile.changed(depot, tx, "masterdata.changed-meanwhile", row_id, name=name)


def differences(before: Any, after: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs between two records of one shape: the old values and the new ones, as plain values."""
    names = [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]
    return {n: _plain(getattr(before, n)) for n in names}, {n: _plain(getattr(after, n)) for n in names}


def write(tx: Tx, action: str, kind: str, before: Any, after: Any, number: str, **facts: Any) -> str:
    """Write the differences of an edit and its journal entry; returns the entry's id.

    Refused: ``masterdata.by-centre``.
    """
    ownership.require_own(tx, type(before), before.id, number)
    old, new = differences(before, after)
    rows.put(tx, type(before), before.id, {name: getattr(after, name) for name in new})
    return journal.record(
        tx, action, subject_kind=kind, subject_id=before.id, subject_number=number,
        facts={"before": old, "after": new, **facts},
    )


def put_back(depot: Depot, tx: Tx, shape: type[Any], entry: JournalEntry) -> None:
    """Give the row the values it had before ``entry``; refused when one of them was changed since."""
    row = masterdata.get(tx, shape, entry.subject_id)
    after: Mapping[str, Any] = entry.facts["after"]
    if row is None or any(_plain(getattr(row, name)) != value for name, value in after.items()):
        last = journal.last_standing(tx, entry.subject_id)
        raise Refused(
            "masterdata.changed-meanwhile", name=entry.subject_number, by=last.actor_name if last else "",
            at=(last.at if last else tx.at).astimezone(depot.zone),
        )
    ownership.require_own(tx, shape, entry.subject_id, entry.subject_number)
    rows.put(tx, shape, entry.subject_id, entry.facts["before"])


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
