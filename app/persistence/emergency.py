"""Requests to production and the units built for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from app.domain.emergency import Build, Built, BuiltUnit
from app.persistence.tables import (
    customers,
    emergency_builds,
    emergency_units,
    products,
    return_cases,
    units,
    users,
)
from app.persistence.transaction import Tx, as_row, columns_of

_b, _e = emergency_builds.c, emergency_units.c


def add(tx: Tx, row: Build) -> None:
    """Enter a request."""
    tx.insert(emergency_builds, as_row(row))


def change(tx: Tx, build_id: str, **values: Any) -> None:
    """Change a request."""
    tx.change(emergency_builds, build_id, **values)


def build(tx: Tx, build_id: str) -> Build | None:
    """The request ``build_id``."""
    return tx.one(
        select(*columns_of(Build, emergency_builds)).where(tx.by_id(emergency_builds, build_id)), Build
    )


def add_unit(tx: Tx, built: Built, unit_id: str) -> None:
    """Enter a unit built for a request."""
    tx.insert(
        emergency_units,
        {
            "build_id": built.build_id, "unit_id": unit_id, "file_number": built.file_number.strip(),
            "complete": built.complete, "note": built.note.strip(), "at": tx.at, "by": tx.by,
        },
    )


def units_of(tx: Tx, build_id: str) -> tuple[BuiltUnit, ...]:
    """The units built for a request so far, in order."""
    return tx.all(
        select(
            _e.unit_id, units.c.serial, units.c.lot, units.c.manufactured_on, _e.file_number, _e.complete, _e.note
        )
        .select_from(emergency_units)
        .join(units, and_(units.c.depot_id == _e.depot_id, units.c.id == _e.unit_id))
        .where(_e.depot_id == tx.depot_id, _e.build_id == build_id)
        .order_by(_e.at, _e.id),
        BuiltUnit,
    )


def build_of_unit(tx: Tx, unit_id: str) -> str | None:
    """The request a unit was built for."""
    found: str | None = tx.scalar(
        select(_e.build_id).where(_e.depot_id == tx.depot_id, _e.unit_id == unit_id).limit(1)
    )
    return found


def rows(tx: Tx, *, ended: bool, limit: int) -> Sequence[Any]:
    """Requests with what a list shows: open ones by need-by day, or ended ones, newest first."""
    statement = (
        select(
            emergency_builds, products.c.model, products.c.name_zh, products.c.name_en,
            func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(return_cases.c.number, "").label("case_number"),
            func.coalesce(users.c.name, "").label("requested_name"),
        )
        .select_from(emergency_builds)
        .join(products, products.c.id == _b.product_id, isouter=True)
        .join(customers, customers.c.id == _b.customer_id, isouter=True)
        .join(
            return_cases, and_(return_cases.c.depot_id == _b.depot_id, return_cases.c.id == _b.case_id), isouter=True
        )
        .join(users, and_(users.c.depot_id == _b.depot_id, users.c.id == _b.requested_by), isouter=True)
        .where(_b.depot_id == tx.depot_id, _b.ended_at.is_not(None) if ended else _b.ended_at.is_(None))
        .limit(limit)
    )
    order = (_b.ended_at.desc(), _b.id) if ended else (_b.need_by, _b.id)
    return tx.execute(statement.order_by(*order)).all()


def open_counts(tx: Tx, today: date, soon: date) -> tuple[int, int, int]:
    """How many requests are open, how many past their need-by day, how many needed by ``soon``."""
    found = tx.execute(select(_b.need_by).where(_b.depot_id == tx.depot_id, _b.ended_at.is_(None))).scalars().all()
    return len(found), sum(d < today for d in found), sum(today <= d <= soon for d in found)
