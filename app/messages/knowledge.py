"""Sentences about what the depot knows of faults."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "knowledge.title-missing": N_('The note "{value}…" has no heading. Say in a few words what it helps against.'),
    "knowledge.body-missing": N_('The note "{value}" says nothing. Write what to look at, or take the line out.'),
    "knowledge.too-long": N_('The note "{value}" is too long; at most {longest} characters. Divide it.'),
    "knowledge.changed-meanwhile": N_(
        "The notes on {name} were changed by {by} at {at}, since you opened them. Nothing you typed is lost: compare "
        "and choose."),
    "knowledge.written-again": N_("The notes were written again since. Change them on the products page instead."),
}
