"""What the desk carries: an operation on its way, how far a long one has come, what became of a failed one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled

if TYPE_CHECKING:
    from app.depot import Depot, Operator


class Progress(QObject):
    """How far a long operation has come. Its thread calls :meth:`step`; the window listens and may cancel."""

    stepped = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Report ``done`` of ``total`` (0 = unknown). Raises ``Cancelled`` when the person asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
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
