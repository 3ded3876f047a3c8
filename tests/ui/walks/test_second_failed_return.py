"""The fault came back after two repairs: the ruling is offered at the counter, confirmed there, and carried out."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.places import Place
from app.domain.stages import Stage
from tests.conftest import FakeClock
from tests.ui.conftest import text_of
from tests.ui.walks.hands import Hands, paper
from tests.ui.walks.hard_steps import MADE, SHIPPED, come_again, furnish_terms, open_pane, scrap
from tests.ui.walks.past import a_past_visit
from tests.ui.walks.steps import SERIAL, stands
from ui.receiving.used_up import UsedUpDialog


def test_the_third_visit_with_the_same_fault_is_ruled_at_the_counter(
    hands: Hands, side: Depot, clock: FakeClock
) -> None:
    product = furnish_terms(side)
    for _visit in range(2):
        a_past_visit(side, product, RepairResult.REPAIRED, manufactured_on=MADE, shipped_on=SHIPPED)
        clock.advance(days=30)
    come_again(hands)
    dialog = hands.dialog(UsedUpDialog)
    said = text_of(dialog)
    assert "Rule 6 (art. 10.4): the fault came back after 2 return visits" in said
    assert "SH1-R2611-00001" in said
    assert "SH1-R2612-00001" in said
    assert "scrap" in said
    hands.key(Qt.Key.Key_Return)            # what is due has the focus
    hands.sign("supervisor")
    hands.gone(dialog)
    assert stands(side) == (Stage.REFERRED, Place.COUNTER)      # never at the bench on this visit
    scrap(hands, "同一故障两次返修未排除")
    assert stands(side) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    paper(side, "SH1-W2701-00001", SERIAL, "同一故障两次返修未排除", "规则6", "SH1-R2611-00001", "SH1-R2612-00001",
          "SH1-R2701-00001", "SH1-D2701-00001")
    pane = open_pane(hands, "supervisor", Qt.Key.Key_5)         # the customer waits: an exchange is due
    assert [row.old_serial for row in pane.table.rows()] == [SERIAL]
