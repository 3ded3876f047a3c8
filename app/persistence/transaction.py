"""One transaction as the steps see it: who, when, on which depot, and how rows go in and come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Select, Table, and_, update
from sqlalchemy.engine import Dialect

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tx:
    """A running transaction. ``at``: the one moment everything in it happens; ``by``: the user's id."""

    connection: Connection
    depot_id: str
    at: datetime
    by: str
    by_name: str
    new_id: Callable[[], str]

    @property
    def sqlite(self) -> bool:
        """Whether the engine is SQLite (the few places where the two differ ask here)."""
        return self.connection.dialect.name == "sqlite"

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a Core statement."""
        return self.connection.execute(statement, parameters)

    def insert(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Insert ``rows`` (all with the same columns). ``depot_id`` is added; ``id`` too where it is missing.

        The SQL text is made once per table and set of columns: this is the write-heavy path of the counter.
        """
        if not rows:
            return
        complete = [{"depot_id": self.depot_id, "id": row.get("id") or self.new_id(), **row} for row in rows] if (
            "id" in table.c
        ) else [{"depot_id": self.depot_id, **row} for row in rows]
        sql, keys, binders = _insert_text(table, tuple(complete[0]), self.connection.dialect)
        values = [
            tuple(row[key] if bind is None else bind(row[key]) for key, bind in zip(keys, binders, strict=True))
            for row in complete
        ]
        if len(values) == 1:
            self.connection.exec_driver_sql(sql, values[0])
        else:
            self.connection.exec_driver_sql(sql, values)

    def change(self, table: Table, row_id: str, **values: Any) -> None:
        """Set ``values`` on the row ``row_id``, which must exist."""
        done = self.connection.execute(
            update(table).where(table.c.depot_id == self.depot_id, table.c.id == row_id).values(**values)
        )
        if done.rowcount != 1:
            raise LookupError(f"{table.name} has no row {row_id}")

    def one(self, statement: Select[Any], shape: type[T]) -> T | None:
        """The only row of ``statement`` as ``shape``, or ``None``."""
        row = self.connection.execute(statement).one_or_none()
        return None if row is None else shape(**row._mapping)

    def all(self, statement: Select[Any], shape: type[T]) -> tuple[T, ...]:
        """Every row of ``statement`` as ``shape``."""
        return tuple(shape(**row._mapping) for row in self.connection.execute(statement))

    def scalar(self, statement: Select[Any]) -> Any:
        """The first value of the first row, or ``None``."""
        return self.connection.execute(statement).scalar()

    def by_id(self, table: Table, row_id: str) -> Any:
        """The condition that picks the row ``row_id`` of this depot."""
        return and_(table.c.depot_id == self.depot_id, table.c.id == row_id)


def columns_of(shape: type[Any], table: Table, *, renamed: Mapping[str, Any] | None = None) -> list[Any]:
    """The columns a frozen record is filled from: its field names, found in ``table`` (or given in ``renamed``)."""
    if not is_dataclass(shape):
        raise TypeError(f"{shape!r} is no record")
    given = renamed or {}
    return [
        (given[f.name] if f.name in given else table.c[f.name]).label(f.name) for f in fields(shape)
    ]


def as_row(record: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """A frozen record as a row: its field names are the column names."""
    left_out = set(without)
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in left_out}


@cache
def _binders(table: Table, keys: Sequence[str], dialect: Dialect) -> tuple[Any, ...]:
    found = []
    for key in keys:
        type_ = table.c[key].type
        found.append(type_.dialect_impl(dialect).bind_processor(dialect))
    return tuple(found)


_texts: dict[tuple[str, tuple[str, ...], str], str] = {}


def _insert_text(table: Table, keys: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[str, ...], tuple[Any, ...]]:
    known = (table.name, keys, dialect.name)
    if known not in _texts:
        mark = "?" if dialect.name == "sqlite" else "%s"
        names = ", ".join(f'"{key}"' for key in keys)
        _texts[known] = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(keys))})"
    return _texts[known], keys, _binders(table, keys, dialect)
