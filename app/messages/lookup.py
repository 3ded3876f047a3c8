"""Sentences of looking up units, and the titles of what can have happened to one."""

from app.i18n import N_

SENTENCES = {
    "lookup.unknown-unit": N_("There is no such unit in this depot any more; look again."),
}
