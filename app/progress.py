"""How far long work has come, and whether to go on: handed down from the window or the command to the work."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who watches long work."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """``done`` of ``total`` (0: not known yet). Raises :class:`app.errors.Cancelled` to stop the work."""


class Unwatched:
    """Nobody watches and nobody stops the work."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Go on."""


UNWATCHED = Unwatched()
