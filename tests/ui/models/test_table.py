"""Lists: one model, columns as data, short and long."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app import i18n
from app.depot import Depot
from app.errors import Unavailable
from tests.ui.sample_page import COLUMNS, PAGES_OF_THE_TEST, SAMPLE, Row, SamplePage
from ui import words
from ui.background import Desk
from ui.main_window import MainWindow
from ui.models import Rows, Table
from ui.models.export import write_list
from ui.models.rows import PAGE, SORT
from ui.pages import PageSpec

ROWS = [Row(1, "b", 7), Row(2, "a", None), Row(3, "C", 2)]


@pytest.fixture
def table(qtbot: QtBot) -> Table[Row]:
    made = Table(COLUMNS, name="sample", key=lambda row: row.key, many=True)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def _shown(table: Table[Row]) -> list[str]:
    return [row.serial for row in table.rows()]


def test_the_model_keeps_qts_rules() -> None:
    model: Rows[Row] = Rows(COLUMNS, key=lambda row: row.key)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_rows(ROWS)
    model.sort(0)
    model.set_rows([])
    assert isinstance(tester.model(), QAbstractItemModel)


def test_values_are_compared_by_what_they_are_not_by_how_they_read(table: Table[Row]) -> None:
    table.set_rows(ROWS)
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert _shown(table) == ["C", "b", "a"], "2 before 7, nothing last"
    table.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert _shown(table) == ["a", "b", "C"], "without regard to case"
    assert table.model.index(0, 1).data(SORT) is None


def test_the_selected_row_stays_selected_over_a_reload_and_a_sort(table: Table[Row]) -> None:
    table.set_rows(ROWS)
    assert table.select_key(3)
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.current() == Row(3, "C", 2)
    table.set_rows([Row(9, "z", 1), Row(3, "C changed", 2)])
    assert table.current() == Row(3, "C changed", 2)
    gone: list[object] = []
    table.selected.connect(gone.append)
    table.set_rows([Row(9, "z", 1)])
    assert gone[-1] is None


def test_enter_opens_the_row(table: Table[Row], qtbot: QtBot) -> None:
    opened: list[Row] = []
    table.activated.connect(opened.append)
    table.set_rows(ROWS)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened == [ROWS[1]]


def test_marked_rows_are_copied_as_lines_with_tabs(table: Table[Row], qtbot: QtBot) -> None:
    table.set_rows(ROWS)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Serial number\tAge\tStage\nb\t7\todd\na\t\teven"


def test_rows_are_ticked_with_space(table: Table[Row], qtbot: QtBot) -> None:
    table.checkable = True
    table.set_rows(ROWS)
    table.select_key(2)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert table.checked_rows() == [ROWS[1]]
    table.set_rows([ROWS[0]])
    assert table.checked_rows() == [], "a row that went away is not ticked any more"


def test_hidden_columns_are_remembered_and_one_always_stays(table: Table[Row], qtbot: QtBot) -> None:
    table.show_column("age", shown=False)
    again = Table(COLUMNS, name="sample", key=lambda row: row.key)
    qtbot.addWidget(again)
    assert [column.key for column in again.shown_columns()] == ["serial", "stage"]
    again.show_column("serial", shown=False)
    again.show_column("stage", shown=False)
    assert [column.key for column in again.shown_columns()] == ["stage"]


def test_an_empty_list_says_what_would_stand_here(table: Table[Row], qtbot: QtBot) -> None:
    table.set_empty("ph.tray", "No unit yet", "Receive one.")
    table.set_rows([])
    assert not table.view.isVisible()
    table.set_rows(ROWS)
    assert table.view.isVisible()
    del qtbot


def test_headers_speak_the_language_of_the_screen(table: Table[Row]) -> None:
    assert table.model.headerData(0, Qt.Orientation.Horizontal) == "Serial number"
    i18n.use("zh_CN")
    words.retranslate()
    assert table.model.headerData(0, Qt.Orientation.Horizontal) == i18n._("Serial number") != "Serial number"


def test_a_hundred_thousand_rows_are_shown_and_sorted_without_holding_up_the_window(table: Table[Row]) -> None:
    rows = [Row(number, f"S{(number * 7919) % 100_003:06d}", number % 40) for number in range(100_000)]
    table.set_rows(rows)
    assert table.model.rowCount() == 100_000
    table.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert _shown(table)[:1] == [min(row.serial for row in rows)]
    table.view.scrollToBottom()
    assert table.view.rowAt(table.view.viewport().height() - 5) == 99_999


# -- long lists --------------------------------------------------------------------------------------------------------


class Shelf:
    """A million rows that exist only when asked for; keeps what was asked."""

    def __init__(self, size: int = 1_000_000) -> None:
        self.size = size
        self.asked: list[tuple[int, int, tuple[str, bool]]] = []

    def __call__(self, _depot: Depot, after: Row | None, limit: int, order: tuple[str, bool]) -> Sequence[Row]:
        start = 0 if after is None else after.key + 1
        self.asked.append((start, limit, order))
        return [Row(key, f"S{key:07d}", key % 9) for key in range(start, min(self.size, start + limit))]


def test_a_million_rows_are_fetched_as_they_are_looked_at(table: Table[Row], desk: Desk) -> None:
    shelf = Shelf()
    table.load(desk, shelf)
    desk.wait_idle()
    assert (table.model.rowCount(), shelf.asked) == (PAGE, [(0, PAGE, ("", False))])
    began = perf_counter()
    for _ in range(3):
        table.view.scrollToBottom()
        desk.wait_idle()
    assert table.model.rowCount() == 4 * PAGE
    assert [start for start, _limit, _order in shelf.asked] == [0, PAGE, 2 * PAGE, 3 * PAGE]
    assert perf_counter() - began < 20


def test_the_end_of_a_long_list_is_the_end(table: Table[Row], desk: Desk) -> None:
    shelf = Shelf(PAGE + 5)
    table.load(desk, shelf)
    desk.wait_idle()
    for _ in range(4):
        table.view.scrollToBottom()
        desk.wait_idle()
    assert table.model.rowCount() == PAGE + 5
    assert len(shelf.asked) == 2


def test_sorting_a_long_list_asks_anew_and_only_by_columns_that_can(table: Table[Row], desk: Desk) -> None:
    shelf = Shelf()
    table.load(desk, shelf)
    desk.wait_idle()
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    desk.wait_idle()
    assert shelf.asked[-1] == (0, PAGE, ("serial", True))
    count = len(shelf.asked)
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    desk.wait_idle()
    assert len(shelf.asked) == count


def test_looking_again_keeps_place_and_selection(table: Table[Row], desk: Desk) -> None:
    shelf = Shelf()
    table.load(desk, shelf)
    desk.wait_idle()
    table.view.scrollToBottom()
    desk.wait_idle()
    table.select_key(PAGE + 50)
    table.look_again()
    desk.wait_idle()
    assert table.model.rowCount() == 2 * PAGE
    assert table.current() == Row(PAGE + 50, f"S{PAGE + 50:07d}", (PAGE + 50) % 9)


def test_the_window_stays_alive_while_a_page_is_on_its_way(table: Table[Row], desk: Desk, qtbot: QtBot) -> None:
    gate = threading.Event()
    shelf = Shelf()

    def slow(depot: Depot, after: Row | None, limit: int, order: tuple[str, bool]) -> Sequence[Row]:
        gate.wait(20)
        return shelf(depot, after, limit, order)

    table.load(desk, slow)
    beats: list[int] = []
    qtbot.waitUntil(lambda: bool(beats.append(1)) or len(beats) > 3)
    assert table.model.rowCount() == 0
    gate.set()
    desk.wait_idle()
    assert table.model.rowCount() == PAGE


def test_a_list_that_cannot_be_fetched_says_so_and_offers_to_try_again(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    window.open(SAMPLE.id)
    page = window.page()
    assert isinstance(page, SamplePage)
    tries: list[int] = []

    def second_time(depot: Depot, after: Row | None, limit: int, order: tuple[str, bool]) -> Sequence[Row]:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("database.locked")
        return Shelf(3)(depot, after, limit, order)

    page.table.load(desk, second_time)
    desk.wait_idle()
    assert page.table.trouble() != ""
    page.table.retry()
    desk.wait_idle()
    assert (page.table.trouble(), page.table.model.rowCount()) == ("", 3)
    del qtbot


@pytest.fixture
def pages() -> tuple[PageSpec, ...]:
    return PAGES_OF_THE_TEST


def test_a_list_becomes_a_spreadsheet(desk: Desk, window: MainWindow, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    window.open(SAMPLE.id)
    page = window.page()
    assert isinstance(page, SamplePage)
    page.table.set_rows([Row(1, "00012", 7), Row(2, "=1+1", None)])
    target = tmp_path / "list.xlsx"
    write_list(page.table, target, "List", window)  # type: ignore[arg-type]
    desk.wait_idle()
    sheet = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert sheet[-3:] == [["Serial number", "Age", "Stage"], ["00012", 7.0, "odd"], ["=1+1", "", "even"]]
    assert any("list.xlsx" in said for said in window.toasts())
