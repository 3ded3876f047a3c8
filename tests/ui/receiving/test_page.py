"""The counter in the real window: scans, keys, signatures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.config import PHOTO_FOLDER
from app.config import desk as desk_settings
from app.depot import Depot
from app.domain.handover import RefusalReason
from app.domain.masterdata import Customer, Product
from app.domain.places import Place
from app.domain.register import Selection
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import attachments, register, reporting
from tests.builders import PIN, a_customer, a_product, a_received_unit, an_intake
from tests.ui.conftest import Scanner, text_of
from ui.background import Desk
from ui.dialogs.sign import SignDialog
from ui.form import Option
from ui.main_window import MainWindow
from ui.receiving.page import ReceivingPage


@pytest.fixture
def customer(side: Depot) -> Customer:
    return a_customer(side)


@pytest.fixture
def product(side: Depot) -> Product:
    return a_product(side)


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, desk: Desk, customer: Customer, product: Product
) -> Iterator[ReceivingPage]:
    """The receiving page with nothing in the crate."""
    del customer, product
    window.open("receiving")
    window.activateWindow()
    desk.wait_idle()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=60_000)
    found = window.page()
    assert isinstance(found, ReceivingPage)
    yield found
    desk.wait_idle()


def key(qtbot: QtBot, page: ReceivingPage, which: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(page.window(), which, modifier)


def signed_on_paper(qtbot: QtBot, window: MainWindow, desk: Desk, name: str = "刘师傅") -> None:
    """The giver signs on paper."""
    dialog = dialog_of(window)
    dialog.name.set_value(name)
    dialog.way.set_value("paper")
    dialog.form.changed.emit()
    dialog.form.submit()
    settle(qtbot, desk)


def signed_by(qtbot: QtBot, window: MainWindow, desk: Desk, login: str, pin: str = PIN) -> None:
    """One of ours types name and PIN."""
    dialog = dialog_of(window)
    dialog.login.edit.setFocus()
    dialog.login.edit.selectAll()
    qtbot.keyClicks(dialog.login.edit, login)
    qtbot.keyClicks(dialog.secret.edit, pin)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)


def dialog_of(window: MainWindow) -> SignDialog:
    found = [dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible()]
    assert found, "nobody is asked to sign"
    return found[-1]


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def head(page: ReceivingPage, customer: Customer) -> None:
    page.counter.head.customer.set_value(Option(customer.id, customer.name))


def cases(side: Depot) -> list[str]:
    return [row.serial for row in register.page(side, Selection()) if row.stage is Stage.RECEIVED]


def test_three_scans_and_two_signatures_receive_a_crate(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    head(page, customer)
    for serial in ("H204810001", "H204810002", "H204810003"):
        scanner(serial)
        settle(qtbot, desk)
    counter = page.counter
    assert [line.intake.serial for line in counter.crate.lines] == ["H204810001", "H204810002", "H204810003"]
    counter.select(counter.crate.lines[0])
    counter.form.product.set_value(Option(product.id, product.model))
    counter.form.symptom.setFocus()
    qtbot.keyClicks(counter.form.symptom.edit, "No output")
    key(qtbot, page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert {line.intake.symptom for line in counter.crate.lines} == {"No output"}
    assert counter.crate.open() == []
    key(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk")
    assert cases(side) == ["H204810003", "H204810002", "H204810001"]
    assert counter.crate.lines == []
    assert "3 units received, handover SH1-H2611-00001" in text_of(window)
    window.voice.undo_last()
    settle(qtbot, desk)
    assert cases(side) == []


def test_the_same_code_twice_is_one_line(
    qtbot: QtBot, desk: Desk, page: ReceivingPage, scanner: Scanner
) -> None:
    scanner("H204810001")
    scanner("Ｈ204810001 ")
    settle(qtbot, desk)
    assert len(page.counter.crate.lines) == 1


def test_a_unit_in_the_house_is_said_to_be_and_stops_the_crate(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    got = a_received_unit(side, "H204817736", customer_id=customer.id, product_id=product.id)
    head(page, customer)
    scanner("H204817736")
    settle(qtbot, desk)
    assert f"In the depot already: {got.case_number}" in text_of(page)
    page.counter.form.symptom.set_value("开机无输出")
    page.sign()
    settle(qtbot, desk)
    assert not [dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible()]


def test_a_reported_unit_brings_its_report(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    told = reporting.report(
        side, an_intake(side, "H55501", contact="张工", customer_id=customer.id, product_id=product.id))
    scanner("H55501")
    settle(qtbot, desk)
    (line,) = page.counter.crate.lines
    assert (line.intake.symptom, line.intake.case_id, page.counter.head.contact.value()) == (
        "开机无输出", told.case_id, "张工")
    assert page.counter.head.customer.value() == customer.id
    page.sign()
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk")
    with side.read() as tx:
        case = rows.case(tx, told.case_id)
    assert case is not None
    assert case.stage is Stage.RECEIVED


def test_a_refused_line_stays_with_the_giver(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    head(page, customer)
    for serial in ("H10001", "H10002"):
        scanner(serial)
        settle(qtbot, desk)
    counter = page.counter
    for line in counter.crate.lines:
        counter.select(line)
        counter.form.product.set_value(Option(product.id, product.model))
        counter.form.symptom.set_value("坏")
    key(qtbot, page, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    assert counter.form.refusal.editor.hasFocus()
    counter.form.refusal.set_value(RefusalReason.DAMAGED)
    settle(qtbot, desk)
    page.sign()
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk")
    standing = {row.serial: (row.stage, row.place) for row in register.page(side, Selection())}
    assert standing == {
        "H10001": (Stage.RECEIVED, Place.ZONE_PENDING), "H10002": (Stage.REPORTED, Place.FIELD)}


def test_a_unit_found_at_repair_is_booked_with_three_signatures(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    page.mode.set_value("late")
    page._show_mode()
    head(page, customer)
    scanner("H60001")
    settle(qtbot, desk)
    page.counter.form.product.set_value(Option(product.id, product.model))
    page.counter.form.symptom.set_value("坏")
    page.sign()
    assert "breach log" in page.counter.head.note.shown_problem()
    page.counter.head.note.set_value("客户直接送到维修部")
    page.sign()
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk")
    signed_by(qtbot, window, desk, "technician")
    (row,) = register.page(side, Selection())
    assert (row.stage, row.place, row.found_at_repair) == (Stage.IN_REPAIR, Place.REPAIR, True)


def test_a_begun_crate_is_back_after_the_program_was_killed(
    qtbot: QtBot, desk: Desk, page: ReceivingPage, scanner: Scanner, customer: Customer
) -> None:
    head(page, customer)
    scanner("H70001")
    settle(qtbot, desk)
    page.counter.form.symptom.set_value("风扇不转")
    page._draft.save()
    settle(qtbot, desk)
    again = ReceivingPage(desk, page.frame, page.spec)
    qtbot.addWidget(again)
    settle(qtbot, desk)
    (line,) = again.counter.crate.lines
    assert (line.intake.serial, line.intake.symptom) == ("H70001", "风扇不转")
    assert again.counter.head.customer.value() == customer.id


def test_serials_are_pasted_as_lines(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage
) -> None:
    from ui.dialogs.dialog import FormDialog
    from ui.receiving.pasting import PasteForm

    key(qtbot, page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = window.findChildren(FormDialog)
    form = dialog.form
    assert isinstance(form, PasteForm)
    form.lines.set_value("A100\nA101\nA100\n")
    form.submit()
    settle(qtbot, desk)
    assert [line.intake.serial for line in page.counter.crate.lines] == ["A100", "A101"]


def test_photos_of_the_watched_folder_go_to_the_unit(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product, tmp_path: Path,
) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    desk_settings()[PHOTO_FOLDER] = str(folder)
    page.photos.watch()
    head(page, customer)
    scanner("H80001")
    settle(qtbot, desk)
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkBlue)
    with qtbot.waitSignal(page.photos.arrived, timeout=60_000):
        assert picture.save(str(folder / "nameplate.jpg"))
    page.counter.form.product.set_value(Option(product.id, product.model))
    page.counter.form.symptom.set_value("坏")
    page.sign()
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk")
    (row,) = register.page(side, Selection())
    (filed,) = attachments.of_case(side, row.case_id)
    assert filed.filename == "nameplate.jpg"


def test_what_cannot_be_read_stops_the_crate_and_stays(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    head(page, customer)
    for serial in ("H90001", "H90002"):
        scanner(serial)
        settle(qtbot, desk)
        page.counter.form.product.set_value(Option(product.id, product.model))
        page.counter.form.symptom.set_value("坏")
    first, second = page.counter.crate.lines
    page.counter.select(first)
    page.counter.form.fault_on.editor.setFocus()
    qtbot.keyClicks(page.counter.form.fault_on.editor, "3 weeks ago")
    page.counter.select(second)
    page.counter.form.refusal.set_value(RefusalReason.OTHER)
    assert [problem.field for line in (first, second) for problem in line.problems] == ["fault_on", "refusal_text"]
    page.counter.judge_all()
    page.sign()
    assert not [dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible()]
    assert page.counter.current is first
    assert '"3 weeks ago" is not a date' in page.counter.form.fault_on.shown_problem()
    assert cases(side) == []


def test_a_wrong_pin_keeps_the_crate(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: ReceivingPage, side: Depot, scanner: Scanner,
    customer: Customer, product: Product,
) -> None:
    head(page, customer)
    scanner("H90001")
    settle(qtbot, desk)
    page.counter.form.product.set_value(Option(product.id, product.model))
    page.counter.form.symptom.set_value("坏")
    page.sign()
    signed_on_paper(qtbot, window, desk)
    signed_by(qtbot, window, desk, "clerk", "0000")
    dialog_of(window).reject()
    assert cases(side) == []
    assert len(page.counter.crate.lines) == 1
