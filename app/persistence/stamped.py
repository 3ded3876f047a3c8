"""Stamped rows as they travel: raw values read, written and summed by the table's name, alike on both engines.

The same statements serve a depot's database and the centre's. What travels is derived from the schema: every table
whose ``info["stamped"]`` is set, with its columns in their order, origin and seq last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, Table, UniqueConstraint

from app.domain.sync.protocol import BUCKET, Key, Sums, TableRows
from app.domain.sync.rows import EMPTY, Sum, added, canonical, row_number, summed
from app.persistence.tables import metadata

_FETCHED = 5_000
_NAMED = 500                     # values in one IN list
_AT_ONCE = 200                   # questions in one


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it travels. ``columns``: depot_id, id, …, origin, seq. ``hexed``: those that hold bytes.

    ``unique``: the sets of columns that may not repeat, beside the key. ``delivered``: head office's rows of it go
    to every depot. ``optional``: the columns that may be without a value. ``refers``: the columns that hold the id of a
    row of the same depot, each with its table.
    """

    table: str
    columns: tuple[str, ...]
    hexed: frozenset[str] = frozenset()
    unique: tuple[tuple[str, ...], ...] = ()
    append_only: bool = False
    delivered: bool = False
    optional: frozenset[str] = frozenset()
    refers: tuple[tuple[str, str], ...] = ()


@cache
def shapes() -> tuple[Shape, ...]:
    """Every table that travels, those referred to before those that refer."""
    return shapes_of(metadata)


def shapes_of(schema: MetaData) -> tuple[Shape, ...]:
    """As :func:`shapes`, of a schema."""
    return tuple(_shape(table) for table in schema.sorted_tables if table.info.get("stamped"))


def _shape(table: Table) -> Shape:
    names = [column.name for column in table.columns if column.name not in {"origin", "seq"}]
    unique = [
        tuple(column.name for column in constraint.columns) for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ] + [tuple(column.name for column in index.columns) for index in table.indexes if index.unique]
    return Shape(
        table.name, (*names, "origin", "seq"),
        frozenset(column.name for column in table.columns if isinstance(column.type, LargeBinary)),
        tuple(sorted(unique)), bool(table.info.get("append_only")), bool(table.info.get("delivered")),
        frozenset(column.name for column in table.columns if column.nullable),
        tuple(sorted(
            (key.elements[1].parent.name, key.referred_table.name) for key in table.foreign_key_constraints
            if [element.column.name for element in key.elements] == ["depot_id", "id"]
            and key.elements[0].parent.name == "depot_id"
        )),
    )


# -- speaking to either engine -------------------------------------------------------------------------------------


