"""Imports in the record: what is known of the rows of a list, batches with their rows, mappings that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, select, update

from app.domain.importing.batches import Batch, BatchRow
from app.domain.importing.fates import TAKEN, Fate, KnownUnit
from app.domain.importing.mapping import ListKind
from app.domain.places import CUSTODIAN, Custodian
from app.domain.receiving import Unit
from app.domain.stages import ENDED, Stage
from app.persistence.tables import (
    import_batches,
    import_mappings,
    import_rows,
    products,
    return_cases,
    units,
    users,
)
from app.persistence.transaction import Tx, columns_of

#: Ids in one question; both engines limit the parameters of a statement.
_AT_ONCE = 500

#: Who may hold a unit that can come in. A unit in anybody else's hands is with us.
_OUTSIDE = frozenset({Custodian.OUTSIDE, Custodian.CARRIER, Custodian.STORES})


def known_units(tx: Tx, serials: Iterable[str]) -> dict[str, tuple[KnownUnit, ...]]:
    """Serial → the units on record that bear it. A unit that stands with us without an open case names its last one."""
    found: dict[str, tuple[KnownUnit, ...]] = {}
    open_case = and_(
        return_cases.c.depot_id == units.c.depot_id, return_cases.c.unit_id == units.c.id,
        return_cases.c.stage.notin_(tuple(ENDED)),
    )
    for some in portions(dict.fromkeys(serials)):
        statement = (
            select(units.c.id, units.c.product_id, products.c.model, units.c.serial, units.c.place,
                   return_cases.c.number)
            .select_from(units.outerjoin(return_cases, open_case).outerjoin(
                products, products.c.id == units.c.product_id))
            .where(units.c.depot_id == tx.depot_id, units.c.deleted_at.is_(None), units.c.serial.in_(some))
            .order_by(units.c.serial, units.c.id)
        )
        for row in tx.execute(statement):
            with_us = CUSTODIAN[row.place] not in _OUTSIDE
            unit = KnownUnit(row.id, row.product_id, row.model or "", row.serial,
                             row.number or (_last_case(tx, row.id) if with_us else ""))
            found[row.serial] = (*found.get(row.serial, ()), unit)
    return found


def _last_case(tx: Tx, unit_id: str) -> str:
    number = tx.scalar(
        select(return_cases.c.number)
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id == unit_id)
        .order_by(return_cases.c.visit_no.desc()).limit(1)
    )
    return str(number or "–")


def imported(tx: Tx, keys: Iterable[str]) -> dict[str, str]:
    """Key → number of the batch that took a row with it; what was taken back since is not known any more."""
    found: dict[str, str] = {}
    for some in portions(dict.fromkeys(keys)):
        statement = (
            select(import_rows.c.key, import_batches.c.number)
            .join(import_batches, and_(import_batches.c.depot_id == import_rows.c.depot_id,
                                       import_batches.c.id == import_rows.c.batch_id))
            .join(return_cases, and_(return_cases.c.depot_id == import_rows.c.depot_id,
                                     return_cases.c.id == import_rows.c.case_id))
            .where(import_rows.c.depot_id == tx.depot_id, import_rows.c.key.in_(some),
                   import_rows.c.fate.in_([fate.value for fate in TAKEN]), return_cases.c.stage != Stage.VOID)
        )
        found |= {row.key: row.number for row in tx.execute(statement)}
    return found


def visits(tx: Tx, unit_ids: Iterable[str]) -> dict[str, int]:
    """Unit → how often it has come back so far (void receipts do not count)."""
    found: dict[str, int] = {}
    for some in portions(unit_ids):
        statement = (
            select(return_cases.c.unit_id, func.count())
            .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id.in_(some),
                   return_cases.c.stage != Stage.VOID)
            .group_by(return_cases.c.unit_id)
        )
        found |= {unit_id: int(count) for unit_id, count in tx.execute(statement)}
    return found


def units_by_id(tx: Tx, unit_ids: Iterable[str]) -> dict[str, Unit]:
    """The units ``unit_ids``."""
    found: dict[str, Unit] = {}
    for some in portions(unit_ids):
        statement = select(*columns_of(Unit, units)).where(units.c.depot_id == tx.depot_id, units.c.id.in_(some))
        found |= {unit.id: unit for unit in tx.all(statement, Unit)}
    return found


def add_batch(tx: Tx, batch: Batch, mapping: Mapping[str, Any]) -> None:
    """Enter a batch; its rows follow."""
    tx.insert(import_batches, {
        "id": batch.id, "number": batch.number, "filename": batch.filename, "sha256": batch.sha256,
        "mapping": dict(mapping), "at": batch.at, "by": batch.by, "undone_at": None, "undone_by": None,
        "counts": {
            "rows": dict(batch.counts), "outcomes": dict(batch.outcomes), "products": list(batch.products),
            "customers": list(batch.customers),
        },
    })


def add_rows(tx: Tx, batch_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Enter what became of the rows: dicts with ``row_no``, ``fate``, ``reason``, ``key``, ``unit_id``, ``case_id``."""
    tx.insert(import_rows, *({"batch_id": batch_id, **row} for row in rows))


