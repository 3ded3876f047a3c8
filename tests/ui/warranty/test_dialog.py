"""The warranty of a unit by keyboard: why, an extension with its papers, a mistake reversed, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.warranty_entries import StartEvent, VoidReason, WarrantyTerms, WithoutProof
from app.services import repair, warranty_entering
from app.services.receiving import ReceivedUnit
from tests.builders import a_diagnosis, a_finish, a_product, a_received_unit, a_unit_at_repair, as_person
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.form import Form
from ui.lookup.detail import UnitDetail
from ui.main_window import MainWindow
from ui.products.example import examples
from ui.tones import Tone
from ui.warranty.dialog import WarrantyDialog
from ui.warranty.forms import ExtensionForm, ReverseForm, SaleForm, VoidForm

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def unit(side: Depot) -> ReceivedUnit:
    product = a_product(side, warranty=WarrantyTerms(months=24).as_dict())
    return a_received_unit(side, product_id=product.id, shipped_on=date(2026, 5, 2))


@pytest.fixture
def dialog(desk: Desk, window: MainWindow, unit: ReceivedUnit, qtbot: QtBot) -> WarrantyDialog:
    sign_in(desk, "supervisor")
    window.show_unit(unit.unit_id)
    desk.wait_idle()
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    (made,) = window.findChildren(WarrantyDialog)
    desk.wait_idle()
    return made


def form_of(dialog: WarrantyDialog) -> Form:
    dialog.desk.wait_idle()
    (asked,) = [d for d in dialog.findChildren(FormDialog) if d.isVisible()]
    return asked.form


def test_the_detail_says_until_when_and_why(window: MainWindow, desk: Desk, unit: ReceivedUnit) -> None:
    window.show_unit(unit.unit_id)
    desk.wait_idle()
    (detail,) = window.findChildren(UnitDetail)
    assert detail.warranty.notice.text() == "in warranty until 2028-05-02"
    assert detail.warranty.strip.texts() == ["base term  2026-05-02 → 2028-05-02"]
    assert "shipped 2026-05-02 + 24 months = 2028-05-02" in detail.warranty.notice.toolTip()


def test_an_extension_by_keyboard_and_its_reversal(
    dialog: WarrantyDialog, window: MainWindow, side: Depot, unit: ReceivedUnit, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    form = form_of(dialog)
    assert isinstance(form, ExtensionForm)
    qtbot.keyClicks(form.document.edit, "OK-7")
    qtbot.keyClicks(form.months.edit, "6")
    assert form.why is not None
    qtbot.keyClicks(form.why.edit, "weak capacitors in this lot")
    qtbot.keyClick(form.document.edit, Qt.Key.Key_Return, CONTROL)
    dialog.desk.wait_idle()
    assert dialog.verdict.text() == "in warranty until 2028-11-02"
    assert "Entered; warranty until 2028-11-02" in window.toasts()
    assert [line.row.document for line in dialog.table.rows()] == ["OK-7"]
    dialog.table.view.selectRow(0)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert dialog.notice.text() == ""
    back = form_of(dialog)
    assert isinstance(back, ReverseForm)
    qtbot.keyClicks(back.why.edit, "wrong lot")
    qtbot.keyClick(back.why.edit, Qt.Key.Key_Return, CONTROL)
    dialog.desk.wait_idle()
    assert dialog.verdict.text() == "in warranty until 2028-05-02"
    assert warranty_entering.view(side, unit.unit_id).lines[0].reversed_by is not None
    dialog.close()


def test_a_day_before_the_start_is_refused_where_it_stands(
    dialog: WarrantyDialog, side: Depot, unit: ReceivedUnit, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_F8, SHIFT)
    form = form_of(dialog)
    assert isinstance(form, VoidForm)
    form.day.set_value(date(2026, 5, 1))
    form.ground.set_value(VoidReason.ALTERED_PROOF)
    assert form.why is not None
    qtbot.keyClicks(form.why.edit, "invoice overwritten")
    qtbot.keyClick(form.why.edit, Qt.Key.Key_Return, CONTROL)
    dialog.desk.wait_idle()
    assert "before the start of the warranty" in form.day.shown_problem()
    assert warranty_entering.view(side, unit.unit_id).lines == ()
    form.day.set_value(date(2026, 5, 3))
    qtbot.keyClick(form.why.edit, Qt.Key.Key_Return, CONTROL)
    dialog.desk.wait_idle()
    assert dialog.verdict.text() == "warranty void since 2026-05-03"
    dialog.close()


def test_the_counter_enters_a_sale_but_no_void(
    desk: Desk, window: MainWindow, unit: ReceivedUnit, qtbot: QtBot, side: Depot
) -> None:
    window.show_unit(unit.unit_id)
    desk.wait_idle()
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    (dialog,) = window.findChildren(WarrantyDialog)
    desk.wait_idle()
    qtbot.keyClick(dialog, Qt.Key.Key_F7)
    sale = form_of(dialog)
    assert isinstance(sale, SaleForm)
    qtbot.keyClick(sale.day, Qt.Key.Key_Return, CONTROL)
    desk.wait_idle()
    assert [line.row.kind for line in warranty_entering.view(side, unit.unit_id).lines] == ["Started"]
    dialog.close()


def test_the_bench_is_told_that_a_verdict_changed(
    desk: Desk, window: MainWindow, side: Depot, qtbot: QtBot
) -> None:
    del qtbot
    product = a_product(side, "X-1", warranty=WarrantyTerms(months=24).as_dict())
    got = a_unit_at_repair(side, "B7001", product_id=product.id, shipped_on=date(2026, 5, 2))
    bench = as_person(side, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    repair.finish(bench, a_finish(got.case_id))
    repair.amend_responsibility(bench, got.case_id, CauseClass.USER, Responsibility.USER, "water inside")
    sign_in(desk, "technician")
    window.open("bench", got.case_id)
    desk.wait_idle()
    page = window.page()
    page.show_case(got.case_id)  # type: ignore[union-attr]  # it is the bench
    desk.wait_idle()
    told = page.worksheet.changed.text()  # type: ignore[union-attr]
    assert told.startswith("The verdict changed: in warranty → out of warranty (water inside)")


def test_a_fault_that_is_not_covered_is_said_beside_a_term_that_runs(
    desk: Desk, window: MainWindow, side: Depot, qtbot: QtBot
) -> None:
    product = a_product(side, "X-1", warranty=WarrantyTerms(months=24).as_dict())
    got = a_unit_at_repair(side, "B7001", product_id=product.id, shipped_on=date(2026, 5, 2))
    bench = as_person(side, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(
        got.case_id, cause_class=CauseClass.TRANSPORT, responsibility=Responsibility.CARRIER))
    window.show_unit(got.unit_id)
    desk.wait_idle()
    (detail,) = window.findChildren(UnitDetail)
    words = "Within the term until 2028-05-02, but this fault is not covered: transport or surroundings"
    assert (detail.warranty.notice.text(), detail.warranty.notice.property("notice")) == (words, Tone.WARN.value)
    qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    (dialog,) = window.findChildren(WarrantyDialog)
    desk.wait_idle()
    assert dialog.verdict.text() == words
    dialog.close()
    repair.amend_responsibility(bench, got.case_id, CauseClass.DESIGN_PROCESS, Responsibility.MAKER, "found at home")
    window.show_unit(got.unit_id)
    desk.wait_idle()
    assert detail.warranty.notice.text() == "in warranty until 2028-05-02"


def test_the_terms_are_worked_out_for_a_day() -> None:
    terms = WarrantyTerms(12, 6, StartEvent.SALE, day_after=True, without_proof=WithoutProof.EXCLUDED, fallback_days=30)
    assert examples(terms, date(2026, 5, 2)) == [
        ("As usual: sold 2026-05-02; the term starts the day after: 2026-05-03, "
         "then 2026-05-03 + 12 months = 2027-05-03, then labour: 6 months, until 2026-11-03"),
        ("Start unknown: no date is known for: sold, then counted instead from: shipped 2026-05-02, plus 30 days, "
         "then 2026-06-01; the term starts the day after: 2026-06-02, then 2026-06-02 + 12 months = 2027-06-02, "
         "then labour: 6 months, until 2026-12-02"),
        "Without proof: no proof was shown for: sold, then without proof there is no warranty",
    ]
