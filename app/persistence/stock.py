"""The ledger of parts by place and grade, the places, the levels at which they are filled up, and re-inspections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.domain.stock import MAIN_STORE, USABLE, Lot, PartGrade, PartMove, PartMovement, Recheck, StockPlace
from app.persistence.tables import part_levels, part_movements, part_rechecks, parts, stock_places, users
from app.persistence.transaction import Tx, as_row, columns_of


@dataclass(frozen=True, slots=True)
class Booking:
    """A line to be written into the ledger. ``quantity``: pieces in (+) or out (−)."""

    part_id: str
    quantity: int
    kind: PartMove
    reason: str = ""
    place_id: str = MAIN_STORE
    grade: PartGrade = PartGrade.NEW
    document_number: str = ""
    other_place_id: str | None = None
    subject_id: str | None = None
    repair_order_id: str | None = None


def book(tx: Tx, booking: Booking) -> str:
    """Write one line of the ledger and return its id. Refused by the database: ``law.stock-short``."""
    movement_id = tx.new_id()
    tx.insert(
        part_movements,
        {
            "id": movement_id, "part_id": booking.part_id, "quantity": booking.quantity, "reason": booking.reason,
            "repair_order_id": booking.repair_order_id, "document_number": booking.document_number or None,
            "at": tx.at, "by": tx.by, "place_id": booking.place_id, "grade": booking.grade.value,
            "kind": booking.kind.value, "other_place_id": booking.other_place_id, "subject_id": booking.subject_id,
        },
    )
    return movement_id


def lots(tx: Tx, part_id: str) -> Mapping[Lot, int]:
    """Pieces of a part by place and grade; empty lots are left out."""
    m = part_movements.c
    pieces = func.sum(m.quantity)
    found = tx.execute(
        select(m.place_id, m.grade, pieces).where(m.depot_id == tx.depot_id, m.part_id == part_id)
        .group_by(m.place_id, m.grade).having(pieces != 0)
    )
    return {(row[0], PartGrade(row[1])): int(row[2]) for row in found}


def there(tx: Tx, part_id: str, place_id: str, grade: PartGrade) -> int:
    """How many pieces of one lot there are."""
    m = part_movements.c
    return int(tx.scalar(
        select(func.coalesce(func.sum(m.quantity), 0)).where(
            m.depot_id == tx.depot_id, m.part_id == part_id, m.place_id == place_id, m.grade == grade.value)
    ))


def movements(tx: Tx, part_id: str) -> tuple[PartMovement, ...]:
    """The whole ledger of a part, the oldest first; lines older than the kinds count as corrections."""
    m = part_movements.c
    kind, grade = func.coalesce(m.kind, PartMove.CORRECTION.value), m.grade
    found = tx.execute(
        select(*columns_of(PartMovement, part_movements, renamed={"kind": kind, "grade": grade}))
        .where(m.depot_id == tx.depot_id, m.part_id == part_id).order_by(m.at, m.id)
    )
    return tuple(
        PartMovement(**{**row._mapping, "kind": PartMove(row.kind), "grade": PartGrade(row.grade)}) for row in found)


def all_lots(tx: Tx) -> list[tuple[str, str, PartGrade, int]]:
    """Every lot of the depot that holds something: part, place, grade, pieces."""
    m = part_movements.c
    pieces = func.sum(m.quantity)
    found = tx.execute(
        select(m.part_id, m.place_id, m.grade, pieces).where(m.depot_id == tx.depot_id)
        .group_by(m.part_id, m.place_id, m.grade).having(pieces != 0)
    )
    return [(row[0], row[1], PartGrade(row[2]), int(row[3])) for row in found]


# -- places ------------------------------------------------------------------------------------------------------


def places(tx: Tx, *, inactive_too: bool = False) -> tuple[StockPlace, ...]:
    """The places besides the main store, by name."""
    statement = select(*columns_of(StockPlace, stock_places)).where(
        stock_places.c.depot_id == tx.depot_id, stock_places.c.deleted_at.is_(None))
    if not inactive_too:
        statement = statement.where(stock_places.c.active == 1)
    return tx.all(statement.order_by(stock_places.c.name, stock_places.c.id), StockPlace)


def place(tx: Tx, place_id: str) -> StockPlace | None:
    """One place, switched off or not."""
    return tx.one(
        select(*columns_of(StockPlace, stock_places)).where(
            tx.by_id(stock_places, place_id), stock_places.c.deleted_at.is_(None)),
        StockPlace,
    )


def place_of(tx: Tx, user_id: str) -> StockPlace | None:
    """The place that is somebody's own: of several the first by name."""
    return next((found for found in places(tx) if found.holder_id == user_id), None)


def add_place(tx: Tx, made: StockPlace) -> None:
    """Enter a place."""
    tx.insert(stock_places, as_row(made))


