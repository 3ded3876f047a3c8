"""The quality page: a month looked at, the list behind a bar, a month closed and its corrections."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from app.depot import SYSTEM, Depot
from app.domain.alarms import AlarmOrigin, Raising, Severity
from app.domain.slips import FormId
from app.persistence.tables import return_cases
from app.services import alarms, quality
from tests.app.services.test_quality import a_history, a_record
from tests.builders import a_product, own
from tests.conftest import PIN, as_person
from tests.sample_histories import Visit
from tests.ui.conftest import Scanner, sign_in
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.main_window import MainWindow
from ui.quality.dialogs import CloseForm, CorrectionsDialog
from ui.quality.page import QualityPage

CTRL = Qt.KeyboardModifier.ControlModifier


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


@pytest.fixture
def visits(side: Depot) -> list[Visit]:
    made = a_history()
    a_record(side, made)
    return made


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk, visits: list[Visit]) -> QualityPage:
    del visits
    sign_in(desk, "inspector")
    window.open("quality")
    window.activateWindow()
    settle(qtbot, desk)
    found = window.page()
    assert isinstance(found, QualityPage)
    found.show_month("2026-10")
    settle(qtbot, desk)
    return found


def test_a_bar_opens_the_list_behind_it_by_keys(qtbot: QtBot, page: QualityPage, desk: Desk) -> None:
    assert page.tiles["ours"].accessibleDescription().startswith("2")
    assert [line.serial for line in page.table.rows()] == ["Q00001", "Q00007"] or len(page.table.rows()) == 2
    chart = page.charts["groups"]
    chart.setFocus()
    for _ in range(4):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert [line.serial for line in page.table.rows()] == ["Q00002"], "the fourth bar is what users caused"


def test_a_figure_opens_its_list_and_a_trend_month_its_month(qtbot: QtBot, page: QualityPage, desk: Desk) -> None:
    tile = page.tiles["closing"]
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert len(page.table.rows()) == 3
    chart = page.charts["trend"]
    chart.setFocus()
    for _ in range(11):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert page.month == "2026-09"


def test_months_change_by_keys(qtbot: QtBot, page: QualityPage, desk: Desk) -> None:
    qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert page.month == "2026-09"
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert page.month == "2026-10"


def test_the_inspector_closes_a_month_by_keys_and_signs_for_it(
    qtbot: QtBot, page: QualityPage, desk: Desk, side: Depot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F6)
    settle(qtbot, desk)
    (form,) = [d.form for d in page.findChildren(FormDialog) if d.isVisible()]
    assert isinstance(form, CloseForm)
    qtbot.keyClicks(form.analysis.edit, "Capacitors of one maker")
    qtbot.keyClick(form.analysis.edit, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.measures.edit, "Ask the maker, Chen, by 15 November")
    qtbot.keyClick(form.measures.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    sign = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SignDialog) and w.isVisible())
    assert sign.login.value() == "inspector"
    qtbot.keyClicks(sign.secret.edit, "0000")
    qtbot.keyClick(sign.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)
    inspector = as_person(side, "inspector")
    assert quality.month(inspector, "2026-10").closed is None, "a wrong PIN closes nothing"
    qtbot.keyClicks(sign.secret.edit, PIN)
    qtbot.keyClick(sign.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)
    report = quality.month(inspector, "2026-10")
    assert report.closed is not None
    assert report.month.analysis == "Capacitors of one maker"
    assert report.month.actions == "Ask the maker, Chen, by 15 November"
    assert not [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert page.chooser.currentText() == "2026-10 ✓"


def test_alarms_hide_what_belongs_to_a_month(qtbot: QtBot, page: QualityPage, desk: Desk) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2, CTRL)
    settle(qtbot, desk)
    assert not page.month_tools.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_F6)
    settle(qtbot, desk)
    assert not [d for d in page.findChildren(FormDialog) if d.isVisible()], "no month is closed unseen"


def test_the_unit_behind_a_figure_does_not_stand_beside_the_alarms(
    qtbot: QtBot, window: MainWindow, page: QualityPage, desk: Desk
) -> None:
    line = page.table.rows()[0]
    page.table.select_key(line.case_id)
    settle(qtbot, desk)
    assert (window.detail.isVisible(), window.detail.unit_id) == (True, line.unit_id)
    page.show_view("alarms")
    settle(qtbot, desk)
    assert not window.detail.isVisible()
    page.show_view("month")
    settle(qtbot, desk)
    assert window.detail.unit_id == line.unit_id


def test_figures_and_charts_keep_within_a_narrow_window(
    qtbot: QtBot, page: QualityPage, desk: Desk, window: MainWindow
) -> None:
    window.resize(1280, 800)
    window.show_unit(page.table.rows()[0].unit_id)
    settle(qtbot, desk)
    assert window.width() <= 1280
    assert 1 < page.tile_grid.across() < 5
    assert page.tile_grid.width() <= page.area.viewport().width()
    assert page.chart_grid.width() <= page.area.viewport().width()


def test_corrections_of_a_closed_month_are_shown(
    qtbot: QtBot, page: QualityPage, desk: Desk, side: Depot, visits: list[Visit]
) -> None:
    quality.close_month(side, "2026-10", own("inspector"))
    with side.as_operator(SYSTEM).write() as tx:
        tx.change(return_cases, visits[6].id, stage="VOID")
    page.look_again()
    settle(qtbot, desk)
    qtbot.keyClick(page, Qt.Key.Key_F7)
    settle(qtbot, desk)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CorrectionsDialog) and w.isVisible())
    assert [row.serial for row in dialog.cases.rows()] == ["Q00007"]
    dialog.reject()


def test_the_workbook_holds_the_figures(qtbot: QtBot, page: QualityPage, desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "F22.xlsx"
    page.write_workbook(target)
    qtbot.waitUntil(target.exists, timeout=60_000)
    settle(qtbot, desk)
    book = CalamineWorkbook.from_path(str(target))
    assert len(book.sheet_names) == 12
    rows = book.get_sheet_by_index(1).to_python()
    assert [row[1] for row in rows if row[0] == "Component quality" or row[0] == "component quality"] == [1.0]


def test_an_alarm_is_scanned_wherever_one_is_and_saved_as_a_workbook(
    qtbot: QtBot, window: MainWindow, page: QualityPage, desk: Desk, side: Depot, scanner: Scanner, tmp_path: Path
) -> None:
    product = a_product(side, "BE-9")
    made = [
        alarms.raise_alarm(as_person(side, "inspector"), Raising(
            AlarmOrigin.SERIOUS, Severity.CRITICAL, symptom, "外壳发黑", "", product.id, "L7"))
        for symptom in ("冒烟", "异响")
    ]
    window.open("today")
    settle(qtbot, desk)
    window.setFocus()
    scanner(made[0].number)
    settle(qtbot, desk)
    assert window.page() is page
    shown = page.alarms.shown
    assert shown is not None
    assert shown.number == made[0].number
    target = tmp_path / "F23.xlsx"
    page.write_workbook(target, FormId.QUALITY_ALARM)
    qtbot.waitUntil(target.exists, timeout=10_000)
    settle(qtbot, desk)
    cells = {row[0]: row[1] for row in CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()[1:]}
    assert {"冒烟", "外壳发黑", "L7", "BE-9"} <= {str(value).split(" ")[0] for value in cells.values()}


@pytest.mark.parametrize(("form", "sheets"), [(FormId.TEST_SUMMARY, 3), (FormId.SERVICE_SUMMARY, 4)])
def test_the_other_monthly_papers_are_saved_as_workbooks_too(
    qtbot: QtBot, page: QualityPage, desk: Desk, tmp_path: Path, form: FormId, sheets: int
) -> None:
    target = tmp_path / "it.xlsx"
    page.write_workbook(target, form)
    qtbot.waitUntil(target.exists, timeout=10_000)
    settle(qtbot, desk)
    assert len(CalamineWorkbook.from_path(str(target)).sheet_names) == sheets
