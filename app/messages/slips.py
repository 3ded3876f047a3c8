"""Sentences of papers."""

from app.i18n import N_

SENTENCES = {
    "slips.unknown": N_('There is no paper with the number "{value}" in this depot; check the number.'),
    "slips.not-this-form": N_('{number} is not the number of a "{form}"; choose the form that was issued under it.'),
    "slips.unknown-form": N_('There is no form "{value}"; there are {known}.'),
    "slips.unknown-zone": N_('"{value}" is no zone; say pending, repaired, spare or scrap, then a colon and the period.'),
    "slips.period": N_('"{value}" is no period; write a month as 2026-11, or two days as 2026-11-01..2026-11-15.'),
    "slips.not-written": N_("The paper could not be written to {place}: {reason}. Check folder, rights and space."),
}
