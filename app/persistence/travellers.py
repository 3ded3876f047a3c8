"""Travellers as lists: outstanding, under way, archived. Paged by key."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.search import query
from app.domain.travellers import CIRCULATED, UNDER_WAY, Shelfmark, TravellerRow
from app.persistence import search
from app.persistence.tables import customers, products, return_cases, travellers, units, users
from app.persistence.transaction import Tx

_t, _c, _u = travellers.c, return_cases.c, units.c


def rows(
    tx: Tx, which: Shelfmark, text: str, after: TravellerRow | None, limit: int
) -> tuple[TravellerRow, ...]:
    """Up to ``limit`` travellers: the archived newest first, the others by number (the longest out first)."""
    statement = _select().where(*_conditions(tx, which))
    if text.strip():
        typed = query(text)
        statement = statement.where(
            or_(
                and_(_t.number >= typed.serial, _t.number < typed.serial + "\uffff"),
                _t.archive_position == text.strip(),
                _t.unit_id.in_([hit.unit_id for hit in search.find(tx, typed, 500)]),
            )
        )
    if which is Shelfmark.ARCHIVED:
        if after is not None and after.archived_at is not None:
            statement = statement.where(
                or_(_t.archived_at < after.archived_at,
                    and_(_t.archived_at == after.archived_at, _t.number < after.number))
            )
        statement = statement.order_by(_t.archived_at.desc(), _t.number.desc())
    else:
        if after is not None:
            statement = statement.where(_t.number > after.number)
        statement = statement.order_by(_t.number)
    return tx.all(statement.limit(limit), TravellerRow)


def count(tx: Tx, which: Shelfmark) -> int:
    """How many travellers a list holds."""
    joined = travellers.join(return_cases, and_(_c.depot_id == _t.depot_id, _c.id == _t.case_id))
    return int(tx.scalar(select(func.count()).select_from(joined).where(*_conditions(tx, which))))


def by_number(tx: Tx, number: str) -> TravellerRow | None:
    """The traveller with the number printed on it."""
    return tx.one(_select().where(_t.depot_id == tx.depot_id, _t.number == number), TravellerRow)


def by_id(tx: Tx, traveller_id: str) -> TravellerRow | None:
    """The traveller ``traveller_id``."""
    return tx.one(_select().where(_t.depot_id == tx.depot_id, _t.id == traveller_id), TravellerRow)


def _conditions(tx: Tx, which: Shelfmark) -> list[Any]:
    found: list[Any] = [_t.depot_id == tx.depot_id, _t.deleted_at.is_(None)]
    match which:
        case Shelfmark.ARCHIVED:
            found.append(_t.archived_at.is_not(None))
        case Shelfmark.TO_ARCHIVE:
            found += [_t.archived_at.is_(None), _c.stage.in_(sorted(CIRCULATED))]
        case Shelfmark.UNDER_WAY:
            found += [_t.archived_at.is_(None), _c.stage.in_(sorted(UNDER_WAY))]
    return found


def _select() -> Select[Any]:
    given: dict[str, Any] = {
        "traveller_id": _t.id, "case_number": _c.number, "serial": _u.serial, "model": products.c.model,
        "name_zh": products.c.name_zh, "name_en": products.c.name_en, "customer": customers.c.name,
        "stage": _c.stage, "archived_by": func.coalesce(users.c.name, ""),
    }
    return select(
        *(given[f.name].label(f.name) if f.name in given else _t[f.name].label(f.name) for f in fields(TravellerRow))
    ).select_from(
        travellers.join(return_cases, and_(_c.depot_id == _t.depot_id, _c.id == _t.case_id))
        .join(units, and_(_u.depot_id == _t.depot_id, _u.id == _t.unit_id))
        .outerjoin(products, products.c.id == _u.product_id)
        .outerjoin(customers, customers.c.id == _c.customer_id)
        .outerjoin(users, and_(users.c.depot_id == _t.depot_id, users.c.id == _t.archived_by))
    )
