"""Kill -9 between any two statements: the file holds all of the step or nothing, and every law still holds.

For each step of a unit's whole way a child process does the step and is killed when SQLite begins its n-th statement,
those of the triggers and the commit included. The suite kills each step in its middle
and at its commit; ``FANXIU_KILLS=0`` kills at every single one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.depot import Depot, open_depot
from tests.app.laws import laws
from tests.app.laws.pool_laws import check_pool
from tests.app.laws.pool_walk import PoolWalk, furnish_pool
from tests.app.laws.walk import Walk, furnish, step
from tests.conftest import FakeClock

KILLS = int(os.environ.get("FANXIU_KILLS", "1"))

#: One way through the depot: (action, the numbers it picks by). Later ones stand on what earlier ones left.
WAY: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("receive", (2, 0)),                # a crate of three
    ("report", ()),
    ("cancel_report", ()),
    ("import_list", ()),
    ("amend", (0,)),
    ("undo_import", ()),
    ("found_at_repair", ()),
    ("put_on_shelf", (0, 0, 1)),
    ("undo", (0,)),
    ("start_count", ()),
    ("count", ()),
    ("finish_count", ()),
    ("draft", (0, 1)),
    ("edit", (0, 3)),
    ("swap", ()),
    ("countersign", ()),
    ("change", (0, 1)),
    ("countersign", ()),
    ("issue", ()),
    ("offer", ()),
    ("withdraw", ()),
    ("offer", ()),
    ("accept", ()),
    ("work", ()),
    ("work", ()),
    ("pause", ()),
    ("consent", ()),
    ("work", ()),
    ("hand_over", (0, 0, 1)),           # to QA
    ("fail", ()),
    ("hand_over", (0, 0, 0)),           # back to repair
    ("work", ()),
    ("hand_over", (0, 0, 1)),
    ("pass_", ()),
    ("hand_over", (0, 0, 2)),           # passed, to the counter
    ("put_away", ()),
    ("pack", ()),
    ("send", ()),
    ("deliver", ()),
    ("archive", ()),
    ("receive_known", ()),
)
#: What may become of a unit that cannot simply go back, and of what is lent, left at a site or borrowed.
HARD_WAY: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("ask_scrap", ()),
    ("decide", ()),
    ("scrap", ()),
    ("exchange", ()),
    ("keep", (1,)),
    ("reserve", ()),
    ("send_spare", ()),
    ("swap", ()),
    ("enrol", (1,)),
    ("lend", ()),
    ("back", ()),
    ("restock", ()),
    ("quote", (3,)),                    # of the unit that the user broke
    ("quote_goes", ()),
    ("answered", (1,)),
    ("part_lent", ()),
    ("part_back", ()),
)


@dataclass(frozen=True)
class Way:
    """The steps, who walks them, from which depot, and how often each is killed besides at its commit."""

    steps: tuple[tuple[str, tuple[int, ...]], ...]
    walk: type[Walk]
    furnish: Callable[[Path, Path], None]
    kills: int


WAYS = {"whole": Way(WAY, Walk, furnish, KILLS), "hard": Way(HARD_WAY, PoolWalk, furnish_pool, min(KILLS, 2))}


@dataclass(frozen=True)
class Step:
    """A step with the file as it is before, what is in it before and after, and how many statements it takes."""

    number: int
    name: str
    picks: tuple[int, ...]
    before: Path
    content_before: str
    content_after: str
    statements: int
    begun: datetime
    way: Way

    def boundaries(self) -> list[int]:
        """At which statements it is killed; the last two are the commit and just after it."""
        kills = self.way.kills
        if not kills or self.statements <= kills:
            return list(range(1, self.statements + 2))
        apart = self.statements / kills
        first = 1 + self.number % max(1, int(apart))
        spread = {min(self.statements, int(first + n * apart)) for n in range(kills)}
        return sorted(spread | {self.statements, self.statements + 1})


@pytest.mark.parametrize("name", WAYS)
def test_a_step_is_done_or_not_begun_wherever_it_is_killed(template: Path, tmp_path: Path, name: str) -> None:
    killed, way = 0, WAYS[name]
    for found in _steps(way, template, tmp_path):
        for boundary in found.boundaries():
            file = tmp_path / "killed.db"
            _put(found.before, file)
            died = _child_dies(file, found, boundary)
            assert died is (boundary <= found.statements), f"{found.name} at {boundary} of {found.statements}"
            _reopen(file)
            with laws.reading(file) as connection:
                content = laws.content(connection)
                assert content in {found.content_before, found.content_after}, (
                    f"{found.name} killed at statement {boundary} of {found.statements}: half of it was written"
                )
                assert died or content == found.content_after
                laws.check_all(connection)
                check_pool(connection)
            killed += died
    assert killed >= way.kills * len(way.steps)


def _steps(way: Way, template: Path, folder: Path) -> Iterator[Step]:
    """Walk the whole way once, keeping the file before each step."""
    file = folder / "walk.db"
    way.furnish(template, file)
    clock = FakeClock(FakeClock.now + timedelta(hours=1))       # after the depot was furnished
    for number, (name, picks) in enumerate(way.steps):
        before, begun = folder / "before.db", clock.now
        _put(file, before)
        with laws.reading(before) as connection:
            content = laws.content(connection)
        statements = [0]

        def count(statements: list[int] = statements) -> None:
            statements[0] += 1

        clock = _do(way.walk, file, number, name, picks, begun, count)
        with laws.reading(file) as connection:
            yield Step(number, name, picks, before, content, laws.content(connection), statements[0], begun, way)


def _do(
    who: type[Walk], file: Path, number: int, name: str, picks: tuple[int, ...], begun: datetime,
    boundary: Callable[[], None],
) -> FakeClock:
    """Do one step; ``boundary()`` is called whenever a statement of the writing connection begins."""
    armed: list[bool] = []

    def traced(_statement: str) -> None:
        if armed:
            boundary()

    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.set_trace_callback(traced)

    walk = who(file, ids_from=10_000_000 * (number + 1), clock=FakeClock(begun))
    event.listen(Engine, "connect", connected)
    try:
        walk.open()
        armed.append(True)
        said = step(walk, name, picks)
        armed.clear()
        walk.close()
    finally:
        event.remove(Engine, "connect", connected)
    assert said == "done", f"{number} {name}: {said}"
    return walk.clock


def _put(source: Path, target: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _child_dies(file: Path, found: Step, boundary: int) -> bool:
    """Do the step in a child that is killed at ``boundary``; ``False`` when it got through before."""
    child = os.fork()
    if child == 0:
        left = [boundary]

        def reached() -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            _do(found.way.walk, file, found.number, found.name, found.picks, found.begun, reached)
            os._exit(0)
        finally:
            os._exit(70)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, f"the child failed at {found.name}, boundary {boundary}"
    return False


def _reopen(file: Path) -> None:
    """What the next start does: the engine rolls back what was not committed; the depot can be worked with."""
    depot: Depot = open_depot(str(file))
    with depot.database.write() as connection:
        connection.exec_driver_sql("SELECT 1")
    depot.close()
