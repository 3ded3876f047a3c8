"""Units and visits by serial in every record this database holds: its own, the others' (head office), what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, null, select

from app.domain.stages import Stage
from app.domain.whereabouts import DepotVisit, Stand
from app.persistence.sync import VERIFIED
from app.persistence.tables import (
    foreign_cases,
    foreign_units,
    held_origins,
    nights,
    products,
    return_cases,
    shelves,
    units,
)
from app.persistence.transaction import Tx

_c, _u, _fc, _fu = return_cases.c, units.c, foreign_cases.c, foreign_units.c


def stands(tx: Tx, serials: Sequence[str]) -> tuple[Stand, ...]:
    """The live units with one of these folded serials whose rows are here, by depot."""
    found = tx.execute(
        select(
            _u.depot_id, _u.id, _u.serial, *_named(), _u.place, func.coalesce(shelves.c.code, ""), _u.placed_at,
            func.coalesce(_c.number, ""), _c.stage,
        )
        .select_from(
            units.outerjoin(products, products.c.id == _u.product_id)
            .outerjoin(shelves, and_(shelves.c.depot_id == _u.depot_id, shelves.c.id == _u.shelf_id))
            .outerjoin(return_cases, and_(_c.depot_id == _u.depot_id, _c.id == _u.case_id))
        )
        .where(_u.serial.in_(serials), _u.deleted_at.is_(None))
        .order_by(_u.depot_id, _u.serial, _u.id)
    )
    return tuple(Stand(*row) for row in found)


def told_stands(tx: Tx, serials: Sequence[str]) -> tuple[Stand, ...]:
    """Units of other depots, as far as their visits were told: without a place."""
    found = tx.execute(
        select(_fu.depot_id, _fu.id, _fu.serial, *_named())
        .select_from(foreign_units.outerjoin(products, products.c.id == _fu.product_id))
        .where(_fu.serial.in_(serials), _fu.deleted_at.is_(None))
        .order_by(_fu.depot_id, _fu.serial, _fu.id)
    )
    return tuple(
        Stand(row[0], row[1], row[2], row[3], row[4], row[5], None, "", None, "", None) for row in found
    )


def visits(tx: Tx, serials: Sequence[str]) -> tuple[DepotVisit, ...]:
    """The visits of those units, announced ones too, oldest first."""
    found: dict[tuple[str, str], DepotVisit] = {}
    for cases, owned, reported in (
        (foreign_cases, foreign_units, null()), (return_cases, units, return_cases.c.reported_at),
    ):
        c, u = cases.c, owned.c
        for row in tx.execute(
            select(
                c.depot_id, c.id, c.unit_id, c.number, c.stage, c.symptom, c.result, c.outcome,
                reported.label("reported_at"), c.received_at,
                func.coalesce(c.returned_at, c.closed_at).label("left_at"),
            )
            .join(owned, and_(u.depot_id == c.depot_id, u.id == c.unit_id))
            .where(
                u.serial.in_(serials), u.deleted_at.is_(None), c.deleted_at.is_(None), c.stage != Stage.VOID.value,
            )
        ):
            found[row.depot_id, row.id] = DepotVisit(
                row.depot_id, row.unit_id, row.number, Stage(row.stage), row.symptom, row.result, row.outcome,
                row.reported_at, row.received_at, row.left_at,
            )
    return tuple(sorted(found.values(), key=_when))


def serials_of_number(tx: Tx, number: str) -> list[str]:
    """The serials of the units whose case has this number, wherever."""
    own = select(_u.serial).join(return_cases, and_(_u.depot_id == _c.depot_id, _u.id == _c.unit_id)).where(
        _c.number == number)
    told = select(_fu.serial).join(
        foreign_cases, and_(_fu.depot_id == _fc.depot_id, _fu.id == _fc.unit_id)).where(_fc.number == number)
    return [row[0] for statement in (own, told) for row in tx.execute(statement.distinct())]


def told_at(tx: Tx) -> datetime | None:
    """When this depot last heard of the others: its last good night."""
    found: datetime | None = tx.scalar(select(func.max(nights.c.ended_at)).where(nights.c.outcome == VERIFIED))
    return found


def owners(tx: Tx) -> list[str]:
    """The depots of which something was ever fetched."""
    return list(tx.execute(select(held_origins.c.owner).distinct().order_by(held_origins.c.owner)).scalars())


def _named() -> tuple[Any, ...]:
    p = products.c
    return tuple(func.coalesce(column, literal("")) for column in (p.model, p.name_zh, p.name_en))


def _when(visit: DepotVisit) -> tuple[bool, datetime | str, str]:
    first = visit.received_at or visit.reported_at
    return first is None, first or "", visit.number


__all__ = ["owners", "serials_of_number", "stands", "told_at", "told_stands", "visits"]
