"""Clocks: start, stop, pauses with a reason, a target, and three colours (spec 1 §6).

Four kinds of time are kept apart: hours, working hours, working days, calendar days. Day clocks count dates at the
depot: the day of the start is day 0, and the target is met until the end of its day. A pause from one day to
another takes the days after the first, up to the last. Lateness is shown and listed; nothing is ever computed from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.calendars import WorkingCalendar


class TimeKind(StrEnum):
    """What a clock counts."""

    HOURS = "HOURS"
    WORKING_HOURS = "WORKING_HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"


class Colour(StrEnum):
    """How a clock is shown."""

    CALM = "CALM"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"


class PauseReason(StrEnum):
    """Why a clock stands still."""

    CUSTOMER_CONSENT = "CUSTOMER_CONSENT"
    CUSTOMER_COLLECTS = "CUSTOMER_COLLECTS"


class ClockName(StrEnum):
    """The clocks of the depot, as in the table of spec 1 §6."""

    HAND_IN = "HAND_IN"
    TURNAROUND = "TURNAROUND"
    PROMISED = "PROMISED"
    PASS_ON = "PASS_ON"  # noqa: S105
    ANSWER = "ANSWER"
    SOLUTION_PLAN = "SOLUTION_PLAN"
    LOAN_BACK = "LOAN_BACK"
    OWED_UNIT = "OWED_UNIT"
    QUOTATION = "QUOTATION"        # the customer's answer, while the quotation is valid
    LOANER_BACK = "LOANER_BACK"
    COMPLAINT_ASSIGN = "COMPLAINT_ASSIGN"
    COMPLAINT_ANSWER = "COMPLAINT_ANSWER"
    COMPLAINT_TELL = "COMPLAINT_TELL"
    FOLLOW_UP = "FOLLOW_UP"
    SIGNED_PAPER = "SIGNED_PAPER"  # a paper the customer is to send back signed
    ALARM_ANSWER = "ALARM_ANSWER"
    TRANSFER = "TRANSFER"          # a unit handed on to another depot, until it is received there
    BUILD = "BUILD"                # an emergency build, by the day it is needed


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from ``start``; ``end`` is ``None`` while it still does. Aware moments."""

    start: datetime
    end: datetime | None
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. ``target`` and ``due_soon`` (how long before the end it turns) count in the clock's kind of time.

    ``promised``: a fixed date instead of a target (kind CALENDAR_DAYS); pauses do not move a promise.
    ``stop`` is ``None`` while the clock runs.
    """

    name: ClockName
    kind: TimeKind
    start: datetime
    target: int
    due_soon: int
    stop: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock read at a moment.

    ``elapsed`` and ``remaining``: days for the day kinds, seconds for the hour kinds. ``remaining`` is negative when
    late, and still 0 in the night or at the weekend after a clock in working time ran out.
    ``due``: the last day that is in time; ``due_at``: the moment (UTC) after which it is late, as if an open pause
    ended now. ``pause``: why it stands still now, else ``None``. ``undecreed``: years whose holidays are unknown and
    on which the answer rests; not empty means: warn.
    """

    name: ClockName
    kind: TimeKind
    elapsed: int
    remaining: int
    due: date
    due_at: datetime
    colour: Colour
    stopped: bool
    pause: PauseReason | None
    undecreed: tuple[int, ...]