def change_place(tx: Tx, place_id: str, **values: Any) -> None:
    """Change a place."""
    tx.change(stock_places, place_id, **values)


# -- levels ------------------------------------------------------------------------------------------------------


def levels(tx: Tx) -> Mapping[tuple[str, str], int]:
    """At how many pieces each part is filled up at each place besides the main store."""
    found = tx.execute(
        select(part_levels.c.part_id, part_levels.c.place_id, part_levels.c.reorder_level).where(
            part_levels.c.depot_id == tx.depot_id, part_levels.c.deleted_at.is_(None))
    )
    return {(row[0], row[1]): int(row[2]) for row in found}


def count_to_order(tx: Tx) -> int:
    """How many lines ``services.stock.to_order`` has: parts in use that are down to their level, at each place."""
    m, level = part_movements.c, part_levels.c
    watched = select(parts.c.id).where(parts.c.reorder_level > 0).union(
        select(level.part_id).where(level.depot_id == tx.depot_id, level.reorder_level > 0))
    held = (
        select(m.part_id, m.place_id, func.sum(m.quantity).label("pieces"))
        .where(m.depot_id == tx.depot_id, m.grade.in_([grade.value for grade in USABLE]), m.part_id.in_(watched))
        .group_by(m.part_id, m.place_id).subquery()
    )
    pieces, in_use = func.coalesce(held.c.pieces, 0), (parts.c.deleted_at.is_(None), parts.c.active == 1)
    main = select(func.count()).select_from(
        parts.outerjoin(held, and_(held.c.part_id == parts.c.id, held.c.place_id == MAIN_STORE))
    ).where(*in_use, parts.c.reorder_level > 0, pieces <= parts.c.reorder_level)
    elsewhere = select(func.count()).select_from(
        part_levels.join(parts, parts.c.id == level.part_id)
        .join(stock_places, and_(stock_places.c.depot_id == level.depot_id, stock_places.c.id == level.place_id))
        .outerjoin(held, and_(held.c.part_id == level.part_id, held.c.place_id == level.place_id))
    ).where(
        level.depot_id == tx.depot_id, level.deleted_at.is_(None), level.reorder_level > 0, *in_use,
        stock_places.c.deleted_at.is_(None), stock_places.c.active == 1, pieces <= level.reorder_level,
    )
    return int(tx.scalar(main)) + int(tx.scalar(elsewhere))


def set_level(tx: Tx, part_id: str, place_id: str, level: int) -> int:
    """Set a level and return what it was (0: not watched)."""
    row = tx.execute(
        select(part_levels.c.id, part_levels.c.reorder_level).where(
            part_levels.c.depot_id == tx.depot_id, part_levels.c.part_id == part_id,
            part_levels.c.place_id == place_id)
    ).one_or_none()
    if row is None:
        values = {"id": tx.new_id(), "part_id": part_id, "place_id": place_id, "reorder_level": level}
        tx.insert(part_levels, values)
        return 0
    tx.change(part_levels, row[0], reorder_level=level)
    return int(row[1])


# -- re-inspections ----------------------------------------------------------------------------------------------


def add_recheck(tx: Tx, made: Recheck) -> None:
    """Enter a re-inspection."""
    tx.insert(part_rechecks, as_row(made))


def end_recheck(tx: Tx, recheck_id: str) -> None:
    """A re-inspection was taken back."""
    tx.change(part_rechecks, recheck_id, deleted_at=tx.at)


def rechecks(tx: Tx, part_id: str) -> tuple[Recheck, ...]:
    """The re-inspections of a part, the newest first."""
    return tx.all(
        select(*columns_of(Recheck, part_rechecks))
        .where(
            part_rechecks.c.depot_id == tx.depot_id, part_rechecks.c.part_id == part_id,
            part_rechecks.c.deleted_at.is_(None))
        .order_by(part_rechecks.c.at.desc(), part_rechecks.c.id.desc()),
        Recheck,
    )


def certificate_known(tx: Tx, certificate: str) -> bool:
    """Whether a certificate of that number was entered before."""
    return tx.scalar(
        select(part_rechecks.c.id).where(
            part_rechecks.c.depot_id == tx.depot_id, part_rechecks.c.deleted_at.is_(None),
            func.lower(part_rechecks.c.certificate) == certificate.lower(),
        ).limit(1)
    ) is not None


def staff(tx: Tx) -> tuple[tuple[str, str], ...]:
    """Id and name of everybody of this depot who is active: for whose place it is."""
    found = tx.execute(
        select(users.c.id, users.c.name).where(and_(users.c.depot_id == tx.depot_id, users.c.active == 1))
        .order_by(users.c.name)
    )
    return tuple((row[0], row[1]) for row in found)
