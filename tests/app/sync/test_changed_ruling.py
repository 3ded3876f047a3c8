"""Yesterday's ruling would be another with what another depot has reported since: somebody is told (spec 4, "Pull")."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot
from app.domain.codes import RepairResult
from app.domain.people import Role
from app.messages import say
from app.persistence import disposition as dispositions
from app.services import disposition, founding, handover, night, people, referring, repair, undoing
from app.sync import run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import sqlite_engine
from app.sync.server import Centre
from tests.builders import a_diagnosis, a_finish, a_unit_at_repair, as_person, own
from tests.conftest import CHEAP, FOUNDING, PASSWORD, PIN, FakeClock, Ids
from tests.simulation.places import filled

SERIAL = "H204817736"
STAFF = {"clerk": Role.CLERK, "technician": Role.TECHNICIAN}


@pytest.fixture
def centre() -> Iterator[Centre]:
    """A centre with a product of head office's and two depots."""
    from app.persistence.tables import products

    engine = sqlite_engine(":memory:")
    make_sqlite(engine)
    with engine.begin() as link:
        for code in ("SH1", "CD1"):
            add_depot_row(link, code, code, code.lower(), datetime.now(UTC))
        row = filled(products, {"id": "hq-p", "model": "PSU-1", "active": 1}) | {
            "depot_id": "HQ", "origin": 0, "seq": 1, "serial_rule": "{}", "warranty": '{"months": 24}'}
        link.exec_driver_sql(
            f"INSERT INTO products ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        link.exec_driver_sql("UPDATE node SET seq = 1")
    yield Centre("", engine=engine)
    engine.dispose()


@pytest.fixture
def elsewhere(tmp_path: Path, clock: FakeClock) -> Iterator[Depot]:
    """The other depot."""
    told = founding.found(
        tmp_path / "cd.db", replace(FOUNDING, depot_id="CD1"), clock=clock, hashing=CHEAP,
        new_id=Ids(itertools.count(7_000_000)),
    )
    for login, role in STAFF.items():
        people.add_user(told, people.NewUser(login, login, PASSWORD, PIN, frozenset({role})))
    yield as_person(told, "clerk")
    told.close()


def a_night(depot: Depot, centre: Centre) -> int:
    run.night(depot.as_operator(SYSTEM), centre)
    return night.after(depot.as_operator(SYSTEM)).rulings_changed


def not_removed(depot: Depot) -> tuple[str, str]:
    """The unit comes in and the bench cannot remove the fault; the case and the entry that says so."""
    got = a_unit_at_repair(depot, SERIAL, product_id="hq-p", shipped_on=date(2026, 3, 2))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    done = repair.finish(bench, a_finish(got.case_id, result=RepairResult.FAULT_REMAINS))
    return got.case_id, done.entry_id


def test_an_earlier_visit_that_another_depot_corrects_raises_the_alert_once(
    sqlite_depot: Depot, elsewhere: Depot, centre: Centre, clock: FakeClock
) -> None:
    for depot in (sqlite_depot, elsewhere):
        a_night(depot, centre)
    _case, finished = not_removed(elsewhere)
    a_night(elsewhere, centre)
    clock.advance(days=3)
    a_night(sqlite_depot, centre)
    case_id, _entry = not_removed(sqlite_depot)            # the second failed return: the bench may refer it
    referring.refer(as_person(sqlite_depot, "technician"), case_id)
    handover.hand_over(
        as_person(sqlite_depot, "technician"),
        handover.Offering(handover.Direction.REFERRED, (case_id,), own("technician")), own("clerk"),
    )
    ruled = disposition.confirm(sqlite_depot, case_id, own("supervisor"))
    assert a_night(sqlite_depot, centre) == 0
    assert "alert.ruling-differs" not in {alert.kind for alert in night.alerts(sqlite_depot)}
    undoing.undo(as_person(elsewhere, "technician"), finished)       # it had been the wrong unit after all
    a_night(elsewhere, centre)
    assert a_night(sqlite_depot, centre) == 1
    (alert,) = [alert for alert in night.alerts(sqlite_depot) if alert.kind == "alert.ruling-differs"]
    assert alert.case_id == case_id
    assert alert.facts["was"] != alert.facts["now"]
    assert str(alert.facts["number"]) in say(alert.kind, alert.facts)
    assert a_night(sqlite_depot, centre) == 0              # told once
    with sqlite_depot.read() as tx:
        standing = dispositions.current(tx, case_id)
    assert standing is not None
    assert standing.number == ruled.number                 # it stays on record until somebody decides again
