"""A technician's unit from the scan to QA, in the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.repair import PartUse, RepairOrder
from app.persistence import repair as rows
from app.services import handover, repair
from tests.builders import a_diagnosis, a_unit_at_repair, as_person
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.versions import VersionsDialog
from ui.form import Form
from ui.main_window import MainWindow
from ui.repair.forms import ActionForm, FinishForm, ReasonForm
from ui.repair.page import BenchPage
from ui.repair.part_form import PartForm


@pytest.fixture
def page(window: MainWindow, desk: Desk) -> BenchPage:
    """The bench with the technician at the desk."""
    sign_in(desk, "technician")
    window.open("bench")
    desk.wait_idle()
    found = window.page()
    assert isinstance(found, BenchPage)
    return found


def order_of(depot: Depot, case_id: str) -> RepairOrder:
    with depot.read() as tx:
        order = rows.order_of_case(tx, case_id)
    assert order is not None
    return order


def form_of(window: MainWindow, kind: type[Form]) -> Form:
    (found,) = [d.form for d in window.findChildren(FormDialog) if d.isVisible() and isinstance(d.form, kind)]
    return found


def press(page: BenchPage, window: MainWindow, qtbot: QtBot, qapp: QApplication, key: Qt.Key,
          modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key with the page in front."""
    window.window().activateWindow()
    page.setFocus()
    qapp.processEvents()
    qtbot.keyClick(page, key, modifier)


