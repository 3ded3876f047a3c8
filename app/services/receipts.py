"""Receipts as they stand in the journal: which entry to take back for a case."""

from __future__ import annotations

from app.depot import Depot
from app.errors import Refused
from app.persistence import journal


def entry_of(depot: Depot, case_id: str) -> str:
    """The newest receipt of a case that was not taken back. Refused: ``undo.unknown``."""
    with depot.read() as tx:
        for entry in journal.entries(tx, case_id=case_id):
            if entry.action == "receiving.receive" and journal.undone_by(tx, entry.id) is None:
                return entry.id
    raise Refused("undo.unknown")
