"""Between depots by keyboard: a unit is handed on with two signatures, and one that comes is taken in by its scan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import SYSTEM, Depot
from app.domain.receiving import AccessoryIn, Intake
from app.domain.stages import Stage
from app.domain.sync.protocol import Held
from app.domain.transfers import Carried
from app.persistence import held
from app.persistence import receiving as receiving_rows
from app.persistence.tables import foreign_transfers
from app.services import transfer_arrivals, transfers
from tests.builders import PIN, a_product, a_received_unit
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.sign import SignDialog
from ui.form import Form
from ui.main_window import MainWindow
from ui.receiving.page import ReceivingPage
from ui.transfers.forms import RefuseForm, SendForm, find_waiting
from ui.transfers.page import TransfersPage

CTRL = Qt.KeyboardModifier.ControlModifier
NUMBER, SERIAL = "CD1-H2611-00003", "K7700031"


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def knows(depot: Depot) -> None:
    """As if a night had told of CD1."""
    with depot.as_operator(SYSTEM).write() as tx:
        held.hold(tx, Held(7 << 20, "CD1", 1, "x"), "0008")


def announced(depot: Depot) -> None:
    """As if a night had brought a transfer of CD1."""
    product = a_product(depot, "BE-2100")
    intake = Intake(
        SERIAL, product.id, "cd1-customer", "带载跳闸", lot="L7", contact="龚工", waybill="SF77",
        accessories=(AccessoryIn("电源线", 2),))
    with depot.as_operator(SYSTEM).write() as tx:
        story = Carried(
            intake, "CD1-R2611-00009", "CD1-T2611-00009", 2, tx.at, None, "BE-2100", "电源模块", "Power module",
            "成都地铁运营公司")
        tx.insert(foreign_transfers, {
            "depot_id": "CD1", "id": tx.new_id(), "number": NUMBER, "to_depot": "SH1",
            "case_number": "CD1-R2611-00009", "serial": SERIAL, "product_id": product.id, "reason": "本站无工装",
            "carriage": "COURIER", "carrier": "顺丰速运", "waybill": "SF77", "note": "", "carried": story.as_dict(),
            "sent_at": tx.at, "sent_by_name": "张伟", "deleted_at": None, "origin": 7 << 20, "seq": 1,
        })


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk) -> TransfersPage:
    sign_in(desk, "clerk")
    window.open("transfers")
    window.activateWindow()
    settle(qtbot, desk)
    found = window.page()
    assert isinstance(found, TransfersPage)
    found.table.view.setFocus()
    return found


def form_of(page: TransfersPage, kind: type[Form]) -> FormDialog:
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert isinstance(dialog.form, kind)
    return dialog


def signature(window: MainWindow) -> SignDialog:
    return next(d for d in window.findChildren(SignDialog) if d.isVisible())


def press(
    qtbot: QtBot, page: TransfersPage, window: MainWindow, key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key in the list, after a dialogue was closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, key, modifier)


def close_preview(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    for dialog in window.findChildren(PreviewDialog):
        if dialog.isVisible():
            dialog.close()
    settle(qtbot, desk)


def on_paper(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    dialog = signature(window)
    dialog.name.set_value("刘师傅")
    dialog.way.set_value("paper")
    dialog.form.changed.emit()
    dialog.form.submit()
    settle(qtbot, desk)


def with_the_pin(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    dialog = signature(window)
    dialog.login.edit.setFocus()
    dialog.login.edit.selectAll()
    qtbot.keyClicks(dialog.login.edit, "clerk")
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)


def test_a_unit_is_handed_on_and_taken_back_by_keys(
    qtbot: QtBot, page: TransfersPage, window: MainWindow, desk: Desk, side: Depot
) -> None:
    knows(side)
    got = a_received_unit(side)
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    settle(qtbot, desk)
    dialog = form_of(page, SendForm)
    form = dialog.form
    assert isinstance(form, SendForm)
    assert form.to_depot.value() == "CD1"                       # the only one there is
    (found,) = find_waiting(side, got.serial[-4:])
    form.unit.set_value(found)
    assert form.unit.value() == got.case_id
    qtbot.keyClicks(form.reason.editor, "no rig here")
    assert not dialog.accept_button.isEnabled() or form.problems()
    qtbot.keyClicks(form.carrier.edit, "SF")
    qtbot.keyClicks(form.waybill.edit, "SF1390")
    form.submit()
    settle(qtbot, desk)
    with_the_pin(qtbot, window, desk)
    on_paper(qtbot, window, desk)
    (sent,) = transfers.sent(side)
    assert (sent.serial, sent.to_depot, sent.waybill, sent.reason) == (got.serial, "CD1", "SF1390", "no rig here")
    close_preview(qtbot, window, desk)
    assert page.choice.value() == "sent"
    assert [line.state.value for line in page.table.rows()] == ["UNDER_WAY"]
    page.table.select_key(sent.id)
    press(qtbot, page, window, Qt.Key.Key_F7)
    settle(qtbot, desk)
    with side.read() as tx:
        case = receiving_rows.case(tx, got.case_id)
    assert case is not None
    assert case.stage is Stage.RECEIVED, window.toasts()


def test_before_the_first_night_it_is_said_what_to_do(
    qtbot: QtBot, page: TransfersPage, window: MainWindow, desk: Desk
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    settle(qtbot, desk)
    assert not [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert any("No other depot is known" in text for text in window.toasts())


def test_a_unit_from_another_depot_is_taken_in_by_its_scan(
    qtbot: QtBot, page: TransfersPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    announced(side)
    page.reload()
    settle(qtbot, desk)
    assert [line.number for line in page.table.rows()] == [NUMBER]
    assert page.table.rows()[0].depot == "CD1"
    window.open("receiving")
    settle(qtbot, desk)
    counter = window.page()
    assert isinstance(counter, ReceivingPage)
    scanner(SERIAL)
    settle(qtbot, desk)
    (line,) = counter.counter.crate.lines
    assert (line.intake.transfer, line.intake.symptom, line.intake.lot) == (NUMBER, "带载跳闸", "L7")
    assert counter.counter.head.customer.text() == "成都地铁运营公司"
    assert f"Handed on by CD1 under {NUMBER}" in text_of(counter)
    scanner(NUMBER)                                             # its slip, too: the same line
    settle(qtbot, desk)
    assert len(counter.counter.crate.lines) == 1
    assert not line.problems
    qtbot.keyClick(window, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    on_paper(qtbot, window, desk)
    with_the_pin(qtbot, window, desk)
    assert transfer_arrivals.coming(side) == ()
    (answer,) = transfer_arrivals.answers(side)
    assert (answer.number, answer.answer, answer.from_depot) == (NUMBER, "RECEIVED", "CD1")


def test_a_unit_is_refused_with_words_and_the_refusal_undone(
    qtbot: QtBot, page: TransfersPage, window: MainWindow, desk: Desk, side: Depot
) -> None:
    announced(side)
    page.reload()
    settle(qtbot, desk)
    page.table.select_key(page.table.rows()[0].key)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F8)
    settle(qtbot, desk)
    dialog = form_of(page, RefuseForm)
    assert isinstance(dialog.form, RefuseForm)
    qtbot.keyClicks(dialog.form.reason.editor, "box crushed")
    dialog.form.submit()
    settle(qtbot, desk)
    assert transfer_arrivals.coming(side) == ()
    press(qtbot, page, window, Qt.Key.Key_Z, CTRL)
    settle(qtbot, desk)
    assert [each.number for each in transfer_arrivals.coming(side)] == [NUMBER], window.toasts()
