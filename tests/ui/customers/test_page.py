"""The customers page by keyboard: enter, find, edit, merge, take back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.services import customers
from tests.builders import a_customer
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.customers.forms import CustomerForm, MergeForm
from ui.customers.page import CustomersPage
from ui.dialogs.dialog import FormDialog, Question
from ui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, window: MainWindow, side: Depot) -> CustomersPage:
    a_customer(side, "中车株洲所", code="C1")
    a_customer(side, "单县供电局", code="C2")
    sign_in(desk, "supervisor")
    window.open("customers")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, CustomersPage)
    return made


def shown(page: CustomersPage) -> list[str]:
    page.desk.wait_idle()
    return [line.customer.name for line in page.table.rows()]


def dialog_of(page: CustomersPage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def test_a_new_customer_by_keyboard_and_undo(page: CustomersPage, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, CustomerForm)
    qtbot.keyClicks(form.name.edit, "Nordwind GmbH")
    cell = form.contacts.cell(0, "name")
    assert isinstance(cell, QLineEdit)
    qtbot.keyClicks(cell, "J. Petersen")
    qtbot.keyClick(form.name.edit, Qt.Key.Key_Return, CONTROL)
    assert "Nordwind GmbH" in shown(page)
    assert "Nordwind GmbH entered" in window.toasts()
    window.voice.undo_last()
    assert "Nordwind GmbH" not in shown(page)


def test_what_the_service_refuses_stands_at_its_field(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, CustomerForm)
    form.name.set_value("中车株洲所")
    form.submit()
    page.desk.wait_idle()
    assert "is on record already" in form.name.shown_problem()
    assert dialog.isVisible()
    dialog.done(0)


def test_initials_narrow_the_list(page: CustomersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.line.asked):
        qtbot.keyClicks(page.line, "sx")
    assert shown(page) == ["单县供电局"]
    qtbot.keyClick(page.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shown(page)) == 2)


def test_enter_edits_the_line(page: CustomersPage, side: Depot, qtbot: QtBot) -> None:
    row = next(line for line in page.table.rows() if line.customer.code == "C1")
    page.table.select_key(row.id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    form = dialog_of(page).form
    assert isinstance(form, CustomerForm)
    form.phone.set_value("0731-2849")
    form.submit()
    page.desk.wait_idle()
    assert customers.file(side, row.id).customer.phone == "0731-2849"


def test_a_twin_is_merged_after_a_question(page: CustomersPage, side: Depot, qtbot: QtBot) -> None:
    twin = a_customer(side, "中车株州所", code="C3")
    page.reload()
    shown(page)
    page.table.select_key(twin.id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_M, CONTROL)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, MergeForm)
    form.into.drop_down()
    page.desk.wait_idle()
    target = next(line for line in page.table.rows() if line.customer.code == "C1")
    from ui.form import Option

    form.into.set_value(Option(target.id, target.customer.name))
    form.submit()
    (question,) = dialog.findChildren(Question)
    question.accept()
    assert shown(page) == ["中车株洲所", "单县供电局"]
    assert customers.file(side, twin.id).customer.merged_into == target.id


def test_a_clerk_proposes_but_does_not_edit(page: CustomersPage, desk: Desk) -> None:
    sign_in(desk, "clerk")
    enabled = {act.objectName(): act.isEnabled() for act in page.actions()}
    assert enabled["customers.add"]
    assert not any(enabled[f"customers.{name}"] for name in ("edit", "merge", "switch", "adopt"))
    sign_in(desk, "inspector")
    assert not next(act for act in page.actions() if act.objectName() == "customers.add").isEnabled()
