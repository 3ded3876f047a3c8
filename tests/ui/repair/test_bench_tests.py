"""The BER calculator and the soak test, by key, in the real window."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass
from app.services import estimates, soaking
from tests.app.services.test_bench_tests import at_bench
from tests.ui.conftest import Scanner, text_of
from tests.ui.walks.hands import CTRL, Hands
from ui.background import Desk
from ui.dialogs.dialog import Question
from ui.main_window import MainWindow
from ui.repair.page import BenchPage
from ui.repair.worth import WorthDialog

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Scanner) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def at_the_bench(hands: Hands, case_id: str) -> BenchPage:
    hands.sit("technician")
    page = hands.go("bench")
    assert isinstance(page, BenchPage)
    page.show_case(case_id)
    hands.rest()
    page.setFocus()
    return page


def test_the_figures_are_shown_as_one_types_and_kept(hands: Hands, side: Depot) -> None:
    case_id = at_bench(side, replacement_fen=100_000)
    page = at_the_bench(hands, case_id)
    hands.key(Qt.Key.Key_R, CTRL | SHIFT)
    dialog = hands.dialog(WorthDialog)
    hands.fill(dialog.form, parts=Decimal("500.00"), labour_minutes=60)
    hands.rest()
    said = text_of(dialog)
    assert "¥1,000.00 × 80% = ¥800.00 (10% less each year, never below 20%)" in said
    assert "¥800.00 × 60% = ¥480.00" in said
    assert "parts ¥500.00 + 60 min × ¥120.00/h = ¥620.00" in said
    assert "not worth repairing (BER) is proposed" in said
    hands.answer(note="主板")
    assert estimates.of_case(side, case_id)[0].cost_fen == 62_000
    assert "¥620.00 of at most ¥480.00 (60% of ¥800.00): not worth it" in text_of(page)


def test_the_soak_test_is_planned_and_begun_by_key(hands: Hands, side: Depot) -> None:
    case_id = at_bench(side, CauseClass.NFF, soak_minutes=120)
    page = at_the_bench(hands, case_id)
    hands.key(Qt.Key.Key_S, CTRL | SHIFT)
    hands.answer(plan="满载")
    test = soaking.of_case(side, case_id)
    assert test is not None
    assert (test.planned_minutes, test.plan) == (120, "满载")
    assert "120 minutes · 满载 · not begun" in text_of(page)
    page.setFocus()
    hands.key(Qt.Key.Key_S, CTRL | SHIFT)
    asked = hands.dialog(Question)
    asked.accept()
    hands.rest()
    begun = soaking.of_case(side, case_id)
    assert begun is not None
    assert begun.started_at is not None
