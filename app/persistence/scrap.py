"""Scrapped units, and the cases on their way to zone 4."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, func, literal, select

from app.domain.approvals import ApprovalKind
from app.domain.places import Place
from app.domain.scrap import Scrap, ScrapRow
from app.domain.stages import Stage
from app.persistence.tables import approvals, customers, products, return_cases, scraps, units
from app.persistence.tables.base import YesNo
from app.persistence.transaction import Tx, as_row, columns_of

_s = scraps.c


def add(tx: Tx, row: Scrap) -> None:
    """Enter a scrapped unit."""
    tx.insert(scraps, as_row(row))


def change(tx: Tx, scrap_id: str, **values: Any) -> None:
    """Write the destination, or end the row by ``deleted_at``."""
    tx.change(scraps, scrap_id, **values)


def get(tx: Tx, scrap_id: str) -> Scrap | None:
    """The scrapped unit ``scrap_id``."""
    return _one(tx, _s.id == scrap_id)


def of_case(tx: Tx, case_id: str) -> Scrap | None:
    """The scrapping of a case."""
    return _one(tx, _s.case_id == case_id)


def any_of(tx: Tx, scrap_id: str) -> Scrap | None:
    """The scrapping ``scrap_id``, taken back or not: its paper stays visible."""
    return tx.one(select(*columns_of(Scrap, scraps)).where(tx.by_id(scraps, scrap_id)), Scrap)


def standing(tx: Tx, limit: int = 500) -> tuple[ScrapRow, ...]:
    """Units in zone 4 that wait for their destination, longest there first."""
    return tx.all(
        _rows().where(
            return_cases.c.depot_id == tx.depot_id, _s.destined_at.is_(None), units.c.place == Place.ZONE_SCRAP,
            _s.id.is_not(None),
        ).order_by(units.c.placed_at, units.c.id).limit(limit),
        ScrapRow,
    )


def under_way(tx: Tx, limit: int = 500) -> tuple[ScrapRow, ...]:
    """Cases for whose scrapping somebody asked, and that are not scrapped yet; the oldest question first."""
    return tx.all(
        _rows().where(
            return_cases.c.depot_id == tx.depot_id, approvals.c.id.is_not(None), _s.id.is_(None),
            return_cases.c.stage.in_([Stage.REFERRED, Stage.TO_RND]),
        ).order_by(approvals.c.requested_at, return_cases.c.id).limit(limit),
        ScrapRow,
    )


def row_of_case(tx: Tx, case_id: str) -> ScrapRow | None:
    """One case as the lists show it."""
    return tx.one(
        _rows().where(return_cases.c.depot_id == tx.depot_id, return_cases.c.id == case_id), ScrapRow
    )


def _one(tx: Tx, condition: Any) -> Scrap | None:
    return tx.one(
        select(*columns_of(Scrap, scraps))
        .where(_s.depot_id == tx.depot_id, _s.deleted_at.is_(None), condition)
        .order_by(_s.scrapped_at.desc()).limit(1),
        Scrap,
    )


def _rows() -> Select[Any]:
    case, newest = return_cases.c, approvals.alias("newest")
    last = (
        select(newest.c.id)
        .where(
            newest.c.depot_id == case.depot_id, newest.c.subject_id == case.id, newest.c.deleted_at.is_(None),
            newest.c.kind == ApprovalKind.SCRAP.value,
        )
        .order_by(newest.c.requested_at.desc(), newest.c.id.desc()).limit(1).correlate(return_cases).scalar_subquery()
    )
    return (
        select(
            case.id.label("case_id"), case.number.label("case_number"), units.c.id.label("unit_id"), units.c.serial,
            func.coalesce(products.c.model, "").label("model"), func.coalesce(customers.c.name, "").label("customer"),
            units.c.place, units.c.placed_at, func.coalesce(approvals.c.id, "").label("approval_id"),
            approvals.c.approved, func.coalesce(approvals.c.requested_by_name, "").label("requested_by_name"),
            func.coalesce(approvals.c.decided_by_name, "").label("decided_by_name"),
            func.coalesce(approvals.c.decision_reason, "").label("decision_reason"),
            func.coalesce(_s.id, "").label("scrap_id"), func.coalesce(_s.number, "").label("number"),
            func.coalesce(_s.for_lab, literal(False, YesNo()), type_=YesNo()).label("for_lab"),
            func.coalesce(_s.reason, approvals.c.reason, "").label("reason"),
        )
        .select_from(return_cases)
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .join(products, products.c.id == case.product_id, isouter=True)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(approvals, and_(approvals.c.depot_id == case.depot_id, approvals.c.id == last), isouter=True)
        .join(
            scraps, and_(_s.depot_id == case.depot_id, _s.case_id == case.id, _s.deleted_at.is_(None)), isouter=True
        )
    )


__all__ = ["add", "any_of", "change", "get", "of_case", "row_of_case", "standing", "under_way"]
