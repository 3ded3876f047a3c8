"""The number beside a page is the number of lines in its lists of work, on both engines."""

from __future__ import annotations

from app.depot import Depot
from app.domain.chase import Reach, Wanted
from app.domain.codes import RepairResult
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.repair import Scope
from app.domain.returning import Packing, SendMethod
from app.services import bench_sheet, chase, counts, handover, inspection, referring, repair, returning
from app.services.handover import Offering
from app.services.inspection import Passing
from tests.builders import a_diagnosis, a_finish, a_unit_at_repair, as_person, own
from tests.conftest import FakeClock


def numbers(depot: Depot) -> dict[str, int]:
    return {name: waiting.number for name, waiting in counts.live(depot).items()}


def test_a_unit_is_counted_where_it_is_worked_on(depot: Depot) -> None:
    bench, qa = as_person(depot, "technician"), as_person(depot, "inspector")
    got = a_unit_at_repair(depot)
    assert numbers(depot) == {"bench": 1}
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    repair.finish(bench, a_finish(got.case_id))
    assert numbers(depot) == {"bench": 1, "handover": 1}, "it may be offered, and stands at the bench still"
    offered = handover.offer(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")))
    assert numbers(depot) == {"bench": 1, "handover": 1}, "a unit in an open offer is counted once, with its offer"
    handover.withdraw(bench, offered.handover_id)
    handover.hand_over(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"))
    assert numbers(depot) == {"qa": 1}
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    assert {name: numbers(depot).get(name) for name in ("qa", "handover", "return")} == {
        "qa": 1, "handover": 1, "return": None}, "what passed waits in QA until it is handed over"
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    assert (numbers(depot)["return"], len(returning.listed(depot, "put_away", limit=9))) == (1, 1)
    returning.put_away(depot, [got.case_id], return_needed=True)
    returning.pack(depot, Packing((got.case_id,), SendMethod.COURIER, "张工", address="株洲市", carrier="顺丰"))
    assert {name: numbers(depot).get(name) for name in ("qa", "handover", "return")} == {
        "qa": None, "handover": None, "return": 1}


def test_a_referred_unit_is_on_the_bench_and_may_be_handed_over(depot: Depot) -> None:
    bench = as_person(depot, "technician")
    got = a_unit_at_repair(depot)
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    repair.finish(bench, a_finish(got.case_id, result=RepairResult.IRREPARABLE))
    referring.refer(bench, got.case_id)
    found = numbers(depot)
    assert (found["bench"], found["handover"]) == (bench_sheet.counts(depot)[1][Scope.ALL], 1) == (1, 1)


def test_only_what_is_late_is_counted_as_late(depot: Depot, clock: FakeClock) -> None:
    a_unit_at_repair(depot)
    clock.advance(days=13)
    soon = counts.live(depot)["chase"]
    assert (soon.number > 0, soon.overdue) == (True, 0)
    clock.advance(days=3)
    late = counts.live(depot)["chase"]
    assert (late.number, late.due_soon) == (late.overdue, 0)
    assert len(chase.chase(depot, Wanted(Reach.OVERDUE)).rows) == late.number
