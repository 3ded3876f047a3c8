"""Policy: the manager sets named values with the day from which they hold; nothing is rewritten (spec 1 §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.policy import DECLARED, Declared, PolicyBook, value_problems
from app.domain.policy_values import PolicyName
from app.errors import Refused
from app.persistence import journal
from app.persistence import policies as rows
from app.persistence.journal import JournalEntry
from app.persistence.policies import SetEntry
from app.persistence.transaction import Tx
from app.services import meanwhile, ownership
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One value as the editor shows it: what holds today since when, and what is set for later, if anything."""

    declared: Declared
    value: str
    since: date | None
    next_value: str | None
    next_from: date | None

    @property
    def name(self) -> PolicyName:
        """The value's name."""
        return self.declared.name

    @property
    def changed(self) -> bool:
        """Whether it differs from what the program comes with."""
        return self.value != self.declared.default


@dataclass(frozen=True, slots=True)
class PolicySet:
    """A value was set; ``entry_id`` can be undone."""

    name: PolicyName
    value: str
    effective: date
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def values(depot: Depot) -> tuple[PolicyLine, ...]:
    """Every value, in the order declared."""
    with depot.read() as tx:
        book, today = rows.book(tx), depot.local_day(tx.at)
    return tuple(_line(book, declared, today) for declared in DECLARED.values())


def history(depot: Depot, name: PolicyName) -> tuple[SetEntry, ...]:
    """Everything ever set under ``name``, the newest effective first."""
    with depot.read() as tx:
        made = rows.settings_made(tx, name.value)
    return tuple(replace(entry, set_at=entry.set_at.astimezone(depot.zone)) for entry in made)


def set_value(
    depot: Depot, name: PolicyName, value: str, effective: date, note: str = "", seen: PolicyLine | None = None
) -> PolicySet:
    """Let ``name`` be ``value`` from ``effective`` on. Decisions already made keep the policy they used.

    ``seen``: the value as the form showed it (``None``: whatever holds). Refused: the codes of
    ``policy.value_problems``, ``policy.in-the-past``, ``policy.same``, ``policy.changed-meanwhile``.
    """
    require_editable(depot)
    wrong = value_problems(name, value)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        if effective < today:
            raise Refused("policy.in-the-past", field="effective", value=effective, today=today)
        book = rows.book(tx)
        if seen is not None and _line(book, DECLARED[name], today) != seen:
            newest = max(rows.settings_made(tx, name.value), key=lambda entry: entry.set_at)
            raise meanwhile.changed(depot, tx, "policy.changed-meanwhile", newest.id, name=name)
        before = book.at(effective).text(name)
        if before == value:
            raise Refused("policy.same", field="value", name=name, value=value, day=effective)
        row_id = rows.add(tx, name.value, value, effective, note.strip())
        entry_id = journal.record(
            tx, "policies.set", subject_kind="policy", subject_id=row_id, subject_number=name.value,
            facts={"before": before, "after": value, "effective": effective.isoformat(), "note": note.strip()},
        )
    return PolicySet(name, value, effective, entry_id)


def editable(depot: Depot) -> bool:
    """Whether policy is set here at all: where there is a centre it is head office's. The one place that says so."""
    with depot.read() as tx:
        return not ownership.joined(tx)


def take_back(depot: Depot, setting_id: str, note: str = "") -> PolicySet:
    """Take back a change that does not hold yet: a new entry sets for its day what would hold without it.

    Refused: ``policy.gone``, ``policy.holds-already``, ``policy.overtaken``, ``policy.by-centre``.
    """
    require_editable(depot)
    with depot.write() as tx:
        made = rows.settings_made(tx)
        entry = next((one for one in made if one.id == setting_id), None)
        if entry is None or entry.name not in set(PolicyName):
            raise Refused("policy.gone")
        name = PolicyName(entry.name)
        if entry.effective <= depot.local_day(tx.at):
            raise Refused("policy.holds-already", name=name, value=entry.value, day=entry.effective)
        book = rows.book(tx)
        newest = [one for one in book.history(name) if one.effective == entry.effective][-1]
        if newest.entry_id != setting_id:
            raise Refused("policy.overtaken", name=name, day=entry.effective)
        without = PolicyBook(tuple(one for one in book.entries if one.entry_id != setting_id))
        value = without.at(entry.effective).text(name)
        row_id = rows.add(tx, name.value, value, entry.effective, note.strip())
        entry_id = journal.record(
            tx, "policies.take_back", subject_kind="policy", subject_id=row_id, subject_number=name.value,
            facts={"before": entry.value, "after": value, "effective": entry.effective.isoformat(),
                   "note": note.strip()},
        )
    return PolicySet(name, value, entry.effective, entry_id)


def require_editable(depot: Depot) -> None:
    """Refuse with ``people.not-allowed`` or ``policy.by-centre`` unless policy may be set here by this person."""
    depot.require(Action.EDIT_POLICY)
    if not editable(depot):
        raise Refused("policy.by-centre")


def _line(book: PolicyBook, declared: Declared, today: date) -> PolicyLine:
    history = [entry for entry in book.history(declared.name) if not value_problems(entry.name, entry.value)]
    past = [entry for entry in history if entry.effective <= today]
    later = [entry for entry in history if entry.effective > today]
    first = min((entry.effective for entry in later), default=None)
    coming = [entry for entry in later if entry.effective == first]
    return PolicyLine(
        declared, past[-1].value if past else declared.default, past[-1].effective if past else None,
        coming[-1].value if coming else None, first,
    )


def _undo_set(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Set the value before, from the same day on (from today when that day has passed)."""
    name, facts = PolicyName(entry.subject_number), entry.facts
    effective = max(date.fromisoformat(facts["effective"]), depot.local_day(tx.at))
    if rows.book(tx).at(effective).text(name) != facts["after"]:
        raise Refused("undo.changed-since", number=entry.subject_number)
    rows.add(tx, name.value, facts["before"], effective, "")
    return Changes.MASTERDATA


UNDO: Mapping[str, Way] = {
    "policies.set": Way(_undo_set, permission=Action.EDIT_POLICY),
    "policies.take_back": Way(_undo_set, permission=Action.EDIT_POLICY),
}

__all__ = ["UNDO", "PolicyLine", "PolicySet", "SetEntry", "editable", "history", "require_editable", "set_value",
           "take_back", "values"]
