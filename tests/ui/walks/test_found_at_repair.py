"""A unit that stands at repair and was never received: booked late with three signatures, and logged (art. 8.6)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence import journal
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.steps import SERIAL, fill_crate, furnish, hand_over, of_serial, pass_and_mark, repair, stands

STORY = "客户直接送到维修部，未经前台"


def test_a_unit_found_at_repair_is_booked_late(hands: Hands, side: Depot, tmp_path: Path) -> None:
    furnish(side)
    fill_crate(hands, mode="late")
    head = hands.window.page().counter.head
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "breach log" in head.note.shown_problem()    # without the story nothing is signed
    hands.type_into(head.note.editor, STORY)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign("clerk")
    hands.sign("technician")
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    case, _unit = of_serial(side)
    assert case.found_at_repair
    with side.read() as tx:
        done = {entry.action: entry.facts for entry in journal.entries(tx, case_id=case.id)}
    assert (done["receiving.breach"]["article"], done["receiving.breach"]["note"]) == ("8.6", STORY)
    assert done["receiving.breach"]["handovers"] == ["SH1-H2611-00001", "SH1-H2611-00002"]
    hands.print_out("SH1-C2611-00001", tmp_path)
    paper(side, "SH1-C2611-00001", SERIAL)
    paper(side, "SH1-H2611-00001", SERIAL, "刘师傅", STORY)
    paper(side, "SH1-H2611-00002", SERIAL, "李敏", STORY)

    repair(hands)                                       # from here on it is a unit like any other
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    assert stands(side) == (Stage.PASSED, Place.QA)
    paper(side, "SH1-T2611-00001", SERIAL, "SH1-H2611-00001", "SH1-H2611-00002", "SH1-M2611-00001")
