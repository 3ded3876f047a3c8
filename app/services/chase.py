"""The chase list: every clock that runs, who must act next, and what was said when somebody called (spec 1 §6).

Each part of the house contributes its clocks by a small function of its own (``_CONTRIBUTORS``): rows from
``persistence.chase``, targets from the policy of the day on which the clock began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain import chase as rules
from app.domain.calendars import WorkingCalendar
from app.domain.chase import Chased, ChaseNote, ChaseRow, Grouping, Reach, Subject, Tally, Wanted
from app.domain.clocks import Clock, ClockName
from app.domain.people import Action
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.errors import Refused
from app.persistence import chase as rows
from app.persistence import journal, policies
from app.persistence.transaction import Tx
from app.services import calendar, chase_sources
from app.services.chase_sources import Reading, Source

#: Most rows of one look: who has more late clocks than this needs other help than a list.
MOST_ROWS = 5000

PolicyOf = Callable[[date], PolicySnapshot]


@dataclass(frozen=True, slots=True)
class Chase:
    """The list as it stands: rows in order, the figures over everything that was looked at, the depot's day.

    ``more``: how many rows did not fit.
    """

    day: date
    rows: tuple[ChaseRow, ...]
    tally: Tally
    more: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A call was written down."""

    note_id: str
    changes: Changes = Changes.CASES | Changes.REQUESTS


def chase(depot: Depot, wanted: Wanted | None = None, by: Grouping = Grouping.DUE) -> Chase:
    """What is late and why, the most urgent first."""
    wanted = wanted or Wanted()
    with depot.read() as tx:
        reading = reading_of(depot, tx, everything=wanted.reach is Reach.RUNNING)
        running = tuple(running_clocks(tx, reading))
        found = rules.in_order((row for row in running if rules.belongs(row, wanted)), by)
        shown = found[:MOST_ROWS]
        notes = rows.last_notes(tx, [row.subject.id for row in shown])
    return Chase(
        depot.local_day(tx.at),
        tuple(
            rules.with_note(row, _chased(notes.get((row.subject.id, row.name)), depot)) for row in shown
        ),
        rules.tally(running), len(found) - len(shown),
    )


def note(depot: Depot, said: ChaseNote) -> Noted:
    """Write down that somebody called about a late clock; it stays in the journal and in the row.

    Refused: the codes of ``chase.note_problems``, ``chase.gone`` (the clock has stopped meanwhile).
    """
    depot.require(Action.FOLLOW_UP)
    with depot.write() as tx:
        wrong = rules.note_problems(said, depot.local_day(tx.at))
        if wrong:
            raise Refused.because(wrong)
        found = next(
            (row for row in running_clocks(tx, reading_of(depot, tx, everything=True))
             if (row.subject.kind, row.subject.id, row.name) == (said.subject_kind, said.subject_id, said.clock)),
            None,
        )
        if found is None:
            raise Refused("chase.gone")
        note_id = rows.add_note(tx, said)
        journal.record(
            tx, "chase.note", subject_kind=said.subject_kind, subject_id=said.subject_id,
            subject_number=found.subject.number, case_id=found.subject.case_id or None,
            unit_id=found.subject.unit_id or None,
            facts={
                "clock": said.clock.value, "called": said.called.strip(), "said": said.said.strip(),
                "promised_on": said.promised_on.isoformat() if said.promised_on else "",
            },
        )
    return Noted(note_id)


def calls(depot: Depot, subject_id: str) -> tuple[Chased, ...]:
    """Every call about one subject, oldest first."""
    with depot.read() as tx:
        return tuple(
            Chased(row.at.astimezone(depot.zone), row.by_name, row.called, row.said, row.promised_on)
            for row in rows.notes_of(tx, subject_id)
        )


def running_clocks(
    tx: Tx, reading: Reading, sources: Sequence[Source] = chase_sources.CONTRIBUTORS
) -> Iterator[ChaseRow]:
    """Every clock that runs, from all parts of the house, or from ``sources`` only."""
    for contribute in sources:
        for subject, clock in contribute(tx, reading):
            found = rules.row(subject, clock, tx.at, reading.calendar_for(clock))
            if found is not None:
                yield found


def reading_of(depot: Depot, tx: Tx, *, everything: bool, policy_of: PolicyOf | None = None) -> Reading:
    """How clocks are read now. ``policy_of``: another policy than the one in force, for a rehearsal."""
    book, known = policies.book(tx), dict[date, PolicySnapshot]()

    def in_force(day: date) -> PolicySnapshot:
        if day not in known:
            known[day] = book.at(day)
        return known[day]

    policy_of = policy_of or in_force
    today = depot.local_day(tx.at)
    now = policy_of(today)
    soon = today + timedelta(days=now.whole(PolicyName.DUE_SOON_CALENDAR_DAYS))
    return Reading(
        depot.zone, policy_of, None if everything else soon, WorkingCalendar(depot.zone),
        lambda: calendar.calendar(depot, tx, now),
    )


def _chased(row: rows.NoteRow | None, depot: Depot) -> Chased | None:
    if row is None:
        return None
    return Chased(row.at.astimezone(depot.zone), row.by_name, row.called, row.said, row.promised_on)


__all__ = [
    "MOST_ROWS", "Chase", "Clock", "ClockName", "Noted", "Subject", "calls", "chase", "note",
    "reading_of", "running_clocks",
]
