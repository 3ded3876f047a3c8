"""The search index and how the one box reads it: exact, number, prefix, last characters, then words; newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.places import Place
from app.domain.search import Query, Reach
from app.domain.stages import Stage
from app.persistence.tables import customers, movements, products, return_cases, units
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one unit."""

    unit_id: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One unit found, with what a line in the list shows. ``case_number``: of its newest visit."""

    unit_id: str
    serial: str
    model: str
    customer: str
    place: Place
    case_id: str | None
    case_number: str
    stage: Stage | None
    reach: Reach


def index(tx: Tx, entries: Sequence[Entry], *, fresh: bool = False) -> None:
    """Enter units into the index, or again with new words; what was entered last is found first.

    ``fresh``: none of them has been there before.
    """
    if not entries:
        return
    if not fresh:
        forget(tx, [entry.unit_id for entry in entries])
    last = tx.ask("SELECT max(no) FROM search_entries")[0][0] or 0
    rows = [
        (last + n, tx.depot_id, entry.unit_id, " ".join(dict.fromkeys(entry.tokens)))
        for n, entry in enumerate(entries, 1)
    ]
    tx.tell("INSERT INTO search_entries (no, depot_id, unit_id, tokens) VALUES (?, ?, ?, ?)", rows)
    if tx.sqlite:
        tx.tell("INSERT INTO search_words (rowid, tokens) VALUES (?, ?)", [(row[0], row[3]) for row in rows])


def forget(tx: Tx, unit_ids: Sequence[str]) -> None:
    """Take units out of the index (undone receipts, units indexed anew)."""
    for start in range(0, len(unit_ids), 500):
        some = unit_ids[start:start + 500]
        where = f"depot_id = ? AND unit_id IN ({', '.join('?' * len(some))})"
        values = (tx.depot_id, *some)
        if tx.sqlite:
            tx.ask(
                "INSERT INTO search_words (search_words, rowid, tokens) "
                f"SELECT 'delete', no, tokens FROM search_entries WHERE {where}", values,
            )
        tx.ask(f"DELETE FROM search_entries WHERE {where}", values)


def find(tx: Tx, query: Query, limit: int) -> tuple[Hit, ...]:
    """Up to ``limit`` units, nearest reach first and newest first within it; no unit twice."""
    found: dict[str, Reach] = {}
    if exact := _exact(tx, query, limit):
        return _hits(tx, dict.fromkeys(exact, Reach.EXACT))  # a scanned serial means this unit and no other
    for reach, step in (
        (Reach.NUMBER, _number), (Reach.PREFIX, _prefix), (Reach.SUFFIX, _suffix), (Reach.INSIDE, _words),
    ):
        if len(found) >= limit:
            break
        for unit_id in step(tx, query, limit):
            found.setdefault(unit_id, Reach.NAME if reach is Reach.INSIDE and not query.inside else reach)
    return _hits(tx, dict(list(found.items())[:limit]))


def newest(tx: Tx, limit: int) -> tuple[Hit, ...]:
    """The units that moved last, by the index on the ledger's moments."""
    recent = tx.execute(
        select(movements.c.unit_id)
        .where(movements.c.depot_id == tx.depot_id)
        .order_by(movements.c.origin.desc(), movements.c.seq.desc())
        .limit(limit * 3)
    ).scalars()
    return _hits(tx, dict.fromkeys(list(dict.fromkeys(recent))[:limit], Reach.EXACT))


def _exact(tx: Tx, query: Query, limit: int) -> list[str]:
    if not query.serial:
        return []
    return list(tx.execute(
        select(units.c.id).where(
            units.c.depot_id == tx.depot_id, units.c.serial == query.serial, units.c.deleted_at.is_(None)
        ).limit(limit)
    ).scalars())


def _number(tx: Tx, query: Query, limit: int) -> list[str]:
    """Case numbers by prefix, e.g. ``SH1-R2611`` or the whole."""
    if "-" not in query.serial:
        return []
    c = return_cases.c
    return list(tx.execute(
        select(c.unit_id)
        .where(c.depot_id == tx.depot_id, *_range(c.number, query.serial)).order_by(c.number).limit(limit)
    ).scalars())


