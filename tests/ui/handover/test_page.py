"""Handing over by scanner and keyboard, in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.handover import Direction, RefusalReason
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import handover
from tests.builders import PIN, a_customer, a_product, a_released_unit, a_repaired_unit, own
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.handover.page import GIVE, TAKE, HandoverPage
from ui.handover.taking import RefusalForm
from ui.main_window import MainWindow


def opened(window: MainWindow, desk: Desk) -> HandoverPage:
    window.open("handover")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, HandoverPage)
    return page


def dialog_of(window: MainWindow, kind: type) -> SignDialog:
    (found,) = [d for d in window.findChildren(kind) if d.isVisible()]
    return found


def signs(window: MainWindow, desk: Desk, qtbot: QtBot, login: str = "") -> None:
    """Type the PIN into the signature that is asked for."""
    dialog = dialog_of(window, SignDialog)
    if login:
        dialog.login.edit.setText(login)
    dialog.secret.setFocus()
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyPress(dialog.secret.edit, Qt.Key.Key_Return)      # the release would meet a dialogue that is at work
    desk.wait_idle()


def whereabouts(depot: Depot, case_id: str) -> tuple[Stage, Place]:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        assert case is not None
        unit = rows.unit(tx, case.unit_id)
    assert unit is not None
    return case.stage, unit.place


def two_released(side: Depot) -> list[str]:
    customer, product = a_customer(side), a_product(side)
    return [
        a_released_unit(side, serial, customer_id=customer.id, product_id=product.id).case_id
        for serial in ("H204817730", "H204817731")
    ]


def test_the_clerk_scans_units_and_offers_them(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot
) -> None:
    cases = two_released(side)
    page = opened(window, desk)
    assert page.mode.value() == GIVE
    for serial in ("H204817730", "H204817731"):
        scanner(serial)
        desk.wait_idle()
    assert list(page.giving.chosen) == cases
    qtbot.keyClick(page.giving.list.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    signs(window, desk, qtbot)
    assert page.giving.chosen == {}
    (offer,) = handover.open_offers(side)
    assert (offer.units, offer.giver_name) == (2, "何静")
    assert whereabouts(side, cases[0]) == (Stage.RELEASED, Place.ZONE_PENDING)


def test_a_unit_that_may_not_go_is_said_and_not_added(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    a_repaired_unit(side, "H204817739")
    page = opened(window, desk)
    scanner("H204817739")
    desk.wait_idle()
    assert page.giving.chosen == {}
    assert "does not stand at" in text_of(window)


def test_the_technician_accepts_by_scan_and_refuses_with_a_reason(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot, qapp: QApplication
) -> None:
    cases = two_released(side)
    offered = handover.offer(side, handover.Offering(Direction.DISPATCH, tuple(cases), own()))
    sign_in(desk, "technician")
    page = opened(window, desk)
    assert page.mode.value() == TAKE
    scanner("H204817730")
    desk.wait_idle()
    assert page.taking.open_lines() == 1
    assert page.taking.table.current() is not None
    qtbot.keyClick(page.taking.table.view, Qt.Key.Key_F7)
    (dialog,) = [d for d in window.findChildren(FormDialog) if d.isVisible()]
    form = dialog.form
    assert isinstance(form, RefusalForm)
    form.reason.set_value(RefusalReason.TRAVELLER_MISSING)
    form.submit()
    window.window().activateWindow()
    qapp.processEvents()
    assert page.taking.open_lines() == 0
    page.taking.table.view.setFocus()
    qtbot.keyClick(page.taking.table.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    signs(window, desk, qtbot)
    assert whereabouts(side, cases[0]) == (Stage.IN_REPAIR, Place.REPAIR)
    assert whereabouts(side, cases[1]) == (Stage.RELEASED, Place.ZONE_PENDING)
    sheet = handover.sheet(side, offered.handover_id)
    assert [case.reason for case in sheet.cases] == [None, RefusalReason.TRAVELLER_MISSING]


def test_a_stranger_to_the_offer_is_said(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    cases = two_released(side)
    handover.offer(side, handover.Offering(Direction.DISPATCH, tuple(cases), own()))
    sign_in(desk, "technician")
    page = opened(window, desk)
    scanner("H999999999")
    desk.wait_idle()
    assert page.taking.open_lines() == 2
    assert "not on this handover" in text_of(window)


def test_both_sign_at_one_desk(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot
) -> None:
    cases = two_released(side)
    page = opened(window, desk)
    scanner("H204817730")
    desk.wait_idle()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.giving.list.view, Qt.Key.Key_Return, modifiers)
    signs(window, desk, qtbot)
    signs(window, desk, qtbot, "technician")
    assert whereabouts(side, cases[0]) == (Stage.IN_REPAIR, Place.REPAIR)


def test_a_case_from_another_page_turns_the_desk_without_losing_the_list(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    cases = two_released(side)
    repaired = a_repaired_unit(side, "H204817739").case_id
    page = opened(window, desk)
    scanner("H204817731")
    desk.wait_idle()
    window.open("handover", repaired)
    desk.wait_idle()
    assert (page.giving.current(), list(page.giving.chosen)) == (Direction.TO_QA, [repaired])
    assert "can no longer go" not in text_of(window)
    page.giving.direction.set_value(Direction.DISPATCH)
    page.giving._turned()
    desk.wait_idle()
    assert list(page.giving.chosen) == [cases[1]]
    window.open("handover", cases[0])       # the same way: it comes to what is on the list already
    desk.wait_idle()
    assert list(page.giving.chosen) == [cases[1], cases[0]]


def test_what_was_scanned_survives_the_program(
    window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    cases = two_released(side)
    page = opened(window, desk)
    scanner("H204817731")
    desk.wait_idle()
    page.giving._keep()
    desk.wait_idle()
    page.giving.chosen = {}
    page.giving._turned()
    desk.wait_idle()
    assert list(page.giving.chosen) == [cases[1]]


