"""The chase list in the window: what is late, why, a call noted, and the way to where the clock is stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.chase import Grouping, Reach
from app.services import chase, receiving
from tests.builders import a_received_unit
from tests.conftest import FakeClock
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.chase.page import CallForm, ChasePage
from ui.dialogs.dialog import FormDialog
from ui.main_window import MainWindow


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


@pytest.fixture
def late(side: Depot, clock: FakeClock) -> list[receiving.ReceivedUnit]:
    got = [a_received_unit(side, serial) for serial in ("S1001", "S1002")]
    clock.advance(days=16)
    return got


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, desk: Desk, late: list[receiving.ReceivedUnit]
) -> ChasePage:
    del late
    sign_in(desk, "clerk")
    window.open("chase")
    window.activateWindow()
    settle(qtbot, desk)
    found = window.page()
    assert isinstance(found, ChasePage)
    found.table.view.setFocus()
    return found


def test_what_is_late_is_told_with_its_reason(page: ChasePage, late: list[receiving.ReceivedUnit]) -> None:
    assert [row.subject.number for row in page.table.rows()] == [unit.case_number for unit in late]
    said = text_of(page)
    assert "Target: 14 calendar days" in said
    assert "after-sales clerk: put it on a repair plan" in said
    assert "It is overdue." in said
    assert "fine" not in said.lower()


def test_a_call_is_noted_by_keyboard(
    qtbot: QtBot, page: ChasePage, desk: Desk, side: Depot, late: list[receiving.ReceivedUnit]
) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_F6)
    settle(qtbot, desk)
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    form = dialog.form
    assert isinstance(form, CallForm)
    qtbot.keyClicks(form.called.edit, "Zhou")
    form.promised.set_value("2026-11-01")
    form.submit()
    assert "has passed" in form.promised.shown_problem()
    form.promised.set_value("2026-11-30")
    form.submit()
    settle(qtbot, desk)
    assert [call.called for call in chase.calls(side, late[0].case_id)] == ["Zhou"]
    assert "promised for 2026-11-30" in text_of(page)


def test_the_list_is_filtered_grouped_and_scanned(
    qtbot: QtBot, page: ChasePage, desk: Desk, scanner: Scanner, late: list[receiving.ReceivedUnit]
) -> None:
    page.filter.group.set_value(Grouping.CUSTOMER)
    page.filter.reach.set_value(Reach.PAUSED)
    settle(qtbot, desk)
    assert page.table.rows() == []
    scanner("S1002")
    settle(qtbot, desk)
    assert [row.subject.number for row in page.table.rows()] == [late[1].case_number]


def test_enter_leads_to_where_the_clock_is_stopped(
    qtbot: QtBot, window: MainWindow, page: ChasePage, desk: Desk
) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    settle(qtbot, desk)
    opened = window.page()
    assert opened is not None
    assert opened.spec.id == "plan"


def test_who_does_not_follow_up_only_reads(qtbot: QtBot, page: ChasePage, desk: Desk) -> None:
    sign_in(desk, "inspector")
    settle(qtbot, desk)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F6)
    settle(qtbot, desk)
    assert not page.findChildren(FormDialog)
