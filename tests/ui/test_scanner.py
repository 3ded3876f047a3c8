"""Scans: recognised, understood, routed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.numbering import DocumentType
from tests.ui.conftest import Scanner
from tests.ui.sample_page import PAGES_OF_THE_TEST, SAMPLE, SamplePage
from ui.background import Desk
from ui.main_window import MainWindow
from ui.pages import PageSpec
from ui.scanner import Burst, Scan, ScanKind, Twice, read_scan


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("H204817736", ScanKind.TEXT),
        ("  ＳＨ１－Ｒ２６１１－０００４２ ", ScanKind.DOCUMENT),
        ("sh1-p2611-00001", ScanKind.DOCUMENT),
        ("CMD:VERDICT:PASS", ScanKind.COMMAND),
        ("cmd:place:QA", ScanKind.COMMAND),
        ("(01)04012345678901(21)A1B2", ScanKind.GS1),
        ("]C10104012345678901\x1d21A1B2", ScanKind.GS1),
        ("(01)x", ScanKind.TEXT),
        ("6.37702E+15", ScanKind.TEXT),
    ],
)
def test_a_code_is_recognised(text: str, kind: ScanKind) -> None:
    assert read_scan(text).kind is kind


def test_a_full_width_number_is_folded() -> None:
    scan = read_scan("ＳＨ１－Ｒ２６１１－０００４２")
    assert scan.number is not None
    assert (scan.number.type, scan.number.n) == (DocumentType.RETURN_CASE, 42)


def test_a_gs1_code_gives_serial_article_and_lot() -> None:
    scan = read_scan("(01)04006381333931(10)L7(21)A1B2")
    assert (scan.gtin, scan.serial, scan.lot, scan.doubtful) == ("04006381333931", "A1B2", "L7", False)
    assert read_scan("(01)04006381333930(21)A1B2").doubtful


def test_a_command_has_a_verb_and_a_value() -> None:
    scan = read_scan("CMD:DO:receiving.accept")
    assert (scan.verb, scan.value) == ("DO", "receiving.accept")


def _typed(gap: int, text: str = "H204817736") -> tuple[Burst, int]:
    burst, at = Burst(35), 1000
    for character in text:
        at += gap
        burst.add(character, at)
    return burst, at + gap


@pytest.mark.parametrize(("gap", "scan"), [(1, True), (5, True), (30, True), (60, False), (110, False)])
def test_a_scanner_is_told_from_a_typist_by_the_time_between_keys(gap: int, scan: bool) -> None:
    burst, enter = _typed(gap)
    assert burst.is_scan(enter) is scan


def test_a_pause_before_enter_makes_it_typing() -> None:
    burst, enter = _typed(5)
    assert not burst.is_scan(enter + 400)


def test_three_characters_are_not_a_scan() -> None:
    burst, enter = _typed(5, "ABC")
    assert not burst.is_scan(enter)


def test_what_was_typed_slowly_before_is_not_part_of_the_scan() -> None:
    burst = Burst(35)
    burst.add("x", 1000)
    for place, character in enumerate("H2048"):
        burst.add(character, 2000 + 5 * place)
    assert burst.text == "H2048"


def test_the_same_code_within_two_seconds_is_the_same_scan() -> None:
    twice = Twice()
    assert [twice.again("A", 0), twice.again("A", 1500), twice.again("B", 1600), twice.again("A", 1700)] == [
        False,
        True,
        False,
        False,
    ]
    assert not twice.again("A", 4000)


# -- in the window -----------------------------------------------------------------------------------------------------


@pytest.fixture
def pages() -> tuple[PageSpec, ...]:
    return PAGES_OF_THE_TEST


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> SamplePage:
    """A page that keeps what is scanned."""
    window.open(SAMPLE.id)
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, SamplePage)
    return page


def test_a_scan_reaches_the_page_wherever_the_focus_is(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    for focus in (window.navigation.list, window.bar.scan, page.table.view):
        page.scans.clear()
        focus.setFocus()
        scanner(f"H20481{len(focus.objectName())}{id(focus) % 97}")
        assert len(page.scans) == 1, focus
        assert window.bar.scan.text() == ""


def test_a_scan_leaves_no_trace_in_the_text_field_that_had_the_focus(
    page: SamplePage, scanner: Scanner, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.note.edit, "half a sen")
    page.note.edit.setFocus()
    scanner("H204817736")
    assert page.note.value() == "half a sen"
    assert [scan.text for scan in page.scans] == ["H204817736"]
    page.words.edit.setFocus()
    qtbot.keyClicks(page.words.edit, "two lines")
    scanner("H204817737")
    assert page.words.value() == "two lines"
    assert len(page.scans) == 2


def test_a_field_that_takes_scans_keeps_the_code_and_enter_goes_on(page: SamplePage, scanner: Scanner) -> None:
    page.serial.edit.setFocus()
    scanner("H204817736")
    assert page.serial.value() == "H204817736"
    assert page.scans == []
    assert page.note.edit.hasFocus()


def test_a_command_is_a_command_even_in_a_field_that_takes_scans(page: SamplePage, scanner: Scanner) -> None:
    page.serial.edit.setFocus()
    scanner("CMD:VERDICT:PASS")
    assert page.serial.value() == ""
    assert [scan.kind for scan in page.scans] == [ScanKind.COMMAND]


def test_the_same_scan_twice_counts_once(page: SamplePage, scanner: Scanner) -> None:
    scanner("H204817736")
    scanner("H204817736")
    assert len(page.scans) == 1


def test_a_typed_text_in_a_field_is_never_taken_for_a_scan(page: SamplePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.note.edit, "H204817736")
    qtbot.keyClick(page.note.edit, Qt.Key.Key_Return)
    assert page.note.value() == "H204817736"
    assert page.scans == []


def test_an_action_can_be_scanned(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    page.takes = False
    before = window.navigation.folded()
    scanner("CMD:DO:frame.navigation")
    assert window.navigation.folded() is not before


def test_an_unknown_command_is_said(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    page.takes = False
    scanner("CMD:DANCE")
    assert any("DANCE" in said for said in window.toasts())


def test_a_page_can_be_scanned(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    page.takes = False
    scanner("CMD:GO:sample.second")
    assert window.here() == "sample.second"


def test_a_plan_number_jumps_to_the_plan(window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    page.takes = False
    scanner("SH1-P2611-00007")
    assert window.here() == "plan"
    second = window.page()
    assert isinstance(second, SamplePage)
    assert second.subjects == ["SH1-P2611-00007"]


def test_an_unknown_serial_goes_to_receiving(
    desk: Desk, window: MainWindow, page: SamplePage, scanner: Scanner
) -> None:
    page.takes = False
    scanner("NEVER-SEEN-1")
    desk.wait_idle()
    assert window.here() == "receiving"
    second = window.page()
    assert isinstance(second, SamplePage)
    (subject,) = second.subjects
    assert isinstance(subject, Scan)
    assert subject.text == "NEVER-SEEN-1"


def test_an_unknown_number_of_ours_is_said(desk: Desk, window: MainWindow, page: SamplePage, scanner: Scanner) -> None:
    page.takes = False
    scanner("SH1-R2611-99999")
    desk.wait_idle()
    assert any("SH1-R2611-99999" in said for said in window.toasts())


def test_typing_into_the_scan_box_and_enter_is_a_scan_by_hand(
    page: SamplePage, window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.bar.scan, "H204817736")
    qtbot.keyClick(window.bar.scan, Qt.Key.Key_Return)
    assert [(scan.text, scan.typed) for scan in page.scans] == [("H204817736", True)]


def test_f2_brings_the_focus_to_the_scan_box(page: SamplePage, window: MainWindow, qtbot: QtBot) -> None:
    page.note.edit.setFocus()
    qtbot.keyClick(page.note.edit, Qt.Key.Key_F2)
    assert window.bar.scan.hasFocus()


def test_a_scan_in_a_dialogue_of_its_own_stays_there(page: SamplePage, scanner: Scanner, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    line = QLineEdit(other)
    other.show()
    other.activateWindow()
    assert QTest.qWaitForWindowActive(other)
    line.setFocus()
    scanner("H204817736")
    assert line.text() == "H204817736"
    assert page.scans == []
