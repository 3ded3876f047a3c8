"""Parts and their stock: a ledger of pieces in and out; the balance is the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from app.domain.masterdata import Part
from app.domain.stock import MAIN_STORE, USABLE, Lot, PartGrade, PartMove
from app.persistence.tables import part_movements, parts, stock_places, users
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line of the list. ``lots``: pieces by place and grade, the main store first; ``names``: of other places."""

    part: Part
    lots: tuple[tuple[Lot, int], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The part's id."""
        return self.part.id

    @property
    def stock(self) -> int:
        """Pieces that may be fitted or lent, at every place."""
        return sum(pieces for (_place, grade), pieces in self.lots if grade in USABLE)

    @property
    def in_store(self) -> int:
        """Those of them in the main store."""
        return sum(n for (place, grade), n in self.lots if place == MAIN_STORE and grade in USABLE)

    @property
    def unchecked(self) -> int:
        """Pieces that wait for re-inspection, at every place."""
        return sum(pieces for (_place, grade), pieces in self.lots if grade not in USABLE)

    @property
    def low(self) -> bool:
        """Whether the main store has come down to the level at which the part is ordered again."""
        return self.part.reorder_level > 0 and self.in_store <= self.part.reorder_level


@dataclass(frozen=True, slots=True)
class PartFilter:
    """Which parts. ``text`` is looked for in number and names; ``low_only``: those to be ordered again."""

    text: str = ""
    low_only: bool = False
    inactive_too: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StockLine:
    """One line of a part's ledger. ``quantity``: pieces in (+) or out (−); ``balance``: after it, of all lots.

    ``kind`` is unknown of lines older than the kinds.
    """

    id: str
    at: datetime
    quantity: int
    reason: str
    document_number: str
    who: str
    balance: int
    kind: PartMove | None = None
    place_id: str = MAIN_STORE
    grade: PartGrade = PartGrade.NEW
    other_place_id: str | None = None


def page(
    tx: Tx, wanted: PartFilter, after: Part | None, limit: int, *, descending: bool = False
) -> tuple[PartLine, ...]:
    """``limit`` lines by part number, from ``after`` on."""
    number, id_ = parts.c.part_no, parts.c.id
    statement = _where(tx, select(*columns_of(Part, parts)), wanted)
    if after is not None:
        beyond = number < after.part_no if descending else number > after.part_no
        further = id_ < after.id if descending else id_ > after.id
        statement = statement.where(or_(beyond, and_(number == after.part_no, further)))
    statement = statement.order_by(*(c.desc() if descending else c for c in (number, id_))).limit(limit)
    rows = tx.all(statement, Part)
    lots = _lots(tx, [row.id for row in rows])
    called = dict(tuple(row) for row in tx.execute(
        select(stock_places.c.id, stock_places.c.name).where(stock_places.c.depot_id == tx.depot_id)))
    return tuple(PartLine(row, tuple(sorted(lots.get(row.id, {}).items())), called) for row in rows)


def count(tx: Tx, wanted: PartFilter) -> int:
    """How many parts there are under ``wanted``."""
    return int(tx.scalar(_where(tx, select(func.count()).select_from(parts), wanted)))


def names(tx: Tx) -> list[tuple[str, str]]:
    """Id and Chinese name of every active part, for the search by pinyin."""
    found = tx.execute(select(parts.c.id, parts.c.name_zh).where(parts.c.deleted_at.is_(None), parts.c.active == 1))
    return [(row[0], row[1]) for row in found]


def of_number(tx: Tx, part_no: str) -> Part | None:
    """The live part of that number, whatever the case of its letters."""
    statement = select(*columns_of(Part, parts)).where(
        parts.c.deleted_at.is_(None), func.lower(parts.c.part_no) == part_no.lower()
    )
    found = tx.all(statement.limit(1), Part)
    return found[0] if found else None


def stock(tx: Tx, part_id: str) -> int:
    """How many pieces the ledger says there are, whatever their state."""
    return sum(_lots(tx, [part_id]).get(part_id, {}).values())


def ledger(tx: Tx, part_id: str, limit: int) -> tuple[StockLine, ...]:
    """The newest ``limit`` lines of a part's ledger, the newest first."""
    m = part_movements.c
    rows = list(tx.execute(
        select(m.id, m.at, m.quantity, m.reason, m.document_number, users.c.name, m.kind,
               m.place_id, m.grade, m.other_place_id)
        .select_from(part_movements.outerjoin(users, and_(users.c.depot_id == m.depot_id, users.c.id == m.by)))
        .where(m.depot_id == tx.depot_id, m.part_id == part_id)
        .order_by(m.at.desc(), m.id.desc()).limit(limit)
    ))
    balance, found = stock(tx, part_id), []
    for row in rows:
        found.append(StockLine(
            row.id, row.at, row.quantity, row.reason, row.document_number or "", row.name or "", balance,
            PartMove(row.kind) if row.kind else None, row.place_id, PartGrade(row.grade), row.other_place_id,
        ))
        balance -= row.quantity
    return tuple(found)


def _where(tx: Tx, statement: Select[Any], wanted: PartFilter) -> Select[Any]:
    statement = statement.where(parts.c.deleted_at.is_(None))
    if not wanted.inactive_too:
        statement = statement.where(parts.c.active == 1)
    if wanted.text:
        fields = (parts.c.part_no, parts.c.name_zh, parts.c.name_en)
        found = or_(*(func.lower(field).contains(wanted.text.lower(), autoescape=True) for field in fields))
        statement = statement.where(or_(found, parts.c.id.in_(wanted.ids)) if wanted.ids else found)
    if wanted.low_only:
        m = part_movements.c
        store = (
            select(m.part_id, func.sum(m.quantity).label("stock"))
            .where(m.depot_id == tx.depot_id, m.place_id == MAIN_STORE, m.grade.in_([g.value for g in USABLE]))
            .group_by(m.part_id).subquery()
        )
        low = select(parts.c.id).outerjoin(store, store.c.part_id == parts.c.id).where(
            parts.c.reorder_level > 0, func.coalesce(store.c.stock, 0) <= parts.c.reorder_level
        )
        statement = statement.where(parts.c.id.in_(low))
    return statement


def _lots(tx: Tx, ids: Sequence[str]) -> dict[str, dict[Lot, int]]:
    m = part_movements.c
    pieces = func.sum(m.quantity)
    found: dict[str, dict[Lot, int]] = {}
    for row in tx.execute(
        select(m.part_id, m.place_id, m.grade, pieces).where(m.depot_id == tx.depot_id, m.part_id.in_(ids))
        .group_by(m.part_id, m.place_id, m.grade).having(pieces != 0)
    ):
        found.setdefault(row[0], {})[row[1], PartGrade(row[2])] = int(row[3])
    return found
