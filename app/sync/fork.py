"""Going on as a new origin: the one remedy when two histories have parted (spec 4, "Push").

A restored backup, a cloned computer, a machine turned back, an origin the centre does not know, rows that differ: the
centre opens a new origin first (from then on nobody else can write this depot), then the two sides are compared by
key, and what the centre lacks is stamped anew, what it has newer is taken back, what both changed goes to the inbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from app.domain.sync.protocol import Key, Sums
from app.domain.sync.reconciling import Fate, Version, fate
from app.persistence import batches, parting, sendings, stamped
from app.persistence import held as notes
from app.persistence.batches import Here
from app.persistence.stamped import Shape
from app.persistence.transaction import Tx
from app.sync.night import Night
from app.sync.verify import WHOLE, different

Row = tuple[Any, ...]


@dataclass
class Found:
    """What is to be decided of one table: the ids on which the sides differ, and the centre's rows of them.

    ``later``: rows written here since, of which the centre was asked too; those it has are among ``theirs``.
    """

    shape: Shape
    ids: set[str] = field(default_factory=set)
    theirs: dict[str, Row] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)


def fork(night: Night) -> None:
    """Get a new origin from the centre and bring both sides together under it."""
    night.step("fork")
    with night.depot.read() as tx:
        at = batches.here(tx.connection)
        ours = batches.chains(tx.connection)
    origin = night.centre.open_origin(at.depot_id, at.origin)
    theirs = night.centre.batches(at.depot_id)
    common = {known: seq for known, _no, seq, chain in theirs if chain in ours}     # the last of each origin stays
    if not theirs and _join(night, at, origin):
        return
    with night.depot.read() as tx:
        seen = batches.here(tx.connection)
        sums = night.centre.sums([(shape, at.depot_id, WHOLE) for shape in night.shapes])
        found = [_compare(night, tx.connection, shape, at.depot_id, sums[shape.table]) for shape in night.shapes]
    night.step("fork")
    with _still(night, found, seen) as tx:
        now = batches.here(tx.connection)
        if now.origin != at.origin:
            return                       # another desk was faster
        parted = parting.Parting(tx, night.shapes, origin, at.origin)
        for each in found:
            _decide(tx, parted, each, at.depot_id, common)
        parted.finish()
        batches.met(tx.connection, list({origin: row for row in theirs for origin in row[:1]}.values()))
        notes.forget(tx, "verified")
        if batches.lost(tx.connection, {row[3] for row in theirs}):
            sendings.unsent(tx)
    tally = night.tally
    tally.forks += 1
    tally.conflicts += parted.conflicts
    tally.taken_back += parted.taken
    tally.sent_again += parted.sent


def _join(night: Night, at: Here, origin: int) -> bool:
    """The first meeting: the centre has nothing of this depot, the whole history goes on under the new number."""
    with night.depot.write() as tx:
        now = batches.here(tx.connection)
        if now.origin != at.origin:
            return True
        if any(stamped.other_origins(tx.connection, shape, at.depot_id, at.origin) for shape in night.shapes):
            return False
        for shape in night.shapes:
            stamped.move_origin(tx.connection, shape, at.depot_id, at.origin, origin)
        if batches.lost(tx.connection, ()):
            sendings.unsent(tx)              # another centre, or one that begins anew
        batches.rename(tx, origin, now.seq)
    night.tally.joined = True
    return True


def _compare(night: Night, link: Connection, shape: Shape, depot_id: str, theirs: Sums) -> Found:
    """Where depot and centre differ in one table: by buckets, then by keys."""
    mine = stamped.sums(link, shape, depot_id)
    buckets = different(mine, theirs)
    found = Found(shape)
    if not buckets:
        return found
    ours = {key.id: key for key in stamped.keys(link, shape, depot_id, buckets)}
    centre: dict[str, Key] = {}
    if any(bucket in theirs for bucket in buckets):
        centre = {key.id: key for key in night.centre.keys(shape, depot_id, buckets)}
    found.ids = {
        row_id for row_id in {*ours, *centre}
        if row_id not in ours or row_id not in centre or ours[row_id] != centre[row_id]
    }
    wanted = sorted(row_id for row_id in found.ids if row_id in centre)
    if wanted:
        at_id = shape.columns.index("id")
        found.theirs = {row[at_id]: row for row in night.centre.rows(shape, depot_id, wanted).rows}
    return found


@contextmanager
def _still(night: Night, found: Sequence[Found], seen: Here) -> Iterator[Tx]:
    """A writing transaction over rows of all of which the centre was asked. People go on working meanwhile, and nobody
    waits for the line: the centre is asked outside of it, again where something was written since."""
    while True:
        with night.depot.read() as tx:
            asked = batches.here(tx.connection)
            later = [_later(tx.connection, each, seen) for each in found] if asked.origin == seen.origin else []
        for each, ids in zip(found, later, strict=False):
            _ask(night, each, ids, seen.depot_id)
        with night.depot.write() as tx:
            now = batches.here(tx.connection)
            if now == asked or now.origin != seen.origin:
                yield tx
                return


def _later(link: Connection, found: Found, seen: Here) -> set[str]:
    """Ids of rows written here since the sides were compared, of which the centre was not asked yet."""
    at_id = found.shape.columns.index("id")
    rows = stamped.changed(link, found.shape, seen.depot_id, seen.origin, seen.seq, _EVER).rows
    return {row[at_id] for row in rows} - found.ids - found.later


def _ask(night: Night, found: Found, ids: set[str], depot_id: str) -> None:
    if ids:
        at_id = found.shape.columns.index("id")
        found.theirs |= {row[at_id]: row for row in night.centre.rows(found.shape, depot_id, sorted(ids)).rows}
        found.later |= ids


def _decide(tx: Tx, parted: parting.Parting, found: Found, depot_id: str, common: Mapping[int, int]) -> None:
    """What becomes of each row: those that differ, and those written since the two were compared."""
    shape = found.shape
    at_id = shape.columns.index("id")
    ids = sorted(found.ids | found.later)
    mine = {row[at_id]: row for row in stamped.by_ids(tx.connection, shape, depot_id, ids).rows}
    for row_id in ids:
        ours, theirs = mine.get(row_id), found.theirs.get(row_id)
        verdict = fate(_version(shape, ours), _version(shape, theirs), common)
        if verdict is Fate.SEND:
            assert ours is not None
            parted.send(shape, ours, theirs)
        elif verdict is not None:
            assert theirs is not None
            parted.take(shape, theirs, ours, verdict)


_EVER = 1 << 62


def _version(shape: Shape, row: Row | None) -> Version | None:
    return None if row is None else Version(row[-2], row[-1], stamped.content_number(shape, row))
