"""Complaints on both engines: routed, answered, told, closed with a follow-up, opened again, taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.depot import Depot
from app.domain.chase import Reach, Wanted
from app.domain.clocks import ClockName, Colour
from app.domain.complaints import ComplaintKind, ComplaintState, ComplaintStep, Route, Selection, Told, Topic
from app.domain.followups import Call, CallResult, FollowUpKind
from app.domain.followups import Reach as Calls
from app.errors import Refused
from app.services import chase, complaints, counts, followups, undoing
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person


def refused(code: str, doing: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        doing()
    assert caught.value.code == code


def told(depot: Depot, **values: object) -> Told:
    return Told(**{  # type: ignore[arg-type]
        "customer_id": a_customer(depot).id, "topic": Topic.QUALITY, "story": "同一故障第三次出现", "contact": "周工",
        **values,
    })


@pytest.fixture
def taken(depot: Depot) -> complaints.Handled:
    return complaints.take(depot, told(depot))


def line(depot: Depot, complaint_id: str) -> complaints.ComplaintLine:
    return complaints.file(depot, complaint_id).line


def settled(depot: Depot, complaint_id: str) -> complaints.Handled:
    complaints.assign(depot, complaint_id, "孙工")
    complaints.answer(depot, complaint_id, "更换加强型电容")
    complaints.tell(depot, complaint_id, "周工", "已更换，延长保修三个月", content=True)
    return complaints.close(depot, complaint_id, "用户认可")


@pytest.mark.parametrize(
    ("topic", "route"),
    [(Topic.QUALITY, Route.RND_PRODUCTION), (Topic.DELIVERY, Route.STORES), (Topic.SERVICE, Route.AFTER_SALES),
     (Topic.OTHER, Route.AFTER_SALES)],
)
def test_the_route_follows_from_the_topic(depot: Depot, topic: Topic, route: Route) -> None:
    done = complaints.take(depot, told(depot, topic=topic))
    assert line(depot, done.number).complaint.route is route
    complaints.assign(depot, done.complaint_id, "钱伟", Route.STORES)
    assert line(depot, done.number).complaint.route is Route.STORES


def test_it_is_about_the_unit_and_its_last_case(depot: Depot) -> None:
    product, customer = a_product(depot), a_customer(depot)
    got = a_received_unit(depot, "H204817736", product_id=product.id, customer_id=customer.id)
    first = complaints.take(depot, told(depot, customer_id=customer.id, serial="h204817736"))
    found = line(depot, first.number)
    assert (first.number, found.row.serial, found.row.case_number) == (
        "SH1-J2611-00001", "H204817736", got.case_number)
    second = complaints.take(depot, told(depot, customer_id=customer.id, kind=ComplaintKind.SUGGESTION))
    assert [row.complaint.number for row in complaints.file(depot, second.number).others] == [first.number]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"customer_id": ""}, "complaints.customer-missing"), ({"topic": None}, "complaints.topic-missing"),
        ({"story": " "}, "complaints.story-missing"), ({"contact": ""}, "complaints.reach-missing"),
        ({"serial": "NOBODY"}, "complaints.serial-unknown"), ({"wanted": "长" * 4001}, "complaints.text-long"),
        ({"customer_id": "nobody"}, "receiving.unknown-customer"),
    ],
)
def test_what_makes_no_sense_writes_nothing(depot: Depot, values: dict[str, object], code: str) -> None:
    asked = told(depot, **values)
    refused(code, lambda: complaints.take(depot, asked))
    assert complaints.listed(depot, Selection(open_only=False)) == ()


def test_step_by_step_to_the_end(depot: Depot, taken: complaints.Handled) -> None:
    id_ = taken.complaint_id
    refused("complaints.not-assigned", lambda: complaints.answer(depot, id_, "x"))
    refused("complaints.not-answered", lambda: complaints.tell(depot, id_, "周工", "x", content=None))
    refused("complaints.not-told", lambda: complaints.close(depot, id_, "x"))
    refused("complaints.to-missing", lambda: complaints.assign(depot, id_, " "))
    steps = [line(depot, id_).step]
    done = settled(depot, id_)
    steps.append(line(depot, id_).step)
    assert steps == [ComplaintStep.ASSIGN, ComplaintStep.NOTHING]
    assert [event.what.split(".")[1] for event in complaints.file(depot, id_).events] == [
        "take", "assign", "answer", "tell", "close"]
    (call,) = followups.listed(depot, Calls.OPEN)
    assert (call.follow_up.id, call.follow_up.kind, call.complaint_number) == (
        done.follow_up_id, FollowUpKind.COMPLAINT, taken.number)
    refused("complaints.not-open", lambda: complaints.assign(depot, id_, "孙工"))


def test_opened_again_the_clocks_begin_anew(depot: Depot, taken: complaints.Handled, clock: FakeClock) -> None:
    settled(depot, taken.complaint_id)
    refused("complaints.reason-missing", lambda: complaints.reopen(depot, taken.complaint_id, ""))
    clock.advance(days=20)
    again = complaints.reopen(depot, taken.complaint_id, "又坏了")
    refused("complaints.open-already", lambda: complaints.reopen(depot, taken.complaint_id, "x"))
    found = line(depot, taken.complaint_id)
    assert (found.step, found.complaint.reopened, {state.colour for state in found.clocks}) == (
        ComplaintStep.ASSIGN, 1, {Colour.CALM})
    undoing.undo(depot, again.entry_id)
    assert line(depot, taken.complaint_id).complaint.answer == "更换加强型电容"


def test_a_complaint_nobody_answers_is_chased(depot: Depot, taken: complaints.Handled, clock: FakeClock) -> None:
    clock.advance(hours=4)
    names = [row.name for row in chase.chase(depot, Wanted(Reach.LATE_OR_SOON)).rows]
    assert names[0] is ClockName.COMPLAINT_ASSIGN
    clock.advance(days=10)
    late = chase.chase(depot, Wanted(Reach.OVERDUE)).rows
    assert {(row.name, row.subject.number) for row in late} == {
        (name, taken.number)
        for name in (ClockName.COMPLAINT_ASSIGN, ClockName.COMPLAINT_ANSWER, ClockName.COMPLAINT_TELL)}
    assert counts.live(depot)["care"].number == 1


def test_each_step_is_taken_back_the_newest_first(depot: Depot, taken: complaints.Handled) -> None:
    assigned = complaints.assign(depot, taken.complaint_id, "孙工")
    refused("complaints.went-on", lambda: undoing.undo(depot, taken.entry_id))
    undoing.undo(depot, assigned.entry_id)
    undoing.undo(depot, taken.entry_id)
    assert line(depot, taken.complaint_id).complaint.state is ComplaintState.VOID
    assert complaints.listed(depot, Selection()) == ()


def test_a_closing_is_taken_back_with_its_call_unless_that_was_made(depot: Depot, taken: complaints.Handled) -> None:
    done = settled(depot, taken.complaint_id)
    undoing.undo(depot, done.entry_id)
    assert followups.listed(depot, Calls.OPEN) == ()
    done = complaints.close(depot, taken.complaint_id, "用户认可")
    followups.record(depot, Call(done.follow_up_id, called="周工", result=CallResult.FINE))
    refused("complaints.went-on", lambda: undoing.undo(depot, done.entry_id))


def test_those_who_repair_answer_but_do_not_close(depot: Depot, taken: complaints.Handled) -> None:
    complaints.assign(depot, taken.complaint_id, "李敏")
    bench = as_person(depot, "technician")
    complaints.answer(bench, taken.complaint_id, "重做老化")
    refused("people.not-allowed", lambda: complaints.close(bench, taken.complaint_id, "x"))
