"""The rules say scrap, the supervisor says repair, with the reason: back to the bench, mended, and through QA."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.stages import Stage
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.hard_steps import (
    come_in,
    conclude,
    diagnose,
    furnish_terms,
    open_pane,
    refer,
    to_the_bench,
)
from tests.ui.walks.steps import SERIAL, SHIFT, hand_over, pass_and_mark, send_back, stands


def test_a_unit_ruled_to_be_repaired_goes_back_to_the_bench(hands: Hands, side: Depot) -> None:
    furnish_terms(side)
    come_in(hands)
    to_the_bench(hands)
    diagnose(hands)
    conclude(hands, RepairResult.BER)
    refer(hands)
    open_pane(hands, "supervisor", Qt.Key.Key_1)
    hands.key(Qt.Key.Key_F8)
    hands.answer(outcomes=(Outcome.REPAIR,), reason="原厂同意供件", closes=False)
    hands.sign("supervisor")
    open_pane(hands, "clerk", Qt.Key.Key_3)
    hands.key(Qt.Key.Key_K, CTRL | SHIFT)
    assert "Ruled, back to repair: hand the unit over on the page Handover." in text_of(hands.window)
    assert stands(side) == (Stage.IN_REPAIR, Place.COUNTER)
    hand_over(hands, "clerk", "technician", Direction.BACK_TO_BENCH)
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    hands.sit("technician")
    hands.go("bench")
    hands.scan(SERIAL)
    conclude(hands, RepairResult.REPAIRED, work="更换原厂主板")
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    send_back(hands)
    assert stands(side) == (Stage.READY_TO_RETURN, Place.OUTBOUND)
    paper(side, "SH1-S2611-00001", SERIAL, "更换原厂主板")
