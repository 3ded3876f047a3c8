"""The start page: tiles and lists come from the record, and a line leads to the page where the case goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.complaints import Told, Topic
from app.domain.followups import Planned
from app.domain.today import Errand
from app.services import complaints, followups, receiving
from tests.builders import a_customer, a_product, a_received_unit, an_intake, outside, own
from tests.conftest import FakeClock
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.main_window import MainWindow
from ui.today.page import CARD_HEAD, TodayPage


def test_a_received_unit_waits_for_its_plan_and_a_line_leads_there(
    window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    got = a_received_unit(side)
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: Errand.TO_PLAN in page.tables, timeout=60_000)
    table = page.tables[Errand.TO_PLAN]
    assert [task.case_number for task in table.rows()] == [got.case_number]
    assert page.cards[Errand.TO_PLAN].minimumHeight() == table.height() + CARD_HEAD
    assert "1" in page.tiles["received"].accessibleDescription()
    table.activated.emit(table.rows()[0])
    desk.wait_idle()
    assert window.here() == "plan"


def test_a_long_list_begins_with_ten_lines_and_shows_all_when_asked(
    window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    customer, product = a_customer(side), a_product(side)
    came = tuple(an_intake(side, f"H2048177{n}", customer_id=customer.id, product_id=product.id)
                 for n in range(10, 22))
    receiving.receive(side, receiving.Receipt(came, outside(), own()))
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: Errand.TO_PLAN in page.tables, timeout=60_000)
    table, card = page.tables[Errand.TO_PLAN], page.cards[Errand.TO_PLAN]
    more = card.findChild(QPushButton, "more")
    assert more is not None
    assert (len(table.rows()), more.isVisibleTo(card)) == (10, True)
    assert "12" in text_of(card), "the count is that of all"
    qtbot.keyClick(more, Qt.Key.Key_Space)
    desk.wait_idle()
    qtbot.waitUntil(lambda: len(table.rows()) == 12, timeout=5000)
    assert not more.isVisibleTo(card)
    bar = table.view.verticalScrollBar()
    assert bar.maximum() == 0, "the card has grown: nothing scrolls inside it"


def test_an_empty_depot_says_that_nothing_waits(window: MainWindow, desk: Desk) -> None:
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    assert page.nothing.isVisibleTo(page)
    assert page.tables == {}


def test_calls_and_complaints_are_counted_and_lead_to_their_page(
    window: MainWindow, desk: Desk, side: Depot, clock: FakeClock, qtbot: QtBot
) -> None:
    customer = a_customer(side, "甲厂")
    followups.plan(side, Planned(customer.id, side.today(), "问候"))
    complaints.take(side, Told(customer.id, Topic.SERVICE, "无人回电", contact="周工", phone="138"))
    clock.advance(days=60)
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    tile = page.tiles["care"]
    qtbot.waitUntil(lambda: tile.accessibleDescription().startswith("2"), timeout=5000)
    assert "2" in tile.accessibleDescription()[1:], "both are late by now"
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    desk.wait_idle()
    assert window.here() == "care"
    sign_in(desk, "technician")
    window.open("today")
    page.look_again()
    qtbot.waitUntil(lambda: not tile.isVisibleTo(page), timeout=5000)
