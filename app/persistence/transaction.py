"""One transaction as the steps see it: who, when, on which depot, and how rows go in and come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Select, Table, and_, update
from sqlalchemy.engine import Dialect

from app.persistence.tables.base import Words

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

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
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
        columns = [
            [row[key] for row in complete] if bind is None else [bind(row[key]) for row in complete]
            for key, bind in zip(keys, binders, strict=True)
        ]
        values = list(zip(*columns, strict=True))
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


class Query(Generic[T]):
    """A select that is asked often: its text is made once per engine, its parameters are the ``bindparam`` names.

    The columns must be those of :func:`columns_of` for ``shape``. Building and looking up a Core statement costs more
    than SQLite needs to answer it; a step that asks ten such questions while a scanner waits feels that.
    """

    def __init__(self, statement: Select[Any], shape: type[T]) -> None:
        self._statement = statement
        self._shape = shape
        self._texts: dict[str, tuple[str, tuple[str, ...] | None, tuple[Any, ...], dict[str, Any]]] = {}

    def one(self, tx: Tx, **values: Any) -> T | None:
        """The only row, or ``None``."""
        found = self.all(tx, **values)
        if len(found) > 1:
            raise LookupError(f"{len(found)} rows of {self._shape.__name__} where one was expected")
        return found[0] if found else None

    def all(self, tx: Tx, **values: Any) -> tuple[T, ...]:
        """Every row."""
        dialect = tx.connection.dialect
        if dialect.name not in self._texts:
            self._texts[dialect.name] = self._compiled(dialect)
        sql, order, readers, binders = self._texts[dialect.name]
        bound = {
            name: binders[name](value) if binders.get(name) else value
            for name, value in ({"depot_id": tx.depot_id} | values).items() if name in binders
        }
        parameters: Any = tuple(bound[name] for name in order) if order is not None else bound
        shape = self._shape
        return tuple(
            shape(*(value if read is None else read(value) for read, value in zip(readers, row, strict=True)))
            for row in tx.connection.exec_driver_sql(sql, parameters)
        )

    def _compiled(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, tuple[Any, ...], dict[str, Any]]:
        compiled: Any = self._statement.compile(dialect=dialect)
        order = tuple(compiled.positiontup) if compiled.positional else None
        readers = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in self._statement.selected_columns
        )
        binders = {name: compiled._bind_processors.get(name) for name in compiled.params}  # noqa: SLF001  no other way in
        return compiled.string, order, readers, binders


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
    return tuple(_binder(table.c[key].type, dialect) for key in keys)


def _binder(type_: Any, dialect: Dialect) -> Any:
    """What turns a value into a parameter; texts, which are most of all values, without the library's detour."""
    if isinstance(type_, Words):
        return _composed
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _composed(text: str | None) -> str | None:
    return text if text is None or text.isascii() else unicodedata.normalize("NFC", text)


_texts: dict[tuple[str, tuple[str, ...], str], str] = {}


def _insert_text(table: Table, keys: tuple[str, ...], dialect: Dialect) -> tuple[str, tuple[str, ...], tuple[Any, ...]]:
    known = (table.name, keys, dialect.name)
    if known not in _texts:
        mark = "?" if dialect.name == "sqlite" else "%s"
        names = ", ".join(f'"{key}"' for key in keys)
        _texts[known] = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(keys))})"
    return _texts[known], keys, _binders(table, keys, dialect)
