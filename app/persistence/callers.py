"""Customers by the telephone numbers they gave: their own, their contacts', those of earlier requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.persistence.tables import contacts, customers, service_requests
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A number on record."""

    customer_id: str
    customer: str
    contact: str


def with_phone(tx: Tx, digits: str, limit: int) -> tuple[PhoneRow, ...]:
    """Rows whose number contains ``digits``, customers first, then contacts, then earlier requests."""
    c, n, r = customers.c, contacts.c, service_requests.c

    def like(column: Any) -> Any:
        bare = column
        for sign in (" ", "-", "(", ")", "+"):
            bare = func.replace(bare, sign, "")
        return bare.contains(digits)

    asked: tuple[Select[Any], ...] = (
        select(c.id.label("customer_id"), c.name.label("customer"), c.contact)
        .where(c.active == True, like(c.phone)),  # noqa: E712  SQL
        select(c.id.label("customer_id"), c.name.label("customer"), n.name.label("contact"))
        .join(contacts, n.customer_id == c.id).where(c.active == True, n.deleted_at.is_(None), like(n.phone)),  # noqa: E712
        select(c.id.label("customer_id"), c.name.label("customer"), r.contact)
        .join(service_requests, r.customer_id == c.id)
        .where(c.active == True, r.depot_id == tx.depot_id, r.deleted_at.is_(None), like(r.phone))  # noqa: E712
        .order_by(r.taken_at.desc()),
    )
    return tuple(row for statement in asked for row in tx.all(statement.limit(limit), PhoneRow))
