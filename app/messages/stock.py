"""Sentences about places of parts, their stock, re-inspection, and loans to staff."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "stock.quantity": N_("{value} pieces are not possible. Type 1 to {most}."),
    "stock.level": N_("A level of {value} pieces is not possible. Type 0 to {most}; 0 means it is not watched."),
    "stock.place-unknown": N_('The place "{value}" is not on record. Choose one of the list.'),
    "stock.place-off": N_('"{name}" is inactive: nothing is put there. Choose another place, or reactivate it.'),
    "stock.place-name-missing": N_("The name of the place is missing. Type what people call it."),
    "stock.place-name-long": N_("The name of the place is longer than {most} characters. Put the rest into the note."),
    "stock.place-name-taken": N_('There is a place "{value}" already. Choose another name.'),
    "stock.place-not-empty": N_('"{name}" still holds {value} pieces. Move them elsewhere first.'),
    "stock.place-holder": N_('The person "{value}" is not on record. Choose one of the list.'),
    "stock.same-place": N_('Both places are "{place}". Choose where the pieces go.'),
    "stock.reason-missing": N_("The reason is missing. Write in a few words why the pieces are written off."),
    "stock.certificate-missing": N_("The number of the certificate is missing. Type it as it stands on the paper."),
    "stock.certificate-taken": N_("The certificate {value} was entered before. Check its number."),
}
