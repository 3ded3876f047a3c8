"""The spare pool: grades, reservations, and what left it for a site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.spares import Reservation, SpareGrade, SpareUse
from app.persistence.tables import (
    customers,
    movements,
    products,
    return_cases,
    service_requests,
    shelves,
    spare_grades,
    spare_reservations,
    spare_uses,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_OUTSIDE = [p for p in Place if CUSTODIAN[p] in {Custodian.OUTSIDE, Custodian.CARRIER}]


def add_grade(tx: Tx, unit_id: str, grade: SpareGrade, note: str) -> None:
    """Enter what somebody thought of a spare."""
    tx.insert(spare_grades, {"unit_id": unit_id, "grade": grade.value, "note": note, "at": tx.at, "by": tx.by})


def add_reservation(tx: Tx, row: Reservation) -> None:
    """Enter a reservation."""
    tx.insert(spare_reservations, as_row(row))


def change_reservation(tx: Tx, reservation_id: str, **values: Any) -> None:
    """Change a reservation."""
    tx.change(spare_reservations, reservation_id, **values)


def reservation(tx: Tx, reservation_id: str) -> Reservation | None:
    """The reservation ``reservation_id``."""
    return tx.one(
        select(*columns_of(Reservation, spare_reservations)).where(tx.by_id(spare_reservations, reservation_id)),
        Reservation,
    )


def open_reservation(tx: Tx, unit_id: str) -> Reservation | None:
    """The reservation of a spare that nobody has ended; it may have lapsed."""
    r = spare_reservations.c
    found = tx.all(
        select(*columns_of(Reservation, spare_reservations))
        .where(r.depot_id == tx.depot_id, r.unit_id == unit_id, r.ended_at.is_(None))
        .order_by(r.reserved_at.desc()).limit(1),
        Reservation,
    )
    return found[0] if found else None


def pool(tx: Tx, *, product_id: str = "", limit: int = 1000) -> Sequence[Any]:
    """Rows of the spares that stand in zone 3, longest there first, with their open reservation and newest grade."""
    u, g, r = units.c, spare_grades.c, spare_reservations.c
    newest = (
        select(g.id).where(g.depot_id == u.depot_id, g.unit_id == u.id)
        .order_by(g.at.desc(), g.id.desc()).limit(1).correlate(units).scalar_subquery()
    )
    statement = (
        select(
            u.id.label("unit_id"), u.serial, u.product_id, products.c.model, products.c.name_zh, products.c.name_en,
            u.lot, func.coalesce(shelves.c.code, "").label("shelf"), u.placed_at, u.manufactured_on.label("made_on"),
            func.coalesce(u.case_id, "").label("case_id"),
            func.coalesce(return_cases.c.number, "").label("case_number"), g.grade, g.note.label("grade_note"),
            r.id.label("reservation_id"), customers.c.name.label("reserved_for"), r.until.label("reserved_until"),
            r.site.label("reserved_site"),
        )
        .select_from(units)
        .join(products, products.c.id == u.product_id, isouter=True)
        .join(shelves, and_(shelves.c.depot_id == u.depot_id, shelves.c.id == u.shelf_id), isouter=True)
        .join(return_cases, and_(return_cases.c.depot_id == u.depot_id, return_cases.c.id == u.case_id), isouter=True)
        .join(spare_grades, and_(g.depot_id == u.depot_id, g.id == newest), isouter=True)
        .join(
            spare_reservations, and_(r.depot_id == u.depot_id, r.unit_id == u.id, r.ended_at.is_(None)), isouter=True
        )
        .join(customers, customers.c.id == r.customer_id, isouter=True)
        .where(u.depot_id == tx.depot_id, u.place == Place.ZONE_SPARE, u.deleted_at.is_(None))
        .order_by(u.placed_at, u.id)
        .limit(limit)
    )
    if product_id:
        statement = statement.where(u.product_id == product_id)
    return tx.execute(statement).all()


def standing(tx: Tx, product_id: str) -> int:
    """How many units of a product stand in zone 3."""
    u = units.c
    return int(tx.scalar(
        select(func.count()).select_from(units).where(
            u.depot_id == tx.depot_id, u.place == Place.ZONE_SPARE, u.product_id == product_id
        )
    ))


def free(tx: Tx, product_id: str, today: date) -> int:
    """How many of them nobody has reserved for today or later."""
    return sum(
        1 for row in pool(tx, product_id=product_id) if row.reservation_id is None or row.reserved_until < today
    )


def uses_since(tx: Tx, product_id: str, since: datetime) -> int:
    """How many spares of a product went from zone 3 to customers since ``since``; those that came back do not count."""
    m = movements.c

    def count(side: Any, other: Any) -> int:
        return int(tx.scalar(
            select(func.count()).select_from(movements)
            .join(units, and_(units.c.depot_id == m.depot_id, units.c.id == m.unit_id))
            .where(
                m.depot_id == tx.depot_id, m.at >= since, units.c.product_id == product_id,
                side == Place.ZONE_SPARE, other.in_(_OUTSIDE),
            )
        ))

    return max(0, count(m.from_place, m.to_place) - count(m.to_place, m.from_place))


def add_use(tx: Tx, row: SpareUse) -> None:
    """Enter a spare that left for a site."""
    tx.insert(spare_uses, as_row(row))


def change_use(tx: Tx, use_id: str, **values: Any) -> None:
    """Change a spare use."""
    tx.change(spare_uses, use_id, **values)


def _uses() -> Select[Any]:
    return select(*columns_of(SpareUse, spare_uses))


def use(tx: Tx, use_id: str) -> SpareUse | None:
    """The spare use ``use_id``."""
    return tx.one(_uses().where(tx.by_id(spare_uses, use_id)), SpareUse)


def owed_for(tx: Tx, unit_id: str) -> SpareUse | None:
    """The use for which ``unit_id`` is owed: swapped out and not arrived. One that was written off may still come."""
    s = spare_uses.c
    found = tx.all(
        _uses().where(
            s.depot_id == tx.depot_id, s.replaced_unit_id == unit_id, s.swapped_at.is_not(None),
            s.recovered_at.is_(None),
        ).order_by(s.swapped_at.desc()).limit(1),
        SpareUse,
    )
    return found[0] if found else None


def on_the_way(tx: Tx, unit_id: str) -> SpareUse | None:
    """The use under which the spare ``unit_id`` is out and neither put in nor brought back."""
    s = spare_uses.c
    return tx.one(
        _uses().where(
            s.depot_id == tx.depot_id, s.unit_id == unit_id, s.swapped_at.is_(None), s.unused_at.is_(None)),
        SpareUse,
    )


def recovered_by(tx: Tx, case_id: str) -> SpareUse | None:
    """The use whose owed unit came in with ``case_id``."""
    s = spare_uses.c
    return tx.one(_uses().where(s.depot_id == tx.depot_id, s.recovered_case_id == case_id), SpareUse)


def of_request(tx: Tx, request_id: str) -> tuple[SpareUse, ...]:
    """The uses that were sent for a service request, oldest first."""
    s = spare_uses.c
    return tx.all(
        _uses().where(s.depot_id == tx.depot_id, s.request_id == request_id).order_by(s.sent_at, s.id), SpareUse)


def use_rows(tx: Tx, *, settled: bool, limit: int) -> Sequence[Any]:
    """Uses with what a list shows: open ones (on the way, owed) by due day, or the settled ones, newest first."""
    s, spare = spare_uses.c, units.c
    ended = or_(s.unused_at.is_not(None), s.recovered_at.is_not(None), s.written_off_at.is_not(None))
    statement = (
        select(
            spare_uses, spare.serial.label("spare_serial"), spare.place.label("spare_place"), products.c.model,
            products.c.name_zh, products.c.name_en, func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(return_cases.c.number, "").label("recovered_case"),
            func.coalesce(service_requests.c.number, "").label("request_number"),
        )
        .select_from(spare_uses)
        .join(units, and_(spare.depot_id == s.depot_id, spare.id == s.unit_id))
        .join(products, products.c.id == spare.product_id, isouter=True)
        .join(customers, customers.c.id == s.customer_id, isouter=True)
        .join(
            return_cases, and_(return_cases.c.depot_id == s.depot_id, return_cases.c.id == s.recovered_case_id),
            isouter=True,
        )
        .join(
            service_requests,
            and_(service_requests.c.depot_id == s.depot_id, service_requests.c.id == s.request_id), isouter=True,
        )
        .where(s.depot_id == tx.depot_id, ended if settled else ~ended)
        .limit(limit)
    )
    order = (s.sent_at.desc(),) if settled else (func.coalesce(s.owed_due_on, "9999-12-31"), s.sent_at)
    return tx.execute(statement.order_by(*order)).all()


def owed_counts(tx: Tx, today: date, soon: date) -> tuple[int, int, int]:
    """How many units are owed, how many of them late, how many due by ``soon``."""
    s = spare_uses.c
    rows = tx.execute(
        select(s.owed_due_on).where(
            s.depot_id == tx.depot_id, s.swapped_at.is_not(None), s.recovered_at.is_(None),
            s.written_off_at.is_(None),
        )
    ).scalars().all()
    return len(rows), sum(d < today for d in rows), sum(today <= d <= soon for d in rows)
