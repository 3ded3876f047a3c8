"""What depot and centre say to each other, as frozen records (spec 4, "Push" and "Pull")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.sync.rows import Sum

#: A batch holds at most so many rows, and so many bytes.
BATCH_ROWS = 10_000
BATCH_BYTES = 8_000_000
#: Rows are compared in buckets: all whose id begins with the same characters. Of a time-ordered id that is three days.
BUCKET = 5
#: The centre takes its own schema revision and the two before it.
REVISIONS = 3


class Standing(StrEnum):
    """How a depot's history stands to what the centre has of it."""

    EVEN = "EVEN"
    AHEAD = "AHEAD"              # the centre has more than the depot counts as acknowledged
    BEHIND = "BEHIND"            # the centre has less: it was restored
    FORK = "FORK"                # the two have parted, or the centre does not know this history


@dataclass(frozen=True, slots=True)
class Hello:
    """The depot's first word. ``no`` and ``chain``: of the last acknowledged batch. ``clock``: the depot's."""

    depot_id: str
    origin: int
    no: int
    chain: str
    schema: str
    clock: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """The centre's. ``no``, ``seq``, ``chain``: its head of this origin. ``known``: it has rows of this depot.

    ``skew``: seconds by which the depot's clock is ahead. Said, never used for ordering.
    """

    standing: Standing
    no: int
    seq: int
    chain: str
    known: bool
    skew: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows of one table: raw values in the order of ``columns`` (which end in origin and seq)."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class TableTexts:
    """Rows of one table, each as its canonical text (:func:`app.domain.sync.rows.canonical`), which can be taken apart.

    The engine makes that text for the digest anyhow; as it is, it goes to the centre as a line of COPY.
    """

    table: str
    columns: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """One link of the chain with its rows: stamps ``after`` < seq ≤ ``upto`` of ``origin``.

    A table is sent as texts; as raw values where a value holds one of the signs that join the texts.
    """

    depot_id: str
    origin: int
    no: int
    after: int
    upto: int
    count: int
    digest: str
    previous: str
    chain: str
    tables: tuple[TableRows | TableTexts, ...]


class Applied(StrEnum):
    """What became of a batch at the centre."""

    OK = "OK"
    STALE = "STALE"              # it does not extend the open chain; nothing was written
    CORRUPT = "CORRUPT"          # what arrived is not what was sent; nothing was written


@dataclass(frozen=True, slots=True)
class Held:
    """How far an origin of somebody else's was fetched."""

    origin: int
    depot_id: str
    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Rows of one origin up to ``held``; everything up to there came with them or before."""

    held: Held
    tables: tuple[TableRows, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A row by its id: stamp and number."""

    id: str
    origin: int
    seq: int
    number: int


#: Bucket → sum.
Sums = Mapping[str, Sum]
