"""An inspector's unit from the scan to the stamp, by keyboard, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.inspection import ItemKind, TestItem
from app.domain.stages import Stage
from app.persistence import inspection as rows
from app.persistence import receiving as receiving_rows
from app.services import inspection, templates
from app.services.receiving import ReceivedUnit
from tests.builders import PIN, a_product, a_unit_in_qa, as_person
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.inspection.ceremony import StampDialog
from ui.inspection.page import InspectionPage
from ui.main_window import MainWindow

ITEMS = (
    TestItem("VOUT", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "47.5", "48.5"),
    TestItem("FAN", "风扇噪声", "Fan noise", ItemKind.CHOICE, choices=("正常", "异响"), good=("正常",)),
    TestItem("LABEL", "铭牌", "Nameplate", ItemKind.TICK),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def unit(side: Depot) -> ReceivedUnit:
    """A unit in QA whose product has a test sheet."""
    product = a_product(side)
    templates.save(as_person(side, "inspector"), product.id, ITEMS, "", 0)
    return a_unit_in_qa(side, product_id=product.id)


@pytest.fixture
def page(unit: ReceivedUnit, window: MainWindow, desk: Desk) -> InspectionPage:
    """QA with the inspector at the desk."""
    del unit
    sign_in(desk, "inspector")
    window.open("qa")
    desk.wait_idle()
    found = window.page()
    assert isinstance(found, InspectionPage)
    return found


def stage_of(depot: Depot, case_id: str) -> Stage:
    with depot.read() as tx:
        case = receiving_rows.case(tx, case_id)
    assert case is not None
    return case.stage


def key(qapp: QApplication, qtbot: QtBot, pressed: Qt.Key) -> None:
    """Press a key wherever the focus is."""
    focus = qapp.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, pressed)


def test_a_unit_is_tested_and_stamped_by_keyboard(
    page: InspectionPage, unit: ReceivedUnit, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner,
    qtbot: QtBot, qapp: QApplication,
) -> None:
    scanner(unit.serial)
    desk.wait_idle()
    assert page.sheet is not None
    key(qapp, qtbot, Qt.Key.Key_Return)             # the queue has the focus: into the sheet
    focus = qapp.focusWidget()
    assert focus is page.sheet.rows[0].editor
    assert page.sheet.stamp.is_empty(), "nothing was read yet"
    qtbot.keyClicks(focus, "48.02")
    key(qapp, qtbot, Qt.Key.Key_Return)
    key(qapp, qtbot, Qt.Key.Key_1)
    key(qapp, qtbot, Qt.Key.Key_Return)
    assert page.sheet.stamp.is_empty()
    key(qapp, qtbot, Qt.Key.Key_1)
    assert not page.sheet.stamp.is_empty()
    assert [row.value() for row in page.sheet.rows] == ["48.02", "正常", "OK"]
    key(qapp, qtbot, Qt.Key.Key_Return)             # after the last value the ceremony is due
    (ceremony,) = [d for d in window.findChildren(StampDialog) if d.isVisible()]
    assert not ceremony.stamp.is_given()
    qtbot.keyClicks(ceremony.secret.edit, PIN)
    qtbot.keyPress(ceremony.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert ceremony.stamp.is_given()
    assert stage_of(side, unit.case_id) is Stage.PASSED
    with side.read() as tx:
        (run,) = rows.runs(tx, unit.case_id)
        (mark,) = rows.marks(tx, unit.case_id)
    assert [reading.value for reading in run.readings] == ["48.02", "正常", "OK"]
    assert (mark.stamp_no, mark.how) == ("QA06", "AFFIXED")
    ceremony.close()
    qapp.processEvents()
    assert mark.number in text_of(window)


def test_a_value_out_of_limits_is_coloured_and_said_and_the_unit_does_not_pass(
    page: InspectionPage, unit: ReceivedUnit, desk: Desk
) -> None:
    page.show_case(unit.case_id)
    desk.wait_idle()
    assert page.sheet is not None
    voltage = page.sheet.rows[0]
    for value, words in (("48.5", "pass"), ("48.51", "out of limits"), ("4,8", "not readable"), ("", "no reading")):
        voltage.set_value(value)
        assert voltage.chip.text() == words
        assert voltage.editor.property("invalid") is (words in {"out of limits", "not readable"})
    voltage.set_value("12")
    page.sheet.rows[1].set_value("正常")
    page.sheet.rows[2].set_value("OK")
    assert not page.acts["qa.pass"].isEnabled()
    assert page.acts["qa.fail"].isEnabled()


def test_a_unit_is_failed_with_the_reason(
    page: InspectionPage, unit: ReceivedUnit, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner,
    qapp: QApplication,
) -> None:
    page.show_case(unit.case_id)
    desk.wait_idle()
    assert page.sheet is not None
    page.sheet.rows[0].set_value("12")
    page.setFocus()
    scanner("CMD:VERDICT:FAIL")
    (dialog,) = [d for d in window.findChildren(FormDialog) if d.isVisible()]
    dialog.form.submit()
    assert dialog.isVisible()                       # no reason, no verdict
    dialog.form.fields["reason"].set_value("输出电压低")
    dialog.form.submit()
    desk.wait_idle()
    qapp.processEvents()
    with side.read() as tx:
        (run,) = rows.runs(tx, unit.case_id)
    assert (run.reason, run.verdict, run.readings[0].value) == ("输出电压低", "FAILED", "12")
    assert "It goes back to repair" in text_of(window)
    assert not page.acts["qa.fail"].isVisible()
    assert page.acts["qa.on"].isEnabled()


def test_readings_come_back_when_the_case_is_opened_again(
    page: InspectionPage, unit: ReceivedUnit, desk: Desk, side: Depot
) -> None:
    other = a_unit_in_qa(side, "OTHER1")
    page.show_case(unit.case_id)
    desk.wait_idle()
    assert page.sheet is not None
    page.sheet.rows[0].set_value("48.1")
    page.show_case(other.case_id)
    desk.wait_idle()
    page.show_case(unit.case_id)
    desk.wait_idle()
    assert page.sheet.rows[0].value() == "48.1"


def test_a_wrong_pin_stamps_nothing(
    page: InspectionPage, unit: ReceivedUnit, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    page.show_case(unit.case_id)
    desk.wait_idle()
    assert page.sheet is not None
    for row, value in zip(page.sheet.rows, ("48", "正常", "OK"), strict=True):
        row.set_value(value)
    page.acts["qa.pass"].trigger()
    (ceremony,) = [d for d in window.findChildren(StampDialog) if d.isVisible()]
    qtbot.keyClicks(ceremony.secret.edit, "9999")
    qtbot.keyPress(ceremony.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert not ceremony.stamp.is_given()
    assert ceremony.secret.shown_problem() != ""
    assert stage_of(side, unit.case_id) is Stage.IN_QA
    ceremony.close()


def test_a_product_without_a_sheet_uses_the_basic_one(
    page: InspectionPage, window: MainWindow, desk: Desk, side: Depot
) -> None:
    other = a_unit_in_qa(side, "OTHER1")
    page.show_case(other.case_id)
    desk.wait_idle()
    assert page.sheet is not None
    assert len(page.sheet.rows) == 3
    assert "the basic one is used" in text_of(window)
    assert inspection.sheet(side, other.case_id).template_version == 0
