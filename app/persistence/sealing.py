"""Seals: the ledgers in the order of their stamps, hashed once and for ever (spec 4; journal, moves, marks alike).

The journal is chained entry by entry; the other ledgers are sealed in stretches, before each night and with each
nightly copy. A seal travels with the night as every row does, so that whoever changes a row and its seal here is
found by the centre.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Table, func, select

from app.persistence.tables import metadata, seals
from app.persistence.tables.base import canonical_json
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal; see the table."""

    id: str
    generation: int
    no: int
    of_origin: int
    after_seq: int
    to_seq: int
    rows: int
    digest: str
    chain: str
    marks: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is not as it was sealed, by seal ``seal_no``; ``row_id`` empty: no single one can be named."""

    seal_no: int
    table: str
    row_id: str
    seq: int


#: So many rows are sealed in one transaction: nobody at a counter waits for the rest of ten years.
AT_ONCE = 20_000


def seal(tx: Tx) -> int:
    """Seal what was written since the last seal, :data:`AT_ONCE`; returns how many rows. Nothing new: no seal."""
    ((generation, newest),) = tx.ask("SELECT origin, seq FROM node")
    done = tx.all(
        select(*columns_of(Seal, seals)).where(seals.c.depot_id == tx.depot_id, seals.c.generation == generation)
        .order_by(seals.c.no), Seal,
    )
    sealed_to = {row.of_origin: row.to_seq for row in done}
    head, no = (done[-1].chain, done[-1].no) if done else ("", 0)
    total = 0
    for origin in _origins(tx):
        after = sealed_to.get(origin, 0)
        digest, marks, rows, last = _hashed(tx, origin, after, None, AT_ONCE - total)
        if not rows:
            continue
        no += 1
        made = {"generation": generation, "no": no, "of_origin": origin, "after_seq": after, "to_seq": last,
                "rows": rows, "digest": digest}
        head = _link(head, made)
        tx.insert(seals, {**made, "chain": head, "marks": marks, "at": tx.at})
        total += rows
        if total >= AT_ONCE:
            break
    assert newest >= 0
    return total


def broken(tx: Tx, watch: Callable[[int, int], None] = lambda _done, _total: None) -> list[Broken]:
    """What is not as it was sealed, oldest seal first. ``watch(done, total)`` is told of each seal looked at."""
    ((generation,),) = tx.ask("SELECT origin FROM node")
    done = tx.all(
        select(*columns_of(Seal, seals)).where(seals.c.depot_id == tx.depot_id, seals.c.generation == generation)
        .order_by(seals.c.no), Seal,
    )
    found: list[Broken] = []
    head = ""
    for n, row in enumerate(done):
        watch(n, len(done))
        made = {"generation": row.generation, "no": n + 1, "of_origin": row.of_origin, "after_seq": row.after_seq,
                "to_seq": row.to_seq, "rows": row.rows, "digest": row.digest}
        head = _link(head, made)
        if head != row.chain:
            found.append(Broken(row.no, "seals", row.id, row.to_seq))
            head = row.chain
        digest, marks, rows, _last = _hashed(tx, row.of_origin, row.after_seq, row.to_seq)
        if (digest, rows) != (row.digest, row.rows):
            found.append(_first_difference(tx, row, marks))
    return found


def _first_difference(tx: Tx, row: Seal, marks: str) -> Broken:
    """Which row of a stretch differs first: where a mark does."""
    kept, seen = base64.b64decode(row.marks), base64.b64decode(marks)
    stretch = enumerate(_rows(tx, row.of_origin, row.after_seq, row.to_seq))
    for n, (seq, table, row_id, _text) in stretch:
        if kept[4 * n:4 * n + 4] != seen[4 * n:4 * n + 4]:
            return Broken(row.no, table, row_id, seq)
    return Broken(row.no, "", "", row.to_seq)


def _link(head: str, made: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json([head, *(made[name] for name in sorted(made))]).encode()).hexdigest()


def _hashed(
    tx: Tx, origin: int, after: int, to: int | None, most: int | None = None
) -> tuple[str, str, int, int]:
    """Digest, marks, number of rows and last stamp of a stretch; of its first ``most`` rows."""
    whole, marks, rows, last = hashlib.sha256(), bytearray(), 0, after
    for seq, table, _id, text in islice(_rows(tx, origin, after, to, most), most):
        line = f"{table}\x1f{text}\n".encode()
        whole.update(line)
        marks += hashlib.sha256(line).digest()[:4]
        rows += 1
        last = seq
    return whole.hexdigest(), base64.b64encode(bytes(marks)).decode(), rows, last


def _rows(
    tx: Tx, origin: int, after: int, to: int | None, most: int | None = None
) -> Iterator[tuple[int, str, str, str]]:
    """The sealed rows of a stretch in the order of their stamps: stamp, table, id, canonical text.

    ``most``: of each table no more are read than can be wanted.
    """
    return heapq.merge(*(_rows_of(tx, table, origin, after, to, most) for table in _ledgers()))


def _rows_of(
    tx: Tx, table: Table, origin: int, after: int, to: int | None, most: int | None
) -> Iterator[tuple[int, str, str, str]]:
    names = [column.name for column in table.columns]
    at_seq, at_id = names.index("seq"), names.index("id")
    listed = ", ".join(f'"{name}"' for name in names)
    until = "" if to is None else " AND seq <= ?"
    limit = "" if most is None else f" LIMIT {most}"
    sql = f'SELECT {listed} FROM {table.name} WHERE origin = ? AND seq > ?{until} AND depot_id = ? ORDER BY seq{limit}'
    values = (origin, after, tx.depot_id) if to is None else (origin, after, to, tx.depot_id)
    for row in tx.each(sql, values):
        plain = [value.hex() if isinstance(value, bytes | memoryview) else value for value in row]
        yield row[at_seq], table.name, row[at_id], canonical_json(plain)


def _origins(tx: Tx) -> list[int]:
    """The origins under which rows of this depot's ledgers were written, oldest first."""
    found: set[int] = set()
    for table in _ledgers():
        last = -1
        # from one to the next: "distinct" would read the whole index each night
        while row := tx.ask(
            f"SELECT origin FROM {table.name} WHERE origin > ? AND depot_id = ? ORDER BY origin LIMIT 1",
            (last, tx.depot_id),
        ):
            last = row[0][0]
            found.add(last)
    return sorted(found)


def _ledgers() -> list[Table]:
    """The append-only tables but for the seals themselves, which are chained."""
    return [t for t in metadata.sorted_tables if t.info["stamped"] and t.info["append_only"] and t is not seals]


def is_sealed(tx: Tx) -> bool:
    """Whether there is a seal since the last fork; the rows bear other stamps than under the seals before it."""
    ((generation,),) = tx.ask("SELECT origin FROM node")
    return tx.scalar(
        select(seals.c.id).where(seals.c.depot_id == tx.depot_id, seals.c.generation == generation).limit(1)
    ) is not None


def sealed_rows(tx: Tx) -> int:
    """How many rows stand under a seal."""
    ((generation,),) = tx.ask("SELECT origin FROM node")
    return int(tx.scalar(
        select(func.coalesce(func.sum(seals.c.rows), 0))
        .where(seals.c.depot_id == tx.depot_id, seals.c.generation == generation)
    ))
