"""Stock-takes in the record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app.domain.places import Place
from app.domain.stocktaking import Booked, Count, Stocktake, StocktakeState
from app.persistence.tables import movements, products, return_cases, shelves, stocktake_counts, stocktakes, units
from app.persistence.transaction import Tx, as_row, columns_of

_k, _n, _u = stocktakes.c, stocktake_counts.c, units.c


def add(tx: Tx, stocktake: Stocktake) -> None:
    """Enter a stock-take."""
    tx.insert(stocktakes, as_row(stocktake, without=["seq"]))


def change(tx: Tx, stocktake_id: str, **values: Any) -> None:
    """Change a stock-take."""
    tx.change(stocktakes, stocktake_id, **values)


def get(tx: Tx, stocktake_id: str) -> Stocktake | None:
    """The stock-take ``stocktake_id``."""
    found = _where(tx, _k.id == stocktake_id, limit=1)
    return found[0] if found else None


def open_one(tx: Tx, place: Place) -> Stocktake | None:
    """The stock-take of ``place`` that is under way."""
    found = _where(tx, _k.place == place, _k.state == StocktakeState.OPEN, limit=1)
    return found[0] if found else None


def listed(tx: Tx, *, before: Stocktake | None = None, limit: int = 50) -> tuple[Stocktake, ...]:
    """Stock-takes, the newest first."""
    behind = [] if before is None else [_k.number < before.number]
    return _where(tx, *behind, limit=limit)


def _where(tx: Tx, *conditions: ColumnElement[bool], limit: int) -> tuple[Stocktake, ...]:
    return tx.all(
        select(*columns_of(Stocktake, stocktakes))
        .where(_k.depot_id == tx.depot_id, _k.deleted_at.is_(None), *conditions)
        .order_by(_k.started_at.desc(), _k.number.desc()).limit(limit),
        Stocktake,
    )


def add_count(tx: Tx, count: Count) -> None:
    """Enter something seen."""
    tx.insert(stocktake_counts, as_row(count))


def count(tx: Tx, count_id: str) -> Count | None:
    """The count ``count_id`` unless it was taken back."""
    return tx.one(
        select(*columns_of(Count, stocktake_counts)).where(
            tx.by_id(stocktake_counts, count_id), _n.deleted_at.is_(None)
        ),
        Count,
    )


def take_back_count(tx: Tx, count_id: str) -> None:
    """Let a count no longer hold."""
    tx.change(stocktake_counts, count_id, deleted_at=tx.at)


def counts(tx: Tx, stocktake_id: str) -> tuple[Count, ...]:
    """Everything seen, in order."""
    return tx.all(
        select(*columns_of(Count, stocktake_counts)).where(
            _n.depot_id == tx.depot_id, _n.stocktake_id == stocktake_id, _n.deleted_at.is_(None)
        ).order_by(_n.at, _n.id),
        Count,
    )


def count_of_unit(tx: Tx, stocktake_id: str, unit_id: str) -> Count | None:
    """The newest count of a unit."""
    found = tx.all(
        select(*columns_of(Count, stocktake_counts)).where(
            _n.depot_id == tx.depot_id, _n.stocktake_id == stocktake_id, _n.unit_id == unit_id, _n.deleted_at.is_(None)
        ).order_by(_n.at.desc(), _n.id.desc()).limit(1),
        Count,
    )
    return found[0] if found else None


def count_of_text(tx: Tx, stocktake_id: str, scanned: str) -> Count | None:
    """The newest count of something that is no known unit."""
    found = tx.all(
        select(*columns_of(Count, stocktake_counts)).where(
            _n.depot_id == tx.depot_id, _n.stocktake_id == stocktake_id, _n.unit_id.is_(None), _n.scanned == scanned,
            _n.deleted_at.is_(None),
        ).order_by(_n.at.desc(), _n.id.desc()).limit(1),
        Count,
    )
    return found[0] if found else None


def booked_in(tx: Tx, place: Place) -> tuple[Booked, ...]:
    """Every unit the ledger has in ``place``, by shelf and serial."""
    return _booked(tx, _u.place == place)


def booked(tx: Tx, unit_ids: Collection[str]) -> tuple[Booked, ...]:
    """The units ``unit_ids``, wherever they are."""
    wanted = sorted(unit_ids)
    found: list[Booked] = []
    for start in range(0, len(wanted), 500):
        found += _booked(tx, _u.id.in_(wanted[start:start + 500]))
    return tuple(found)


def _booked(tx: Tx, condition: ColumnElement[bool]) -> tuple[Booked, ...]:
    shelf, move = shelves.c, movements.c
    moved = select(move.at).where(
        move.depot_id == _u.depot_id, move.unit_id == _u.id, move.ordinal == _u.movement_no
    ).scalar_subquery()
    return tx.all(
        select(*columns_of(Booked, units, renamed={
            "unit_id": _u.id, "model": products.c.model, "shelf_code": shelf.code, "case_number": return_cases.c.number,
            "moved_at": func.coalesce(moved, _u.placed_at, type_=_u.placed_at.type),
        }))
        .select_from(
            units.outerjoin(products, products.c.id == _u.product_id)
            .outerjoin(shelves, and_(shelf.depot_id == _u.depot_id, shelf.id == _u.shelf_id))
            .outerjoin(return_cases, and_(return_cases.c.depot_id == _u.depot_id, return_cases.c.id == _u.case_id))
        )
        .where(_u.depot_id == tx.depot_id, condition).order_by(shelf.code, _u.serial),
        Booked,
    )
