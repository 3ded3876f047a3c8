"""Small words that several lists of master data share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot

LANGUAGES: tuple[tuple[str, str], ...] = (("zh_CN", N_("Chinese")), ("en", N_("English")))


#: Said of a row that head office delivered.
BY_CENTRE = N_("From head office: it is changed there and comes with the next sync.")


def state(*, active: bool, proposed: bool, merged: bool = False) -> tuple[str, Tone]:
    """The word and tone of a row's state."""
    if merged:
        return N_("merged"), Tone.MUTE
    if not active:
        return N_("inactive"), Tone.MUTE
    return (N_("proposal"), Tone.WARN) if proposed else (N_("active"), Tone.OK)


def allow(owner: QWidget, step: str, **allowed: bool) -> None:
    """Let the actions ``<step>.<name>`` of ``owner`` be pressed or not."""
    for act in owner.actions():
        name = act.objectName().removeprefix(f"{step}.").replace("-", "_")
        if name in allowed:
            act.setEnabled(allowed[name])


def taken_back(entry_id: str) -> Callable[[Depot], object]:
    """The operation that undoes ``entry_id``: for toasts."""

    def undo(depot: Depot) -> object:
        from app.services import undoing

        return undoing.undo(depot, entry_id)

    return undo