def read(clock: Clock, now: datetime, calendar: WorkingCalendar) -> ClockState:
    """The state of ``clock`` at ``now`` (aware; a stopped clock is read at its stop)."""
    end = max(clock.start, min(now, clock.stop) if clock.stop else now)
    pauses = _merged(clock, end)
    due_at = _due(clock, pauses, calendar)
    due = calendar.local_day(due_at - timedelta(microseconds=1))
    elapsed = _length(clock, clock.start, end, calendar)
    if clock.promised is None:
        elapsed -= sum(_length(clock, p, q, calendar) for p, q in pauses)
        remaining = _in_quanta(clock.kind, clock.target) - elapsed
    else:
        remaining = (clock.promised - calendar.local_day(end)).days
    colour = Colour.CALM
    # While the clock stands still nothing becomes late that was not when it stopped.
    stands = clock.promised is None and bool(pauses) and pauses[-1][1] == end and _pause_now(clock, end) is not None
    judged = pauses[-1][0] if stands else end
    if _is_late(clock, judged, due_at):
        colour = Colour.OVERDUE
    elif remaining <= _in_quanta(clock.kind, clock.due_soon):
        colour = Colour.DUE_SOON
    last = max(due, calendar.local_day(end))
    working = clock.kind in {TimeKind.WORKING_DAYS, TimeKind.WORKING_HOURS}
    return ClockState(
        clock.name, clock.kind, elapsed, remaining, due, due_at, colour, clock.stop is not None and clock.stop <= now,
        _pause_now(clock, now), calendar.undecreed(calendar.local_day(clock.start), last) if working else (),
    )


def _in_quanta(kind: TimeKind, amount: int) -> int:
    """``amount`` of hours in seconds; days stay days."""
    return amount * 3600 if _counts_seconds(kind) else amount


def _merged(clock: Clock, end: datetime) -> list[tuple[datetime, datetime]]:
    """The pauses within [start, end], overlapping ones as one, in order."""
    clipped = sorted((max(p.start, clock.start), min(p.end or end, end)) for p in clock.pauses)
    merged: list[tuple[datetime, datetime]] = []
    for start, stop in clipped:
        if stop <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def _length(clock: Clock, start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """How much of the clock's time passes from ``start`` to ``end``: seconds or days."""
    first, last = calendar.local_day(start), calendar.local_day(end)
    match clock.kind:
        case TimeKind.HOURS:
            return int((end - start).total_seconds())
        case TimeKind.WORKING_HOURS:
            return calendar.working_seconds(start, end)
        case TimeKind.WORKING_DAYS:
            return calendar.working_days(first, last)
        case TimeKind.CALENDAR_DAYS:
            return (last - first).days


def _after(clock: Clock, start: datetime, amount: int, calendar: WorkingCalendar) -> datetime:
    """The moment when ``amount`` (seconds or days) of the clock's time is used up, counted from ``start``."""
    match clock.kind:
        case TimeKind.HOURS:
            return start + timedelta(seconds=amount)
        case TimeKind.WORKING_HOURS:
            return calendar.after_working_seconds(start, amount)
        case TimeKind.WORKING_DAYS:
            return calendar.end_of(calendar.working_day(calendar.local_day(start), amount))
        case TimeKind.CALENDAR_DAYS:
            return calendar.end_of(calendar.local_day(start) + timedelta(days=amount))


def _due(clock: Clock, pauses: Iterable[tuple[datetime, datetime]], calendar: WorkingCalendar) -> datetime:
    """When the clock is used up: each pause that begins before it is late puts it off by the pause's own length."""
    if clock.promised is not None:
        return calendar.end_of(clock.promised)
    amount = _in_quanta(clock.kind, clock.target)
    due = _after(clock, clock.start, amount, calendar)
    for start, stop in pauses:
        if not _is_late(clock, start, due):
            amount += _length(clock, start, stop, calendar)
            due = _after(clock, clock.start, amount, calendar)
    return due


def _is_late(clock: Clock, moment: datetime, due_at: datetime) -> bool:
    """Whether ``moment`` is past the due one. A day is over with its midnight, an hour only after its last second."""
    return moment > due_at or (moment == due_at and not _counts_seconds(clock.kind))


def _counts_seconds(kind: TimeKind) -> bool:
    return kind in {TimeKind.HOURS, TimeKind.WORKING_HOURS}


def _pause_now(clock: Clock, now: datetime) -> PauseReason | None:
    if clock.stop is not None and clock.stop <= now:
        return None
    return next((p.reason for p in clock.pauses if p.start <= now and (p.end is None or now < p.end)), None)
