"""Quotations from the bench to the customer's answer, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.clocks import ClockName
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.masterdata import Part
from app.domain.people import Role
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.quotation import Answer, ConsentMethod, Draft, LineKind, PaymentKind, QuotationState, QuoteLine
from app.domain.repair import OldPart, PartEntry, PartUse
from app.domain.returning import Gate
from app.domain.rulings import Outcome
from app.domain.stages import Stage
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.domain.warranty_entries import WarrantyTerms
from app.errors import Refused
from app.i18n import translator
from app.persistence import approvals as approval_rows
from app.persistence import receiving as rows
from app.services import (
    approvals,
    back_to_bench,
    bench_parts,
    clocks,
    disposition,
    files,
    free_service,
    handover,
    parts,
    payments,
    policies,
    quotation,
    quotation_lists,
    referring,
    repair,
    returning,
    slips,
    tariffs,
    undoing,
)
from app.services.slips import quotation as paper_money
from tests.app.printing.reading_back import text_of
from tests.builders import a_diagnosis, a_finish, a_product, a_unit_at_repair, as_person, outside, own
from tests.conftest import FakeClock

TODAY = date(2026, 11, 3)
LABOUR = QuoteLine(LineKind.LABOUR, 50, rate_class=RateClass.STANDARD)
BOARD = QuoteLine(LineKind.PART, 1, 32_000, text="主板", old_returned=1)


def with_tariff(depot: Depot, **ends: date) -> None:
    """The rates of the year."""
    head = as_person(depot, "manager")
    for kind, rate_class, amount, percent in (
        (TariffKind.LABOUR, RateClass.STANDARD, 18_000, 0), (TariffKind.PARTS_SURCHARGE, RateClass.GENERAL, 500, 10),
        (TariffKind.OLD_FOR_NEW, RateClass.GENERAL, 0, 15), (TariffKind.TRAVEL, RateClass.LOCAL, 150, 0),
    ):
        until = ends.get(kind.value)
        tariffs.set_rate(head, TariffEntry("", kind, rate_class, amount, percent, TODAY, until))


def a_chargeable_case(depot: Depot, **diagnosis: object) -> str:
    """A unit at the bench, in its warranty period, whose fault the user caused."""
    product = a_product(depot, warranty=WarrantyTerms(months=24).as_dict())
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2026, 1, 1), return_needed=True)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(
        got.case_id, **{"cause_class": CauseClass.USER, "responsibility": Responsibility.USER, **diagnosis}))
    return got.case_id


def drafted(depot: Depot, case_id: str, *lines: QuoteLine) -> quotation.Quoted:
    return quotation.save(depot, Draft(case_id, lines or (LABOUR, BOARD)))


def sent(depot: Depot) -> quotation.Quoted:
    with_tariff(depot)
    return quotation.send(depot, drafted(depot, a_chargeable_case(depot)).quotation.id)


def yes(**values: object) -> Answer:
    return Answer(**{  # type: ignore[arg-type]
        "accepted": True, "method": ConsentMethod.SIGNED, "name": "张工", "signature": outside("张工"), **values})


def stage_of(depot: Depot, case_id: str) -> Stage:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
    assert case is not None
    return case.stage


def code_of(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)  # type: ignore[operator]
    return refusal.value.code


def test_accepted_the_bench_goes_on_and_the_price_is_kept(depot: Depot) -> None:
    quoted = sent(depot)
    case_id = quoted.quotation.case_id
    # 50 min at 180.00 = 150.00; board 320.00 + 10 % 32.00 - 15 % 48.00 = 304.00
    assert (quoted.quotation.total_fen, quoted.stage) == (45_400, Stage.AWAITING_CUSTOMER)
    assert quoted.quotation.valid_until == TODAY + timedelta(days=30)
    done = quotation.answer(depot, quoted.quotation.id, yes())
    assert (done.stage, done.quotation.state, done.quotation.consent) == (
        Stage.IN_REPAIR, QuotationState.ACCEPTED, ConsentMethod.SIGNED.value)
    tariffs.set_rate(as_person(depot, "manager"), TariffEntry(
        "", TariffKind.LABOUR, RateClass.STANDARD, 99_000, 0, TODAY))
    repair.finish(as_person(depot, "technician"), a_finish(case_id, labour_minutes=50))
    sheet = quotation_lists.sheet(depot, case_id)
    assert sheet.versions[0].amounts.total.fen == 45_400
    assert sheet.actual_fen == 15_000  # labour at the agreed rate; no part was booked


def test_without_consent_the_bench_does_not_finish(depot: Depot) -> None:
    quoted = sent(depot)
    bench = as_person(depot, "technician")
    finish = a_finish(quoted.quotation.case_id)
    assert code_of(repair.finish, bench, finish) == "repair.waits-for-customer"
    quotation.withdraw(depot, quoted.quotation.id, "用户改变主意")
    assert stage_of(depot, quoted.quotation.case_id) is Stage.IN_REPAIR
    assert code_of(repair.finish, bench, finish) == "repair.consent-missing"


def test_the_clock_stands_still_exactly_while_the_customer_decides(depot: Depot, clock: FakeClock) -> None:
    with_tariff(depot)
    case_id = a_chargeable_case(depot)
    before = clocks.of_case(depot, case_id)[0]
    draft = drafted(depot, case_id)
    clock.advance(days=2)
    assert clocks.of_case(depot, case_id)[0].due == before.due  # a draft pauses nothing
    quotation.send(depot, draft.quotation.id)
    clock.advance(days=5)
    quotation.answer(depot, draft.quotation.id, yes())
    clock.advance(days=1)
    (after,) = clocks.of_case(depot, case_id)
    assert (after.name, before.name) == (ClockName.TURNAROUND, ClockName.TURNAROUND)
    assert after.due is not None
    assert before.due is not None
    assert after.due - before.due == timedelta(days=5)


def test_declined_the_case_waits_for_row_nine_or_the_general_manager(depot: Depot) -> None:
    quoted = sent(depot)
    case_id = quoted.quotation.case_id
    no = Answer(accepted=False, method=ConsentMethod.PHONE, name="张工", at=quoted.quotation.sent_at, reason="太贵")
    done = quotation.answer(depot, quoted.quotation.id, no)
    assert (done.stage, done.quotation.state) == (Stage.REFERRED, QuotationState.DECLINED)
    with depot.read() as tx:
        case = rows.case(tx, case_id)
    assert case is not None
    assert case.result == RepairResult.DECLINED
    free_service.ask(depot, case_id, "老用户，厂内运输所致争议")
    with depot.read() as tx:
        asked = approval_rows.of_subject(tx, case_id, ApprovalKind.FREE_SERVICE)
    assert asked is not None
    assert asked.facts == {"total": 45_400}
    assert code_of(
        approvals.decide, as_person(depot, "clerk"), asked.id, approved=True, signature=own("clerk")
    ) == "people.not-allowed"
    approvals.decide(as_person(depot, "manager"), asked.id, approved=True, signature=own("manager"))
    with depot.read() as tx:
        assert free_service.approved(tx, case_id)
    assert payments.of_case(depot, case_id).free


def test_an_answer_is_given_once_in_time_and_by_somebody(depot: Depot, clock: FakeClock) -> None:
    quoted = sent(depot)
    id_ = quoted.quotation.id
    assert code_of(quotation.answer, depot, id_, yes(name=" ")) == "quotation.name-missing"
    assert code_of(quotation.answer, depot, id_, yes(signature=None)) == "quotation.not-signed"
    phone = yes(method=ConsentMethod.PHONE, signature=None)
    assert code_of(quotation.answer, depot, id_, phone) == "quotation.phone-time"
    early = quoted.quotation.sent_at
    assert early is not None
    assert code_of(quotation.answer, depot, id_, replace(phone, at=early - timedelta(hours=2))
                   ) == "quotation.before-sent"
    assert code_of(quotation.answer, depot, id_, replace(phone, at=clock.now + timedelta(days=1))
                   ) == "quotation.in-future"
    assert code_of(referring.customer_consented, depot, quoted.quotation.case_id, "张工") == "quotation.answer-there"
    assert stage_of(depot, quoted.quotation.case_id) is Stage.AWAITING_CUSTOMER
    quotation.answer(depot, id_, yes())
    assert code_of(quotation.answer, depot, id_, yes()) == "quotation.answered"


def test_an_expired_one_cannot_be_accepted_but_a_call_in_time_recorded_late_counts(
    depot: Depot, clock: FakeClock
) -> None:
    quoted = sent(depot)
    in_time: datetime = clock.now + timedelta(days=30)
    clock.advance(days=31)
    assert code_of(quotation.answer, depot, quoted.quotation.id, yes()) == "quotation.expired"
    (row,) = quotation_lists.waiting(depot)
    assert row.shown_state(depot.today()) is QuotationState.EXPIRED
    anew = quotation.requote(depot, quoted.quotation.id)
    assert (anew.quotation.version, anew.quotation.state) == (2, QuotationState.DRAFT)
    quotation.withdraw(depot, anew.quotation.id, "用户已在有效期内同意")
    late = yes(method=ConsentMethod.PHONE, signature=None, at=in_time)
    assert quotation.answer(depot, quoted.quotation.id, late).stage is Stage.IN_REPAIR


def test_the_next_version_takes_the_place_of_the_one_sent(depot: Depot) -> None:
    quoted = sent(depot)
    anew = quotation.requote(depot, quoted.quotation.id)
    changed = quotation.save(depot, Draft(
        quoted.quotation.case_id, (LABOUR,), quotation_id=anew.quotation.id, seq=anew.quotation.seq))
    quotation.send(depot, changed.quotation.id)
    sheet = quotation_lists.sheet(depot, quoted.quotation.case_id)
    assert [(v.quotation.version, v.quotation.state, v.quotation.total_fen) for v in sheet.versions] == [
        (2, QuotationState.SENT, 15_000), (1, QuotationState.SUPERSEDED, 45_400)]
    assert stage_of(depot, quoted.quotation.case_id) is Stage.AWAITING_CUSTOMER


@pytest.mark.parametrize(("lines", "code"), [
    ((), "quotation.empty"),
    ((replace(BOARD, price_fen=-1),), "quotation.price-negative"),
    ((replace(BOARD, quantity=0, old_returned=0),), "quotation.quantity"),
    ((replace(BOARD, text=" "),), "quotation.text-missing"),
    ((replace(BOARD, old_returned=2),), "quotation.old-parts"),
    ((QuoteLine(LineKind.TRAVEL, 10, rate_class=RateClass.FAR), QuoteLine(LineKind.LODGING, 1)), "tariffs.none"),
])
def test_nonsense_is_refused_and_nothing_written(depot: Depot, lines: tuple[QuoteLine, ...], code: str) -> None:
    with_tariff(depot)
    case_id = a_chargeable_case(depot)
    assert code_of(quotation.save, depot, Draft(case_id, lines)) == code
    assert code_of(quotation.save, depot, Draft(case_id, (BOARD,), percent=9)) == "quotation.surcharge-low"
    assert quotation_lists.sheet(depot, case_id).versions == ()


def test_an_expired_tariff_prices_nothing_and_a_draft_of_another_tariff_is_not_sent(
    depot: Depot, clock: FakeClock
) -> None:
    with_tariff(depot, LABOUR=TODAY)
    case_id = a_chargeable_case(depot)
    draft = drafted(depot, case_id)
    clock.advance(days=1)
    assert code_of(quotation.send, depot, draft.quotation.id) == "tariffs.expired"
    assert code_of(drafted, depot, case_id) == "tariffs.expired"
    assert stage_of(depot, case_id) is Stage.IN_REPAIR
    tariffs.set_rate(as_person(depot, "manager"), TariffEntry(
        "", TariffKind.LABOUR, RateClass.STANDARD, 20_000, 0, depot.today()))
    assert code_of(quotation.send, depot, draft.quotation.id) == "quotation.priced-before"


def test_a_covered_repair_is_not_quoted(depot: Depot) -> None:
    with_tariff(depot)
    case_id = a_chargeable_case(depot)
    with depot.write() as tx:
        rows.change_case(tx, case_id, warranty="IN")
    assert code_of(drafted, depot, case_id) == "quotation.covered"
    assert code_of(free_service.ask, depot, case_id, "x") == "quotation.not-chargeable"


def test_sending_is_taken_back_as_if_never_asked(depot: Depot, clock: FakeClock) -> None:
    quoted = sent(depot)
    due = clocks.of_case(depot, quoted.quotation.case_id)[0].due
    clock.advance(hours=5)
    undoing.undo(depot, quoted.entry_id)
    assert stage_of(depot, quoted.quotation.case_id) is Stage.IN_REPAIR
    sheet = quotation_lists.sheet(depot, quoted.quotation.case_id)
    assert (sheet.versions[0].quotation.state, sheet.case.paused_at) == (QuotationState.DRAFT, None)
    assert clocks.of_case(depot, quoted.quotation.case_id)[0].due == due


def test_payments_settle_what_was_agreed_and_no_more(depot: Depot) -> None:
    quoted = sent(depot)
    case_id = quoted.quotation.case_id
    assert code_of(payments.record, depot, case_id, PaymentKind.PAID, 100, "No.7") == "quotation.nothing-owed"
    quotation.answer(depot, quoted.quotation.id, yes())
    assert code_of(payments.record, depot, case_id, PaymentKind.PAID, 45_400) == "quotation.receipt-missing"
    assert code_of(payments.record, depot, case_id, PaymentKind.PAID, -1, "7") == "quotation.payment-amount"
    assert code_of(payments.record, depot, case_id, PaymentKind.PAID, 45_401, "7") == "quotation.paid-more"
    first = payments.record(depot, case_id, PaymentKind.PAID, 40_000, "SJ-0007")
    payments.record(depot, case_id, PaymentKind.ON_ACCOUNT, 5_400)
    assert payments.of_case(depot, case_id) == payments.Balance(45_400, 0, receipts=("SJ-0007",))
    undoing.undo(depot, first.entry_id)
    assert payments.of_case(depot, case_id) == payments.Balance(45_400, 40_000)


def test_an_agreed_price_stands_in_the_files_of_the_unit_and_the_customer(depot: Depot) -> None:
    quoted = sent(depot)
    with depot.read() as tx:
        case = rows.case(tx, quoted.quotation.case_id)
    assert case is not None
    assert files.customer_file(depot, case.customer_id).prices == (), "what is merely asked is not agreed"
    quotation.answer(depot, quoted.quotation.id, yes())
    payments.record(depot, case.id, PaymentKind.PAID, 40_000, "SJ-0007")
    (price,) = files.customer_file(depot, case.customer_id).prices
    assert (price.number, price.case_number, price.agreed_by) == (quoted.quotation.number, case.number, "张工")
    assert (price.total_fen, price.settled_fen) == (45_400, 40_000)
    assert files.unit_file(depot, case.unit_id).prices == (price,)
    for language, word in (("zh_CN", "已议定价格"), ("en", "Agreed prices")):
        for made in (slips.unit_file(depot, case.unit_id, language=language),
                     slips.customer_file(depot, case.customer_id, language=language)):
            said = text_of(made.pdf)
            for wanted in (word, quoted.quotation.number, "454.00", "400.00", "张工"):
                assert wanted in said


def test_the_lists(depot: Depot) -> None:
    with_tariff(depot)
    case_id = a_chargeable_case(depot)
    assert [row.case_id for row in quotation_lists.to_quote(depot)] == [case_id]
    made = drafted(depot, case_id)
    assert [row.state for row in quotation_lists.to_quote(depot)] == ["DRAFT"]
    quotation.send(depot, made.quotation.id)
    assert quotation_lists.to_quote(depot) == ()
    assert [row.number for row in quotation_lists.waiting(depot)] == [made.quotation.number]
    quotation.answer(depot, made.quotation.id, yes())
    assert quotation_lists.waiting(depot) == quotation_lists.to_quote(depot) == ()
    assert [row.consent_name for row in quotation_lists.answered(depot)] == ["张工"]
    assert quotation_lists.case_by_code(depot, made.quotation.number) == case_id


def test_ruled_to_be_quoted_and_accepted_the_unit_follows_back_to_the_bench(depot: Depot) -> None:
    """Row 4: not worth repairing, by the user's fault; the customer wants it repaired all the same."""
    with_tariff(depot)
    case_id = a_chargeable_case(depot)
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(case_id, result=RepairResult.BER))
    referring.refer(bench, case_id)
    handover.hand_over(bench, handover.Offering(handover.Direction.REFERRED, (case_id,), own("technician")), own())
    draft = drafted(depot, case_id)
    assert code_of(quotation.send, depot, draft.quotation.id) == "disposition.not-ruled"
    ruled = disposition.confirm(as_person(depot, "supervisor"), case_id, own("supervisor"))
    assert ruled.outcomes == (Outcome.QUOTE,)
    quotation.send(depot, draft.quotation.id)
    done = quotation.answer(depot, draft.quotation.id, yes())
    assert done.stage is Stage.IN_REPAIR
    handover.hand_over(depot, handover.Offering(handover.Direction.BACK_TO_BENCH, (case_id,), own()), own("technician"))
    repair.finish(bench, a_finish(case_id))
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        unit = rows.unit(tx, case.unit_id) if case else None
    assert case is not None
    assert unit is not None
    assert (case.outcome, case.result, unit.place) == (None, RepairResult.REPAIRED, Place.REPAIR)


