"""A loaner stands at the customer: the unit does not leave unseen, and the case does not close before it is back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.returning import SendMethod
from app.domain.signing import Party
from app.domain.stages import Stage
from app.services import loaners
from tests.builders import as_person, outside, own
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.hard_steps import come_in, furnish_terms
from tests.ui.walks.steps import (
    SERIAL,
    SHIFT,
    archive,
    deliver,
    hand_over,
    pass_and_mark,
    plan,
    repair,
    stands,
)
from ui.dialogs.dialog import FormDialog

LOANER, AGREEMENT, CASE = "H204866001", "SH1-L2611-00001", "SH1-R2611-00001"


def test_a_case_does_not_close_while_its_loaner_is_out(hands: Hands, side: Depot) -> None:
    product = furnish_terms(side)
    loaners.enrol(
        as_person(side, "supervisor"), product.id, LOANER, "完好", giver=outside("成品库 钱工", Party.STORES),
        receiver=own("supervisor"))
    come_in(hands)
    lend(hands)
    paper(side, AGREEMENT, LOANER, "中车株洲所", CASE, "龚师傅")
    plan(hands)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH)
    repair(hands)
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    send_with_the_loaner_agreed(hands)
    deliver(hands)
    archive(hands, "SH1-T2611-00001")
    assert stands(side) == (Stage.RETURNED, Place.CUSTOMER)         # all is done but the loaner
    said = take_back(hands)
    assert f"case {CASE} closed" in said
    assert stands(side) == (Stage.CLOSED, Place.CUSTOMER)


def lend(hands: Hands) -> None:
    """The clerk lends it for the case; the customer signs the agreement."""
    hands.sit("clerk")
    hands.go("spares")
    hands.key(Qt.Key.Key_3, CTRL)
    hands.scan(LOANER)
    hands.key(Qt.Key.Key_L, CTRL | SHIFT)
    form = hands.dialog(FormDialog).form
    hands.choose(form.fields["customer_id"], "中车")
    hands.type_into(form.fields["case_number"].edit, CASE)
    hands.answer(closes=False)
    hands.sign("clerk")
    hands.draw("龚师傅")
    hands.close_preview()


def send_with_the_loaner_agreed(hands: Hands) -> None:
    """The gate says which loaner is out; packing is refused until it is agreed to be handed in on delivery."""
    hands.sit("clerk")
    page = hands.go("return")
    hands.scan(SERIAL)
    hands.key(Qt.Key.Key_Return, CTRL)
    page.table.select_key(page.table.rows()[0].case_id)
    hands.rest()
    assert LOANER in text_of(page)
    hands.key(Qt.Key.Key_F7)
    assert f"Loaner {LOANER} is still out for this case." in text_of(hands.dialog(FormDialog))
    hands.answer(method=SendMethod.COURIER, carrier="顺丰速运", waybill="SF1234567890", closes=False)
    hands.rest()
    said = text_of(hands.dialog(FormDialog))
    assert f"Case {CASE}: loaner {LOANER} is still out. Take it back first, or tick that it is handed in" in said
    hands.answer(loaner=True)
    hands.close_preview()
    page.table.select_key(page.table.rows()[0].case_id)
    hands.key(Qt.Key.Key_F8)
    hands.sign("clerk")
    hands.draw("快递员小张")


def take_back(hands: Hands) -> str:
    """The customer brings it; both sign. What the window says then."""
    hands.sit("clerk")
    hands.go("spares")
    hands.key(Qt.Key.Key_3, CTRL)
    hands.scan(LOANER)
    hands.key(Qt.Key.Key_B, CTRL | SHIFT)
    hands.answer(condition_in="完好", closes=False)
    hands.draw("龚师傅")
    hands.sign("clerk")
    return text_of(hands.window)
