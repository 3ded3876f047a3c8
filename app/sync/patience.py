"""A connection that does not wait for ever: it can be stopped while it waits, and gives a silent server up.

Keep-alives notice a line that is cut; a line that is held open while nobody answers, only who waits notices.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg

from app.errors import Cancelled

#: Seconds without a byte: longer than any statement may take at the centre (``app.sync.registry``).
SILENCE = 660.0
_stopped: ContextVar[Callable[[], bool] | None] = ContextVar("stopped", default=None)


@contextmanager
def stopped_by(cancelled: Callable[[], bool]) -> Iterator[None]:
    """Within this, whoever waits for the centre asks ``cancelled`` ten times a second."""
    before = _stopped.set(cancelled)
    try:
        yield
    finally:
        _stopped.reset(before)


class Patient(psycopg.Connection[Any]):
    """A connection to the centre. Given up, it is closed; what it was at is rolled back by the server."""

    silence = SILENCE

    def wait(self, gen: Any, *given: Any, **more: Any) -> Any:
        """As the driver's."""
        return super().wait(self._watched(gen), *given, **more)

    def rollback(self) -> None:
        """As the driver's; of a connection that was given up there is nothing left to roll back."""
        if not self.closed:
            super().rollback()

    def _watched(self, gen: Any) -> Any:
        heard, asked = time.monotonic(), _stopped.get()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif asked is not None and asked():
                    self.pgconn.finish()
                    raise Cancelled
                elif time.monotonic() - heard > self.silence:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer for {self.silence:.0f} seconds")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