def ask(link: Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The rows of a ready text; ``?`` marks where ``values`` go. SQLite is spoken to directly, as in ``Tx.ask``."""
    driver = link.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute(sql, values).fetchall()
    done = link.exec_driver_sql(_percent(sql), tuple(values))
    if not done.returns_rows:
        return []
    assert done.cursor is not None
    rows = list(done.cursor.fetchall())     # bare tuples, all at once: a night fetches many
    done.close()
    return rows


def tell(link: Connection, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a ready text once for each of ``rows``."""
    many = [tuple(row) for row in rows]
    driver = link.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        if many:
            driver.executemany(sql, many)
    elif many:
        link.exec_driver_sql(_percent(sql), many if len(many) > 1 else many[0])


def is_sqlite(link: Connection) -> bool:
    """Whether the engine is SQLite."""
    return link.dialect.name == "sqlite"


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")


def listed(columns: Iterable[str]) -> str:
    """Column names for a statement."""
    return ", ".join(f'"{name}"' for name in columns)


# -- the text of a row, made by the engine -------------------------------------------------------------------------


@cache
def text_of(shape: Shape, *, sqlite: bool) -> str:
    """The expression that makes a row's canonical text."""
    sign = "char" if sqlite else "chr"
    return f" || {sign}(31) || ".join(
        f"coalesce({_cast(name, shape, sqlite=sqlite)}, {sign}(30))" for name in shape.columns
    )


def _cast(name: str, shape: Shape, *, sqlite: bool) -> str:
    if name in shape.hexed:
        return f'lower(hex("{name}"))' if sqlite else f"encode(\"{name}\", 'hex')"
    return f'"{name}"' if sqlite else f'"{name}"::text'


# -- reading -------------------------------------------------------------------------------------------------------


def stamps_after(link: Connection, shape: Shape, depot_id: str, origin: int, after: int, most: int) -> list[int]:
    """The next ``most`` seqs of ``origin`` after ``after``."""
    return [row[0] for row in ask(
        link,
        f"SELECT seq FROM {shape.table} WHERE origin = ? AND seq > ? AND depot_id = ? ORDER BY seq LIMIT ?",
        (origin, after, depot_id, most),
    )]


def changed(link: Connection, shape: Shape, depot_id: str, origin: int, after: int, upto: int) -> TableRows:
    """The rows with after < seq ≤ upto, in that order."""
    rows = ask(
        link,
        f"SELECT {listed(shape.columns)} FROM {shape.table} "
        "WHERE origin = ? AND seq > ? AND seq <= ? AND depot_id = ? ORDER BY seq",
        (origin, after, upto, depot_id),
    )
    return TableRows(shape.table, shape.columns, tuple(map(tuple, rows)))


def changed_texts(
    link: Connection, shape: Shape, depot_id: str, origin: int, after: int, upto: int
) -> tuple[list[str], int]:
    """The canonical texts of the rows with after < seq ≤ upto, in that order, and how many values they miss."""
    rows = ask(
        link, f"{_texts(link, shape)} WHERE origin = ? AND seq > ? AND seq <= ? AND depot_id = ? ORDER BY seq",
        (origin, after, upto, depot_id),
    )
    return [row[0] for row in rows], sum([row[1] for row in rows])


def named_texts(link: Connection, shape: Shape, depot_id: str, ids: Sequence[str]) -> tuple[list[str], int]:
    """As :func:`changed_texts`, of the rows with these ids, in any order."""
    rows: list[Any] = []
    for start in range(0, len(ids), _NAMED):
        some = ids[start:start + _NAMED]
        rows += ask(
            link, f"{_texts(link, shape)} WHERE depot_id = ? AND id IN ({', '.join('?' * len(some))})",
            (depot_id, *some),
        )
    return [row[0] for row in rows], sum([row[1] for row in rows])


def _texts(link: Connection, shape: Shape) -> str:
    number = "" if is_sqlite(link) else "::int"
    missing = " + ".join(["0", *(f'("{name}" IS NULL){number}' for name in sorted(shape.optional))])
    return f"SELECT {text_of(shape, sqlite=is_sqlite(link))}, {missing} FROM {shape.table}"


def by_ids(link: Connection, shape: Shape, depot_id: str, ids: Sequence[str]) -> TableRows:
    """The rows with these ids."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), _NAMED):
        some = ids[start:start + _NAMED]
        found += map(tuple, ask(
            link,
            f"SELECT {listed(shape.columns)} FROM {shape.table} "
            f"WHERE depot_id = ? AND id IN ({', '.join('?' * len(some))})",
            (depot_id, *some),
        ))
    return TableRows(shape.table, shape.columns, tuple(found))


def newest(link: Connection, shape: Shape, depot_id: str) -> bool:
    """Whether there is any row of ``depot_id``."""
    return bool(ask(link, f"SELECT 1 FROM {shape.table} WHERE depot_id = ? LIMIT 1", (depot_id,)))


# -- summing -------------------------------------------------------------------------------------------------------


def sums(link: Connection, shape: Shape, depot_id: str, low: str = "", high: str | None = None) -> Sums:
    """Bucket → sum of the rows of ``depot_id`` with low ≤ id < high, from the real columns."""
    key = _key(link)
    where = f"depot_id = ? AND {key} >= ?" + ("" if high is None else f" AND {key} < ?")
    values = (depot_id, low) if high is None else (depot_id, low, high)
    if not is_sqlite(link):
        return {row[0]: Sum(int(row[1]), int(row[2])) for row in ask(
            link,
            f"SELECT substr(id, 1, {BUCKET}), count(*), "
            f"bit_xor(('x' || substr(md5({text_of(shape, sqlite=False)}), 1, 16))::bit(64)::bigint) "
            f"FROM {shape.table} WHERE {where} GROUP BY 1",
            values,
        )}
    driver = link.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    done = driver.execute(
        f"SELECT substr(id, 1, {BUCKET}), CAST({text_of(shape, sqlite=True)} AS BLOB) "
        f"FROM {shape.table} WHERE {where}",
        values,
    )
    found: dict[str, Sum] = {}
    while some := done.fetchmany(_FETCHED):
        texts: dict[str, list[bytes]] = {}
        for bucket, text in some:
            texts.setdefault(bucket, []).append(text)
        for bucket, many in texts.items():
            found[bucket] = added(found.get(bucket, EMPTY), summed(many))
    return found


#: What is summed: the table, whose rows, which ids (from, up to but not including).
Wanted = tuple[Shape, str, Sequence[tuple[str, str | None]]]


def sums_of(link: Connection, wanted: Sequence[Wanted]) -> dict[str, Sums]:
    """As :func:`sums` for several tables at once: on a server, one question."""
    found: dict[str, dict[str, Sum]] = {shape.table: {} for shape, _depot, _ranges in wanted}
    if is_sqlite(link):
        for shape, depot_id, ranges in wanted:
            for low, high in ranges:
                found[shape.table].update(sums(link, shape, depot_id, low, high))
        return dict(found)
    key, parts, values = _key(link), [], list[Any]()
    for shape, depot_id, ranges in wanted:
        for low, high in ranges:
            parts.append(
                f"SELECT '{shape.table}', substr(id, 1, {BUCKET}), count(*), "
                f"bit_xor(('x' || substr(md5({text_of(shape, sqlite=False)}), 1, 16))::bit(64)::bigint) "
                f"FROM {shape.table} WHERE depot_id = ? AND {key} >= ?"
                + ("" if high is None else f" AND {key} < ?") + " GROUP BY 2"
            )
            values += [depot_id, low] if high is None else [depot_id, low, high]
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start:start + _AT_ONCE]
        taken = sum(part.count("?") for part in some)
        for table, bucket, count, xor in ask(link, " UNION ALL ".join(some), values[:taken]):
            found[table][bucket] = Sum(int(count), int(xor))
        values = values[taken:]
    return dict(found)


def keys(link: Connection, shape: Shape, depot_id: str, buckets: Sequence[str]) -> Iterator[Key]:
    """The rows of some buckets by their ids."""
    text, key = text_of(shape, sqlite=is_sqlite(link)), _key(link)
    for bucket in buckets:
        end = after(bucket)
        for row in ask(
            link,
            f"SELECT id, origin, seq, {text} FROM {shape.table} "
            f"WHERE depot_id = ? AND {key} >= ? AND substr(id, 1, {BUCKET}) = ?" + (f" AND {key} < ?" if end else ""),
            (depot_id, bucket, bucket, *([end] if end else [])),
        ):
            yield Key(row[0], row[1], row[2], row_number(row[3]))


def _key(link: Connection) -> str:
    """The id in the order of its bytes, which the index has where the server's language is C."""
    if is_sqlite(link):
        return "id"
    if "fanxiu.key" not in link.info:
        ((collation,),) = ask(link, "SELECT datcollate FROM pg_database WHERE datname = current_database()")
        link.info["fanxiu.key"] = "id" if collation in {"C", "POSIX"} else 'id COLLATE "C"'
    return str(link.info["fanxiu.key"])


def after(bucket: str) -> str:
    """The first text that sorts after every id of ``bucket``; empty: there is none (ids are ASCII)."""
    return bucket[:-1] + chr(ord(bucket[-1]) + 1) if bucket and bucket[-1] < "\x7e" else ""


def touched(link: Connection, shape: Shape, depot_id: str, origin: int, beyond: int) -> set[str]:
    """The buckets in which something was written after stamp ``beyond`` of ``origin``."""
    return {row[0] for row in ask(
        link,
        f"SELECT DISTINCT substr(id, 1, {BUCKET}) FROM {shape.table} WHERE origin = ? AND seq > ? AND depot_id = ?",
        (origin, beyond, depot_id),
    )}


def id_at(link: Connection, shape: Shape, depot_id: str, low: str, distance: int) -> str | None:
    """The id ``distance`` rows after ``low``; ``None`` when the table ends before."""
    key = _key(link)
    found = ask(
        link,
        f"SELECT id FROM {shape.table} WHERE depot_id = ? AND {key} >= ? ORDER BY {key} LIMIT 1 OFFSET ?",
        (depot_id, low, distance),
    )
    return found[0][0] if found else None


def count_from(link: Connection, shape: Shape, depot_id: str, low: str, most: int) -> int:
    """How many rows there are from ``low`` on, counted up to ``most``."""
    ((found,),) = ask(
        link,
        f"SELECT count(*) FROM (SELECT 1 FROM {shape.table} WHERE depot_id = ? AND {_key(link)} >= ? LIMIT ?) AS next",
        (depot_id, low, most),
    )
    return int(found)


def content_number(shape: Shape, row: Sequence[Any]) -> int:
    """The number of a row without its stamp."""
    return row_number(canonical(row[:len(shape.columns) - 2]))


# -- writing -------------------------------------------------------------------------------------------------------

#: The origin of a row that is about to be replaced or dropped by the night; no other code may use it.
WITHDRAWN = -2


def upsert_sql(shape: Shape, source: str, *, stamps_only: bool = False) -> str:
    """The statement that merges ``source`` (VALUES … or SELECT …) into the table: the greater stamp stays."""
    told = [name for name in shape.columns if name not in {"depot_id", "id"}]
    if stamps_only:
        told = ["origin", "seq"]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in told)
    table = shape.table
    return (
        f"INSERT INTO {table} ({listed(shape.columns)}) {source} ON CONFLICT (depot_id, id) DO UPDATE SET {sets} "
        f"WHERE {table}.origin < excluded.origin OR ({table}.origin = excluded.origin AND {table}.seq < excluded.seq)"
    )


