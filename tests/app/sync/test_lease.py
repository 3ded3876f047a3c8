"""One desk at a time runs the night; the other is told since when, and nobody waits for the dead (spec 4)."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.depot import Depot, open_depot
from app.domain.sync.outcomes import Ended
from app.errors import Refused
from app.messages import sentence
from app.persistence import night_lease
from app.persistence.night_lease import LeaseRow
from app.services import night
from app.sync import lease, run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import sqlite_engine
from app.sync.server import Centre
from tests.builders import a_received_unit
from tests.conftest import CHEAP, FakeClock


@pytest.fixture
def centre() -> Iterator[Centre]:
    engine = sqlite_engine(":memory:")
    make_sqlite(engine)
    with engine.begin() as link:
        add_depot_row(link, "SH1", "SH1", "sh1", datetime.now(UTC))
    yield Centre("", engine=engine)
    engine.dispose()


def _other_desk(database_url: str, depot: Depot) -> Depot:
    return open_depot(database_url, operator=depot.operator, clock=depot.clock, new_id=depot.new_id, hashing=CHEAP)


def test_two_desks_at_once_one_runs_and_the_other_is_told(depot: Depot, database_url: str, centre: Centre) -> None:
    a_received_unit(depot)
    under_way, told = threading.Event(), threading.Event()
    reports: list[run.NightReport] = []

    class Slow:
        def step(self, done: int, total: int, text: str = "") -> None:
            under_way.set()
            assert told.wait(30)

    first = threading.Thread(target=lambda: reports.append(run.night(depot, centre, Slow())))
    first.start()
    other = _other_desk(database_url, depot)
    try:
        assert under_way.wait(30)
        with pytest.raises(Refused, match=r"sync\.running") as refusal:
            run.night(other, centre)
    finally:
        told.set()
        first.join()
    assert sentence(refusal.value).startswith("另一个工位从 20")
    assert [report.outcome for report in reports] == [Ended.VERIFIED]
    assert [row.outcome for row in night.nights(other)] == ["VERIFIED"]      # nobody was taken for killed
    assert run.night(other, centre).outcome is Ended.VERIFIED                # freed at the end
    other.close()


def test_two_threads_that_begin_together(depot: Depot, database_url: str, centre: Centre) -> None:
    other, barrier, taken = _other_desk(database_url, depot), threading.Barrier(2), []

    def try_it(desk: Depot) -> None:
        barrier.wait()
        try:
            taken.append(lease.take(desk))
        except Refused as refusal:
            taken.append(refusal.code)

    threads = [threading.Thread(target=try_it, args=(desk,)) for desk in (depot, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (held,) = [one for one in taken if isinstance(one, lease.Lease)]
    assert [one for one in taken if one is not held] == ["sync.running"]
    held.free()
    other.close()


def test_what_lapsed_or_died_holds_nobody_up(depot: Depot, centre: Centre) -> None:
    def give(holder: str, lasts: timedelta) -> None:
        with depot.write() as tx:
            now = night_lease.now(tx)
            night_lease.give(tx, LeaseRow(holder, now - timedelta(hours=1), now + lasts))

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    here = lease.computer()
    for holder, lasts in (
        ("elsewhere:1:x", timedelta(seconds=-1)),                # it lapsed
        ("elsewhere:1:x", timedelta(days=2)),                    # written by a clock two days ahead
        (f"{here}:{gone.pid}:x", timedelta(minutes=4)),          # its process is no more
        (f"{here}:{lease.os.getpid()}:x", timedelta(minutes=4)),     # broken off in this very process
    ):
        give(holder, lasts)
        assert run.night(depot, centre).outcome is Ended.VERIFIED
    namesake = f"{lease.platform.node()}-{0:012x}"      # another computer of the same name, whose process lives there
    for holder in ("elsewhere:1:x", f"{namesake}:{gone.pid}:x"):
        give(holder, timedelta(minutes=4))
        with pytest.raises(Refused, match=r"sync\.running"):
            run.night(depot, centre)


def test_a_lease_that_another_took_meanwhile_stops_the_night(depot: Depot, centre: Centre, clock: FakeClock) -> None:
    a_received_unit(depot)

    class Overslept:
        def step(self, done: int, total: int, text: str = "") -> None:
            with depot.write() as tx:
                now = night_lease.now(tx)
                night_lease.give(tx, LeaseRow("elsewhere:1:x", now, now + lease.LAPSES))
            clock.advance(minutes=10)

    with pytest.raises(Refused, match=r"sync\.running"):
        run.night(depot, centre, Overslept(), most_rows=10)
    with depot.read() as tx:
        found = night_lease.current(tx)
    assert found is not None
    assert found.holder == "elsewhere:1:x"                       # what is another's is not freed
