"""What is late and why: one row per running clock, who must act next, and what was promised when somebody called.

Lateness is shown and listed; nothing is ever computed from it (spec 1 §6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.calendars import WorkingCalendar
from app.domain.clocks import Clock, ClockName, ClockState, Colour, TimeKind, read
from app.domain.people import Role
from app.domain.stages import Stage
from app.errors import Problem

LONGEST_NOTE = 400
_MOMENT = timedelta(microseconds=1)


class Reach(StrEnum):
    """Which clocks are asked for."""

    LATE_OR_SOON = "LATE_OR_SOON"
    OVERDUE = "OVERDUE"
    PAUSED = "PAUSED"
    RUNNING = "RUNNING"


class Grouping(StrEnum):
    """What the list is sorted under."""

    DUE = "DUE"
    CLOCK = "CLOCK"
    CUSTOMER = "CUSTOMER"
    ROLE = "ROLE"


class NextAct(StrEnum):
    """What has to happen for the clock to stop; each leads to a page."""

    HAND_IN = "HAND_IN"
    PLAN = "PLAN"
    ISSUE = "ISSUE"
    DISPATCH = "DISPATCH"
    REPAIR = "REPAIR"
    GET_CONSENT = "GET_CONSENT"
    INSPECT = "INSPECT"
    PUT_AWAY = "PUT_AWAY"
    RETURN = "RETURN"
    DELIVER = "DELIVER"
    RULE = "RULE"
    DETERMINE = "DETERMINE"
    PASS_ON = "PASS_ON"  # noqa: S105  a message, not a password
    ANSWER = "ANSWER"
    PLAN_SOLUTION = "PLAN_SOLUTION"
    FETCH_OWED = "FETCH_OWED"
    FETCH_LOANER = "FETCH_LOANER"
    CLEAR_LOAN = "CLEAR_LOAN"
    FETCH_ANSWER = "FETCH_ANSWER"
    BUILD = "BUILD"
    ASSIGN_COMPLAINT = "ASSIGN_COMPLAINT"
    ANSWER_COMPLAINT = "ANSWER_COMPLAINT"
    TELL_RESULT = "TELL_RESULT"
    CALL_BACK = "CALL_BACK"
    FETCH_PAPER = "FETCH_PAPER"
    ANSWER_ALARM = "ANSWER_ALARM"
    TRACE_TRANSFER = "TRACE_TRANSFER"


#: The page on which each is done.
PAGE: dict[NextAct, str] = {
    NextAct.HAND_IN: "receiving", NextAct.PLAN: "plan", NextAct.ISSUE: "plan", NextAct.DISPATCH: "handover",
    NextAct.REPAIR: "bench", NextAct.GET_CONSENT: "quotations", NextAct.INSPECT: "qa", NextAct.PUT_AWAY: "return",
    NextAct.RETURN: "return", NextAct.DELIVER: "return", NextAct.RULE: "dispositions",
    NextAct.DETERMINE: "dispositions", NextAct.PASS_ON: "requests", NextAct.ANSWER: "requests",
    NextAct.PLAN_SOLUTION: "requests", NextAct.FETCH_OWED: "spares", NextAct.FETCH_LOANER: "spares",
    NextAct.CLEAR_LOAN: "parts", NextAct.FETCH_ANSWER: "quotations", NextAct.BUILD: "spares",
    NextAct.ASSIGN_COMPLAINT: "care", NextAct.ANSWER_COMPLAINT: "care", NextAct.TELL_RESULT: "care",
    NextAct.CALL_BACK: "care",
    NextAct.FETCH_PAPER: "feedback",
    NextAct.ANSWER_ALARM: "quality",
    NextAct.TRACE_TRANSFER: "transfers",
}

#: Who acts next on a case, and what has to happen.
OF_STAGE: dict[Stage, tuple[Role, NextAct]] = {
    Stage.REPORTED: (Role.CLERK, NextAct.HAND_IN),
    Stage.RECEIVED: (Role.CLERK, NextAct.PLAN),
    Stage.PLANNED: (Role.PLANNER, NextAct.ISSUE),
    Stage.RELEASED: (Role.CLERK, NextAct.DISPATCH),
    Stage.IN_REPAIR: (Role.TECHNICIAN, NextAct.REPAIR),
    Stage.AWAITING_CUSTOMER: (Role.CLERK, NextAct.GET_CONSENT),
    Stage.IN_QA: (Role.INSPECTOR, NextAct.INSPECT),
    Stage.PASSED: (Role.CLERK, NextAct.PUT_AWAY),
    Stage.READY_TO_RETURN: (Role.CLERK, NextAct.RETURN),
    Stage.REFERRED: (Role.SUPERVISOR, NextAct.RULE),
    Stage.TO_RND: (Role.ENGINEER, NextAct.DETERMINE),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock is about. ``kind``: ``case``, ``request``, ``spare_use``, ``loaner``, ``loan`` … as in the journal.

    ``opens``: what the page of the next act is opened with.
    """

    kind: str
    id: str
    number: str
    role: Role
    act: NextAct
    opens: str
    case_id: str = ""
    unit_id: str = ""
    serial: str = ""
    model: str = ""
    customer_id: str = ""
    customer: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Chased:
    """The last time somebody called about it: whom, what was said, by which day they promised."""

    at: datetime
    by_name: str
    called: str
    said: str
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One running clock in the list."""

    subject: Subject
    clock: Clock
    state: ClockState
    chased: Chased | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The same clock over a reload."""
        return self.clock.name.value, self.subject.id

    @property
    def name(self) -> ClockName:
        """Which clock."""
        return self.clock.name

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return self.state.pause is not None


