"""Sentences of head office's view of all depots."""

from app.i18n import N_

SENTENCES = {
    "network.head-office-only": N_("The cases of all depots are seen at head office only; {depot} sees its own in the register."),
    "whereabouts.nothing-asked": N_("No serial was given. Scan the nameplate or type the serial, then press Enter."),
}
