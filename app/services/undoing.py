"""Undo: a step is taken back by rows that name what they reverse, never by erasing (spec 5, rule 3).

The action of a journal entry is ``<step>.<what>``; the module ``app.services.<step>`` says in its ``UNDO`` table how
that action is taken back, and when it cannot be any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from app.changes import Changes
from app.depot import Depot
from app.domain import people
from app.domain.people import Action
from app.errors import Refused
from app.persistence import journal
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress

#: Says why the entry cannot be taken back now (``undo.*``), or ``None``.
Objection = Callable[[Depot, Tx, JournalEntry], Refused | None]
#: Writes the compensating rows and says what they touched. The journal is written by :func:`undo`.
TakeBack = Callable[[Depot, Tx, JournalEntry], Changes]


#: The same for long work, with somebody who watches it.
WatchedTakeBack = Callable[[Depot, Tx, JournalEntry, Progress], Changes]


@dataclass(frozen=True, slots=True)
class Way:
    """How one action is taken back, and by whom (``permission`` as in ``domain.people``; ``None``: anybody).

    ``watched``: for long work, in place of ``take_back``.
    """

    take_back: TakeBack
    objection: Objection | None = None
    permission: Action | None = None
    watched: WatchedTakeBack | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """Entries were taken back; ``entry_ids`` are the entries that say so."""

    entry_ids: tuple[str, ...]
    changes: Changes


#: Steps whose services lie in a module of another name than the step's.
_MODULES: dict[str, str] = {"warranty": "warranty_entering"}


def undo(depot: Depot, *entry_ids: str, progress: Progress = UNWATCHED) -> Undone:
    """Take back the journal entries ``entry_ids``, the newest first, all or none; ``Cancelled`` takes back nothing.

    Refused: ``undo.unknown``, ``undo.already``, ``undo.is-an-undo``, ``undo.not-possible``, the objection of the
    step, ``people.not-allowed``.
    """
    changes = Changes.NOTHING
    written = []
    with depot.write() as tx:
        for entry_id in reversed(entry_ids):
            entry, way = _found(depot, tx, entry_id)
            if way.watched is not None:
                changes |= way.watched(depot, tx, entry, progress)
            else:
                changes |= way.take_back(depot, tx, entry)
            written.append(
                journal.record(
                    tx, f"{entry.action}.undo", subject_kind=entry.subject_kind, subject_id=entry.subject_id,
                    subject_number=entry.subject_number, case_id=entry.case_id, unit_id=entry.unit_id,
                    undoes=entry.id,
                )
            )
    return Undone(tuple(written), changes)


def possible(depot: Depot, entry_id: str) -> Refused | None:
    """Why ``entry_id`` cannot be taken back now; ``None`` when it can."""
    try:
        with depot.read() as tx:
            _found(depot, tx, entry_id)
    except Refused as refusal:
        return refusal
    return None


def _found(depot: Depot, tx: Tx, entry_id: str) -> tuple[JournalEntry, Way]:
    entry = journal.entry(tx, entry_id)
    if entry is None:
        raise Refused("undo.unknown")
    if entry.undoes is not None:
        raise Refused("undo.is-an-undo")
    if journal.undone_by(tx, entry_id) is not None:
        raise Refused("undo.already", number=entry.subject_number)
    way = way_back(entry.action)
    if way is None:
        raise Refused("undo.not-possible")
    if way.permission is not None:
        people.require(depot.operator.roles, way.permission)
    objection = way.objection(depot, tx, entry) if way.objection else None
    if objection is not None:
        raise objection
    return entry, way


def way_back(action: str) -> Way | None:
    """How ``action`` is taken back; ``None`` when it cannot be."""
    step = action.split(".", 1)[0]
    name = f"app.services.{_MODULES.get(step, step)}"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None
    ways: Mapping[str, Way] = getattr(module, "UNDO", {})
    return ways.get(action)