@dataclass(frozen=True, slots=True)
class ChaseNote:
    """A call about one clock as a person enters it."""

    subject_kind: str
    subject_id: str
    clock: ClockName
    called: str
    said: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows. ``None`` or empty: all."""

    reach: Reach = Reach.LATE_OR_SOON
    name: ClockName | None = None
    role: Role | None = None
    customer_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures over the list."""

    overdue: int
    due_soon: int
    paused: int
    running: int


def row(subject: Subject, clock: Clock, now: datetime, calendar: WorkingCalendar) -> ChaseRow | None:
    """The clock read at ``now``; ``None`` when it has stopped: there is nothing left to chase."""
    state = read(clock, now, calendar)
    return None if state.stopped else ChaseRow(subject, clock, state)


def belongs(found: ChaseRow, wanted: Wanted) -> bool:
    """Whether ``found`` is asked for."""
    late = found.state.colour is not Colour.CALM
    fits = {
        Reach.LATE_OR_SOON: late and not found.paused,
        Reach.OVERDUE: found.state.colour is Colour.OVERDUE and not found.paused,
        Reach.PAUSED: found.paused,
        Reach.RUNNING: True,
    }[wanted.reach]
    about = found.subject
    return (
        fits
        and wanted.name in {None, found.name}
        and wanted.role in {None, about.role}
        and wanted.customer_id in {"", about.customer_id}
        and _contains(about, wanted.text)
    )


def in_order(rows: Iterable[ChaseRow], by: Grouping = Grouping.DUE) -> tuple[ChaseRow, ...]:
    """The most urgent first, within the groups of ``by``."""
    return tuple(
        sorted(rows, key=lambda row: (_group(row, by), row.state.due_at, row.subject.number, row.name.value))
    )


def _group(row: ChaseRow, by: Grouping) -> tuple[int, str]:
    """Where the group of ``row`` stands among the groups."""
    match by:
        case Grouping.DUE:
            return 0, ""
        case Grouping.CLOCK:
            return list(ClockName).index(row.name), ""
        case Grouping.ROLE:
            return list(Role).index(row.subject.role), ""
        case Grouping.CUSTOMER:
            return int(not row.subject.customer), row.subject.customer


def tally(rows: Iterable[ChaseRow]) -> Tally:
    """The figures over ``rows``: a clock that stands still is neither late nor due soon."""
    overdue = soon = paused = running = 0
    for found in rows:
        running += 1
        if found.paused:
            paused += 1
        elif found.state.colour is Colour.OVERDUE:
            overdue += 1
        elif found.state.colour is Colour.DUE_SOON:
            soon += 1
    return Tally(overdue, soon, paused, running)


def note_problems(note: ChaseNote, today: date) -> list[Problem]:
    """What is wrong with a note. Codes: ``chase.called-missing``, ``chase.promise-past``, ``chase.note-long``."""
    found = []
    if not note.called.strip():
        found.append(Problem("called", "chase.called-missing"))
    if note.promised_on is not None and note.promised_on < today:
        found.append(Problem("promised_on", "chase.promise-past", {"value": note.promised_on, "today": today}))
    if len(note.said) > LONGEST_NOTE:
        found.append(Problem("said", "chase.note-long", {"n": len(note.said), "most": LONGEST_NOTE}))
    return found


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of why a clock stands as it does: a code with its facts (``app.messages.chase``)."""

    code: str
    facts: Mapping[str, object]


def why(found: ChaseRow, calendar: WorkingCalendar) -> tuple[Reason, ...]:
    """Start, target, every pause with its reason, and how it stands now, in order."""
    clock, state = found.clock, found.state
    working_time = clock.kind in {TimeKind.HOURS, TimeKind.WORKING_HOURS}

    def when(moment: datetime) -> object:
        return moment.astimezone(calendar.zone) if working_time else calendar.local_day(moment)

    told = [Reason("chase.since", {"start": when(clock.start)})]
    if clock.promised is not None:
        told.append(Reason("chase.promised", {"due": clock.promised}))
    else:
        due = when(state.due_at - _MOMENT)
        told.append(Reason("chase.target", {"n": clock.target, "kind": clock.kind, "due": due}))
    for pause in clock.pauses:
        code = "chase.paused" if pause.end is None else "chase.pause"
        told.append(
            Reason(code, {"reason": pause.reason, "start": when(pause.start), "end": when(pause.end or pause.start)}))
    if state.undecreed:
        told.append(Reason("chase.undecreed", {"years": state.undecreed}))
    told.append(Reason(f"chase.is-{'paused' if found.paused else state.colour.value.lower().replace('_', '-')}", {}))
    return tuple(told)


def with_note(found: ChaseRow, chased: Chased | None) -> ChaseRow:
    """The row with the last call about it."""
    return replace(found, chased=chased)


def _contains(about: Subject, text: str) -> bool:
    wanted = text.strip().casefold()
    return not wanted or any(
        wanted in field.casefold()
        for field in (about.number, about.serial, about.model, about.customer, about.person)
    )