def batches(tx: Tx, limit: int = 200) -> tuple[Batch, ...]:
    """The newest batches first."""
    statement = _batches().where(import_batches.c.depot_id == tx.depot_id)
    rows = tx.execute(statement.order_by(import_batches.c.at.desc(), import_batches.c.number.desc()).limit(limit))
    return tuple(map(_batch, rows))


def batch(tx: Tx, batch_id: str) -> Batch | None:
    """The batch ``batch_id``."""
    row = tx.execute(_batches().where(tx.by_id(import_batches, batch_id))).one_or_none()
    return None if row is None else _batch(row)


def same_file(tx: Tx, sha256: str) -> tuple[str, ...]:
    """Numbers of the standing batches that came from the very same file."""
    return tuple(tx.execute(
        select(import_batches.c.number).where(
            import_batches.c.depot_id == tx.depot_id, import_batches.c.sha256 == sha256,
            import_batches.c.undone_at.is_(None))
        .order_by(import_batches.c.number)
    ).scalars())


def rows_of(tx: Tx, batch_id: str) -> tuple[BatchRow, ...]:
    """What became of each row of a batch, in the order of the file."""
    statement = (
        select(import_rows.c.row_no, import_rows.c.fate, import_rows.c.reason, import_rows.c.unit_id,
               import_rows.c.case_id, return_cases.c.number, units.c.serial)
        .select_from(
            import_rows
            .outerjoin(return_cases, and_(return_cases.c.depot_id == import_rows.c.depot_id,
                                          return_cases.c.id == import_rows.c.case_id))
            .outerjoin(units, and_(units.c.depot_id == import_rows.c.depot_id, units.c.id == import_rows.c.unit_id))
        )
        .where(import_rows.c.depot_id == tx.depot_id, import_rows.c.batch_id == batch_id)
        .order_by(import_rows.c.row_no)
    )
    return tuple(
        BatchRow(row.row_no, Fate(row.fate), row.reason, row.unit_id, row.case_id, row.number or "", row.serial or "")
        for row in tx.execute(statement)
    )


def save_mapping(tx: Tx, name: str, mapping: Mapping[str, Any]) -> None:
    """Keep ``mapping`` under ``name``, in place of an older one."""
    known = tx.scalar(select(import_mappings.c.id).where(
        import_mappings.c.depot_id == tx.depot_id, import_mappings.c.name == name,
        import_mappings.c.deleted_at.is_(None)))
    if known:
        tx.change(import_mappings, known, mapping=dict(mapping))
    else:
        tx.insert(import_mappings, {"name": name, "mapping": dict(mapping)})


def drop_mapping(tx: Tx, name: str) -> None:
    """Forget the mapping kept under ``name``."""
    tx.execute(
        update(import_mappings).where(
            import_mappings.c.depot_id == tx.depot_id, import_mappings.c.name == name,
            import_mappings.c.deleted_at.is_(None))
        .values(deleted_at=tx.at)
    )


def mappings(tx: Tx) -> tuple[Any, ...]:
    """The plain values of every mapping kept, by name."""
    return tuple(tx.execute(
        select(import_mappings.c.mapping)
        .where(import_mappings.c.depot_id == tx.depot_id, import_mappings.c.deleted_at.is_(None))
        .order_by(import_mappings.c.name)
    ).scalars())


def _batches() -> Any:
    return select(
        import_batches.c.id, import_batches.c.number, import_batches.c.filename, import_batches.c.sha256,
        import_batches.c.counts, import_batches.c.mapping, import_batches.c.at, import_batches.c.by,
        users.c.name.label("by_name"),
        import_batches.c.undone_at, import_batches.c.undone_by,
    ).select_from(import_batches.outerjoin(
        users, and_(users.c.depot_id == import_batches.c.depot_id, users.c.id == import_batches.c.by)))


def _batch(row: Any) -> Batch:
    return Batch(
        row.id, row.number, row.filename, row.sha256, row.counts["rows"], row.counts["outcomes"], row.at, row.by,
        row.by_name or row.by, row.undone_at, row.undone_by, tuple(row.counts["products"]),
        tuple(row.counts["customers"]), ListKind(row.mapping.get("kind", ListKind.RETURNS)),
    )


def portions(values: Iterable[str]) -> Iterator[list[str]]:
    """``values`` in portions of the size that one question takes."""
    rest = list(values)
    for start in range(0, len(rest), _AT_ONCE):
        yield rest[start:start + _AT_ONCE]
