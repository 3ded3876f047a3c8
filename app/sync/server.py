"""The only module that talks to the centre: PostgreSQL, or SQLite for trying and for the simulator (spec 4).

Each method is one transaction at the centre, repeated when the server says that two got in each other's way: safe,
because applying is idempotent. A depot's login sees and writes its own rows (row-level security); opening an origin and
sealing head office's history are the centre's own functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.domain.sync import chain
from app.domain.sync.protocol import (
    REVISIONS,
    Answer,
    Applied,
    Batch,
    Held,
    Hello,
    Key,
    Portion,
    Standing,
    Sums,
    TableRows,
)
from app.errors import Refused
from app.persistence import stamped
from app.persistence.held import FOREIGN
from app.persistence.stamped import Shape, Wanted, ask, is_sqlite, tell
from app.sync.centre import open_to
from app.sync.centre_engine import engine_of, translated
from app.sync.staging import Garbled, merge, stage

T = TypeVar("T")

_TRIES = 6
_AGAIN = {"40001", "40P01"}      # serialization failure, deadlock
_NO_TABLE = "42P01"
HEAD_OFFICE = 0
_PORTION = 20_000                # rows fetched at once
_EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Head:
    """How far an origin has come at the centre. ``name``: its depot's."""

    origin: int
    depot_id: str
    seq: int
    chain: str
    name: str


@dataclass(frozen=True, slots=True)
class Lying:
    """What the centre has of a content: how many bytes, and what their digest is."""

    size: int
    digest: str


