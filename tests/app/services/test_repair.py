"""The bench, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.depot import SYSTEM, Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.handover import Direction
from app.domain.masterdata import Part
from app.domain.places import Place
from app.domain.repair import BenchState, PartEntry, PartUse, RepairOrder, Scope, standing
from app.domain.stages import Stage
from app.domain.stock import PartMove
from app.domain.warranty import WarrantyState
from app.domain.warranty_entries import WarrantyTerms
from app.errors import Refused
from app.i18n import translator
from app.messages import say
from app.persistence import masterdata
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.persistence import stock as stock_rows
from app.services import amending, handover, referring, repair, undoing
from app.services.handover import Offering
from tests.builders import (
    a_customer,
    a_diagnosis,
    a_finish,
    a_product,
    a_repaired_unit,
    a_unit_at_repair,
    as_person,
    own,
)


def order_of(depot: Depot, case_id: str) -> RepairOrder:
    with depot.read() as tx:
        order = rows.order_of_case(tx, case_id)
    assert order is not None
    return order


def stage_of(depot: Depot, case_id: str) -> Stage:
    with depot.read() as tx:
        case = receiving_rows.case(tx, case_id)
    assert case is not None
    return case.stage


def a_part(depot: Depot, part_no: str = "CAP-470UF-35V", stock: int = 10) -> Part:
    with depot.as_operator(SYSTEM).write() as tx:
        part = Part(tx.new_id(), part_no, "电解电容", "Capacitor")
        masterdata.add(tx, part)
        stock_rows.book(tx, stock_rows.Booking(part.id, stock, PartMove.BOOK_IN, "opening"))
    return part


def stock_of(depot: Depot, part: Part) -> int:
    with depot.read() as tx:
        return sum(stock_rows.lots(tx, part.id).values())


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.code


def test_a_case_is_taken_diagnosed_and_completed(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    repair.log_action(bench, got.case_id, "拆机检查", 20)
    repair.finish(bench, a_finish(got.case_id))
    order = order_of(depot, got.case_id)
    assert (order.number, order.technician_name, order.result) == (got.case_number, "李敏", "REPAIRED")
    with depot.read() as tx:
        (row,) = rows.bench(tx, Scope.MINE, bench.operator.id, limit=10)
    assert (row.state, row.serial) == (BenchState.FINISHED, got.serial)


def test_the_queue_tells_mine_from_nobodys(depot: Depot) -> None:
    customer, product = a_customer(depot), a_product(depot)
    first, second = (
        a_unit_at_repair(depot, serial, customer_id=customer.id, product_id=product.id) for serial in ("B1", "B2")
    )
    bench = as_person(depot, "technician")
    repair.take(bench, first.case_id)
    with depot.read() as tx:
        assert [row.case_id for row in rows.bench(tx, Scope.MINE, bench.operator.id, limit=9)] == [first.case_id]
        assert [row.case_id for row in rows.bench(tx, Scope.UNTAKEN, bench.operator.id, limit=9)] == [second.case_id]
        page = rows.bench(tx, Scope.ALL, bench.operator.id, limit=1)
        rest = rows.bench(tx, Scope.ALL, bench.operator.id, limit=9, after=(page[0].due_on, page[0].case_id))
        assert {row.case_id for row in (*page, *rest)} == {first.case_id, second.case_id}
        assert rows.bench_counts(tx, bench.operator.id) == (1, 1, 2)


def test_a_colleagues_case_is_taken_over_with_a_reason_only(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    first, second = as_person(depot, "technician"), as_person(depot, "technician2")
    repair.take(first, got.case_id)
    assert refused(repair.take, second, got.case_id) == "repair.taken"
    assert refused(repair.diagnose, second, a_diagnosis(got.case_id)) == "repair.not-yours"
    taken = repair.take(second, got.case_id, "李敏休假")
    assert order_of(depot, got.case_id).technician_name == "赵强"
    undoing.undo(second, taken.entry_id)
    assert order_of(depot, got.case_id).technician_name == "李敏"
    with depot.read() as tx:
        assert rows.repairers(tx, got.case_id) == {first.operator.id, second.operator.id}


def test_taking_can_be_undone_and_done_again(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    taken = repair.take(bench, got.case_id)
    undoing.undo(bench, taken.entry_id)
    with depot.read() as tx:
        assert rows.order_of_case(tx, got.case_id) is None
    repair.take(as_person(depot, "technician2"), got.case_id)
    assert order_of(depot, got.case_id).technician_name == "赵强"


def test_the_diagnosis_judges_the_warranty_by_period_and_cause(depot: Depot) -> None:
    product = a_product(depot, warranty=WarrantyTerms(months=24).as_dict())
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2025, 5, 2))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    inside = repair.diagnose(bench, a_diagnosis(got.case_id))
    assert inside.judgement.state is WarrantyState.IN
    outside = repair.diagnose(
        bench, a_diagnosis(got.case_id, cause_class=CauseClass.USER, responsibility=Responsibility.USER)
    )
    assert outside.judgement.state is WarrantyState.OUT
    with depot.read() as tx:
        case = receiving_rows.case(tx, got.case_id)
    assert case is not None
    assert case.warranty == "OUT"
    assert refused(undoing.undo, bench, inside.entry_id) == "undo.changed-since"
    undoing.undo(bench, outside.entry_id)
    assert order_of(depot, got.case_id).cause_class == CauseClass.COMPONENT_QUALITY


def test_a_form_that_saw_an_older_row_is_refused_with_who_changed_it(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    taken = repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id, seq=taken.seq))
    with pytest.raises(Refused) as refusal:
        repair.diagnose(bench, a_diagnosis(got.case_id, seq=taken.seq))
    assert (refusal.value.code, refusal.value.facts["by"]) == ("repair.changed-meanwhile", "李敏")


def test_parts_move_stock_and_are_taken_back(depot: Depot) -> None:
    got, part = a_unit_at_repair(depot), a_part(depot, stock=3)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    fitted = repair.use_part(bench, PartEntry(got.case_id, PartUse.ADD, 2, part.id))
    assert stock_of(depot, part) == 1
    assert refused(repair.use_part, bench, PartEntry(got.case_id, PartUse.ADD, 2, part.id)) == "part.stock-short"
    repair.use_part(bench, PartEntry(got.case_id, PartUse.RECYCLE, 1, part.id))
    repair.use_part(bench, PartEntry(got.case_id, PartUse.REMOVE, 1, part.id, removed_serial="OLD1"))
    assert stock_of(depot, part) == 2
    undoing.undo(bench, fitted.entry_id)
    assert stock_of(depot, part) == 4
    with depot.read() as tx:
        assert len(rows.parts(tx, order_of(depot, got.case_id).id)) == 2


def test_an_action_is_taken_back_by_one_that_names_it(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    done = repair.log_action(bench, got.case_id, "误填", 30)
    undoing.undo(bench, done.entry_id)
    with depot.read() as tx:
        written = rows.actions(tx, order_of(depot, got.case_id).id)
    assert (len(written), sum(a.minutes for a in written), standing(written)) == (2, 0, ())


def test_completion_needs_diagnosis_and_fits_the_cause(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    assert refused(repair.finish, bench, a_finish(got.case_id)) == "repair.not-diagnosed"
    repair.diagnose(bench, a_diagnosis(got.case_id))
    assert refused(repair.finish, bench, a_finish(got.case_id, result=RepairResult.NFF)) == "codes.result-contradicts"
    done = repair.finish(bench, a_finish(got.case_id))
    assert refused(repair.log_action, bench, got.case_id, "再焊", 5) == "repair.finished"
    undoing.undo(bench, done.entry_id)
    order = order_of(depot, got.case_id)
    assert (order.finished_at, order.result, order.work_done) == (None, None, "")


def test_an_offered_unit_is_not_reopened(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    done = repair.finish(bench, a_finish(got.case_id))
    offered = handover.offer(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")))
    assert refused(undoing.undo, bench, done.entry_id) == "repair.offered"
    handover.withdraw(bench, offered.handover_id)
    undoing.undo(bench, done.entry_id)
    assert order_of(depot, got.case_id).finished_at is None


def test_chargeable_work_needs_the_customers_consent_and_the_clock_stands_still(depot: Depot, clock: Any) -> None:
    product = a_product(depot, warranty=WarrantyTerms(months=12).as_dict())
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2024, 5, 2))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    assert refused(repair.finish, bench, a_finish(got.case_id)) == "repair.consent-missing"
    with depot.read() as tx:
        before = receiving_rows.case(tx, got.case_id)
    referring.pause_for_customer(bench, got.case_id, "更换主板，约 800 元")
    assert stage_of(depot, got.case_id) is Stage.AWAITING_CUSTOMER
    assert refused(repair.log_action, bench, got.case_id, "等待", 0) == "repair.waits-for-customer"
    clock.advance(days=5)
    referring.customer_consented(depot, got.case_id, "张工")
    with depot.read() as tx:
        after = receiving_rows.case(tx, got.case_id)
    assert before is not None
    assert after is not None
    assert before.due_on is not None
    assert (after.stage, after.due_on, after.paused_at) == (Stage.IN_REPAIR, before.due_on + timedelta(days=5), None)
    repair.finish(bench, a_finish(got.case_id))


def test_a_declined_repair_waits_for_its_ruling_and_goes_to_after_sales(depot: Depot) -> None:
    product = a_product(depot, warranty=WarrantyTerms(months=12).as_dict())
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2024, 5, 2))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    referring.pause_for_customer(bench, got.case_id, "约 800 元")
    declined = referring.customer_declined(depot, got.case_id, "张工")
    assert declined.ruling.number == 9
    handover.hand_over(bench, Offering(Direction.REFERRED, (got.case_id,), own("technician")), own())
    with depot.read() as tx:
        unit = receiving_rows.unit(tx, got.unit_id)
    assert unit is not None
    assert (unit.place, stage_of(depot, got.case_id)) == (Place.COUNTER, Stage.REFERRED)


def test_an_irreparable_unit_is_referred_with_the_rule_and_its_reason(depot: Depot) -> None:
    product = a_product(depot, warranty=WarrantyTerms(months=24).as_dict())
    got = a_unit_at_repair(depot, product_id=product.id, shipped_on=date(2025, 5, 2))
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    assert refused(referring.refer, bench, got.case_id) == "repair.section-open"
    repair.finish(
        bench, a_finish(got.case_id, result=RepairResult.IRREPARABLE, resolution=Resolution.NOTHING_DONE)
    )
    referred = referring.refer(bench, got.case_id)
    assert referred.ruling.number == 5
    assert "10.4" in say(referred.ruling.own_code, referred.ruling.facts, translator("en"))
    assert refused(undoing.undo, bench, referred.entry_id) == "undo.referred"


def test_a_repaired_unit_is_not_referred_but_goes_to_qa(depot: Depot) -> None:
    got = a_repaired_unit(depot)
    assert refused(referring.refer, as_person(depot, "technician"), got.case_id) == "ruling.needs-qa"


def test_blame_is_settled_later_with_a_log(depot: Depot) -> None:
    got = a_repaired_unit(depot)
    bench = as_person(depot, "technician")
    assert refused(
        repair.amend_responsibility, bench, got.case_id, CauseClass.USER, Responsibility.USER, " "
    ) == "repair.reason-missing"
    repair.amend_responsibility(bench, got.case_id, CauseClass.USER, Responsibility.USER, "进水痕迹")
    order = order_of(depot, got.case_id)
    assert (order.cause_class, order.responsibility) == ("USER", "USER")


def test_only_technicians_work_at_the_bench(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    for login in ("clerk", "inspector", "planner"):
        assert refused(repair.take, as_person(depot, login), got.case_id) == "people.not-allowed"


def test_an_intake_amended_while_the_clock_stands_still_does_not_win_the_days_twice(depot: Depot, clock: Any) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    with depot.read() as tx:
        before = receiving_rows.case(tx, got.case_id)
    referring.pause_for_customer(bench, got.case_id, "约 800 元")
    clock.advance(days=5)
    seen = amending.intake_of(depot, got.case_id)
    amending.amend(depot, got.case_id, seen.seq, replace(seen.intake, contact="李工"))
    referring.customer_consented(depot, got.case_id, "张工")
    with depot.read() as tx:
        after = receiving_rows.case(tx, got.case_id)
    assert before is not None
    assert after is not None
    assert before.due_on is not None
    assert after.due_on == before.due_on + timedelta(days=5)


def test_a_pause_begun_by_mistake_is_taken_back_and_the_clock_ran_on(depot: Depot, clock: Any) -> None:
    got = a_unit_at_repair(depot)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    with depot.read() as tx:
        before = receiving_rows.case(tx, got.case_id)
    paused = referring.pause_for_customer(bench, got.case_id, "约 800 元")
    clock.advance(days=2)
    undoing.undo(bench, paused.entry_id)
    with depot.read() as tx:
        after = receiving_rows.case(tx, got.case_id)
    assert before is not None
    assert after is not None
    assert (after.stage, after.paused_at, after.due_on) == (Stage.IN_REPAIR, None, before.due_on)
    again = referring.pause_for_customer(bench, got.case_id, "约 900 元")
    referring.customer_consented(depot, got.case_id, "张工")
    assert refused(undoing.undo, bench, again.entry_id) == "undo.worked-since"
