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
        "{number} cannot be undone: the case is now at “{stage}”. Take the later steps back first, the newest first."),
    "undo.changed-since": N_(
        "{number} cannot be undone: it was changed again since. Undo the later change first."),
}
