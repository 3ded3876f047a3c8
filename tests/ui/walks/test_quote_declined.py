"""In warranty, but the user caused it: quoted (F19), declined, ruled, and back as it is (F11) (spec 1 §4)."""

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

SHIPPED = date(2026, 3, 2)


def test_user_caused_is_quoted_declined_and_goes_back_as_it_is(hands: Hands, side: Depot) -> None:
    furnish_with_prices(side)
    to_the_bench(hands, SHIPPED, CauseClass.USER)
    said = write_quotation(hands, text="主板", price="320", old="1")
    assert "¥484.00" in said
    assert "肆佰捌拾肆元" in said
    send_quotation(hands)
    assert stands(side) == (Stage.AWAITING_CUSTOMER, Place.REPAIR)
    paper(side, "SH1-Q2611-00001", SERIAL, "主板", "484.00", "肆佰捌拾肆元")
    take_answer(hands, answer=False, method=ConsentMethod.PHONE, name="刘工", reason="价格太高，退回即可")
    assert stands(side) == (Stage.REFERRED, Place.REPAIR)
