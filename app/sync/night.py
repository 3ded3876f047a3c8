"""One night as its steps see it: who, with whom, how much so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.depot import Depot
from app.domain.sync.protocol import BATCH_BYTES, BATCH_ROWS
from app.errors import Cancelled
from app.persistence import stamped
from app.persistence.migrate import HEAD
from app.persistence.stamped import Shape
from app.progress import UNWATCHED, Progress
from app.sync.lease import Lease
from app.sync.server import Centre


@dataclass
class Tally:
    """What the night has done so far."""

    batches: int = 0
    sent: int = 0
    fetched: int = 0
    verified: int = 0
    forks: int = 0
    joined: bool = False
    restored_centre: bool = False
    conflicts: int = 0
    taken_back: int = 0
    sent_again: int = 0
    fetched_again: list[str] = field(default_factory=list)
    contents: int = 0
    content_bytes: int = 0
    contents_left: int = 0
    contents_back: int = 0
    back_bytes: int = 0
    contents_missing: int = 0
    skew: int = 0
    alerts: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


@dataclass
class Night:
    """A running night. ``budget``: rows compared beyond those that were touched, in rotation."""

    depot: Depot
    centre: Centre
    progress: Progress = UNWATCHED
    cancelled: Callable[[], bool] = lambda: False
    lease: Lease | None = None
    shapes: Sequence[Shape] = field(default_factory=stamped.shapes)
    revision: str = HEAD
    most_rows: int = BATCH_ROWS
    most_bytes: int = BATCH_BYTES
    budget: int = 20_000
    content_budget: int = 50_000_000
    fetch_budget: int = 50_000_000
    tally: Tally = field(default_factory=Tally)

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say how far the night has come; stop here if somebody asked for it. Whatever was committed stays."""
        if self.cancelled():
            raise Cancelled
        if self.lease is not None:
            self.lease.renew()
        self.progress.step(done, total, text)

    def alert(self, kind: str, **facts: Any) -> None:
        """Something a person should know after the night."""
        self.tally.alerts.append((kind, facts))

    def shape(self, table: str) -> Shape:
        """The shape of a table."""
        return next(shape for shape in self.shapes if shape.table == table)


class Parted(Exception):
    """Depot and centre have parted: the depot must go on as a new origin."""
