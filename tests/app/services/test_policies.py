"""Policy: set with a day, never for the past, seen with its history, taken back by a further entry."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.policy_values import PolicyName
from app.errors import Refused
from app.services import policies, undoing
from tests.conftest import FakeClock, as_person

TURNAROUND = PolicyName.TURNAROUND_DAYS


@pytest.fixture
def manager(depot: Depot) -> Depot:
    return as_person(depot, "manager")


def line(depot: Depot, name: PolicyName = TURNAROUND) -> policies.PolicyLine:
    return next(found for found in policies.values(depot) if found.name is name)


def test_a_value_holds_from_its_day_on(manager: Depot, clock: FakeClock) -> None:
    policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10), "faster")
    now = line(manager)
    assert (now.value, now.next_value, now.next_from, now.changed) == ("14", "10", date(2026, 11, 10), False)
    clock.advance(days=8)
    then = line(manager)
    assert (then.value, then.since, then.next_value, then.changed) == ("10", date(2026, 11, 10), None, True)
    with manager.read() as tx:
        assert manager.policy(tx).whole(TURNAROUND) == 10
        assert manager.policy(tx, date(2026, 11, 9)).whole(TURNAROUND) == 14


def test_the_history_says_who_and_why(manager: Depot) -> None:
    policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10), "faster")
    (entry,) = policies.history(manager, TURNAROUND)
    assert (entry.value, entry.who, entry.note) == ("10", "总经理", "faster")


@pytest.mark.parametrize(
    ("value", "day", "code"),
    [
        ("10", date(2026, 11, 2), "policy.in-the-past"), ("0", date(2026, 11, 10), "policy.out-of-range"),
        ("十", date(2026, 11, 10), "policy.not-a-number"), ("14", date(2026, 11, 10), "policy.same"),
    ],
)
def test_what_cannot_be_set(manager: Depot, value: str, day: date, code: str) -> None:
    with pytest.raises(Refused) as caught:
        policies.set_value(manager, TURNAROUND, value, day)
    assert caught.value.code == code


def test_setting_is_taken_back_by_a_further_entry(manager: Depot) -> None:
    first = policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10))
    undoing.undo(manager, first.entry_id)
    assert [entry.value for entry in policies.history(manager, TURNAROUND)] == ["14", "10"]
    with manager.read() as tx:
        assert manager.policy(tx, date(2026, 11, 12)).whole(TURNAROUND) == 14


def test_a_later_setting_stands_in_the_way(manager: Depot) -> None:
    first = policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10))
    policies.set_value(manager, TURNAROUND, "12", date(2026, 11, 10))
    with pytest.raises(Refused, match=r"undo\.changed-since"):
        undoing.undo(manager, first.entry_id)


def test_only_the_manager_sets_policy(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        policies.set_value(as_person(depot, "supervisor"), TURNAROUND, "10", date(2026, 11, 10))


def test_a_coming_change_is_taken_back_by_a_new_entry(manager: Depot) -> None:
    policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10), "faster")
    (entry,) = policies.history(manager, TURNAROUND)
    done = policies.take_back(manager, entry.id, "typed by mistake")
    assert (done.value, done.effective) == ("14", date(2026, 11, 10))
    assert [(e.value, e.note) for e in policies.history(manager, TURNAROUND)] == [
        ("14", "typed by mistake"), ("10", "faster")]
    undoing.undo(manager, done.entry_id)
    with manager.read() as tx:
        assert manager.policy(tx, date(2026, 11, 12)).whole(TURNAROUND) == 10


def test_what_holds_already_or_was_overtaken_is_not_taken_back(manager: Depot, clock: FakeClock) -> None:
    policies.set_value(manager, TURNAROUND, "10", date(2026, 11, 10))
    (first,) = policies.history(manager, TURNAROUND)
    policies.set_value(manager, TURNAROUND, "12", date(2026, 11, 10))
    with pytest.raises(Refused, match=r"policy\.overtaken"):
        policies.take_back(manager, first.id)
    clock.advance(days=10)
    newest = policies.history(manager, TURNAROUND)[0]
    with pytest.raises(Refused, match=r"policy\.holds-already"):
        policies.take_back(manager, newest.id)
    with pytest.raises(Refused, match=r"policy\.gone"):
        policies.take_back(manager, "nothing")
    assert len(policies.history(manager, TURNAROUND)) == 2
