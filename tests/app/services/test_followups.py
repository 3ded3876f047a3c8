"""Follow-ups on both engines: drawn up by policy, called, tried again, taken back, counted against the target."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.depot import SYSTEM, Depot
from app.domain.chase import Reach as ChaseReach
from app.domain.chase import Wanted
from app.domain.clocks import ClockName
from app.domain.followups import (
    Call,
    CallResult,
    Candidate,
    FollowUpKind,
    FollowUpRow,
    FollowUpState,
    Planned,
    Reach,
    choose,
    owed,
    rhythm,
)
from app.domain.policy_values import PolicyName
from app.domain.satisfaction import Aspect, Grade
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import receiving as receiving_rows
from app.services import chase, counts, followups, policies, undoing
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person


def refused(code: str, doing: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        doing()
    assert caught.value.code == code


def sent_home(depot: Depot, serial: str, **values: object) -> str:
    """A case whose unit went back to its customer now."""
    got = a_received_unit(depot, serial, **values)
    with depot.as_operator(SYSTEM).write() as tx:
        receiving_rows.change_case(tx, got.case_id, stage=Stage.CLOSED, returned_at=tx.at)
    return got.case_id


def five_repairs(depot: Depot) -> list[str]:
    product, one, other = a_product(depot), a_customer(depot, "甲厂"), a_customer(depot, "乙厂")
    return [
        sent_home(depot, f"H20481773{n}", product_id=product.id, customer_id=(other if n == 4 else one).id)
        for n in range(5)
    ]


def set_policy(depot: Depot, name: PolicyName, value: str) -> None:
    policies.set_value(as_person(depot, "manager"), name, value, depot.today(), "试行")


def open_rows(depot: Depot) -> tuple[FollowUpRow, ...]:
    return followups.listed(depot, Reach.OPEN)


def a_call(row: FollowUpRow, **values: object) -> Call:
    return Call(**{  # type: ignore[arg-type]
        "follow_up_id": row.follow_up.id, "called": "周工", "result": CallResult.FINE, "grade": Grade.SATISFIED,
        **values,
    })


def test_the_share_is_at_least_the_policys() -> None:
    assert [owed(n, 30, every=False) for n in (0, 1, 3, 4, 10)] == [0, 1, 1, 2, 3]
    assert owed(7, 30, every=True) == 7
    assert owed(7, 0, every=False) == 0


def test_customers_not_called_yet_come_first() -> None:
    day = date(2026, 11, 2)
    some = [Candidate(f"c{n}", who, "u", day + timedelta(days=n)) for n, who in enumerate(("A", "A", "B"))]
    assert [c.case_id for c in choose(some, (), 2)] == ["c0", "c2"]
    assert [c.case_id for c in choose(some, ("A", "B"), 2)] == ["c0", "c1"]
    assert choose(some, (), 0) == ()


def test_the_rhythm_of_a_delivery() -> None:
    day = date(2025, 11, 30)
    assert rhythm(day, 6, 24, date(2025, 12, 1), date(2028, 12, 31)) == (
        date(2026, 5, 30), date(2026, 11, 30), date(2028, 11, 30))
    assert rhythm(day, 0, 0, date(2025, 12, 1), date(2028, 12, 31)) == ()


def test_the_list_is_drawn_up_once_and_kept(depot: Depot) -> None:
    five_repairs(depot)
    assert followups.draw_up(depot).added == 2
    assert followups.draw_up(depot).added == 0
    rows = open_rows(depot)
    assert {row.customer for row in rows} == {"甲厂", "乙厂"}
    assert {(row.follow_up.kind, row.follow_up.due_on) for row in rows} == {
        (FollowUpKind.REPAIR, date(2026, 11, 10))}
    set_policy(depot, PolicyName.FOLLOW_UP_EVERY_REPAIR, "yes")
    assert followups.draw_up(depot).added == 3
    set_policy(depot, PolicyName.FOLLOW_UP_EVERY_REPAIR, "no")
    assert followups.draw_up(depot).added == 0
    assert len(open_rows(depot)) == 5


def test_last_months_repairs_are_still_called_upon(depot: Depot, clock: FakeClock) -> None:
    five_repairs(depot)
    clock.advance(days=30)
    assert followups.draw_up(depot).added == 2
    assert {row.follow_up.month for row in open_rows(depot)} == {"2026-11"}


def test_a_delivery_is_called_upon_in_its_first_year(depot: Depot) -> None:
    customer = a_customer(depot)
    for n in range(2):
        a_received_unit(depot, f"H20481773{n}", customer_id=customer.id, product_id=a_product(depot, f"P{n}").id,
                        shipped_on=date(2026, 5, 20))
    followups.draw_up(depot)
    (row,) = open_rows(depot)
    assert (row.follow_up.kind, row.follow_up.due_on, row.follow_up.customer_id) == (
        FollowUpKind.RHYTHM, date(2026, 11, 20), customer.id)
    set_policy(depot, PolicyName.FOLLOW_UP_FIRST_YEAR_MONTHS, "0")
    assert followups.draw_up(depot).added == 0


def test_a_call_with_answers_and_the_next_one(depot: Depot) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    row = open_rows(depot)[0]
    done = followups.record(depot, a_call(
        row, said="希望冬季前再来电", next_on=date(2026, 12, 10), answers={Aspect.TIME: Grade.FAIR}))
    kept = next(r for r in followups.listed(depot, Reach.DONE))
    assert (kept.follow_up.grade, kept.follow_up.answers, kept.follow_up.done_by_name) == (
        Grade.SATISFIED, {"TIME": "FAIR"}, "何静")
    following = next(r for r in open_rows(depot) if r.follow_up.id == done.next_id)
    assert (following.follow_up.kind, following.follow_up.due_on, following.case_number) == (
        FollowUpKind.AGREED, date(2026, 12, 10), row.case_number)
    refused("followups.not-open", lambda: followups.record(depot, a_call(row)))
    undoing.undo(depot, done.entry_id)
    assert len(open_rows(depot)) == 2
    assert followups.listed(depot, Reach.DONE) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"called": " "}, "followups.called-missing"), ({"result": None}, "followups.result-missing"),
        ({"grade": None}, "followups.grade-missing"), ({"next_on": date(2026, 11, 3)}, "followups.next-past"),
        ({"next_on": date(2020, 1, 1), "reached": False}, "followups.next-past"),
        ({"result": CallResult.COMPLAINT}, "followups.said-missing"), ({"said": "长" * 4001}, "followups.text-long"),
        ({"follow_up_id": "nothing"}, "followups.unknown"),
    ],
)
def test_a_call_that_makes_no_sense_writes_nothing(depot: Depot, values: dict[str, object], code: str) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    before = open_rows(depot)
    refused(code, lambda: followups.record(depot, a_call(before[0], **values)))
    assert open_rows(depot) == before


def test_who_was_not_reached_is_called_again_and_given_up_at_last(depot: Depot, clock: FakeClock) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    row = open_rows(depot)[0]
    missed = followups.record(depot, a_call(row, reached=False, called="总机"))
    assert missed.again_on == date(2026, 11, 4)
    undoing.undo(depot, missed.entry_id)
    found = next(r for r in open_rows(depot) if r.follow_up.id == row.follow_up.id)
    assert (found.follow_up.tries, found.follow_up.due_on) == (0, row.follow_up.due_on)
    clock.advance(days=3)  # Friday: the next working day is Monday
    again = [followups.record(depot, a_call(row, reached=False)).again_on for _try in range(3)]
    assert again == [date(2026, 11, 9), date(2026, 11, 9), None]
    (kept,) = followups.listed(depot, Reach.DONE)
    assert (kept.follow_up.state, kept.follow_up.tries) == (FollowUpState.NOT_REACHED, 3)


def test_only_the_newest_call_is_taken_back(depot: Depot) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    row = open_rows(depot)[0]
    first = followups.record(depot, a_call(row, reached=False))
    second = followups.record(depot, a_call(row))
    refused("followups.went-on", lambda: undoing.undo(depot, first.entry_id))
    undoing.undo(depot, first.entry_id, second.entry_id)
    assert len(open_rows(depot)) == 2


def test_planned_by_hand_and_dropped(depot: Depot) -> None:
    customer = a_customer(depot)
    refused("followups.day-past", lambda: followups.plan(depot, Planned(customer.id, date(2026, 11, 1), "问候")))
    refused("followups.reason-missing", lambda: followups.plan(depot, Planned(customer.id, date(2026, 11, 9), " ")))
    refused("followups.unknown-customer", lambda: followups.plan(depot, Planned("x", date(2026, 11, 9), "问候")))
    made = followups.plan(depot, Planned(customer.id, date(2026, 11, 3), "问候"))
    assert [row.follow_up.reason for row in followups.listed(depot, Reach.DUE)] == ["问候"]
    refused("followups.reason-missing", lambda: followups.drop(depot, made.follow_up_id, ""))
    dropped = followups.drop(depot, made.follow_up_id, "用户已停产")
    assert open_rows(depot) == ()
    undoing.undo(depot, dropped.entry_id)
    undoing.undo(depot, made.entry_id)
    assert open_rows(depot) == ()


def test_target_against_actual(depot: Depot) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    for row in open_rows(depot):
        followups.record(depot, a_call(row, grade=Grade.FAIR if row.customer == "乙厂" else Grade.SATISFIED))
    month, earlier = followups.targets(depot, 2)
    assert (month.month, month.repairs, month.target, month.done, month.actual, month.met) == (
        "2026-11", 5, 2, 2, 40, True)
    assert (month.pleased, month.graded, month.open) == (1, 2, 0)
    assert (earlier.repairs, earlier.target, earlier.actual, earlier.met) == (0, 0, None, True)


def test_a_late_call_is_chased_and_counted(depot: Depot, clock: FakeClock) -> None:
    five_repairs(depot)
    followups.draw_up(depot)
    clock.advance(days=9)
    late = chase.chase(depot, Wanted(ChaseReach.OVERDUE, ClockName.FOLLOW_UP)).rows
    assert len(late) == 2
    assert (counts.live(depot)["care"].number, counts.live(depot)["care"].overdue) == (2, 2)


def test_only_those_who_follow_up_may_call(depot: Depot) -> None:
    five_repairs(depot)
    refused("people.not-allowed", lambda: followups.draw_up(as_person(depot, "inspector")))
