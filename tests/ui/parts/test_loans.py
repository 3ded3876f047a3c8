"""Loans, places and what is to be ordered: the panes of the parts page, worked by keys and scans."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.loans import LoanFate
from app.domain.masterdata import Part
from app.domain.repair import PartUse
from app.domain.stock import MAIN_STORE, CheckResult, PartGrade, PlaceKind
from app.persistence import stock as rows
from app.services import loans, parts, repair, stock
from tests.builders import a_unit_at_repair
from tests.conftest import PIN, as_person
from tests.ui.conftest import Scanner, sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.main_window import MainWindow
from ui.parts.loan_forms import AccountForm, LendForm
from ui.parts.loans import LoansPane
from ui.parts.ordering import LevelForm, OrderPane
from ui.parts.page import PartsPage
from ui.parts.places import PlaceForm, PlacesPane
from ui.parts.stock_forms import RecheckForm, TransferForm
from ui.repair.page import BenchPage
from ui.repair.part_form import PartForm

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fan(side: Depot) -> Part:
    return parts.add(as_person(side, "supervisor"), Part("", "FAN-60", "风扇", "fan", "个", 1250, 5), 30).part


@pytest.fixture
def page(desk: Desk, window: MainWindow, fan: Part) -> PartsPage:
    sign_in(desk, "supervisor")
    window.open("parts")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, PartsPage)
    return made


def dialog_of(page: PartsPage | BenchPage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def sign(page: PartsPage, window: MainWindow, qtbot: QtBot, login: str) -> None:
    page.desk.wait_idle()
    (dialog,) = [d for d in window.findChildren(SignDialog) if d.isVisible()]
    dialog.login.edit.setText(login)
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyPress(dialog.secret.edit, Qt.Key.Key_Return)
    page.desk.wait_idle()


def pane(page: PartsPage, key: Qt.Key, qtbot: QtBot) -> object:
    qtbot.keyClick(page.table.view, key, CONTROL)
    page.desk.wait_idle()
    return page.shown


def back_in(window: MainWindow, qtbot: QtBot) -> None:
    """What the desktop does when a dialogue has closed; the platform of the tests does not."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def lot(depot: Depot, part: Part, place: str = MAIN_STORE, grade: PartGrade = PartGrade.NEW) -> int:
    with depot.read() as tx:
        return rows.there(tx, part.id, place, grade)


def test_parts_are_lent_signed_twice_and_accounted_for(
    page: PartsPage, window: MainWindow, side: Depot, fan: Part, qtbot: QtBot
) -> None:
    shown = pane(page, Qt.Key.Key_3, qtbot)
    assert isinstance(shown, LoansPane)
    qtbot.keyClick(shown.table.view, Qt.Key.Key_N, CONTROL | SHIFT)
    form = dialog_of(page).form
    assert isinstance(form, LendForm)
    form.items.set_value([{"part_no": "fan-60", "pieces": "5", "place": MAIN_STORE}])
    form.purpose.set_value("郑州现场")
    form.trip.set_value(form.trip.today())
    form.submit()
    sign(page, window, qtbot, "technician")
    sign(page, window, qtbot, "supervisor")
    (row,) = loans.loans(side)
    assert (row.loan.borrower_name, row.loan.approver_name, row.out, lot(side, fan)) == ("李敏", "陈思远", 5, 25)

    current = shown.table.current()
    assert current is not None
    qtbot.keyClick(shown.table.view, Qt.Key.Key_Return, CONTROL)
    account = dialog_of(page).form
    assert isinstance(account, AccountForm)
    account.fate.set_value(LoanFate.UNUSED)
    account.submit()
    page.desk.wait_idle()
    assert (loans.loans(side), lot(side, fan, grade=PartGrade.UNCHECKED)) == ((), 5)
    window.voice.undo_last()
    page.desk.wait_idle()
    assert loans.loans(side)[0].out == 5


