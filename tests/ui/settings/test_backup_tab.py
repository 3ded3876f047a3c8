"""Copies in the window: one made by a key, one asked to be put back, a verification with its findings."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.backups import CopyKind
from app.services import backup, keeping, moving, recovery
from tests.builders import a_received_unit
from tests.ui.conftest import text_of
from tests.ui.settings.test_page import tab_of
from ui.background import Desk
from ui.dialogs.dialog import Question
from ui.frame.keeper import Keeper
from ui.frame.night_watch import NightWatch
from ui.main_window import MainWindow
from ui.recovery import look_after
from ui.settings.backup_tab import BackupTab
from ui.sync.recovered import RecoveredDialog

SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def target(depot: Depot) -> str:
    return str(depot.database.path)


def test_a_copy_is_made_by_a_key_and_listed(qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot) -> None:
    tab = tab_of(window, desk, "admin", "backup", BackupTab)
    assert tab.copies.rows() == []
    qtbot.keyClick(tab.copies.view, Qt.Key.Key_B, SHIFTED)
    desk.wait_idle()
    (row,) = tab.copies.rows()
    assert row.kind is CopyKind.MANUAL
    assert Path(row.place).exists()


def test_verify_shows_what_was_changed_behind_the_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot
) -> None:
    a_received_unit(side)
    tab = tab_of(window, desk, "admin", "backup", BackupTab)
    qtbot.keyClick(tab.copies.view, Qt.Key.Key_V, SHIFTED)
    desk.wait_idle()
    assert tab.findings.rows() == []
    with sqlite3.connect(target(side)) as link:
        link.execute("DROP TRIGGER units_placed")
        link.execute("UPDATE units SET place = 'QA'")
    link.close()
    window.activateWindow()         # on a slow machine the dialogue of the progress was there meanwhile
    assert QTest.qWaitForWindowActive(window)
    qtbot.keyClick(tab.copies.view, Qt.Key.Key_V, SHIFTED)
    desk.wait_idle()
    assert "verify.place" in {found.code for found in tab.findings.rows()}


def test_a_restore_is_asked_for_with_what_would_be_missing(window: MainWindow, desk: Desk, side: Depot) -> None:
    a_received_unit(side, "H204817736")
    backup.back_up(target(side), side.clock(), CopyKind.MANUAL)
    a_received_unit(side, "H204817799")
    tab = tab_of(window, desk, "admin", "backup", BackupTab)
    tab.copies.select_key(tab.copies.rows()[0].place)
    tab._restore_current()
    desk.wait_idle()
    (question,) = [q for q in tab.findChildren(Question) if q.isVisible()]
    assert "H204817799" in question.accessibleDescription()
    assert "H204817736" not in question.accessibleDescription()
    question.reject()
    assert not Path(f"{target(side)}.restore").exists()


def test_the_first_half_hour_makes_a_copy_by_itself(window: MainWindow, desk: Desk, side: Depot) -> None:
    keeper = Keeper(window)
    keeper.look()
    desk.wait_idle()
    (copy,) = backup.listed(target(side))
    assert copy.kind in {CopyKind.QUICK, CopyKind.NIGHTLY}
    keeper.look()
    desk.wait_idle()
    assert len(backup.listed(target(side))) == 1
    assert Path(f"{target(side)}.open").exists()


@pytest.mark.parametrize("gone", [False, True], ids=["damaged", "gone"])
def test_a_damaged_or_lost_file_is_brought_back_step_by_step(qtbot: QtBot, sqlite_depot: Depot, gone: bool) -> None:
    a_received_unit(sqlite_depot)
    place = target(sqlite_depot)
    backup.back_up(place, sqlite_depot.clock(), CopyKind.QUICK)
    sqlite_depot.close()
    keeping.opened(place)
    if gone:
        Path(place).unlink()
    else:
        Path(place).write_bytes(b"\x00" * 50_000)
    said: list[str] = []
    shell = QWidget()
    qtbot.addWidget(shell)
    shell.show()
    look_after(shell, place, said.append)

    def asked() -> None:
        assert [box for box in shell.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(asked, timeout=60_000)
    (box,) = [box for box in shell.findChildren(QMessageBox) if box.isVisible()]
    assert box.windowTitle() == ("The database is not there" if gone else "The database is damaged")
    button = box.defaultButton()
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert Path(place).read_bytes()[:15] == b"SQLite format 3"
    assert not Path(f"{place}.open").exists()


def test_the_start_on_a_file_the_depot_left_says_where_it_is_and_offers_no_copy(
    qtbot: QtBot, sqlite_depot: Depot, tmp_path: Path
) -> None:
    place, new = target(sqlite_depot), str(tmp_path / "new.db")
    backup.back_up(place, sqlite_depot.clock(), CopyKind.QUICK)
    sqlite_depot.close()
    moving.move(place, new, sqlite_depot.clock())
    said: list[str] = []
    shell = QWidget()
    qtbot.addWidget(shell)
    shell.show()
    look_after(shell, place, said.append)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in shell.findChildren(QMessageBox)), timeout=60_000)
    (box,) = [box for box in shell.findChildren(QMessageBox) if box.isVisible()]
    box.blockSignals(True)          # its end ends the program
    assert f"has moved to {new}" in box.text()
    assert [button.text().replace("&", "") for button in box.buttons()] == ["OK"]
    assert said == []
    assert not Path(place).exists()


def test_what_is_missing_after_a_recovery_is_listed_until_it_is_looked_after(
    window: MainWindow, desk: Desk, side: Depot
) -> None:
    path = Path(target(side))
    copy = backup.back_up(str(path), side.clock(), CopyKind.QUICK).copy
    lost = (recovery.Lost("H204817736", "SH1-R2611-00001", "PSU-4800W", "an entry that is not here"),)
    recovery.remember(path, Path(copy.place), copy.made, side.clock(), lost)
    watch = NightWatch(window)
    watch.look()
    desk.wait_idle()
    (said,) = [text for text in window.voice.banners() if "came back" in text]
    assert "0 cases came back from head office. 1 is missing." in said
    found = recovery.standing(side)
    assert found is not None
    dialog = RecoveredDialog(window, window, desk, found)
    dialog.open()
    assert [one.serial for one in dialog.missing.rows()] == ["H204817736"]
    dialog.put_away.click()
    desk.wait_idle()
    assert recovery.standing(side) is None
    assert not [text for text in window.voice.banners() if "came back" in text]


def test_a_spoilt_note_of_a_restore_is_said_and_stops_nothing(window: MainWindow, desk: Desk, side: Depot) -> None:
    Path(f"{target(side)}.restored").write_bytes(b"\xff")
    watch = NightWatch(window)
    watch.look()
    desk.wait_idle()
    assert [text for text in window.voice.banners() if "noted at the restore" in text]
    assert "Not connected to head office" in text_of(window.status)


def test_before_the_first_verification_the_list_says_so(window: MainWindow, desk: Desk, side: Depot) -> None:
    tab = tab_of(window, desk, "admin", "backup", BackupTab)
    assert "Not verified yet" in text_of(tab.findings)
