"""A quality alarm with the other units of its lot: raised, answered, closed, and each step taken back."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.alarms import AlarmOrigin, AlarmState, Answer, Raising, Severity
from app.domain.chase import NextAct, Reach, Wanted
from app.domain.codes import CauseClass
from app.domain.slips import FormId
from app.errors import Refused
from app.messages import sentence
from app.services import alarms, chase, importing, slips, undoing
from tests.builders import a_product, a_received_unit, as_person
from tests.conftest import FakeClock

ANSWER = Answer("电容漏电流超差", CauseClass.COMPONENT_QUALITY, "该批全部更换 C12")


def raised(depot: Depot, serial: str = "A1", **values: str) -> alarms.Alarmed:
    product = a_product(depot)
    got = a_received_unit(depot, serial, product_id=product.id, lot="2026-03")
    a_received_unit(depot, "A2", product_id=product.id, lot="2026-03")
    a_received_unit(depot, "B1", product_id=product.id, lot="2026-04")
    return alarms.raise_alarm(as_person(depot, "inspector"), Raising(
        AlarmOrigin.INSPECTOR, Severity.MAJOR, "输入电容鼓包", "同一供方", got.case_id, **values))


def test_an_alarm_names_the_other_units_of_its_lot_and_is_chased_until_it_is_answered(
    depot: Depot, clock: FakeClock
) -> None:
    done = raised(depot)
    assert done.number == "SH1-V2611-00001"
    found = alarms.alarm(depot, done.alarm_id)
    assert (found.lot, found.serial, found.state) == ("2026-03", "A1", AlarmState.RAISED)
    assert [(unit.serial, unit.returns) for unit in found.others] == [("A2", 1)]
    assert [unit.serial for unit in alarms.same_lot(depot, done.alarm_id)] == ["A2"]
    assert found.answer_due_on is not None
    assert (found.answer_due_on - depot.today()).days == 3
    clock.advance(days=5)
    late = [row for row in chase.chase(depot, Wanted(Reach.OVERDUE)).rows if row.subject.act is NextAct.ANSWER_ALARM]
    assert [row.subject.number for row in late] == [done.number]
    alarms.answer(as_person(depot, "engineer"), done.alarm_id, ANSWER)
    running = chase.chase(depot, Wanted(Reach.RUNNING)).rows
    assert not [row for row in running if row.subject.act is NextAct.ANSWER_ALARM]
    assert [alarm.number for alarm in alarms.listed(depot, open_only=True)] == [done.number]
    alarms.close(as_person(depot, "inspector"), done.alarm_id, "无再发")
    assert alarms.listed(depot, open_only=True) == ()
    (closed,) = alarms.listed(depot)
    assert (closed.state, closed.action, closed.result) == (AlarmState.CLOSED, "该批全部更换 C12", "无再发")


def test_each_step_is_taken_back_from_the_last(depot: Depot) -> None:
    engineer, inspector = as_person(depot, "engineer"), as_person(depot, "inspector")
    done = raised(depot)
    first = importing.content_digest(depot)
    answered = alarms.answer(engineer, done.alarm_id, ANSWER)
    second = importing.content_digest(depot)
    closed = alarms.close(inspector, done.alarm_id, "无再发")
    with pytest.raises(Refused, match=r"alarms\.went-on"):
        undoing.undo(engineer, answered.entry_id)
    undoing.undo(inspector, closed.entry_id)
    assert importing.content_digest(depot) == second
    undoing.undo(engineer, answered.entry_id)
    assert importing.content_digest(depot) == first
    undoing.undo(inspector, done.entry_id)
    assert alarms.listed(depot) == ()
    assert alarms.alarm(depot, done.alarm_id).state is AlarmState.VOID, "the number stays visible"


def test_customer_information_needs_no_unit_but_a_product(depot: Depot) -> None:
    product = a_product(depot)
    done = alarms.raise_alarm(depot, Raising(
        AlarmOrigin.CUSTOMER, Severity.CRITICAL, "现场冒烟", product_id=product.id, lot=" L9 "))
    found = alarms.alarm(depot, done.alarm_id)
    assert (found.case_id, found.lot, found.others) == (None, "L9", ())


@pytest.mark.parametrize(("raising", "code"), [
    (Raising(AlarmOrigin.CUSTOMER, None, "x", product_id="p"), "alarms.severity-missing"),
    (Raising(AlarmOrigin.CUSTOMER, Severity.MINOR, " ", product_id="p"), "alarms.symptom-missing"),
    (Raising(AlarmOrigin.CUSTOMER, Severity.MINOR, "x"), "alarms.product-missing"),
    (Raising(AlarmOrigin.CUSTOMER, Severity.MINOR, "x", product_id="p"), "alarms.unknown-product"),
    (Raising(AlarmOrigin.CUSTOMER, Severity.MINOR, "x", case_id="c"), "alarms.unknown-case"),
])
def test_what_is_no_alarm_is_refused_and_writes_nothing(depot: Depot, raising: Raising, code: str) -> None:
    before = importing.content_digest(depot)
    with pytest.raises(Refused) as refused:
        alarms.raise_alarm(depot, raising)
    assert refused.value.code == code
    assert sentence(refused.value)
    assert importing.content_digest(depot) == before


def test_who_answers_and_when(depot: Depot) -> None:
    done = raised(depot)
    engineer, inspector = as_person(depot, "engineer"), as_person(depot, "inspector")
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        alarms.answer(inspector, done.alarm_id, ANSWER)
    with pytest.raises(Refused, match=r"alarms\.cause-missing"):
        alarms.answer(engineer, done.alarm_id, Answer("x", None, "y"))
    with pytest.raises(Refused, match=r"alarms\.not-answered"):
        alarms.close(inspector, done.alarm_id, "x")
    alarms.answer(engineer, done.alarm_id, ANSWER)
    with pytest.raises(Refused, match=r"alarms\.not-open"):
        alarms.answer(engineer, done.alarm_id, ANSWER)
    with pytest.raises(Refused, match=r"alarms\.unknown"):
        alarms.close(inspector, "nothing", "x")


def test_the_paper_says_what_is_known_so_far_and_later_the_feedback(depot: Depot) -> None:
    done = raised(depot)
    assert slips.paper(depot, FormId.QUALITY_ALARM, done.number).pdf.startswith(b"%PDF")
    alarms.answer(as_person(depot, "engineer"), done.alarm_id, ANSWER)
    assert slips.paper(depot, FormId.QUALITY_ALARM, done.number).pdf.startswith(b"%PDF")


def test_dates_are_the_depots(depot: Depot) -> None:
    assert isinstance(alarms.alarm(depot, raised(depot).alarm_id).answer_due_on, date)
