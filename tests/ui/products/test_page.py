"""The products page: data, a rule that is asked about, the test sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.services import knowledge, products, templates
from tests.builders import a_product, a_received_unit
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog, Question
from ui.main_window import MainWindow
from ui.products.forms import ProductForm
from ui.products.notes import NotesForm
from ui.products.page import ProductsPage
from ui.products.sheet import SheetForm

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, window: MainWindow, side: Depot) -> ProductsPage:
    row = a_product(side, "PSU-4800W")
    a_received_unit(side, "X1", product_id=row.id)
    sign_in(desk, "supervisor")
    window.open("products")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, ProductsPage)
    return made


def dialog_of(page: ProductsPage) -> FormDialog:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    return dialog


def test_the_card_says_everything_about_the_product(page: ProductsPage) -> None:
    assert "PSU-4800W" in text_of(page.card)
    page.card.sample.set_value("x 2")
    assert page.card.verdict.text() == "X2"


def test_a_new_product_with_its_terms_and_key_part(page: ProductsPage, side: Depot, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, ProductForm)
    qtbot.keyClicks(form.model.edit, "RTU-20")
    form.name_zh.set_value("远动终端")
    form.months.set_value(36)
    cell = form.key_parts.cell(0, "name_zh")
    assert isinstance(cell, QLineEdit)
    cell.setText("电池")
    form.submit()
    page.desk.wait_idle()
    (made,) = products.find(side, "RTU-20")
    file = products.file(side, made.id)
    assert (file.product.warranty["months"], [part.name_zh for part in file.key_parts]) == (36, ["电池"])


def test_a_rule_is_tried_as_it_is_typed_and_asked_about(page: ProductsPage, side: Depot, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_F4)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, ProductForm)
    form.pattern.set_value("H[0-9]{9}")
    form.sample.set_value("h204817736")
    assert form.verdict.text() == "H204817736"
    form.sample.set_value("123")
    assert "not written like" in form.verdict.text()
    form.submit()
    page.desk.wait_idle()
    (question,) = dialog.findChildren(Question)
    assert "X1" in text_of(question)
    question.accept()
    page.desk.wait_idle()
    (found,) = products.find(side, "PSU")
    assert found.rule.pattern == "H[0-9]{9}"


def test_the_inspector_puts_a_test_sheet_in_force(
    page: ProductsPage, desk: Desk, side: Depot, window: MainWindow, qtbot: QtBot
) -> None:
    sign_in(desk, "inspector")
    qtbot.keyClick(page.table.view, Qt.Key.Key_T, CONTROL)
    form = dialog_of(page).form
    assert isinstance(form, SheetForm)
    values = {"code": "V1", "name_zh": "输出电压", "lower": "53.5", "upper": "５４.5", "unit": "V"}
    for key, value in values.items():
        cell = form.items.cell(0, key)
        assert isinstance(cell, QLineEdit)
        cell.setText(value)
    form.submit()
    desk.wait_idle()
    (row,) = products.find(side, "PSU")
    sheet = templates.active(side, row.id)
    assert sheet is not None
    assert [(item.code, item.lower, item.upper) for item in sheet.items] == [("V1", "53.5", "54.5")]
    window.voice.undo_last()
    desk.wait_idle()
    assert templates.active(side, row.id) is None


def test_crossed_limits_are_named_before_anything_is_sent(page: ProductsPage, desk: Desk, qtbot: QtBot) -> None:
    sign_in(desk, "inspector")
    qtbot.keyClick(page.table.view, Qt.Key.Key_T, CONTROL)
    dialog = dialog_of(page)
    form = dialog.form
    assert isinstance(form, SheetForm)
    form.items.set_value([{"code": "V1", "name_zh": "电压", "kind": "NUMERIC", "lower": "9", "upper": "3",
                           "mandatory": True}])
    form.submit()
    assert [problem.code for problem in form.problems()] == ["inspection.limits-crossed"]
    assert dialog.isVisible()
    dialog._discard()


def test_notes_on_finding_faults_are_typed_and_taken_back(
    page: ProductsPage, side: Depot, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_K, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    form = dialog_of(page).form
    assert isinstance(form, NotesForm)
    for key, text in (("title", "No output"), ("symptom_code", "s30"), ("body", "Measure C12 first")):
        cell = form.notes.cell(0, key)
        assert isinstance(cell, QLineEdit)
        cell.setFocus()
        qtbot.keyClicks(cell, text)
    qtbot.keyClick(form.notes.cell(0, "body"), Qt.Key.Key_Return, CONTROL)
    page.desk.wait_idle()
    (row,) = products.find(side, "PSU")
    (note,) = knowledge.notes(side, row.id)
    assert (note.title, note.symptom_code, note.body) == ("No output", "S30", "Measure C12 first")
    assert not [d for d in page.findChildren(FormDialog) if d.isVisible()]
    window.voice.undo_last()
    page.desk.wait_idle()
    assert knowledge.notes(side, row.id) == ()
