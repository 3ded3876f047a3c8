"""Both sides of a fork moved one unit: the night ends, one chain stands, the unit can be moved on (spec 4, "Push")."""

from __future__ import annotations

import itertools
import shutil

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.places import Place
from app.domain.stages import Stage
from app.domain.sync.outcomes import Ended
from app.persistence.tables import movements
from app.services import handover, night, repair, verifying
from app.sync import run
from app.sync.server import Centre
from tests.app.sync.test_night import at_centre, centre
from tests.builders import a_diagnosis, a_finish, a_received_unit, as_person, own, set_stage
from tests.conftest import CHEAP, FakeClock, Ids

__all__ = ["centre"]
_copies = itertools.count(1)


class Twin:
    """A depot's database as it was, to be opened again: a restored backup, or the other of two computers."""

    def __init__(self, depot: Depot, clock: FakeClock, request: pytest.FixtureRequest) -> None:
        self.clock, self.old = clock, depot
        url = depot.database.url
        if depot.database.path is not None:
            self.target = str(depot.database.path.with_name("twin.db"))
            depot.database.close()
            shutil.copyfile(depot.database.path, self.target)
        else:
            depot.database.close()
            server = request.getfixturevalue("postgres_server")
            self.target = server.create(f"twin_{next(_copies)}", template=url.database)

    def open(self) -> Depot:
        return as_person(open_depot(
            self.target, operator=SYSTEM, clock=self.clock, new_id=Ids(itertools.count(40_000_000)), hashing=CHEAP,
        ), "clerk")


def a_night(depot: Depot, centre: Centre) -> run.NightReport:
    report = run.night(depot.as_operator(SYSTEM), centre)
    night.after(depot.as_operator(SYSTEM))
    return report


def goes_on(depot: Depot, case_id: str, steps: int) -> None:
    """Dispatched, diagnosed, finished, handed to QA: as many of these as wanted. The first and the last are moves."""
    bench = as_person(depot, "technician")
    if steps >= 1:
        set_stage(depot, case_id, Stage.RELEASED)
        handover.hand_over(as_person(depot, "clerk"),
                           handover.Offering(handover.Direction.DISPATCH, (case_id,), own()), own("technician"))
    if steps >= 2:
        repair.take(bench, case_id)
        repair.diagnose(bench, a_diagnosis(case_id))
    if steps >= 3:
        repair.finish(bench, a_finish(case_id))
    if steps >= 4:
        handover.hand_over(
            bench, handover.Offering(handover.Direction.TO_QA, (case_id,), own("technician")), own("inspector"))


def chain(depot: Depot) -> list[tuple[object, ...]]:
    with depot.read() as tx:
        return [tuple(row) for row in tx.ask("SELECT ordinal, from_place, to_place FROM movements ORDER BY ordinal")]


def sound(depot: Depot, centre: Centre) -> None:
    """Everything joins, here and there, and the next night has nothing to say."""
    assert verifying.verify(depot).findings == ()
    assert a_night(depot, centre).tally.forks == 0
    with depot.read() as tx:
        mine = sorted(map(tuple, tx.ask("SELECT id, place, movement_no FROM units")))
        moves = sorted(map(tuple, tx.ask("SELECT id, ordinal FROM movements")))
    assert sorted(at_centre(centre, "SELECT id, place, movement_no FROM units")) == mine
    assert sorted(at_centre(centre, "SELECT id, ordinal FROM movements")) == moves


@pytest.mark.parametrize(("there", "here"), [(1, 1), (4, 1), (1, 4), (4, 4)], ids=str)
def test_a_unit_moved_on_both_sides_stands_where_the_centre_has_it(
    depot: Depot, clock: FakeClock, centre: Centre, request: pytest.FixtureRequest, there: int, here: int
) -> None:
    got = a_received_unit(depot)
    a_night(depot, centre)
    twin = Twin(depot, clock, request)
    goes_on(depot, got.case_id, there)
    a_night(depot, centre)
    known = chain(depot)
    back = twin.open()
    goes_on(back, got.case_id, here)
    report = a_night(back, centre)
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 1)
    assert chain(back) == known
    lost = [one for one in night.conflicts(back) if one.in_table == "movements"]
    assert [one.kind for one in lost] == ["TWICE"] * (1 if here == 1 else 2), "what left the ledger is shown"
    sound(back, centre)
    moved_on(back)
    sound(back, centre)
    back.close()


def moved_on(depot: Depot) -> None:
    """The unit is moved once more, from where it stands: the laws of the ledger take it."""
    with depot.as_operator(SYSTEM).write() as tx:
        ((unit_id, place, no),) = tx.ask("SELECT id, place, movement_no FROM units")
        ((case_id,),) = tx.ask("SELECT id FROM return_cases")
        tx.insert(movements, {
            "unit_id": unit_id, "case_id": case_id, "ordinal": no + 1, "from_place": place, "to_place": place,
            "from_shelf_id": None, "to_shelf_id": None, "handover_line_id": None, "document_number": "",
            "reason": "another shelf", "reverses_id": None, "at": tx.at, "by": tx.by,
        })


def test_a_unit_moved_here_stands_here_though_its_row_was_changed_there(
    depot: Depot, clock: FakeClock, centre: Centre, request: pytest.FixtureRequest
) -> None:
    got = a_received_unit(depot)
    a_night(depot, centre)
    twin = Twin(depot, clock, request)
    with depot.as_operator(SYSTEM).write() as tx:
        tx.ask("UPDATE units SET note = 'written there'")
    a_night(depot, centre)
    back = twin.open()
    goes_on(back, got.case_id, 1)
    assert a_night(back, centre).tally.forks == 1
    with back.read() as tx:
        assert tx.ask("SELECT note, place, movement_no FROM units") == [("written there", Place.REPAIR.value, 2)]
    assert len(chain(back)) == 2
    assert [one.in_table for one in night.conflicts(back)] == ["units"]
    sound(back, centre)
    back.close()


@pytest.mark.parametrize("here", [1, 4])
def test_a_case_does_not_go_on_without_its_unit(
    depot: Depot, clock: FakeClock, centre: Centre, request: pytest.FixtureRequest, here: int
) -> None:
    got = a_received_unit(depot)
    a_night(depot, centre)
    twin = Twin(depot, clock, request)
    moved_on(depot)                             # there it was only put on a shelf
    a_night(depot, centre)
    back = twin.open()
    goes_on(back, got.case_id, here)
    assert a_night(back, centre).tally.forks == 1
    with back.read() as tx:
        assert tx.ask("SELECT stage, place FROM return_cases c JOIN units u ON u.id = c.unit_id") == [
            (Stage.RECEIVED.value, Place.ZONE_PENDING.value)]
    assert {one.in_table for one in night.conflicts(back)} >= {"return_cases", "movements"}
    sound(back, centre)
    goes_on(back, got.case_id, 1)
    sound(back, centre)
    back.close()
