"""The columns of the chase list."""

from __future__ import annotations

from app.domain.chase import ChaseRow
from app.domain.clocks import Colour
from app.i18n import N_
from app.labels import label
from ui.chase import words
from ui.models import Column


def columns() -> tuple[Column[ChaseRow], ...]:
    """The columns of the list."""
    return (
        Column("colour", N_("State"), text=words.colour, tone=words.tone, chip=True, width=92,
               sort=lambda r: (r.paused, list(Colour).index(r.state.colour))),
        Column("clock", N_("Clock"), text=lambda r: label(r.name), width=124),
        Column("left", N_("How late"), text=words.left, tone=words.tone, width=116,
               bold=lambda r: r.state.colour is Colour.OVERDUE and not r.paused, sort=lambda r: r.state.due_at,
               tip=words.until),
        Column("about", N_("Serial or number"), text=lambda r: r.subject.serial or r.subject.number, tabular=True,
               bold=True, width=144, tip=lambda r: r.subject.number),
        Column("number", N_("Number"), text=lambda r: r.subject.number, tabular=True, width=142, hidden=True),
        Column("model", N_("Model"), text=lambda r: r.subject.model, width=104, hidden=True),
        Column("customer", N_("Customer"), text=lambda r: r.subject.customer, grow=True),
        Column("who", N_("Who acts"), text=lambda r: r.subject.person or label(r.subject.role), width=104,
               tip=lambda r: label(r.subject.role)),
        Column("act", N_("What to do"), text=lambda r: label(r.subject.act), width=124),
        Column("since", N_("Running since"), text=words.since, tabular=True, width=104, hidden=True,
               sort=lambda r: r.clock.start),
        Column("target", N_("Target"), text=words.target, width=110, hidden=True),
        Column("until", N_("In time until"), text=words.until, tabular=True, width=104, hidden=True,
               sort=lambda r: r.state.due_at),
        Column("called", N_("Last call"), text=words.call, width=160, tip=words.call, hidden=True),
    )
