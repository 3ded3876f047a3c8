"""Out of warranty: quoted, agreed to, repaired, and back with the price on the repair slip (F8) (spec 1 §3)."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.places import Place
from app.domain.quotation import ConsentMethod
from app.domain.stages import Stage
from tests.ui.walks.hands import Hands, paper
from tests.ui.walks.money_steps import (
    furnish_with_prices,
    send_quotation,
    take_answer,
    to_the_bench,
    write_quotation,
)
from tests.ui.walks.steps import SERIAL, stands

SHIPPED = date(2019, 3, 2)


def test_out_of_warranty_is_quoted_agreed_to_and_repaired(hands: Hands, side: Depot) -> None:
    furnish_with_prices(side)
    to_the_bench(hands, SHIPPED, CauseClass.COMPONENT_QUALITY)
    write_quotation(hands, text="主板", price="320", old="1")
    send_quotation(hands)
    assert stands(side) == (Stage.AWAITING_CUSTOMER, Place.REPAIR)
    take_answer(hands, drawn="刘工", answer=True, method=ConsentMethod.SIGNED, name="刘工")
    assert stands(side) == (Stage.IN_REPAIR, Place.REPAIR)
    paper(side, "SH1-Q2611-00001", SERIAL, "主板", "484.00", "肆佰捌拾肆元", "刘工")
