"""Sentences of papers."""

from app.i18n import N_

SENTENCES = {
    "slips.unknown": N_("There is no paper with the number “{value}” in this depot; check the number."),
    "slips.not-this-form": N_("{number} is not the number of a “{form}”; choose the form that was issued under it."),
}
