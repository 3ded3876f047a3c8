"""Customers, products, parts, shelves and codes in the record. Rows are found by id whoever owns them."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, select, update

from app.domain.masterdata import CalendarDay, Code, Customer, Part, Product, Shelf
from app.persistence.tables import calendar_days, codes, customers, parts, products, shelves
from app.persistence.transaction import Query, Tx, as_row, columns_of, in_force

Record = TypeVar("Record", Customer, Product, Part, Shelf, Code, CalendarDay)

_TABLES: dict[type[Any], Table] = {
    Customer: customers, Product: products, Part: parts, Shelf: shelves, Code: codes, CalendarDay: calendar_days,
}
_ORDER: dict[type[Any], str] = {
    Customer: "name", Product: "model", Part: "part_no", Shelf: "code", Code: "code", CalendarDay: "day",
}

_BY_ID: dict[type[Any], Query[Any]] = {
    shape: Query(select(*columns_of(shape, table)).where(table.c.id == bindparam("row_id")), shape)
    for shape, table in _TABLES.items()
}


def get(tx: Tx, shape: type[Record], row_id: str) -> Record | None:
    """The row ``row_id``, also an inactive one."""
    found: Record | None = _BY_ID[shape].one(tx, row_id=row_id)
    return found


def find(tx: Tx, shape: type[Record], **values: Any) -> Record | None:
    """The first live row whose columns have ``values``."""
    table = _TABLES[shape]
    statement = select(*columns_of(shape, table)).where(table.c.deleted_at.is_(None), in_force(tx.depot_id, table))
    for name, value in values.items():
        statement = statement.where(table.c[name] == value)
    rows = tx.all(statement.limit(1), shape)
    return rows[0] if rows else None


def everything(tx: Tx, shape: type[Record], *, active_only: bool = False) -> tuple[Record, ...]:
    """Every live row in its natural order."""
    table = _TABLES[shape]
    statement = select(*columns_of(shape, table)).where(table.c.deleted_at.is_(None), in_force(tx.depot_id, table))
    if active_only and "active" in table.c:
        statement = statement.where(table.c.active == 1)
    return tx.all(statement.order_by(table.c[_ORDER[shape]]), shape)


def add(tx: Tx, row: Record) -> None:
    """Enter a row owned by this depot."""
    tx.insert(_TABLES[type(row)], as_row(row))


def change(tx: Tx, shape: type[Record], row_id: str, **values: Any) -> None:
    """Change a row, whoever owns it (head office's rows are edited at head office only; services see to that)."""
    table = _TABLES[shape]
    tx.execute(update(table).where(table.c.id == row_id).values(**values))
