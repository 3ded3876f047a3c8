"""A batch taken back: every unit leaves as it came, its case stays visible as void, proposals nobody used go too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.importing.batches import Batch
from app.domain.masterdata import Customer, Product
from app.domain.people import Action
from app.errors import Refused
from app.persistence import importing, journal, node
from app.persistence import search as search_rows
from app.persistence import unimporting as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.persistence.unimporting import Entered
from app.progress import UNWATCHED, Progress
from app.services import search
from app.services.undoing import Way

_NAMED = 8
_PORTION = 1_000     # units between two looks at the progress
_PARTS = 5           # void, move, bury, papers, journal: for the bar they are alike long


def entry_of(tx: Tx, batch_id: str) -> str:
    """The journal entry of an import. Refused: ``import.unknown-batch``."""
    found = rows.entry_of(tx, batch_id)
    if found is None:
        raise Refused("import.unknown-batch")
    return found


def objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """``import.moved-on``: units that did not stay where the batch put them are named."""
    moved = rows.moved_on(tx, entry.subject_id)
    if not moved:
        return None
    return Refused("import.moved-on", number=entry.subject_number, count=len(moved), units=moved[:_NAMED])


def take_back(depot: Depot, tx: Tx, entry: JournalEntry, progress: Progress = UNWATCHED) -> Changes:
    """Reverse the moves, void the cases, restore units that were known before and bury the others."""
    del depot
    batch = importing.batch(tx, entry.subject_id)
    if batch is None:
        raise LookupError(f"no batch {entry.subject_id}")
    entered = rows.entered(tx, batch.id)
    total = _PARTS * len(entered)
    rows.void(tx, [one.case_id for one in entered])
    progress.step(len(entered), total)
    for at in range(0, len(entered), _PORTION):
        rows.move_back(tx, entered[at:at + _PORTION], reason="importing.undone")
        progress.step(len(entered) + at, total)
    before = rows.known_before(tx, [one.case_id for one in entered])
    known = [one for one in entered if before.get(one.case_id)]
    buried = [one.unit_id for one in entered if not before.get(one.case_id)]
    rows.bury(tx, buried)
    search_rows.forget(tx, buried)
    progress.step(3 * len(entered), total)
    for one in known:
        _restore(tx, one, before[one.case_id])
    search.index_units(tx, list(importing.units_by_id(tx, [one.unit_id for one in known]).values()))
    node.void_documents(tx, [batch.id], "importing.undone")
    _void_papers(tx, entered)
    withdraw_proposals(tx, batch)
    progress.step(4 * len(entered), total)
    rows.mark_undone(tx, batch.id)
    _record(tx, batch, entered)
    return Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS | Changes.MASTERDATA


def _restore(tx: Tx, one: Entered, before: Mapping[str, Any]) -> None:
    rows.restore_unit(
        tx, one.unit_id, customer_id=before["customer_id"], case_id=before["case_id"], lot=before["lot"],
        manufactured_on=_day(before["manufactured_on"]), shipped_on=_day(before["shipped_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _void_papers(tx: Tx, entered: Sequence[Entered]) -> None:
    subjects = [subject for one in entered for subject in (one.case_id, one.traveller_id)]
    for some in importing.portions(subjects):
        node.void_documents(tx, some, "importing.undone")
    node.void_documents(tx, rows.handovers_of(tx, [one.case_id for one in entered]), "importing.undone")


def withdraw_proposals(tx: Tx, batch: Batch) -> None:
    """Proposals of the batch that nobody adopted, merged, changed or uses meanwhile end with it."""
    rows.withdraw(tx, Product, batch.products, batch.at)
    rows.withdraw(tx, Customer, batch.customers, batch.at)


def _record(tx: Tx, batch: Batch, entered: Iterable[Entered]) -> None:
    journal.record_many(tx, "importing.take-back", [
        {
            "subject_kind": "case", "subject_id": one.case_id, "subject_number": "", "case_id": one.case_id,
            "unit_id": one.unit_id, "facts": {"serial": one.serial, "batch": batch.number}, "undoes": None,
        }
        for one in entered
    ])


WAY = Way(take_back, objection, Action.UNDO_IMPORT, watched=take_back)
