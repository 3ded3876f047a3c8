"""How a request reads: its clocks in a line, what happened to it, the columns of the list."""

from __future__ import annotations

from app.domain.clocks import ClockState, Colour
from app.domain.requests import RequestEvent, RequestState
from app.i18n import N_, _
from app.labels import label
from app.services.requests import RequestLine
from ui import moments, naming
from ui.chase.words import TONES
from ui.models import Column
from ui.tones import Tone

_HOUR = 3600
STATE_TONE = {RequestState.OPEN: Tone.INFO, RequestState.CLOSED: Tone.OK, RequestState.VOID: Tone.MUTE}

#: What a step is called in the history of a request.
EVENTS: dict[str, str] = {
    "requests.take": N_("Call taken"),
    "requests.pass_on": N_("Passed on"),
    "requests.answer": N_("Answered"),
    "requests.plan": N_("Solution plan given"),
    "requests.return_unit": N_("Return case opened"),
    "requests.quote": N_("Price told"),
    "requests.consent": N_("Customer agreed"),
    "requests.decline": N_("Customer declined"),
    "requests.close": N_("Closed"),
    "requests.reopen": N_("Opened again"),
    "requests.swap_sent": N_("Spare sent to the site"),
    "requests.swapped": N_("Spare swapped in"),
    "requests.swap_unused": N_("Spare came back unused"),
    "site_visits.send": N_("Technician sent"),
    "site_visits.finish": N_("Trip reported"),
}


def event(of: RequestEvent) -> str:
    """One thing that happened, in a line."""
    undone = of.what.endswith(".undo")
    name = _(EVENTS[of.what.removesuffix(".undo")])
    parts = [moments.short(of.at), of.by_name, _("taken back: {what}").format(what=name) if undone else name, of.said]
    return _(" · ").join(part for part in parts if part)


def worst(line: RequestLine) -> ClockState | None:
    """The running clock that ends first; ``None`` when all have stopped."""
    return min((state for state in line.clocks if not state.stopped), key=lambda state: state.due_at, default=None)


def clock(state: ClockState) -> str:
    """One clock: how long still, how long over, or that it was met."""
    if state.stopped:
        return _("late, stopped") if state.colour is Colour.OVERDUE else _("in time, stopped")
    hours = f"{abs(state.remaining) / _HOUR:.1f}"
    if state.colour is Colour.OVERDUE:
        return _("{n} working hours overdue").format(n=hours)
    return _("{n} working hours left").format(n=hours)


def _clock_words(line: RequestLine) -> str:
    state = worst(line)
    return "" if state is None else clock(state)


def _clock_tip(line: RequestLine) -> str:
    return "\n".join(
        _("{name}: {left}").format(name=label(state.name), left=clock(state)) for state in line.clocks)


def _clock_tone(line: RequestLine) -> Tone | None:
    state = worst(line)
    return None if state is None else TONES[state.colour]


def columns() -> tuple[Column[RequestLine], ...]:
    """The columns of the list."""
    return (
        Column("number", N_("Request"), text=lambda r: r.request.number, tabular=True, bold=True, width=140),
        Column("taken", N_("Called on"), text=lambda r: moments.short(r.request.taken_at),
               tabular=True, width=92),
        Column("customer", N_("Customer"), text=lambda r: r.row.customer, width=120),
        Column("who", N_("Contact"), text=lambda r: " ".join(p for p in (r.request.contact, r.request.phone) if p),
               width=130, hidden=True),
        Column("product", N_("Product"), text=lambda r: naming.product(r.row.model, r.row.name_zh, r.row.name_en),
               width=120, hidden=True),
        Column("serial", N_("Serial number"), text=lambda r: r.request.serial, tabular=True, width=112,
               hidden=True),
        Column("symptom", N_("Symptom"), text=lambda r: r.request.symptom, grow=True),
        Column("state", N_("State"), text=lambda r: label(r.request.state), chip=True,
               tone=lambda r: STATE_TONE[r.request.state], width=80, hidden=True),
        Column("clock", N_("Clock"), text=_clock_words, tone=_clock_tone, width=140, tip=_clock_tip,
               bold=lambda r: _clock_tone(r) is Tone.BAD),
        Column("step", N_("Next step"), text=lambda r: label(r.step), width=136),
        Column("case", N_("Case"), text=lambda r: r.row.case_number, tabular=True, width=140, hidden=True),
    )
