"""What the three lists of the quotations page show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.money import Money
from app.domain.quotation import QuotationState, QuoteRow
from app.i18n import N_
from app.labels import label
from ui.models import Column
from ui.tones import Tone

_TONES = {
    QuotationState.DRAFT: Tone.MUTE, QuotationState.SENT: Tone.ACCENT, QuotationState.ACCEPTED: Tone.OK,
    QuotationState.DECLINED: Tone.BAD, QuotationState.EXPIRED: Tone.WARN, QuotationState.SUPERSEDED: Tone.MUTE,
    QuotationState.WITHDRAWN: Tone.MUTE,
}


def tone_of(state: QuotationState | None) -> Tone | None:
    """How a state is coloured."""
    return _TONES[state] if state else None


def quote_columns(today: Callable[[], date]) -> tuple[Column[QuoteRow], ...]:
    """The columns; ``today`` decides what has expired."""

    def state(row: QuoteRow) -> str:
        shown = row.shown_state(today())
        return label(shown) if shown else ""

    return (
        Column("serial", N_("Serial number"), text=lambda r: r.serial, width=124, bold=True, tabular=True),
        Column("state", N_("State"), text=state, tone=lambda r: tone_of(r.shown_state(today())), chip=True, width=112),
        Column("model", N_("Model"), text=lambda r: r.model, width=90, hidden=True),
        Column("customer", N_("Customer"), text=lambda r: r.customer, width=110, grow=True),
        Column("total", N_("Total"), text=lambda r: str(Money(r.total_fen)) if r.quotation_id else "", width=110,
               tabular=True),
        Column("until", N_("Valid until"), text=lambda r: r.valid_until.isoformat() if r.valid_until else "",
               width=100, tabular=True),
        Column("number", N_("Quotation"), text=lambda r: r.number, width=140, tabular=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True, hidden=True),
        Column("stage", N_("Stage"), text=lambda r: label(r.stage), width=120, hidden=True),
        Column("by", N_("Answered by"), text=lambda r: r.consent_name, width=100, hidden=True),
    )
