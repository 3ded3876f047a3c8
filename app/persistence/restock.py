"""Spares that went back to the stores."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select

from app.persistence.tables import products, restocks, units
from app.persistence.transaction import Tx

_r = restocks.c


def add(tx: Tx, row: dict[str, Any]) -> None:
    """Enter a restock."""
    tx.insert(restocks, row)


def last_value(tx: Tx, product_id: str) -> int | None:
    """What the last restock of a product was valued at, in fen."""
    found: int | None = tx.scalar(
        select(_r.value_fen).where(_r.depot_id == tx.depot_id, _r.product_id == product_id)
        .order_by(_r.at.desc(), _r.id.desc()).limit(1)
    )
    return found


def row(tx: Tx, restock_id: str) -> Any:
    """One restock with its unit."""
    return tx.execute(
        select(restocks, units.c.serial, units.c.lot, units.c.manufactured_on)
        .select_from(restocks)
        .join(units, and_(units.c.depot_id == _r.depot_id, units.c.id == _r.unit_id))
        .where(tx.by_id(restocks, restock_id))
    ).one_or_none()


def rows(tx: Tx, limit: int) -> list[Any]:
    """The newest first."""
    return list(tx.execute(
        select(
            _r.number, _r.unit_id, units.c.serial, products.c.model, _r.at, _r.approved_name, _r.handover
        )
        .select_from(restocks)
        .join(units, and_(units.c.depot_id == _r.depot_id, units.c.id == _r.unit_id))
        .join(products, products.c.id == _r.product_id, isouter=True)
        .where(_r.depot_id == tx.depot_id)
        .order_by(_r.at.desc(), _r.id.desc())
        .limit(limit)
    ).all())
