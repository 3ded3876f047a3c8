"""Customers as the list shows them, and the rows that hang on one when two are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, update

from app.domain.masterdata import Customer
from app.domain.stages import Stage
from app.persistence.tables import contacts, customers, return_cases, units
from app.persistence.transaction import Tx, columns_of, in_force

_OVER = (Stage.CLOSED, Stage.VOID)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One line of the list: the customer, how many units it has and how many return cases are open."""

    customer: Customer
    units: int
    open_cases: int

    @property
    def id(self) -> str:
        """The customer's id."""
        return self.customer.id


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers. ``text`` is looked for in name, code, contact, telephone; ``ids`` adds those found otherwise."""

    text: str = ""
    kind: str = ""
    proposed_only: bool = False
    inactive_too: bool = False
    ids: tuple[str, ...] = ()


def page(
    tx: Tx, wanted: CustomerFilter, after: Customer | None, limit: int, *, descending: bool = False
) -> tuple[CustomerLine, ...]:
    """``limit`` lines by name, from ``after`` on."""
    statement = _where(tx, select(*columns_of(Customer, customers)), wanted)
    key = (customers.c.name, customers.c.id)
    if after is not None:
        name, id_ = key
        beyond = name < after.name if descending else name > after.name
        further = id_ < after.id if descending else id_ > after.id
        statement = statement.where(or_(beyond, and_(name == after.name, further)))
    statement = statement.order_by(*(column.desc() if descending else column for column in key)).limit(limit)
    rows = tx.all(statement, Customer)
    ids = [row.id for row in rows]
    owned, open_ = _units(tx, ids), _open_cases(tx, ids)
    return tuple(CustomerLine(row, owned.get(row.id, 0), open_.get(row.id, 0)) for row in rows)


def count(tx: Tx, wanted: CustomerFilter) -> int:
    """How many customers there are under ``wanted``."""
    return int(tx.scalar(_where(tx, select(func.count()).select_from(customers), wanted)))


def names(tx: Tx) -> list[tuple[str, str]]:
    """Id and name of every active customer, for the search by pinyin."""
    found = tx.execute(
        select(customers.c.id, customers.c.name).where(
            customers.c.deleted_at.is_(None), customers.c.active == 1, in_force(tx.depot_id, customers)
        )
    )
    return [(row[0], row[1]) for row in found]


def like_named(tx: Tx, name: str) -> tuple[Customer, ...]:
    """Live customers with exactly this name, whatever the case of its letters."""
    statement = select(*columns_of(Customer, customers)).where(
        customers.c.deleted_at.is_(None), customers.c.merged_into.is_(None), in_force(tx.depot_id, customers),
        func.lower(customers.c.name) == name.lower(),
    )
    return tx.all(statement, Customer)


def units_of(tx: Tx, customer_id: str) -> list[str]:
    """The units that belong to a customer."""
    return list(
        tx.execute(
            select(units.c.id).where(units.c.depot_id == tx.depot_id, units.c.customer_id == customer_id)
        ).scalars()
    )


def cases_of(tx: Tx, customer_id: str) -> list[str]:
    """The return cases of a customer."""
    return list(
        tx.execute(
            select(return_cases.c.id).where(
                return_cases.c.depot_id == tx.depot_id, return_cases.c.customer_id == customer_id
            )
        ).scalars()
    )


def contacts_of(tx: Tx, customer_id: str) -> list[str]:
    """The contacts of a customer."""
    return list(
        tx.execute(
            select(contacts.c.id).where(contacts.c.customer_id == customer_id, contacts.c.deleted_at.is_(None))
        ).scalars()
    )


def give(
    tx: Tx, customer_id: str, *, unit_ids: Sequence[str], case_ids: Sequence[str], contact_ids: Sequence[str]
) -> None:
    """Let units, cases and contacts belong to ``customer_id``."""
    for table, ids in ((units, unit_ids), (return_cases, case_ids), (contacts, contact_ids)):
        for start in range(0, len(ids), 500):
            tx.execute(
                update(table)
                .where(table.c.depot_id == tx.depot_id, table.c.id.in_(ids[start:start + 500]))
                .values(customer_id=customer_id)
            )


def _where(tx: Tx, statement: Select[Any], wanted: CustomerFilter) -> Select[Any]:
    statement = statement.where(customers.c.deleted_at.is_(None), in_force(tx.depot_id, customers))
    if not wanted.inactive_too:
        statement = statement.where(customers.c.active == 1)
    if wanted.kind:
        statement = statement.where(customers.c.kind == wanted.kind)
    if wanted.proposed_only:
        statement = statement.where(customers.c.proposed == 1)
    if wanted.text:
        fields = (customers.c.name, customers.c.code, customers.c.contact, customers.c.phone)
        found = or_(*(func.lower(field).contains(wanted.text.lower(), autoescape=True) for field in fields))
        statement = statement.where(or_(found, customers.c.id.in_(wanted.ids)) if wanted.ids else found)
    return statement


def _units(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    found = tx.execute(
        select(units.c.customer_id, func.count())
        .where(units.c.depot_id == tx.depot_id, units.c.customer_id.in_(ids), units.c.deleted_at.is_(None))
        .group_by(units.c.customer_id)
    )
    return {row[0]: row[1] for row in found}


def _open_cases(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    found = tx.execute(
        select(return_cases.c.customer_id, func.count())
        .where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.customer_id.in_(ids),
            return_cases.c.stage.not_in(_OVER),
        )
        .group_by(return_cases.c.customer_id)
    )
    return {row[0]: row[1] for row in found}
