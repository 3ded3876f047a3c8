"""How a clock reads: how long still, since when, why."""

from __future__ import annotations

from app.domain.chase import ChaseRow
from app.domain.clocks import Colour, TimeKind
from app.i18n import _, _n
from app.labels import label
from ui import moments
from ui.tones import Tone
from ui.widgets import due

TONES: dict[Colour, Tone] = {Colour.CALM: Tone.OK, Colour.DUE_SOON: Tone.WARN, Colour.OVERDUE: Tone.BAD}
_HOUR = 3600


def left(row: ChaseRow) -> str:
    """How long still, or how long over; of a clock that stands still, why."""
    if row.state.pause is not None:
        return label(row.state.pause)
    n = row.state.remaining
    if row.clock.kind is TimeKind.CALENDAR_DAYS:
        return due(n)[0]
    late = row.state.colour is Colour.OVERDUE
    if row.clock.kind is TimeKind.WORKING_DAYS:
        if late:
            return _n("{n} working day overdue", "{n} working days overdue", abs(n)).format(n=abs(n))
        return _n("{n} working day left", "{n} working days left", n).format(n=n)
    hours = f"{abs(n) / _HOUR:.1f}"
    if late:
        return _("{n} working hours overdue").format(n=hours)
    return _("{n} working hours left").format(n=hours)


def tone(row: ChaseRow) -> Tone:
    """Its colour; a clock that stands still has none."""
    return Tone.MUTE if row.paused else TONES[row.state.colour]


def colour(row: ChaseRow) -> str:
    """The word beside the colour."""
    return _("paused") if row.paused else label(row.state.colour)


def until(row: ChaseRow) -> str:
    """The day or the minute until which it is in time."""
    if row.clock.kind in {TimeKind.HOURS, TimeKind.WORKING_HOURS}:
        return moments.minute(row.state.due_at)
    return row.state.due.isoformat()


def since(row: ChaseRow) -> str:
    """When it began."""
    if row.clock.kind in {TimeKind.HOURS, TimeKind.WORKING_HOURS}:
        return moments.minute(row.clock.start)
    return moments.day(row.clock.start).isoformat()


def target(row: ChaseRow) -> str:
    """How much time it has."""
    if row.clock.promised is not None:
        return _("agreed day")
    return f"{row.clock.target} {label(row.clock.kind)}"


def call(row: ChaseRow) -> str:
    """The last call about it in a line."""
    said = row.chased
    if said is None:
        return ""
    parts = [f"{said.at:%m-%d}", said.called, said.said]
    if said.promised_on is not None:
        parts.append(_("promised for {day}").format(day=said.promised_on))
    return _(" · ").join(part for part in parts if part)
