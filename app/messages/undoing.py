"""Sentences about taking something back."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "undo.unknown": N_("There is nothing to undo under this entry. Reload the history and choose again."),
    "undo.already": N_("{number} was undone already. Nothing is left to do."),
    "undo.is-an-undo": N_("An undo cannot be undone. Do the step again instead."),
    "undo.not-possible": N_("This step cannot be undone. Correct it with the opposite step, so that both stay visible."),
    "undo.moved-since": N_(
        "{number} cannot be undone: the unit has moved since. Take the later steps back first, the newest first."),
    "undo.worked-since": N_(
        '{number} cannot be undone: the case is now at "{stage}". Take the later steps back first, the newest first.'),
    "undo.changed-since": N_(
        "{number} cannot be undone: it was changed again since. Undo the later change first."),
    "undo.signed-custody": N_(
        "Handover {number} bears two signatures. Give the units back by a handover in the other direction."),
    "undo.inspection": N_(
        "An inspection is never changed ({number}). Inspect again: the new run counts, the old one stays visible."),
    "undo.mark": N_("A QA mark is never changed ({number}). Give a new mark that replaces it, with the reason."),
    "undo.referred": N_("{number} awaits its ruling. A supervisor can rule that it goes back to the bench."),
}
