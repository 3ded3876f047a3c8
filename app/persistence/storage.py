"""Shelves, and what stands in the zones, in the record. Boards are read by index, so a million units are no burden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, or_, select, tuple_
from sqlalchemy.sql.visitors import iterate

from app.domain.masterdata import Shelf
from app.domain.places import BELONGS, ZONES, Place
from app.domain.stages import Stage
from app.domain.storage import (
    DATED_ZONES,
    NO_SHELF,
    Present,
    ShelfView,
    Show,
    StandingOrder,
    StandingUnit,
    Wanted,
    ZoneFigures,
)
from app.persistence.tables import customers, movements, products, return_cases, shelves, units
from app.persistence.transaction import Tx, as_row, columns_of

_u, _c, _s = units.c, return_cases.c, shelves.c

#: From how many units on it takes too long to find out which products and customers are among them.
CROWDED = 20_000
MOST_CHOICES = 1000


def shelf_views(tx: Tx, place: Place | None = None, *, active_only: bool = False) -> tuple[ShelfView, ...]:
    """The shelves by zone and code, with how many units stand on each."""
    standing = (
        select(_u.shelf_id, func.count().label("n"))
        .where(_u.depot_id == tx.depot_id, _u.place.in_([place] if place else ZONES), _u.shelf_id.is_not(None))
        .group_by(_u.shelf_id)
        .subquery()
    )
    statement = (
        select(*columns_of(ShelfView, shelves, renamed={"standing": func.coalesce(standing.c.n, 0)}))
        .select_from(shelves.outerjoin(standing, standing.c.shelf_id == _s.id))
        .where(_s.depot_id == tx.depot_id, _s.deleted_at.is_(None))
    )
    if place is not None:
        statement = statement.where(_s.place == place)
    if active_only:
        statement = statement.where(_s.active == 1)
    return tx.all(statement.order_by(_s.place, _s.code), ShelfView)


def shelf_view(tx: Tx, shelf_id: str) -> ShelfView | None:
    """One shelf."""
    standing = select(func.count()).where(
        _u.depot_id == tx.depot_id, _u.place.in_(ZONES), _u.shelf_id == shelf_id
    ).scalar_subquery()
    return tx.one(
        select(*columns_of(ShelfView, shelves, renamed={"standing": standing})).where(
            tx.by_id(shelves, shelf_id), _s.deleted_at.is_(None)
        ),
        ShelfView,
    )


def shelf_with_code(tx: Tx, place: Place, code: str) -> str | None:
    """The id of the live shelf of ``place`` with ``code`` (case does not matter)."""
    found: str | None = tx.scalar(
        select(_s.id).where(
            _s.depot_id == tx.depot_id, _s.place == place, func.upper(_s.code) == code.upper(),
            _s.deleted_at.is_(None),
        ).limit(1)
    )
    return found


def add_shelf(tx: Tx, shelf: Shelf) -> None:
    """Enter a shelf."""
    tx.insert(shelves, as_row(shelf))


def change_shelf(tx: Tx, shelf_id: str, **values: Any) -> None:
    """Change a shelf."""
    tx.change(shelves, shelf_id, **values)


def conditions_on(tx: Tx, shelf_id: str) -> tuple[str, ...]:
    """The storage conditions that units on a shelf need."""
    return tuple(tx.execute(
        select(_u.storage_condition).distinct().where(
            _u.depot_id == tx.depot_id, _u.place.in_(ZONES), _u.shelf_id == shelf_id, _u.storage_condition != ""
        )
    ).scalars())


def present(tx: Tx, zone: Place) -> Present:
    """The products and customers that have units in ``zone``, by name; of a very full zone all that are in use."""
    if count_standing(tx, Wanted(zone), today=date.max, soon=date.max) > CROWDED:
        return _in_use(tx)
    here = (_u.depot_id == tx.depot_id, _u.place == zone)
    found = tx.execute(
        select(products.c.id, products.c.model).where(
            products.c.id.in_(select(_u.product_id).where(*here).distinct())
        ).order_by(products.c.model)
    )
    owners = tx.execute(
        select(customers.c.id, customers.c.name).where(
            customers.c.id.in_(
                select(_c.customer_id).select_from(
                    units.join(return_cases, and_(_c.depot_id == _u.depot_id, _c.id == _u.case_id))
                ).where(*here).distinct()
            )
        ).order_by(customers.c.name)
    )
    return Present(tuple((id_, text) for id_, text in found), tuple((id_, text) for id_, text in owners))


def _in_use(tx: Tx) -> Present:
    def named(table: Table, name: str) -> tuple[tuple[str, str], ...]:
        found = tx.execute(
            select(table.c.id, table.c[name]).where(table.c.active == 1, table.c.deleted_at.is_(None))
            .order_by(table.c[name]).limit(MOST_CHOICES)
        )
        return tuple((id_, text) for id_, text in found)

    return Present(named(products, "model"), named(customers, "name"))


def zone_figures(
    tx: Tx, midnight: datetime, young: datetime, middle: datetime, today: date, soon: date
) -> tuple[ZoneFigures, ...]:
    """The four zones at a glance.

    ``midnight``: when today began; units placed at or after ``young`` are in the first age class, at or after
    ``middle`` in the second; dates up to ``soon`` are due soon.
    """
    ages = {
        row.place: (int(row.n), (int(row.a), int(row.b), int(row.n) - int(row.a) - int(row.b)))
        for row in tx.execute(
            select(
                _u.place, func.count().label("n"),
                func.coalesce(func.sum(case((_u.placed_at >= young, 1), else_=0)), 0).label("a"),
                func.coalesce(func.sum(case((and_(_u.placed_at < young, _u.placed_at >= middle), 1), else_=0)), 0)
                .label("b"),
            ).where(_u.depot_id == tx.depot_id, _u.place.in_(ZONES)).group_by(_u.place)
        )
    }
    room = {
        place: int(n)
        for place, n in tx.execute(
            select(_s.place, func.coalesce(func.sum(_s.capacity), 0))
            .where(_s.depot_id == tx.depot_id, _s.active == 1, _s.deleted_at.is_(None)).group_by(_s.place)
        )
    }
    dated = _dated(tx, today, soon)
    came = _moved(tx, movements.c.to_place, movements.c.from_place, midnight)
    left = _moved(tx, movements.c.from_place, movements.c.to_place, midnight)
    return tuple(
        ZoneFigures(
            zone, *_aged(ages.get(zone), room.get(zone, 0)), *dated.get(zone, (0, 0)), came.get(zone, 0),
            left.get(zone, 0),
        )
        for zone in ZONES
    )


def _aged(found: tuple[int, tuple[int, int, int]] | None, room: int) -> tuple[int, int, tuple[int, int, int]]:
    standing, ages = found or (0, (0, 0, 0))
    return standing, room, ages


def _dated(tx: Tx, today: date, soon: date) -> dict[Place, tuple[int, int]]:
    """Zone → (due soon, overdue), counted from the side of the dates: only what is due is looked at.

    A case that waits for its plan or for dispatch stands in zone 1 by the steps themselves, so those are counted in
    the index alone; the others are looked up in their places.
    """
    near, late = func.sum(case((_c.due_on >= today, 1), else_=0)), func.sum(case((_c.due_on < today, 1), else_=0))
    running = (_c.depot_id == tx.depot_id, _c.due_on <= soon, _c.paused_at.is_(None))
    waiting = BELONGS[Place.ZONE_PENDING]
    found = {Place.ZONE_PENDING: [0, 0]}
    first = tx.execute(select(near, late).where(*running, _c.stage.in_(waiting))).one()
    others = tx.execute(
        select(_u.place, near, late)
        .select_from(return_cases.join(units, and_(_u.depot_id == _c.depot_id, _u.id == _c.unit_id)))
        .where(
            *running, _c.stage.in_([Stage.REFERRED, *BELONGS[Place.ZONE_REPAIRED]]), _u.place.in_(DATED_ZONES),
            _u.case_id == _c.id,
        )
        .group_by(_u.place)
    )
    for place, *counts in [(Place.ZONE_PENDING, *first), *others]:
        before = found.get(place, [0, 0])
        found[place] = [b + int(n or 0) for b, n in zip(before, counts, strict=True)]
    return {place: (due, overdue) for place, (due, overdue) in found.items()}


def _moved(tx: Tx, side: ColumnElement[Any], other: ColumnElement[Any], since: datetime) -> dict[Place, int]:
    rows = tx.execute(
        select(side, func.count()).where(
            movements.c.depot_id == tx.depot_id, side.in_(ZONES), movements.c.at >= since, other != side
        ).group_by(side)
    )
    return {place: int(n) for place, n in rows}


def _stages(zone: Place) -> tuple[Stage, ...]:
    """The stages met in a zone: those that belong, and a unit that waits there for its ruling."""
    return (*sorted(BELONGS[zone]), Stage.REFERRED)


_COLUMNS = columns_of(
    StandingUnit, units,
    renamed={
        "unit_id": _u.id, "model": products.c.model, "name_zh": products.c.name_zh, "name_en": products.c.name_en,
        "shelf_code": _s.code, "case_number": _c.number, "stage": _c.stage, "due_on": _c.due_on,
        "paused_at": _c.paused_at, "urgency": _c.urgency, "visit_no": _c.visit_no, "symptom": _c.symptom,
        "customer_id": _c.customer_id, "customer": customers.c.name,
    },
)


def standing(
    tx: Tx,
    wanted: Wanted,
    order: StandingOrder,
    *,
    today: date,
    soon: date,
    after: StandingUnit | None = None,
    limit: int = 100,
    descending: bool = False,
) -> tuple[StandingUnit, ...]:
    """A page of the units standing in a zone, behind ``after`` in ``order``."""
    if order is StandingOrder.DUE and wanted.zone in DATED_ZONES:
        return _by_due(tx, wanted, today, soon, after, limit, descending=descending)
    statement = _standing(tx, wanted, today, soon)
    keys: list[Any] = [_u.serial if order is StandingOrder.SERIAL else _u.placed_at, _u.id]
    if after is not None:
        last = (after.serial if order is StandingOrder.SERIAL else after.placed_at, after.unit_id)
        statement = statement.where(_behind(keys, last, descending=descending))
    return tx.all(_ordered(statement, keys, descending=descending).limit(limit), StandingUnit)


def standing_unit(tx: Tx, unit_id: str) -> StandingUnit | None:
    """One unit of the zones, as the board shows it."""
    return tx.one(_board().where(_u.depot_id == tx.depot_id, _u.id == unit_id, _u.place.in_(ZONES)), StandingUnit)


def count_standing(tx: Tx, wanted: Wanted, *, today: date, soon: date) -> int:
    """How many units :func:`standing` lists in all."""
    if wanted == Wanted(wanted.zone, wanted.show) and wanted.show in {Show.DUE_SOON, Show.OVERDUE}:
        return _dated(tx, today, soon).get(wanted.zone, (0, 0))[wanted.show is Show.OVERDUE]
    if wanted == Wanted(wanted.zone):
        return int(tx.scalar(
            select(func.count()).select_from(units).where(_u.depot_id == tx.depot_id, _u.place == wanted.zone)
        ))
    inner = _standing(tx, wanted, today, soon).with_only_columns(_u.id)
    return int(tx.scalar(select(func.count()).select_from(inner.subquery())))


def _board() -> Select[Any]:
    return select(*_COLUMNS).select_from(
        units.outerjoin(return_cases, and_(_c.depot_id == _u.depot_id, _c.id == _u.case_id))
        .outerjoin(shelves, and_(_s.depot_id == _u.depot_id, _s.id == _u.shelf_id))
        .outerjoin(products, products.c.id == _u.product_id)
        .outerjoin(customers, customers.c.id == _c.customer_id)
    )


def _standing(tx: Tx, wanted: Wanted, today: date, soon: date) -> Select[Any]:
    return _board().where(
        _u.depot_id == tx.depot_id, _u.place == wanted.zone, *_conditions(tx, wanted, today, soon)
    )


def _conditions(tx: Tx, wanted: Wanted, today: date, soon: date) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.product_id:
        found.append(_u.product_id == wanted.product_id)
    if wanted.customer_id:
        found.append(_c.customer_id == wanted.customer_id)
    if wanted.shelf_id:
        found.append(_u.shelf_id.is_(None) if wanted.shelf_id == NO_SHELF else _u.shelf_id == wanted.shelf_id)
    if wanted.show is Show.MINE:
        found.append(or_(_c.received_by == tx.by, _c.technician_id == tx.by))
    elif wanted.show is not Show.ALL:
        late = wanted.show is Show.OVERDUE
        found += [_c.due_on < today] if late else [_c.due_on >= today, _c.due_on <= soon]
        found += [_c.paused_at.is_(None), _c.stage.in_(_stages(wanted.zone) if wanted.zone in DATED_ZONES else ())]
    return found


def _by_due(
    tx: Tx, wanted: Wanted, today: date, soon: date, after: StandingUnit | None, limit: int, *, descending: bool
) -> tuple[StandingUnit, ...]:
    """By date, then case: one ordered look per stage through the index of dates, merged; no date comes last.

    First the keys of the page are found, from the side of the cases, then what a card shows of them: asked in one
    statement the engine would gather and sort the whole zone.
    """
    keys: list[Any] = [_c.due_on, _c.id]
    conditions = _conditions(tx, wanted, today, soon)
    here = (
        select(_u.id).where(_u.depot_id == _c.depot_id, _u.id == _c.unit_id, _u.place == wanted.zone,
                            _u.case_id == _c.id, *(one for one in conditions if _is_of(one, units)))
        .correlate(return_cases).exists()
    )
    looked = select(_c.unit_id, *keys).where(
        _c.depot_id == tx.depot_id, here, *(one for one in conditions if not _is_of(one, units))
    )
    found: list[Any] = []
    for dated in (True, False):
        if len(found) >= limit or (dated and after is not None and after.due_on is None):
            continue
        statement = looked.where(_c.due_on.is_not(None) if dated else _c.due_on.is_(None))
        if after is not None and (after.due_on is not None) is dated:
            statement = statement.where(_behind(keys, (after.due_on, after.case_id), descending=descending) if dated
                                        else _c.id > after.case_id)
        page: list[Any] = []
        for stage in _stages(wanted.zone):
            ordered = _ordered(statement.where(_c.stage == stage), keys, descending=descending and dated)
            page += tx.execute(ordered.limit(limit - len(found)))
        page.sort(key=lambda row: (str(row.due_on), row.id), reverse=descending and dated)
        found += page[:limit - len(found)]
    return _shown(tx, [row.unit_id for row in found])


def _is_of(condition: ColumnElement[bool], table: Table) -> bool:
    """Whether a condition looks at columns of ``table`` only."""
    return all(getattr(part, "table", table) is table for part in iterate(condition))


def _shown(tx: Tx, unit_ids: Sequence[str]) -> tuple[StandingUnit, ...]:
    """What the board shows of these units, in this order."""
    there: dict[str, StandingUnit] = {}
    for start in range(0, len(unit_ids), 500):
        page = _board().where(_u.depot_id == tx.depot_id, _u.id.in_(unit_ids[start:start + 500]))
        there |= {row.unit_id: row for row in tx.all(page, StandingUnit)}
    return tuple(there[unit_id] for unit_id in unit_ids)


def _behind(keys: Sequence[Any], last: Sequence[Any], *, descending: bool) -> ColumnElement[bool]:
    here = tuple_(*keys)
    there = tuple_(*last, types=[key.type for key in keys])
    return here < there if descending else here > there


def _ordered(statement: Select[Any], keys: Sequence[Any], *, descending: bool) -> Select[Any]:
    return statement.order_by(*(key.desc() if descending else key for key in keys))
