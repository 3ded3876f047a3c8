"""Runs the night when it is due, and says at the foot of the window how things stand with the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.changes import Changes
from app.errors import Refused, Unavailable
from app.i18n import _, _n
from app.messages import sentence
from app.services import network, recovery
from app.services import night as nights
from app.sync import credentials
from ui import moments
from ui.sync.running import run_night
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from app.services.recovery import Recovery
    from app.sync.run import NightReport
    from ui.main_window import MainWindow

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class _Look:
    """How things stand."""

    joined: bool
    due: bool
    verified: datetime | None
    waiting: int
    recovery: Recovery | None = None
    office: bool = False
    unreadable: Unavailable | None = None       # the note of a restore; it must not keep the night from running


class NightWatch(QObject):
    """Belongs to the window; ends with it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._under_way = False
        window.desk.changed.connect(self._changed)
        self._timer = QTimer(self, interval=MINUTE)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask whether a night is due."""
        if not self._under_way:
            self._window.desk.run(self, _look, self._looked, self._not_looked, quiet=True, replace="night")

    def _changed(self, changes: Changes) -> None:
        if changes & Changes.SYNC and changes is not Changes.EVERYTHING:
            self.look()

    def _not_looked(self, error: Exception) -> bool:
        """At the foot of the window, not as a question each minute; a bug is shown once, as any."""
        if isinstance(error, Refused | Unavailable):
            self._window.status.show_sync(sentence(error), Tone.BAD)
            return True
        return False

    def _looked(self, found: _Look) -> None:
        if found.unreadable is not None:
            self._window.banner("recovery", sentence(found.unreadable), Tone.WARN)
        if found.recovery is not None:
            from ui.sync.recovered import say_recovery

            say_recovery(self._window, self._window, self._window.desk, found.recovery)
        status = self._window.status
        if found.office:
            status.show_sync(_n("Head office, {n} to look at", "Head office, {n} to look at", found.waiting)
                             .format(n=found.waiting) if found.waiting else _("Head office"), Tone.OK)
            return
        if not found.joined:
            status.show_sync(_("Not connected to head office"))
            return
        when = f"{moments.here(found.verified):%m-%d %H:%M}" if found.verified else "–"
        if found.waiting:
            status.show_sync(_n("Verified {when}, {n} to look at", "Verified {when}, {n} to look at", found.waiting)
                             .format(when=when, n=found.waiting), Tone.WARN)
        elif found.verified is None:
            status.show_sync(_("Not synced with head office yet"), Tone.WARN)
        else:
            status.show_sync(_("Verified {when}").format(when=when), Tone.OK)
        if found.due and not self._under_way:
            self._under_way = True
            self._window.desk.run_long(
                self, lambda depot, progress: run_night(depot, progress, "schedule"), self._ran, "", self._failed)

    def _ran(self, _report: NightReport) -> None:
        self._under_way = False
        self.look()

    def _failed(self, error: Exception) -> bool:
        self._under_way = False
        if isinstance(error, Refused | Unavailable):
            self._window.status.show_sync(sentence(error), Tone.WARN if error.code == "sync.running" else Tone.BAD)
            return True
        return False


def _look(depot: Depot) -> _Look:
    waiting = len(nights.conflicts(depot)) + len(nights.alerts(depot))
    if network.is_head_office(depot):
        return _Look(True, False, None, waiting, office=True)
    restored, unreadable = None, None
    try:
        restored = recovery.standing(depot)
    except Unavailable as error:
        unreadable = error
    if not credentials.address(depot):
        return _Look(False, False, None, 0, restored, unreadable=unreadable)
    tries = nights.nights(depot, 30)
    good = next((n.started_at for n in tries if n.outcome == "VERIFIED"), None)
    return _Look(True, nights.is_due(depot), good, waiting, restored, unreadable=unreadable)
