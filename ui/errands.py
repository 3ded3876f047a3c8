"""What the desk carries: an operation on its way, how far a long one has come, what became of a failed one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled

if TYPE_CHECKING:
    from app.depot import Depot, Operator

#: How often the window hears how far a long operation has come, at most.
TELL_SECONDS = 0.04


class Progress(QObject):
    """How far a long operation has come. Its thread calls :meth:`step`; the window listens and may cancel."""

    stepped = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()
        self._told = float("-inf")
        self.keeps = False       # set by work whose finished part stays when it is stopped

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Report ``done`` of ``total`` (0 = unknown). Raises ``Cancelled`` when the person asked to stop.

        The window is told at most once in ``TELL_SECONDS``, and always of the last step: work that counts faster
        than a person sees would otherwise leave the window thousands of events that outlive who listened.
        """
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if done == total or now - self._told >= TELL_SECONDS:
            self._told = now
            self.stepped.emit(done, total, text)

    def cancel(self) -> None:
        """Ask the operation to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._cancelled.is_set()


@dataclass(eq=False, slots=True)
class Errand:
    """One operation on its way: who asked, what to do with the answer."""

    owner: QObject
    operation: Callable[[Depot], object]
    then: Callable[[object], None] | None
    failed: Callable[[Exception], bool] | None
    quiet: bool
    key: tuple[int, str] | None
    progress: Progress | None
    title: str
    again: Callable[[], None]
    operator: Operator | None = None
    dropped: bool = False

    def drop(self) -> None:
        """Forget the answer; if the work has not begun, it will not be done."""
        self.dropped = True
        if self.progress:
            self.progress.cancel()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An operation that failed and that its asker did not show: for the window to show."""

    owner: QObject | None
    error: Exception
    report: str                     # the traceback, for a bug
    again: Callable[[], None]
    quiet: bool
