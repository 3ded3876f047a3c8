"""Kept units and R&D's determinations of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, select

from app.domain.determination import Determination, Kept, KeptRow
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence.tables import customers, determinations, keepings, products, return_cases, units
from app.persistence.transaction import Tx, as_row, columns_of

_d, _k = determinations.c, keepings.c


def add_keeping(tx: Tx, row: Kept) -> None:
    """Enter what the customer said to the keeping."""
    tx.insert(keepings, as_row(row))


def end_keeping(tx: Tx, keeping_id: str) -> None:
    """It was taken back."""
    tx.change(keepings, keeping_id, deleted_at=tx.at)


def keeping(tx: Tx, case_id: str) -> Kept | None:
    """What the customer said to the keeping of the unit of a case."""
    return tx.one(
        select(*columns_of(Kept, keepings))
        .where(_k.depot_id == tx.depot_id, _k.case_id == case_id, _k.deleted_at.is_(None))
        .order_by(_k.at.desc()).limit(1),
        Kept,
    )


def add(tx: Tx, row: Determination) -> None:
    """Enter a determination."""
    tx.insert(determinations, as_row(row))


def of_case(tx: Tx, case_id: str) -> Determination | None:
    """The determination of the unit of a case."""
    return tx.one(
        select(*columns_of(Determination, determinations))
        .where(_d.depot_id == tx.depot_id, _d.case_id == case_id)
        .order_by(_d.at.desc()).limit(1),
        Determination,
    )


def kept(tx: Tx, limit: int = 500) -> tuple[KeptRow, ...]:
    """Kept units that R&D has, is to have, or has just judged; the longest at their place first."""
    case = return_cases.c
    return tx.all(
        _rows().where(
            case.depot_id == tx.depot_id,
            (case.stage == Stage.TO_RND) | ((case.stage == Stage.IN_REPAIR) & (units.c.place == Place.LAB)),
        ).order_by(units.c.placed_at, case.id).limit(limit),
        KeptRow,
    )


def row_of_case(tx: Tx, case_id: str) -> KeptRow | None:
    """One case as the list shows it."""
    return tx.one(_rows().where(return_cases.c.depot_id == tx.depot_id, return_cases.c.id == case_id), KeptRow)


def count_to_determine(tx: Tx) -> int:
    """How many units stand in the lab without a conclusion."""
    case = return_cases.c
    return int(tx.scalar(
        select(func.count()).select_from(
            return_cases
            .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
            .outerjoin(determinations, and_(_d.depot_id == case.depot_id, _d.case_id == case.id))
        ).where(case.depot_id == tx.depot_id, case.stage == Stage.TO_RND, units.c.place == Place.LAB, _d.id.is_(None))
    ))


def _rows() -> Select[Any]:
    case = return_cases.c
    return (
        select(
            case.id.label("case_id"), case.number.label("case_number"), units.c.id.label("unit_id"), units.c.serial,
            func.coalesce(products.c.model, "").label("model"), func.coalesce(customers.c.name, "").label("customer"),
            case.stage, units.c.place, units.c.placed_at,
            func.coalesce(_d.number, "").label("determination_number"),
            func.coalesce(_d.conclusion, "").label("conclusion"),
        )
        .select_from(return_cases)
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .join(products, products.c.id == case.product_id, isouter=True)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(determinations, and_(_d.depot_id == case.depot_id, _d.case_id == case.id), isouter=True)
    )
