"""The policy page: a value is set for a day, taken back, rehearsed; who may not set it reads it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.policy_values import PolicyName
from app.services import policies
from tests.builders import a_received_unit
from tests.conftest import FakeClock, as_person
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.main_window import MainWindow
from ui.policy.forms import PolicyForm
from ui.policy.page import PolicyPage
from ui.policy.rehearsal import RehearsalDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


def page_of(window: MainWindow, desk: Desk, login: str) -> PolicyPage:
    sign_in(desk, login)
    window.open("policy")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, PolicyPage)
    desk.wait_idle()
    return page


def dialog_of(page: PolicyPage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def test_the_manager_sets_a_policy_value_for_a_day(
    window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    page = page_of(window, desk, "manager")
    page.table.select_key(PolicyName.TURNAROUND_DAYS)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    form = dialog_of(page).form
    assert isinstance(form, PolicyForm)
    form.typed.set_value(10)
    form.day.set_value(date(2026, 12, 1))
    form.submit()
    desk.wait_idle()
    line = next(p for p in policies.values(side) if p.name is PolicyName.TURNAROUND_DAYS)
    assert (line.value, line.next_value, line.next_from) == ("14", "10", date(2026, 12, 1))
    assert [entry.value for entry in page.history.rows()] == ["10"]
    window.voice.undo_last()
    desk.wait_idle()
    assert [entry.value for entry in policies.history(side, PolicyName.TURNAROUND_DAYS)] == ["14", "10"]


def test_money_is_typed_in_yuan(window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot) -> None:
    page = page_of(window, desk, "manager")
    page.table.select_key(PolicyName.RESTOCK_VALUE)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F4)
    form = dialog_of(page).form
    assert isinstance(form, PolicyForm)
    form.typed.set_value("6000.50")
    form.submit()
    desk.wait_idle()
    line = next(p for p in policies.values(side) if p.name is PolicyName.RESTOCK_VALUE)
    assert line.value == "600050"


def test_a_clerk_reads_policy_only(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = page_of(window, desk, "clerk")
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    desk.wait_idle()
    assert not page.findChildren(FormDialog)
    assert "Only the general manager" in text_of(page)


def test_a_change_of_a_coming_day_is_taken_back(
    window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    policies.set_value(as_person(side, "manager"), PolicyName.TURNAROUND_DAYS, "10", date(2026, 12, 1), "faster")
    page = page_of(window, desk, "manager")
    page.table.select_key(PolicyName.TURNAROUND_DAYS)
    desk.wait_idle()
    page.history.select_key(page.history.rows()[0].id)
    qtbot.keyClick(page.history.view, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = dialog_of(page).form
    form.fields["note"].set_value("typed by mistake")
    form.submit()
    desk.wait_idle()
    assert [(e.value, e.note) for e in policies.history(side, PolicyName.TURNAROUND_DAYS)] == [
        ("14", "typed by mistake"), ("10", "faster")]


def test_a_value_is_rehearsed_before_it_is_set(
    window: MainWindow, desk: Desk, side: Depot, clock: FakeClock, qtbot: QtBot
) -> None:
    got = a_received_unit(side)
    clock.advance(days=6)
    page = page_of(window, desk, "manager")
    page.table.select_key(PolicyName.TURNAROUND_DAYS)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F6)
    form = dialog_of(page).form
    assert isinstance(form, PolicyForm)
    form.typed.set_value(5)
    form.submit()
    desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(RehearsalDialog) if d.isVisible()]
    (row,) = dialog.clocks.rows()
    assert (row.subject.number, row.due_now, row.due_then) == (got.case_number, date(2026, 11, 17), date(2026, 11, 8))
    assert "1 clock would stand differently" in text_of(dialog)
    assert not policies.history(side, PolicyName.TURNAROUND_DAYS)
    dialog._want()
    form = dialog_of(page).form
    assert isinstance(form, PolicyForm)
    assert form.value() == "5"
    form.submit()
    desk.wait_idle()
    assert [entry.value for entry in policies.history(side, PolicyName.TURNAROUND_DAYS)] == ["5"]
