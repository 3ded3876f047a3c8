"""No fault found, twice in a row: kept and exchanged; R&D finds nothing; scrapped, and R&D gets it as a sample."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult
from app.domain.determination import Conclusion
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.stages import Stage
from tests.conftest import FakeClock
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.hard_steps import (
    MADE,
    SHIPPED,
    come_again,
    conclude,
    diagnose,
    exchange,
    furnish_terms,
    give_sample,
    open_pane,
    refer,
    rule,
    scrap,
    to_the_bench,
)
from tests.ui.walks.past import a_past_visit
from tests.ui.walks.steps import SERIAL, SHIFT, archive, deliver, hand_over, pack_and_send, stands

SPARE = "H204899001"


def test_two_in_a_row_are_kept_exchanged_determined_and_scrapped(hands: Hands, side: Depot, clock: FakeClock) -> None:
    product = furnish_terms(side, SPARE)
    a_past_visit(side, product, RepairResult.NFF, manufactured_on=MADE, shipped_on=SHIPPED)
    clock.advance(days=30)
    come_again(hands)
    to_the_bench(hands, number="SH1-P2612-00001")
    diagnose(hands, cause=CauseClass.NFF, fault="")
    conclude(hands, RepairResult.NFF)
    assert "Rule 1 (art. 10.4)" in refer(hands)
    assert stands(side) == (Stage.REFERRED, Place.COUNTER)
    said = rule(hands)
    assert "no fault found 2 of 2" in said
    assert "Our tests found no fault on 2 visits in a row." in said
    consent(hands)
    assert stands(side) == (Stage.TO_RND, Place.COUNTER)
    hand_over(hands, "clerk", "engineer", Direction.TO_LAB)
    determine(hands)
    assert stands(side) == (Stage.TO_RND, Place.LAB)
    paper(side, "SH1-A2612-00001", SERIAL, "高温老化", "未复现", "各项指标合格")
    exchange(hands, SPARE)
    paper(side, "SH1-X2612-00001", SERIAL, SPARE, "2028-03-02")
    scrap(hands, "开发部未查出故障", from_lab=True)
    assert stands(side) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    give_sample(hands)
    assert stands(side) == (Stage.SCRAPPED, Place.LAB)
    paper(side, "SH1-W2612-00001", SERIAL, "开发部未查出故障", "SH1-A2612-00001")
    pack_and_send(hands, SPARE)
    deliver(hands)
    archive(hands, "SH1-T2612-00001")
    assert stands(side) == (Stage.CLOSED, Place.LAB)


def consent(hands: Hands) -> None:
    """A supervisor writes down that the customer agrees to another unit."""
    open_pane(hands, "supervisor", Qt.Key.Key_6)
    hands.key(Qt.Key.Key_Y, CTRL | SHIFT)
    hands.answer(who="刘工")


def determine(hands: Hands) -> None:
    """An engineer says what was tried, and that nothing was found."""
    open_pane(hands, "engineer", Qt.Key.Key_6)
    hands.key(Qt.Key.Key_T, CTRL | SHIFT)
    hands.answer(
        tests=[{"name": "高温老化", "result": "未复现"}], conclusion=Conclusion.NONE, findings="各项指标合格",
        closes=False,
    )
    hands.sign("engineer")
    hands.close_preview()
