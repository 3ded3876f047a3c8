"""The window as a whole: pages, sayings, undo, the lock, languages, looks."""

from __future__ import annotations

import gc
import weakref
from importlib import import_module

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.changes import Changes
from app.config import LANGUAGE, LAST_USER
from app.config import desk as desk_settings
from app.depot import Depot
from app.errors import Refused, Unavailable
from app.i18n import N_, _
from tests.conftest import PASSWORD, PIN
from tests.ui.conftest import Scanner, sign_in, text_of
from tests.ui.sample_page import PAGES_OF_THE_TEST, SAMPLE, SamplePage
from ui import theme
from ui.background import Desk
from ui.dialogs.crash import CrashDialog
from ui.dialogs.dialog import FormDialog
from ui.dialogs.help import HelpDialog
from ui.form import Form, TextField
from ui.frame.navigation import Count
from ui.main_window import MainWindow
from ui.pages import PAGES, PageSpec
from ui.tones import Tone


@pytest.fixture
def pages() -> tuple[PageSpec, ...]:
    return PAGES_OF_THE_TEST


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> SamplePage:
    window.open(SAMPLE.id)
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, SamplePage)
    return page


# -- pages -------------------------------------------------------------------------------------------------------------


def test_pages_are_loaded_when_opened_and_keep_their_content(
    window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.note.edit, "typed")
    window.open("sample.second", "a subject")
    second = window.page()
    assert isinstance(second, SamplePage)
    assert second.subjects == ["a subject"]
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page() is page
    assert page.note.value() == "typed"


@pytest.mark.parametrize("page_id", ["dispositions", "spares", "quotations", "requests", "chase", "bench", "register"])
def test_a_page_begins_in_its_list(window: MainWindow, desk: Desk, page_id: str) -> None:
    window.open(page_id)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTableView), f"{page_id} begins at {focus}"


