"""Keeps the database safe while people work: copies when they are due, a word when the disk fills up.

Once a minute it asks; it never holds a long timer. A database on a server is not its business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.config import BACKUP_SECOND, desk
from app.depot import SYSTEM
from app.domain.backups import CopyKind
from app.errors import Refused, Unavailable
from app.i18n import _
from app.messages import sentence
from app.services import backup, keeping, verifying
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from app.services.backup import BackedUp
    from ui.main_window import MainWindow

MINUTE = 60_000
#: Between these hours of the depot's day the nightly copy is made.
NIGHT = range(1, 5)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is to be done now."""

    target: str
    due: CopyKind | None
    free: int | None
    now: datetime


class Keeper(QObject):
    """Belongs to the window; ends with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._under_way = False
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask whether something is due."""
        if not self._under_way:
            self._under_way = True
            self._window.desk.run(self, _look, self._looked, self._failed, quiet=True)

    def _looked(self, found: _Look | None) -> None:
        self._under_way = False
        if found is None:
            self._timer.stop()
            return
        if found.free is None:
            self._window.drop_banner("disk")
        else:
            self._window.banner("disk", _(
                "Only {n} MB are left on the disk of the database. Free some space: when it is full, nothing more can "
                "be written.").format(n=f"{found.free // 1_000_000:,}"), Tone.WARN)
        if found.due is not None:
            self._copy(found, found.due)

    def _copy(self, found: _Look, kind: CopyKind) -> None:
        self._under_way = True
        second = desk()[BACKUP_SECOND]
        self._window.desk.work(
            self, lambda: backup.back_up(found.target, found.now, kind, second=second), self._copied, self._failed)

    def _copied(self, done: BackedUp) -> None:
        self._under_way = False
        self._window.drop_banner("backup")
        if done.second_failed is not None:
            self._say(done.second_failed)
        self._window.desk.changed.emit(done.changes)

    def _failed(self, error: Exception) -> bool:
        self._under_way = False
        if isinstance(error, Refused | Unavailable):
            self._say(error)
            return True
        return False

    def _say(self, failure: Refused | Unavailable) -> None:
        self._window.banner("backup", sentence(failure), Tone.WARN,
                            (_("Open the copies"), lambda: self._window.open("settings", "backup")))


def _look(depot: Depot) -> _Look | None:
    """In the database thread: what is due; a nightly copy is made of sealed ledgers."""
    if depot.database.path is None:
        return None
    target = str(depot.database.path)
    now = depot.clock()
    keeping.opened(target)      # before anything is written: a restore that was killed may have closed the file
    due = backup.due(target, now, at_night=now.astimezone(depot.zone).hour in NIGHT)
    if due is CopyKind.NIGHTLY:
        verifying.seal(depot.as_operator(SYSTEM))
    return _Look(target, due, backup.scarce(target), now)
