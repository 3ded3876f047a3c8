"""A policy value is tried on the open cases before it is set: nothing is written, and the reasons are told."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.clocks import ClockName, Colour
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.policy_values import PolicyName
from app.domain.rulings import Outcome
from app.errors import Cancelled, Refused
from app.services import policies, rehearsing, repair
from tests.builders import a_diagnosis, a_finish, a_received_unit, a_unit_at_repair
from tests.conftest import FakeClock, as_person

DAY = date(2026, 12, 1)


@pytest.fixture
def manager(depot: Depot) -> Depot:
    return as_person(depot, "manager")


def test_a_shorter_turnaround_turns_the_clocks(depot: Depot, manager: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    clock.advance(days=6)
    found = rehearsing.rehearse(manager, PolicyName.TURNAROUND_DAYS, "5", DAY)
    (other,) = found.clocks
    assert (other.name, other.subject.number) == (ClockName.TURNAROUND, got.case_number)
    assert (other.due_now, other.due_then) == (date(2026, 11, 17), date(2026, 11, 8))
    assert (other.colour_now, other.colour_then, other.binds) == (Colour.CALM, Colour.OVERDUE, False)
    assert (found.before, found.cases, found.rulings) == ("14", 1, ())


def test_a_lower_nff_limit_rules_a_case_differently(depot: Depot, manager: Depot) -> None:
    got = a_unit_at_repair(depot, shipped_on=date(2026, 1, 5))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(
        got.case_id, cause_class=CauseClass.NFF, responsibility=Responsibility.UNKNOWN, fault=""))
    repair.finish(bench, a_finish(got.case_id, result=RepairResult.NFF))
    found = rehearsing.rehearse(manager, PolicyName.NFF_LIMIT, "1", DAY)
    (other,) = found.rulings
    assert (other.number, other.now.number, other.now.code) == (got.case_number, None, "ruling.needs-qa")
    assert (other.then.number, other.then.outcomes) == (1, (Outcome.KEEP, Outcome.EXCHANGE, Outcome.TO_RND))
    assert other.binds


def test_nothing_is_written(depot: Depot, manager: Depot) -> None:
    a_received_unit(depot)
    rehearsing.rehearse(manager, PolicyName.TURNAROUND_DAYS, "5", DAY)
    assert policies.history(manager, PolicyName.TURNAROUND_DAYS) == ()


def test_the_work_can_be_stopped(depot: Depot, manager: Depot) -> None:
    a_received_unit(depot)

    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        rehearsing.rehearse(manager, PolicyName.TURNAROUND_DAYS, "5", DAY, Impatient())


@pytest.mark.parametrize(
    ("value", "day", "code"),
    [("0", DAY, "policy.out-of-range"), ("x", DAY, "policy.not-a-number"),
     ("5", date(2026, 11, 1), "policy.in-the-past")],
)
def test_what_cannot_be_set_cannot_be_rehearsed(manager: Depot, value: str, day: date, code: str) -> None:
    with pytest.raises(Refused) as caught:
        rehearsing.rehearse(manager, PolicyName.TURNAROUND_DAYS, value, day)
    assert caught.value.code == code


def test_only_the_manager_rehearses(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        rehearsing.rehearse(depot, PolicyName.TURNAROUND_DAYS, "5", DAY)
