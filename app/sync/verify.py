"""After every exchange: are the rows the same on both sides? By count and sum of every bucket (spec 4).

Compared are the buckets in which something was written since the last time, and beyond them so many rows in rotation:
the cost of a night does not grow with its history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.sync.protocol import BUCKET, Sums
from app.domain.sync.rows import EMPTY
from app.persistence import held as notes
from app.persistence import stamped
from app.persistence.batches import Here
from app.persistence.stamped import Shape
from app.sync.night import Night

Ranges = Sequence[tuple[str, str | None]]
WHOLE: Ranges = (("", None),)
_VERIFIED, _CURSOR = "verified", "cursor"


@dataclass(frozen=True, slots=True)
class Difference:
    """The buckets of a table whose rows are not the same."""

    shape: Shape
    buckets: tuple[str, ...]


def verify(night: Night, link: Connection, at: Here) -> list[Difference]:
    """Compare the depot's rows in the snapshot ``link`` with the centre's; remembers how far it came."""
    since = _since(link, at)
    turn = rotation(night, link, at.depot_id)
    wanted: list[stamped.Wanted] = []
    for shape in night.shapes:
        ranges = joined([
            *(bucket_range(b) for b in stamped.touched(link, shape, at.depot_id, at.origin, since)),
            *turn.ranges.get(shape.table, ()),
        ])
        if ranges:
            wanted.append((shape, at.depot_id, ranges))
    night.step("verify")
    theirs = night.centre.sums(wanted)
    mine = stamped.sums_of(link, wanted)
    night.tally.verified += sum(value.count for sums in mine.values() for value in sums.values())
    found = [
        Difference(shape, buckets) for shape, _depot, _ranges in wanted
        if (buckets := different(mine[shape.table], theirs[shape.table]))
    ]
    if not found:
        with night.depot.write() as tx:
            notes.remember(tx, (_VERIFIED, f"{at.origin}:{at.seq}"), (_CURSOR, json.dumps(turn.cursor)))
    return found


def different(mine: Sums, theirs: Sums) -> tuple[str, ...]:
    """The buckets whose sums differ."""
    return tuple(sorted(
        bucket for bucket in {*mine, *theirs} if mine.get(bucket, EMPTY) != theirs.get(bucket, EMPTY)
    ))


def bucket_range(bucket: str) -> tuple[str, str | None]:
    """The ids of a bucket: from, up to but not including."""
    return bucket, stamped.after(bucket) or None


def joined(ranges: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Ranges that overlap or touch as one."""
    done: list[tuple[str, str | None]] = []
    for low, high in sorted(ranges, key=lambda r: r[0]):
        if done and (done[-1][1] is None or low <= done[-1][1]):
            before = done[-1]
            end = None if before[1] is None or high is None else max(before[1], high)
            done[-1] = (before[0], end)
        else:
            done.append((low, high))
    return done


def _since(link: Connection, at: Here) -> int:
    """Everything written after this seq has not been compared yet."""
    origin, _colon, seq = notes.note(link, _VERIFIED).partition(":")
    return int(seq) if origin == str(at.origin) else 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What is compared in rotation this time, and where the next time begins: table and id."""

    ranges: Mapping[str, list[tuple[str, str | None]]]
    cursor: tuple[str, str]


def rotation(night: Night, link: Connection, depot_id: str, *, note: str = _CURSOR) -> Turn:
    """So many rows from where the last night stopped, table after table, round and round."""
    names = [shape.table for shape in night.shapes]
    table, low = tuple(json.loads(notes.note(link, note) or '["", ""]'))
    at = names.index(table) if table in names else 0
    low = low if table in names else ""
    left, ranges = night.budget, {}
    for _n in range(len(names)):
        shape = night.shapes[at]
        high = _end(link, shape, depot_id, low, left)
        ranges[shape.table] = [(low, high)]
        if high is not None:
            return Turn(ranges, (shape.table, high))
        left -= stamped.count_from(link, shape, depot_id, low, left)
        at, low = (at + 1) % len(names), ""
        if left <= 0:
            break
    return Turn(ranges, (names[at], ""))


def _end(link: Connection, shape: Shape, depot_id: str, low: str, left: int) -> str | None:
    """Where ``left`` rows after ``low`` end, at the edge of a bucket; ``None``: the table ends before."""
    last = stamped.id_at(link, shape, depot_id, low, left)
    if last is None:
        return None
    edge = last[:BUCKET]
    return edge if edge > low else stamped.after(edge) or None