class Centre:
    """The centre at ``target``: a PostgreSQL URL, or the path of an SQLite centre."""

    #: Taken apart one by one by the simulator, to see that it notices.
    checks_chain = True
    checks_digest = True

    def __init__(self, target: str, *, password: str = "", engine: Engine | None = None) -> None:
        self._engine = engine or engine_of(target, password)

    def close(self) -> None:
        """Hang up."""
        self._engine.dispose()

    # -- push --------------------------------------------------------------------------------------------------

    def hello(self, hello: Hello) -> Answer:
        """How the depot's history stands to the centre's.

        Refused: ``sync.centre-old``, ``sync.program-old``, ``sync.unknown-depot``, ``sync.not-a-centre``.
        """
        try:
            return self._write(lambda link: _hello(link, hello))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != _NO_TABLE:
                raise
            raise Refused("sync.not-a-centre", place=self._engine.url.render_as_string()) from error

    def apply(self, batch: Batch) -> Applied:
        """Write a batch, if it extends the depot's open chain and arrived whole; all of it or nothing."""
        try:
            return self._write(lambda link: self._apply(link, batch))
        except Garbled:
            return Applied.CORRUPT

    def _apply(self, link: Connection, batch: Batch) -> Applied:
        lock = "" if is_sqlite(link) else " FOR UPDATE"
        found = ask(
            link, "SELECT head_no, head_seq, head_chain, open, depot_id FROM centre_origins WHERE origin = ?" + lock,
            (batch.origin,),
        )
        if self.checks_chain:
            if not found or not found[0][3] or found[0][4] != batch.depot_id:
                return Applied.STALE
            if tuple(found[0][:3]) != (batch.no - 1, batch.after, batch.previous):
                return Applied.STALE
            if chain.link(
                batch.previous, batch.no, batch.after, batch.upto, batch.count, batch.digest
            ) != batch.chain:
                return Applied.CORRUPT
        arrived = [stage(link, sent, batch) for sent in batch.tables]
        parts = [(staged.shape.table, staged.count, staged.digest) for staged in arrived]
        if self.checks_digest and (
            sum(staged.count for staged in arrived) != batch.count or chain.digest(parts) != batch.digest
        ):
            raise Garbled
        for staged in arrived:
            merge(link, staged)
        tell(
            link,
            "INSERT INTO centre_batches (origin, no, depot_id, after_seq, to_seq, rows, digest, chain) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (origin, no) DO NOTHING",
            [(batch.origin, batch.no, batch.depot_id, batch.after, batch.upto, batch.count, batch.digest, batch.chain)],
        )
        ask(
            link, "UPDATE centre_origins SET head_no = ?, head_seq = ?, head_chain = ? WHERE origin = ?",
            (batch.no, batch.upto, batch.chain, batch.origin),
        )
        return Applied.OK

    def open_origin(self, depot_id: str, beyond: int) -> int:
        """Close every origin of the depot and open a new one, greater than all and than ``beyond``."""
        def work(link: Connection) -> int:
            if is_sqlite(link):
                return _open_origin(link, depot_id, beyond)
            return int(ask(link, "SELECT centre_open_origin(?)", (beyond,))[0][0])
        return self._write(work)

    def batches(self, depot_id: str) -> list[tuple[int, int, int, str]]:
        """Every batch of the depot in every origin: origin, number, last seq, chain; in that order."""
        return self._read(lambda link: [tuple(row) for row in ask(
            link, "SELECT origin, no, to_seq, chain FROM centre_batches WHERE depot_id = ? ORDER BY origin, no",
            (depot_id,),
        )])

    def report(self, depot_id: str, origin: int, told: str, skew: int, now: datetime | None) -> None:
        """Leave word how the night went, for head office to see. ``now``: when it was good; ``None``: it was not."""
        del depot_id
        seen, at = (", seen_at = ?", (int(now.timestamp() * 1_000_000),)) if now else ("", ())
        self._write(lambda link: ask(
            link, f"UPDATE centre_origins SET last_night = ?, skew = ?{seen} WHERE origin = ? AND open = 1",
            (told, skew, *at, origin),
        ))

    # -- comparing ---------------------------------------------------------------------------------------------

    def sums(self, wanted: Sequence[Wanted]) -> dict[str, Sums]:
        """Table → bucket → sum of the depot's rows, from the centre's own columns."""
        return self._read(lambda link: stamped.sums_of(link, wanted))

    def keys(self, shape: Shape, depot_id: str, buckets: Sequence[str]) -> list[Key]:
        """The depot's rows of some buckets, by id."""
        return self._read(lambda link: list(stamped.keys(link, shape, depot_id, buckets)))

    def rows(self, shape: Shape, depot_id: str, ids: Sequence[str]) -> TableRows:
        """The depot's rows with these ids."""
        return self._read(lambda link: stamped.by_ids(link, shape, depot_id, ids))

    # -- pull --------------------------------------------------------------------------------------------------

    @contextmanager
    def view(self, depot_id: str) -> Iterator[View]:
        """One snapshot of everything ``depot_id`` may see, head office's newest rows included."""
        self._write(_seal)
        with translated(), self._engine.connect() as link:
            if not is_sqlite(link):
                link.execution_options(isolation_level="REPEATABLE READ")
            with link.begin():
                if is_sqlite(link):
                    open_to(link, depot_id)
                yield View(link)

    # -- contents ----------------------------------------------------------------------------------------------

    def contents(self, depot_id: str, digests: Sequence[str]) -> dict[str, Lying]:
        """What the centre has of these contents of the depot; those of which it has nothing are not in the answer."""
        if not digests:
            return {}
        marks = ", ".join("?" * len(digests))
        named = f"FROM centre_contents WHERE depot_id = ? AND sha256 IN ({marks})"

        def work(link: Connection) -> dict[str, Lying]:
            if not is_sqlite(link):
                return {row[0]: Lying(int(row[1]), row[2]) for row in ask(
                    link, "SELECT sha256, sum(size)::bigint, "
                    f"encode(sha256(string_agg(content, ''::bytea ORDER BY at)), 'hex') {named} GROUP BY sha256",
                    (depot_id, *digests),
                )}
            found: dict[str, list[bytes]] = {}
            for sha256, piece in ask(link, f"SELECT sha256, content {named} ORDER BY sha256, at", (depot_id, *digests)):
                found.setdefault(sha256, []).append(bytes(piece))
            return {sha256: _lying(b"".join(pieces)) for sha256, pieces in found.items()}
        return self._read(work)

    def add_content(self, depot_id: str, sha256: str, at: int, piece: bytes) -> None:
        """Add the bytes from ``at`` on; a piece that came already is left as it is."""
        self._write(lambda link: tell(
            link,
            "INSERT INTO centre_contents (depot_id, sha256, at, size, content) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (depot_id, sha256, at) DO NOTHING",
            [(depot_id, sha256, at, len(piece), piece)],
        ))

    def drop_content(self, depot_id: str, sha256: str) -> None:
        """Drop what lies under a digest and is not what the digest says; what is right stays."""
        def work(link: Connection) -> None:
            if not is_sqlite(link):
                ask(link, "SELECT centre_drop_content(?)", (sha256,))
            elif _lying(b"".join(bytes(row[0]) for row in ask(
                link, "SELECT content FROM centre_contents WHERE depot_id = ? AND sha256 = ? ORDER BY at",
                (depot_id, sha256),
            ))).digest != sha256:
                ask(link, "DELETE FROM centre_contents WHERE depot_id = ? AND sha256 = ?", (depot_id, sha256))
        self._write(work)

    def content_piece(self, depot_id: str, sha256: str, at: int) -> bytes:
        """The piece of a content that begins at byte ``at``; empty when none does."""
        found = self._read(lambda link: ask(
            link, "SELECT content FROM centre_contents WHERE depot_id = ? AND sha256 = ? AND at = ?",
            (depot_id, sha256, at),
        ))
        return bytes(found[0][0]) if found else b""

    # -- transactions ------------------------------------------------------------------------------------------

    def _write(self, work: Callable[[Connection], T]) -> T:
        for n in range(_TRIES):
            try:
                with translated(), self._engine.begin() as link:
                    return work(link)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in _AGAIN or n == _TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self._write(work)


