"""Stock-takes of parts in the record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.domain.masterdata import Part
from app.domain.part_counting import PartCount, PartStocktake
from app.domain.stocktaking import StocktakeState
from app.persistence.tables import part_counts, part_stocktakes, parts
from app.persistence.transaction import Tx, as_row, columns_of

_s, _c = part_stocktakes.c, part_counts.c


def add(tx: Tx, stocktake: PartStocktake) -> None:
    """Enter a stock-take."""
    tx.insert(part_stocktakes, as_row(stocktake))


def change(tx: Tx, stocktake_id: str, **values: Any) -> None:
    """Change a stock-take: it ends."""
    tx.change(part_stocktakes, stocktake_id, **values)


def get(tx: Tx, stocktake_id: str) -> PartStocktake | None:
    """The stock-take ``stocktake_id``."""
    return tx.one(
        select(*columns_of(PartStocktake, part_stocktakes)).where(tx.by_id(part_stocktakes, stocktake_id)),
        PartStocktake,
    )


def by_number(tx: Tx, number: str) -> PartStocktake | None:
    """The stock-take of that number."""
    return tx.one(
        select(*columns_of(PartStocktake, part_stocktakes)).where(_s.depot_id == tx.depot_id, _s.number == number),
        PartStocktake,
    )


def open_one(tx: Tx, place_id: str) -> PartStocktake | None:
    """The stock-take of a place that is under way."""
    return tx.one(
        select(*columns_of(PartStocktake, part_stocktakes)).where(
            _s.depot_id == tx.depot_id, _s.place_id == place_id, _s.state == StocktakeState.OPEN),
        PartStocktake,
    )


def listed(tx: Tx, limit: int = 50) -> tuple[PartStocktake, ...]:
    """Stock-takes, those under way first, then the newest."""
    return tx.all(
        select(*columns_of(PartStocktake, part_stocktakes)).where(_s.depot_id == tx.depot_id)
        .order_by(_s.finished_at.is_not(None), _s.started_at.desc(), _s.id).limit(limit),
        PartStocktake,
    )


def add_count(tx: Tx, count: PartCount) -> None:
    """Enter what was counted."""
    tx.insert(part_counts, as_row(count))


def counts(tx: Tx, stocktake_id: str) -> tuple[PartCount, ...]:
    """Everything counted, the oldest first."""
    return tx.all(
        select(*columns_of(PartCount, part_counts))
        .where(_c.depot_id == tx.depot_id, _c.stocktake_id == stocktake_id).order_by(_c.at, _c.id),
        PartCount,
    )


def parts_of(tx: Tx, part_ids: set[str]) -> dict[str, Part]:
    """The parts of those ids."""
    found = tx.all(select(*columns_of(Part, parts)).where(parts.c.id.in_(part_ids)), Part)
    return {part.id: part for part in found}
