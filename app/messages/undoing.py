"""Sentences about what can no longer be taken back."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "undo.unknown": N_("This entry is not in the journal. Reload the list."),
    "undo.already": N_("This was already undone ({number}). Nothing is left to do."),
    "undo.not-undoable": N_(
        "This entry ({number}) cannot be undone. Correct it by the step that follows it, so that both stay visible."),
    "undo.others": N_("{name} did this. Ask {name} or a supervisor to undo it."),
    "undo.moved-on": N_(
        "Work on {number} has gone on since. Undo the later steps first, the newest before the others."),
    "undo.signed-custody": N_(
        "Handover {number} bears two signatures. Give the units back by a handover in the other direction."),
    "undo.withdrawn": N_("The offer {number} was withdrawn. Make a new offer."),
    "undo.inspection": N_(
        "An inspection is never changed ({number}). Inspect again: the new run counts, the old one stays visible."),
    "undo.mark": N_("A QA mark is never changed ({number}). Give a new mark that replaces it, with the reason."),
    "undo.referred": N_("{number} awaits its ruling. A supervisor can rule that it goes back to the bench."),
}