def test_alt_and_a_digit_goes_to_a_page(window: MainWindow, page: SamplePage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.note.edit, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.here() == "zones"


def test_the_navigation_works_by_keyboard_and_mouse(window: MainWindow, page: SamplePage, qtbot: QtBot) -> None:
    nav = window.navigation
    nav.list.setFocus()
    qtbot.keyClick(nav.list, Qt.Key.Key_Down)
    assert window.here() == SAMPLE.id, "looking is not going"
    qtbot.keyClick(nav.list, Qt.Key.Key_Return)
    assert window.here() == "sample.second"
    box = nav.list.visualRect(nav.list.model().index(0, 0))
    qtbot.mouseClick(nav.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert window.here() == SAMPLE.id
    del page


def test_a_page_that_is_seen_looks_again_at_once_a_hidden_one_when_it_is_seen(
    desk: Desk, window: MainWindow, page: SamplePage
) -> None:
    first = page.reloads
    desk.changed.emit(Changes.UNITS)
    desk.changed.emit(Changes.PEOPLE)
    assert page.reloads == first + 1
    window.open("sample.second")
    desk.changed.emit(Changes.UNITS)
    desk.changed.emit(Changes.UNITS)
    assert page.reloads == first + 1
    window.open(SAMPLE.id)
    assert page.reloads == first + 2


def test_counts_are_shown_with_their_urgency(window: MainWindow) -> None:
    window.navigation.show_counts({"bench": Count(17), "qa": Count(0, Tone.BAD)})
    assert (window.navigation.count("bench"), window.navigation.count("qa")) == (17, 0)
    lines = window.navigation.list.model()
    row = next(at for at, spec in enumerate(PAGES_OF_THE_TEST) if spec.id == "bench")
    assert lines.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(" 17")
    window.navigation.show_counts({"bench": Count(17, Tone.BAD, 2)})
    assert lines.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(" 17 2 of them overdue")


def test_every_page_of_the_program_can_be_loaded() -> None:
    assert [spec.id for spec in PAGES if not hasattr(import_module(spec.module), spec.name)] == []


# -- saying ------------------------------------------------------------------------------------------------------------


def test_a_step_can_be_taken_back_from_its_toast_and_by_key(
    desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    undone: list[str] = []
    window.toast("Received", undo=lambda depot: undone.append(depot.operator.login))
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert undone == ["clerk"]
    assert _("Undone.") in window.toasts()
    window.voice.undo_last()
    assert undone == ["clerk"], "once"
    window.toast("Received", undo=lambda depot: undone.append(depot.depot_id))
    button = next(b for b in window.findChildren(QPushButton) if b.text() == _("Undo") and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert undone == ["clerk", "SH1"]


def test_control_z_in_a_text_field_is_the_fields_own(window: MainWindow, page: SamplePage, qtbot: QtBot) -> None:
    undone: list[int] = []
    window.toast("Received", undo=lambda _depot: undone.append(1))
    page.note.edit.setFocus()
    qtbot.keyClicks(page.note.edit, "abc")
    qtbot.keyClick(page.note.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    assert page.note.edit.text() != "abc"


def test_only_three_toasts_are_shown(window: MainWindow) -> None:
    for number in range(5):
        window.toast(str(number))
    assert window.toasts() == ["2", "3", "4"]


def test_a_refusal_is_shown_at_the_pages_field_or_as_a_toast(desk: Desk, window: MainWindow, page: SamplePage) -> None:
    def refuse(field: str) -> None:
        def operation(_depot: Depot) -> None:
            raise Refused("form.missing", field=field, label="Serial")

        page.run(operation)
        desk.wait_idle()

    page.serial.edit.setText("H2048")
    refuse("serial")
    assert "Serial is missing" in page.serial.shown_problem()
    assert window.toasts() == []
    refuse("nowhere")
    assert any("Serial is missing" in said for said in window.toasts())


def test_the_world_failing_is_a_banner_that_offers_to_try_again(
    desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    tries: list[int] = []

    def operation(_depot: Depot) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("database.locked")

    page.run(operation)
    desk.wait_idle()
    assert len(window.banners()) == 1
    again = next(b for b in window.findChildren(QPushButton) if b.text() == _("Try again") and b.isVisible())
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    desk.wait_idle()
    assert (len(tries), window.banners()) == (2, [])


def test_a_bug_is_reported_once_with_a_report_to_copy(desk: Desk, window: MainWindow, page: SamplePage) -> None:
    for _try in range(2):
        page.run(lambda _depot: 1 / 0)
        desk.wait_idle()
    crashes = window.findChildren(CrashDialog)
    assert len(crashes) == 1
    crashes[0].copy()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    crashes[0].accept()


# -- the lock ----------------------------------------------------------------------------------------------------------


def _sign_in(window: MainWindow, desk: Desk, qtbot: QtBot, login: str, password: str) -> None:
    lock = window.lock_screen
    lock.login.edit.setText(login)
    lock.password.edit.setFocus()
    qtbot.keyClicks(lock.password.edit, password)
    qtbot.keyClick(lock.password.edit, Qt.Key.Key_Return)
    desk.wait_idle()


def test_the_lock_covers_everything_until_a_password_opens_it(
    desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.note.edit, "typed")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.locked()
    assert desk.operator is None
    qtbot.keyClick(window.lock_screen.password.edit, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.here() == SAMPLE.id, "no key leads past the lock"
    _sign_in(window, desk, qtbot, "clerk", "wrong-password")
    assert window.locked()
    assert window.lock_screen.password.shown_problem() or window.lock_screen.notice.text()
    assert window.lock_screen.password.value() == ""
    _sign_in(window, desk, qtbot, "clerk", PASSWORD)
    assert not window.locked()
    assert desk.operator is not None
    assert desk.operator.login == "clerk"
    assert page.note.value() == "typed"
    assert desk_settings()[LAST_USER] == "clerk"


def test_a_pin_does_not_open_the_desk(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.lock()
    _sign_in(window, desk, qtbot, "clerk", PIN)
    assert window.locked()


def test_a_badge_and_the_pin_open_it(desk: Desk, window: MainWindow, scanner: Scanner, qtbot: QtBot) -> None:
    window.lock()
    scanner("CMD:BADGE:BADGE-inspector")
    desk.wait_idle()
    assert window.lock_screen.login.value() == "inspector"
    qtbot.keyClicks(window.lock_screen.password.edit, PIN)
    qtbot.keyClick(window.lock_screen.password.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert desk.operator is not None
    assert desk.operator.login == "inspector"


def test_scans_do_nothing_while_it_is_locked(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    window.lock()
    scanner("H204817736")
    assert page.scans == []


def test_a_dialogue_is_hidden_by_the_lock_and_back_for_the_same_person_only(
    desk: Desk, window: MainWindow, page: SamplePage, qtbot: QtBot
) -> None:
    form = Form()
    name = form.add(TextField("name", N_("Name")))
    dialog = FormDialog(page, N_("Receiving"), form)
    dialog.open()
    name.edit.setText("half")
    window.lock()
    assert not dialog.isVisible()
    _sign_in(window, desk, qtbot, "clerk", PASSWORD)
    assert dialog.isVisible()
    assert name.value() == "half"
    dialog.done(0)


def test_nobody_undoes_what_another_did(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    undone: list[int] = []
    window.toast("Received", undo=lambda _depot: undone.append(1))
    window.lock()
    _sign_in(window, desk, qtbot, "inspector", PASSWORD)
    window.voice.undo_last()
    desk.wait_idle()
    assert undone == []


def test_after_idling_the_window_locks_itself(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.lock()
    _sign_in(window, desk, qtbot, "clerk", PASSWORD)
    from time import monotonic

    idle = window.guard.idle_watch()
    idle.set_minutes(5)
    idle.look(monotonic() + 299)
    assert not window.locked()
    idle.look(monotonic() + 301)
    assert window.locked()


# -- language and look -------------------------------------------------------------------------------------------------


def test_the_language_is_switched_at_once_and_everywhere(window: MainWindow, page: SamplePage) -> None:
    reloads = page.reloads
    before = text_of(page)
    assert "Serial number" in before
    window.speak("zh_CN")
    after = text_of(page)
    assert i18n.language() == "zh_CN"
    assert "序列号" in after
    assert "Serial number" not in after
    assert page.reloads == reloads + 1
    assert page.table.model.headerData(0, Qt.Orientation.Horizontal) == "序列号"
    assert desk_settings()[LANGUAGE] == "zh_CN"
    assert QApplication.translate("QLineEdit", "&Undo").startswith("撤"), "Qt's own words too"
    window.speak("en")
    assert "Serial number" in text_of(page)


def test_the_look_is_switched_at_once(window: MainWindow) -> None:
    window.wear(theme.Scheme.DARK)
    assert theme.is_dark()
    dark = window.grab().toImage().pixelColor(QPoint(3, 300))
    window.wear(theme.Scheme.LIGHT)
    light = window.grab().toImage().pixelColor(QPoint(3, 300))
    assert dark.lightness() < 60 < 200 < light.lightness()


def test_help_opens_at_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert "F2" in dialog.page.toPlainText()
    dialog.close()


# -- care --------------------------------------------------------------------------------------------------------------


def test_everything_that_can_be_used_has_a_name_to_be_read_aloud(
    desk: Desk, window: MainWindow, page: SamplePage
) -> None:
    window.toast("Received", undo=lambda _depot: None)
    nameless = [
        control
        for control in window.findChildren(QWidget)
        if isinstance(control, QAbstractButton | QLineEdit | QPlainTextEdit)
        and control.isVisible()
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
        and control.objectName() not in {"qt_spinbox_lineedit"}
        and type(control).__name__ != "QLineEditIconButton"
    ]
    assert [
        (type(control).__name__, control.objectName(), type(control.parent()).__name__) for control in nameless
    ] == []
    del desk, page


def test_a_closed_window_is_let_go(desk: Desk, qtbot: QtBot) -> None:
    sign_in(desk, "clerk")
    made = MainWindow(desk, pages=PAGES_OF_THE_TEST, first="")
    made.show()
    made.open(SAMPLE.id)
    desk.wait_idle()
    page = made.page()
    assert page is not None
    gone = weakref.ref(page)
    made.close()
    made.deleteLater()
    with qtbot.waitSignal(made.destroyed):
        pass
    del made, page
    gc.collect()
    assert gone() is None
