"""Exchanges, made and due."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Text, and_, exists, func, or_, select, type_coerce

from app.domain.disposition import Ended
from app.domain.exchange import Candidate, Exchange, ExchangeRow
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.persistence.tables import (
    customers,
    dispositions,
    exchanges,
    products,
    return_cases,
    shelves,
    shipment_lines,
    shipments,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_e = exchanges.c
_OURS = (Outcome.EXCHANGE.value, Outcome.BOTH_TO_CUSTOMER.value)


def add(tx: Tx, row: Exchange) -> None:
    """Enter an exchange."""
    tx.insert(exchanges, as_row(row))


def change(tx: Tx, exchange_id: str, **values: Any) -> None:
    """Write the delivery, or end the exchange by ``deleted_at``."""
    tx.change(exchanges, exchange_id, **values)


def of_case(tx: Tx, case_id: str) -> Exchange | None:
    """The exchange of a case that was not taken back."""
    return _one(tx, _e.case_id == case_id)


def get(tx: Tx, exchange_id: str) -> Exchange | None:
    """The exchange ``exchange_id`` that was not taken back."""
    return _one(tx, _e.id == exchange_id)


def any_of(tx: Tx, exchange_id: str) -> Exchange | None:
    """The exchange ``exchange_id``, taken back or not: its paper stays visible."""
    return tx.one(select(*columns_of(Exchange, exchanges)).where(tx.by_id(exchanges, exchange_id)), Exchange)


def of_unit(tx: Tx, unit_id: str) -> tuple[Exchange, ...]:
    """Exchanges in which a unit went out or came in, the oldest first."""
    return tx.all(
        select(*columns_of(Exchange, exchanges))
        .where(
            _e.depot_id == tx.depot_id, _e.deleted_at.is_(None),
            or_(_e.old_unit_id == unit_id, _e.new_unit_id == unit_id),
        )
        .order_by(_e.at, _e.id),
        Exchange,
    )


def open_rows(tx: Tx, limit: int = 500) -> tuple[ExchangeRow, ...]:
    """Cases in which an exchange is due or not delivered yet, the earliest due first."""
    case, ruling = return_cases.c, dispositions.c
    due = exists().where(
        ruling.depot_id == case.depot_id, ruling.case_id == case.id, ruling.deleted_at.is_(None),
        or_(ruling.ended_at.is_(None), ruling.ended_why == Ended.DONE.value),
        or_(*(type_coerce(ruling.outcomes, Text()).like(f'%"{name}"%') for name in _OURS)),
    )
    return tx.all(
        _rows().where(
            case.depot_id == tx.depot_id, _e.delivered_at.is_(None), or_(_e.id.is_not(None), due),
            case.closed_at.is_(None),
        ).order_by(func.coalesce(case.due_on, "9999-12-31"), case.id).limit(limit),
        ExchangeRow,
    )


def row_of_case(tx: Tx, case_id: str) -> ExchangeRow | None:
    """One case as the list shows it."""
    return tx.one(_rows().where(return_cases.c.depot_id == tx.depot_id, return_cases.c.id == case_id), ExchangeRow)


def in_pool(tx: Tx, product_id: str, limit: int = 200) -> tuple[Candidate, ...]:
    """Spares of zone 3, those of ``product_id`` first and the longest there first."""
    u = units.c
    same = u.product_id == product_id
    rows = tx.execute(
        select(
            u.id.label("unit_id"), u.serial, u.product_id, func.coalesce(products.c.model, "").label("model"),
            u.placed_at, func.coalesce(shelves.c.code, "").label("shelf"),
        )
        .select_from(units)
        .join(products, products.c.id == u.product_id, isouter=True)
        .join(shelves, and_(shelves.c.depot_id == u.depot_id, shelves.c.id == u.shelf_id), isouter=True)
        .where(u.depot_id == tx.depot_id, u.place == Place.ZONE_SPARE, u.deleted_at.is_(None))
        .order_by(same.desc(), u.placed_at, u.id)
        .limit(limit)
    )
    return tuple(Candidate(**row._mapping, same=row.product_id == product_id) for row in rows)


def _one(tx: Tx, condition: Any) -> Exchange | None:
    return tx.one(
        select(*columns_of(Exchange, exchanges))
        .where(_e.depot_id == tx.depot_id, _e.deleted_at.is_(None), condition)
        .order_by(_e.at.desc(), _e.id.desc()).limit(1),
        Exchange,
    )


def _rows() -> Select[Any]:
    case, new, new_product, line = return_cases.c, units.alias("new"), products.alias("new_product"), shipment_lines.c
    return (
        select(
            case.id.label("case_id"), case.number.label("case_number"), case.stage, case.customer_id,
            func.coalesce(customers.c.name, "").label("customer"), case.product_id,
            func.coalesce(products.c.model, "").label("model"), units.c.serial.label("old_serial"),
            units.c.id.label("old_unit_id"),
            func.coalesce(_e.number, "").label("number"), func.coalesce(_e.id, "").label("exchange_id"),
            func.coalesce(new.c.serial, "").label("new_serial"),
            func.coalesce(new_product.c.model, "").label("new_model"), new.c.place.label("new_place"), _e.at,
            func.coalesce(shipments.c.number, "").label("shipment"), case.due_on,
        )
        .select_from(return_cases)
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .join(products, products.c.id == case.product_id, isouter=True)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(
            exchanges, and_(_e.depot_id == case.depot_id, _e.case_id == case.id, _e.deleted_at.is_(None)), isouter=True
        )
        .join(new, and_(new.c.depot_id == _e.depot_id, new.c.id == _e.new_unit_id), isouter=True)
        .join(new_product, new_product.c.id == new.c.product_id, isouter=True)
        .join(
            shipment_lines,
            and_(
                line.depot_id == _e.depot_id, line.case_id == _e.case_id, line.unit_id == _e.new_unit_id,
                line.deleted_at.is_(None),
            ),
            isouter=True,
        )
        .join(
            shipments, and_(shipments.c.depot_id == line.depot_id, shipments.c.id == line.shipment_id), isouter=True
        )
    )
