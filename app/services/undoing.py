"""Undo as a compensating entry (spec 5, rule 3): what was done stays in the record, and what takes it back names it.

Each step writes its own compensations beside what they take back: a pair of functions ``check`` (raises ``Refused``
when it cannot be undone any more) and ``apply`` (writes the new rows). ``REVERSALS`` below says where they are; they
are imported when first needed, so that the steps do not know this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action, may
from app.errors import Refused
from app.persistence import journal
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx


class Check(Protocol):
    """Refuses when the entry cannot be undone (any more)."""

    def __call__(self, depot: Depot, tx: Tx, entry: JournalEntry) -> None: ...


class Apply(Protocol):
    """Writes the compensation and says what it touched."""

    def __call__(self, depot: Depot, tx: Tx, entry: JournalEntry) -> Changes: ...


@dataclass(frozen=True, slots=True)
class Undone:
    """An entry was taken back. ``entry_id``: the entry that says so."""

    action: str
    entry_id: str
    changes: Changes


#: action → (module, check, apply). One line per action that can be undone.
REVERSALS: dict[str, tuple[str, str, str]] = {
    "handover.offer": ("app.services.handover", "check_undo_offer", "undo_offer"),
    "repair.take": ("app.services.repair", "check_undo_take", "undo_take"),
    "repair.diagnose": ("app.services.repair", "check_undo_diagnose", "undo_diagnose"),
    "repair.action": ("app.services.repair", "check_undo_action", "undo_action"),
    "repair.part": ("app.services.repair", "check_undo_part", "undo_part"),
    "repair.finish": ("app.services.repair", "check_undo_finish", "undo_finish"),
}

#: Actions that stay, with the code that says why and what to do instead.
FINAL: dict[str, str] = {
    "handover.accept": "undo.signed-custody",
    "handover.refuse": "undo.signed-custody",
    "handover.withdraw": "undo.withdrawn",
    "inspection.fail": "undo.inspection",
    "inspection.pass": "undo.inspection",
    "inspection.mark": "undo.mark",
    "inspection.re-mark": "undo.mark",
    "repair.refer": "undo.referred",
}


def undo(depot: Depot, entry_id: str) -> Undone:
    """Take the journal entry ``entry_id`` back in one transaction.

    Refused: ``undo.unknown``, ``undo.already``, ``undo.others``, ``undo.not-undoable``, the codes in ``FINAL``, and
    what the step's own check says.
    """
    with depot.write() as tx:
        entry = _refuse_or_entry(depot, tx, entry_id)
        module, _check, apply = REVERSALS[entry.action]
        compensate: Apply = getattr(import_module(module), apply)
        changes = compensate(depot, tx, entry)
        step, what = entry.action.split(".", 1)
        undone = journal.record(
            tx, f"{step}.undo-{what}", subject_kind=entry.subject_kind, subject_id=entry.subject_id,
            subject_number=entry.subject_number, case_id=entry.case_id, unit_id=entry.unit_id, facts={},
            undoes=entry.id,
        )
    return Undone(entry.action, undone, changes)


def possible(depot: Depot, entry_id: str) -> Refused | None:
    """Why ``entry_id`` cannot be undone, or ``None`` when it can."""
    with depot.read() as tx:
        try:
            _refuse_or_entry(depot, tx, entry_id)
        except Refused as refusal:
            return refusal
    return None


def _refuse_or_entry(depot: Depot, tx: Tx, entry_id: str) -> JournalEntry:
    entry = journal.entry(tx, entry_id)
    if entry is None:
        raise Refused("undo.unknown")
    if journal.undone_by(tx, entry_id) is not None:
        raise Refused("undo.already", number=entry.subject_number)
    if entry.action in FINAL:
        raise Refused(FINAL[entry.action], number=entry.subject_number)
    if entry.action not in REVERSALS:
        raise Refused("undo.not-undoable", number=entry.subject_number)
    own = entry.actor_id == depot.operator.id
    if not own and not may(depot.operator.roles, Action.OVERRIDE):
        raise Refused("undo.others", name=entry.actor_name)
    module, check, _apply = REVERSALS[entry.action]
    look: Check = getattr(import_module(module), check)
    look(depot, tx, entry)
    return entry
