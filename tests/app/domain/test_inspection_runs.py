"""What a pass needs, and how far QA and bench are."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.handover import ROUTES, Direction, readiness_problem
from app.domain.inspection import ItemKind, Reading, SheetVerdict, TestItem, sheet_verdict
from app.domain.inspection_runs import BASIC_SHEET, QaState, as_readings, pass_problems, soak_needed, state_of
from app.domain.places import Place
from app.domain.repair import BenchState
from app.domain.repair import state_of as bench_state_of
from app.domain.stages import Stage, after

VOLTS = TestItem("V", "电压", "Voltage", ItemKind.NUMERIC, "V", "10", "20")
LABEL = TestItem("L", "铭牌", "Nameplate", ItemKind.TICK, mandatory=False)
ITEMS = (VOLTS, *BASIC_SHEET, LABEL)
values = st.one_of(
    st.sampled_from(["", "OK", "NOT OK", "10", "20", "9.999", "20.001", "x", "1,5"]),
    st.decimals(-50, 50, places=2).map(str),
)
readings = st.fixed_dictionaries({item.code: values for item in ITEMS}).map(
    lambda typed: tuple(Reading(code, value) for code, value in typed.items())
)


@given(readings, st.integers(0, 5000), st.integers(0, 3000))
def test_a_unit_passes_exactly_when_the_sheet_is_passed_readable_and_soaked(
    typed: tuple[Reading, ...], soaked: int, needed: int
) -> None:
    open_points = pass_problems(ITEMS, typed, soaked, needed)
    readable = all(r.verdict != "INVALID" for r in as_readings(ITEMS, typed))
    passes = sheet_verdict(ITEMS, typed) is SheetVerdict.PASSED and readable and soaked >= needed
    assert (not open_points) is passes


@given(readings)
def test_every_item_is_kept_once_in_the_order_of_the_sheet(typed: tuple[Reading, ...]) -> None:
    kept = as_readings(ITEMS, typed)
    assert [reading.code for reading in kept] == [item.code for item in ITEMS]
    assert [reading.ordinal for reading in kept] == list(range(1, len(ITEMS) + 1))


@pytest.mark.parametrize(
    ("result", "product_minutes", "hours", "needed"),
    [("NFF", 0, 24, 1440), ("NFF", 120, 24, 120), ("REPAIRED", 120, 24, 0), ("", 120, 24, 0)],
)
def test_only_a_unit_without_a_fault_soaks(result: str, product_minutes: int, hours: int, needed: int) -> None:
    assert soak_needed(result, product_minutes, hours) == needed


def test_qa_is_as_far_as_its_newest_run_says() -> None:
    assert state_of(Stage.IN_QA, "") is QaState.WAITING
    assert state_of(Stage.IN_QA, "FAILED") is QaState.FAILED
    assert state_of(Stage.PASSED, "PASSED") is QaState.PASSED


def test_the_bench_is_as_far_as_the_record_says() -> None:
    def state(stage: Stage, taken: bool = True, diagnosed: bool = False, finished: bool = False) -> BenchState:
        return bench_state_of(stage, taken=taken, diagnosed=diagnosed, finished=finished)

    assert state(Stage.IN_REPAIR, taken=False) is BenchState.UNTAKEN
    assert state(Stage.IN_REPAIR) is BenchState.DIAGNOSING
    assert state(Stage.IN_REPAIR, diagnosed=True) is BenchState.REPAIRING
    assert state(Stage.IN_REPAIR, diagnosed=True, finished=True) is BenchState.FINISHED
    assert state(Stage.AWAITING_CUSTOMER, diagnosed=True) is BenchState.WAITING
    assert state(Stage.REFERRED, diagnosed=True, finished=True) is BenchState.REFERRED


def test_a_case_is_ready_for_one_direction_at_most() -> None:
    for stage, place, worked, failed in product(Stage, Place, (False, True), (False, True)):
        ready = [
            direction for direction, route in ROUTES.items()
            if not readiness_problem(route, stage, place, place, worked=worked, failed=failed, offered_in="")
        ]
        assert len(ready) <= 1, (stage, place, ready)


@given(
    st.sampled_from(Direction), st.sampled_from(Stage), st.sampled_from(Place), st.none() | st.sampled_from(Place),
    st.booleans(), st.booleans(), st.sampled_from(["", "SH1-H2611-00001"]),
)
def test_what_may_go_stands_at_the_beginning_of_an_arrow(
    direction: Direction, stage: Stage, place: Place, traveller: Place | None, worked: bool, failed: bool, offer: str
) -> None:
    route = ROUTES[direction]
    if readiness_problem(route, stage, place, traveller, worked=worked, failed=failed, offered_in=offer):
        return
    assert (stage, place, traveller, offer) == (route.stage, route.from_place, route.from_place, "")
    if route.step is not None:
        assert after(route.step, stage) is not None
