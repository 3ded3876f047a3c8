"""A figure opens its list, and a line opens its unit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.dashboard import Gauge
from tests.builders import a_received_unit
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.main_window import MainWindow
from ui.today.gauges import ListDialog
from ui.today.page import TodayPage


def test_the_manager_s_figure_leads_to_the_unit(window: MainWindow, desk: Desk, side: Depot, qtbot: QtBot) -> None:
    got = a_received_unit(side)
    sign_in(desk, "manager")
    window.open("today")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, TodayPage)
    tile = page.gauges.tiles[Gauge.RECEIVED_MONTH]
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    desk.wait_idle()
    (dialog,) = [found for found in window.findChildren(ListDialog) if found.isVisible()]
    assert [line.serial for line in dialog.table.rows()] == [got.serial]
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Return)
    desk.wait_idle()
    assert window.here() == "lookup"
