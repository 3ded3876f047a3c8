"""A unit that fails in QA: back to the bench with the reason, repaired again, and through at the second run."""

from __future__ import annotations

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.slips import FormId
from app.domain.stages import Stage
from app.domain.visits import UnitNews
from app.persistence import inspection as runs
from app.services import visits
from tests.ui.conftest import text_of
from tests.ui.walks.hands import Hands, paper
from tests.ui.walks.steps import SERIAL, fail, hand_over, of_serial, pass_and_mark, plan, receive, repair, stands


def test_a_unit_fails_in_qa_and_passes_the_second_time(hands: Hands, side: Depot) -> None:
    receive(hands, side)
    paper(side, "SH1-C2611-00001", SERIAL)
    plan(hands)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH)
    repair(hands)
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    counted = counters(side)
    fail(hands, "46.1", "带载后输出掉到 46.1 V")
    assert "It goes back to repair" in text_of(hands.window)
    assert stands(side) == (Stage.IN_QA, Place.QA)      # it goes only when both have signed
    hand_over(hands, "inspector", "technician", Direction.BACK_TO_REPAIR)
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    paper(side, "SH1-H2611-00004", SERIAL, "SH1-T2611-00001")
    repair(hands, fault="反馈电阻漂移", work="更换 R7 并重新校准")
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    assert stands(side) == (Stage.PASSED, Place.COUNTER)
    assert counters(side) == counted                    # art. 10.4 counts visits, never runs (spec 1 §3)
    case, _unit = of_serial(side)
    with side.read() as tx:
        assert [(run.run_no, run.verdict, run.reason) for run in runs.runs(tx, case.id)] == [
            (1, "FAILED", "带载后输出掉到 46.1 V"), (2, "PASSED", "")]
    paper(side, "SH1-M2611-00001", form=FormId.QA_MARK)
    paper(
        side, "SH1-T2611-00001", SERIAL, "46.1", "带载后输出掉到 46.1 V", "48.02", "更换 R7 并重新校准",
        "SH1-M2611-00001", "SH1-H2611-00006",
    )


def counters(side: Depot) -> tuple[int, int, int]:
    """What the serial has used up: its next visit, visits without fault, failed returns."""
    news: UnitNews
    (news,) = visits.look(side, SERIAL).units
    return news.next_visit, news.nff, news.failed
