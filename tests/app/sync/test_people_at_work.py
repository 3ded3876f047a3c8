"""People go on working while the night runs, and the line breaks where it hurts most (spec 4)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.sync.outcomes import Ended, Resolution
from app.domain.sync.protocol import TableRows
from app.errors import Refused, Unavailable
from app.persistence import sync as rows
from app.persistence.stamped import Shape
from app.persistence.tables import customers
from app.services import night
from app.sync import run
from app.sync.server import Centre, View
from tests.app.sync.test_night import _copy, at_centre, at_depot, centre, damage
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, FakeClock, Ids
from tests.simulation.places import filled

__all__ = ["centre"]


def another_desk(depot: Depot, first_id: int) -> Depot:
    return as_person(open_depot(
        str(depot.database.path), operator=SYSTEM, clock=depot.clock, new_id=Ids(itertools.count(first_id)),
        hashing=CHEAP,
    ), "clerk")


class Slow(Centre):
    """A line so slow that somebody receives a unit while it is asked for rows."""

    def __init__(self, other: Centre, work: Any) -> None:
        super().__init__("", engine=other._engine)
        self.work = work

    def rows(self, shape: Shape, depot_id: str, ids: Sequence[str]) -> TableRows:
        self.work()
        return super().rows(shape, depot_id, ids)


def test_nobody_waits_for_the_line_while_histories_are_joined(
    sqlite_depot: Depot, centre: Centre, tmp_path: Path, clock: FakeClock
) -> None:
    a_received_unit(sqlite_depot)
    run.night(sqlite_depot, centre)
    assert sqlite_depot.database.path is not None
    _copy(sqlite_depot.database.path, tmp_path / "copy.db")
    a_received_unit(sqlite_depot, "LOST1")
    run.night(sqlite_depot, centre)
    sqlite_depot.close()
    again = as_person(open_depot(str(tmp_path / "copy.db"), operator=SYSTEM, clock=clock,
                                 new_id=Ids(itertools.count(5_000_000)), hashing=CHEAP), "clerk")
    desk, n = another_desk(again, 6_000_000), itertools.count()

    def work() -> None:
        k = next(n)
        if k < 6:
            a_received_unit(desk, f"MEANWHILE{k}")

    report = run.night(again, Slow(centre, work))
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 1)
    run.night(again, centre)
    wanted = {"H204817736", "LOST1", *(f"MEANWHILE{k}" for k in range(6))}
    assert {row[0] for row in at_depot(again, "SELECT serial FROM units")} == wanted
    assert {row[0] for row in at_centre(centre, "SELECT serial FROM units")} == wanted
    desk.close()
    again.close()


class Cut(View):
    """A line that breaks when it should bring rows."""

    def portion(self, *_asked: Any, **_limits: Any) -> Any:
        raise Unavailable("sync.centre-away", reason="cut")


class Cutting(Centre):
    @contextmanager
    def view(self, depot_id: str) -> Iterator[View]:
        with super().view(depot_id) as view:
            yield Cut(view._link)


def test_head_offices_rows_stay_readable_until_they_have_come_anew(sqlite_depot: Depot, centre: Centre) -> None:
    with centre._engine.begin() as link:
        for n, name in enumerate(("总部客户", "另一家"), 1):
            row = filled(customers, {"id": f"hq-{n}", "name": name, "active": 1}) | {
                "depot_id": "HQ", "origin": 0, "seq": n}
            link.exec_driver_sql(
                f"INSERT INTO customers ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
        link.exec_driver_sql("UPDATE node SET seq = 2")
    run.night(sqlite_depot, centre)
    names = "SELECT name FROM customers WHERE depot_id = 'HQ' ORDER BY id"
    assert at_depot(sqlite_depot, names) == [("总部客户",), ("另一家",)]
    at_depot(sqlite_depot, "UPDATE held_origins SET revision = '0007' WHERE owner = 'HQ'")     # the program is newer
    at_centre_write(centre, "UPDATE customers SET name = '总部大客户' WHERE id = 'hq-1'")
    at_centre_write(centre, "DELETE FROM customers WHERE id = 'hq-2'")
    with pytest.raises(Unavailable):
        run.night(sqlite_depot, Cutting("", engine=centre._engine))
    assert at_depot(sqlite_depot, names) == [("总部客户",), ("另一家",)]
    assert run.night(sqlite_depot, centre).outcome is Ended.VERIFIED
    assert at_depot(sqlite_depot, names) == [("总部大客户",)]
    assert at_depot(sqlite_depot, "SELECT count(*) FROM night_notes WHERE name LIKE 'again:%'") == [(0,)]


def at_centre_write(centre: Centre, sql: str) -> None:
    with centre._engine.begin() as link:
        link.exec_driver_sql(sql)


def test_a_choice_in_the_inbox_does_not_undo_later_work(depot: Depot, centre: Centre) -> None:
    got = a_received_unit(depot)
    run.night(depot, centre)
    damage(depot, "units", "note", "mine", got.unit_id)
    run.night(depot, centre)
    (conflict,) = night.conflicts(depot)
    supervisor = as_person(depot, "supervisor")
    with depot.as_operator(SYSTEM).write() as tx:
        tx.ask("UPDATE units SET note = 'written since'")
    for resolution, fields in ((Resolution.MINE, []), (Resolution.MERGED, ["note"])):
        with pytest.raises(Refused, match=r"sync\.field-changed-since"):
            night.resolve_conflict(supervisor, conflict.id, resolution, fields)
    night.resolve_conflict(supervisor, conflict.id, Resolution.THEIRS)
    assert at_depot(depot, "SELECT note FROM units") == [("written since",)]


def test_a_night_of_a_clock_that_was_ahead_does_not_count(sqlite_depot: Depot, clock: FakeClock) -> None:
    clock.now = datetime(2027, 11, 3, 2, 0, tzinfo=UTC)
    with sqlite_depot.write() as tx:
        rows.begin(tx, "schedule")
    clock.now = datetime(2026, 11, 3, 20, 0, tzinfo=UTC)
    assert night.is_due(sqlite_depot)
    with sqlite_depot.write() as tx:
        rows.end(tx, rows.begin(tx, "schedule"), Ended.VERIFIED.value, {})
    clock.advance(minutes=1)
    assert not night.is_due(sqlite_depot), "or it would run every minute for a year"
    clock.now += timedelta(days=1)
    assert night.is_due(sqlite_depot)
