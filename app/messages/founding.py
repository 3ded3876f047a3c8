"""Sentences of the first start."""

from app.i18n import N_

SENTENCES = {
    "founding.name-missing": N_("The depot has no name yet: type the name that stands on its papers."),
    "founding.time-zone": N_('"{value}" is no time zone: choose one from the list, e.g. Asia/Shanghai.'),
    "founding.passwords-differ": N_("The two passwords differ. Type the same twice."),
    "founding.place-missing": N_("No place is named. Type a file or the address of a server."),
    "founding.exists": N_("There is a depot in {place} already: open it, or choose another place."),
}
