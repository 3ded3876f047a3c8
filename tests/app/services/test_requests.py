"""Service requests on both engines: taken, passed on, answered, planned, solved each way, closed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.depot import Depot
from app.domain.chase import Reach, Wanted
from app.domain.clocks import ClockName, Colour
from app.domain.loans import Accounted, Lending, LoanFate, LoanItem
from app.domain.masterdata import Part
from app.domain.money import Money
from app.domain.requests import Call, RequestState, RequestStep, Route, Selection
from app.domain.signing import Party
from app.domain.site_visits import SitePart, SiteResult, Trip, TripReport
from app.domain.slips import FormId
from app.domain.spares import Sending
from app.domain.stages import Stage
from app.domain.stock import PlaceKind, StockPlace
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import (
    chase,
    loans,
    parts,
    request_swaps,
    requests,
    site_visits,
    slips,
    spares,
    stock,
    stock_places,
    undoing,
)
from app.services.stock import Transfer
from tests.app.printing.reading_back import text_of
from tests.builders import a_customer, a_product, a_received_unit, an_intake, outside, own
from tests.conftest import FakeClock, as_person
from tests.spare_builders import a_spare, a_swap

FIELD = outside("郭师傅", Party.FIELD_STAFF)


@pytest.fixture
def taken(depot: Depot) -> requests.Stepped:
    return requests.take(depot, a_call(depot))


def a_call(depot: Depot, **values: object) -> Call:
    return Call(**{  # type: ignore[arg-type]
        "customer_id": a_customer(depot).id, "product_id": a_product(depot).id, "symptom": "黑屏", "contact": "周工",
        "phone": "13800138000", "serial": "H204817736", "site": "长沙", **values,
    })


def line(depot: Depot, request_id: str) -> requests.RequestLine:
    return requests.file(depot, request_id).line


def refused(code: str, doing: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        doing()
    assert caught.value.code == code


def a_trip(depot: Depot, request_id: str, day: date = date(2026, 11, 3)) -> str:
    (technician, *_rest) = site_visits.technicians(depot)
    return site_visits.send(depot, Trip(request_id, technician.id, day)).subject_id


def a_report(visit_id: str, **values: object) -> TripReport:
    return replace(
        TripReport(visit_id, date(2026, 11, 3), "电源模块无输出", "更换电源模块", SiteResult.SOLVED, 90,
                   (SitePart("电源模块", 1, "PSU-24"),), "很及时"),
        **values)  # type: ignore[arg-type]


def test_a_call_gets_its_number_and_its_clocks(depot: Depot, taken: requests.Stepped) -> None:
    found = line(depot, taken.number)
    assert taken.number == "SH1-J2611-00001"
    assert (found.request.serial, found.row.customer, found.step) == ("H204817736", "中车株洲所", RequestStep.PASS_ON)
    assert [clock.name for clock in found.clocks] == [ClockName.PASS_ON, ClockName.ANSWER, ClockName.SOLUTION_PLAN]


def test_the_warranty_is_judged_when_the_call_is_taken(depot: Depot) -> None:
    product = a_product(depot, warranty={"start_event": "SHIPMENT", "months": 24})
    customer = a_customer(depot)
    a_received_unit(depot, "S77", product_id=product.id, customer_id=customer.id, shipped_on=date(2026, 1, 5))
    done = requests.take(depot, Call(customer.id, "又黑屏", serial="s77", phone="138"))
    found = line(depot, done.number).request
    assert (found.product_id, found.warranty, bool(found.warranty_trace)) == (product.id, "IN", True)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"fault_on": date(2027, 1, 1)}, "requests.fault-in-future"), ({"symptom": ""}, "requests.symptom-missing"),
        ({"product_id": "", "serial": "UNKNOWN-1"}, "requests.serial-unknown"),
        ({"customer_id": "nobody"}, "receiving.unknown-customer"), ({"customer_id": ""}, "requests.customer-missing"),
        ({"contact": "", "phone": ""}, "requests.reach-missing"),
    ],
)
def test_a_call_that_makes_no_sense_writes_nothing(depot: Depot, values: dict[str, object], code: str) -> None:
    call = a_call(depot, **values)
    refused(code, lambda: requests.take(depot, call))
    assert requests.listed(depot, Selection(open_only=False)) == ()


def test_each_step_stops_a_clock(depot: Depot, taken: requests.Stepped, clock: FakeClock) -> None:
    requests.pass_on(depot, taken.request_id, "李敏")
    clock.advance(hours=5)
    requests.answer(depot, taken.request_id, "先断电重启")
    clock.advance(days=6)
    found = line(depot, taken.request_id)
    assert [(state.stopped, state.colour) for state in found.clocks] == [
        (True, Colour.CALM), (True, Colour.CALM), (False, Colour.OVERDUE)]
    assert [(row.name, row.subject.number) for row in chase.chase(depot).rows] == [
        (ClockName.SOLUTION_PLAN, taken.number)]
    refused("requests.passed-on-already", lambda: requests.pass_on(depot, taken.request_id, "李敏"))
    refused("requests.answered-already", lambda: requests.answer(depot, taken.request_id, "再试"))


def test_solved_by_phone(depot: Depot, taken: requests.Stepped) -> None:
    requests.plan(depot, taken.request_id, Route.PHONE, "指导用户复位")
    assert line(depot, taken.request_id).step is RequestStep.CLOSE
    requests.close(depot, taken.request_id, "复位后正常")
    assert requests.listed(depot, Selection()) == ()
    assert not chase.chase(depot, Wanted(Reach.RUNNING)).rows
    refused("requests.not-open", lambda: requests.answer(depot, taken.request_id, "x"))
    requests.reopen(depot, taken.request_id, "又坏了")
    assert line(depot, taken.request_id).request.state is RequestState.OPEN
    refused("requests.open-already", lambda: requests.reopen(depot, taken.request_id, "x"))


def test_the_case_begins_before_the_unit_arrives(depot: Depot, taken: requests.Stepped) -> None:
    intake = requests.intake_of(depot, taken.request_id)
    assert (intake.symptom, intake.serial, intake.contact_phone) == ("黑屏", "H204817736", "13800138000")
    done = requests.return_unit(depot, taken.request_id, intake)
    with depot.read() as tx:
        case = rows.case(tx, done.case_id)
    assert case is not None
    assert (case.stage, case.note) == (Stage.REPORTED, taken.number)
    found = line(depot, taken.request_id)
    assert (found.row.case_number, found.step) == (case.number, RequestStep.AWAIT_UNIT)
    refused("requests.case-already", lambda: requests.return_unit(depot, taken.request_id, intake))
    undoing.undo(depot, done.entry_id)
    assert line(depot, taken.request_id).request.case_id is None
    with depot.read() as tx:
        case = rows.case(tx, done.case_id)
    assert case is not None
    assert case.stage is Stage.VOID


def test_work_on_site_ends_with_a_signed_slip(depot: Depot, taken: requests.Stepped) -> None:
    visit = a_trip(depot, taken.request_id)
    assert line(depot, taken.request_id).step is RequestStep.FINISH_TRIP
    refused("requests.trip-open", lambda: requests.close(depot, taken.request_id, "好了"))
    done = site_visits.finish(depot, a_report(visit), outside("周工"))
    (found,) = requests.file(depot, taken.request_id).visits
    assert (found[0].result, found[0].slip_number, found[1][0].name) == (
        SiteResult.SOLVED, done.slip_number, "电源模块")
    said = text_of(slips.paper(depot, FormId.REPAIR_SLIP, done.slip_number).pdf)
    for word in ("更换电源模块", "周工", taken.number, "PSU-24", "很及时"):
        assert word in said
    refused("requests.trip-finished", lambda: site_visits.finish(depot, a_report(visit), None))
    undoing.undo(depot, done.entry_id)
    assert line(depot, taken.request_id).row.open_trips == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"back_on": date(2026, 11, 2)}, "requests.back-before-leaving"),
        ({"back_on": date(2026, 11, 9)}, "requests.back-in-future"), ({"work": ""}, "requests.work-missing"),
        ({"parts": (SitePart("电源", -2),)}, "requests.part-quantity"),
    ],
)
def test_a_report_that_makes_no_sense_writes_nothing(
    depot: Depot, taken: requests.Stepped, values: dict[str, object], code: str
) -> None:
    visit = a_trip(depot, taken.request_id)
    refused(code, lambda: site_visits.finish(depot, a_report(visit, **values), None))
    assert line(depot, taken.request_id).row.open_trips == 1


def test_nobody_leaves_before_the_call_or_without_the_trade(depot: Depot, taken: requests.Stepped) -> None:
    refused("requests.leaves-before-call", lambda: a_trip(depot, taken.request_id, date(2026, 11, 1)))
    refused("requests.technician", lambda: site_visits.send(
        depot, Trip(taken.request_id, depot.operator.id, date(2026, 11, 3))))


def test_chargeable_work_on_site_needs_consent(depot: Depot, taken: requests.Stepped) -> None:
    refused("requests.price", lambda: requests.quote(depot, taken.request_id, Money(-1)))
    refused("requests.not-quoted", lambda: requests.consent(depot, taken.request_id, "周工", agreed=True))
    requests.plan(depot, taken.request_id, Route.ON_SITE, "上门更换")
    requests.quote(depot, taken.request_id, Money(80_000))
    assert line(depot, taken.request_id).step is RequestStep.GET_CONSENT
    refused("requests.consent-open", lambda: a_trip(depot, taken.request_id))
    requests.consent(depot, taken.request_id, "周工", agreed=False)
    refused("requests.declined", lambda: a_trip(depot, taken.request_id))
    requests.quote(depot, taken.request_id, Money(60_000))
    requests.consent(depot, taken.request_id, "周工", agreed=True)
    done = site_visits.finish(depot, a_report(a_trip(depot, taken.request_id)), outside("周工"))
    assert "600.00" in text_of(slips.paper(depot, FormId.REPAIR_SLIP, done.slip_number).pdf)


def test_steps_are_taken_back_the_newest_first(depot: Depot, taken: requests.Stepped) -> None:
    first = requests.pass_on(depot, taken.request_id, "李敏")
    second = requests.answer(depot, taken.request_id, "先断电重启")
    refused("requests.went-on", lambda: undoing.undo(depot, first.entry_id))
    undoing.undo(depot, second.entry_id)
    undoing.undo(depot, first.entry_id)
    assert line(depot, taken.request_id).step is RequestStep.PASS_ON
    undoing.undo(depot, taken.entry_id)
    assert line(depot, taken.request_id).request.state is RequestState.VOID
    assert [event.what for event in requests.file(depot, taken.request_id).events][-1] == "requests.take.undo"


def test_who_may(depot: Depot) -> None:
    call = a_call(depot)
    refused("people.not-allowed", lambda: requests.take(as_person(depot, "inspector"), call))
    done = requests.take(depot, call)
    requests.pass_on(as_person(depot, "technician"), done.request_id, "赵强")


def test_the_list_is_found_by_number_serial_phone_and_name(depot: Depot, taken: requests.Stepped) -> None:
    for text in (taken.number.lower(), "h2048", "13800138", "周工", "株洲", "PSU"):
        assert [one.request.number for one in requests.listed(depot, Selection(text=text))] == [taken.number]
    assert requests.listed(depot, Selection(text="nothing")) == ()


def test_a_report_cancelled_by_itself_frees_the_request(depot: Depot, taken: requests.Stepped) -> None:
    from app.services import reporting

    done = requests.return_unit(depot, taken.request_id, an_intake(depot, "X1"))
    reporting.cancel(depot, done.case_id, "改为上门")
    requests.plan(depot, taken.request_id, Route.ON_SITE, "上门")
    assert line(depot, taken.request_id).step is RequestStep.SEND_SOMEBODY


def test_a_swap_solves_the_request_and_its_paper_names_it(depot: Depot) -> None:
    spare = a_spare(depot, "S-1")
    done = requests.take(depot, a_call(depot, product_id=spare.product_id, serial="F-900"))
    asked = request_swaps.start(depot, done.number)
    sending = Sending(spare.unit_id, asked.customer_id, asked.site, asked.reason, request_number=done.number.lower())
    refused("spares.request-customer", lambda: send(depot, replace(sending, customer_id=a_customer(depot, "别家").id)))
    refused("spares.unknown-request", lambda: send(depot, replace(sending, request_number="SH1-J2611-00999")))
    going = send(depot, sending)
    found = line(depot, done.request_id)
    assert (found.request.route, found.step, found.row.swap_number) == (
        Route.SPARE_SWAP, RequestStep.SWAP, going.number)
    for doing in (
        lambda: requests.close(depot, done.request_id, "x"),
        lambda: requests.plan(depot, done.request_id, Route.PHONE, "x"),
        lambda: requests.return_unit(depot, done.request_id, requests.intake_of(depot, done.request_id)),
        lambda: send(depot, replace(sending, unit_id=a_spare(depot, "S-2", product_id=spare.product_id).unit_id)),
    ):
        refused("requests.swap-open", doing)
    a_swap(depot, going.use_id, "F-900", date(2026, 11, 3), product_id=spare.product_id)
    closed = requests.file(depot, done.request_id)
    assert (closed.line.request.state, closed.uses[0].number) == (RequestState.CLOSED, going.number)
    assert closed.line.request.result == f"{going.number} F-900 → S-1"
    (owed,) = spares.owed(depot)
    assert owed.request_number == done.number
    paper = slips.paper(depot, FormId.SPARE_USE, going.number)
    assert done.number in text_of(paper.pdf)


def test_a_request_outlives_a_spare_that_came_back_or_an_open_price(depot: Depot) -> None:
    spare = a_spare(depot, "S-1")
    done = requests.take(depot, a_call(depot, product_id=spare.product_id, serial="F-900"))
    asked = request_swaps.start(depot, done.number)
    sending = Sending(spare.unit_id, asked.customer_id, asked.site, asked.reason, request_number=done.number)
    spares.bring_back(depot, send(depot, sending).use_id, FIELD, own())
    found = line(depot, done.request_id)
    assert (found.request.state, found.step, found.row.swap_number) == (RequestState.OPEN, RequestStep.SWAP, "")
    requests.quote(depot, done.request_id, Money(50_000))
    a_swap(depot, send(depot, sending).use_id, "F-900", date(2026, 11, 3), product_id=spare.product_id)
    assert line(depot, done.request_id).step is RequestStep.GET_CONSENT
    requests.consent(depot, done.request_id, "周工", agreed=True)
    assert line(depot, done.request_id).step is RequestStep.CLOSE
    requests.close(depot, done.request_id, "已换装")


def send(depot: Depot, sending: Sending) -> spares.SentToSite:
    """With our field person."""
    return spares.send_to_site(depot, sending, own(), FIELD)


def a_loan(depot: Depot, part: Part, pieces: int, login: str = "technician") -> str:
    """Pieces of a part with somebody, on their own signature."""
    lending = Lending((LoanItem(part.id, pieces),), "上门", date(2026, 11, 6))
    return loans.lend(as_person(depot, "supervisor"), lending, own(login)).loan.number


def test_parts_used_on_a_trip_leave_the_technicians_loans_and_van(depot: Depot, taken: requests.Stepped) -> None:
    boss = as_person(depot, "supervisor")
    fuse = parts.add(boss, Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 20).part
    (technician, *_rest) = site_visits.technicians(depot)
    van = stock_places.add_place(boss, StockPlace("", "抢修车", PlaceKind.VAN, technician.id)).place
    stock.transfer(boss, Transfer(fuse.id, 5, "", van.id))
    first, second = a_loan(depot, fuse, 2), a_loan(depot, fuse, 2)
    visit = a_trip(depot, taken.request_id)
    used = SitePart("熔断器", 6, "fuse-10"), SitePart("自备线缆", 1)
    done = site_visits.finish(depot, a_report(visit, parts=used), outside("周工"))
    assert [loans.file(depot, number).loan.cleared_at is not None for number in (first, second)] == [True, True]
    (consumed,) = loans.file(depot, first).returns
    assert (consumed.fate, consumed.quantity, consumed.case_number) == (LoanFate.CONSUMED, 2, taken.number)
    left = {lot.place.id: lot.pieces for lot in stock.lots(depot) if lot.part.id == fuse.id}
    assert left == {"": 11, van.id: 3}
    undoing.undo(depot, done.entry_id)
    assert [sum(loans.file(depot, number).outstanding.values()) for number in (first, second)] == [2, 2]
    assert {lot.place.id: lot.pieces for lot in stock.lots(depot) if lot.part.id == fuse.id} == {"": 11, van.id: 5}


def test_a_loan_slip_that_does_not_fit_the_trip_books_nothing(depot: Depot, taken: requests.Stepped) -> None:
    fuse = parts.add(as_person(depot, "supervisor"), Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 20).part
    mine, other = a_loan(depot, fuse, 2), a_loan(depot, fuse, 2, "inspector")
    visit = a_trip(depot, taken.request_id)
    for code, part in (
        ("requests.loan-unknown", SitePart("熔断器", 1, "FUSE-10", loan_number="SH1-L2611-00999")),
        ("requests.loan-other", SitePart("熔断器", 1, "FUSE-10", loan_number=other)),
        ("requests.part-not-lent", SitePart("主板", 1, "PCB-7", loan_number=mine)),
        ("requests.part-more-than-lent", SitePart("熔断器", 3, "FUSE-10", loan_number=mine)),
    ):
        refused(code, lambda part=part: site_visits.finish(depot, a_report(visit, parts=(part,)), outside("周工")))
        assert loans.file(depot, mine).returns == ()
    site_visits.finish(depot, a_report(visit, parts=(SitePart("熔断器", 1, "", loan_number=mine),)), outside("周工"))
    assert sum(loans.file(depot, mine).outstanding.values()) == 1


def test_a_report_taken_back_opens_a_loan_that_was_cleared_since(depot: Depot, taken: requests.Stepped) -> None:
    fuse = parts.add(as_person(depot, "supervisor"), Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 20).part
    number = a_loan(depot, fuse, 2)
    visit = a_trip(depot, taken.request_id)
    done = site_visits.finish(depot, a_report(visit, parts=(SitePart("熔断器", 1, "FUSE-10"),)), outside("周工"))
    file = loans.file(depot, number)
    loans.give_back(as_person(depot, "supervisor"), file.loan.id, [Accounted(file.lines[0].id, LoanFate.UNUSED, 1)])
    assert loans.file(depot, number).loan.cleared_at is not None
    undoing.undo(depot, done.entry_id)
    again = loans.file(depot, number)
    assert (again.loan.cleared_at, sum(again.outstanding.values())) == (None, 1)
