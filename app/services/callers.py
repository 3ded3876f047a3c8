"""Who calls: customers and contacts by telephone number."""

from __future__ import annotations

from dataclasses import dataclass

from app.depot import Depot
from app.persistence import callers as rows


@dataclass(frozen=True, slots=True)
class Caller:
    """A customer under a telephone number, and the person there."""

    customer_id: str
    customer: str
    contact: str


def by_phone(depot: Depot, phone: str, limit: int = 5) -> tuple[Caller, ...]:
    """Customers on record under ``phone`` (part of it is enough; blanks and dashes do not count), each once."""
    digits = "".join(one for one in phone if one.isdigit())
    if not digits:
        return ()
    found: dict[str, Caller] = {}
    with depot.read() as tx:
        for row in rows.with_phone(tx, digits, limit * 4):
            found.setdefault(row.customer_id, Caller(row.customer_id, row.customer, row.contact))
    return tuple(found.values())[:limit]
