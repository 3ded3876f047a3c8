"""QA, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from app.depot import SYSTEM, Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.handover import Direction
from app.domain.inspection import ItemKind, Reading, TestItem
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod, QaState
from app.domain.people import Role
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import inspection as rows
from app.persistence import receiving as receiving_rows
from app.persistence import repair as repair_rows
from app.services import handover, inspection, people, repair, templates, undoing
from app.services.handover import Offering
from app.services.inspection import Failing, Passing
from tests.builders import (
    PIN,
    a_diagnosis,
    a_finish,
    a_product,
    a_unit_at_repair,
    a_unit_in_qa,
    as_person,
    own,
)

OUTPUT = TestItem("VOUT", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "47.5", "48.5")
NOISE = TestItem("NOISE", "风扇噪声", "Fan noise", ItemKind.CHOICE, choices=("正常", "异响"), good=("正常",))
LABEL = TestItem("LABEL", "铭牌", "Nameplate", ItemKind.TICK, mandatory=False)
PASSWORD = "geheim-2611"
GOOD = (Reading("VOUT", "48.02"), Reading("NOISE", "正常"), Reading("LABEL", "OK"))
BASIC = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)


@pytest.fixture
def unit(depot: Depot) -> Any:
    """A unit in QA whose product has a test template."""
    product = a_product(depot)
    templates.save(as_person(depot, "inspector"), product.id, (OUTPUT, NOISE, LABEL), "", 0)
    return a_unit_in_qa(depot, product_id=product.id)


def passing(case_id: str, readings: tuple[Reading, ...] = GOOD, **values: Any) -> Passing:
    return Passing(**{
        "case_id": case_id, "readings": readings, "inspector": own("inspector"), "how": MarkMethod.AFFIXED, **values,
    })


def refused(call: Any, *args: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args)
    return refusal.value.code


def stage_of(depot: Depot, case_id: str) -> Stage:
    with depot.read() as tx:
        case = receiving_rows.case(tx, case_id)
    assert case is not None
    return case.stage


def back_to_repair(depot: Depot, case_id: str) -> None:
    handover.hand_over(
        as_person(depot, "inspector"), Offering(Direction.BACK_TO_REPAIR, (case_id,), own("inspector")),
        own("technician"),
    )


def repaired_again(depot: Depot, case_id: str) -> None:
    bench = as_person(depot, "technician")
    repair.finish(bench, a_finish(case_id))
    handover.hand_over(bench, Offering(Direction.TO_QA, (case_id,), own("technician")), own("inspector"))


def test_a_passed_unit_is_marked_and_goes_to_after_sales(depot: Depot, unit: Any) -> None:
    qa = as_person(depot, "inspector")
    marked = inspection.pass_and_mark(qa, passing(unit.case_id))
    assert (marked.mark.number, marked.mark.stamp_no) == ("SH1-M2611-00001", "QA06")
    assert stage_of(depot, unit.case_id) is Stage.PASSED
    (row,) = inspection.queue(qa)
    assert row.state is QaState.PASSED
    handover.hand_over(qa, Offering(Direction.PASSED, (unit.case_id,), own("inspector")), own())
    with depot.read() as tx:
        stood = receiving_rows.unit(tx, unit.unit_id)
    assert stood is not None
    assert (stood.place, stage_of(depot, unit.case_id)) == (Place.COUNTER, Stage.PASSED)
    assert inspection.queue(qa) == ()


def test_every_reading_is_kept_with_the_limits_of_the_day(depot: Depot, unit: Any) -> None:
    inspection.pass_and_mark(as_person(depot, "inspector"), passing(unit.case_id))
    templates.save(
        as_person(depot, "inspector"), receiving_product(depot, unit.case_id),
        (TestItem("VOUT", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "40", "41"),), "收紧", 1,
    )
    with depot.read() as tx:
        (run,) = rows.runs(tx, unit.case_id)
    assert [(r.code, r.value, r.lower, r.upper, r.verdict) for r in run.readings] == [
        ("VOUT", "48.02", "47.5", "48.5", "PASSED"), ("NOISE", "正常", None, None, "PASSED"),
        ("LABEL", "OK", None, None, "PASSED"),
    ]
    assert run.template_version == 1


def receiving_product(depot: Depot, case_id: str) -> str:
    with depot.read() as tx:
        case = receiving_rows.case(tx, case_id)
    assert case is not None
    return case.product_id


@pytest.mark.parametrize(
    ("readings", "code"),
    [
        ((Reading("VOUT", "48.6"), Reading("NOISE", "正常")), "inspection.item-failed"),
        ((Reading("VOUT", "48"),), "inspection.reading-missing"),
        ((Reading("VOUT", "4,8"), Reading("NOISE", "正常")), "inspection.not-a-number"),
        ((Reading("VOUT", "48"), Reading("NOISE", "一般")), "inspection.not-a-choice"),
        ((*GOOD, Reading("X", "1")), "inspection.unknown-item"),
    ],
)
def test_a_unit_passes_only_with_every_mandatory_item(
    sqlite_depot: Depot, readings: tuple[Reading, ...], code: str
) -> None:
    product = a_product(sqlite_depot)
    templates.save(as_person(sqlite_depot, "inspector"), product.id, (OUTPUT, NOISE, LABEL), "", 0)
    got = a_unit_in_qa(sqlite_depot, product_id=product.id)
    qa = as_person(sqlite_depot, "inspector")
    assert refused(inspection.pass_and_mark, qa, passing(got.case_id, readings)) == code
    assert stage_of(sqlite_depot, got.case_id) is Stage.IN_QA


def test_a_failed_unit_goes_back_with_the_reason_and_the_run_counts(depot: Depot, unit: Any) -> None:
    qa = as_person(depot, "inspector")
    assert refused(inspection.fail, qa, Failing(unit.case_id, GOOD[:1], " ")) == "inspection.reason-missing"
    failed = inspection.fail(qa, Failing(unit.case_id, (Reading("VOUT", "12"),), "输出电压低"))
    assert (failed.run_no, failed.fails, failed.alert) == (1, 1, False)
    assert stage_of(depot, unit.case_id) is Stage.IN_QA
    assert refused(inspection.pass_and_mark, qa, passing(unit.case_id)) == "inspection.failed-goes-back"
    back_to_repair(depot, unit.case_id)
    assert stage_of(depot, unit.case_id) is Stage.IN_REPAIR
    with depot.read() as tx:
        order = repair_rows.order_of_case(tx, unit.case_id)
        visit = receiving_rows.case(tx, unit.case_id)
    assert order is not None
    assert visit is not None
    assert (order.finished_at, order.result, visit.visit_no) == (None, None, 1)
    repaired_again(depot, unit.case_id)
    sheet = inspection.sheet(qa, unit.case_id)
    assert (sheet.run_no, [run.reason for run in sheet.runs], sheet.row.state) == (2, ["输出电压低"], QaState.WAITING)
    assert refused(
        handover.offer, qa, Offering(Direction.BACK_TO_REPAIR, (unit.case_id,), own("inspector"))
    ) == "handover.not-failed"
    inspection.pass_and_mark(qa, passing(unit.case_id))


def test_the_third_failure_alerts_the_supervisor(depot: Depot, unit: Any) -> None:
    qa = as_person(depot, "inspector")
    for n in (1, 2, 3):
        failed = inspection.fail(qa, Failing(unit.case_id, (), f"第 {n} 次"))
        assert failed.alert is (n == 3)
        if n < 3:
            back_to_repair(depot, unit.case_id)
            repaired_again(depot, unit.case_id)
    assert [(case.serial, case.fails) for case in inspection.often_failed(qa)] == [(unit.serial, 3)]


def test_who_repaired_never_inspects_whatever_the_roles(depot: Depot) -> None:
    admin = as_person(depot, "admin")
    people.add_user(
        admin.as_operator(SYSTEM),
        people.NewUser("both", "全能", PASSWORD, PIN, frozenset({Role.TECHNICIAN, Role.INSPECTOR}), stamp_no="QA99"),
    )
    got = a_unit_at_repair(depot)
    both, bench = as_person(depot, "both"), as_person(depot, "technician")
    repair.take(both, got.case_id)
    repair.diagnose(both, a_diagnosis(got.case_id))
    repair.take(bench, got.case_id, "换人")
    repair.finish(bench, a_finish(got.case_id))
    handover.hand_over(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"))
    sheet = inspection.sheet(both, got.case_id)
    assert sheet.obstacle is not None
    assert sheet.obstacle.code == "people.inspects-own-repair"
    assert refused(inspection.fail, both, Failing(got.case_id, (), "看看")) == "people.inspects-own-repair"
    by_hand = passing(got.case_id, BASIC, inspector=own("both"))
    assert refused(inspection.pass_and_mark, as_person(depot, "inspector"), by_hand) == "people.inspects-own-repair"
    inspection.pass_and_mark(as_person(depot, "inspector"), passing(got.case_id, BASIC))


def test_who_inspected_never_repairs_whatever_the_roles(depot: Depot) -> None:
    people.add_user(
        as_person(depot, "admin").as_operator(SYSTEM),
        people.NewUser("both", "全能", PASSWORD, PIN, frozenset({Role.TECHNICIAN, Role.INSPECTOR}), stamp_no="QA99"),
    )
    got, both = a_unit_in_qa(depot), as_person(depot, "both")
    inspection.fail(both, Failing(got.case_id, (), "输出电压低"))
    back_to_repair(depot, got.case_id)
    assert refused(repair.take, both, got.case_id, "换人") == "people.repairs-own-inspection"
    repaired_again(depot, got.case_id)


def test_a_unit_without_a_fault_found_runs_its_soak(depot: Depot) -> None:
    product = a_product(depot, soak_minutes=120)
    got = a_unit_at_repair(depot, product_id=product.id)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(
        bench, a_diagnosis(got.case_id, cause_class=CauseClass.NFF, responsibility=Responsibility.NOBODY, fault="")
    )
    repair.finish(bench, a_finish(got.case_id, result=RepairResult.NFF, resolution=Resolution.TESTED_ONLY))
    handover.hand_over(bench, Offering(Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"))
    qa = as_person(depot, "inspector")
    assert inspection.sheet(qa, got.case_id).soak_needed == 120
    assert refused(inspection.pass_and_mark, qa, passing(got.case_id, BASIC)) == "inspection.soak-short"
    inspection.pass_and_mark(qa, passing(got.case_id, BASIC, soak_minutes=120))


def test_the_mark_needs_the_inspectors_own_secret(depot: Depot, unit: Any) -> None:
    qa = as_person(depot, "inspector")
    wrong = passing(unit.case_id, inspector=own("inspector", "0000"))
    assert refused(inspection.pass_and_mark, qa, wrong) == "people.wrong-secret"
    clerk = passing(unit.case_id, inspector=own("clerk"))
    assert refused(inspection.pass_and_mark, qa, clerk) == "inspection.not-an-inspector"
    assert stage_of(depot, unit.case_id) is Stage.IN_QA


def test_a_lost_mark_is_replaced_and_nothing_is_erased(depot: Depot, unit: Any) -> None:
    qa = as_person(depot, "inspector")
    first = inspection.pass_and_mark(qa, passing(unit.case_id))
    second = inspection.mark_again(qa, unit.case_id, "标签脱落", own("inspector"), MarkMethod.STAMPED)
    with depot.read() as tx:
        marks = rows.marks(tx, unit.case_id)
        voided = tx.connection.exec_driver_sql(
            f"SELECT void_reason FROM documents WHERE number = '{first.mark.number}'"
        ).scalar()
    assert [mark.number for mark in marks] == [first.mark.number, second.mark.number]
    assert (marks[1].replaces_id, voided) == (marks[0].id, "标签脱落")
    assert refused(undoing.undo, qa, second.entry_id) == "undo.mark"
    assert refused(undoing.undo, qa, first.entry_id) == "undo.inspection"
