"""The five storage invariants of spec 1 §2, read from the rows themselves, without the program's own queries."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.places import BELONGS, CUSTODIAN, ZONES, Place
from app.domain.stages import Stage
from app.persistence.tables.base import canonical_json

APPEND_ONLY = (
    "movements", "traveller_movements", "handovers", "handover_lines", "handover_receipts", "handover_verdicts",
    "inspections", "inspection_readings", "qa_marks", "signatures", "journal", "plan_revisions",
)
Row = dict[str, Any]


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, seen by nobody's code but SQLite's."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: sqlite3.Connection, sql: str) -> list[Row]:
    return [dict(row) for row in connection.execute(sql)]


def check_all(connection: sqlite3.Connection) -> None:
    """Invariants 1 to 4, and what else must never be: a broken journal, a gap in the numbers."""
    moves = rows(connection, "SELECT * FROM movements ORDER BY unit_id, ordinal")
    check_chain(connection, moves, "units", "unit_id", shelves=True)
    travels = rows(connection, "SELECT * FROM traveller_movements ORDER BY traveller_id, ordinal")
    check_chain(connection, travels, "travellers", "traveller_id", shelves=False)
    check_balance(connection, moves)
    check_custody(connection, moves, "unit_id")
    check_custody(connection, travels, "traveller_id")
    check_no_mixing(connection)
    check_gate(connection)
    check_journal(connection)
    check_numbers(connection)


def check_chain(
    connection: sqlite3.Connection, moves: list[Row], table: str, key: str, *, shelves: bool
) -> None:
    """1. Line n+1 begins where line n ended, no ordinal is missing or doubled, the thing is where its chain ends."""
    last: dict[str, Row] = {}
    for move in moves:
        before = last.get(move[key])
        assert move["ordinal"] == (before["ordinal"] + 1 if before else 1), f"gap or branch: {move}"
        if before is not None:
            assert move["from_place"] == before["to_place"], f"broken chain: {move}"
            assert move["at"] >= before["at"], f"a move before the one that brought it: {move}"
            if shelves:
                assert move["from_shelf_id"] == before["to_shelf_id"], f"broken shelf chain: {move}"
        last[move[key]] = move
    for thing in rows(connection, f"SELECT * FROM {table}"):
        end = last.get(thing["id"])
        assert thing["movement_no"] == (end["ordinal"] if end else 0), thing
        if end is not None:
            assert thing["place"] == end["to_place"], thing
            if shelves:
                assert thing["shelf_id"] == end["to_shelf_id"], thing


def standing_at(moves: list[Row], moment: int | None) -> dict[str, set[str]]:
    """Zone → units whose chain ends there at ``moment`` (``None``: now)."""
    where: dict[str, str] = {}
    for move in moves:
        if moment is None or move["at"] <= moment:
            where[move["unit_id"]] = move["to_place"]
    found: dict[str, set[str]] = defaultdict(set)
    for unit_id, place in where.items():
        found[place].add(unit_id)
    return found


def balances(moves: list[Row], moment: int | None) -> Counter[str]:
    """Zone → in − out up to ``moment``."""
    found: Counter[str] = Counter()
    for move in moves:
        if (moment is None or move["at"] <= moment) and move["from_place"] != move["to_place"]:
            found[move["to_place"]] += 1
            found[move["from_place"]] -= 1
    return found


def check_balance(connection: sqlite3.Connection, moves: list[Row]) -> None:
    """2. in − out of each zone equals the units standing there, at every moment there was, and in ``units`` now."""
    for moment in [*sorted({move["at"] for move in moves}), None]:
        booked, there = balances(moves, moment), standing_at(moves, moment)
        for zone in ZONES:
            assert booked[zone] == len(there[zone]), f"{zone} at {moment}: {booked[zone]} ≠ {there[zone]}"
    now = standing_at(moves, None)
    for zone in ZONES:
        stands = {row["id"] for row in rows(connection, f"SELECT id FROM units WHERE place = '{zone}'")}
        assert stands == now[zone], zone


def check_custody(connection: sqlite3.Connection, moves: list[Row], key: str) -> None:
    """3. A change of custodian has an accepted line of this very thing, or takes a move back."""
    accepted = {
        (row["id"], row[key])
        for row in rows(
            connection,
            f"SELECT l.id, l.{key} FROM handover_lines l JOIN handover_verdicts v ON v.line_id = l.id "
            "JOIN handover_receipts r ON r.handover_id = l.handover_id AND r.kind = 'RECEIVED' "
            "WHERE v.verdict = 'ACCEPTED'",
        )
    }
    by_id = {move["id"]: move for move in moves}
    used: Counter[str] = Counter()
    for move in moves:
        if CUSTODIAN[Place(move["from_place"])] is CUSTODIAN[Place(move["to_place"])]:
            continue
        if move["handover_line_id"] is not None:
            assert (move["handover_line_id"], move[key]) in accepted, f"no accepted line: {move}"
            used[move["handover_line_id"]] += 1
            continue
        back = by_id.get(move["reverses_id"] or "")
        assert back is not None, f"custody changed without a handover: {move}"
        assert back[key] == move[key]
        assert (back["from_place"], back["to_place"]) == (move["to_place"], move["from_place"])
    assert all(n == 1 for n in used.values()), "one handover line moved a thing twice"


def check_no_mixing(connection: sqlite3.Connection) -> None:
    """4. Every unit in a zone is at a stage that belongs there, and on a shelf of the zone that meets its condition."""
    for row in rows(
        connection,
        "SELECT u.serial, u.place, u.storage_condition, c.stage, s.place AS shelf_place, s.provides, u.shelf_id "
        "FROM units u LEFT JOIN return_cases c ON c.id = u.case_id LEFT JOIN shelves s ON s.id = u.shelf_id",
    ):
        place = Place(row["place"])
        if place in BELONGS:
            assert Stage(row["stage"]) in BELONGS[place], row
        if row["stage"] in {"RECEIVED", "PLANNED", "RELEASED"}:
            assert place is Place.ZONE_PENDING, row      # the board counts what is due there by the stage alone
        if row["shelf_id"] is not None:
            assert row["shelf_place"] == row["place"], row
            assert not row["storage_condition"] or row["storage_condition"] in row["provides"].split(","), row


def check_gate(connection: sqlite3.Connection) -> None:
    """Nothing leaves zone 2 without its gate: a QA mark, or a ruling that it goes back as it is, carried out."""
    left = rows(connection, """SELECT m.unit_id, m.case_id FROM movements m
        WHERE m.from_place = 'ZONE_REPAIRED' AND m.to_place IN ('OUTBOUND', 'CUSTOMER')""")
    marked = {row["case_id"] for row in rows(connection, "SELECT case_id FROM qa_marks")}
    ruled = {
        row["case_id"]
        for row in rows(connection, "SELECT case_id, outcomes FROM dispositions WHERE ended_why = 'DONE'")
        if {"RETURN_AS_IS", "BOTH_TO_CUSTOMER"} & set(json.loads(row["outcomes"]))
    }
    assert [row for row in left if row["case_id"] not in marked | ruled] == []


def check_journal(connection: sqlite3.Connection) -> None:
    """Every entry follows the one before by its hash, and the head of the chain is the newest entry."""
    head, last = "", 0
    for row in rows(connection, "SELECT * FROM journal ORDER BY no"):
        assert row["no"] == last + 1, row
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=row["at"])
        text = canonical_json([
            head, row["depot_id"], row["id"], row["no"], at.isoformat(), row["actor_id"], row["actor_name"],
            row["action"], row["subject_kind"], row["subject_id"], row["subject_number"], row["case_id"],
            row["unit_id"], json.loads(row["facts"]), row["undoes"],
        ])
        head = hashlib.sha256(text.encode()).hexdigest()
        assert head == row["chain"], f"journal broken at {row['no']}"
        last = row["no"]
    (node,) = rows(connection, "SELECT journal_no, journal_head FROM node")
    assert (node["journal_no"], node["journal_head"]) == (last, head)


def check_numbers(connection: sqlite3.Connection) -> None:
    """Numbers have no gap: per type and month 1, 2, 3 … up to the last one given, void ones included."""
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows(connection, "SELECT number, type FROM documents"):
        month, n = row["number"].rsplit("-", 2)[1][1:], int(row["number"].rsplit("-", 1)[1])
        given[row["type"], month].append(n)
    for (type_, month), numbers in given.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), f"{type_}{month}: {sorted(numbers)}"


def frozen(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """5. Every row that may never change: (table, id) → its whole content."""
    return {
        (table, row["id"]): canonical_json(row)
        for table in APPEND_ONLY
        for row in rows(connection, f"SELECT * FROM {table}")
    }


def content(connection: sqlite3.Connection) -> str:
    """A digest of everything in the file, table by table, row by row."""
    digest = hashlib.sha256()
    tables = [
        row["name"] for row in rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not row["name"].startswith("sqlite_")
    ]
    for table in tables:
        digest.update(table.encode())
        for line in sorted(repr(tuple(row)) for row in connection.execute(f'SELECT * FROM "{table}"')):
            digest.update(line.encode())
    return digest.hexdigest()