def test_declined_and_approved_free_the_ruling_sends_it_back_to_the_bench(depot: Depot) -> None:
    quoted = sent(depot)
    case_id = quoted.quotation.case_id
    quotation.answer(depot, quoted.quotation.id, Answer(accepted=False, method=ConsentMethod.SIGNED, name="张工"))
    assert code_of(back_to_bench.send, depot, case_id) == "disposition.not-ruled"
    asked = free_service.ask(depot, case_id, "开通前损坏，责任有争议")
    approvals.decide(as_person(depot, "manager"), asked.approval_id, approved=True, signature=own("manager"))
    ruled = disposition.confirm(as_person(depot, "supervisor"), case_id, own("supervisor"))
    assert ruled.outcomes == (Outcome.REPAIR,)
    back_to_bench.send(depot, case_id)
    repair.finish(as_person(depot, "technician"), a_finish(case_id))
    assert stage_of(depot, case_id) is Stage.IN_REPAIR
    assert quotation_lists.to_quote(depot) == ()


def test_the_papers_say_what_was_agreed(depot: Depot) -> None:
    quoted = sent(depot)
    open_one = text_of(slips.paper(depot, slips.FormId.QUOTATION, quoted.quotation.number).pdf)
    assert "¥454.00" in open_one
    assert "肆佰伍拾肆元" in open_one.replace(" ", "")
    quotation.answer(depot, quoted.quotation.id, yes())
    english = text_of(slips.paper(depot, slips.FormId.QUOTATION, quoted.quotation.number, language="en").pdf)
    assert "Signed on screen" in english
    with depot.read() as tx:
        money = paper_money.of_case(tx, quoted.quotation.case_id, (), translator("en"), covered=False)
    assert money.total == 45_400
    assert sum(charge.amount for charge in money.charges) == 45_400


