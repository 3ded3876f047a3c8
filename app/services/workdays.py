"""Days on which the depot works or rests against the ordinary calendar, as decreed and as set by itself (spec 1 §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import CalendarDay, DayKind
from app.domain.people import Action, may
from app.errors import Refused
from app.persistence import editing as edits
from app.persistence import journal, masterdata
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import calendar
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A weekday off or a weekend day worked. ``own_id``: of the depot's own entry; empty for a decreed day."""

    day: date
    kind: DayKind
    note: str
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """The special days of a year. ``decreed``: whether its holidays are known; else plain weekdays are counted."""

    year: int
    decreed: bool
    days: tuple[SpecialDay, ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class DayWritten:
    """An entry was made or taken away; ``entry_id`` can be undone."""

    day: date
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def year(depot: Depot, number: int) -> Year:
    """What differs from plain weekdays in the year ``number``."""
    with depot.read() as tx:
        known = calendar.calendar(depot, tx)
        own = {row.day: row for row in masterdata.everything(tx, CalendarDay) if row.day.year == number}
    found, worked = [], 0
    day = date(number, 1, 1)
    while day.year == number:
        works = known.works(day)
        worked += works
        mine = own.get(day)
        if mine is not None:
            found.append(SpecialDay(day, DayKind(mine.kind), mine.note, mine.id))
        elif works != (day.weekday() < 5):
            found.append(SpecialDay(day, DayKind.WORKDAY if works else DayKind.HOLIDAY, ""))
        day += timedelta(days=1)
    return Year(number, number in known.decreed, tuple(found), worked)


def add(depot: Depot, day: date, kind: DayKind, note: str = "") -> DayWritten:
    """Let the depot work or rest on ``day``. Refused: ``workdays.day-taken``, ``workdays.says-nothing``."""
    _require(depot)
    with depot.write() as tx:
        present = masterdata.find(tx, CalendarDay, day=day)
        if present is not None:
            raise Refused("workdays.day-taken", field="day", day=day, kind=DayKind(present.kind))
        if calendar.calendar(depot, tx).works(day) == (kind is DayKind.WORKDAY):
            raise Refused("workdays.says-nothing", field="kind", day=day, kind=kind)
        row = CalendarDay(tx.new_id(), day, kind.value, note.strip())
        masterdata.add(tx, row)
        entry_id = journal.record(
            tx, "workdays.add", subject_kind="day", subject_id=row.id, subject_number=day.isoformat(),
            facts={"kind": kind.value, "note": row.note},
        )
    return DayWritten(day, entry_id)


def remove(depot: Depot, own_id: str) -> DayWritten:
    """Take an own entry away: the decreed calendar holds again. Refused: ``workdays.gone``."""
    _require(depot)
    with depot.write() as tx:
        row = next((r for r in masterdata.everything(tx, CalendarDay) if r.id == own_id), None)
        if row is None:
            raise Refused("workdays.gone")
        edits.end(tx, CalendarDay, own_id)
        entry_id = journal.record(
            tx, "workdays.remove", subject_kind="day", subject_id=own_id, subject_number=row.day.isoformat(),
            facts={"kind": row.kind, "note": row.note},
        )
    return DayWritten(row.day, entry_id)


def _require(depot: Depot) -> None:
    """The calendar is policy at head office and a matter of the depot's administrator here."""
    if not may(depot.operator.roles, Action.EDIT_POLICY):
        depot.require(Action.MANAGE_DEPOT)


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    _require(depot)
    if edits.version(tx, CalendarDay, entry.subject_id) is None:
        raise Refused("workdays.gone")
    edits.end(tx, CalendarDay, entry.subject_id)
    return Changes.MASTERDATA


def _undo_remove(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    _require(depot)
    day = date.fromisoformat(entry.subject_number)
    present = masterdata.find(tx, CalendarDay, day=day)
    if present is not None:
        raise Refused("workdays.day-taken", field="day", day=day, kind=DayKind(present.kind))
    edits.revive(tx, CalendarDay, entry.subject_id)
    return Changes.MASTERDATA


UNDO: Mapping[str, Way] = {"workdays.add": Way(_undo_add), "workdays.remove": Way(_undo_remove)}

__all__ = ["UNDO", "DayWritten", "SpecialDay", "Year", "add", "remove", "year"]
