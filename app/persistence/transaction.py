"""One transaction as the steps see it: who, when, on which depot, and how rows go in and come out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Select, Table, and_, or_, update
from sqlalchemy.engine import Dialect

from app.persistence.tables.base import Day, Json, Moment, OneOf, Words, YesNo, composed

T = TypeVar("T")


#: So many rows of one table at once take their stamps together.
_AT_ONCE = 50
#: Tables whose triggers do more than stamp: they look at rows that bear none yet.
_RULED = frozenset({"movements", "traveller_movements", "part_movements"})


@dataclass(frozen=True, slots=True)
class Tx:
    """A running transaction. ``at``: the one moment everything in it happens; ``by``: the user's id.

    ``link``: the driver's own connection under ``connection``, where that is SQLite.
    """

    connection: Connection
    depot_id: str
    at: datetime
    by: str
    by_name: str
    new_id: Callable[[], str]
    link: sqlite3.Connection | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        link = self.connection.connection.driver_connection
        object.__setattr__(self, "link", link if isinstance(link, sqlite3.Connection) else None)

    @property
    def sqlite(self) -> bool:
        """Whether the engine is SQLite (the few places where the two differ ask here)."""
        return self.connection.dialect.name == "sqlite"

    def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[*tuple[Any, ...]]:
        """Run a Core statement."""
        return self.connection.execute(statement, parameters)

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a statement whose text is ready; ``?`` marks where ``values`` go, on both engines.

        SQLite is spoken to directly: it answers sooner than the library can get a statement under way, and the counter
        asks and tells thirty of them for one unit.
        """
        if self.link is not None:
            return self.link.execute(sql, values).fetchall()
        done = self.connection.exec_driver_sql(_percent(sql), tuple(values))
        return list(done) if done.returns_rows else []

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """As :meth:`ask`, one row at a time: on SQLite the rest is not looked for when the asker stops."""
        return iter(self.link.execute(sql, values) if self.link is not None else self.ask(sql, values))

    def tell(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement that answers nothing once for each of ``rows``; as :meth:`ask`."""
        if self.link is not None:
            if len(rows) == 1:
                self.link.execute(sql, rows[0])
            else:
                self.link.executemany(sql, rows)
        elif rows:
            self.connection.exec_driver_sql(_percent(sql), [tuple(row) for row in rows])

    def insert(self, table: Table, *rows: Mapping[str, Any]) -> None:
        """Insert ``rows`` (all with the same columns). ``depot_id`` is added; ``id`` too where it is missing.

        The SQL text is made once per table and set of columns: this is the write-heavy path of the counter.
        """
        if not rows:
            return
        stamps = self._stamps(table, len(rows))
        names = tuple(rows[0])
        plan = _plan(table, (*names, "origin", "seq") if stamps else names, self.connection.dialect)
        if stamps:
            rows = tuple({**row, "origin": stamps[0], "seq": seq} for row, seq in zip(rows, stamps[1], strict=True))
        self.tell(plan.sql, plan.values(self, rows))

    def _stamps(self, table: Table, count: int) -> tuple[int, range] | None:
        """Stamps for many rows taken at once, in their order; ``None``: the trigger gives each its own.

        On SQLite a stamp by trigger costs more than the row. A table with laws of its own keeps its triggers.
        """
        if self.link is None or count < _AT_ONCE or not table.info["stamped"] or table.name in _RULED:
            return None
        ((origin, seq),) = self.ask("UPDATE node SET seq = seq + ? RETURNING origin, seq", (count,))
        return origin, range(seq - count + 1, seq + 1)

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


def in_force(depot_id: Any, table: Table) -> Any:
    """The rows of a delivered table that hold for a depot: its own and head office's (origin 0, spec 4).

    A depot has no others. Head office's server has every depot's: they are not what head office works with.
    """
    return or_(table.c.depot_id == depot_id, table.c.origin == 0)


class Query(Generic[T]):
    """A select that is asked often: its text is made once per engine, its parameters are the ``bindparam`` names.

    The columns must be those of :func:`columns_of` for ``shape``. Building and looking up a Core statement costs more
    than SQLite needs to answer it; a step that asks ten such questions while a scanner waits feels that.
    """

    def __init__(self, statement: Select[Any], shape: type[T]) -> None:
        self._statement = statement
        self._shape = shape
        self._texts: dict[str, _Text] = {}

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
        text = self._texts[dialect.name]
        bound = text.literals | {
            name: value if text.binders[name] is None else text.binders[name](value)
            for name, value in ({"depot_id": tx.depot_id} | values).items() if name in text.binders
        }
        parameters: Any = tuple(bound[name] for name in text.order) if text.order is not None else bound
        readers, shape = text.readers, self._shape
        return tuple(
            shape(*[value if read is None else read(value) for read, value in zip(readers, row, strict=True)])
            for row in (
                tx.link.execute(text.sql, parameters) if tx.link is not None
                else tx.connection.exec_driver_sql(text.sql, parameters)
            )
        )

    def _compiled(self, dialect: Dialect) -> _Text:
        compiled: Any = self._statement.compile(dialect=dialect)
        binders = {name: compiled._bind_processors.get(name) for name in compiled.params}  # noqa: SLF001  no other way in
        literals = {
            name: value if binders[name] is None else binders[name](value)
            for name, value in compiled.params.items() if value is not None
        }
        return _Text(
            compiled.string, tuple(compiled.positiontup) if compiled.positional else None,
            tuple(_reader(column.type, dialect) for column in self._statement.selected_columns), binders, literals,
        )


@dataclass(frozen=True, slots=True)
class _Text:
    """A compiled statement. ``order``: names of the parameters by place, where the driver wants them so."""

    sql: str
    order: tuple[str, ...] | None
    readers: tuple[Callable[[Any], Any] | None, ...]
    binders: dict[str, Any]
    literals: dict[str, Any]


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")


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
    known = (type(record), tuple(without))
    if known not in _names:
        names = tuple(f.name for f in fields(record) if f.name not in known[1])
        _names[known] = names, attrgetter(*names)
    names, read = _names[known]
    return dict(zip(names, read(record), strict=True))


_names: dict[tuple[type[Any], tuple[str, ...]], tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}


@dataclass(frozen=True, slots=True)
class _Plan:
    """How rows with the same columns go into a table: the text, and what turns each value into a parameter."""

    sql: str
    keys: tuple[str, ...]
    binders: tuple[Callable[[Any], Any] | None, ...]
    adds_depot: bool
    adds_id: bool

    def values(self, tx: Tx, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """The parameters of ``rows``; of many, column by column."""
        if len(rows) == 1:
            bound = [
                value if bind is None else bind(value)
                for bind, value in zip(self.binders, rows[0].values(), strict=True)
            ]
            return [(*([tx.depot_id] if self.adds_depot else ()), *([tx.new_id()] if self.adds_id else ()), *bound)]
        columns: list[Iterable[Any]] = [
            _bound([row[key] for row in rows], bind) for key, bind in zip(self.keys, self.binders, strict=True)
        ]
        if self.adds_id:
            columns.insert(0, [tx.new_id() for _ in rows])
        if self.adds_depot:
            columns.insert(0, [tx.depot_id] * len(rows))
        return list(zip(*columns, strict=True))


def _bound(values: list[Any], bind: Callable[[Any], Any] | None) -> list[Any]:
    if bind is None:
        return values
    if bind is _composed:  # most columns are texts, and most texts are plain
        return [text if text is None or (text.isascii() and "\0" not in text) else composed(text) for text in values]
    return [bind(value) for value in values]


_plans: dict[tuple[str, tuple[str, ...], str], _Plan] = {}


def _plan(table: Table, keys: tuple[str, ...], dialect: Dialect) -> _Plan:
    known = (table.name, keys, dialect.name)
    if known not in _plans:
        adds_depot, adds_id = "depot_id" not in keys, "id" in table.c and "id" not in keys
        names = (*(["depot_id"] if adds_depot else ()), *(["id"] if adds_id else ()), *keys)
        quoted = ", ".join(f'"{name}"' for name in names)
        _plans[known] = _Plan(
            f"INSERT INTO {table.name} ({quoted}) VALUES ({', '.join('?' * len(names))})", keys,
            tuple(_binder(table.c[key].type, dialect) for key in keys), adds_depot, adds_id,
        )
    return _plans[known]


def _binder(type_: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a value into a parameter, without the library's detour: our types stand on plain text and numbers."""
    if isinstance(type_, Words):
        return _composed
    if isinstance(type_, OneOf | Moment | Day | YesNo | Json):
        return partial(type_.process_bind_param, dialect=dialect)
    bind: Callable[[Any], Any] | None = type_.dialect_impl(dialect).bind_processor(dialect)
    return bind


def _reader(type_: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a column into a value; as :func:`_binder`."""
    if isinstance(type_, Words):
        return None
    if isinstance(type_, OneOf):
        members: dict[str | None, Any] = {None: None, **{member.value: member for member in type_.enumeration}}
        return members.__getitem__
    if isinstance(type_, Moment | Day | YesNo | Json):
        return partial(type_.process_result_value, dialect=dialect)
    read: Callable[[Any], Any] | None = type_.dialect_impl(dialect).result_processor(dialect, None)
    return read


def _composed(text: str | None) -> str | None:
    return None if text is None else composed(text)
