"""The columns of the four lists of signed papers."""

from __future__ import annotations

from app.domain.filing import FilingReason, ScannedPage
from app.domain.slips import FormId
from app.i18n import N_
from app.labels import label
from app.services.signed_papers import Awaited, FiledLine
from ui import moments
from ui.models import Column
from ui.tones import Tone
from ui.widgets.ages import due


def inbox() -> tuple[Column[ScannedPage], ...]:
    """Pages that wait."""
    return (
        Column("why", N_("Why it was not filed"), text=lambda p: label(p.reason) if p.reason else "", chip=True,
               width=190, tone=lambda p: Tone.BAD if p.reason is FilingReason.UNREADABLE else Tone.WARN),
        Column("number", N_("Seems to be"), text=lambda p: p.number, tabular=True, width=150),
        Column("source", N_("Scan"), text=lambda p: f"{p.source} · {p.source_page}", grow=True),
        Column("came", N_("Came in"), text=lambda p: moments.short(p.arrived_at), tabular=True, width=96),
    )


def awaited() -> tuple[Column[Awaited], ...]:
    """Papers that are not back."""
    return (
        Column("due", N_("Expected back"), text=lambda a: due(a.days_left)[0], tone=lambda a: due(a.days_left)[1],
               bold=lambda a: a.days_left < 0, sort=lambda a: a.due_on, tip=lambda a: a.due_on.isoformat(), width=110),
        Column("form", N_("Paper"), text=lambda a: label(FormId(a.row.form)), width=150),
        Column("number", N_("Number"), text=lambda a: a.row.number, tabular=True, bold=True, width=150),
        Column("customer", N_("Customer"), text=lambda a: a.row.customer, grow=True),
        Column("who", N_("Contact"), text=lambda a: " ".join(p for p in (a.row.contact, a.row.phone) if p), width=170),
        Column("serial", N_("Serial number"), text=lambda a: a.row.serial, tabular=True, width=130),
        Column("case", N_("Case"), text=lambda a: a.row.case_number, tabular=True, width=150, hidden=True),
        Column("gone", N_("Given out on"), text=lambda a: a.gone_on.isoformat(), tabular=True, width=104),
    )


def to_key() -> tuple[Column[FiledLine], ...]:
    """Sheets to key, beside their picture: few columns."""
    return (
        Column("number", N_("Number"), text=lambda f: f.row.number, tabular=True, bold=True, width=148),
        Column("customer", N_("Customer"), text=lambda f: f.row.customer, grow=True),
        Column("serial", N_("Serial number"), text=lambda f: f.row.serial, tabular=True, width=120, hidden=True),
        Column("at", N_("Filed"), text=lambda f: moments.short(f.row.filed_at), tabular=True, width=96, hidden=True),
    )


def filed() -> tuple[Column[FiledLine], ...]:
    """Pages on file, and those to key."""
    return (
        Column("number", N_("Number"), text=lambda f: f.row.number, tabular=True, bold=True, width=150),
        Column("page", N_("Page"), text=lambda f: str(f.row.page), sort=lambda f: f.row.page, align="right", width=60),
        Column("form", N_("Paper"), text=lambda f: label(FormId(f.row.form)), width=140),
        Column("step", N_("Waits for"), text=lambda f: label(f.step) if f.step else "", width=170,
               tone=lambda f: Tone.WARN if f.step else None),
        Column("customer", N_("Customer"), text=lambda f: f.row.customer, width=140),
        Column("serial", N_("Serial number"), text=lambda f: f.row.serial, tabular=True, width=120),
        Column("at", N_("Filed"), text=lambda f: moments.short(f.row.filed_at), tabular=True, width=96),
        Column("source", N_("Scan"), text=lambda f: f.row.source, hidden=True),
    )
