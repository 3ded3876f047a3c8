"""The desk: the only one in the window who knows threads.

A page says what to do with the depot and what to do with the answer; the desk does the first in a worker thread and
the second in the window's thread. There is one thread for the database, so that what a person does is done in the
order they did it, and a second one for what takes long (import, print, network), so that neither waits for the other.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from shiboken6 import isValid

from app.changes import Changes
from app.domain.people import Action, may
from app.errors import Cancelled, Refused, Unavailable
from ui import moments
from ui.errands import Errand, Progress, Trouble

if TYPE_CHECKING:
    from app.depot import Depot, Operator

T = TypeVar("T")

__all__ = ["Desk", "Errand", "Progress", "Trouble"]


class _Lane:
    """One worker thread and the depot it opened."""

    def __init__(self, name: str, open_depot: Callable[[], Depot] | None) -> None:
        self._open = open_depot
        self._depot: Depot | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, work: Callable[[], None]) -> None:
        self._executor.submit(work)

    def depot(self) -> Depot:
        """The depot of this thread, opened at the first errand. Called in the thread only."""
        if self._depot is None:
            assert self._open is not None
            self._depot = self._open()
            if self._depot is not None:     # a desk may be for labour that looks at no depot
                moments.follow(self._depot.zone)
        return self._depot

    def needs_depot(self) -> bool:
        """Whether errands here get a depot."""
        return self._open is not None

    def close(self) -> None:
        self._executor.submit(self._close)
        self._executor.shutdown(wait=True)

    def _close(self) -> None:
        if self._depot is not None:
            self._depot.close()
            self._depot = None


class Desk(QObject):
    """Runs what a person asks for, off the window's thread, for the operator who is signed in."""

    changed = Signal(object)            # Changes: what the record is no longer the same about
    troubled = Signal(object)           # Trouble
    operator_changed = Signal()
    idle = Signal()
    busy = Signal(bool)                 # something that is not quiet is under way
    started_long = Signal(str, object, object)  # title, Progress, owner
    ended_long = Signal(object)         # Progress
    _answered = Signal(object, object, object, str)

    def __init__(self, open_depot: Callable[[], Depot], parent: QObject | None = None) -> None:
        """``open_depot`` is called once in each worker thread, when the first operation needs the depot there."""
        super().__init__(parent)
        self._database = _Lane("database", open_depot)
        self._long = _Lane("long", open_depot)
        self._bare = _Lane("bare", None)
        self._operator: Operator | None = None
        self._under_way: set[Errand] = set()
        self._newest: dict[tuple[int, str], Errand] = {}
        self._closed = False
        self._answered.connect(self._deliver)

    # -- who ---------------------------------------------------------------------------------------------------

    @property
    def operator(self) -> Operator | None:
        """Who is signed in at this window."""
        return self._operator

    def sign_in(self, operator: Operator | None) -> None:
        """From now on operations are done as ``operator``; ``None`` = nobody (locked)."""
        if operator != self._operator:
            self._operator = operator
            self.operator_changed.emit()

    def permits(self, action: Action) -> bool:
        """Whether the operator's roles permit ``action`` (the service asks again)."""
        return self._operator is not None and may(self._operator.roles, action)

    # -- what --------------------------------------------------------------------------------------------------

    def run(
        self,
        owner: QObject,
        operation: Callable[[Depot], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], bool] | None = None,
        *,
        quiet: bool = False,
        replace: str = "",
    ) -> Errand:
        """Do ``operation`` in the database thread, then ``then(result)`` here unless ``owner`` is gone.

        ``failed(error)`` may show a failure itself and say so with ``True``. ``replace`` names a question of which
        only the newest answer counts: an older one still waiting is not asked at all.
        """
        key = (id(owner), replace) if replace else None
        errand = self._errand(owner, operation, then, failed, quiet=quiet, key=key, progress=None, title="")
        errand.again = lambda: self._repeat(errand)
        return self._start(errand, self._database)

    def run_long(
        self,
        owner: QObject,
        operation: Callable[[Depot, Progress], T],
        then: Callable[[T], None] | None = None,
        title: str = "",
        failed: Callable[[Exception], bool] | None = None,
    ) -> Progress:
        """Do ``operation(depot, progress)`` in the second thread; with a ``title`` the window shows how it goes."""
        progress = Progress()
        errand = self._errand(
            owner, lambda depot: operation(depot, progress), then, failed,
            quiet=not title, key=None, progress=progress, title=title,
        )
        errand.again = lambda: self._repeat_long(owner, operation, then, title, failed)
        if title:
            self.started_long.emit(title, progress, owner)  # before it begins: no step goes unseen
        self._start(errand, self._long)
        return progress

    def work(
        self,
        owner: QObject,
        labour: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], bool] | None = None,
        *,
        replace: str = "",
    ) -> Errand:
        """Do ``labour()``, which needs no depot (drawing pages, reading files), in a third thread."""
        key = (id(owner), replace) if replace else None
        errand = self._errand(
            owner, lambda _depot: labour(), then, failed, quiet=True, key=key, progress=None, title=""
        )
        errand.again = lambda: self._work_again(owner, labour, then, failed)
        return self._start(errand, self._bare)

    def wait_idle(self, seconds: float = 30) -> None:
        """Let the event loop run until nothing is under way. For tests and for closing."""
        loop = QEventLoop()
        limit = QTimer(loop, interval=int(seconds * 1000), singleShot=True)
        limit.timeout.connect(loop.quit)
        limit.start()
        self.idle.connect(loop.quit)
        while self._under_way and limit.isActive():
            loop.exec()     # what is idle for a moment may have been asked something new before we come back
        if self._under_way:
            raise TimeoutError(f"{len(self._under_way)} operations still under way")

    def close(self) -> None:
        """Finish what is under way, forget the answers, close the depots. The desk is of no use afterwards."""
        if self._closed:
            return
        self._closed = True
        for errand in self._under_way:
            if errand.progress:
                errand.progress.cancel()
        for lane in (self._database, self._long, self._bare):
            lane.close()
        self._under_way.clear()

    # -- how ---------------------------------------------------------------------------------------------------

    def _errand(
        self,
        owner: QObject,
        operation: Callable[[Depot], T],
        then: Callable[[T], None] | None,
        failed: Callable[[Exception], bool] | None,
        *,
        quiet: bool,
        key: tuple[int, str] | None,
        progress: Progress | None,
        title: str,
    ) -> Errand:
        return Errand(
            owner, operation, then, failed,  # type: ignore[arg-type]  # the result of one goes to the other
            quiet, key, progress, title, again=lambda: None,
        )

    def _start(self, errand: Errand, lane: _Lane) -> Errand:
        if self._closed:
            errand.dropped = True
            return errand
        errand.operator = self._operator
        if errand.key:
            older = self._newest.get(errand.key)
            if older:
                older.drop()
            self._newest[errand.key] = errand
        self._under_way.add(errand)
        if not errand.quiet:
            self.busy.emit(True)
        lane.submit(lambda: self._work(errand, lane))
        return errand

    def _work(self, errand: Errand, lane: _Lane) -> None:
        """In the worker thread. Whatever happens, one answer goes back: a lost one would leave the window waiting."""
        result: object = None
        error: Exception | None = None
        report = ""
        try:
            if not errand.dropped:
                result = errand.operation(self._depot_for(errand, lane))
        except (Refused, Unavailable, Cancelled) as known:
            error = known
        except Exception as bug:  # noqa: BLE001  the window shows it with its report
            error = bug
            report = traceback.format_exc()
        if error is not None:
            error.__traceback__ = None  # a traceback keeps the worker's frames, and all they hold, alive
        self._answered.emit(errand, result, error, report)

    def _depot_for(self, errand: Errand, lane: _Lane) -> Depot:
        if not lane.needs_depot():
            return cast("Depot", None)      # labour does not look at it
        depot = lane.depot()
        return depot.as_operator(errand.operator) if errand.operator else depot

    def _deliver(self, errand: Errand, result: object, error: Exception | None, report: str) -> None:
        """In the window's thread."""
        if errand.key and self._newest.get(errand.key) is errand:
            del self._newest[errand.key]
        self._under_way.discard(errand)     # first: the answer's own code may wait for what it asks in turn
        try:
            if error is None:
                self._succeeded(errand, result)
            elif not isinstance(error, Cancelled):
                self._failed(errand, error, report)
        finally:
            self._done(errand)

    def _succeeded(self, errand: Errand, result: object) -> None:
        changes = getattr(result, "changes", Changes.NOTHING)
        if changes:
            self.changed.emit(changes)
        if errand.then and not errand.dropped and isValid(errand.owner):
            errand.then(result)

    def _failed(self, errand: Errand, error: Exception, report: str) -> None:
        if errand.dropped and isinstance(error, Refused | Unavailable):
            return
        alive = isValid(errand.owner)
        if errand.failed and alive and errand.failed(error):
            return
        # The asker may be gone; that something did not happen must be told all the same.
        self.troubled.emit(Trouble(errand.owner if alive else None, error, report, errand.again, errand.quiet))

    def _done(self, errand: Errand) -> None:
        if errand.title:
            self.ended_long.emit(errand.progress)
        if not any(not other.quiet for other in self._under_way):
            self.busy.emit(False)
        if not self._under_way:
            self.idle.emit()

    def _repeat(self, errand: Errand) -> None:
        if isValid(errand.owner):
            self.run(
                errand.owner, errand.operation, errand.then, errand.failed,
                quiet=errand.quiet, replace=errand.key[1] if errand.key else "",
            )

    def _repeat_long(
        self,
        owner: QObject,
        operation: Callable[[Depot, Progress], T],
        then: Callable[[T], None] | None,
        title: str,
        failed: Callable[[Exception], bool] | None,
    ) -> None:
        if isValid(owner):
            self.run_long(owner, operation, then, title, failed)

    def _work_again(
        self,
        owner: QObject,
        labour: Callable[[], T],
        then: Callable[[T], None] | None,
        failed: Callable[[Exception], bool] | None,
    ) -> None:
        if isValid(owner):
            self.work(owner, labour, then, failed)
