"""Out of warranty: quoted, agreed to, repaired, and back with the price on the repair slip (F8) (spec 1 §3)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.quotation import ConsentMethod
from app.domain.stages import Stage
from app.i18n import translator
from app.labels import label
from app.services import repair
from tests.builders import a_diagnosis, a_unit_at_repair, as_person
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.money_steps import (
    BOARD,
    diagnosed,
    fit_part,
    furnish_with_prices,
    pay,
    send_quotation,
    take_answer,
    write_quotation,
)
from tests.ui.walks.steps import SERIAL, archive, deliver, hand_over, pass_and_mark, send_back, stands

SHIPPED = date(2019, 3, 2)


def test_out_of_warranty_is_quoted_agreed_to_and_repaired(hands: Hands, side: Depot) -> None:
    furnish_with_prices(side)
    diagnosed(hands, SHIPPED, CauseClass.COMPONENT_QUALITY)
    said = write_quotation(hands, text=BOARD, old="1")     # the price comes from the parts list
    assert "¥484.00" in said
    send_quotation(hands)
    assert stands(side) == (Stage.AWAITING_CUSTOMER, Place.REPAIR)
    take_answer(hands, drawn="刘工", answer=True, method=ConsentMethod.SIGNED, name="刘工")
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    paper(side, "SH1-Q2611-00001", SERIAL, "主板", "484.00", "肆佰捌拾肆元", "刘工", "屏幕签字")
    fit_part(hands)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.answer(
        result=RepairResult.REPAIRED, resolution=Resolution.PART_REPLACED, work_done="更换主板", labour_minutes=60
    )
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    pay(hands, "SJ-0007")
    send_back(hands)
    assert stands(side) == (Stage.READY_TO_RETURN, Place.OUTBOUND)
    paper(side, "SH1-S2611-00001", SERIAL, "主板", BOARD, "320.00", "484.00", "肆佰捌拾肆元整", "SJ-0007")
    paper(side, "SH1-K2611-00001", SERIAL, "已修复")
    deliver(hands)
    archive(hands, "SH1-T2611-00001")
    assert stands(side) == (Stage.CLOSED, Place.CUSTOMER)


@pytest.mark.parametrize("way", [ConsentMethod.PAPER, ConsentMethod.PHONE])
def test_a_customer_far_away_agrees(hands: Hands, side: Depot, way: ConsentMethod) -> None:
    """On the paper that was sent, or on the phone with name and time: the bench goes on, the paper says how."""
    product = furnish_with_prices(side)
    case_id = a_unit_at_repair(side, SERIAL, product_id=product.id, shipped_on=SHIPPED).case_id
    repair.take(as_person(side, "technician"), case_id)
    repair.diagnose(as_person(side, "technician"), a_diagnosis(case_id))
    write_quotation(hands, text="主板", price="320", old="0")
    send_quotation(hands)
    assert stands(side) == (Stage.AWAITING_CUSTOMER, Place.REPAIR)
    take_answer(hands, answer=True, method=way, name="刘工", phone="0731-2849 3000")
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    paper(side, "SH1-Q2611-00001", SERIAL, "刘工", label(way, translator("zh_CN")))
    hands.sit("technician")
    hands.go("bench")
    hands.scan(SERIAL)
    assert "SH1-Q2611-00001" in text_of(hands.window)
