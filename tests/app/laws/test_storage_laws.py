"""The five storage invariants hold whatever people do, in whatever order (spec 1 §2).

The suite walks a short while. ``FANXIU_LAWS_EXAMPLES`` and ``FANXIU_LAWS_STEPS`` make it walk as long as one likes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.domain.places import ZONES
from app.services import ledger, storage
from tests.app.laws import laws
from tests.app.laws.walk import NEEDS, Walk, choose, furnish, step
from tests.month_check import check_reports
from tests.raw_month import month_names

EXAMPLES = int(os.environ.get("FANXIU_LAWS_EXAMPLES", "12"))
STEPS = int(os.environ.get("FANXIU_LAWS_STEPS", "45"))


class Depot(RuleBasedStateMachine):
    """A depot at work; after each step its file is read and judged."""

    furnished: ClassVar[Path]
    outcomes: ClassVar[Counter[tuple[str, str]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="laws-"))
        shutil.copyfile(self.furnished, self.folder / "depot.db")
        self.walk = Walk(self.folder / "depot.db")
        self.walk.open()
        self.known: dict[tuple[str, str], str] = {}

    @rule(
        number=st.integers(0, 2**16), picks=st.lists(st.integers(0, 20), min_size=6, max_size=6),
        pause=st.sampled_from((0, 3, 30, 300)),
    )
    def somebody_acts(self, number: int, picks: list[int], pause: int) -> None:
        self.walk.clock.advance(hours=pause)
        name = choose(self.walk, number)
        before = self._stamp()
        said = step(self.walk, name, picks)
        note(f"{name}: {said}")
        self.outcomes[name, said] += 1
        if said != "done":
            assert self._stamp() == before, f"{name} was refused ({said}) and wrote something"

    @invariant()
    def the_laws_hold(self) -> None:
        laws.check_all(self.walk.eye)
        now = laws.frozen(self.walk.eye)
        for key, row in self.known.items():
            assert now.get(key) == row, f"{key} was changed or deleted"
        self.known = now

    def teardown(self) -> None:
        try:
            self._past_days_balance()
            self._the_months_add_up()
        finally:
            self.walk.close()
            shutil.rmtree(self.folder)

    def _stamp(self) -> tuple[object, ...]:
        return tuple(self.walk.eye.execute("SELECT seq, journal_no FROM node").fetchone())

    def _past_days_balance(self) -> None:
        """The program's own ledgers say of every past day what the rows say."""
        depot = self.walk.depot
        moves = laws.rows(self.walk.eye, "SELECT * FROM movements ORDER BY unit_id, ordinal")
        first, last = self.walk.clock.__class__().now.date(), self.walk.clock.now.date() + timedelta(days=2)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        for day in days[:: max(1, len(days) // 6)]:
            end = storage.day_begins(depot, day + timedelta(days=1))
            moment = int(end.timestamp() * 1_000_000) - 1
            there = laws.standing_at(moves, moment)
            for zone in ZONES:
                with depot.read() as tx:
                    assert ledger.check_balance(tx, zone, end) == (len(there[zone]), len(there[zone]))
                stood = ledger.stood_on(depot, zone, day)
                assert {row.unit_id for row in stood} == there[zone]
                assert [row.no for row in stood] == list(range(1, len(stood) + 1))

    def _the_months_add_up(self) -> None:
        """The reports of a middle month and of the last say what the rows say, figure by figure."""
        names = month_names(self.walk.clock.__class__().now, self.walk.clock.now)
        for name in sorted({names[len(names) // 2], names[-1]}):
            check_reports(self.walk.people["inspector"], self.walk.eye, name)


def test_the_five_storage_laws_hold_in_every_walk(template: Path, tmp_path: Path) -> None:
    Depot.furnished = tmp_path / "furnished.db"
    Depot.outcomes.clear()
    furnish(template, Depot.furnished)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Depot,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )
    done = {name for name, said in Depot.outcomes if said == "done"}
    for name, said in sorted(Depot.outcomes):
        print(f"{name:16} {said:32} {Depot.outcomes[name, said]}")
    assert len(done) >= 0.7 * len(NEEDS), f"the walks did not do: {set(NEEDS) - done}"


@pytest.mark.parametrize("table", laws.APPEND_ONLY)
def test_rows_that_may_not_change_do_not(template: Path, tmp_path: Path, table: str) -> None:
    """5. Neither an UPDATE nor a DELETE gets past the database, whoever sends it."""
    shutil.copyfile(template, tmp_path / "depot.db")
    with laws.reading(tmp_path / "depot.db") as connection:
        column = next(
            row["name"] for row in laws.rows(connection, f"PRAGMA table_info({table})")
            if row["name"] not in {"depot_id", "id", "origin", "seq"}
        )
        connection.execute("PRAGMA foreign_keys = OFF")
        _one_row(connection, table)
        with pytest.raises(sqlite3.IntegrityError, match=r"law\.append-only"):
            connection.execute(f"UPDATE {table} SET {column} = NULL")
        with pytest.raises(sqlite3.IntegrityError, match=r"law\.no-delete"):
            connection.execute(f"DELETE FROM {table}")


def _one_row(connection: sqlite3.Connection, table: str) -> None:
    """A row as the sync would write it (stamped already), so that the laws about moves do not look at it."""
    names = [row["name"] for row in laws.rows(connection, f"PRAGMA table_info({table})")]
    kinds = {row["name"]: row["type"] for row in laws.rows(connection, f"PRAGMA table_info({table})")}
    values = ["1" if kinds[name] == "INTEGER" else "'x'" for name in names]
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(values)})")
