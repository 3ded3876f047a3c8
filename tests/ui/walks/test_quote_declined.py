"""In warranty, but the user caused it: quoted (F19), declined, ruled, and back as it is (F11) (spec 1 §4)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.quotation import ConsentMethod
from app.domain.stages import Stage
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.hard_steps import open_pane, rule
from tests.ui.walks.money_steps import (
    diagnosed,
    furnish_with_prices,
    send_quotation,
    take_answer,
    write_quotation,
)
from tests.ui.walks.steps import SERIAL, SHIFT, archive, deliver, hand_over, pack_and_send, stands

SHIPPED = date(2026, 3, 2)


def test_user_caused_is_quoted_declined_and_goes_back_as_it_is(hands: Hands, side: Depot) -> None:
    furnish_with_prices(side)
    diagnosed(hands, SHIPPED, CauseClass.USER)
    said = write_quotation(hands, text="主板", price="320", old="1")
    assert "¥484.00" in said
    assert "肆佰捌拾肆元" in said
    send_quotation(hands)
    assert stands(side) == (Stage.AWAITING_CUSTOMER, Place.REPAIR)
    paper(side, "SH1-Q2611-00001", SERIAL, "主板", "484.00", "肆佰捌拾肆元")
    take_answer(hands, answer=False, method=ConsentMethod.PHONE, name="刘工", reason="价格太高，退回即可")
    assert stands(side) == (Stage.REFERRED, Place.REPAIR)
    hand_over(hands, "technician", "clerk", Direction.REFERRED)
    assert stands(side) == (Stage.REFERRED, Place.COUNTER)
    said = rule(hands)
    assert "The repair is chargeable and the customer declined the quotation." in said
    assert "You declined our quotation for the repair." in said
    open_pane(hands, "clerk", Qt.Key.Key_3)
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.close_preview()
    assert stands(side) == (Stage.READY_TO_RETURN, Place.ZONE_REPAIRED)
    paper(
        side, "SH1-Y2611-00001", SERIAL, "您未接受本次维修报价。", "SH1-Q2611-00001", "484.00", "价格太高，退回即可",
        "刘工",
    )
    pack_and_send(hands, SERIAL)
    for number in ("SH1-K2611-00001", "SH1-S2611-00001", "SH1-F2611-00001"):
        paper(side, number, SERIAL)
    deliver(hands)
    archive(hands, "SH1-T2611-00001")
    assert stands(side) == (Stage.CLOSED, Place.CUSTOMER)
