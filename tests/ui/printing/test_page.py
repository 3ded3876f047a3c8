"""The print centre finds every paper ever issued, by number and by what is scanned."""

from __future__ import annotations

from app.depot import Depot
from tests.builders import a_received_unit
from tests.ui.conftest import Scanner
from ui.background import Desk
from ui.main_window import MainWindow
from ui.printing.page import PrintCentrePage


def test_papers_are_found_by_number(window: MainWindow, desk: Desk, side: Depot, scanner: Scanner) -> None:
    got = a_received_unit(side)
    window.open("printing")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, PrintCentrePage)
    assert {row.form for row in page.table.rows()} == {"F1", "F2", "F5", "F6"}
    page.setFocus()
    scanner(got.traveller_number)
    desk.wait_idle()
    assert [row.number for row in page.table.rows()] == [got.traveller_number]
