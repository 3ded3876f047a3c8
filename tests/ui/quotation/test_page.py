"""Quotations by keyboard and scanner: written, sent, answered, paid."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.masterdata import Part
from app.domain.quotation import ConsentMethod, QuotationState
from app.domain.stages import Stage
from app.services import attachments, filing, parts, quotation_lists, repair, signed_papers
from tests.app.services.test_filing import a_file, paper
from tests.app.services.test_quotation import a_chargeable_case, drafted, sent, stage_of, with_tariff
from tests.builders import as_person
from tests.ui.conftest import Scanner, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.quotation.answering import AnswerDialog, PaymentForm
from ui.quotation.editor import QuoteDialog
from ui.quotation.page import QuotationsPage

D = TypeVar("D", bound=FormDialog)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> QuotationsPage:
    window.open("quotations")
    desk.wait_idle()
    made = window.page()
    assert isinstance(made, QuotationsPage)
    return made


def rest(page: QuotationsPage) -> None:
    """Wait until nothing is under way."""
    for _ in range(6):
        page.desk.wait_idle()
        QApplication.processEvents()


def dialog(page: QuotationsPage, kind: type[D]) -> D:
    rest(page)
    (found,) = [d for d in page.findChildren(kind) if d.isVisible()]
    return found


def close_preview(page: QuotationsPage, window: MainWindow) -> None:
    rest(page)
    for preview in window.findChildren(PreviewDialog):
        preview.reject()
    window.activateWindow()
    page.table.view.setFocus()
    rest(page)


def test_written_with_a_live_total_sent_and_agreed_to_by_phone(
    page: QuotationsPage, window: MainWindow, side: Depot, qtbot: QtBot
) -> None:
    with_tariff(side)
    case_id = a_chargeable_case(side)
    page.reload()
    rest(page)
    assert [row.case_id for row in page.table.rows()] == [case_id]
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    editor = dialog(page, QuoteDialog)
    assert editor.figures.text() == "¥180.00"          # an hour at the tariff of today
    lines = editor.quote_form.lines
    labour = lines.cell(0, "text")
    assert isinstance(labour, QLineEdit)
    assert labour.placeholderText() == "Labour", "a line without words of its own is called after its kind"
    assert {label.text() for label in lines.findChildren(QLabel)} >= {"min", "pcs"}
    for key, text in (("text", "main board"), ("price", "320"), ("old", "1")):
        cell = lines.cell(1, key)
        assert isinstance(cell, QLineEdit)
        qtbot.keyClicks(cell, text)
    assert editor.figures.text() == "¥484.00"          # + 320 + 10 % - 15 %
    assert "肆佰捌拾肆元" in editor.words.text()
    editor.form.submit()
    close_preview(page, window)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return, CONTROL)
    rest(page)
    assert page.choice.value() == "waiting"
    assert stage_of(side, case_id) is Stage.AWAITING_CUSTOMER
    qtbot.keyClick(page.table.view, Qt.Key.Key_F7)
    said = dialog(page, AnswerDialog)
    said.answer_form.method.set_value(ConsentMethod.PHONE)
    said.answer_form.who.set_value("张工")
    said.form.submit()
    rest(page)
    assert stage_of(side, case_id) is Stage.IN_REPAIR
    (version,) = quotation_lists.sheet(side, case_id).versions
    assert (version.quotation.state, version.quotation.consent_name) == (QuotationState.ACCEPTED, "张工")
    window.activateWindow()
    page.table.view.setFocus()
    rest(page)
    assert page.choice.value() == "answered"
    qtbot.keyClick(page.table.view, Qt.Key.Key_F8)
    paying = dialog(page, FormDialog)
    assert isinstance(paying.form, PaymentForm)
    paying.form.submit()
    rest(page)
    assert paying.isVisible()                          # money received has a receipt number
    qtbot.keyClicks(paying.form.receipt.edit, "SJ-0007")
    paying.form.submit()
    rest(page)
    assert quotation_lists.sheet(side, case_id).balance.receipts == ("SJ-0007",)


def test_a_negative_price_is_refused_at_the_line(page: QuotationsPage, side: Depot, qtbot: QtBot) -> None:
    with_tariff(side)
    a_chargeable_case(side)
    page.reload()
    rest(page)
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    editor = dialog(page, QuoteDialog)
    for key, text in (("text", "main board"), ("price", "-5")):
        cell = editor.quote_form.lines.cell(1, key)
        assert isinstance(cell, QLineEdit)
        qtbot.keyClicks(cell, text)
    assert editor.figures.text() == "–"
    editor.form.submit()
    rest(page)
    assert editor.isVisible()
    editor.quote_form.lines.set_value([])
    editor.done_well()


def test_a_scan_finds_the_case_and_a_withdrawn_one_lets_the_clock_run(
    page: QuotationsPage, side: Depot, qtbot: QtBot, scanner: Scanner
) -> None:
    quoted = sent(side)
    page.reload()
    rest(page)
    scanner("H204817736")
    rest(page)
    assert page.choice.value() == "waiting"
    assert page.sheet is not None
    assert page.sheet.case.id == quoted.quotation.case_id
    qtbot.keyClick(page.table.view, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    asked = dialog(page, FormDialog)
    qtbot.keyClicks(asked.form.fields["reason"].editor, "change of plan")
    asked.form.submit()
    rest(page)
    assert stage_of(side, quoted.quotation.case_id) is Stage.IN_REPAIR


def test_a_quotation_whose_verdict_changed_says_so(page: QuotationsPage, side: Depot) -> None:
    with_tariff(side)
    case_id, bench = a_chargeable_case(side), as_person(side, "technician")
    drafted(side, case_id)
    page.reload()
    rest(page)
    assert "The verdict changed" not in text_of(page)
    repair.amend_responsibility(bench, case_id, CauseClass.COMPONENT_QUALITY, Responsibility.MAKER, "拆检后改判")
    page.reload()
    page.open_subject(case_id)
    rest(page)
    said = text_of(page)
    assert "The verdict changed: out of warranty → in warranty (拆检后改判) after this quotation was written." in said


def begin_a_part(page: QuotationsPage, side: Depot, qtbot: QtBot, typed: str) -> tuple[str, QuoteDialog, QLineEdit]:
    """A new quotation in whose second line the beginning of the board's number is typed, until the list is open.
    The case, the dialogue, the cell."""
    with_tariff(side)
    parts.add(as_person(side, "supervisor"), Part("", "PCB-4800", "主板", "Main board", price_fen=32_000))
    case_id = a_chargeable_case(side)
    page.reload()
    rest(page)
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CONTROL)
    editor = dialog(page, QuoteDialog)
    cell = editor.quote_form.lines.cell(1, "text")
    assert isinstance(cell, QLineEdit)
    cell.setFocus()
    qtbot.keyClicks(cell, typed)
    qtbot.waitUntil(cell.completer().popup().isVisible, timeout=60_000)
    return case_id, editor, cell


def test_a_part_is_looked_up_in_the_parts_list(page: QuotationsPage, side: Depot, qtbot: QtBot) -> None:
    case_id, editor, cell = begin_a_part(page, side, qtbot, "pcb-4")
    qtbot.keyClick(cell.completer().popup(), Qt.Key.Key_Down)
    qtbot.keyClick(cell.completer().popup(), Qt.Key.Key_Return)
    rest(page)
    line = editor.quote_form.draft().lines[1]
    assert (line.text, line.part_no, line.price_fen) == ("主板", "PCB-4800", 32_000)
    assert line.part_id is not None
    qtbot.keyClicks(cell, " (rebuilt)")                # other words mean another thing
    assert editor.quote_form.draft().lines[1].part_id is None
    editor.form.submit()
    rest(page)
    assert quotation_lists.sheet(side, case_id).versions[0].lines[1].price_fen == 32_000


def test_a_part_number_typed_in_full_is_taken_by_tab_while_the_list_is_open(
    page: QuotationsPage, side: Depot, qtbot: QtBot
) -> None:
    _case_id, editor, cell = begin_a_part(page, side, qtbot, "pcb-4800")
    qtbot.keyClick(cell.completer().popup(), Qt.Key.Key_Tab)
    rest(page)
    line = editor.quote_form.draft().lines[1]
    assert (line.part_no, line.price_fen) == ("PCB-4800", 32_000)
    editor.form.submit()
    rest(page)


def test_a_yes_on_paper_is_filed_with_the_quotation_when_its_scan_comes(
    page: QuotationsPage, window: MainWindow, side: Depot, qtbot: QtBot, tmp_path: Path
) -> None:
    quoted = sent(side).quotation
    window.activateWindow()
    page.show_list("waiting")
    rest(page)
    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_F7)
    said = dialog(page, AnswerDialog)
    said.answer_form.method.set_value(ConsentMethod.PAPER)
    said.answer_form.who.set_value("Zhang")
    said.form.submit()
    rest(page)
    (version,) = quotation_lists.sheet(side, quoted.case_id).versions
    assert (version.quotation.state, version.quotation.consent) == (QuotationState.ACCEPTED, ConsentMethod.PAPER)
    filing.file_scans(side, [a_file(tmp_path, paper(side, quoted.number))])
    assert [line.row.number for line in signed_papers.filed(side)] == [quoted.number]
    assert quoted.number in {row.caption for row in attachments.of_case(side, quoted.case_id)}
