"""The people page: who works here, new secrets, badges, one's own password."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.people import Role
from app.services import people
from tests.conftest import PASSWORD
from tests.ui.conftest import Scanner, sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.main_window import MainWindow
from ui.people.forms import AccountForm, NewUserForm, SecretsForm
from ui.people.page import PeoplePage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> PeoplePage:
    sign_in(desk, "admin")
    window.open("people")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, PeoplePage)
    return made


def dialog_of(page: PeoplePage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def user(depot: Depot, login: str) -> people.UserView:
    return next(u for u in people.users(depot) if u.login == login)


def test_somebody_new_is_entered(page: PeoplePage, side: Depot, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, NewUserForm)
    form.name.set_value("新人")
    qtbot.keyClicks(form.login.edit, "xin")
    qtbot.keyClicks(form.password.edit, "ein-Wort-77")
    qtbot.keyClicks(form.pin.edit, "5093")
    form.roles.boxes[Role.INSPECTOR].click()
    form.submit()
    assert "stamp_no" in {problem.field for problem in form.problems()}
    form.stamp.set_value("QA77")
    form.submit()
    page.desk.wait_idle()
    assert user(side, "xin").roles == {Role.INSPECTOR}
    assert people.sign_in(side, "xin", "ein-Wort-77").name == "新人"


def test_roles_change_and_are_undone(page: PeoplePage, side: Depot, window: MainWindow, qtbot: QtBot) -> None:
    page.table.select_key(user(side, "clerk").id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    form = dialog_of(page).form
    assert isinstance(form, AccountForm)
    form.roles.boxes[Role.SUPERVISOR].click()
    form.submit()
    page.desk.wait_idle()
    assert Role.SUPERVISOR in user(side, "clerk").roles
    window.voice.undo_last()
    page.desk.wait_idle()
    assert user(side, "clerk").roles == {Role.CLERK}


def test_the_last_administrator_is_kept_with_a_sentence(page: PeoplePage, side: Depot, qtbot: QtBot) -> None:
    page.table.select_key(user(side, "admin").id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F4)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, AccountForm)
    form.roles.set_value({Role.CLERK})
    form.submit()
    page.desk.wait_idle()
    assert "last administrator" in form.roles.shown_problem()
    dialog._discard()


def test_new_secrets_for_somebody_who_forgot(page: PeoplePage, side: Depot, qtbot: QtBot) -> None:
    page.table.select_key(user(side, "clerk").id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_R, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, SecretsForm)
    form.password.set_value("ein-Wort-77")
    form.submit()
    page.desk.wait_idle()
    assert people.sign_in(side, "clerk", "ein-Wort-77").login == "clerk"


def test_the_own_password_needs_the_present_one(page: PeoplePage, desk: Desk, side: Depot, qtbot: QtBot) -> None:
    sign_in(desk, "clerk")
    assert not next(a for a in page.actions() if a.objectName() == "people.edit").isEnabled()
    qtbot.keyClick(page.table.view, Qt.Key.Key_P, CONTROL | SHIFT)
    form = dialog_of(page).form
    assert isinstance(form, SecretsForm)
    form.current.set_value("wrong")
    form.password.set_value("ein-Wort-77")
    form.submit()
    desk.wait_idle()
    assert "not the secret" in form.current.shown_problem()
    form.current.set_value(PASSWORD)
    form.submit()
    desk.wait_idle()
    assert people.sign_in(side, "clerk", "ein-Wort-77").login == "clerk"


def test_a_scanned_badge_finds_its_holder(page: PeoplePage, scanner: Scanner) -> None:
    page.table.view.setFocus()
    scanner("CMD:BADGE:BADGE-inspector")
    page.desk.wait_idle()
    current = page.table.current()
    assert current is not None
    assert current.login == "inspector"


def test_roles_hold_at_the_desk_at_once(page: PeoplePage, desk: Desk, qtbot: QtBot) -> None:
    assert desk.operator is not None
    page.table.select_key(desk.operator.id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    form = dialog_of(page).form
    assert isinstance(form, AccountForm)
    form.roles.boxes[Role.CLERK].click()
    form.submit()
    desk.wait_idle()
    assert desk.operator.roles == {Role.ADMIN, Role.CLERK}
