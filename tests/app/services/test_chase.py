"""The chase list: every clock with its colour, its pauses, who acts next, and the calls about it, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.calendars import WorkingCalendar
from app.domain.chase import ChaseNote, Grouping, NextAct, Reach, Wanted, why
from app.domain.clocks import ClockName, Colour, PauseReason
from app.domain.people import Role
from app.domain.policy_values import PolicyName
from app.domain.receiving import BroughtBy, Urgency
from app.errors import Refused
from app.persistence import journal, pauses
from app.persistence import receiving as rows
from app.services import chase, policies, reporting
from tests.builders import a_received_unit, a_unit_at_repair, an_intake
from tests.conftest import FakeClock, as_person


def listed(depot: Depot, **wanted: object) -> list[tuple[ClockName, str, Colour]]:
    return [
        (row.name, row.subject.number, row.state.colour)
        for row in chase.chase(depot, Wanted(**wanted)).rows  # type: ignore[arg-type]
    ]


def test_what_is_calm_is_not_chased(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    assert listed(depot) == []
    clock.advance(days=12)
    assert listed(depot) == [(ClockName.TURNAROUND, got.case_number, Colour.DUE_SOON)]
    clock.advance(days=3)
    assert listed(depot) == [(ClockName.TURNAROUND, got.case_number, Colour.OVERDUE)]
    (row,) = chase.chase(depot).rows
    assert (row.subject.role, row.subject.act, row.state.remaining) == (Role.CLERK, NextAct.PLAN, -1)


def test_who_acts_follows_the_stage(depot: Depot, clock: FakeClock) -> None:
    a_unit_at_repair(depot)
    clock.advance(days=20)
    (row,) = chase.chase(depot).rows
    assert (row.subject.role, row.subject.act) == (Role.TECHNICIAN, NextAct.REPAIR)


def test_the_promised_date_counts_for_an_urgent_unit(depot: Depot) -> None:
    got = a_received_unit(depot, urgency=Urgency.SPECIAL, promised_on=date(2026, 11, 5))
    assert listed(depot) == [(ClockName.PROMISED, got.case_number, Colour.DUE_SOON)]


def test_a_unit_back_at_the_factory_must_be_handed_in(depot: Depot, clock: FakeClock) -> None:
    told = reporting.report(
        depot, an_intake(depot, brought_by=BroughtBy.COMPANY, back_on=date(2026, 11, 3)))
    assert listed(depot, reach=Reach.RUNNING) == [(ClockName.HAND_IN, told.number, Colour.CALM)]
    clock.advance(days=3)
    assert listed(depot) == [(ClockName.HAND_IN, told.number, Colour.OVERDUE)]


def test_what_stands_still_is_not_late_and_says_why(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    clock.advance(days=2)
    with depot.write() as tx:
        pauses.start(tx, got.case_id, PauseReason.CUSTOMER_CONSENT.value)
        rows.change_case(tx, got.case_id, paused_at=tx.at, pause_reason=PauseReason.CUSTOMER_CONSENT.value)
    clock.advance(days=30)
    assert listed(depot) == []
    (row,) = chase.chase(depot, Wanted(Reach.PAUSED)).rows
    assert row.state.pause is PauseReason.CUSTOMER_CONSENT
    told = [reason.code for reason in why(row, WorkingCalendar(depot.zone))]
    assert told == ["chase.since", "chase.target", "chase.paused", "chase.is-paused"]
    assert chase.chase(depot).tally.paused == 1


def test_the_most_urgent_first_and_grouped(depot: Depot, clock: FakeClock) -> None:
    first = a_received_unit(depot, "S1")
    clock.advance(days=2)
    second = a_received_unit(depot, "S2")
    clock.advance(days=20)
    found = chase.chase(depot, Wanted(), Grouping.CUSTOMER).rows
    assert [row.subject.number for row in found] == [first.case_number, second.case_number]
    assert [row.subject.number for row in chase.chase(depot, Wanted(text="s2")).rows] == [second.case_number]
    assert listed(depot, role=Role.INSPECTOR) == []


def test_a_call_is_written_down_and_shown(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    clock.advance(days=20)
    said = ChaseNote("case", got.case_id, ClockName.TURNAROUND, "周工", "缺件，周五到", date(2026, 11, 27))
    chase.note(depot, said)
    (row,) = chase.chase(depot).rows
    assert row.chased is not None
    assert (row.chased.called, row.chased.promised_on, row.chased.by_name) == ("周工", date(2026, 11, 27), "何静")
    with depot.read() as tx:
        entry = journal.entries(tx, case_id=got.case_id)[0]
    assert (entry.action, entry.facts["called"]) == ("chase.note", "周工")
    assert [call.called for call in chase.calls(depot, got.case_id)] == ["周工"]


@pytest.mark.parametrize(
    ("called", "promised", "code"),
    [("", None, "chase.called-missing"), ("周工", date(2026, 11, 1), "chase.promise-past")],
)
def test_a_call_that_makes_no_sense_is_refused(
    depot: Depot, called: str, promised: date | None, code: str
) -> None:
    got = a_received_unit(depot)
    with pytest.raises(Refused) as caught:
        chase.note(depot, ChaseNote("case", got.case_id, ClockName.TURNAROUND, called, "", promised))
    assert caught.value.code == code
    assert chase.calls(depot, got.case_id) == ()


def test_a_clock_that_stopped_is_not_chased(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"chase\.gone"):
        chase.note(depot, ChaseNote("case", "nothing", ClockName.TURNAROUND, "周工"))


def test_a_clock_keeps_the_limit_of_the_day_it_began(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    clock.advance(days=1)
    policies.set_value(as_person(depot, "manager"), PolicyName.TURNAROUND_DAYS, "3", date(2026, 11, 4))
    clock.advance(days=5)
    assert listed(depot) == []
    assert listed(depot, reach=Reach.RUNNING) == [(ClockName.TURNAROUND, got.case_number, Colour.CALM)]
