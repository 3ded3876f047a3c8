"""A stock-take of parts by keys and scans: begun, counted, signed; the sheet can be printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.stock import MAIN_STORE
from app.domain.stocktaking import StocktakeState
from app.services import part_counting, parts
from tests.builders import as_person
from tests.ui.conftest import Scanner
from tests.ui.walks.hands import Hands, paper
from ui.background import Desk
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Scanner) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def test_counted_by_scans_and_signed_by_the_supervisor(hands: Hands, side: Depot) -> None:
    boss = as_person(side, "supervisor")
    fuse = parts.add(boss, Part("", "FUSE-10", "熔断器", "fuse", "pcs", 320), 20).part
    parts.add(boss, Part("", "PCB-7", "主板", "board", "pcs", 86_000), 3)
    page = hands.go("parts")
    hands.key(Qt.Key.Key_5, CTRL)
    hands.key(Qt.Key.Key_T, CTRL | SHIFT)
    hands.answer(place=MAIN_STORE)
    (take,) = part_counting.listed(side)
    hands.scan("FUSE-10")
    hands.answer(pieces="18", reason="issue not booked")
    hands.scan("pcb-7")
    hands.answer(pieces="3")
    assert "-2" in {c.text(r) for r in page.shown.lines.rows() for c in page.shown.lines.shown_columns()}  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.answer(closes=False)
    hands.sign("supervisor")
    (take,) = part_counting.listed(side)
    assert take.state is StocktakeState.FINISHED
    assert parts.file(side, fuse.id).stock == 18
    assert any("1 difference booked" in said for said in hands.window.toasts())
    paper(side, take.number, "FUSE-10", "issue not booked")
    hands.go("today")
    hands.scan(take.number)             # zones and parts share the letter
    hands.bot.waitUntil(lambda: hands.window.page() is page, timeout=60_000)
    hands.rest()
    assert page.shown.takes.current().number == take.number  # type: ignore[attr-defined]
