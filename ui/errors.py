"""How failures are shown: each kind in its own way, once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.errors import Refused, Unavailable
from app.i18n import _
from app.messages import sentence
from ui.background import Desk, Trouble
from ui.tones import Tone

if TYPE_CHECKING:
    from ui.main_window import MainWindow

log = logging.getLogger(__name__)


class Troubles(QObject):
    """Shows what the desk could not do. A bug is shown once per traceback, however often it happens."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._reported: set[str] = set()
        desk.troubled.connect(self.show_trouble)

    def show_trouble(self, trouble: Trouble) -> None:
        """Refused: at the field or as a toast. Unavailable: a banner with a way to try again. Else: a bug."""
        error = trouble.error
        if isinstance(error, Refused):
            if not _shown_by_owner(trouble.owner, error):
                self._window.toast(sentence(error), Tone.BAD)
        elif isinstance(error, Unavailable):
            self._window.banner(
                f"unavailable.{error.code}", sentence(error), Tone.BAD, (_("Try again"), lambda: self._again(trouble))
            )
        else:
            self.show_bug(trouble.report or repr(error))

    def show_bug(self, report: str) -> None:
        """The crash dialogue for ``report``, unless it was shown before."""
        log.error("a bug:\n%s", report)
        if report in self._reported:
            return
        self._reported.add(report)
        from ui.dialogs.crash import CrashDialog

        CrashDialog(self._window, report, self._desk).open()

    def _again(self, trouble: Trouble) -> None:
        assert isinstance(trouble.error, Unavailable)
        self._window.drop_banner(f"unavailable.{trouble.error.code}")
        trouble.again()


def _shown_by_owner(owner: QObject | None, refusal: Refused) -> bool:
    """Let the owner show it, or whatever it stands in: a dialogue, a page."""
    while owner is not None:
        show = getattr(owner, "show_refusal", None)
        if show is not None and show(refusal):
            return True
        owner = owner.parent() if not isinstance(owner, QWidget) or not owner.isWindow() else None
    return False
