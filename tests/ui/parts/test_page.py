"""The parts page: stock in and out, a drawer label that is scanned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.masterdata import Part
from app.services import parts
from tests.conftest import as_person
from tests.ui.conftest import Scanner, sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.main_window import MainWindow
from ui.parts.forms import PartForm
from ui.parts.page import PartsPage
from ui.parts.stock_forms import CorrectForm, ReceiveForm

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, window: MainWindow, side: Depot) -> PartsPage:
    supervisor = as_person(side, "supervisor")
    parts.add(supervisor, Part("", "CAP-470", "电容", "capacitor", "个"), 30)
    parts.add(supervisor, Part("", "FAN-60", "风扇", "fan", "个", 1250, 5), 4)
    sign_in(desk, "supervisor")
    window.open("parts")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, PartsPage)
    return made


def dialog_of(page: PartsPage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def current(page: PartsPage) -> tuple[str, int]:
    page.desk.wait_idle()
    line = page.table.current()
    assert line is not None
    return line.part.part_no, line.stock


def test_pieces_come_in_and_are_taken_back(page: PartsPage, window: MainWindow, qtbot: QtBot) -> None:
    assert current(page) == ("CAP-470", 30)
    qtbot.keyClick(page.table.view, Qt.Key.Key_R, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, ReceiveForm)
    qtbot.keyClicks(form.quantity.edit, "12")
    qtbot.keyClick(form.quantity.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(form.document.edit, "DN-7")
    qtbot.keyClick(form.document.edit, Qt.Key.Key_Return)
    qtbot.keyClick(form.place.edit, Qt.Key.Key_Return)
    assert current(page) == ("CAP-470", 42)
    window.voice.undo_last()
    assert current(page) == ("CAP-470", 30)


def test_a_count_is_corrected_by_what_is_there(page: PartsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = dialog_of(page).form
    assert isinstance(form, CorrectForm)
    form.number.set_value(30)
    form.submit()
    assert [problem.code for problem in form.problems()] == ["part.quantity-missing", "form.missing"]
    form.number.set_value(28)
    form.reason.set_value("counted")
    form.submit()
    assert current(page) == ("CAP-470", 28)


def test_a_drawer_label_goes_to_its_part(page: PartsPage, scanner: Scanner) -> None:
    scanner("FAN-60")
    page.desk.wait_idle()
    assert current(page) == ("FAN-60", 4)


def test_a_new_part_has_its_price_in_fen(page: PartsPage, side: Depot, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, PartForm)
    for field, value in ((form.part_no, "IGBT-1"), (form.name_zh, "模块"), (form.price, "860.5"), (form.stock, "3")):
        field.set_value(value)
    form.submit()
    page.desk.wait_idle()
    (line,) = parts.find(side, "IGBT-1")
    assert (line.part.price_fen, line.stock) == (86050, 3)


def test_what_runs_low_is_filtered(page: PartsPage) -> None:
    page.switched["low"].click()
    page.desk.wait_idle()
    assert [line.part.part_no for line in page.table.rows()] == ["FAN-60"]
