"""The lists of the way back: what is said of a date, and which unit stands at the right."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.services import handover, inspection
from app.services.handover import Offering
from app.services.inspection import Passing
from app.services.receiving import ReceivedUnit
from tests.builders import a_customer, a_product, a_received_unit, a_unit_in_qa, as_person, own
from tests.conftest import FakeClock
from ui.background import Desk
from ui.frame.detail_panel import DetailPanel
from ui.main_window import MainWindow
from ui.returning.page import ReturnPage


@pytest.fixture
def passed(side: Depot, clock: FakeClock) -> ReceivedUnit:
    """A unit at the counter that passed QA and is three days late."""
    got, qa = a_unit_in_qa(side), as_person(side, "inspector")
    readings = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
    inspection.pass_and_mark(qa, Passing(got.case_id, readings, own("inspector"), MarkMethod.AFFIXED))
    handover.hand_over(qa, Offering(Direction.PASSED, (got.case_id,), own("inspector")), own())
    clock.advance(days=17)
    return got


@pytest.fixture
def page(passed: ReceivedUnit, window: MainWindow, desk: Desk) -> ReturnPage:
    del passed
    window.open("return")
    desk.wait_idle()
    found = window.page()
    assert isinstance(found, ReturnPage)
    return found


def test_another_list_takes_the_unit_of_the_first_away_but_not_one_that_was_looked_up(
    page: ReturnPage, window: MainWindow, desk: Desk, side: Depot, passed: ReceivedUnit
) -> None:
    (detail,) = window.findChildren(DetailPanel)
    page.table.select_key(passed.case_id)
    desk.wait_idle()
    assert (detail.isVisible(), detail.unit_id) == (True, passed.unit_id)
    page.show_list("on_the_way")
    desk.wait_idle()
    assert not detail.isVisible()
    page.show_list("put_away")
    desk.wait_idle()
    page.table.select_key(passed.case_id)
    other = a_received_unit(
        side, "H204817799", customer_id=a_customer(side, "株洲二厂").id, product_id=a_product(side, "X-1").id)
    window.show_unit(other.unit_id)
    page.show_list("ready")
    desk.wait_idle()
    assert (detail.isVisible(), detail.unit_id) == (True, other.unit_id)


def test_a_late_unit_says_how_late_and_a_list_without_shipments_has_no_column_for_them(
    page: ReturnPage, desk: Desk
) -> None:
    columns = {column.key: column for column in page.table.shown_columns()}
    (row,) = page.table.rows()
    assert columns["due"].text(row) == "3 days overdue"
    assert "shipment" not in columns
    page.show_list("ready")
    desk.wait_idle()
    assert "shipment" in {column.key for column in page.table.shown_columns()}
