"""Every row of one database into another, as it stands: stamps, tombstones and local tables too.

Rows that bear a stamp pass by the triggers (they act on rows without one), so nothing is stamped, moved or refused
anew. What is copied is read back and compared before anything is committed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, Text

from app.persistence.tables import metadata
from app.persistence.tables.base import Words, canonical_json

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and one value over all of them."""

    table: str
    rows: int
    digest: str


def tables() -> list[Table]:
    """Every table, those that are named by others first."""
    return list(metadata.sorted_tables)


def copy_table(source: Connection, target: Connection, table: Table) -> Content:
    """Copy the rows of ``table``; returns what was read from the source."""
    if not table.info["stamped"]:
        target.exec_driver_sql(f"DELETE FROM {table.name}")     # what a migration wrote there is in the source too
    names = [column.name for column in table.columns]
    mark = "?" if target.dialect.name == "sqlite" else "%s"
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f"INSERT INTO {table.name} ({listed}) VALUES ({', '.join([mark] * len(names))})"
    running, count = hashlib.sha256(), 0
    rows = _rows(source, table)
    while chunk := list(islice(rows, _CHUNK)):
        for row in chunk:
            running.update(_text(row))
        target.exec_driver_sql(sql, chunk)
        count += len(chunk)
    return Content(table.name, count, running.hexdigest())


def content_of(connection: Connection, table: Table) -> Content:
    """What ``table`` holds."""
    running, count = hashlib.sha256(), 0
    for row in _rows(connection, table):
        running.update(_text(row))
        count += 1
    return Content(table.name, count, running.hexdigest())


def index_again(source: Connection, target: Connection) -> None:
    """The words of the search go over; on SQLite their index is built from them."""
    rows = iter(source.exec_driver_sql("SELECT no, depot_id, unit_id, tokens FROM search_entries ORDER BY no"))
    mark = "?" if target.dialect.name == "sqlite" else "%s"
    sql = f"INSERT INTO search_entries (no, depot_id, unit_id, tokens) VALUES ({', '.join([mark] * 4)})"
    while chunk := [tuple(row) for row in islice(rows, _CHUNK)]:
        target.exec_driver_sql(sql, chunk)
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('rebuild')")


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    """The raw rows in the order of the key, the same order on both engines."""
    listed = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(_ordered(connection, column) for column in table.primary_key.columns)
    sql = f"SELECT {listed} FROM {table.name} ORDER BY {order}"
    # of this statement only: options set on a connection stay, and a streaming cursor cannot write
    for row in connection.exec_driver_sql(sql, execution_options={"stream_results": True, "yield_per": _CHUNK}):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _ordered(connection: Connection, column: Any) -> str:
    text = isinstance(column.type, Text | Words) and connection.dialect.name == "postgresql"
    return f'"{column.name}"' + (' COLLATE "C"' if text else "")


def _text(row: Sequence[Any]) -> bytes:
    return canonical_json([value.hex() if isinstance(value, bytes) else value for value in row]).encode() + b"\n"
