"""Rulings on record, talks with customers, settled warranties, and the lists of referred cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, func, select

from app.domain.disposition import Disposition, Ended, ReferredRow, Settlement, TalkRow
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence.tables import (
    customer_talks,
    customers,
    dispositions,
    products,
    return_cases,
    units,
    warranty_settlements,
)
from app.persistence.transaction import Tx, as_row, columns_of


def add(tx: Tx, row: Disposition) -> None:
    """Enter a ruling."""
    tx.insert(dispositions, as_row(row, without=["seq"]))


def by_id(tx: Tx, disposition_id: str) -> Disposition | None:
    """The ruling ``disposition_id``."""
    return tx.one(
        select(*columns_of(Disposition, dispositions)).where(tx.by_id(dispositions, disposition_id)), Disposition
    )


def current(tx: Tx, case_id: str) -> Disposition | None:
    """The ruling on a case that stands: confirmed or overridden, not undone, not ruled anew, not carried out."""
    found = of_case(tx, case_id)
    return next((row for row in found if row.ended_at is None), None)


def last(tx: Tx, case_id: str) -> Disposition | None:
    """The ruling that stands, or the one that was carried out."""
    found = of_case(tx, case_id)
    return next((row for row in found if row.ended_at is None or row.ended_why == Ended.DONE), None)


def of_case(tx: Tx, case_id: str) -> tuple[Disposition, ...]:
    """Every ruling on a case, the newest first."""
    return tx.all(
        select(*columns_of(Disposition, dispositions))
        .where(
            dispositions.c.depot_id == tx.depot_id, dispositions.c.case_id == case_id,
            dispositions.c.deleted_at.is_(None),
        )
        .order_by(dispositions.c.decided_at.desc(), dispositions.c.id.desc()),
        Disposition,
    )


def end(tx: Tx, disposition_id: str, why: Ended) -> None:
    """The ruling does not hold any more; the row and its number stay."""
    tx.change(dispositions, disposition_id, ended_at=tx.at, ended_why=why.value)


def stand_again(tx: Tx, disposition_id: str) -> None:
    """What ended the ruling was taken back."""
    tx.change(dispositions, disposition_id, ended_at=None, ended_why=None)


def add_talk(tx: Tx, row: TalkRow) -> None:
    """Enter a talk."""
    tx.insert(customer_talks, as_row(row))


def talks(tx: Tx, case_id: str) -> tuple[TalkRow, ...]:
    """The talks about a case, the newest first."""
    return tx.all(
        select(*columns_of(TalkRow, customer_talks))
        .where(customer_talks.c.depot_id == tx.depot_id, customer_talks.c.case_id == case_id)
        .order_by(customer_talks.c.held_at.desc(), customer_talks.c.id.desc()),
        TalkRow,
    )


def add_settlement(tx: Tx, row: Settlement) -> None:
    """Enter a settled warranty."""
    tx.insert(warranty_settlements, as_row(row))


def settlement(tx: Tx, case_id: str) -> Settlement | None:
    """How the warranty of a case was settled by hand, if it was: the newest word."""
    found = tx.all(
        select(*columns_of(Settlement, warranty_settlements))
        .where(warranty_settlements.c.depot_id == tx.depot_id, warranty_settlements.c.case_id == case_id)
        .order_by(warranty_settlements.c.at.desc(), warranty_settlements.c.id.desc())
        .limit(1),
        Settlement,
    )
    return found[0] if found else None


def referred(tx: Tx, limit: int = 500) -> tuple[ReferredRow, ...]:
    """Cases that wait for a ruling or for what was ruled, the earliest due first; ruled ones carry their ruling."""
    case = return_cases.c
    return tx.all(
        _listed().where(case.depot_id == tx.depot_id, case.stage == Stage.REFERRED)
        .order_by(func.coalesce(case.due_on, "9999-12-31"), case.id).limit(limit),
        ReferredRow,
    )


def ruled(tx: Tx, limit: int = 500) -> tuple[ReferredRow, ...]:
    """Every ruling, the newest first, whatever became of it."""
    return tx.all(
        _listed(every=True).where(dispositions.c.depot_id == tx.depot_id)
        .order_by(dispositions.c.decided_at.desc(), dispositions.c.id.desc()).limit(limit),
        ReferredRow,
    )


def back_again(tx: Tx, least_visit: int) -> tuple[str, ...]:
    """Cases just received whose serial came at least ``least_visit`` times here, or was at another depot."""
    case = return_cases.c
    elsewhere = units.alias("elsewhere")
    rows = tx.execute(
        select(case.id)
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .where(
            case.depot_id == tx.depot_id, case.stage == Stage.RECEIVED, units.c.place == Place.ZONE_PENDING,
            (case.visit_no >= least_visit) | exists().where(
                elsewhere.c.serial == units.c.serial, elsewhere.c.product_id == units.c.product_id,
                elsewhere.c.depot_id != tx.depot_id,
            ),
        )
        .order_by(case.id)
    )
    return tuple(row.id for row in rows)


def row_of_case(tx: Tx, case_id: str) -> ReferredRow | None:
    """One case as the lists show it."""
    return tx.one(
        _listed().where(return_cases.c.depot_id == tx.depot_id, return_cases.c.id == case_id), ReferredRow
    )


def case_ids_of_serial(tx: Tx, serial: str) -> tuple[str, ...]:
    """The newest visits first of the units here that bear ``serial``."""
    rows = tx.execute(
        select(return_cases.c.id)
        .join(units, and_(units.c.depot_id == return_cases.c.depot_id, units.c.id == return_cases.c.unit_id))
        .where(units.c.depot_id == tx.depot_id, units.c.serial == serial, units.c.deleted_at.is_(None))
        .order_by(return_cases.c.reported_at.desc(), return_cases.c.id.desc())
    )
    return tuple(row.id for row in rows)


def count_unruled(tx: Tx) -> int:
    """How many referred cases have no ruling that stands."""
    case = return_cases.c
    return int(
        tx.scalar(
            select(func.count()).select_from(return_cases).where(
                case.depot_id == tx.depot_id, case.stage == Stage.REFERRED,
                ~exists().where(
                    dispositions.c.depot_id == case.depot_id, dispositions.c.case_id == case.id,
                    dispositions.c.ended_at.is_(None), dispositions.c.deleted_at.is_(None),
                ),
            )
        )
    )


def _listed(*, every: bool = False) -> Any:
    """Cases with the ruling that stands (or, with ``every``, with each ruling there was)."""
    case, ruling = return_cases.c, dispositions.c
    standing: Sequence[Any] = () if every else (ruling.ended_at.is_(None),)
    return (
        select(
            case.id.label("case_id"), case.number.label("case_number"), case.unit_id, units.c.serial, products.c.model,
            func.coalesce(customers.c.name, "").label("customer"), case.stage, units.c.place, case.result,
            case.warranty, case.due_on, case.received_at, func.coalesce(ruling.id, "").label("disposition_id"),
            func.coalesce(ruling.number, "").label("number"), ruling.rule_no, ruling.outcomes, ruling.overridden,
            ruling.decided_at, func.coalesce(ruling.decided_by_name, "").label("decided_by_name"), ruling.ended_at,
            ruling.ended_why,
        )
        .select_from(return_cases)
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .join(products, products.c.id == case.product_id)
        .join(customers, customers.c.id == case.customer_id, isouter=True)
        .join(
            dispositions,
            and_(ruling.depot_id == case.depot_id, ruling.case_id == case.id, ruling.deleted_at.is_(None), *standing),
            isouter=True,
        )
    )