def test_a_unit_goes_from_the_scan_to_qa(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot, qapp: QApplication
) -> None:
    got = a_unit_at_repair(side)
    page.look_again()
    desk.wait_idle()
    scanner(got.serial)
    desk.wait_idle()
    assert page.worksheet is not None
    assert "Nobody has taken this unit yet." in text_of(window)
    press(page, window, qtbot, qapp, Qt.Key.Key_F6)
    desk.wait_idle()
    assert order_of(side, got.case_id).technician_name == "李敏"

    form = page.worksheet.form
    form.symptom.set_value("上电无输出")
    form.fault.set_value("输入电容鼓包")
    form.cause.set_value(CauseClass.COMPONENT_QUALITY)
    assert form.responsibility.value() is Responsibility.MAKER
    press(page, window, qtbot, qapp, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert order_of(side, got.case_id).fault == "输入电容鼓包"

    press(page, window, qtbot, qapp, Qt.Key.Key_F7)
    action = form_of(window, ActionForm)
    assert isinstance(action, ActionForm)
    action.text.set_value("更换 C12、C15")
    action.minutes.set_value(40)
    action.submit()
    desk.wait_idle()

    press(page, window, qtbot, qapp, Qt.Key.Key_F8)
    part = form_of(window, PartForm)
    assert isinstance(part, PartForm)
    part.kind.set_value(PartUse.ADD)
    part.part.edit.setText("电解电容")
    part.quantity.set_value(2)
    part.submit()
    desk.wait_idle()
    qapp.processEvents()
    assert "电解电容" in text_of(window)

    press(page, window, qtbot, qapp, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    finish = form_of(window, FinishForm)
    assert isinstance(finish, FinishForm)
    assert (finish.work.value(), finish.minutes.whole()) == ("更换 C12、C15", 40)
    finish.resolution.set_value(Resolution.PART_REPLACED)
    finish.submit()
    desk.wait_idle()
    assert order_of(side, got.case_id).result == RepairResult.REPAIRED
    press(page, window, qtbot, qapp, Qt.Key.Key_F12)
    desk.wait_idle()
    assert window.here() == "handover"
    giving = window.page().giving  # type: ignore[union-attr]
    assert list(giving.chosen) == [got.case_id]
    assert handover.open_offers(side) == ()


def test_the_last_step_is_undone_with_control_z(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    got = a_unit_at_repair(side)
    page.show_case(got.case_id)
    desk.wait_idle()
    press(page, window, qtbot, qapp, Qt.Key.Key_F6)
    desk.wait_idle()
    press(page, window, qtbot, qapp, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    with side.read() as tx:
        assert rows.order_of_case(tx, got.case_id) is None


def test_an_unfinished_diagnosis_says_what_is_missing_and_writes_nothing(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    got = a_unit_at_repair(side)
    repair.take(as_person(side, "technician"), got.case_id)
    page.show_case(got.case_id)
    desk.wait_idle()
    press(page, window, qtbot, qapp, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert order_of(side, got.case_id).diagnosed_at is None
    assert page.worksheet is not None
    assert page.worksheet.form.symptom.shown_problem() != ""


def test_a_colleagues_unit_is_taken_over_with_the_reason(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    got = a_unit_at_repair(side)
    repair.take(as_person(side, "technician2"), got.case_id)
    page.show_case(got.case_id)
    desk.wait_idle()
    assert page.worksheet is not None
    assert "赵强 works on this unit." in text_of(window)
    assert not page.worksheet.form.symptom.isEnabled()
    press(page, window, qtbot, qapp, Qt.Key.Key_F6)
    reason = form_of(window, ReasonForm)
    assert isinstance(reason, ReasonForm)
    reason.text.set_value("赵强休假")
    reason.submit()
    desk.wait_idle()
    assert order_of(side, got.case_id).technician_name == "李敏"


def test_what_is_typed_is_kept_while_others_work_and_a_changed_row_is_said(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    got = a_unit_at_repair(side)
    bench = as_person(side, "technician")
    repair.take(bench, got.case_id)
    page.show_case(got.case_id)
    desk.wait_idle()
    assert page.worksheet is not None
    page.worksheet.form.symptom.set_value("我看到的现象")
    repair.diagnose(bench, a_diagnosis(got.case_id))
    page.look_again()
    desk.wait_idle()
    form = page.worksheet.form
    assert form.symptom.value() == "我看到的现象"
    form.fault.set_value("故障")
    form.cause.set_value(CauseClass.USER)
    press(page, window, qtbot, qapp, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert "was changed by 李敏" in text_of(window)
    assert form.symptom.value() == "我看到的现象"


def test_a_draft_comes_back_when_the_case_is_opened_again(
    page: BenchPage, desk: Desk, side: Depot
) -> None:
    first, second = a_unit_at_repair(side, "B1"), a_unit_at_repair(side, "B2")
    bench = as_person(side, "technician")
    for unit in (first, second):
        repair.take(bench, unit.case_id)
    page.show_case(first.case_id)
    desk.wait_idle()
    assert page.worksheet is not None
    page.worksheet.form.symptom.set_value("只写了一半")
    page.show_case(second.case_id)
    desk.wait_idle()
    assert page.worksheet.form.symptom.value() == ""
    page.show_case(first.case_id)
    desk.wait_idle()
    assert page.worksheet.form.symptom.value() == "只写了一半"


def test_a_draft_does_not_cover_a_diagnosis_that_was_written_meanwhile(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    got, other = a_unit_at_repair(side, "B1"), a_unit_at_repair(side, "B2")
    bench = as_person(side, "technician")
    for unit in (got, other):
        repair.take(bench, unit.case_id)
    page.show_case(got.case_id)
    desk.wait_idle()
    assert page.worksheet is not None
    page.worksheet.form.symptom.set_value("我写了一半")
    page.show_case(other.case_id)
    desk.wait_idle()
    repair.diagnose(bench, replace(a_diagnosis(got.case_id), fault="电容鼓包"))
    page.show_case(got.case_id)
    desk.wait_idle()
    form = page.worksheet.form
    assert form.symptom.value() != "我写了一半", "what is on record is shown"
    asked = window.findChild(VersionsDialog)
    assert asked is not None
    assert {one.label: (one.yours, one.mine) for one in asked.found}["Confirmed symptom"] == ("我写了一半", None)
    assert "was changed by 李敏" in text_of(window)
    asked.choices["confirmed_symptom"].button(1).click()
    asked.go_on.click()
    desk.wait_idle()
    assert form.symptom.value() == "我写了一半"
    assert form.fault.value() == "电容鼓包", "theirs stands where only they wrote"
    press(page, window, qtbot, qapp, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert order_of(side, got.case_id).confirmed_symptom == "我写了一半"
    assert order_of(side, got.case_id).fault == "电容鼓包"


def test_the_queue_shows_mine_and_what_nobody_took(page: BenchPage, desk: Desk, side: Depot) -> None:
    first, second = a_unit_at_repair(side, "B1"), a_unit_at_repair(side, "B2")
    repair.take(as_person(side, "technician"), first.case_id)
    page.look_again()
    desk.wait_idle()
    assert [row.case_id for row in page.queue.rows()] == [first.case_id]
    page.scope.set_value(list(page.scope._values)[1])
    page.reload()
    desk.wait_idle()
    assert [row.case_id for row in page.queue.rows()] == [second.case_id]
