"""What the warranty terms as typed would mean for a unit: each way to begin, worked out for one day."""

from __future__ import annotations

from datetime import date

from app.domain.warranty_entries import Entry, Proof, ProofShown, Started, StartEvent, WarrantyTerms
from app.domain.warranty_fold import fold
from app.i18n import _
from app.messages import say


def examples(terms: WarrantyTerms, day: date) -> list[str]:
    """The terms for a unit whose events were all on ``day``: as usual, with the start unknown, without proof."""
    found = [_("As usual: {steps}").format(steps=_steps(terms, Started("1", day, terms.start)))]
    if terms.fallback is not terms.start:
        found.append(_("Start unknown: {steps}").format(steps=_steps(terms, Started("1", day, terms.fallback))))
    if terms.start in {StartEvent.SALE, StartEvent.ACCEPTANCE}:
        shown = ProofShown("3", day, Proof.NONE)
        events = [Started(str(n), day, event) for n, event in enumerate(dict.fromkeys((terms.start, terms.fallback)))]
        found.append(_("Without proof: {steps}").format(steps=_steps(terms, *events, shown)))
    return found


def _steps(terms: WarrantyTerms, *entries: Entry) -> str:
    return _(", then ").join(say(line.code, line.facts) for line in fold(terms, entries).trace)
