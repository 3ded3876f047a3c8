"""The register in the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.register import Standing
from app.domain.stages import Stage
from app.services import amending, receiving
from tests.builders import an_intake, outside, own
from tests.conftest import FakeClock
from tests.ui.conftest import Scanner, text_of
from ui.background import Desk
from ui.dialogs.versions import VersionsDialog
from ui.main_window import MainWindow
from ui.register.amending import AmendDialog
from ui.register.page import RegisterPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def received(side: Depot, clock: FakeClock) -> list[receiving.ReceivedUnit]:
    """Three units on three days."""
    model = an_intake(side)
    got = []
    for n in range(3):
        crate = receiving.Receipt((replace(model, serial=f"S100{n}"),), outside(), own())
        got.append(receiving.receive(side, crate).units[0])
        clock.advance(days=1)
    return got


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, desk: Desk, received: list[receiving.ReceivedUnit]
) -> RegisterPage:
    del received
    window.open("register")
    window.activateWindow()
    settle(qtbot, desk)
    qtbot.waitUntil(window.isActiveWindow, timeout=60_000)
    found = window.page()
    assert isinstance(found, RegisterPage)
    return found


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def shown(page: RegisterPage) -> list[str]:
    return [row.serial for row in page.table.rows()]


def test_every_case_is_listed_newest_first_with_totals(page: RegisterPage) -> None:
    assert shown(page) == ["S1002", "S1001", "S1000"]
    assert "3 cases" in text_of(page)


def test_typing_filters_after_a_breath(qtbot: QtBot, desk: Desk, page: RegisterPage) -> None:
    qtbot.keyClick(page.window(), Qt.Key.Key_F, CTRL)
    focus = QApplication.focusWidget()
    assert focus is page.filter.text.edit
    qtbot.keyClicks(page.filter.text.edit, "S1001")
    qtbot.waitUntil(lambda: (desk.wait_idle(), shown(page) == ["S1001"])[1], timeout=60_000)


def test_a_scan_becomes_the_filter(
    qtbot: QtBot, desk: Desk, page: RegisterPage, scanner: Scanner, received: list[receiving.ReceivedUnit]
) -> None:
    page.filter.text.edit.setFocus()
    scanner(received[0].case_number)
    settle(qtbot, desk)
    assert shown(page) == ["S1000"]


def test_the_page_opens_for_what_is_overdue(
    qtbot: QtBot, desk: Desk, page: RegisterPage, window: MainWindow, clock: FakeClock
) -> None:
    clock.advance(days=12)
    window.open("register", Standing.OVERDUE)
    settle(qtbot, desk)
    assert shown(page) == ["S1000"]


def test_an_intake_is_amended_and_the_amendment_taken_back(
    qtbot: QtBot, desk: Desk, page: RegisterPage, window: MainWindow, side: Depot,
    received: list[receiving.ReceivedUnit],
) -> None:
    page.table.select_key(received[1].case_id)
    qtbot.keyClick(page.window(), Qt.Key.Key_F4)
    settle(qtbot, desk)
    (dialog,) = window.findChildren(AmendDialog)
    assert dialog._intake.serial.value() == "S1001"
    dialog._intake.symptom.set_value("输出电压低")
    dialog._intake.submit()
    settle(qtbot, desk)
    assert amending.intake_of(side, received[1].case_id).intake.symptom == "输出电压低"
    window.voice.undo_last()
    settle(qtbot, desk)
    assert amending.intake_of(side, received[1].case_id).intake.symptom == "开机无输出"


def test_what_changed_meanwhile_is_shown_and_kept(
    qtbot: QtBot, desk: Desk, page: RegisterPage, window: MainWindow, side: Depot,
    received: list[receiving.ReceivedUnit],
) -> None:
    page.table.select_key(received[1].case_id)
    qtbot.keyClick(page.window(), Qt.Key.Key_F4)
    settle(qtbot, desk)
    (dialog,) = window.findChildren(AmendDialog)
    seen = amending.intake_of(side, received[1].case_id)
    amending.amend(side, seen.case_id, seen.seq, replace(seen.intake, site="三号站"))
    dialog._intake.symptom.set_value("输出电压低")
    dialog._intake.submit()
    settle(qtbot, desk)
    (asked,) = window.findChildren(VersionsDialog)
    assert "changed by 何静" in text_of(asked)
    assert {one.name: one.mine for one in asked.found} == {"site": False, "symptom": True}    # nothing to decide
    asked.go_on.click()
    settle(qtbot, desk)
    (again,) = [d for d in window.findChildren(AmendDialog) if d.isVisible()]
    again._intake.submit()
    settle(qtbot, desk)
    now = amending.intake_of(side, received[1].case_id).intake
    assert (now.site, now.symptom) == ("三号站", "输出电压低")


def test_a_receipt_is_undone_from_the_register(
    qtbot: QtBot, desk: Desk, page: RegisterPage, received: list[receiving.ReceivedUnit]
) -> None:
    page.table.select_key(received[2].case_id)
    page.findChild(type(page.actions()[0]), "register.undo-receipt").trigger()
    settle(qtbot, desk)
    assert next(row.stage for row in page.table.rows() if row.serial == "S1002") is Stage.VOID
