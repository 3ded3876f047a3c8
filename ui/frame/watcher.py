"""Sees what another desk, or a command, changed in the same database: the pages look again by themselves.

Every change moves the one stamp of the database (spec 4); asking for it every few seconds is enough, and works on
every engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from app.services import status

if TYPE_CHECKING:
    from ui.main_window import MainWindow

EVERY_MS = 3_000


class Watcher(QObject):
    """Belongs to the window; ends with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._seen: int | None = None
        self._own = False           # this window changed something since the last look, and has told its pages
        self._asking = False
        window.desk.changed.connect(self._changed)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask for the stamp, unless nobody sees the window or the last answer is still out."""
        if not self._asking and self._window.isVisible():
            self._asking = True
            self._window.desk.run(self, status.stamp, self._looked, self._failed, quiet=True)

    def _changed(self, changes: Changes) -> None:
        self._own = self._own or bool(changes & ~Changes.DRAFTS)

    def _looked(self, stamp: int) -> None:
        self._asking = False
        another = self._seen is not None and stamp != self._seen and not self._own
        self._seen, self._own = stamp, False
        if another:
            self._window.desk.changed.emit(Changes.EVERYTHING & ~Changes.DRAFTS)
            self._own = False

    def _failed(self, _error: Exception) -> bool:
        """The server is away: whoever wants something of it will be told; this asks again in a while."""
        self._asking = False
        return True
