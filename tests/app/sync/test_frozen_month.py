"""A closed month through the night: the same bytes at the centre, after corrections, and on a depot given back."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

from app.depot import SYSTEM, Depot, open_depot
from app.domain import quality as domain
from app.domain.slips import FormId
from app.domain.sync.outcomes import Ended
from app.persistence.tables import repair_orders
from app.services import night, quality, slips
from app.sync import run
from app.sync.server import Centre
from tests.app.services.test_quality import a_history, a_record
from tests.app.sync.test_night import at_centre, at_depot, centre
from tests.builders import as_person, own
from tests.conftest import CHEAP, FakeClock, Ids

__all__ = ["centre"]
ROW = "SELECT id, data, digest, signature_id, at FROM closed_months WHERE depot_id = 'SH1'"


def correct(depot: Depot) -> None:
    """Afterwards a cause turns out to be the user's."""
    with depot.as_operator(SYSTEM).write() as tx:
        ((order,),) = tx.ask("SELECT id FROM repair_orders WHERE fault_code = 'F21'")
        tx.change(repair_orders, order, cause_class="USER", fault_code="")


def copied(depot: Depot, target: Path) -> Path:
    path = depot.database.path
    assert path is not None
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def opened(path: Path, clock: FakeClock) -> Depot:
    return as_person(
        open_depot(str(path), operator=SYSTEM, clock=clock, new_id=Ids(itertools.count(5_000_000)), hashing=CHEAP),
        "inspector")


def test_the_night_carries_the_bytes_and_brings_them_back(
    sqlite_depot: Depot, centre: Centre, tmp_path: Path, clock: FakeClock
) -> None:
    inspector = a_record(sqlite_depot, a_history())
    run.night(sqlite_depot, centre)
    before = copied(sqlite_depot, tmp_path / "before.db")
    done = quality.close_month(inspector, "2026-10", own("inspector"), "电容批次不良", "换供应商")
    kept = at_depot(sqlite_depot, ROW)
    run.night(sqlite_depot, centre)
    assert at_centre(centre, ROW) == kept
    correct(sqlite_depot)
    told = quality.corrections(inspector, "2026-10")
    assert {(d.name, d.of): (d.then, d.now) for d in told.figures}["ours", ""] == (2, 1)
    run.night(sqlite_depot, centre)
    assert at_depot(sqlite_depot, ROW) == at_centre(centre, ROW) == kept
    sqlite_depot.close()

    again = opened(before, clock)                             # the file was lost: an older copy, and the centre
    assert not at_depot(again, ROW)
    assert run.night(again, centre).outcome is Ended.VERIFIED
    night.after(again)
    assert at_depot(again, ROW) == kept
    assert domain.digest(kept[0][1]) == done.digest
    report = quality.month(again, "2026-10")
    assert domain.frozen(report.month) == kept[0][1]
    assert quality.corrections(again, "2026-10") == told
    assert slips.monthly(again, FormId.CORRECTION_SHEET, "2026-10").pages == 1
    again.close()


def test_a_month_closed_twice_stays_as_it_was_closed_first(
    sqlite_depot: Depot, centre: Centre, tmp_path: Path, clock: FakeClock
) -> None:
    """An older copy of the file does not know that the month is closed, and closes it otherwise."""
    inspector = a_record(sqlite_depot, a_history())
    run.night(sqlite_depot, centre)
    before = copied(sqlite_depot, tmp_path / "before.db")
    quality.close_month(inspector, "2026-10", own("inspector"), "电容批次不良")
    kept = at_depot(sqlite_depot, ROW)
    run.night(sqlite_depot, centre)
    sqlite_depot.close()

    again = opened(before, clock)
    correct(again)
    quality.close_month(again, "2026-10", own("inspector"), "没有问题")
    assert run.night(again, centre).outcome is Ended.VERIFIED
    night.after(again)
    first = f"{ROW} AND month = '2026-10'"
    assert at_centre(centre, first) == at_depot(again, first) == kept
    assert quality.month(again, "2026-10").month.analysis == "电容批次不良"
    assert [c.kind for c in night.conflicts(again) if c.in_table == "closed_months"] == ["TWICE"]
    assert len(at_depot(again, ROW)) == 2, "what was closed meanwhile is kept for the person who decides"
    assert [line.month for line in quality.months(again) if line.closed] == ["2026-10"]
    again.close()