def upsert(link: Connection, shape: Shape, rows: Iterable[Sequence[Any]]) -> None:
    """Merge rows in memory: the greater stamp stays."""
    tell(link, upsert_sql(shape, f"VALUES ({', '.join('?' * len(shape.columns))})"), rows)


def withdraw(link: Connection, shape: Shape, depot_id: str, ids: Iterable[str]) -> None:
    """Make room for the centre's version of some rows."""
    tell(
        link, f"UPDATE {shape.table} SET origin = {WITHDRAWN}, seq = {WITHDRAWN} WHERE depot_id = ? AND id = ? "
        f"AND origin <> {WITHDRAWN}",       # an update that leaves the stamp as it is counts as a change of ours
        [(depot_id, row_id) for row_id in ids],
    )


def doubt(link: Connection, shape: Shape, depot_id: str) -> None:
    """Every row of another owner is to be fetched again: it can be read, and whatever comes is newer."""
    ask(link, f"UPDATE {shape.table} SET origin = {WITHDRAWN}, seq = {WITHDRAWN} WHERE depot_id = ? "
              f"AND origin <> {WITHDRAWN}", (depot_id,))


def drop_doubted(link: Connection, shape: Shape, depot_id: str) -> None:
    """What was to be fetched again and did not come, its owner does not have any more."""
    ask(link, f"DELETE FROM {shape.table} WHERE depot_id = ? AND origin = {WITHDRAWN}", (depot_id,))


def restamp(link: Connection, shape: Shape, depot_id: str, stamps: Iterable[tuple[int, int, str]]) -> None:
    """Give rows new stamps: (origin, seq, id)."""
    tell(
        link, f"UPDATE {shape.table} SET origin = ?, seq = ? WHERE depot_id = ? AND id = ?",
        [(origin, seq, depot_id, row_id) for origin, seq, row_id in stamps],
    )


def other_origins(link: Connection, shape: Shape, depot_id: str, origin: int) -> bool:
    """Whether the depot has rows of another origin than this one."""
    return bool(ask(
        link, f"SELECT 1 FROM {shape.table} WHERE depot_id = ? AND (origin < ? OR origin > ?) LIMIT 1",
        (depot_id, origin, origin),
    ))


def move_origin(link: Connection, shape: Shape, depot_id: str, before: int, origin: int) -> None:
    """The rows of one origin go on under another number; their order stays."""
    ask(link, f"UPDATE {shape.table} SET origin = ? WHERE origin = ? AND depot_id = ?", (origin, before, depot_id))
