"""The BER calculator and the soak test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.repair_value import Basis, Estimate, problems, worth
from app.domain.soaking import SoakEnd, SoakPlan
from app.errors import Refused
from app.services import estimates, handover, inspection, repair, soaking, undoing
from tests.builders import a_diagnosis, a_finish, a_product, a_unit_at_repair, as_person, own
from tests.conftest import FakeClock

BASIS = Basis("c", 100_000, 24, 10, 20, 60, 12_000, "default")


@pytest.mark.parametrize(
    ("basis", "parts", "minutes", "value", "limit", "cost", "beyond"),
    [
        (BASIS, 40_000, 40, 80_000, 48_000, 48_000, False),          # exactly the limit is still worth it
        (BASIS, 40_001, 40, 80_000, 48_000, 48_001, True),
        (replace(BASIS, age_months=None), 60_000, 0, 100_000, 60_000, 60_000, False),
        (replace(BASIS, age_months=240), 12_001, 0, 20_000, 12_000, 12_001, True),   # never below the floor
        (replace(BASIS, age_months=7), 1, 0, 94_167, 56_500, 1, False),              # 94.1666…: rounded once
        (replace(BASIS, yearly_percent=0), 60_000, 1, 100_000, 60_000, 60_200, True),
    ],
)
def test_what_a_repair_is_worth(
    basis: Basis, parts: int, minutes: int, value: int, limit: int, cost: int, beyond: bool
) -> None:
    found = worth(Estimate("c", parts, minutes), basis)
    assert (found.value_fen, found.limit_fen, found.cost_fen, found.beyond) == (value, limit, cost, beyond)


@pytest.mark.parametrize(
    ("estimate", "basis", "code"),
    [
        (Estimate("c", 1, 0), replace(BASIS, replacement_fen=0), "estimate.no-price"),
        (Estimate("c", -1, 0), BASIS, "estimate.parts"),
        (Estimate("c", 10**12, 0), BASIS, "estimate.parts"),
        (Estimate("c", 0, -1), BASIS, "estimate.minutes"),
        (Estimate("c", 0, 10**6), BASIS, "estimate.minutes"),
        (Estimate("c", 0, 0), BASIS, "estimate.nothing"),
    ],
)
def test_impossible_estimates(estimate: Estimate, basis: Basis, code: str) -> None:
    assert [p.code for p in problems(estimate, basis)] == [code]


def at_bench(depot: Depot, cause: CauseClass = CauseClass.COMPONENT_QUALITY, **product: object) -> str:
    made = a_product(depot, warranty={"months": 24}, **product)
    got = a_unit_at_repair(depot, product_id=made.id, manufactured_on=date(2024, 11, 3), shipped_on=date(2026, 1, 5))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    nff = cause is CauseClass.NFF
    repair.diagnose(bench, a_diagnosis(
        got.case_id, cause_class=cause, responsibility=Responsibility.NOBODY if nff else Responsibility.MAKER,
        fault="" if nff else "主板烧毁",
    ))
    return got.case_id


def test_the_calculator_keeps_its_figures(depot: Depot) -> None:
    case_id = at_bench(depot, replacement_fen=100_000)
    bench = as_person(depot, "technician")
    started = estimates.start(bench, case_id)
    assert (started.age_months, started.share_percent, started.parts_fen) == (24, 60, 0)
    done = estimates.record(bench, Estimate(case_id, 50_000, 60, "主板"))
    assert done.worth.beyond
    (row,) = estimates.of_case(bench, case_id)
    assert (row.value_fen, row.limit_fen, row.cost_fen, row.beyond, row.note) == (80_000, 48_000, 62_000, True, "主板")
    with pytest.raises(Refused) as caught:
        estimates.record(bench, Estimate(case_id, -5, 0))
    assert caught.value.code == "estimate.parts"
    with pytest.raises(Refused) as caught:
        estimates.record(as_person(depot, "clerk"), Estimate(case_id, 5, 0))
    assert caught.value.code == "people.not-allowed"
    assert len(estimates.of_case(bench, case_id)) == 1


def test_without_a_price_nothing_is_reckoned(sqlite_depot: Depot) -> None:
    case_id = at_bench(sqlite_depot)
    with pytest.raises(Refused) as caught:
        estimates.record(as_person(sqlite_depot, "technician"), Estimate(case_id, 5, 0))
    assert caught.value.code == "estimate.no-price"
    assert estimates.of_case(sqlite_depot, case_id) == ()


def in_qa(depot: Depot, case_id: str) -> Depot:
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(case_id, result=RepairResult.NFF, resolution=Resolution.TESTED_ONLY))
    handover.hand_over(
        bench, handover.Offering(handover.Direction.TO_QA, (case_id,), own("technician")), own("inspector")
    )
    return as_person(depot, "inspector")


def passing(case_id: str) -> inspection.Passing:
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    return inspection.Passing(case_id, readings, own("inspector"), MarkMethod.AFFIXED, soak_minutes=5000)


def test_a_planned_soak_test_must_be_done_before_qa_passes_the_unit(depot: Depot, clock: FakeClock) -> None:
    case_id = at_bench(depot, CauseClass.NFF, soak_minutes=120, soak_cycles=5, soak_plan="满载，55 ℃")
    bench = as_person(depot, "technician")
    proposed = soaking.proposal(bench, case_id)
    assert (proposed.minutes, proposed.cycles, proposed.plan) == (120, 5, "满载，55 ℃")
    planned = soaking.plan(bench, proposed)
    undoing.undo(bench, planned.entry_id)
    assert soaking.of_case(bench, case_id) is None
    with pytest.raises(Refused) as caught:
        soaking.begin(bench, case_id)
    assert caught.value.code == "soak.no-plan"
    soaking.plan(bench, proposed)
    qa = in_qa(depot, case_id)
    with pytest.raises(Refused) as caught:
        inspection.pass_and_mark(qa, passing(case_id))
    assert caught.value.code == "soak.not-done"
    with pytest.raises(Refused) as caught:
        soaking.end(qa, SoakEnd(case_id, 5, observed="正常"))
    assert caught.value.code == "soak.not-begun"
    soaking.begin(qa, case_id)
    with pytest.raises(Refused) as caught:
        soaking.end(qa, SoakEnd(case_id, 3, observed=""))
    found = {caught.value.code, *(p.code for p in caught.value.others)}
    assert found == {"soak.too-early", "soak.cycles-short", "soak.observed"}
    clock.advance(hours=2)
    soaking.end(qa, SoakEnd(case_id, 5, observed="全程正常"))
    assert inspection.pass_and_mark(qa, passing(case_id)).case_id == case_id


def test_a_fault_in_the_soak_test_stops_qa(sqlite_depot: Depot) -> None:
    case_id = at_bench(sqlite_depot, CauseClass.NFF)
    bench = as_person(sqlite_depot, "technician")
    soaking.plan(bench, SoakPlan(case_id, 60))
    soaking.begin(bench, case_id)
    soaking.end(bench, SoakEnd(case_id, fault_seen=True, observed="40 分钟后重启"))
    qa = in_qa(sqlite_depot, case_id)
    with pytest.raises(Refused) as caught:
        inspection.pass_and_mark(qa, passing(case_id))
    assert caught.value.code == "soak.fault-seen"


@pytest.mark.parametrize(
    ("plan", "code"),
    [((0, 0), "soak.minutes"), ((-5, 0), "soak.minutes"), ((60, -1), "soak.cycles"), ((10**7, 0), "soak.minutes")],
)
def test_impossible_plans(sqlite_depot: Depot, plan: tuple[int, int], code: str) -> None:
    case_id = at_bench(sqlite_depot, CauseClass.NFF)
    with pytest.raises(Refused) as caught:
        soaking.plan(as_person(sqlite_depot, "technician"), SoakPlan(case_id, *plan))
    assert caught.value.code == code


def test_a_faulty_unit_is_not_soaked(sqlite_depot: Depot) -> None:
    case_id = at_bench(sqlite_depot)
    with pytest.raises(Refused) as caught:
        soaking.plan(as_person(sqlite_depot, "technician"), SoakPlan(case_id, 60))
    assert caught.value.code == "soak.not-nff"
