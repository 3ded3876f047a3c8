"""Signed papers by keyboard: the inbox, answers beside the picture, the watched folder, a drop on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.config import SCAN_FOLDER
from app.config import desk as desk_settings
from app.depot import Depot
from app.domain.slips import Aspect, Grade
from app.services import feedback, filing, signed_papers
from tests.app.services.test_filing import a_file, a_sent_unit, deliver, paper
from tests.builders import a_received_unit
from tests.conftest import FakeClock
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.progress import ProgressDialog
from ui.feedback.forms import MatchForm, WhyForm
from ui.feedback.page import FeedbackPage
from ui.feedback.taking import take_in
from ui.form import Form
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
F = TypeVar("F", bound=Form)


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def opened(qtbot: QtBot, window: MainWindow, desk: Desk, name: str = "inbox") -> FeedbackPage:
    window.open("feedback", name)
    settle(qtbot, desk)
    page = window.page()
    assert isinstance(page, FeedbackPage)
    page.table.view.setFocus()
    settle(qtbot, desk)
    return page


def form_of(page: FeedbackPage, kind: type[F]) -> F:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert isinstance(dialog.form, kind)
    return dialog.form


def blank(folder: Path) -> Path:
    return a_file(folder, Image.new("RGB", (800, 1100), "white"), name="blank.png")


def test_a_page_of_the_inbox_is_filed_by_hand_and_taken_back(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path,
) -> None:
    got = a_received_unit(side)
    filing.file_scans(side, [blank(tmp_path)])
    page = opened(qtbot, window, desk)
    assert len(page.table.rows()) == 1
    assert not page.viewer.is_empty()
    assert "by hand" in page.remedy.text()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return, CTRL)
    form = form_of(page, MatchForm)
    qtbot.keyClicks(form.number.edit, got.traveller_number)
    settle(qtbot, desk)
    qtbot.keyClick(form.page.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    assert signed_papers.inbox(side) == ()
    assert any(got.traveller_number in said for said in window.toasts())
    window.voice.undo_last()
    settle(qtbot, desk)
    assert len(signed_papers.inbox(side)) == 1
    window.activateWindow()
    settle(qtbot, desk)
    page.table.view.setFocus()
    page.table.select_key(page.table.rows()[0].id)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F8)
    why = form_of(page, WhyForm)
    qtbot.keyClicks(why.reason.edit, "blank")
    why.submit()
    settle(qtbot, desk)
    assert signed_papers.inbox(side) == ()


def test_answers_are_keyed_beside_the_picture(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path,
) -> None:
    _case, numbers = a_sent_unit(side)
    filing.file_scans(side, [a_file(tmp_path, paper(side, numbers["F9"]))])
    page = opened(qtbot, window, desk, "key")
    assert not page.viewer.is_empty()
    before = page.viewer.zoom
    qtbot.keyClick(page.table.view, Qt.Key.Key_Equal, CTRL)
    assert page.viewer.zoom > before
    qtbot.keyClick(page.table.view, Qt.Key.Key_R, CTRL)
    assert page.viewer.turned == 90
    page.form.grades[Aspect.OVERALL].set_value(Grade.SATISFIED)
    qtbot.keyClicks(page.form.opinion.edit, "faster please")
    qtbot.keyClick(page.form.opinion.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    (kept,) = feedback.history(side, numbers["F9"])
    assert kept.answers.grades == {Aspect.OVERALL: Grade.SATISFIED}
    assert (kept.answers.opinion, kept.answers.signed) == ("faster please", True)
    assert page.table.rows() == []


def test_a_paper_that_will_not_come_is_not_awaited(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, clock: FakeClock,
) -> None:
    _case, numbers = a_sent_unit(side)
    deliver(side, numbers["shipment"])
    clock.advance(days=22)
    page = opened(qtbot, window, desk, "unsigned")
    assert len(page.table.rows()) == 2
    assert page.print_job() is not None
    qtbot.keyClick(page.table.view, Qt.Key.Key_F7)
    form = form_of(page, WhyForm)
    qtbot.keyClicks(form.reason.edit, "customer gone")
    qtbot.keyClick(form.reason.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    assert len(signed_papers.awaited(side)) == 1


def test_scans_dropped_on_the_window_file_themselves(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path,
) -> None:
    got = a_received_unit(side)
    scan = a_file(tmp_path, paper(side, got.traveller_number))
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(scan))])
    window.dropEvent(QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    settle(qtbot, desk)
    assert [line.row.number for line in signed_papers.filed(side)] == [got.traveller_number]
    page = opened(qtbot, window, desk, "filed")
    assert len(page.table.rows()) == 1
    assert scan.exists()


@pytest.mark.parametrize("early", [True, False])
def test_the_watched_folder_is_emptied_into_the_files(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path, early: bool,
) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    got = a_received_unit(side)
    sheet = paper(side, got.traveller_number)
    if early:
        a_file(folder, sheet)
    window._watch_scans()
    desk_settings()[SCAN_FOLDER] = str(folder)
    if not early:
        a_file(folder, sheet)
    (folder / "empty.pdf").touch()
    qtbot.waitUntil((folder / "filed" / "scan.pdf").exists, timeout=60_000)
    settle(qtbot, desk)
    assert len(signed_papers.filed(side)) == 1
    assert (folder / "empty.pdf").exists()


def test_nothing_is_rejected_without_a_reason(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path,
) -> None:
    filing.file_scans(side, [blank(tmp_path)])
    page = opened(qtbot, window, desk)
    qtbot.keyClick(page.table.view, Qt.Key.Key_F8)
    form = form_of(page, WhyForm)
    form.window().activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is form.window(), timeout=20_000)
    for keys in ("", "   "):
        qtbot.keyClicks(form.reason.edit, keys)
        qtbot.keyClick(form.reason.edit, Qt.Key.Key_Return, CTRL)
        settle(qtbot, desk)
        assert len(signed_papers.inbox(side)) == 1
        assert form_of(page, WhyForm) is form, "the dialogue stays and says what is missing"
    qtbot.keyClicks(form.reason.edit, "a delivery note of somebody else")
    qtbot.keyClick(form.reason.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    assert signed_papers.inbox(side) == ()


def test_stopping_while_scans_are_filed_says_what_stays(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot, tmp_path: Path,
) -> None:
    scans = [a_file(tmp_path, Image.new("RGB", (400, 500 + n), "white"), name=f"b{n}.png") for n in range(12)]
    page = opened(qtbot, window, desk)
    take_in(page, scans)
    (progress,) = window.findChildren(ProgressDialog)
    qtbot.waitUntil(lambda: bool(signed_papers.inbox(side)), timeout=20_000)
    progress.reject()
    assert "done so far stays" in " ".join(label.text() for label in progress.findChildren(QLabel))
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: any("not read" in said for said in window.toasts()), timeout=20_000)
    assert 0 < len(signed_papers.inbox(side)) < len(scans)
