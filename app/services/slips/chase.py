"""The chase list on paper, in the words of the reader's language."""

from __future__ import annotations

from app.depot import Depot
from app.domain.chase import ChaseRow, Grouping, Wanted
from app.domain.clocks import Colour, TimeKind
from app.domain.slips import ChaseLine, ChaseList
from app.i18n import N_, Translator
from app.labels import label
from app.services import chase

_HOURS = {TimeKind.HOURS, TimeKind.WORKING_HOURS}


def chase_list(depot: Depot, wanted: Wanted, by: Grouping, t: Translator) -> ChaseList:
    """What the list shows under ``wanted``."""
    found = chase.chase(depot, wanted, by)
    return ChaseList(
        found.day, wanted.reach, by, tuple(_line(depot, row, t) for row in found.rows), found.tally.overdue,
        found.tally.due_soon, found.tally.paused, found.more,
    )


def _line(depot: Depot, row: ChaseRow, t: Translator) -> ChaseLine:
    about, clock, state = row.subject, row.clock, row.state
    in_hours = clock.kind in _HOURS
    form = "%Y-%m-%d %H:%M" if in_hours else "%Y-%m-%d"
    amount = f"{abs(state.remaining) / 3600:.1f}" if in_hours else str(abs(state.remaining))
    return ChaseLine(
        about.number, row.name, t(N_("paused")) if row.paused else state.colour,
        "" if row.paused else f"{amount} {label(clock.kind, t)}",
        state.colour is Colour.OVERDUE and not row.paused, about.customer, about.model, about.serial,
        clock.start.astimezone(depot.zone).strftime(form),
        t(N_("agreed day")) if clock.promised is not None else f"{clock.target} {label(clock.kind, t)}",
        state.due_at.astimezone(depot.zone).strftime(form) if in_hours else state.due.isoformat(),
        _pauses(depot, row, t), about.person or label(about.role, t), about.act, _call(row, t),
    )


def _pauses(depot: Depot, row: ChaseRow, t: Translator) -> str:
    between = "；" if t.language.startswith("zh") else "; "
    return between.join(
        f"{depot.local_day(p.start)}–{depot.local_day(p.end) if p.end else ''} {label(p.reason, t)}"
        for p in row.clock.pauses
    )


def _call(row: ChaseRow, t: Translator) -> str:
    said = row.chased
    if said is None:
        return ""
    promise = t(N_("promised for {day}")).format(day=said.promised_on) if said.promised_on else ""
    return " · ".join(part for part in (f"{said.at:%Y-%m-%d}", said.called, said.said, promise) if part)
