"""The ledger of a zone (管理台帐, art. 12.2): what came in and went out, and what stood there on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, select, tuple_
from sqlalchemy.sql.selectable import FromClause

from app.domain.ledger import LedgerLine, StoodThere
from app.domain.places import Place
from app.persistence.tables import movements, products, return_cases, shelves, units, users
from app.persistence.tables.base import YesNo
from app.persistence.transaction import Tx, columns_of

_m, _u = movements.c, units.c


def count_standing(tx: Tx, zone: Place) -> int:
    """How many units stand in ``zone`` now."""
    return int(tx.scalar(
        select(func.count()).select_from(units).where(_u.depot_id == tx.depot_id, _u.place == zone)
    ))


def came_and_left(tx: Tx, zone: Place, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """How many units came into and left ``zone`` in [since, until); shelf moves inside do not count."""
    return (
        _count(tx, _m.to_place, _m.from_place, zone, since, until),
        _count(tx, _m.from_place, _m.to_place, zone, since, until),
    )


def count_by_chain(tx: Tx, zone: Place, until: datetime) -> int:
    """How many movement chains end in ``zone`` just before ``until``."""
    later = movements.alias("later")
    return int(tx.scalar(
        select(func.count()).select_from(movements).where(
            _m.depot_id == tx.depot_id, _m.to_place == zone, _m.at < until,
            ~select(later.c.id).where(
                later.c.depot_id == _m.depot_id, later.c.unit_id == _m.unit_id, later.c.ordinal > _m.ordinal,
                later.c.at < until,
            ).exists(),
        )
    ))


def _count(
    tx: Tx, side: ColumnElement[Any], other: ColumnElement[Any], zone: Place, since: datetime | None,
    until: datetime | None,
) -> int:
    statement = select(func.count()).select_from(movements).where(
        _m.depot_id == tx.depot_id, side == zone, other != zone
    )
    if since is not None:
        statement = statement.where(_m.at >= since)
    if until is not None:
        statement = statement.where(_m.at < until)
    return int(tx.scalar(statement))


def lines(
    tx: Tx, zone: Place, since: datetime, until: datetime, after: LedgerLine | None, limit: int
) -> list[LedgerLine]:
    """A page of the lines of ``zone`` in [since, until) by time; the balance is still to be filled in."""
    found: list[LedgerLine] = []
    for incoming in (True, False):
        side, other = (_m.to_place, _m.from_place) if incoming else (_m.from_place, _m.to_place)
        shelf_id = _m.to_shelf_id if incoming else _m.from_shelf_id
        statement = _lines(shelf_id, other, incoming).where(
            _m.depot_id == tx.depot_id, side == zone, other != zone, _m.at >= since, _m.at < until
        )
        if after is not None:
            statement = statement.where(
                tuple_(_m.at, _m.id) > tuple_(after.at, after.id, types=[_m.at.type, _m.id.type])
            )
        found += tx.all(statement.order_by(_m.at, _m.id).limit(limit), LedgerLine)
    found.sort(key=lambda line: (line.at, line.id))
    return found[:limit]


def _lines(shelf_id: Any, other: Any, incoming: bool) -> Select[Any]:  # noqa: FBT001
    shelf, case_ = shelves.c, return_cases.c
    return select(
        *columns_of(
            LedgerLine, movements,
            renamed={
                "incoming": literal(incoming, YesNo()), "serial": _u.serial, "model": products.c.model,
                "name_zh": products.c.name_zh, "name_en": products.c.name_en, "case_number": case_.number,
                "other_place": other, "shelf": shelf.code, "balance": literal(0), "by_name": users.c.name,
            },
        )
    ).select_from(
        _joined(movements)
        .outerjoin(return_cases, and_(case_.depot_id == _m.depot_id, case_.id == _m.case_id))
        .outerjoin(shelves, and_(shelf.depot_id == _m.depot_id, shelf.id == shelf_id))
        .outerjoin(users, and_(users.c.depot_id == _m.depot_id, users.c.id == _m.by))
    )


def _joined(start: Any) -> FromClause:
    joined: FromClause = start.join(
        units, and_(_u.depot_id == _m.depot_id, _u.id == _m.unit_id)
    ).outerjoin(products, products.c.id == _u.product_id)
    return joined


def stood(
    tx: Tx, zone: Place, until: datetime, after: StoodThere | None, limit: int, total: int
) -> list[StoodThere]:
    """A page of what stood in ``zone`` just before ``until``: what still does, longest first, then what left since.

    ``total``: how many there were; knowing it, the search for what left ends at the last one.
    """
    seen = after.no if after else 0
    found: list[StoodThere] = []
    if after is None or after.left_at is None:
        found = _still_there(tx, zone, until, after, limit)
    room = min(limit, total - seen) - len(found)
    if room > 0:
        found += _left_since(tx, zone, until, after if after is not None and after.left_at else None, room)
    return [replace(row, no=no) for no, row in enumerate(found, seen + 1)]


def _still_there(tx: Tx, zone: Place, until: datetime, after: StoodThere | None, limit: int) -> list[StoodThere]:
    statement = _stood(tx, until, _u.placed_at, None).select_from(
        units.outerjoin(products, products.c.id == _u.product_id)
        .outerjoin(return_cases, and_(return_cases.c.depot_id == _u.depot_id, return_cases.c.id == _u.case_id))
    ).where(_u.depot_id == tx.depot_id, _u.place == zone, _u.placed_at < until)
    if after is not None:
        statement = statement.where(
            tuple_(_u.placed_at, _u.id)
            > tuple_(after.since, after.unit_id, types=[_u.placed_at.type, _u.id.type])
        )
    return list(tx.all(statement.order_by(_u.placed_at, _u.id).limit(limit), StoodThere))


def _left_since(tx: Tx, zone: Place, until: datetime, after: StoodThere | None, limit: int) -> list[StoodThere]:
    entry = movements.alias("entry")
    came = (
        select(entry.c.at).where(
            entry.c.depot_id == _m.depot_id, entry.c.unit_id == _m.unit_id, entry.c.ordinal < _m.ordinal,
            entry.c.to_place == zone, entry.c.from_place != zone,
        ).order_by(entry.c.ordinal.desc()).limit(1).scalar_subquery()
    )
    statement = _stood(tx, until, came, _m.at).select_from(
        _joined(movements).outerjoin(
            return_cases, and_(return_cases.c.depot_id == _m.depot_id, return_cases.c.id == _m.case_id)
        )
    ).where(
        _m.depot_id == tx.depot_id, _m.from_place == zone, _m.to_place != zone, _m.at >= until, came < until
    )
    if after is not None:
        statement = statement.where(
            tuple_(_m.at, _m.unit_id)
            > tuple_(after.left_at, after.unit_id, types=[_m.at.type, _m.unit_id.type])
        )
    return list(tx.all(statement.order_by(_m.at, _m.unit_id).limit(limit), StoodThere))


def _stood(tx: Tx, until: datetime, since: Any, left_at: Any) -> Select[Any]:
    last, then = movements.alias("last"), movements.alias("then")
    newest = select(func.max(then.c.ordinal)).where(
        then.c.depot_id == tx.depot_id, then.c.unit_id == last.c.unit_id, then.c.at < until
    ).correlate(last).scalar_subquery()
    shelf = select(shelves.c.code).select_from(
        last.join(shelves, and_(shelves.c.depot_id == last.c.depot_id, shelves.c.id == last.c.to_shelf_id))
    ).where(last.c.depot_id == tx.depot_id, last.c.unit_id == _u.id, last.c.ordinal == newest).correlate(units)
    return select(
        *columns_of(
            StoodThere, units,
            renamed={
                "no": literal(0), "unit_id": _u.id, "model": products.c.model, "name_zh": products.c.name_zh,
                "name_en": products.c.name_en, "case_number": return_cases.c.number,
                "shelf": shelf.scalar_subquery(), "since": since, "left_at": null() if left_at is None else left_at,
            },
        )
    )