class View:
    """A snapshot of the centre, as a depot may see it."""

    def __init__(self, link: Connection) -> None:
        self._link = link

    def heads(self) -> list[Head]:
        """How far every origin has come; head office first."""
        return [Head(*row) for row in ask(
            self._link, "SELECT o.origin, o.depot_id, o.head_seq, o.head_chain, coalesce(d.name, '') "
            "FROM centre_origins o LEFT JOIN told_depots d ON d.code = o.depot_id ORDER BY o.origin"
        )]

    def knows(self, held: Held) -> bool:
        """Whether the centre's history contains the point a depot says it has fetched up to."""
        if held.seq == 0:
            return True
        return bool(ask(
            self._link, "SELECT 1 FROM centre_batches WHERE origin = ? AND to_seq = ? AND chain = ?",
            (held.origin, held.seq, held.chain),
        ))

    def portion(self, head: Head, after: int, shapes: Sequence[Shape], most: int = _PORTION) -> Portion:
        """The next rows of an origin after ``after``: head office's whole, of other depots what concerns visits."""
        upto, chain_value, total = head.seq, head.chain, 0
        for to_seq, value, rows in ask(
            self._link, "SELECT to_seq, chain, rows FROM centre_batches WHERE origin = ? AND to_seq > ? ORDER BY no",
            (head.origin, after),
        ):
            if total and total + rows > most:
                break
            upto, chain_value, total = to_seq, value, total + rows
        wanted = [shape for shape in shapes if shape.delivered] if head.origin == HEAD_OFFICE else list(_told())
        # what rows refer to may have come before its own batch, which an origin that was closed will never send
        last = upto if upto < head.seq else _EVER
        return Portion(
            Held(head.origin, head.depot_id, upto, chain_value),
            tuple(stamped.changed(self._link, shape, head.depot_id, head.origin, after, last) for shape in wanted),
        )

    def sums(self, wanted: Sequence[Wanted]) -> dict[str, Sums]:
        """Table → bucket → sum of what is shown of an owner; the shapes are the centre's."""
        return stamped.sums_of(self._link, wanted)


