"""The start page and the counts of the navigation, on both engines."""

from __future__ import annotations

from app.depot import Depot
from app.domain.today import Errand
from app.services import counts, today
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
