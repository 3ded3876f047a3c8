"""The depot's side of a push: where its history stands, the batches it made, what the centre has of them (spec 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from sqlalchemy import Connection

from app.domain.sync import chain
from app.domain.sync.protocol import BATCH_BYTES, BATCH_ROWS, Batch
from app.domain.sync.rows import seq_of
from app.persistence.batch_tables import Sent, of_range, up_to, with_what_they_refer_to
from app.persistence.stamped import Shape, ask, stamps_after, tell
from app.persistence.tables.base import Moment
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Here:
    """This database: whose, which history, how far it has come."""

    depot_id: str
    origin: int
    seq: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the chain: the batch, the last seq in it, its chain value."""

    no: int
    seq: int
    chain: str


BEGINNING = Mark(0, 0, chain.GENESIS)


def here(link: Connection) -> Here:
    """Where this database's history stands."""
    ((depot_id, origin, seq),) = ask(link, "SELECT depot_id, origin, seq FROM node")
    return Here(depot_id, origin, seq)


def acknowledged(link: Connection, origin: int) -> Mark:
    """The last batch the centre said it has."""
    found = ask(
        link,
        "SELECT no, to_seq, chain FROM out_batches WHERE origin = ? AND acknowledged = 1 ORDER BY no DESC LIMIT 1",
        (origin,),
    )
    return Mark(*found[0]) if found else BEGINNING


def follows(link: Connection, origin: int, mark: Mark, chain_value: str) -> Mark | None:
    """The batch of ours with this chain value, if it is the one made ready right after ``mark``.

    A centre that was restored twice may have come back with a batch of ours that followed on another one.
    """
    found = ask(
        link, "SELECT no, after_seq, to_seq, rows, digest FROM out_batches WHERE origin = ? AND chain = ?",
        (origin, chain_value),
    )
    for no, after, upto, rows, content in found:
        if chain.link(mark.chain, no, after, upto, rows, content) == chain_value and no == mark.no + 1:
            return Mark(no, upto, chain_value)
    return None


def passed(link: Connection, origin: int, chain_value: str) -> Mark | None:
    """The batch with this chain value, if it is a part of what was acknowledged."""
    found = ask(
        link, "SELECT no, to_seq, chain FROM out_batches WHERE origin = ? AND chain = ? AND acknowledged = 1",
        (origin, chain_value),
    )
    return Mark(*found[0]) if found else None


def chains(link: Connection) -> set[str]:
    """The chain values of every batch ever made here, and of those met at the centre when histories were joined."""
    return {row[0] for row in ask(link, "SELECT chain FROM out_batches")}


def met(link: Connection, seen: Sequence[tuple[int, int, int, str]]) -> None:
    """Write down how far the centre's histories of this depot had come when ours was joined to them."""
    tell(
        link,
        "INSERT INTO out_batches (origin, no, chain, after_seq, to_seq, rows, digest, acknowledged, prepared_at) "
        "VALUES (?, ?, ?, ?, ?, 0, '', 1, 0) ON CONFLICT (origin, no, chain) DO NOTHING",
        [(origin, no, value, seq, seq) for origin, no, seq, value in seen],
    )


def lost(link: Connection, there: Collection[str]) -> bool:
    """Whether the centre lacks a batch it said it had, given the chain values it has: then it was restored."""
    known = {row[0] for row in ask(link, "SELECT chain FROM out_batches WHERE acknowledged = 1")}
    gone = known.difference(there)
    tell(link, "UPDATE out_batches SET acknowledged = 0 WHERE chain = ?", [(value,) for value in gone])
    return bool(gone)


def next_batch(
    link: Connection, shapes: Sequence[Shape], at: Here, mark: Mark, most_rows: int = BATCH_ROWS,
    most_bytes: int = BATCH_BYTES,
) -> Batch | None:
    """The batch after ``mark`` as one snapshot has it; ``None`` when there is nothing to send."""
    if at.seq <= mark.seq:
        return None
    seqs = {shape: stamps_after(link, shape, at.depot_id, at.origin, mark.seq, most_rows + 1) for shape in shapes}
    first = list(islice(merge(*seqs.values()), most_rows + 1))
    upto = first[most_rows - 1] if len(first) > most_rows else at.seq
    wanted = [shape for shape, of_it in seqs.items() if of_it and of_it[0] <= upto]
    tables = [of_range(link, shape, (at.depot_id, at.origin, mark.seq, upto)) for shape in wanted]
    if sum(sum(map(len, texts)) for _sent, texts in tables) > most_bytes:
        upto = _cut([texts for _sent, texts in tables], most_bytes)
        tables = [up_to(upto, *table) for table in tables]
    if upto < at.seq:
        tables = with_what_they_refer_to(link, shapes, (at.depot_id, at.origin, mark.seq, upto), tables)
    return _batch(at, mark, upto, tables)


def _batch(at: Here, mark: Mark, upto: int, tables: Sequence[Sent]) -> Batch:
    parts = [(sent.table, len(texts), chain.table_digest(texts)) for sent, texts in tables]
    count = sum(n for _table, n, _digest in parts)
    content = chain.digest(parts)
    return Batch(
        at.depot_id, at.origin, mark.no + 1, mark.seq, upto, count, content, mark.chain,
        chain.link(mark.chain, mark.no + 1, mark.seq, upto, count, content),
        tuple(sent for sent, texts in tables if texts),
    )


def _cut(tables: Sequence[Sequence[str]], most_bytes: int) -> int:
    """The last seq with which a batch stays small; at least the first row goes."""
    sizes = sorted((seq_of(text), len(text)) for texts in tables for text in texts)
    total, last = 0, sizes[0][0]
    for seq, size in sizes:
        total += size
        if total > most_bytes:
            break
        last = seq
    return last


def keep(tx: Tx, batch: Batch) -> None:
    """Write down that ``batch`` is about to be sent: before anything is sent."""
    tell(
        tx.connection,
        "INSERT INTO out_batches (origin, no, chain, after_seq, to_seq, rows, digest, acknowledged, prepared_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (origin, no, chain) DO NOTHING",
        [(batch.origin, batch.no, batch.chain, batch.after, batch.upto, batch.count, batch.digest,
          Moment().process_bind_param(tx.at, tx.connection.dialect))],
    )


def acknowledge(tx: Tx, origin: int, chain_value: str) -> None:
    """The centre has this batch."""
    ask(
        tx.connection, "UPDATE out_batches SET acknowledged = 1 WHERE origin = ? AND chain = ?", (origin, chain_value)
    )


def unacknowledge(tx: Tx, origin: int, after: int) -> None:
    """The centre has lost what came after batch ``after``."""
    ask(tx.connection, "UPDATE out_batches SET acknowledged = 0 WHERE origin = ? AND no > ?", (origin, after))


def rename(tx: Tx, origin: int, seq: int) -> None:
    """This database goes on as ``origin``, with ``seq`` stamps given so far."""
    ask(tx.connection, "UPDATE node SET origin = ?, seq = ?", (origin, seq))