@pytest.mark.parametrize("first", ["no", "yes"])
def test_the_gate_of_money(depot: Depot, first: str) -> None:
    quoted = sent(depot)
    case_id = quoted.quotation.case_id
    with depot.read() as tx:
        assert payments.at_the_gate(depot, tx, case_id).quotation == quoted.quotation.number
    quotation.answer(depot, quoted.quotation.id, yes())
    if first == "yes":
        policies.set_value(as_person(depot, "manager"), PolicyName.PAY_BEFORE_RETURN, "yes", depot.today())
    (gate,) = [state for state in returning.checklist(depot, case_id) if state.gate is Gate.PAID]
    assert (gate.open, gate.detail) == (first == "no", "¥454.00")
    payments.record(depot, case_id, PaymentKind.ON_ACCOUNT, 45_400)
    (gate,) = [state for state in returning.checklist(depot, case_id) if state.gate is Gate.PAID]
    assert (gate.open, gate.detail) == (True, "")


def test_nobody_approves_the_free_service_that_they_asked_for(depot: Depot) -> None:
    case_id = sent(depot).quotation.case_id
    manager = as_person(depot, "manager")
    both = replace(manager.operator, roles=manager.operator.roles | {Role.CLERK})    # several roles, one person
    free_service.ask(depot.as_operator(both), case_id, "老用户")
    with depot.read() as tx:
        asked = approval_rows.of_subject(tx, case_id, ApprovalKind.FREE_SERVICE)
    assert asked is not None
    assert code_of(
        approvals.decide, manager, asked.id, approved=True, signature=own("manager")
    ) == "people.approves-own-request"
    with depot.read() as tx:
        after = approval_rows.of_subject(tx, case_id, ApprovalKind.FREE_SERVICE)
        assert after is not None
        assert after.decided_at is None
        assert not free_service.approved(tx, case_id)
    assert not payments.of_case(depot, case_id).free


def test_a_first_draft_takes_the_parts_of_the_bench_at_the_price_of_their_day(depot: Depot) -> None:
    with_tariff(depot)
    keeper = as_person(depot, "supervisor")
    board = parts.add(keeper, Part("", "PCB-4800", "主板", "Main board", price_fen=32_000), stock=3).part
    case_id = a_chargeable_case(depot)
    bench_parts.use_part(as_person(depot, "technician"), PartEntry(
        case_id, PartUse.ADD, 1, part_id=board.id, old_part=OldPart.YES))
    seen = parts.file(depot, board.id).seen
    parts.edit(keeper, replace(board, price_fen=99_000), seen)
    line = quotation_lists.sheet(depot, case_id).proposal.lines[1]
    assert (line.part_no, line.quantity, line.price_fen, line.old_returned) == ("PCB-4800", 1, 32_000, 1)
