"""A batch of past returns taken back: its cases become void, units that only it brought into the record are buried."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.errors import Refused
from app.persistence import importing, node
from app.persistence import past_returns as rows
from app.persistence import search as search_rows
from app.persistence import unimporting as shared
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress
from app.services.undoing import Way
from app.services.unimporting import withdraw_proposals

_NAMED = 8
_PORTION = 1_000


def objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """``import.past-in-use``: units the batch brought into the record came in since; they are named."""
    del depot
    used = rows.in_use(tx, entry.subject_id)
    if not used:
        return None
    return Refused("import.past-in-use", number=entry.subject_number, count=len(used), units=used[:_NAMED])


def take_back(depot: Depot, tx: Tx, entry: JournalEntry, progress: Progress = UNWATCHED) -> Changes:
    """Void the cases, bury the units that came with them, end the proposals nobody uses."""
    del depot
    batch = importing.batch(tx, entry.subject_id)
    if batch is None:
        raise LookupError(f"no batch {entry.subject_id}")
    cases, units = rows.cases_of(tx, batch.id), rows.units_made(tx, batch.id)
    total = len(cases) + 2 * len(units)
    done = 0
    for ids, step in ((cases, shared.void), (units, shared.bury), (units, search_rows.forget)):
        for at in range(0, len(ids), _PORTION):
            step(tx, ids[at:at + _PORTION])
            progress.step(done + min(at + _PORTION, len(ids)), total)
        done += len(ids)
    node.void_documents(tx, [batch.id], "importing.undone")
    withdraw_proposals(tx, batch)
    shared.mark_undone(tx, batch.id)
    return Changes.UNITS | Changes.CASES | Changes.DOCUMENTS | Changes.MASTERDATA


WAY = Way(take_back, objection, Action.UNDO_IMPORT, watched=take_back)
