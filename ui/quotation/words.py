"""How far a quotation is, as a sentence: for the bench and whoever looks at the case."""

from __future__ import annotations

from datetime import date

from app.domain.quotation import Quotation, QuotationState
from app.i18n import _
from ui.tones import Tone


def quoted_words(quotation: Quotation, today: date) -> tuple[str, Tone]:
    """What the customer was asked and said, and how urgent that is."""
    state = quotation.state_on(today)
    facts = {
        "number": quotation.number, "total": quotation.total, "name": quotation.consent_name,
        "until": quotation.valid_until or "",
    }
    if state is QuotationState.SENT:
        words, tone = _("{number} over {total} is awaiting the customer, until {until} at the latest."), Tone.INFO
    elif state is QuotationState.EXPIRED:
        words, tone = _("{number} over {total} has expired on {until} without an answer: quote anew."), Tone.WARN
    elif state is QuotationState.ACCEPTED:
        words, tone = _("{name} agreed to {number} over {total}."), Tone.OK
    elif state is QuotationState.DECLINED:
        words, tone = _("{name} declined {number} over {total}."), Tone.BAD
        if quotation.reason:
            words = _("{name} declined {number} over {total}: {reason}")
    else:
        words, tone = _("{number} over {total} is drafted and not sent yet."), Tone.INFO
    return words.format(**facts, reason=quotation.reason), tone
