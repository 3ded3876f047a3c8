"""Sentences about the depot's settings and its calendar."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "settings.not-a-choice": N_('{name}: "{value}" cannot be chosen. Choose one from the list.'),
    "settings.too-long": N_("{name}: the text is longer than {most} characters. Shorten it."),
    "settings.logo-kind": N_("The logo is neither a PNG nor a JPEG picture. Save it as PNG and choose it again."),
    "settings.logo-large": N_("The logo is larger than {most} kB and would slow down every paper. Make it smaller."),
    "settings.centre-address": N_("Address of head office: give it as postgresql://LOGIN@SERVER/DATABASE, as head office told it."),
    "settings.centre-password": N_('Address of head office: leave the password out of it, it would lie in the records and copies. Enter it on the page "Nightly sync".'),
    "settings.changed-meanwhile": N_(
        "The settings were changed by {by} at {at}, since you opened them. Nothing you typed is lost: compare and choose."),
    "settings.nothing-changed": N_("Nothing was changed, so there is nothing to save."),
    "workdays.day-taken": N_('{day} is in the list already, as "{kind}". Remove that entry first.'),
    "workdays.says-nothing": N_('{day} is "{kind}" anyway. Only days that differ need an entry.'),
    "workdays.gone": N_("This entry is no longer in the list. Reload it."),
}
