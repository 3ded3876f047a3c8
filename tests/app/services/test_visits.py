"""The history shown when a serial is read, on both engines."""

from __future__ import annotations

from dataclasses import replace

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.places import Place
from app.domain.receiving import Intake
from app.domain.repair import RepairOrder
from app.domain.stages import Stage
from app.domain.visits import same_symptom
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.persistence import handover as handover_rows
from app.persistence import receiving as rows
from app.services import receiving, reporting, rulings, visits
from tests.builders import an_intake, outside, own
from tests.conftest import FakeClock


def visit(depot: Depot, intake: Intake, clock: FakeClock, *, days: int, result: str | None = "REPAIRED") -> str:
    """One whole visit by hand (the steps between have tests of their own): in, ``days`` in the house, out."""
    got = receiving.receive(depot, receiving.Receipt((intake,), outside(), own())).units[0]
    clock.advance(days=days)
    with depot.write() as tx:
        unit = rows.unit(tx, got.unit_id)
        assert unit is not None
        from app.persistence import chains

        first = chains.last_move(tx, unit.id)
        assert first is not None
        handover_rows.move_unit(tx, unit, Place.FIELD, case_id=got.case_id, reverses_id=first.id)
        rows.change_case(
            tx, got.case_id, stage=Stage.CLOSED, returned_at=tx.at, closed_at=tx.at, result=result,
        )
    return got.case_number


def test_nothing_is_on_record_of_a_new_serial(depot: Depot) -> None:
    assert visits.look(depot, " h77 ").units == ()


def test_the_third_visit_tells_days_symptom_and_counters(depot: Depot, clock: FakeClock) -> None:
    intake = an_intake(depot)
    visit(depot, intake, clock, days=5)
    clock.advance(days=40)
    last = visit(depot, intake, clock, days=5)
    clock.advance(days=17)
    (news,) = visits.look(depot, "h204 817736", symptom="开机后无输出").units
    assert (news.next_visit, news.days_since, news.repeat, news.same_symptom) == (3, 17, True, True)
    assert (news.visits[0].number, news.can_come_in, news.failed) == (last, True, 2)
    assert news.ruling is not None
    assert news.ruling.at_intake
    (other,) = visits.look(depot, "H204817736", symptom="外壳破损").units
    assert (other.same_symptom, other.ruling) == (False, None)


def test_two_visits_without_fault_are_ruled_at_intake(depot: Depot, clock: FakeClock) -> None:
    intake = an_intake(depot)
    for _ in range(2):
        visit(depot, intake, clock, days=2, result="NFF")
    (news,) = visits.look(depot, "H204817736").units
    assert news.nff == 2
    assert news.ruling is not None
    assert news.ruling.number == 1


def test_a_unit_in_the_house_is_told_with_its_case(depot: Depot) -> None:
    got = receiving.receive(depot, receiving.Receipt((an_intake(depot),), outside(), own())).units[0]
    (news,) = visits.look(depot, "H204817736").units
    assert (news.can_come_in, news.inside, news.inside_stage) == (False, got.case_number, Stage.RECEIVED)


def test_a_reported_unit_brings_its_intake_along(depot: Depot) -> None:
    told = reporting.report(depot, an_intake(depot, contact="张工"))
    (news,) = visits.look(depot, "H204817736").units
    assert news.reported is not None
    assert (news.reported.number, news.reported.view.intake.contact, news.next_visit) == (told.number, "张工", 1)
    assert news.reported.view.intake.case_id == told.case_id


def test_symptoms_are_compared_by_what_they_say() -> None:
    assert same_symptom("开机无输出", "开机后没有输出", "", "") is True
    assert same_symptom("no output at start", "No output") is True
    assert same_symptom("外壳破损", "开机无输出") is False
    assert same_symptom("a", "b", "S01", "S01") is True
    assert same_symptom("", "开机无输出") is False


def test_a_symptom_not_told_yet_is_not_taken_for_the_same_fault(depot: Depot, clock: FakeClock) -> None:
    intake = an_intake(depot)
    visit(depot, intake, clock, days=5)
    clock.advance(days=40)
    visit(depot, intake, clock, days=5)
    (news,) = visits.look(depot, "H204817736").units
    assert (news.same_symptom, news.failed, news.ruling) == (None, 1, None)


def test_the_bench_compares_with_the_visit_before_as_the_counter_does(depot: Depot, clock: FakeClock) -> None:
    """Two repairs that held: the third fault is another one, so nothing failed and the bench goes on."""
    intake = an_intake(depot)
    for symptom in ("开机无输出", "风扇异响"):
        visit(depot, replace(intake, symptom=symptom), clock, days=5)
        clock.advance(days=40)
    got = receiving.receive(
        depot, receiving.Receipt((replace(intake, symptom="外壳破损"),), outside(), own())).units[0]
    with depot.read() as tx:
        case, unit = rows.case(tx, got.case_id), rows.unit(tx, got.unit_id)
        assert case is not None
        assert unit is not None
        order = RepairOrder(*[""] * 15, 0, None, tx.at, None, None)
        said = rulings.ruled(
            depot, tx, unit, case, order, WarrantyState.IN, RepairResult.FAULT_REMAINS)
    assert isinstance(said, Refused)
    assert (said.code, said.facts["failed"]) == ("ruling.bench-goes-on", 1)
