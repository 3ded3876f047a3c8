"""A list is dropped, understood, rehearsed as one changes it, imported and taken back, in the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app import i18n
from app.depot import Depot
from app.domain.importing.fates import Fate
from app.domain.importing.fields import Field
from app.domain.importing.mapping import ListKind
from app.services import importing, quality
from app.spreadsheets.reading import read
from tests.conftest import as_person
from tests.ui.conftest import sign_in
from ui import words
from ui.background import Desk
from ui.dialogs.dialog import FormDialog, Question
from ui.importing import files
from ui.importing.page import ImportingPage
from ui.main_window import MainWindow

LIST = """客户名称,规格型号,产品编号,故障现象,收货日期,暗号
株洲所,PSU-4800W,00042,开机无输出,2026-11-02,x
株洲所,PSU-4800W,6.37702E+15,开机无输出,2026-11-02,x
株洲所,PSU-4800W,,开机无输出,2026-02-31,x
株洲所,PSU-4800W,,显示屏不亮,2026-11-02,x
"""


@pytest.fixture
def returns_list(tmp_path: Path) -> Path:
    path = tmp_path / "返修清单.csv"
    path.write_text(LIST, encoding="gb18030")
    return path


@pytest.fixture
def page(window: MainWindow, desk: Desk) -> ImportingPage:
    sign_in(desk, "supervisor")
    window.open("importing")
    desk.wait_idle()
    (found,) = window.findChildren(ImportingPage)
    return found


def settled(qtbot: QtBot, page: ImportingPage) -> None:
    """Until the pause after a change is over and the rehearsal has answered."""
    qtbot.waitUntil(lambda: not page.new_list._pause.isActive())
    page.desk.wait_idle()


def figures(page: ImportingPage) -> dict[str, str]:
    return {name: tile.accessibleDescription().strip() for name, tile in page.new_list.fates.tiles.items()}


def test_a_list_is_rehearsed_as_soon_as_it_is_there(
    page: ImportingPage, returns_list: Path, qtbot: QtBot, side: Depot
) -> None:
    assert not page.new_list.run_button.isEnabled()
    page.new_list.drop.take([returns_list])
    settled(qtbot, page)
    assert figures(page) == {"rows": "4", "received": "2", "tagged": "1", "already_known": "0", "refused": "2",
                             "warnings": "4"}
    assert [row.fate for row in page.new_list.fates.table.rows()] == [
        Fate.RECEIVED, Fate.REFUSED, Fate.REFUSED, Fate.TAGGED]
    assert page.new_list.run_button.isEnabled()
    assert importing.batches(side) == (), "nothing is written by looking"


def test_rows_are_narrowed_by_fate_and_by_finding(page: ImportingPage, returns_list: Path, qtbot: QtBot) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    fates = page.new_list.fates
    fates.which.set_value(Fate.REFUSED)
    fates.which.chosen.emit(Fate.REFUSED)
    assert [row.number for row in fates.table.rows()] == [3, 4]
    at = fates._codes.index("import.date-impossible")
    fates.finding.setCurrentIndex(at)
    assert [row.number for row in fates.table.rows()] == [4]
    fates.table.select_key(4)
    assert "2026-02-31" in fates.said.text()


def test_a_change_of_meaning_is_rehearsed_again(page: ImportingPage, returns_list: Path, qtbot: QtBot) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    box = page.new_list.source.columns.box("产品编号")
    assert box.field() is Field.SERIAL
    box.setCurrentIndex(0)
    settled(qtbot, page)
    assert figures(page)["tagged"] == "3"
    product = page.new_list.source.columns.box("规格型号")
    product.setCurrentIndex(0)
    settled(qtbot, page)
    assert not page.new_list.run_button.isEnabled(), "nothing gives the product"
    assert page.new_list.source.columns.problems.text()
    edit = page.new_list.source.columns.defaults[Field.PRODUCT]
    edit.setText("PSU-9000")
    edit.editingFinished.emit()
    settled(qtbot, page)
    assert page.new_list.run_button.isEnabled()


def test_the_list_comes_in_and_can_be_taken_back(
    page: ImportingPage, returns_list: Path, qtbot: QtBot, side: Depot, window: MainWindow
) -> None:
    before = importing.content_digest(side)
    page.new_list.take(returns_list)
    settled(qtbot, page)
    qtbot.mouseClick(page.new_list.run_button, Qt.MouseButton.LeftButton)
    page.desk.wait_idle()
    (batch,) = importing.batches(side)
    assert batch.counts["received"] == 2
    assert page.stack.currentWidget() is page.batches
    current = page.batches.table.current()
    assert current is not None
    assert current.number == batch.number
    assert [row.number for row in page.batches.rows.rows()] == [2, 3, 4, 5]
    qtbot.mouseClick(page.batches.undo_button, Qt.MouseButton.LeftButton)
    (question,) = window.findChildren(Question)
    question.accept()
    page.desk.wait_idle()
    assert importing.content_digest(side) == before
    assert not page.batches.undo_button.isEnabled()


def test_a_list_of_past_returns_is_chosen_by_keys_and_comes_in_as_history(
    page: ImportingPage, tmp_path: Path, qtbot: QtBot, side: Depot
) -> None:
    old = tmp_path / "台帐.csv"
    old.write_text(
        "客户名称,规格型号,产品编号,故障现象,收货日期,返还日期,处理结果,故障原因,原因分类\n"
        "株洲所,PSU-4800W,00042,开机无输出,2025-03-02,2025-03-09,修复,电容失效,元器件质量\n"
        "株洲所,PSU-4800W,00043,风扇异响,,,修复,,\n", encoding="utf-8")
    page.new_list.take(old)
    settled(qtbot, page)
    assert figures(page)["received"] == "2"
    kind = page.new_list.source.columns.kind
    kind.setFocus()
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    settled(qtbot, page)
    assert kind.currentText() == "past returns (history)"
    assert figures(page)["refused"] == "1", "a past return without a day is refused"
    qtbot.keyClick(page.new_list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.desk.wait_idle()
    (batch,) = importing.batches(side)
    assert (batch.kind, batch.counts["received"]) == (ListKind.HISTORY, 1)
    groups = quality.month(as_person(side, "inspector"), "2025-03").month.groups
    assert {g.cause: g.n for g in groups if g.n} == {"COMPONENT_QUALITY": 1}


def test_the_clerk_imports_but_does_not_take_back(page: ImportingPage, returns_list: Path, qtbot: QtBot) -> None:
    sign_in(page.desk, "clerk")
    page.new_list.take(returns_list)
    settled(qtbot, page)
    page.new_list.run()
    page.desk.wait_idle()
    assert page.batches.table.current() is not None
    assert not page.batches.undo_button.isEnabled()


def test_another_sheet_encoding_and_header_are_read_on_demand(
    page: ImportingPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Title,,\nCustomer,Product model,Serial number\n株洲所,PSU,1\n", encoding="utf-8")
    page.new_list.take(path)
    settled(qtbot, page)
    source = page.new_list.source
    assert source.header_row.value() == 2
    source.header_row.setValue(1)
    source.header_row.editingFinished.emit()
    settled(qtbot, page)
    assert [box.accessibleName() for box in source.columns._boxes] == ["Title"]
    assert not page.new_list.run_button.isEnabled()


def test_a_mapping_is_kept_and_found_again_for_the_next_list(
    page: ImportingPage, returns_list: Path, qtbot: QtBot, window: MainWindow, side: Depot
) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    page.new_list.source.columns.box("暗号").setCurrentIndex(list(Field).index(Field.LOT) + 1)
    settled(qtbot, page)
    page.new_list.source._ask_name()
    (dialog,) = window.findChildren(FormDialog)
    dialog.form.fields["name"].set_value("月报")
    dialog.form.submit()
    page.desk.wait_idle()
    assert [mapping.name for mapping in importing.mappings(side)] == ["月报"]
    page.new_list.close_list()
    page.new_list.take(returns_list)
    settled(qtbot, page)
    assert page.new_list.source.choice.currentText() == "月报"
    assert page.new_list.source.columns.box("暗号").field() is Field.LOT


def test_mappings_travel_as_files(page: ImportingPage, returns_list: Path, qtbot: QtBot, tmp_path: Path) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    source = page.new_list.source
    source.columns.box("暗号").setCurrentIndex(list(Field).index(Field.NOTE) + 1)
    source.save_to(tmp_path / "mapping.json")
    settled(qtbot, page)
    source.columns.box("暗号").setCurrentIndex(0)
    source.load_from(tmp_path / "mapping.json")
    settled(qtbot, page)
    assert source.columns.box("暗号").field() is Field.NOTE


def test_refused_rows_and_templates_are_saved(
    page: ImportingPage, returns_list: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    rehearsal = page.new_list.fates.rehearsal
    assert rehearsal is not None
    files.write_refused(page, tmp_path / "refused.xlsx", rehearsal)
    files.write_template(page, tmp_path / "template.xlsx", "zh_CN")
    page.desk.wait_idle()
    refused = read(tmp_path / "refused.xlsx")
    assert refused.header[2:] == ("客户名称", "规格型号", "产品编号", "故障现象", "收货日期", "暗号")
    assert [row.cells[0].text for row in refused.rows] == ["3", "4"]
    assert "6.37702E+15" in refused.rows[0].cells[1].text
    assert read(tmp_path / "template.xlsx").header[0] == "用户"


def test_what_is_no_list_is_said_and_the_page_stays(page: ImportingPage, tmp_path: Path, window: MainWindow) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    page.new_list.take(path)
    page.desk.wait_idle()
    assert page.new_list.stack.currentIndex() == 0
    assert any("a.xlsx" in label.text() for label in window.findChildren(QLabel))


def test_everything_speaks_chinese_after_a_switch(page: ImportingPage, returns_list: Path, qtbot: QtBot) -> None:
    page.new_list.take(returns_list)
    settled(qtbot, page)
    i18n.use("zh_CN")
    words.retranslate()
    page.retranslated()
    page.desk.wait_idle()
    assert page.new_list.source.columns.box("产品编号").currentText() == "序列号"
    assert page.new_list.fates.finding.itemText(0) == "全部提示"
    assert page.new_list.run_button.text() == "导入"
