"""The warranty of a unit in the record: what steps write, what people enter, and when a verdict changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.depot import SYSTEM, Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.masterdata import KeyPart, Product
from app.domain.policy_values import PolicyName
from app.domain.receiving import Unit
from app.domain.repair import PartEntry, PartUse
from app.domain.returning import Packing, SendMethod
from app.domain.stages import Stage
from app.domain.warranty import SegmentKind, WarrantyState
from app.domain.warranty_entries import (
    Downtime,
    Entry,
    Extended,
    Proof,
    ProofShown,
    Started,
    StartEvent,
    Voided,
    VoidReason,
    WarrantyTerms,
    WithoutProof,
)
from app.errors import Refused
from app.i18n import translator
from app.persistence import editing
from app.persistence import receiving as rows
from app.persistence import warranty as entry_rows
from app.services import (
    amending,
    handover,
    inspection,
    policies,
    referring,
    repair,
    returning,
    undoing,
    warranty,
    warranty_entering,
)
from app.services.handover import Offering
from app.services.inspection import Passing
from app.services.receiving import ReceivedUnit
from app.services.slips import cases
from app.services.slips.warranty import warranty_statement
from tests.builders import (
    a_diagnosis,
    a_finish,
    a_product,
    a_received_unit,
    a_unit_at_repair,
    as_person,
    outside,
    own,
    set_stage,
)
from tests.conftest import FakeClock

IN, OUT = WarrantyState.IN, WarrantyState.OUT
TODAY = date(2026, 11, 3)
USER = {"cause_class": CauseClass.USER, "responsibility": Responsibility.USER}


def a_termed_product(depot: Depot, model: str = "PSU-4800W", **terms: Any) -> Product:
    return a_product(depot, model, warranty=WarrantyTerms(**{"months": 24, **terms}).as_dict())


def a_covered_unit(depot: Depot, serial: str = "W1001", shipped: date = date(2026, 5, 2), **terms: Any) -> Unit:
    """A received unit of a product with terms."""
    product = a_termed_product(depot, f"M-{serial}", **terms)
    return unit_of(depot, a_received_unit(depot, serial, product_id=product.id, shipped_on=shipped).unit_id)


def unit_of(depot: Depot, unit_id: str) -> Unit:
    with depot.read() as tx:
        unit = rows.unit(tx, unit_id)
    assert unit is not None
    return unit


def until(depot: Depot, unit_id: str) -> date | None:
    unit = unit_of(depot, unit_id)
    with depot.read() as tx:
        return warranty.ledger(depot, tx, unit).parts_until


def kinds(depot: Depot, unit_id: str) -> list[str]:
    with depot.read() as tx:
        return [row.kind for row in entry_rows.of_unit(tx, unit_id)]


def refused(call: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.code, refusal.value.field


def said(depot: Depot, case_id: str) -> str:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
    assert case is not None
    return case.warranty


def at_the_bench(depot: Depot, product: Product, shipped: date, **diagnosis: Any) -> ReceivedUnit:
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=shipped)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id, **diagnosis))
    return got


def to_the_customer(depot: Depot, got: ReceivedUnit, clock: FakeClock, *, days: int = 0) -> None:
    """From the bench through QA to the counter, where the customer collects it."""
    bench, qa = as_person(depot, "technician"), as_person(depot, "inspector")
    if said(depot, got.case_id) == OUT:
        referring.pause_for_customer(bench, got.case_id, "报价 320 元")
        referring.customer_consented(depot, got.case_id, "刘工")
    repair.finish(bench, a_finish(got.case_id))
    handover.hand_over(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"))
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    returning.put_away(depot, [got.case_id], return_needed=True)
    packed = returning.pack(depot, Packing((got.case_id,), SendMethod.COLLECTED, "张工"))
    clock.advance(days=days)
    returning.send(depot, packed.shipment_id, own(), outside())


# -- entries -----------------------------------------------------------------------------------------------------


def test_an_entry_lengthens_the_ledger(depot: Depot) -> None:
    unit = a_covered_unit(depot)
    assert until(depot, unit.id) == date(2028, 5, 2)
    with depot.as_operator(SYSTEM).write() as tx:
        row = warranty.add_entry(depot, tx, unit.id, Extended("", TODAY, 6, 0, "批-1"), reason="大客户")
    assert (row.kind, row.document, row.reason) == ("Extended", "批-1", "大客户")
    assert until(depot, unit.id) == date(2028, 11, 2)


def test_the_new_unit_inherits_what_is_left_and_its_own_past_does_not_count(depot: Depot) -> None:
    old, new = a_covered_unit(depot), a_covered_unit(depot, "W1002", date(2020, 1, 1))
    with depot.as_operator(SYSTEM).write() as tx:
        warranty.carry_over(depot, tx, old, new, TODAY, "SH1-X2611-00001")
    with depot.read() as tx:
        folded = warranty.ledger(depot, tx, new)
    assert (folded.started, folded.parts_until) == (TODAY, date(2028, 5, 2))
    assert [(s.kind, s.document) for s in folded.segments] == [(SegmentKind.CARRIED, "SH1-X2611-00001")]


@pytest.mark.parametrize(("mode", "end"), [
    ("inherit", date(2028, 5, 2)), ("restart", date(2028, 11, 3)), ("longer", date(2028, 11, 3)),
])
def test_the_exchange_follows_the_policy_of_its_day_for_good(depot: Depot, mode: str, end: date) -> None:
    manager = as_person(depot, "manager")
    if mode != "inherit":
        policies.set_value(manager, PolicyName.EXCHANGE_WARRANTY, mode, TODAY)
    old, new = a_covered_unit(depot), a_covered_unit(depot, "W1002")
    with depot.as_operator(SYSTEM).write() as tx:
        warranty.carry_over(depot, tx, old, new, TODAY, "X1")
    assert until(depot, new.id) == end
    policies.set_value(manager, PolicyName.EXCHANGE_WARRANTY, "inherit" if mode != "inherit" else "restart", TODAY)
    assert until(depot, new.id) == end


def test_the_supervisor_extends_and_the_mistake_is_reversed(depot: Depot) -> None:
    unit, boss = a_covered_unit(depot), as_person(depot, "supervisor")
    done = warranty_entering.enter(boss, unit.id, Extended("", TODAY, 3, 10, "批-7"), "停产补偿")
    assert done.until == date(2028, 8, 12)
    taken = warranty_entering.reverse(boss, done.row_id, "批文写错编号")
    assert (taken.until, until(depot, unit.id)) == (date(2028, 5, 2), date(2028, 5, 2))
    line = warranty_entering.view(depot, unit.id).lines[0]
    assert line.reversed_by is not None
    assert line.reversed_by.reason == "批文写错编号"
    assert refused(warranty_entering.reverse, boss, done.row_id, "再来")[0] == "warranty.reversed-already"
    assert refused(warranty_entering.reverse, boss, line.reversed_by.id, "再来")[0] == "warranty.reverses-a-reversal"
    assert refused(warranty_entering.reverse, boss, "nothing", "再来")[0] == "warranty.unknown-entry"
    assert refused(warranty_entering.reverse, boss, done.row_id, " ") == ("warranty.reason-missing", "reason")


def test_an_entry_is_taken_back_by_undo_but_not_a_supervisors_by_the_counter(depot: Depot) -> None:
    unit, boss = a_covered_unit(depot), as_person(depot, "supervisor")
    done = warranty_entering.enter(boss, unit.id, Extended("", TODAY, 3, 0, "批-7"), "停产补偿")
    assert refused(undoing.undo, depot, done.entry_id)[0] == "people.not-allowed"
    undoing.undo(boss, done.entry_id)
    assert until(depot, unit.id) == date(2028, 5, 2)
    assert kinds(depot, unit.id) == ["Extended", "Reversed"]
    proof = warranty_entering.enter(depot, unit.id, ProofShown("", TODAY, Proof.CARD))
    undoing.undo(depot, proof.entry_id)
    assert kinds(depot, unit.id)[2:] == ["ProofShown", "Reversed"]


@pytest.mark.parametrize(("entry", "reason", "code", "field"), [
    (Extended("", date(2026, 5, 1), 6, 0, "批-1"), "因", "warranty.before-start", "day"),
    (Extended("", TODAY, 0, 0, "批-1"), "因", "warranty.extension-empty", "months"),
    (Extended("", TODAY, -6, 10, "批-1"), "因", "warranty.extension-empty", "months"),
    (Extended("", TODAY, 6000, 0, "批-1"), "因", "warranty.extension-long", "months"),
    (Extended("", TODAY, 6, 0, " "), "因", "warranty.document-missing", "document"),
    (Extended("", TODAY, 6, 0, "批-1"), " ", "warranty.reason-missing", "reason"),
    (Voided("", TODAY, VoidReason.SELF_MODIFIED), "", "warranty.reason-missing", "reason"),
    (Voided("", date(2026, 11, 4), VoidReason.SELF_MODIFIED), "因", "warranty.day-in-future", "day"),
    (Voided("", date(2026, 5, 1), VoidReason.SELF_MODIFIED), "因", "warranty.before-start", "day"),
    (ProofShown("", date(2026, 11, 4), Proof.CARD), "", "warranty.day-in-future", "day"),
    (Started("", date(2027, 1, 1), StartEvent.SALE), "", "warranty.day-in-future", "day"),
    (Started("", TODAY, StartEvent.SHIPMENT), "", "warranty.start-on-unit", "kind"),
    (Downtime("", TODAY, TODAY, "R-1"), "因", "warranty.entry-kind", "kind"),
])
def test_what_cannot_be_is_refused_and_nothing_is_written(
    depot: Depot, entry: Entry, reason: str, code: str, field: str
) -> None:
    unit = a_covered_unit(depot)
    assert refused(warranty_entering.enter, as_person(depot, "supervisor"), unit.id, entry, reason) == (code, field)
    assert kinds(depot, unit.id) == []


def test_a_sale_is_not_before_the_making_and_an_unknown_start_is_not_extended(depot: Depot) -> None:
    product = a_termed_product(depot, start=StartEvent.SALE, fallback=StartEvent.SALE)
    got = a_received_unit(depot, product_id=product.id, manufactured_on=date(2026, 1, 10))
    boss = as_person(depot, "supervisor")
    early, late = (Started("", day, StartEvent.SALE) for day in (date(2026, 1, 9), date(2026, 2, 1)))
    assert refused(warranty_entering.enter, boss, got.unit_id, early)[0] == "warranty.sale-before-manufacture"
    longer = Extended("", TODAY, 6, 0, "批-1")
    assert refused(warranty_entering.enter, boss, got.unit_id, longer, "因")[0] == "warranty.start-unknown"
    assert warranty_entering.enter(depot, got.unit_id, late).until == date(2028, 2, 1)
    assert warranty_entering.enter(boss, got.unit_id, longer, "因").until == date(2028, 8, 1)


def test_only_the_supervisor_extends_and_voids_and_an_unknown_unit_is_refused(depot: Depot) -> None:
    unit, boss = a_covered_unit(depot), as_person(depot, "supervisor")
    for entry in (Extended("", TODAY, 1, 0, "批"), Voided("", TODAY, VoidReason.ALTERED_PROOF)):
        assert refused(warranty_entering.enter, depot, unit.id, entry, "因")[0] == "people.not-allowed"
        assert refused(warranty_entering.enter, boss, "nobody", entry, "因")[0] == "lookup.unknown-unit"
    assert refused(warranty_entering.view, depot, "nobody")[0] == "lookup.unknown-unit"
    assert kinds(depot, unit.id) == []


def test_a_card_missing_and_found(depot: Depot) -> None:
    product = a_termed_product(depot, months=12, start=StartEvent.SALE, without_proof=WithoutProof.SUPERVISOR)
    got = a_received_unit(depot, product_id=product.id, shipped_on=date(2026, 1, 1))
    warranty_entering.enter(depot, got.unit_id, Started("", date(2026, 3, 1), StartEvent.SALE))
    warranty_entering.enter(depot, got.unit_id, ProofShown("", TODAY, Proof.NONE))
    assert warranty_entering.view(depot, got.unit_id).judgement.state is WarrantyState.UNKNOWN
    warranty_entering.enter(depot, got.unit_id, ProofShown("", TODAY, Proof.INVOICE))
    assert warranty_entering.view(depot, got.unit_id).judgement.until == date(2027, 3, 1)


# -- what steps write --------------------------------------------------------------------------------------------


def test_downtime_is_written_once_when_the_unit_is_handed_back(depot: Depot, clock: FakeClock) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    to_the_customer(depot, got, clock, days=9)
    with depot.read() as tx:
        (row,) = entry_rows.of_unit(tx, got.unit_id)
    assert (row.entry, row.case_id) == (
        Downtime(row.id, TODAY, date(2026, 11, 12), got.case_number, counts=True), got.case_id)
    assert until(depot, got.unit_id) == date(2028, 5, 11)
    policies.set_value(as_person(depot, "manager"), PolicyName.DOWNTIME_EXTENDS, "no", date(2026, 11, 12))
    assert until(depot, got.unit_id) == date(2028, 5, 11)
    warranty_entering.reverse(as_person(depot, "supervisor"), row.id, "停用未计")
    assert until(depot, got.unit_id) == date(2028, 5, 2)


def test_downtime_that_the_policy_of_the_day_does_not_count_never_counts(depot: Depot, clock: FakeClock) -> None:
    policies.set_value(as_person(depot, "manager"), PolicyName.DOWNTIME_EXTENDS, "no", TODAY)
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    to_the_customer(depot, got, clock, days=9)
    policies.set_value(as_person(depot, "manager"), PolicyName.DOWNTIME_EXTENDS, "yes", date(2026, 11, 12))
    assert until(depot, got.unit_id) == date(2028, 5, 2)


def test_a_repair_from_before_the_ledger_counts_from_its_visit(depot: Depot) -> None:
    unit = a_covered_unit(depot)
    with depot.as_operator(SYSTEM).write() as tx:
        rows.change_case(
            tx, unit.case_id or "", stage=Stage.CLOSED, warranty="IN", received_at=datetime(2026, 6, 1, 2, tzinfo=UTC),
            returned_at=datetime(2026, 6, 11, 2, tzinfo=UTC),
        )
    assert until(depot, unit.id) == date(2028, 5, 12)


def test_a_chargeable_repair_is_itself_warranted_for_the_same_fault(depot: Depot, clock: FakeClock) -> None:
    product = a_termed_product(depot, months=12, repair_months=6)
    got = at_the_bench(depot, product, date(2024, 5, 2))
    to_the_customer(depot, got, clock)
    assert kinds(depot, got.unit_id) == ["RepairWarranted"]
    clock.advance(days=60)
    customer = unit_of(depot, got.unit_id).customer_id
    again = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2024, 5, 2), customer_id=customer)
    bench = as_person(depot, "technician")
    repair.take(bench, again.case_id)
    assert repair.diagnose(bench, a_diagnosis(again.case_id)).judgement.state is IN
    amendable = amending.intake_of(depot, again.case_id)
    other = replace(amendable.intake, symptom="外壳破裂，风扇脱落")
    amending.amend(depot, again.case_id, amendable.seq, other)
    assert said(depot, again.case_id) == OUT


def with_key_part(depot: Depot, months: int | None = 12, **terms: Any) -> Product:
    product = a_termed_product(depot, **terms)
    with depot.as_operator(SYSTEM).write() as tx:
        editing.enter(tx, KeyPart(tx.new_id(), product.id, "电源板", "Power board", "PB-7", months))
    return product


PSU = {"kind": PartUse.ADD, "part_no": "PB-7", "name": "电源板", "key_part": True,
       "removed_serial": "PB-0001", "fitted_serial": "PB-0002"}


def test_a_key_part_begins_anew_when_qa_has_seen_it_run(depot: Depot, clock: FakeClock) -> None:
    product = with_key_part(depot)
    got = at_the_bench(depot, product, date(2024, 12, 1))
    repair.use_part(as_person(depot, "technician"), PartEntry(got.case_id, **PSU))
    assert kinds(depot, got.unit_id) == []
    to_the_customer(depot, got, clock)
    assert kinds(depot, got.unit_id) == ["KeyPartReplaced", "Downtime"]
    unit = unit_of(depot, got.unit_id)
    with depot.read() as tx:
        folded = warranty.ledger(depot, tx, unit)
    (part,) = [s for s in folded.segments if s.kind is SegmentKind.KEY_PART]
    assert (part.part, part.start, part.end) == ("电源板", TODAY, date(2027, 11, 3))
    assert folded.parts_until == date(2026, 12, 1)
    clock.advance(days=120)  # the unit is out of warranty by now, its new board is not
    again = at_the_bench(depot, product, date(2024, 12, 1))
    assert said(depot, again.case_id) == OUT
    done = repair.use_part(as_person(depot, "technician"), PartEntry(again.case_id, **PSU))
    assert said(depot, again.case_id) == IN
    undoing.undo(as_person(depot, "technician"), done.entry_id)
    assert said(depot, again.case_id) == OUT


def test_a_key_part_the_customer_broke_does_not_begin_anew(depot: Depot, clock: FakeClock) -> None:
    got = at_the_bench(depot, with_key_part(depot), date(2026, 5, 2), **USER)
    repair.use_part(as_person(depot, "technician"), PartEntry(got.case_id, **PSU))
    to_the_customer(depot, got, clock)
    unit = unit_of(depot, got.unit_id)
    with depot.read() as tx:
        folded = warranty.ledger(depot, tx, unit)
    assert "warranty.key-part-by-customer" in [line.code for line in folded.trace]
    assert [s.kind for s in folded.segments] == [SegmentKind.BASE, SegmentKind.REPAIR]


# -- papers ------------------------------------------------------------------------------------------------------


def test_the_repair_slip_says_until_when_after_this_repair_also_when_printed_again(
    depot: Depot, clock: FakeClock
) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    to_the_customer(depot, got, clock, days=9)
    english = translator("en")
    with depot.read() as tx:
        line = cases.repair_slip(depot, tx, got.case_id, english).warranty
        traveller = cases.warranty_line(depot, tx, cases.case_rows(tx, got.case_id), english)
    assert (line.status, line.start, line.until, line.next_until) == (
        IN, date(2026, 5, 2), date(2028, 5, 2), date(2028, 5, 11))
    assert line.reason == (
        "shipped 2026-05-02 + 24 months = 2028-05-02; 2026-11-03 is within, until 2028-05-02: in; "
        f"repaired 9 days ({got.case_number}) → 2028-05-11"
    )
    assert (traveller.start, traveller.next_until) == (date(2026, 5, 2), None)
    clock.advance(days=30)
    warranty_entering.enter(
        as_person(depot, "supervisor"), got.unit_id, Extended("", date(2026, 12, 12), 6, 0, "批-1"), "因")
    with depot.read() as tx:
        assert cases.repair_slip(depot, tx, got.case_id, english).warranty == line
        statement = warranty_statement(depot, tx, got.unit_id, translator("zh_CN"))
    assert (statement.status, statement.start, statement.next_until) == (IN, date(2026, 5, 2), date(2028, 11, 11))
    assert statement.reason.endswith("延长 6 个月（批-1）→ 2028-11-11；2026-12-12 未超过 2028-11-11：期内")


def test_a_paid_repair_says_how_long_it_is_covered(depot: Depot, clock: FakeClock) -> None:
    got = at_the_bench(depot, a_termed_product(depot, months=12, repair_months=6), date(2024, 5, 2))
    to_the_customer(depot, got, clock)
    with depot.read() as tx:
        line = cases.repair_slip(depot, tx, got.case_id, translator("zh_CN")).warranty
        refusal = refused(warranty_statement, depot, tx, "nobody", translator("en"))
    assert (line.status, line.until, line.next_until) == (OUT, date(2025, 5, 2), date(2027, 5, 3))
    assert line.reason.endswith(f"2026-11-03 的维修（{got.case_number}）保修 6 个月，至 2027-05-03")
    assert refusal[0] == "lookup.unknown-unit"


# -- the verdict -------------------------------------------------------------------------------------------------


def test_settling_blame_in_qa_changes_the_verdict_and_the_log_says_so(depot: Depot) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(got.case_id))
    handover.hand_over(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"))
    with depot.read() as tx:
        told = tx.at
    done = repair.amend_responsibility(bench, got.case_id, CauseClass.USER, Responsibility.USER, "送检确认进水")
    assert done.change is not None
    assert (done.change.before, done.change.after, done.change.reason) == (IN, OUT, "送检确认进水")
    with depot.read() as tx:
        change = warranty.changed_since(depot, tx, got.case_id, told)
        assert change is not None
        assert (change.before, change.after, change.by_name) == (IN, OUT, "李敏")
        assert warranty.changed_since(depot, tx, got.case_id, tx.at) is None
    repair.amend_responsibility(
        bench, got.case_id, CauseClass.COMPONENT_QUALITY, Responsibility.MAKER, "复检：密封圈不良"
    )
    with depot.read() as tx:
        assert warranty.changed_since(depot, tx, got.case_id, told) is None


def test_the_ruling_is_run_again_too(depot: Depot) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(got.case_id, result=RepairResult.IRREPARABLE))
    assert referring.refer(bench, got.case_id).ruling.number == 5
    done = repair.amend_responsibility(bench, got.case_id, CauseClass.USER, Responsibility.USER, "外力损坏")
    assert done.change is not None
    assert (done.change.rule_before, done.change.rule_after) == (5, 2)
    assert done.change.outcomes_before != done.change.outcomes_after


def test_a_void_found_at_the_bench_changes_the_open_case(depot: Depot) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    boss = as_person(depot, "supervisor")
    done = warranty_entering.enter(boss, got.unit_id, Voided("", TODAY, VoidReason.SELF_MODIFIED), "主板飞线")
    assert done.change is not None
    assert (done.change.before, done.change.after, done.change.reason) == (IN, OUT, "主板飞线")
    assert said(depot, got.case_id) == OUT
    undoing.undo(boss, done.entry_id)
    assert said(depot, got.case_id) == IN


def test_a_date_corrected_at_the_counter_changes_the_verdict(depot: Depot) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    amendable = amending.intake_of(depot, got.case_id)
    corrected = replace(amendable.intake, shipped_on=date(2023, 5, 2))
    done = amending.amend(depot, got.case_id, amendable.seq, corrected)
    assert said(depot, got.case_id) == OUT
    undoing.undo(depot, done.entry_id)
    assert said(depot, got.case_id) == IN


def test_the_verdict_stands_once_qa_has_passed_the_unit(depot: Depot, clock: FakeClock) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    to_the_customer(depot, got, clock)
    boss = as_person(depot, "supervisor")
    done = warranty_entering.enter(boss, got.unit_id, Voided("", TODAY, VoidReason.ALTERED_PROOF), "发票涂改")
    assert (done.change, said(depot, got.case_id)) == (None, IN)
    assert refused(
        repair.amend_responsibility, as_person(depot, "technician"), got.case_id, CauseClass.USER,
        Responsibility.USER, "太迟"
    )[0] == "repair.blame-settled"


def test_nothing_changes_without_a_change(depot: Depot) -> None:
    got = at_the_bench(depot, a_termed_product(depot), date(2026, 5, 2))
    set_stage(depot, got.case_id, Stage.IN_REPAIR)
    boss = as_person(depot, "supervisor")
    done = warranty_entering.enter(boss, got.unit_id, Extended("", TODAY, 1, 0, "批-1"), "因")
    assert done.change is None