def _prefix(tx: Tx, query: Query, limit: int) -> list[str]:
    if len(query.serial) < 2 or not query.serial.isascii():
        return []
    return list(tx.execute(
        select(units.c.id).where(
            units.c.depot_id == tx.depot_id, *_range(units.c.serial, query.serial), units.c.deleted_at.is_(None)
        ).order_by(units.c.serial).limit(limit)
    ).scalars())


def _suffix(tx: Tx, query: Query, limit: int) -> list[str]:
    """The last characters of a serial: what people read off a label."""
    if len(query.serial) < 3 or not query.serial.isascii():
        return []
    reversed_ = units.c.serial_reversed
    return list(tx.execute(
        select(units.c.id).where(
            units.c.depot_id == tx.depot_id, *_range(reversed_, query.serial[::-1]), units.c.deleted_at.is_(None)
        ).order_by(reversed_).limit(limit)
    ).scalars())


def _words(tx: Tx, query: Query, limit: int) -> list[str]:
    if not query.words and not query.prefixes:
        return []
    if not query.inside:
        return _with_words(tx, query, limit)
    # trigrams say "perhaps": a serial may hold them apart; nearly all do hold the text, so few more are taken at first
    for taken in (limit + limit // 4, limit * 16):
        found = _with_words(tx, query, taken)
        holding = _containing(tx, found, query.inside)
        if len(holding) >= limit or len(found) < taken:
            break
    return holding[:limit]


def _with_words(tx: Tx, query: Query, limit: int) -> list[str]:
    """Units whose words hold all of ``query``, newest first."""
    if tx.sqlite:
        words = " AND ".join([*(f'"{word}"' for word in query.words), *(f'"{word}" *' for word in query.prefixes)])
        sql = (
            "SELECT e.unit_id FROM search_words w JOIN search_entries e ON e.no = w.rowid"
            " WHERE search_words MATCH ? AND e.depot_id = ? ORDER BY w.rowid DESC LIMIT ?"
        )
    else:
        words = " & ".join([*(f"'{word}'" for word in query.words), *(f"'{word}':*" for word in query.prefixes)])
        sql = (
            "SELECT unit_id FROM search_entries WHERE words @@ CAST(%s AS tsquery) AND depot_id = %s"
            " ORDER BY no DESC LIMIT %s"
        )
    return list(tx.connection.exec_driver_sql(sql, (words, tx.depot_id, limit)).scalars())


def _containing(tx: Tx, unit_ids: Sequence[str], inside: str) -> list[str]:
    rows = tx.execute(
        select(units.c.id, units.c.serial, units.c.lot, products.c.model)
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .where(units.c.depot_id == tx.depot_id, units.c.id.in_(unit_ids))
    )
    holding = {
        row.id for row in rows
        if any(inside in (value or "").upper().replace(" ", "") for value in (row.serial, row.lot, row.model))
    }
    return [unit_id for unit_id in unit_ids if unit_id in holding]


def _range(column, prefix: str):  # type: ignore[no-untyped-def]
    return column >= prefix, column < prefix + "\uffff"


def _hits(tx: Tx, found: dict[str, Reach]) -> tuple[Hit, ...]:
    if not found:
        return ()
    case = return_cases.c
    rows = tx.execute(
        select(
            units.c.id, units.c.serial, units.c.place, products.c.model, customers.c.name, case.id.label("case_id"),
            case.number, case.stage,
        )
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(customers, customers.c.id == units.c.customer_id, isouter=True)
        .join(return_cases, (case.depot_id == units.c.depot_id) & (case.id == units.c.case_id), isouter=True)
        .where(units.c.depot_id == tx.depot_id, units.c.id.in_(list(found)), units.c.deleted_at.is_(None))
    )
    by_id = {
        row.id: Hit(
            row.id, row.serial, row.model or "", row.name or "", row.place, row.case_id, row.number or "", row.stage,
            found[row.id],
        )
        for row in rows
    }
    return tuple(by_id[unit_id] for unit_id in found if unit_id in by_id)
