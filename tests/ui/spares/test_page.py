"""The spares page in the real window: swap, owed, overdue, arrives, pool; reserve, lend, restock, by keys and scans."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.numbering import parse_number
from app.domain.signing import Party
from app.domain.spares import UseState
from app.services import loaners, receiving, reporting, spares
from tests.builders import a_customer, a_product, an_intake, as_person, outside, own
from tests.conftest import FakeClock
from tests.spare_builders import TODAY, a_spare, sent
from tests.ui.conftest import Scanner, sign_in, text_of
from tests.ui.walks.hands import Hands
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow
from ui.spares.forms import LendForm, ReserveForm, SendForm, SwapForm
from ui.spares.page import SparesPage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Scanner) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def page_of(hands: Hands) -> SparesPage:
    return cast("SparesPage", hands.go("spares"))


def test_a_spare_is_left_at_a_site_and_the_faulty_unit_comes_back_for_the_pool(
    hands: Hands, side: Depot, clock: FakeClock
) -> None:
    spare, customer = a_spare(side), a_customer(side, "长沙地铁")
    reporting.report(side, an_intake(side, "F-900", customer_id=customer.id, product_id=spare.product_id))
    page = page_of(hands)
    hands.scan(spare.serial)
    hands.key(Qt.Key.Key_Return, CTRL)
    form = cast("SendForm", hands.dialog(FormDialog).form)
    hands.choose(form.customer, "长沙")
    hands.type_into(form.site.edit, "Line 5")
    hands.type_into(form.reason.edit, "train stands")
    form.submit()
    hands.rest()
    hands.sign("clerk")
    hands.draw("Guo")
    hands.dialog(PreviewDialog)
    hands.close_preview()
    (on_the_way,) = spares.owed(side)
    assert on_the_way.state is UseState.ON_THE_WAY

    hands.key(Qt.Key.Key_2, CTRL)
    hands.scan(on_the_way.number)
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    swap = cast("SwapForm", hands.dialog(FormDialog).form)
    hands.type_into(swap.replaced.edit, "F-901")
    swap.submit()
    hands.rest()
    hands.draw("Gong")
    assert "No PSU-4800W with serial F-901 is on record" in text_of(hands.dialog(FormDialog))
    swap.replaced.set_value("F-900")
    swap.submit()
    hands.rest()
    hands.draw("Gong")
    hands.dialog(PreviewDialog)
    hands.close_preview()
    (owed,) = spares.owed(side)
    assert (owed.state, owed.replaced_serial) == (UseState.OWED, "F-900")

    clock.advance(days=20)
    page.reload()
    hands.rest()
    assert "1 unit owed, 1 overdue" in text_of(page)
    assert "6 days overdue" in {c.text(r) for r in page.shown.table.rows() for c in page.shown.table.shown_columns()}
    receipt = an_intake(side, "F-900", customer_id=customer.id, product_id=spare.product_id)
    receiving.receive(side, receiving.Receipt((receipt,), outside(), own()))
    page.reload()
    hands.rest()
    assert page.shown.table.rows() == []
    assert "No unit is owed" in text_of(page)


def test_a_spare_is_reserved_and_released_by_keys(hands: Hands, side: Depot) -> None:
    spare, customer = a_spare(side), a_customer(side, "长沙地铁")
    page = page_of(hands)
    hands.scan(spare.case_number)
    hands.key(Qt.Key.Key_F6)
    form = cast("ReserveForm", hands.dialog(FormDialog).form)
    hands.choose(form.customer, "长沙")
    hands.type_into(form.until.edit, "2026-11-01")
    form.submit()
    hands.rest()
    assert "2026-11-01 is over" in text_of(hands.dialog(FormDialog))
    form.until.set_value(TODAY + timedelta(5))
    form.submit()
    hands.rest()
    (row,) = spares.pool(side)
    assert (row.reserved_for, row.reserved_until) == (customer.name, TODAY + timedelta(5))
    assert "1 spare, 1 reserved" in text_of(page)
    hands.window.voice.undo_last()
    hands.rest()
    assert spares.pool(side)[0].reservation_id == ""


def test_a_loaner_is_lent_and_its_paper_is_shown(hands: Hands, side: Depot) -> None:
    product, customer = a_product(side), a_customer(side, "长沙地铁")
    loaners.enrol(as_person(side, "supervisor"), product.id, "LOAN-1", "good",
                  giver=outside("Qian", Party.STORES), receiver=own("supervisor"))
    page = page_of(hands)
    hands.key(Qt.Key.Key_3, CTRL)
    hands.scan("LOAN-1")
    hands.key(Qt.Key.Key_L, CTRL | SHIFT)
    form = cast("LendForm", hands.dialog(FormDialog).form)
    hands.choose(form.customer, "长沙")
    form.submit()
    hands.rest()
    hands.sign("clerk")
    hands.draw("Gong")
    hands.dialog(PreviewDialog)
    hands.close_preview()
    (row,) = loaners.loaners(side)
    assert (row.customer, row.due_on) == (customer.name, TODAY + timedelta(14))
    assert parse_number(row.number) is not None
    assert "1 loaner out, 0 overdue, 0 here" in text_of(page)


def test_the_figures_of_restocking_stand_beside_their_limits(hands: Hands, side: Depot, desk: Desk) -> None:
    spare = a_spare(side)
    sign_in(desk, "supervisor")
    page = page_of(hands)
    hands.key(Qt.Key.Key_5, CTRL)
    hands.scan(spare.serial)
    said = text_of(page)
    assert "1, at least 5" in said
    assert "not known, at most 12" in said
    assert "entered when restocking, at least" in said
    button = page.shown.buttons["spares.restock-one"]
    assert not button.isEnabled()
    assert "months since manufacture: not known, at most 12" in button.toolTip()
    assert "value" not in button.toolTip(), "what is entered later is no hindrance"


def test_what_is_owed_and_late_is_on_the_start_page(hands: Hands, side: Depot, clock: FakeClock) -> None:
    spare, customer = a_spare(side), a_customer(side, "长沙地铁")
    from tests.spare_builders import a_swap

    going = sent(side, spare, customer.id)
    a_swap(side, going.use_id, "F-900", TODAY, product_id=spare.product_id)
    clock.advance(days=20)
    today = hands.go("today")
    hands.bot.waitUntil(lambda: "Faulty units owed for a spare" in text_of(today), timeout=60_000)
    hands.window.open("spares", going.number)
    hands.rest()
    page = cast("SparesPage", hands.window.page())
    assert page.shown.current().replaced_serial == "F-900"
