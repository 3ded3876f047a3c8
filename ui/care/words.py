"""How follow-ups and complaints read: the columns of the lists, clocks and courses in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.clocks import ClockState, Colour, TimeKind
from app.domain.complaints import ComplaintEvent, ComplaintKind, ComplaintRow, ComplaintState
from app.domain.followups import FollowUpRow, FollowUpState, MonthTarget, PastCall
from app.domain.satisfaction import Grade
from app.i18n import N_, _, _n
from app.labels import label
from app.services.complaints import ComplaintLine
from ui import moments, naming
from ui.chase.words import TONES
from ui.models import Column
from ui.tones import Tone
from ui.widgets import due

_HOUR = 3600
STATE_TONE = {
    FollowUpState.OPEN: Tone.INFO, FollowUpState.DONE: Tone.OK, FollowUpState.NOT_REACHED: Tone.WARN,
    FollowUpState.DROPPED: Tone.MUTE,
}
GRADE_TONE = {
    Grade.VERY_SATISFIED: Tone.OK, Grade.SATISFIED: Tone.OK, Grade.FAIR: Tone.WARN, Grade.DISSATISFIED: Tone.BAD,
}

#: What a step is called in the course of a complaint.
EVENTS: dict[str, str] = {
    "complaints.take": N_("Logged"),
    "complaints.assign": N_("Passed to"),
    "complaints.answer": N_("Answered"),
    "complaints.tell": N_("Customer told"),
    "complaints.close": N_("Closed"),
    "complaints.reopen": N_("Opened again"),
}


#: Columns of the calls that are owed, and of those that were made.
OWED, MADE = ("due", "tries"), ("done", "result", "grade")


def follow_up_columns(today: Callable[[], date]) -> tuple[Column[FollowUpRow], ...]:
    """The columns of the calls."""

    def left(row: FollowUpRow) -> tuple[str, Tone]:
        return due((row.follow_up.due_on - today()).days)

    return (
        Column("due", N_("Call due"), text=lambda r: left(r)[0], tone=lambda r: left(r)[1],
               sort=lambda r: r.follow_up.due_on, width=120, tip=lambda r: r.follow_up.due_on.isoformat(),
               bold=lambda r: r.follow_up.due_on < today()),
        Column("done", N_("Called on"), text=_day_of, tabular=True, width=100, hidden=True),
        Column("customer", N_("Customer"), text=lambda r: r.customer, grow=True, bold=True),
        Column("phone", N_("Telephone"), text=lambda r: r.phone, tabular=True, width=130),
        Column("contact", N_("Contact"), text=lambda r: r.contact, width=90),
        Column("why", N_("Why"), text=why, width=150),
        Column("serial", N_("Serial number"), text=lambda r: r.serial, tabular=True, width=120),
        Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en), hidden=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, width=140, hidden=True),
        Column("tries", N_("Tries"), text=lambda r: str(r.follow_up.tries or ""), sort=lambda r: r.follow_up.tries,
               align="right", width=60),
        Column("result", N_("Result"), text=_result, tone=lambda r: STATE_TONE[r.follow_up.state], chip=True,
               width=110, hidden=True),
        Column("grade", N_("Satisfaction"), text=lambda r: label(r.follow_up.grade) if r.follow_up.grade else "",
               tone=lambda r: GRADE_TONE[r.follow_up.grade] if r.follow_up.grade else None, width=100,
               hidden=True),
    )


def why(row: FollowUpRow) -> str:
    """Why somebody is called."""
    return row.follow_up.reason or label(row.follow_up.kind)


def _result(row: FollowUpRow) -> str:
    about = row.follow_up
    return label(about.result) if about.result else label(about.state)


def _day_of(row: FollowUpRow) -> str:
    return moments.day(row.follow_up.done_at).isoformat() if row.follow_up.done_at else ""


def call(made: PastCall) -> str:
    """A past call in a line."""
    again = _("again on {day}").format(day=made.again_on) if made.again_on else ""
    reached = "" if made.reached else _("not reached")
    return _(" · ").join(part for part in (
        moments.short(made.at), made.by_name, made.called, reached, made.said, again) if part)


def earlier(row: FollowUpRow) -> str:
    """An earlier call to the customer in a line."""
    about = row.follow_up
    grade = label(about.grade) if about.grade else ""
    return _(" · ").join(part for part in (_day_of(row), about.called, _result(row), grade, about.said) if part)


def complaint(row: ComplaintRow) -> str:
    """A complaint in a line."""
    about = row.complaint
    return _(" · ").join(part for part in (
        about.number, label(about.topic), label(about.state), about.story) if part)


def complaint_columns() -> tuple[Column[ComplaintLine], ...]:
    """The columns of the complaints."""
    return (
        Column("number", N_("Number"), text=lambda r: r.complaint.number, tabular=True, bold=True, width=140),
        Column("taken", N_("Logged"), text=lambda r: moments.short(r.complaint.taken_at),
               tabular=True, width=96),
        Column("kind", N_("Kind of message"), text=lambda r: label(r.complaint.kind), chip=True, width=84,
               tone=lambda r: Tone.WARN if r.complaint.kind is ComplaintKind.COMPLAINT else Tone.INFO),
        Column("topic", N_("About"), text=lambda r: label(r.complaint.topic), width=110),
        Column("customer", N_("Customer"), text=lambda r: r.row.customer, width=150),
        Column("story", N_("What the customer says"), text=lambda r: r.complaint.story, grow=True),
        Column("serial", N_("Serial number"), text=lambda r: r.row.serial, tabular=True, width=112, hidden=True),
        Column("route", N_("Department"), text=lambda r: label(r.complaint.route), width=110, hidden=True),
        Column("clock", N_("Clock"), text=_clock_words, tone=_clock_tone, width=150,
               bold=lambda r: _clock_tone(r) is Tone.BAD),
        Column("step", N_("Next step"), text=lambda r: label(r.step), width=130),
        Column("state", N_("State"), text=lambda r: label(r.complaint.state), width=84, hidden=True,
               tone=lambda r: Tone.OK if r.complaint.state is ComplaintState.CLOSED else None),
    )


def worst(line: ComplaintLine) -> ClockState | None:
    """The running clock that ends first."""
    return min((state for state in line.clocks if not state.stopped), key=lambda state: state.due_at, default=None)


def clock(state: ClockState) -> str:
    """One clock: how much is left, how much over, or that it was met."""
    if state.stopped:
        return _("late, stopped") if state.colour is Colour.OVERDUE else _("in time, stopped")
    if state.kind is TimeKind.WORKING_HOURS:
        hours = f"{abs(state.remaining) / _HOUR:.1f}"
        late = _("{n} working hours overdue"), _("{n} working hours left")
        return late[state.colour is not Colour.OVERDUE].format(n=hours)
    days = abs(state.remaining)
    if state.colour is Colour.OVERDUE:
        return _n("{n} working day overdue", "{n} working days overdue", days).format(n=days)
    return _n("{n} working day left", "{n} working days left", days).format(n=days)


def _clock_words(line: ComplaintLine) -> str:
    state = worst(line)
    return "" if state is None else clock(state)


def _clock_tone(line: ComplaintLine) -> Tone | None:
    state = worst(line)
    return None if state is None else TONES[state.colour]


def event(of: ComplaintEvent) -> str:
    """One thing that happened, in a line."""
    undone = of.what.endswith(".undo")
    name = _(EVENTS[of.what.removesuffix(".undo")])
    parts = [moments.short(of.at), of.by_name, _("taken back: {what}").format(what=name) if undone else name, of.said]
    return _(" · ").join(part for part in parts if part)


def _met(month: MonthTarget) -> str:
    """Nothing was returned in the month: there was nothing to meet."""
    if not month.repairs:
        return ""
    return _("met") if month.met else _("not met")


def _met_tone(month: MonthTarget) -> Tone:
    return Tone.OK if month.met else Tone.WARN


def target_columns() -> tuple[Column[MonthTarget], ...]:
    """The columns of the months."""

    def number(key: str, header: str, value: str, width: int = 104) -> Column[MonthTarget]:
        return Column(
            key, header, text=lambda m: str(getattr(m, value)), sort=lambda m: getattr(m, value), align="right",
            tabular=True, width=width)

    return (
        Column("month", N_("Month"), text=lambda m: m.month, tabular=True, bold=True, width=90),
        number("repairs", N_("Repairs returned"), "repairs", 120), number("target", N_("Calls owed"), "target"),
        number("done", N_("Customers reached"), "done", 130),
        Column("share", N_("Share"), align="right", tabular=True, width=110, sort=lambda m: m.actual or 0,
               text=lambda m: "–" if m.actual is None else f"{m.actual}% / {100 if m.every else m.share}%"),
        Column("met", N_("Target met"), chip=True, width=110, tone=_met_tone, text=_met),
        number("open", N_("Still to call"), "open"), number("missed", N_("Not reached"), "not_reached"),
        Column("pleased", N_("Satisfied"), align="right", tabular=True, grow=True,
               sort=lambda m: m.pleased * 100 // m.graded if m.graded else 0,
               text=lambda m: f"{m.pleased * 100 / m.graded:.0f}% ({m.pleased}/{m.graded})" if m.graded else "–"),
    )
