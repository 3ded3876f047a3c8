"""Past returns in the record: what was imported of earlier times, counted, and found again when it is taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo

from sqlalchemy import and_, func, or_, select

from app.domain.repair import RepairOrder
from app.domain.stages import Stage
from app.persistence.importing import portions
from app.persistence.tables import journal, products, repair_orders, return_cases, units
from app.persistence.transaction import Tx, as_row


def add_orders(tx: Tx, orders: Sequence[RepairOrder]) -> None:
    """Enter what was found and done in past returns."""
    tx.insert(repair_orders, *(as_row(order, without=["seq"]) for order in orders))


def numbers_by_day(tx: Tx, unit_ids: Iterable[str], zone: tzinfo) -> dict[tuple[str, date], str]:
    """(unit, day received) → number of the case, of every standing visit of ``unit_ids``."""
    found: dict[tuple[str, date], str] = {}
    for some in portions(unit_ids):
        statement = select(return_cases.c.unit_id, return_cases.c.received_at, return_cases.c.number).where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id.in_(some),
            return_cases.c.stage != Stage.VOID, return_cases.c.received_at.is_not(None))
        found |= {(row.unit_id, row.received_at.astimezone(zone).date()): row.number for row in tx.execute(statement)}
    return found


def visit_days(tx: Tx, unit_ids: Iterable[str], zone: tzinfo) -> list[tuple[str, date]]:
    """The units with the days on which they came in."""
    return list(numbers_by_day(tx, unit_ids, zone))


def cases_of(tx: Tx, batch_id: str) -> list[str]:
    """The standing cases of a batch."""
    return list(tx.execute(
        select(return_cases.c.id)
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.import_batch_id == batch_id,
               return_cases.c.stage != Stage.VOID)
        .order_by(return_cases.c.number)
    ).scalars())


def units_made(tx: Tx, batch_id: str) -> list[str]:
    """The units that came into the record with a batch of past returns, as its journal says."""
    statement = (
        select(journal.c.unit_id, journal.c.facts)
        .join(return_cases, and_(return_cases.c.depot_id == journal.c.depot_id, return_cases.c.id == journal.c.case_id))
        .where(journal.c.depot_id == tx.depot_id, journal.c.action == "importing.past",
               return_cases.c.import_batch_id == batch_id)
        .order_by(journal.c.no)
    )
    return [row.unit_id for row in tx.execute(statement) if row.facts["new"]]


def in_use(tx: Tx, batch_id: str) -> tuple[str, ...]:
    """Serials of units that came into the record with the batch and have moved or come back since."""
    other = return_cases.alias("other")
    again = (
        select(other.c.id)
        .where(other.c.depot_id == units.c.depot_id, other.c.unit_id == units.c.id, other.c.stage != Stage.VOID,
               other.c.import_batch_id.is_distinct_from(batch_id))
        .exists()
    )
    found: list[str] = []
    for some in portions(units_made(tx, batch_id)):
        found += tx.execute(
            select(units.c.serial)
            .where(units.c.depot_id == tx.depot_id, units.c.id.in_(some), or_(units.c.movement_no > 0, again))
            .order_by(units.c.serial)
        ).scalars()
    return tuple(found)


def by_outcome(tx: Tx, batch_id: str, zone: tzinfo) -> Counter[tuple[str, str, str]]:
    """(model, month of receipt, outcome as the list has it) → cases; of one batch, or of all where it is empty."""
    statement = (
        select(products.c.model, return_cases.c.received_at, return_cases.c.external_outcome, func.count().label("n"))
        .join(products, products.c.id == return_cases.c.product_id)
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.historical == 1,
               return_cases.c.stage != Stage.VOID)
        .group_by(products.c.model, return_cases.c.received_at, return_cases.c.external_outcome)
    )
    if batch_id:
        statement = statement.where(return_cases.c.import_batch_id == batch_id)
    found: Counter[tuple[str, str, str]] = Counter()
    for row in tx.execute(statement):
        found[row.model, f"{row.received_at.astimezone(zone):%Y-%m}", row.external_outcome] += row.n
    return found


__all__ = [
    "add_orders", "by_outcome", "cases_of", "in_use", "numbers_by_day", "units_made", "visit_days",
]
