"""Edits of master data: which version somebody saw, what they changed, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select, update

from app.domain.masterdata import CalendarDay, Code, Contact, Customer, KeyPart, Part, Product, Shelf
from app.persistence.tables import (
    calendar_days,
    codes,
    contacts,
    customers,
    key_parts,
    parts,
    products,
    shelves,
)
from app.persistence.transaction import Tx, as_row, columns_of

Shape = type[Customer] | type[Contact] | type[Product] | type[KeyPart] | type[Part] | type[Code] | type[Shelf] | type[
    CalendarDay
]

TABLES: dict[type[Any], Table] = {
    Customer: customers, Contact: contacts, Product: products, KeyPart: key_parts, Part: parts, Code: codes,
    Shelf: shelves, CalendarDay: calendar_days,
}


def version(tx: Tx, shape: type[Any], row_id: str) -> int | None:
    """The stamp of a live row, which moves with each change; ``None`` when there is no such row."""
    table = TABLES[shape]
    found: int | None = tx.scalar(select(table.c.seq).where(table.c.id == row_id, table.c.deleted_at.is_(None)))
    return found


def owner(tx: Tx, shape: type[Any], row_id: str) -> str | None:
    """The depot whose row it is; ``None`` when there is no such row."""
    table = TABLES[shape]
    found: str | None = tx.scalar(select(table.c.depot_id).where(table.c.id == row_id))
    return found


def put(tx: Tx, shape: type[Any], row_id: str, values: Mapping[str, Any]) -> None:
    """Set ``values`` on a row, whoever owns it."""
    table = TABLES[shape]
    if values:
        tx.execute(update(table).where(table.c.id == row_id).values(**values))


def enter(tx: Tx, row: Any) -> None:
    """Enter a row owned by this depot."""
    tx.insert(TABLES[type(row)], as_row(row))


def end(tx: Tx, shape: type[Any], row_id: str) -> None:
    """Take a row off the record (a tombstone that travels)."""
    table = TABLES[shape]
    tx.execute(update(table).where(table.c.id == row_id).values(deleted_at=tx.at))


def revive(tx: Tx, shape: type[Any], row_id: str) -> None:
    """Put an ended row back on the record."""
    table = TABLES[shape]
    tx.execute(update(table).where(table.c.id == row_id).values(deleted_at=None))


def belonging(tx: Tx, shape: type[Any], **values: Any) -> tuple[Any, ...]:
    """The live rows whose columns have ``values`` (contacts of a customer, key parts of a product), oldest first."""
    table = TABLES[shape]
    statement = select(*columns_of(shape, table)).where(table.c.deleted_at.is_(None))
    for name, value in values.items():
        statement = statement.where(table.c[name] == value)
    return tx.all(statement.order_by(table.c.id), shape)


def settle(tx: Tx, shape: type[Any], now: Sequence[Any], wanted: Sequence[Any]) -> None:
    """Make the rows ``now`` into the rows ``wanted``: change, enter (or bring back), end."""
    present = {row.id: row for row in now}
    kept = {row.id for row in wanted}
    for row in wanted:
        if row.id in present:
            if row != present[row.id]:
                put(tx, shape, row.id, as_row(row, without=("id",)))
        elif _ended(tx, shape, row.id):
            put(tx, shape, row.id, {**as_row(row, without=("id",)), "deleted_at": None})
        else:
            enter(tx, row)
    for row in now:
        if row.id not in kept:
            end(tx, shape, row.id)


def _ended(tx: Tx, shape: type[Any], row_id: str) -> bool:
    table = TABLES[shape]
    return tx.scalar(select(table.c.id).where(table.c.id == row_id, table.c.deleted_at.is_not(None))) is not None
