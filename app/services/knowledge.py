"""Fault knowledge: what the depot's own repairs suggest for the unit at the bench, and notes on finding faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.knowledge import Note, Suggestion, note_problems, suggestions
from app.domain.masterdata import Product
from app.domain.people import Action
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import knowledge as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench, meanwhile
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is known that may help with one case. ``repairs``: diagnosed repairs of the product that were looked at."""

    case_id: str
    suggestions: tuple[Suggestion, ...]
    notes: tuple[Note, ...]
    repairs: int


@dataclass(frozen=True, slots=True)
class NotesWritten:
    """The notes of a product were written; ``entry_id`` can be undone."""

    notes: tuple[Note, ...]
    entry_id: str
    changes: Changes = Changes.MASTERDATA | Changes.QUALITY


def learnt(depot: Depot, case_id: str, symptom: str = "", symptom_code: str = "") -> Learnt:
    """What earlier repairs of the same product suggest, and the notes on it.

    ``symptom``, ``symptom_code``: as confirmed at the bench so far; what the customer said is looked at as well.
    Refused: ``repair.unknown-case``.
    """
    with depot.read() as tx:
        found = bench.case_rows(tx, case_id)
        code = symptom_code or found.case.symptom_code
        past = rows.past_repairs(tx, found.product.id, case_id, depot.zone)
        told = f"{found.case.symptom} {symptom}".strip()
        first = suggestions(told, code, past)
        orders = [repair.order_id for repair in past] if first else []
        made = suggestions(told, code, past, rows.fitted(tx, orders)) if first else ()
        notes = tuple(
            note for note in rows.notes(tx, found.product.id)
            if not note.symptom_code or not code or note.symptom_code == code)
        return Learnt(case_id, made, notes, len(past))


def notes(depot: Depot, product_id: str) -> tuple[Note, ...]:
    """The notes on finding faults of a product."""
    with depot.read() as tx:
        return rows.notes(tx, product_id)


def save_notes(
    depot: Depot, product_id: str, wanted: Sequence[Note], seen: Sequence[Note] | None = None
) -> NotesWritten:
    """Write the notes of a product as a whole; who wrote a note that stays as it was is kept.

    ``seen``: the notes as they were when the edit began (``None``: whatever stands there is replaced). Refused: the
    codes of ``domain.knowledge.note_problems``, ``masterdata.gone``, ``knowledge.changed-meanwhile``.
    """
    depot.require(Action.WRITE_NOTES)
    wrong = [problem for note in wanted for problem in note_problems(note)]
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        product = masterdata.get(tx, Product, product_id)
        if product is None:
            raise Refused("masterdata.gone", name=product_id)
        before = rows.notes(tx, product_id)
        if seen is not None and before != tuple(seen):
            raise meanwhile.changed(
                depot, tx, "knowledge.changed-meanwhile", product_id, name=product.model)
        authors = {(note.title, note.body, note.symptom_code): note.by_name for note in before}
        cleaned = [
            Note(note.title.strip(), note.body.strip(), note.symptom_code.strip().upper()) for note in wanted]
        after = tuple(
            replace(note, by_name=authors.get((note.title, note.body, note.symptom_code), tx.by_name))
            for note in cleaned)
        rows.put_notes(tx, product_id, after)
        entry_id = journal.record(
            tx, "knowledge.notes", subject_kind="product", subject_id=product_id, subject_number=product.model,
            facts={"before": [asdict(note) for note in before], "after": [asdict(note) for note in after]},
        )
    return NotesWritten(after, entry_id)


def _undo_notes(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    facts: Mapping[str, Any] = entry.facts
    rows.put_notes(tx, entry.subject_id, [Note(**note) for note in facts["before"]])
    return Changes.MASTERDATA | Changes.QUALITY


def _still_so(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """``knowledge.written-again``: the notes were written again."""
    del depot
    now = [asdict(note) for note in rows.notes(tx, entry.subject_id)]
    return None if now == list(entry.facts["after"]) else Refused("knowledge.written-again")


UNDO: Mapping[str, Way] = {"knowledge.notes": Way(_undo_notes, _still_so, Action.WRITE_NOTES)}
