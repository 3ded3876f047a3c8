"""The night in the window: one that cannot be, one that is, a conflict decided field by field, an alert put away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import SYSTEM, Depot
from app.domain.sync.outcomes import Ended, Resolution
from app.errors import Refused
from app.labels import label
from app.persistence import sync as rows
from app.persistence.tables import conflicts
from app.services import night
from app.services.night import NightRow
from tests.builders import a_received_unit
from tests.conftest import as_person
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.dialogs.dialog import Question
from ui.frame.night_watch import NightWatch
from ui.main_window import MainWindow
from ui.sync.page import SyncPage
from ui.sync.words import told, why

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def tick(page: SyncPage, field: str) -> None:
    """Take ``field`` from here."""
    fields = page.conflicts.fields
    (row,) = [row for row in range(fields.rowCount()) if fields.item(row, 0).text() == field]
    fields.item(row, 1).setCheckState(Qt.CheckState.Checked)


def test_without_a_centre_the_page_and_the_foot_say_so(page: SyncPage, window: MainWindow, desk: Desk) -> None:
    NightWatch(window).look()
    desk.wait_idle()
    assert "Not connected to head office" in page.header._subtitle.text()
    assert "Not connected" in window.status._sync.text()
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
    assert fields == {"Contact", "Symptom"}
    tick(page, "Contact")
    assert pane.chosen() == ("contact",)
    pane._merge()
    (question,) = [q for q in page.findChildren(Question) if q.isVisible()]
    question.accept()
    desk.wait_idle()
    with side.read() as tx:
        assert tx.ask("SELECT contact FROM return_cases WHERE id = ?", (case_id,)) == [("刘师傅",)]
        assert rows.open_conflicts(tx) == ()
    assert page.conflicts.table.rows() == []


def test_what_is_ticked_stays_ticked_when_the_list_is_read_anew(page: SyncPage, desk: Desk, side: Depot) -> None:
    a_conflict(side)
    page.reload()
    desk.wait_idle()
    tick(page, "Contact")
    page.reload()
    desk.wait_idle()
    assert page.conflicts.chosen() == ("contact",)
    (row,) = [row for row in range(2) if page.conflicts.fields.item(row, 0).text() == "Contact"]
    assert page.conflicts.fields.item(row, 1).checkState() is Qt.CheckState.Checked


def test_a_merge_of_nothing_is_refused(page: SyncPage, window: MainWindow, desk: Desk, side: Depot) -> None:
    a_conflict(side)
    page.reload()
    desk.wait_idle()
    page.conflicts._merge()
    assert not [q for q in page.findChildren(Question) if q.isVisible()]
    supervisor = as_person(side, "supervisor")
    (waiting,) = night.conflicts(side)
    with pytest.raises(Refused) as refusal:
        night.resolve_conflict(supervisor, waiting.id, Resolution.MERGED)
    assert refusal.value.code == "sync.nothing-ticked"
    assert night.conflicts(side) == (waiting,)


def test_a_conflict_names_what_people_know(page: SyncPage, desk: Desk, side: Depot) -> None:
    """No table, column, id or count of microseconds: the case, its customer, its moments (of the depot)."""
    got = a_received_unit(side)
    with side.as_operator(SYSTEM).write() as tx:
        ((customer_id, received_at),) = tx.ask("SELECT customer_id, received_at FROM return_cases", ())
        ((name,),) = tx.ask("SELECT name FROM customers WHERE id = ?", (customer_id,))
        (user_id, person), *_others = tx.ask("SELECT id, name FROM users ORDER BY id", ())
        mine = {"id": got.case_id, "number": got.case_number, "customer_id": customer_id, "received_at": received_at,
                "urgency": "SPECIAL", "received_by": user_id, "return_needed": 1, "technician_id": tx.new_id()}
        theirs = {**mine, "customer_id": None, "received_at": received_at + 60_000_000, "urgency": "ROUTINE",
                  "received_by": "", "return_needed": 0, "technician_id": None}
        tx.insert(conflicts, {
            "id": tx.new_id(), "kind": "CONFLICT", "in_table": "return_cases", "row_id": got.case_id, "mine": mine,
            "theirs": theirs, "at": tx.at, "resolved_at": None, "resolved_by": None, "resolution": None})
        rows.alert(tx, "alert.rows-differed", {"tables": "return_cases, units"})
    page.reload()
    desk.wait_idle()
    pane = page.conflicts
    assert pane.title.text() == f"Case {got.case_number}"
    shown = {pane.fields.item(row, 0).text(): pane.fields.item(row, 1).text() for row in range(pane.fields.rowCount())}
    at = f"{(EPOCH + timedelta(microseconds=received_at)).astimezone(side.zone):%Y-%m-%d %H:%M}"
    assert shown == {
        "Customer": name, "Received at": at, "Urgency": "urgent, date promised",
        "Received at the counter by": person, "To be returned": "Yes", "Technician": "cannot be shown"}
    (alert,) = page.alerts.rows()
    assert "(Case, Unit record)" in told(alert)


def test_every_night_that_was_not_good_says_why() -> None:
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    said = {
        outcome: why(NightRow("1", "schedule", at, None, outcome, facts)) for outcome, facts in (
            ("VERIFIED", {"code": "", "told": {}}), ("BROKEN", {"code": "", "told": {}}), ("KILLED", {}),
            ("UNAVAILABLE", {"code": "sync.centre-away", "told": {"reason": "timeout"}}),
            ("REFUSED", {"code": "sync.centre-old"}),
        )
    }
    assert said["VERIFIED"] == ""
    assert "log has the details" in said["BROKEN"]
    assert "ended in the middle" in said["KILLED"]
    assert "does not answer (timeout)" in said["UNAVAILABLE"]
    assert said["REFUSED"] == label(Ended.REFUSED)      # a night from before facts were kept


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
