"""The movement chains of units and travellers, read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.domain.places import Place
from app.persistence.tables import movements, traveller_movements
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a unit's chain."""

    id: str
    ordinal: int
    from_place: Place
    to_place: Place
    from_shelf_id: str | None
    to_shelf_id: str | None
    case_id: str | None
    handover_line_id: str | None
    document_number: str
    reason: str
    reverses_id: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class TravellerMove:
    """One line of a traveller's chain."""

    id: str
    ordinal: int
    from_place: Place
    to_place: Place
    handover_line_id: str | None
    reason: str
    reverses_id: str | None
    at: datetime
    by: str


def last_move(tx: Tx, unit_id: str) -> Move | None:
    """The newest line of a unit's chain; ``None`` when it never moved."""
    found = tx.all(
        select(*columns_of(Move, movements))
        .where(movements.c.depot_id == tx.depot_id, movements.c.unit_id == unit_id)
        .order_by(movements.c.ordinal.desc())
        .limit(1),
        Move,
    )
    return found[0] if found else None


def last_arrival(tx: Tx, unit_id: str, case_id: str, place: Place) -> datetime | None:
    """When a unit last came, on a case, to ``place`` from elsewhere; ``None`` when it never did."""
    found: datetime | None = tx.scalar(
        select(func.max(movements.c.at)).where(
            movements.c.depot_id == tx.depot_id, movements.c.unit_id == unit_id, movements.c.case_id == case_id,
            movements.c.to_place == place, movements.c.from_place != place,
        )
    )
    return found


def last_traveller_move(tx: Tx, traveller_id: str) -> TravellerMove | None:
    """The newest line of a traveller's chain; ``None`` when it never moved."""
    found = tx.all(
        select(*columns_of(TravellerMove, traveller_movements))
        .where(
            traveller_movements.c.depot_id == tx.depot_id, traveller_movements.c.traveller_id == traveller_id
        )
        .order_by(traveller_movements.c.ordinal.desc())
        .limit(1),
        TravellerMove,
    )
    return found[0] if found else None


def traveller_moves(tx: Tx, traveller_id: str) -> tuple[TravellerMove, ...]:
    """The whole chain of a traveller, oldest first."""
    return tx.all(
        select(*columns_of(TravellerMove, traveller_movements))
        .where(
            traveller_movements.c.depot_id == tx.depot_id, traveller_movements.c.traveller_id == traveller_id
        )
        .order_by(traveller_movements.c.ordinal),
        TravellerMove,
    )
