"""The start page and the counts of the navigation, on both engines."""

from __future__ import annotations

from app.depot import Depot
from app.domain.today import Errand
from app.services import counts, life_line, quotation, today
from tests.app.services.test_quotation import sent
from tests.builders import a_received_unit
from tests.conftest import FakeClock, as_person


def test_a_received_unit_waits_for_its_plan_and_becomes_overdue(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    seen = today.today(depot)
    assert (seen.figures.received, seen.figures.in_house, seen.figures.overdue) == (1, 1, 0)
    assert [task.case_number for task in seen.lists[Errand.TO_PLAN]] == [got.case_number]
    assert counts.live(depot)["plan"].number == 1
    clock.advance(days=12)
    assert counts.live(depot)["plan"].due_soon == 1
    clock.advance(days=3)
    late = today.today(depot)
    assert [task.unit_id for task in late.lists[Errand.OVERDUE]] == [got.unit_id]
    assert (late.figures.received, counts.live(depot)["plan"].overdue) == (0, 1)


def test_each_role_sees_its_own_errands(depot: Depot) -> None:
    a_received_unit(depot)
    assert Errand.TO_PLAN in today.today(as_person(depot, "planner")).lists
    assert today.today(as_person(depot, "inspector")).lists == {}


def test_a_quotation_that_ends_soon_waits_for_its_answer(depot: Depot, clock: FakeClock) -> None:
    quoted = sent(depot)
    assert Errand.TO_HEAR_FROM not in today.today(depot).lists
    clock.advance(days=29)
    (task,) = today.today(depot).lists[Errand.TO_HEAR_FROM]
    assert (task.case_id, task.due_on) == (quoted.quotation.case_id, quoted.quotation.valid_until)
    assert life_line.unit_life(depot, task.unit_id).page == "quotations"
    clock.advance(days=5)
    assert len(today.today(as_person(depot, "supervisor")).lists[Errand.TO_HEAR_FROM]) == 1
    quotation.withdraw(depot, quoted.quotation.id, "用户改变主意")
    assert Errand.TO_HEAR_FROM not in today.today(depot).lists
    assert life_line.unit_life(depot, task.unit_id).page == "bench"