def test_who_borrows_does_not_sign_as_supervisor(
    page: PartsPage, window: MainWindow, side: Depot, fan: Part, qtbot: QtBot
) -> None:
    shown = pane(page, Qt.Key.Key_3, qtbot)
    assert isinstance(shown, LoansPane)
    qtbot.keyClick(shown.table.view, Qt.Key.Key_N, CONTROL | SHIFT)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, LendForm)
    form.items.set_value([{"part_no": "FAN-60", "pieces": "5", "place": MAIN_STORE}])
    form.purpose.set_value("郑州现场")
    form.trip.set_value(form.trip.today())
    form.submit()
    sign(page, window, qtbot, "supervisor")
    sign(page, window, qtbot, "supervisor")
    assert dialog.isVisible()
    assert (loans.loans(side), lot(side, fan)) == ((), 30)
    assert form.purpose.value() == "郑州现场"


def test_a_place_is_made_filled_and_what_came_back_is_rechecked(
    page: PartsPage, desk: Desk, window: MainWindow, side: Depot, fan: Part, qtbot: QtBot
) -> None:
    shown = pane(page, Qt.Key.Key_4, qtbot)
    assert isinstance(shown, PlacesPane)
    qtbot.keyClick(shown.table.view, Qt.Key.Key_A, CONTROL | SHIFT)
    made = dialog_of(page).form
    assert isinstance(made, PlaceForm)
    made.name.set_value("一号车")
    made.kind.set_value(PlaceKind.VAN)
    made.submit()
    desk.wait_idle()
    van = stock.places(side)[1]
    back_in(window, qtbot)
    qtbot.keyClick(shown.table.view, Qt.Key.Key_1, CONTROL)
    desk.wait_idle()
    qtbot.keyClick(page.table.view, Qt.Key.Key_F6)
    move = dialog_of(page).form
    assert isinstance(move, TransferForm)
    move.to.set_value(van.id)
    move.quantity.set_value(26)
    move.submit()
    desk.wait_idle()
    assert (lot(side, fan), lot(side, fan, van.id)) == (4, 26)
    back_in(window, qtbot)
    order = pane(page, Qt.Key.Key_2, qtbot)
    assert isinstance(order, OrderPane)
    assert [(line.part.part_no, line.stock) for line in order.table.rows()] == [("FAN-60", 4)]


def test_a_drawer_label_scanned_at_the_bench_fits_the_part(
    desk: Desk, window: MainWindow, side: Depot, fan: Part, scanner: Scanner, qtbot: QtBot
) -> None:
    got = a_unit_at_repair(side)
    technician = as_person(side, "technician")
    repair.take(technician, got.case_id)
    sign_in(desk, "technician")
    window.open("bench", got.case_id)
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, BenchPage)
    scanner("FAN-60")
    form = dialog_of(page).form
    assert isinstance(form, PartForm)
    form.kind.set_value(PartUse.RECYCLE)
    form.submit()
    desk.wait_idle()
    assert lot(side, fan, grade=PartGrade.UNCHECKED) == 1

    sign_in(desk, "inspector")
    window.open("parts")
    desk.wait_idle()
    stock_page = window.page()
    back_in(window, qtbot)
    assert isinstance(stock_page, PartsPage)
    qtbot.keyClick(stock_page.table.view, Qt.Key.Key_F7)
    check = dialog_of(stock_page).form
    assert isinstance(check, RecheckForm)
    check.result.set_value(CheckResult.USABLE)
    check.certificate.set_value("QC-7")
    check.submit()
    desk.wait_idle()
    assert lot(side, fan, grade=PartGrade.USED) == 1


def test_a_level_is_set_for_a_part_that_is_not_low(page: PartsPage, side: Depot, fan: Part, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_L, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, LevelForm)
    form.level.set_value(40)
    form.submit()
    page.desk.wait_idle()
    assert [(line.part.part_no, line.level) for line in stock.to_order(side)] == [("FAN-60", 40)]
