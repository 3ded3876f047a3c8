"""The archive of travellers in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.stages import Stage
from app.domain.travellers import Shelfmark
from app.persistence import receiving as rows
from app.services import receiving, travellers
from tests.builders import PIN, a_received_unit
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.sign import SignDialog
from ui.main_window import MainWindow
from ui.travellers.page import TravellersPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def returned(side: Depot) -> list[receiving.ReceivedUnit]:
    """Two units that have gone back, one that is at the bench."""
    got = [a_received_unit(side, serial) for serial in ("S1000", "S1001", "S1002")]
    with side.write() as tx:
        for unit, stage in zip(got, (Stage.RETURNED, Stage.RETURNED, Stage.IN_REPAIR), strict=True):
            rows.change_case(tx, unit.case_id, stage=stage)
    return got


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, desk: Desk, returned: list[receiving.ReceivedUnit]
) -> TravellersPage:
    del returned
    sign_in(desk, "inspector")
    window.open("travellers")
    window.activateWindow()
    settle(qtbot, desk)
    qtbot.waitUntil(window.isActiveWindow, timeout=60_000)
    found = window.page()
    assert isinstance(found, TravellersPage)
    found.form.position.edit.setFocus()
    return found


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def sign(qtbot: QtBot, window: MainWindow, desk: Desk, login: str) -> None:
    dialog = next(dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible())
    dialog.login.set_value(login)
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)


def test_scanned_forms_are_archived_with_one_pair_of_signatures(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: TravellersPage, side: Depot, scanner: Scanner,
    returned: list[receiving.ReceivedUnit],
) -> None:
    scanner(returned[0].traveller_number)
    settle(qtbot, desk)
    scanner(returned[1].case_number)
    settle(qtbot, desk)
    assert [row.serial for row in page.pile] == ["S1000", "S1001"]
    qtbot.keyClicks(page.form.position.edit, "2026-11/37")
    qtbot.keyClick(page.window(), Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    sign(qtbot, window, desk, "clerk")
    sign(qtbot, window, desk, "inspector")
    assert travellers.count(side, Shelfmark.TO_ARCHIVE) == 0
    assert "2 travellers archived · 2 cases closed" in text_of(window)
    assert page.pile == []
    window.voice.undo_last()
    settle(qtbot, desk)
    assert travellers.count(side, Shelfmark.TO_ARCHIVE) == 2


def test_a_form_under_way_stays_off_the_pile(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: TravellersPage, scanner: Scanner,
    returned: list[receiving.ReceivedUnit],
) -> None:
    scanner(returned[2].traveller_number)
    settle(qtbot, desk)
    assert page.pile == []
    assert "still goes with its unit" in text_of(window)


def test_the_place_in_the_archive_is_asked_for(
    qtbot: QtBot, window: MainWindow, desk: Desk, page: TravellersPage, scanner: Scanner,
    returned: list[receiving.ReceivedUnit],
) -> None:
    scanner(returned[0].traveller_number)
    settle(qtbot, desk)
    qtbot.keyClick(page.window(), Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    assert page.form.position.shown_problem()
    assert not [dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible()]


def test_the_lists_switch(
    qtbot: QtBot, desk: Desk, page: TravellersPage
) -> None:
    assert [row.serial for row in page.table.rows()] == ["S1000", "S1001"]
    page.choice.set_value(Shelfmark.UNDER_WAY)
    page._switch()
    settle(qtbot, desk)
    assert [row.serial for row in page.table.rows()] == ["S1002"]