def told_shape(shape: Shape, told: str) -> Shape:
    """The centre's name for what a depot keeps of the others."""
    return Shape(told, shape.columns)


def _told() -> Iterator[Shape]:
    return (told_shape(shape, told) for shape, told in FOREIGN)


def _hello(link: Connection, hello: Hello) -> Answer:
    ((revision,),) = ask(link, "SELECT version_num FROM alembic_version")
    if hello.schema > revision:
        raise Refused("sync.centre-old", centre=revision, program=hello.schema)
    if int(revision) - int(hello.schema) >= REVISIONS:
        raise Refused("sync.program-old", centre=revision, program=hello.schema)
    if not ask(link, "SELECT 1 FROM centre_depots WHERE code = ?", (hello.depot_id,)):
        raise Refused("sync.unknown-depot", depot=hello.depot_id)
    now = datetime.now(UTC) if is_sqlite(link) else ask(link, "SELECT now()")[0][0]
    skew = int((hello.clock - now).total_seconds())
    known = ask(link, "SELECT 1 FROM centre_batches WHERE depot_id = ? LIMIT 1", (hello.depot_id,))
    found = ask(
        link, "SELECT head_no, head_seq, head_chain, open, depot_id FROM centre_origins WHERE origin = ?",
        (hello.origin,),
    )
    if not found or not found[0][3] or found[0][4] != hello.depot_id:
        no, seq, value = tuple(found[0][:3]) if found else (0, 0, chain.GENESIS)
        return Answer(Standing.FORK, no, seq, value, bool(known), skew)
    no, seq, value = tuple(found[0][:3])
    if (no, value) == (hello.no, hello.chain):
        standing = Standing.EVEN
    elif no > hello.no:
        standing = Standing.AHEAD
    else:
        standing = Standing.BEHIND if no < hello.no else Standing.FORK
    return Answer(standing, no, seq, value, bool(known), skew)


def _lying(whole: bytes) -> Lying:
    return Lying(len(whole), hashlib.sha256(whole).hexdigest())


def _open_origin(link: Connection, depot_id: str, beyond: int) -> int:
    """As the centre's own function on PostgreSQL: the clock only spaces the numbers, their order is by counting."""
    ((last,),) = ask(link, "SELECT coalesce(max(origin), 0) FROM centre_origins")
    origin = max(last, beyond, int(datetime.now(UTC).timestamp() * 1000) << 20) + 1
    ask(link, "UPDATE centre_origins SET open = 0 WHERE depot_id = ?", (depot_id,))
    tell(
        link,
        "INSERT INTO centre_origins (origin, depot_id, open, head_no, head_seq, head_chain) "
        "VALUES (?, ?, 1, 0, 0, ?)",
        [(origin, depot_id, chain.GENESIS)],
    )
    return int(origin)


def _seal(link: Connection) -> None:
    """Close head office's newest rows into a batch, so that what is fetched has a name in the chain."""
    if not is_sqlite(link):
        ask(link, "SELECT centre_seal()")
        return
    ((seq,),) = ask(link, "SELECT seq FROM node")
    ((no, head, value, owner),) = ask(
        link, "SELECT head_no, head_seq, head_chain, depot_id FROM centre_origins WHERE origin = 0"
    )
    if seq <= head:
        return
    ((chance,),) = ask(link, "SELECT hex(randomblob(16))")
    after = chain.link(value, no + 1, head, seq, seq - head, chance)
    tell(
        link,
        "INSERT INTO centre_batches (origin, no, depot_id, after_seq, to_seq, rows, digest, chain) "
        "VALUES (0, ?, ?, ?, ?, ?, ?, ?)",
        [(no + 1, owner, head, seq, seq - head, chance, after)],
    )
    ask(link, "UPDATE centre_origins SET head_no = ?, head_seq = ?, head_chain = ? WHERE origin = 0",
        (no + 1, seq, after))
