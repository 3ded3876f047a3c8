"""The night in the window: one that cannot be, one that is, a conflict decided field by field, an alert put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import SYSTEM, Depot
from app.persistence import sync as rows
from app.persistence.tables import conflicts
from tests.builders import a_received_unit
from tests.conftest import as_person
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.dialogs.dialog import Question
from ui.frame.night_watch import NightWatch
from ui.main_window import MainWindow
from ui.sync.page import SyncPage


@pytest.fixture
def page(window: MainWindow, desk: Desk) -> SyncPage:
    sign_in(desk, "supervisor")
    window.open("sync")
    desk.wait_idle()
    shown = window.page()
    assert isinstance(shown, SyncPage)
    return shown


def a_conflict(side: Depot) -> str:
    """Both sides changed the symptom and the contact of a case; the centre's stands."""
    got = a_received_unit(side)
    with side.as_operator(SYSTEM).write() as tx:
        ((theirs,),) = tx.ask("SELECT symptom FROM return_cases WHERE id = ?", (got.case_id,))
        conflict_id = tx.new_id()
        tx.insert(conflicts, {
            "id": conflict_id, "kind": "CONFLICT", "in_table": "return_cases", "row_id": got.case_id,
            "mine": {"id": got.case_id, "number": got.case_number, "symptom": "本站所写", "contact": "刘师傅"},
            "theirs": {"id": got.case_id, "number": got.case_number, "symptom": theirs, "contact": ""},
            "at": tx.at, "resolved_at": None, "resolved_by": None, "resolution": None,
        })
    return got.case_id


def test_without_a_centre_the_page_and_the_foot_say_so(page: SyncPage, window: MainWindow, desk: Desk) -> None:
    NightWatch(window).look()
    desk.wait_idle()
    assert "No centre is set" in page.header._subtitle.text()
    assert "Not joined" in window.status._sync.text()
    page._run()
    desk.wait_idle()
    assert page.nights.rows() == []


def test_a_conflict_is_decided_field_by_field(page: SyncPage, desk: Desk, side: Depot, qtbot: QtBot) -> None:
    case_id = a_conflict(side)
    page.reload()
    desk.wait_idle()
    page.show_view("conflicts")
    pane = page.conflicts
    fields = {pane.fields.item(row, 0).text() for row in range(pane.fields.rowCount())}
    assert fields == {"contact", "symptom"}
    for row in range(pane.fields.rowCount()):
        if pane.fields.item(row, 0).text() == "contact":
            pane.fields.item(row, 1).setCheckState(Qt.CheckState.Checked)
    assert pane.chosen() == ("contact",)
    pane._merge()
    (question,) = [q for q in page.findChildren(Question) if q.isVisible()]
    question.accept()
    desk.wait_idle()
    with side.read() as tx:
        assert tx.ask("SELECT contact FROM return_cases WHERE id = ?", (case_id,)) == [("刘师傅",)]
        assert rows.open_conflicts(tx) == ()
    assert page.conflicts.table.rows() == []


def test_an_alert_is_put_away(page: SyncPage, desk: Desk, side: Depot) -> None:
    with as_person(side, "clerk").write() as tx:
        rows.alert(tx, "alert.clock", {"minutes": 12})
    page.reload()
    desk.wait_idle()
    page.show_view("alerts")
    (alert,) = page.alerts.rows()
    page.alerts.select_key(alert.id)
    page._seen()
    desk.wait_idle()
    assert page.alerts.rows() == []
