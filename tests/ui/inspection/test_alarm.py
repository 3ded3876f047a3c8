"""An inspector who cannot judge raises the alarm from the test; R&D answers it and QA closes it in the pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.alarms import AlarmState, Severity
from app.domain.codes import CauseClass
from app.services import alarms
from app.services.receiving import ReceivedUnit
from tests.ui.conftest import Scanner, sign_in, text_of
from tests.ui.inspection.test_page import page, unit
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.inspection.page import InspectionPage
from ui.main_window import MainWindow
from ui.quality.alarms import AlarmsPane, AnswerForm, CloseForm, RaiseForm

__all__ = ["page", "unit"]
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(window: MainWindow) -> FormDialog:
    (found,) = [dialog for dialog in window.findChildren(FormDialog) if dialog.isVisible()]
    return found


def test_an_alarm_from_the_test_to_its_end(
    unit: ReceivedUnit, page: InspectionPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner,
    qtbot: QtBot, qapp: QApplication,
) -> None:
    scanner(unit.serial)
    desk.wait_idle()
    window.window().activateWindow()
    page.setFocus()
    qapp.processEvents()
    qtbot.keyClick(page, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = shown(window)
    assert isinstance(dialog.form, RaiseForm)
    dialog.form.severity.set_value(Severity.MAJOR)
    dialog.form.submit()
    desk.wait_idle()
    (alarm,) = alarms.listed(side)
    assert (alarm.serial, alarm.severity, alarm.state) == (unit.serial, Severity.MAJOR, AlarmState.RAISED)

    pane = AlarmsPane(page)
    page.body.addWidget(pane)
    pane.reload()
    desk.wait_idle()
    assert alarm.number in text_of(window)
    sign_in(desk, "engineer")
    pane._answer()
    dialog = shown(window)
    assert isinstance(dialog.form, AnswerForm)
    dialog.form.investigation.set_value("电容漏电流超差")
    dialog.form.cause.set_value(CauseClass.COMPONENT_QUALITY)
    dialog.form.action.set_value("该批全部更换")
    dialog.form.submit()
    desk.wait_idle()
    pane.reload()
    desk.wait_idle()
    sign_in(desk, "inspector")
    pane._close()
    dialog = shown(window)
    assert isinstance(dialog.form, CloseForm)
    dialog.form.result.set_value("无再发")
    dialog.form.submit()
    desk.wait_idle()
    (alarm,) = alarms.listed(side)
    assert (alarm.state, alarm.result) == (AlarmState.CLOSED, "无再发")
