"""An offer of two units: the technician takes one and refuses the other, which stays, and can be offered again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.handover import Direction, RefusalReason
from app.domain.places import Place
from app.domain.stages import Stage
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.steps import of_serial, offer, plan, receive, stands

GOOD, BAD = "H204817736", "H204817737"


def test_a_refused_line_stays_with_the_giver_and_is_offered_again(hands: Hands, side: Depot) -> None:
    receive(hands, side, (GOOD, BAD))
    paper(side, "SH1-C2611-00001", GOOD, BAD)
    plan(hands)
    paper(side, "SH1-P2611-00001", GOOD, BAD)
    offer(hands, "clerk", Direction.DISPATCH, (GOOD, BAD))
    assert {stands(side, serial) for serial in (GOOD, BAD)} == {(Stage.RELEASED, Place.ZONE_PENDING)}
    paper(side, "SH1-H2611-00002", GOOD, BAD)           # as offered: nothing is decided on it yet

    hands.sit("technician")
    page = hands.go("handover")
    page.show_mode("take")
    hands.rest()
    hands.scan("SH1-H2611-00002")
    hands.scan(GOOD)
    assert page.taking.open_lines() == 1
    hands.key(Qt.Key.Key_F7)
    hands.answer(choice=RefusalReason.OTHER, reason="外壳开裂，需先拍照")
    assert page.taking.open_lines() == 0
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("technician")
    assert stands(side, GOOD) == (Stage.IN_REPAIR, Place.REPAIR)
    assert stands(side, BAD) == (Stage.RELEASED, Place.ZONE_PENDING)
    paper(side, "SH1-H2611-00002", GOOD, BAD, "外壳开裂，需先拍照", "拒收 1 行")
    traveller = of_serial(side, BAD)[0].number.replace("-R", "-T")
    paper(side, traveller, BAD, "SH1-H2611-00002", "外壳开裂，需先拍照")

    offer(hands, "clerk", Direction.DISPATCH, (BAD,))
    hands.sit("technician")
    page = hands.go("handover")
    page.show_mode("take")
    hands.rest()
    hands.scan(BAD)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("technician")
    assert stands(side, BAD) == (Stage.IN_REPAIR, Place.REPAIR)
    paper(side, "SH1-H2611-00003", BAD)
