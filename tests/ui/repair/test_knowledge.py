"""One key takes over what earlier repairs suggest."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.knowledge import Note
from app.services import knowledge
from tests.builders import a_product, a_repaired_unit, a_unit_at_repair, as_person
from tests.ui.conftest import Scanner, text_of
from tests.ui.repair.test_page import order_of, page, press
from ui.background import Desk
from ui.main_window import MainWindow
from ui.repair.page import BenchPage

__all__ = ["page"]


def test_a_suggestion_is_taken_over_by_one_key_and_saved(
    page: BenchPage, window: MainWindow, desk: Desk, side: Depot, scanner: Scanner, qtbot: QtBot,
    qapp: QApplication,
) -> None:
    product = a_product(side)
    a_repaired_unit(side, "OLD-1", product_id=product.id)
    knowledge.save_notes(as_person(side, "technician"), product.id, [Note("无输出", "先量 C12 两端电压")])
    got = a_unit_at_repair(side, "NEW-1", product_id=product.id)
    page.look_again()
    desk.wait_idle()
    scanner(got.serial)
    desk.wait_idle()
    press(page, window, qtbot, qapp, Qt.Key.Key_F6)
    desk.wait_idle()
    said = text_of(window)
    assert "输入电容鼓包" in said
    assert "先量 C12 两端电压" in said
    press(page, window, qtbot, qapp, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert page.worksheet is not None
    form = page.worksheet.form
    assert (form.fault.value(), form.cause.value(), form.responsibility.value()) == (
        "输入电容鼓包", CauseClass.COMPONENT_QUALITY, Responsibility.MAKER)
    press(page, window, qtbot, qapp, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.wait_idle()
    assert order_of(side, got.case_id).fault == "输入电容鼓包"
