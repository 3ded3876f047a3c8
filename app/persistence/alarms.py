"""Quality alarms, and the other units of a lot."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Select, and_, func, select

from app.domain.alarms import OPEN, Alarm, AlarmState, LotUnit
from app.domain.stages import Stage
from app.persistence.tables import products, quality_alarms, return_cases, units
from app.persistence.transaction import Tx

_WORDS = ("model", "serial", "case_number")
_ROW = tuple(f.name for f in fields(Alarm) if f.name not in _WORDS)


def add(tx: Tx, alarm: Alarm) -> None:
    """Enter an alarm."""
    row = {name: getattr(alarm, name) for name in _ROW}
    tx.insert(quality_alarms, {**row, "others": [_plain(unit) for unit in alarm.others]})


def change(tx: Tx, alarm_id: str, **values: Any) -> None:
    """Change an alarm."""
    tx.change(quality_alarms, alarm_id, **values)


def get(tx: Tx, alarm_id: str) -> Alarm | None:
    """The alarm ``alarm_id``, also one that was taken back."""
    return next(iter(_alarms(tx, _rows(tx).where(quality_alarms.c.id == alarm_id))), None)


def listed(tx: Tx, *, open_only: bool, limit: int = 500) -> tuple[Alarm, ...]:
    """The alarms, the newest first."""
    statement = _rows(tx).where(quality_alarms.c.state != AlarmState.VOID)
    if open_only:
        statement = statement.where(quality_alarms.c.state.in_(tuple(OPEN)))
    return _alarms(tx, statement.limit(limit))


def unanswered(tx: Tx) -> tuple[Alarm, ...]:
    """The alarms that wait for R&D."""
    return _alarms(tx, _rows(tx).where(quality_alarms.c.state == AlarmState.RAISED))


def of_lot(tx: Tx, product_id: str, lot: str, but_unit: str | None, limit: int = 500) -> tuple[LotUnit, ...]:
    """The other units of a lot on record, those that came back most often first."""
    came = func.count(return_cases.c.id)
    statement = (
        select(units.c.id, units.c.serial, units.c.place, came.label("returns"))
        .join(return_cases, and_(return_cases.c.depot_id == units.c.depot_id, return_cases.c.unit_id == units.c.id,
                                 return_cases.c.stage != Stage.VOID), isouter=True)
        .where(units.c.depot_id == tx.depot_id, units.c.product_id == product_id, units.c.lot == lot,
               units.c.deleted_at.is_(None))
        .group_by(units.c.id, units.c.serial, units.c.place)
        .order_by(came.desc(), units.c.serial).limit(limit)
    )
    return tuple(
        LotUnit(row.id, row.serial, str(row.place), row.returns) for row in tx.execute(statement) if row.id != but_unit)


def _rows(tx: Tx) -> Select[Any]:
    alarm = quality_alarms.c
    return (
        select(
            *(alarm[name] for name in _ROW), func.coalesce(products.c.model, "").label("model"),
            func.coalesce(units.c.serial, "").label("serial"),
            func.coalesce(return_cases.c.number, "").label("case_number"),
        )
        .select_from(
            quality_alarms
            .join(products, products.c.id == alarm.product_id, isouter=True)
            .join(units, and_(units.c.depot_id == alarm.depot_id, units.c.id == alarm.unit_id), isouter=True)
            .join(return_cases, and_(return_cases.c.depot_id == alarm.depot_id, return_cases.c.id == alarm.case_id),
                  isouter=True))
        .where(alarm.depot_id == tx.depot_id, alarm.deleted_at.is_(None))
        .order_by(alarm.raised_at.desc(), alarm.number.desc())
    )


def _alarms(tx: Tx, statement: Select[Any]) -> tuple[Alarm, ...]:
    return tuple(
        Alarm(**{**row._mapping, "others": tuple(LotUnit(**unit) for unit in row.others)})
        for row in tx.execute(statement))


def _plain(unit: LotUnit) -> dict[str, Any]:
    return {"unit_id": unit.unit_id, "serial": unit.serial, "place": unit.place, "returns": unit.returns}
