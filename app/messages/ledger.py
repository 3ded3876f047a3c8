"""Sentences about the ledgers of the zones."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "ledger.period": N_("The period ends ({end}) before it begins ({start}). Choose a later last day."),
}
