"""The search index and how the one box reads it: exact, number, prefix, last characters, then words; newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.domain.places import Place
from app.domain.search import Query, Reach
from app.domain.stages import Stage
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


def hits(tx: Tx, unit_ids: Sequence[str]) -> tuple[Hit, ...]:
    """Units found otherwise, as the search shows them."""
    return _hits(tx, dict.fromkeys(unit_ids, Reach.EXACT))


def newest(tx: Tx, limit: int) -> tuple[Hit, ...]:
    """The units that moved last, by the index on the ledger's moments."""
    recent = tx.ask(
        "SELECT unit_id FROM movements WHERE depot_id = ? ORDER BY origin DESC, seq DESC LIMIT ?",
        (tx.depot_id, limit * 3),
    )
    return _hits(tx, dict.fromkeys(list(dict.fromkeys(row[0] for row in recent))[:limit], Reach.EXACT))


# Each question is a ready text: answering takes SQLite less time than the library needs to put a statement together,
# and one typed character asks five of them.


def _exact(tx: Tx, query: Query, limit: int) -> list[str]:
    if not query.serial:
        return []
    return _ids(tx.ask(
        "SELECT id FROM units WHERE depot_id = ? AND serial = ? AND deleted_at IS NULL LIMIT ?",
        (tx.depot_id, query.serial, limit),
    ))


def _number(tx: Tx, query: Query, limit: int) -> list[str]:
    """Case numbers by prefix, e.g. ``SH1-R2611`` or the whole."""
    if "-" not in query.serial:
        return []
    return _ids(tx.ask(
        "SELECT unit_id FROM return_cases WHERE depot_id = ? AND number >= ? AND number < ? ORDER BY number LIMIT ?",
        (tx.depot_id, query.serial, query.serial + _PAST, limit),
    ))


def _prefix(tx: Tx, query: Query, limit: int) -> list[str]:
    if len(query.serial) < 2 or not query.serial.isascii():
        return []
    return _ids(tx.ask(
        "SELECT id FROM units WHERE depot_id = ? AND serial >= ? AND serial < ? AND deleted_at IS NULL"
        " ORDER BY serial LIMIT ?",
        (tx.depot_id, query.serial, query.serial + _PAST, limit),
    ))


def _suffix(tx: Tx, query: Query, limit: int) -> list[str]:
    """The last characters of a serial: what people read off a label."""
    if len(query.serial) < 3 or not query.serial.isascii():
        return []
    backwards = query.serial[::-1]
    return _ids(tx.ask(
        "SELECT id FROM units WHERE depot_id = ? AND serial_reversed >= ? AND serial_reversed < ?"
        " AND deleted_at IS NULL ORDER BY serial_reversed LIMIT ?",
        (tx.depot_id, backwards, backwards + _PAST, limit),
    ))


def _words(tx: Tx, query: Query, limit: int) -> list[str]:
    """Units whose words hold all of ``query``, newest first."""
    if not query.words and not query.prefixes:
        return []
    if not query.inside:
        return _ids(islice(_with_words(tx, query, "e.unit_id", "", limit), limit))
    # trigrams say "perhaps": a serial may hold them apart; the rows are looked at one by one until enough are right
    beside = (
        " JOIN units u ON u.depot_id = e.depot_id AND u.id = e.unit_id LEFT JOIN products p ON p.id = u.product_id"
    )
    perhaps = _with_words(tx, query, "u.id, u.serial, u.lot, p.model", beside, limit * 16)
    return _ids(islice((row for row in perhaps if _holds(row[1:], query.inside)), limit))


def _with_words(tx: Tx, query: Query, columns: str, beside: str, limit: int) -> Iterator[tuple[Any, ...]]:
    """Columns of the entries ``e`` that hold the words of ``query``, newest first; on SQLite found as they are read."""
    if tx.sqlite:
        words = " AND ".join([*(f'"{word}"' for word in query.words), *(f'"{word}" *' for word in query.prefixes)])
        yield from tx.each(
            f"SELECT {columns} FROM search_words w CROSS JOIN search_entries e ON e.no = w.rowid{beside}"
            " WHERE search_words MATCH ? AND e.depot_id = ? ORDER BY w.rowid DESC LIMIT ?",
            (words, tx.depot_id, limit),
        )
    else:
        words = " & ".join([*(f"'{word}'" for word in query.words), *(f"'{word}':*" for word in query.prefixes)])
        yield from tx.each(
            f"SELECT {columns} FROM search_entries e{beside} WHERE e.words @@ CAST(? AS tsquery) AND e.depot_id = ?"
            " ORDER BY e.no DESC LIMIT ?",
            (words, tx.depot_id, limit),
        )


def _holds(texts: Iterable[str | None], inside: str) -> bool:
    return any(inside in (text or "").upper().replace(" ", "") for text in texts)


def _ids(rows: Iterable[Sequence[Any]]) -> list[str]:
    return [row[0] for row in rows]


#: What sorts after every text with the same beginning.
_PAST = "\uffff"
_HIT = (
    "SELECT u.id, u.serial, p.model, k.name, u.place, c.id, c.number, c.stage FROM units u"
    " LEFT JOIN products p ON p.id = u.product_id LEFT JOIN customers k ON k.id = u.customer_id"
    " LEFT JOIN return_cases c ON c.depot_id = u.depot_id AND c.id = u.case_id"
    " WHERE u.depot_id = ? AND u.deleted_at IS NULL AND u.id IN "
)


def _hits(tx: Tx, found: dict[str, Reach]) -> tuple[Hit, ...]:
    if not found:
        return ()
    by_id = {
        row[0]: Hit(
            row[0], row[1], row[2] or "", row[3] or "", Place(row[4]), row[5], row[6] or "",
            Stage(row[7]) if row[7] else None, found[row[0]],
        )
        for row in tx.ask(f"{_HIT}({', '.join('?' * len(found))})", (tx.depot_id, *found))
    }
    return tuple(by_id[unit_id] for unit_id in found if unit_id in by_id)
