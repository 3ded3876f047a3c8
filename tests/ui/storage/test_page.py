"""The zones in the real window: board, shelves by scanner, ledger, stock-take by scanner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.places import Place
from app.domain.stocktaking import Finding, StocktakeState
from app.domain.storage import ShelfDraft, Show, Wanted
from app.services import stocktaking, storage
from tests.builders import PIN, a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.main_window import MainWindow
from ui.storage.page import COUNT, LEDGER, SHELVES, ZonesPage

SERIALS = ("H204817730", "H204817731", "H204817732")


@pytest.fixture
def units(side: Depot, clock: FakeClock) -> list[str]:
    """Three units in zone 1, a day apart, and two shelves."""
    customer, product = a_customer(side), a_product(side)
    supervisor = as_person(side, "supervisor")
    for code, capacity in (("A-01", 1), ("A-02", 0)):
        storage.add_shelf(supervisor, ShelfDraft(Place.ZONE_PENDING, code, capacity))
    found = []
    for serial in SERIALS:
        found.append(a_received_unit(side, serial, customer_id=customer.id, product_id=product.id).unit_id)
        clock.advance(days=1)
    return found


@pytest.fixture
def page(window: MainWindow, desk: Desk, units: list[str]) -> ZonesPage:
    window.open("zones")
    desk.wait_idle()
    found = window.page()
    assert isinstance(found, ZonesPage)
    return found


def shelf_of(side: Depot, serial: str) -> str | None:
    return next(u.shelf_code for u in storage.zone_units(side, Wanted(Place.ZONE_PENDING)) if u.serial == serial)


def dialog_of(window: MainWindow, kind: type) -> FormDialog:
    (found,) = [d for d in window.findChildren(kind) if d.isVisible()]
    assert isinstance(found, FormDialog | SignDialog)
    return found  # type: ignore[return-value]  # the test knows which


def test_the_board_shows_the_zone_and_narrows(
    page: ZonesPage, desk: Desk, side: Depot, clock: FakeClock, qtbot: QtBot
) -> None:
    pending = page.board.columns[Place.ZONE_PENDING]
    assert pending.count.text() == "3 / 1"
    assert [u.serial for u in pending.model.rows()] == list(SERIALS)
    assert len(page.board.table.rows()) == 3
    clock.advance(days=13)
    page.look_again()
    desk.wait_idle()
    qtbot.keyClick(page.board.show_only, Qt.Key.Key_Left)
    page.open_subject("overdue")
    desk.wait_idle()
    assert page.board.show_only.value() is Show.OVERDUE
    assert [u.serial for u in page.board.table.rows()] == list(SERIALS[:2])
    assert "2" in page.board.zone_note.text()


def test_the_arrow_keys_walk_the_cards_and_enter_opens_the_unit(
    page: ZonesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    cards = page.board.columns[Place.ZONE_PENDING].list
    cards.setFocus()
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    marked = page.board.columns[Place.ZONE_PENDING].current()
    assert marked is not None
    assert page.board.table.current() == marked
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    desk.wait_idle()
    assert marked.serial in text_of(window)


def test_a_unit_is_put_on_a_shelf_by_keys_and_the_move_is_undone(
    page: ZonesPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot, qapp: QApplication
) -> None:
    page.board.table.select_key(page.board.table.rows()[0].unit_id)
    page.board.table.view.setFocus()
    qtbot.keyClick(page.board.table.view, Qt.Key.Key_F6)
    desk.wait_idle()
    dialog = dialog_of(window, FormDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.shelving.shelf.set_value(storage.shelf_with_code(side, Place.ZONE_PENDING, "A-01").id)  # type: ignore[attr-defined, union-attr]
    qtbot.keyClick(dialog.shelving.reason.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    desk.wait_idle()
    assert shelf_of(side, SERIALS[0]) == "A-01"
    assert "A-01" in text_of(window)
    window.activateWindow()        # as the desktop does when a dialogue has closed
    qtbot.waitUntil(window.isActiveWindow)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert shelf_of(side, SERIALS[0]) is None


def test_scan_a_shelf_then_what_is_put_on_it(
    page: ZonesPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    page.show_view(SHELVES)
    desk.wait_idle()
    for code in ("A-01", SERIALS[0], SERIALS[1], "A-02", SERIALS[2]):
        scanner(code)
        desk.wait_idle()
    assert [shelf_of(side, serial) for serial in SERIALS] == ["A-01", "A-01", "A-02"]
    assert page.shelves.shelf is not None
    assert page.shelves.shelf.code == "A-02"
    assert [u.serial for u in page.shelves.table.rows()] == [SERIALS[2]]
    scanner("NOBODY-KNOWS")
    desk.wait_idle()
    assert "NOBODY-KNOWS" in text_of(window)


def test_a_supervisor_sets_up_a_shelf(
    page: ZonesPage, window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    sign_in(desk, "supervisor")
    page.show_view(SHELVES)
    desk.wait_idle()
    page.shelves.map.setFocus()
    qtbot.keyClick(page.shelves.map, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, FormDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClicks(dialog.form.fields["code"].editor, "A-03")
    qtbot.keyClicks(dialog.form.fields["provides"].editor, "ESD, DRY")
    qtbot.keyPress(dialog.form.fields["provides"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    made = storage.shelf_with_code(side, Place.ZONE_PENDING, "A-03")
    assert made is not None
    assert made.provides == "ESD,DRY"


def test_the_ledger_of_a_period_and_of_a_past_day(page: ZonesPage, desk: Desk, clock: FakeClock) -> None:
    page.show_view(LEDGER)
    desk.wait_idle()
    tab = page.ledger
    assert [line.serial for line in tab.lines.rows()] == list(SERIALS)
    assert tab.head is not None
    assert (tab.head.opening, tab.head.came, tab.head.closing) == (0, 3, 3)
    tab.mode.set_value("as-of")
    tab._mode_chosen()
    tab.day.set_value(clock.now.date() - timedelta(days=2))
    tab.reload()
    desk.wait_idle()
    assert [row.serial for row in tab.stood.rows()] == list(SERIALS[:2])
    tab.mode.set_value("period")
    tab._mode_chosen()
    tab.start.set_value(clock.now.date())
    tab.end.set_value(clock.now.date() - timedelta(days=1))
    tab.reload()
    desk.wait_idle()
    assert "later last day" in tab.end.shown_problem()


def test_a_stock_take_by_scanner_to_the_signature(
    page: ZonesPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot
) -> None:
    storage.put_on_shelf(
        side, [u.unit_id for u in storage.zone_units(side, Wanted(Place.ZONE_PENDING))][:1],
        storage.shelf_with_code(side, Place.ZONE_PENDING, "A-01").id,  # type: ignore[union-attr]
    )
    page.show_view(COUNT)
    desk.wait_idle()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    desk.wait_idle()
    for code in ("A-01", SERIALS[0], "A-02", SERIALS[1], "UNKNOWN-1"):
        scanner(code)
        desk.wait_idle()
    sheet = page.count.sheet
    assert sheet is not None
    assert {f: n for f, n in sheet.tally.items() if n} == {
        Finding.FOUND: 1, Finding.MISPLACED: 1, Finding.UNKNOWN: 1, Finding.MISSING: 1,
    }
    assert page.count.lines.rows()[0].finding is Finding.UNKNOWN
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, FormDialog)
    dialog.form.submit()
    assert not dialog.form.is_good()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.fields["note"].editor.setFocus()
    qtbot.keyClicks(dialog.form.fields["note"].editor, "looked twice")
    qtbot.keyPress(dialog.form.fields["note"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    signing = dialog_of(window, SignDialog)
    qtbot.keyClicks(signing.secret.edit, PIN)  # type: ignore[attr-defined]
    qtbot.keyPress(signing.secret.edit, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    desk.wait_idle()
    (kept,) = stocktaking.stocktakes(side)
    assert (kept.state, kept.note) == (StocktakeState.FINISHED, "looked twice")
    assert shelf_of(side, SERIALS[1]) == "A-02"
    assert page.count.pages.currentIndex() == 0


def test_a_scan_of_the_count_is_taken_back(
    page: ZonesPage, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot
) -> None:
    page.show_view(COUNT)
    desk.wait_idle()
    page.count.start()
    desk.wait_idle()
    scanner(SERIALS[0])
    desk.wait_idle()
    found = next(line for line in page.count.lines.rows() if line.finding is Finding.FOUND)
    page.count.lines.select_key(found.count_id)
    qtbot.keyClick(page.count.lines.view, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert page.count.sheet is not None
    assert page.count.sheet.tally[Finding.FOUND] == 0


def test_every_view_prints_its_paper(page: ZonesPage, desk: Desk, side: Depot) -> None:
    for view, form in (("board", "F20"), (SHELVES, "F20"), (LEDGER, "F20")):
        page.show_view(view)
        desk.wait_idle()
        job = page.print_job()
        assert job is not None
        assert job.form == form
        assert job.make(side).pdf.startswith(b"%PDF")
    page.show_view(COUNT)
    desk.wait_idle()
    assert page.print_job() is None
    page.count.start()
    desk.wait_idle()
    job = page.print_job()
    assert job is not None
    assert job.make(side).pdf.startswith(b"%PDF")
