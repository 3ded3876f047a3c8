"""The columns of the handover page's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.handover import Candidate, HandoverHead, ReceiptKind
from app.i18n import N_, _, _n
from app.labels import label
from ui import moments
from ui.models import Column
from ui.naming import product
from ui.tones import Tone
from ui.widgets import case_due


def candidate_columns(today: Callable[[], date]) -> tuple[Column[Candidate], ...]:
    """What can go; ``today()`` tells how late it is."""
    return (
        Column("serial", N_("Serial number"), text=lambda c: c.serial, width=130, bold=True, tabular=True),
        Column("product", N_("Product"), text=lambda c: product(c.model, c.product_zh, c.product_en), width=170,
               grow=True),
        Column("customer", N_("Customer"), text=lambda c: c.customer, width=110),
        Column("due", N_("Due"), text=lambda c: case_due(c, today())[0], tone=lambda c: case_due(c, today())[1],
               sort=lambda c: c.due_on or date.max, width=92, tip=lambda c: str(c.due_on or "")),
        Column("plan", N_("Plan"), text=lambda c: c.plan_number, width=140, tabular=True, hidden=True),
        Column("traveller", N_("Traveller"), text=_traveller, width=150, tabular=True, hidden=True,
               tone=lambda c: None if c.traveller_place is c.place else Tone.BAD),
        Column("case", N_("Case"), text=lambda c: c.case_number, width=150, tabular=True, hidden=True),
        Column("offered", N_("Offered in"), text=lambda c: c.offered_in, tone=lambda _c: Tone.MUTE, width=140,
               tabular=True),
    )


def _traveller(candidate: Candidate) -> str:
    if candidate.traveller_place is candidate.place:
        return candidate.traveller_number
    where = label(candidate.traveller_place) if candidate.traveller_place else _("missing")
    return _("{traveller}: {place}").format(traveller=candidate.traveller_number, place=where)


HEAD_COLUMNS: tuple[Column[HandoverHead], ...] = (
    Column("number", N_("Handover"), text=lambda h: h.number, width=158, bold=True, tabular=True),
    Column("way", N_("From → to"), text=lambda h: f"{label(h.from_place)} → {label(h.to_place)}", width=200, grow=True),
    Column("units", N_("Units"), text=lambda h: str(h.units), sort=lambda h: h.units, align="right", width=64),
    Column("giver", N_("Given by"), text=lambda h: h.giver_name, width=90, hidden=True),
    Column("at", N_("At"), text=lambda h: moments.short(h.at), sort=lambda h: h.at, width=96,
           tabular=True, tip=lambda h: moments.minute(h.at)),
)

ENDED_COLUMNS: tuple[Column[HandoverHead], ...] = (
    *HEAD_COLUMNS,
    Column("receiver", N_("Received by"), text=lambda h: h.receiver_name, width=100),
    Column("ended", N_("State"), text=lambda h: _state(h)[0], tone=lambda h: _state(h)[1], chip=True, width=150),
)


def _state(head: HandoverHead) -> tuple[str, Tone]:
    if head.ended is None:
        return _("waits"), Tone.WARN
    if head.ended is ReceiptKind.WITHDRAWN:
        return label(head.ended), Tone.MUTE
    if head.refused:
        return _n("{n} refused", "{n} refused", head.refused).format(n=head.refused), Tone.BAD
    return label(head.ended), Tone.OK
