"""One byte of a synced database changes on the disk: ``verify`` finds it, and so does the next night, wherever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from app.depot import Depot
from app.domain.sync.outcomes import Ended
from app.services import inspection, night, verifying
from app.sync import run
from app.sync.server import Centre
from tests.app.services.test_inspection import BASIC, passing
from tests.app.sync.test_night import centre
from tests.builders import a_unit_in_qa
from tests.conftest import as_person

__all__ = ["centre"]
TABLES = ("journal", "movements", "qa_marks", "mark_signatures")


@pytest.fixture
def synced(sqlite_depot: Depot, centre: Centre) -> Depot:
    """A depot with a unit that has come all the way to its QA mark; the centre has all of it."""
    got = a_unit_in_qa(sqlite_depot)
    inspection.pass_and_mark(as_person(sqlite_depot, "inspector"), passing(got.case_id, BASIC))
    nightly(sqlite_depot, centre)
    return sqlite_depot


def nightly(depot: Depot, centre: Centre) -> run.NightReport:
    """A night as the program runs it."""
    night.before(depot)
    report = run.night(depot, centre)
    night.after(depot)
    return report


@contextmanager
def on_the_disk(depot: Depot, table: str) -> Iterator[sqlite3.Connection]:
    """The file in the hands of a stranger: no law of ours holds there."""
    with closing(sqlite3.connect(str(depot.database.path), isolation_level=None)) as link:
        laws = link.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall()
        for name, _sql in laws:
            link.execute(f"DROP TRIGGER {name}")
        yield link
        for _name, sql in laws:
            link.execute(sql)


def another(value: Any) -> Any:
    """``value`` with one byte of it changed."""
    if isinstance(value, int):
        return value ^ 64           # not a neighbour's number, which the engine itself would refuse
    text = str(value)
    at = max((n for n, letter in enumerate(text) if letter.isascii() and letter.isalnum()), default=-1)
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1:] if at >= 0 else text + "x"


def places(depot: Depot, table: str) -> list[tuple[int, str, Any]]:
    """(row, column, what stands there): every row once, every column at least once."""
    with closing(sqlite3.connect(str(depot.database.path))) as link:
        rows = link.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")
        names = [column[0] for column in rows.description][1:]
        held = rows.fetchall()
    found = []
    for n in range(max(len(held), len(names))):
        row, name = held[n % len(held)], names[n % len(names)]
        if row[1 + names.index(name)] is not None:
            found.append((row[0], name, row[1 + names.index(name)]))
    return found


@pytest.mark.parametrize("table", TABLES)
def test_verify_finds_it_in_every_row_and_every_column(synced: Depot, table: str) -> None:
    assert verifying.verify(synced).sound
    unseen = []
    for rowid, name, was in places(synced, table):
        with on_the_disk(synced, table) as link:
            link.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (another(was), rowid))
        if verifying.verify(synced).sound:
            unseen.append((rowid, name, was))
        with on_the_disk(synced, table) as link:
            link.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (was, rowid))
    assert not unseen
    assert verifying.verify(synced).sound


@pytest.mark.parametrize(("table", "name"), [
    ("journal", "actor_name"), ("journal", "facts"), ("journal", "chain"), ("movements", "to_place"),
    ("movements", "at"), ("qa_marks", "stamp_no"), ("mark_signatures", "signature"),
])
def test_the_next_night_finds_it_and_puts_the_true_row_back(
    synced: Depot, centre: Centre, table: str, name: str
) -> None:
    with on_the_disk(synced, table) as link:
        ((rowid, was),) = link.execute(f"SELECT rowid, {name} FROM {table} ORDER BY seq DESC LIMIT 1")
        link.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (another(was), rowid))
    assert not verifying.verify(synced).sound
    report = nightly(synced, centre)
    assert report.outcome is Ended.VERIFIED
    assert "alert.rows-differed" in [kind for kind, _facts in report.tally.alerts]
    with closing(sqlite3.connect(str(synced.database.path))) as link:
        assert link.execute(f"SELECT {name} FROM {table} ORDER BY rowid").fetchall().count((was,)) >= 1
    (conflict,) = night.conflicts(synced)
    assert (conflict.kind, conflict.in_table) == ("DAMAGED", table)
    assert str(conflict.mine[name]) == str(another(was))
    assert str(conflict.theirs[name]) == str(was)
    assert nightly(synced, centre).tally.forks == 0         # and then all is well again
    assert verifying.verify(synced).sound
