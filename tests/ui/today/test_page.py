"""The start page: tiles and lists come from the record, and a line leads to the page where the case goes on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.today import Errand
from tests.builders import a_received_unit
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


def test_an_empty_depot_says_that_nothing_waits(window: MainWindow, desk: Desk) -> None:
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    assert page.nothing.isVisibleTo(page)
    assert page.tables == {}
