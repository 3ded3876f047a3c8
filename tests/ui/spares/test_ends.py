"""What ends in signatures on the spares page, by keys and scans: a build, a restock, a loaner that comes back."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.emergency import BuildState
from app.domain.loaners import Lending
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.signing import Party
from app.services import emergency, loaners, policies
from tests.builders import a_customer, a_product, as_person, outside, own
from tests.spare_builders import TODAY, a_spare, unit_of
from tests.ui.conftest import Scanner, text_of
from tests.ui.walks.hands import Hands, paper
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.spares.forms import RequestForm, RestockForm

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Scanner) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def test_production_is_asked_promises_and_hands_the_unit_in(hands: Hands, side: Depot) -> None:
    product, customer = a_product(side), a_customer(side, "长沙地铁")
    hands.go("spares")
    hands.key(Qt.Key.Key_4, CTRL)
    hands.key(Qt.Key.Key_N, CTRL)
    form = cast("RequestForm", hands.dialog(FormDialog).form)
    hands.choose(form.customer, "长沙")
    hands.choose(form.product, "PSU")
    hands.type_into(form.need_by.edit, "2206-11-09")
    hands.type_into(form.reason.editor, "train stands")
    form.submit()
    hands.rest()
    assert "check the year" in text_of(hands.dialog(FormDialog))
    hands.answer(need_by=date(2026, 11, 9))
    hands.dialog(PreviewDialog)
    hands.close_preview()
    (row,) = emergency.builds(side)
    assert (row.product_id, row.customer, row.state) == (product.id, customer.name, BuildState.REQUESTED)
    paper(side, row.number, "train stands")

    hands.sit("planner")
    hands.scan(row.number)
    hands.key(Qt.Key.Key_C, CTRL | SHIFT)
    hands.answer(promised_on=date(2026, 11, 8), closes=False)
    hands.sign("planner")
    assert emergency.builds(side)[0].promised_on == date(2026, 11, 8)
    hands.scan(row.number)
    hands.key(Qt.Key.Key_U, CTRL | SHIFT)
    hands.answer(serial="n-1", lot="L2611", manufactured_on=TODAY, file_number="DA-17")
    (done,) = emergency.builds(side, ended=True)
    assert (done.state, done.units[0].serial, done.units[0].file_number) == (BuildState.BUILT, "N-1", "DA-17")


def test_a_spare_goes_back_to_the_stores_on_three_signatures(hands: Hands, side: Depot) -> None:
    spare = a_spare(side, manufactured_on=date(2026, 6, 1))
    policies.set_value(as_person(side, "manager"), PolicyName.RESTOCK_QUANTITY, "1", TODAY)
    hands.sit("supervisor")
    hands.go("spares")
    hands.key(Qt.Key.Key_5, CTRL)
    hands.scan(spare.serial)
    hands.key(Qt.Key.Key_K, CTRL | SHIFT)
    form = cast("RestockForm", hands.dialog(FormDialog).form)
    hands.type_into(form.value.edit, "86")
    form.submit()
    hands.rest()
    for login in ("supervisor", "clerk"):
        hands.sign(login)
    hands.draw("Qian")
    assert "at least ¥5,000.00" in text_of(hands.dialog(FormDialog))     # too cheap: refused, nothing moved
    assert unit_of(side, spare.unit_id).place is Place.ZONE_SPARE
    form.value.set_value("8600")
    form.submit()
    hands.rest()
    for login in ("supervisor", "clerk"):
        hands.sign(login)
    hands.draw("Qian")
    hands.dialog(PreviewDialog)
    hands.close_preview()
    assert unit_of(side, spare.unit_id).place is Place.STORES


def test_a_loaner_comes_back_with_its_condition(hands: Hands, side: Depot) -> None:
    product, customer = a_product(side), a_customer(side, "长沙地铁")
    made = loaners.enrol(as_person(side, "supervisor"), product.id, "LOAN-1", "good",
                         giver=outside("Qian", Party.STORES), receiver=own("supervisor"))
    loaners.lend(side, Lending(made.loaner_id, customer.id, TODAY, "good"), own(), outside())
    hands.go("spares")
    hands.key(Qt.Key.Key_3, CTRL)
    hands.scan("LOAN-1")
    hands.key(Qt.Key.Key_B, CTRL | SHIFT)
    hands.answer(condition_in="scratched at the front", closes=False)
    hands.draw("Gong")
    hands.sign("clerk")
    (row,) = loaners.loaners(side)
    assert (row.condition, row.agreement_id, row.place) == ("scratched at the front", "", Place.COUNTER)
    assert any("LOAN-1 is back" in said for said in hands.window.toasts())
