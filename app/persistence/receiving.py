"""Units, return cases, travellers and accessories in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, func, select, update

from app.domain.receiving import Accessory, ReturnCase, Traveller, Unit
from app.domain.stages import ENDED, Stage
from app.persistence.tables import accessories, return_cases, travellers, units
from app.persistence.transaction import Query, Tx, as_row, columns_of

_DEPOT: Any = bindparam("depot_id")
_UNITS = select(*columns_of(Unit, units)).where(units.c.depot_id == _DEPOT)
_CASES = select(*columns_of(ReturnCase, return_cases)).where(return_cases.c.depot_id == _DEPOT)
_TRAVELLERS = select(*columns_of(Traveller, travellers)).where(travellers.c.depot_id == _DEPOT)
_UNIT = Query(_UNITS.where(units.c.id == bindparam("unit_id")), Unit)
_UNITS_WITH_SERIAL = Query(_UNITS.where(units.c.serial == bindparam("serial"), units.c.deleted_at.is_(None)), Unit)
_UNIT_OF_PRODUCT = Query(
    _UNITS.where(
        units.c.product_id == bindparam("product_id"), units.c.serial == bindparam("serial"),
        units.c.deleted_at.is_(None),
    ),
    Unit,
)
_CASE = Query(_CASES.where(return_cases.c.id == bindparam("case_id")), ReturnCase)
_CASE_BY_NUMBER = Query(_CASES.where(return_cases.c.number == bindparam("number")), ReturnCase)
_CASES_OF_UNIT = Query(
    _CASES.where(return_cases.c.unit_id == bindparam("unit_id"))
    .order_by(return_cases.c.visit_no, return_cases.c.reported_at, return_cases.c.id),
    ReturnCase,
)
_TRAVELLER = Query(_TRAVELLERS.where(travellers.c.id == bindparam("traveller_id")), Traveller)
_TRAVELLER_OF_CASE = Query(
    _TRAVELLERS.where(travellers.c.case_id == bindparam("case_id"), travellers.c.deleted_at.is_(None)), Traveller
)


def unit(tx: Tx, unit_id: str) -> Unit | None:
    """The unit ``unit_id``."""
    return _UNIT.one(tx, unit_id=unit_id)


def units_with_serial(tx: Tx, serial: str) -> tuple[Unit, ...]:
    """Every live unit with the normalised ``serial`` (of any product)."""
    return _UNITS_WITH_SERIAL.all(tx, serial=serial)


def unit_of_product(tx: Tx, product_id: str, serial: str) -> Unit | None:
    """The live unit of ``product_id`` with the normalised ``serial``."""
    return _UNIT_OF_PRODUCT.one(tx, product_id=product_id, serial=serial)


def add_units(tx: Tx, rows: Sequence[Unit]) -> None:
    """Enter units that have not moved yet (``movement_no`` 0)."""
    tx.insert(units, *({**as_row(row, without=["seq"]), "serial_reversed": row.serial[::-1]} for row in rows))


def change_unit(tx: Tx, unit_id: str, **values: Any) -> None:
    """Change a unit's data (never its place: that is the movement ledger's)."""
    if "serial" in values:
        values["serial_reversed"] = values["serial"][::-1]
    tx.change(units, unit_id, **values)


def save_unit(tx: Tx, before: Unit, after: Unit) -> None:
    """Write what differs between ``before`` and ``after`` (never the place)."""
    changed = differences(before, after)
    if changed:
        change_unit(tx, after.id, **changed)


def case(tx: Tx, case_id: str) -> ReturnCase | None:
    """The return case ``case_id``."""
    return _CASE.one(tx, case_id=case_id)


def case_by_number(tx: Tx, number: str) -> ReturnCase | None:
    """The return case with the document number ``number``."""
    return _CASE_BY_NUMBER.one(tx, number=number)


def cases_of_unit(tx: Tx, unit_id: str) -> tuple[ReturnCase, ...]:
    """Every visit of a unit, oldest first, void ones included."""
    return _CASES_OF_UNIT.all(tx, unit_id=unit_id)


def open_case_of_unit(tx: Tx, unit_id: str) -> ReturnCase | None:
    """The visit of a unit that has not ended."""
    found = [c for c in cases_of_unit(tx, unit_id) if c.stage not in ENDED]
    return found[-1] if found else None


def visits(tx: Tx, unit_id: str) -> int:
    """How often the unit has come back so far (void receipts do not count)."""
    return int(
        tx.scalar(
            select(func.count()).select_from(return_cases).where(
                return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id == unit_id,
                return_cases.c.stage != Stage.VOID,
            )
        )
    )


def add_cases(tx: Tx, rows: Sequence[ReturnCase]) -> None:
    """Enter return cases."""
    tx.insert(return_cases, *(as_row(row, without=["seq"]) for row in rows))


def change_case(tx: Tx, case_id: str, **values: Any) -> None:
    """Change a return case."""
    tx.change(return_cases, case_id, **values)


def save_case(tx: Tx, before: ReturnCase, after: ReturnCase) -> None:
    """Write what differs between ``before`` and ``after``."""
    changed = differences(before, after)
    if changed:
        change_case(tx, after.id, **changed)


def traveller(tx: Tx, traveller_id: str) -> Traveller | None:
    """The traveller ``traveller_id``."""
    return _TRAVELLER.one(tx, traveller_id=traveller_id)


def traveller_of_case(tx: Tx, case_id: str) -> Traveller | None:
    """The traveller of a case."""
    return _TRAVELLER_OF_CASE.one(tx, case_id=case_id)


def add_travellers(tx: Tx, rows: Sequence[Traveller]) -> None:
    """Enter travellers that have not moved yet."""
    tx.insert(travellers, *(as_row(row, without=["seq"]) for row in rows))


def change_traveller(tx: Tx, traveller_id: str, **values: Any) -> None:
    """Change a traveller (never its place)."""
    tx.change(travellers, traveller_id, **values)


def accessories_of_case(tx: Tx, case_id: str) -> tuple[Accessory, ...]:
    """What came with the unit, in the order entered."""
    return tx.all(
        select(*columns_of(Accessory, accessories))
        .where(
            accessories.c.depot_id == tx.depot_id, accessories.c.case_id == case_id, accessories.c.deleted_at.is_(None)
        )
        .order_by(accessories.c.id),
        Accessory,
    )


def add_accessories(tx: Tx, rows: Sequence[Accessory]) -> None:
    """Enter accessories."""
    tx.insert(accessories, *(as_row(row) for row in rows))


def replace_accessories(tx: Tx, case_id: str) -> None:
    """End the accessories entered so far; new ones follow."""
    tx.execute(
        update(accessories)
        .where(
            accessories.c.depot_id == tx.depot_id, accessories.c.case_id == case_id, accessories.c.deleted_at.is_(None)
        )
        .values(deleted_at=tx.at)
    )


def change_accessory(tx: Tx, accessory_id: str, **values: Any) -> None:
    """Change an accessory."""
    tx.change(accessories, accessory_id, **values)


def differences(before: Unit | ReturnCase, after: Unit | ReturnCase) -> dict[str, Any]:
    """Column → new value, for every column in which two states of one row differ."""
    return {
        f.name: getattr(after, f.name)
        for f in fields(after)
        if f.name != "seq" and getattr(after, f.name) != getattr(before, f.name)
    }
