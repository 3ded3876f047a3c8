"""The repair plan in the real window, by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.planning import LineDraft, PlanState
from app.services import planning
from tests.builders import PIN, a_customer, a_product, a_received_unit, own
from tests.conftest import as_person
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.main_window import MainWindow
from ui.planning.page import PlanPage
from ui.planning.swapping import SwapDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def waiting(side: Depot) -> str:
    """Three units of one product wait; S0 is due first. Returns the product's id."""
    customer, product = a_customer(side), a_product(side)
    for n in range(3):
        a_received_unit(
            side, f"SN-1000{n}", customer_id=customer.id, product_id=product.id, promised_on=date(2026, 12, 1 + n)
        )
    return product.id


@pytest.fixture
def page(window: MainWindow, desk: Desk, waiting: str) -> PlanPage:
    window.open("plan")
    desk.wait_idle()
    found = window.page()
    assert isinstance(found, PlanPage)
    return found


def form_dialog(window: MainWindow) -> FormDialog:
    (found,) = [d for d in window.findChildren(FormDialog) if d.isVisible()]
    return found


def sign(window: MainWindow, desk: Desk, qtbot: QtBot, login: str = "") -> None:
    (dialog,) = [d for d in window.findChildren(SignDialog) if d.isVisible()]
    if login:
        dialog.login.edit.setText(login)
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyPress(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()


def back_in(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    """What the desktop does when a dialogue has closed; the platform of the tests does not."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.setFocus()


def submit(dialog: FormDialog, name: str, desk: Desk, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.fields[name].editor.setFocus()
    qtbot.keyPress(dialog.form.fields[name].editor, Qt.Key.Key_Return, CONTROL)
    desk.wait_idle()


def drafted(side: Depot, product_id: str, quantity: int) -> str:
    return planning.draft(side, [LineDraft(product_id, quantity)]).plan_id


def state(side: Depot, plan_id: str) -> PlanState:
    return planning.sheet(side, plan_id).plan.state


def test_a_clerk_drafts_what_waits_and_takes_it_back(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    assert [row.waiting for row in page.waiting.rows()] == [3]
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    dialog = form_dialog(window)
    quantity = dialog.form.fields[f"quantity:{waiting}"].editor
    quantity.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(quantity, "2")
    submit(dialog, f"quantity:{waiting}", desk, qtbot)
    assert page.view.sheet is not None
    assert [c.serial for c in page.view.sheet.cases] == ["SN-10000", "SN-10001"]
    assert [row.waiting for row in page.waiting.rows()] == [1]
    plan_id = page.view.sheet.plan.id
    back_in(window, page, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_Z, CONTROL)
    desk.wait_idle()
    assert state(side, plan_id) is PlanState.CANCELLED
    assert [row.waiting for row in page.waiting.rows()] == [3]


def test_more_than_waits_cannot_be_drafted(
    page: PlanPage, window: MainWindow, desk: Desk, waiting: str, qtbot: QtBot
) -> None:
    page.draft()
    dialog = form_dialog(window)
    quantity = dialog.form.fields[f"quantity:{waiting}"]
    quantity.set_value(4)
    quantity.touched = True
    dialog.form.judge_again()
    assert not dialog.form.is_good()
    assert quantity.shown_problem()
    dialog._discarding = True
    dialog.reject()


def test_a_unit_is_swapped_by_keys(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    plan_id = drafted(side, waiting, 1)
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    page.view.units.select_key(page.view.units.rows()[0].case_id)
    qtbot.keyClick(page.view.units.view, Qt.Key.Key_F6)
    desk.wait_idle()
    (dialog,) = [d for d in window.findChildren(SwapDialog) if d.isVisible()]
    assert [c.serial for c in dialog.table.rows()] == ["SN-10001", "SN-10002"]
    dialog.table.view.setFocus()
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table.view, Qt.Key.Key_Return)
    desk.wait_idle()
    assert [c.serial for c in planning.sheet(side, plan_id).cases] == ["SN-10002"]
    assert [c.serial for c in page.view.units.rows()] == ["SN-10002"]


def test_production_countersigns_and_issues_less_with_a_reason(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    plan_id = drafted(side, waiting, 2)
    sign_in(desk, "planner")
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    qtbot.keyClick(page, Qt.Key.Key_Return, CONTROL)
    sign(window, desk, qtbot)
    assert state(side, plan_id) is PlanState.COUNTERSIGNED
    back_in(window, page, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    dialog = form_dialog(window)
    (line,) = planning.sheet(side, plan_id).lines
    dialog.form.fields[f"issue:{line.id}"].set_value(1)
    assert not dialog.form.is_good()
    qtbot.keyClicks(dialog.form.fields["reason"].editor, "bench is full")
    submit(dialog, "reason", desk, qtbot)
    sign(window, desk, qtbot)
    sheet = planning.sheet(side, plan_id)
    assert (sheet.plan.state, [c.serial for c in sheet.cases]) == (PlanState.ISSUED, ["SN-10000"])
    assert sheet.revisions[0].reason == "bench is full"
    assert "bench is full" in [row.reason for row in page.view.changes.rows()]


def test_production_changes_in_writing(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    plan_id = drafted(side, waiting, 1)
    sign_in(desk, "planner")
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    qtbot.keyClick(page, Qt.Key.Key_F7)
    dialog = form_dialog(window)
    dialog.form.fields[f"quantity:{waiting}"].set_value(3)
    assert not dialog.form.is_good()
    qtbot.keyClicks(dialog.form.fields["reason"].editor, "one more shift")
    submit(dialog, "reason", desk, qtbot)
    sheet = planning.sheet(side, plan_id)
    assert (sheet.plan.revision, len(sheet.cases)) == (1, 3)


def test_a_clerk_cannot_countersign(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    plan_id = drafted(side, waiting, 1)
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    page.countersign()
    sign(window, desk, qtbot)
    assert state(side, plan_id) is PlanState.DRAFT
    (dialog,) = [d for d in window.findChildren(SignDialog) if d.isVisible()]
    dialog.login.edit.setText("planner")
    qtbot.keyClicks(dialog.secret.edit, PIN)
    qtbot.keyPress(dialog.secret.edit, Qt.Key.Key_Return)
    desk.wait_idle()
    assert state(side, plan_id) is PlanState.COUNTERSIGNED


def test_somebody_elses_change_is_not_written_over(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str, qtbot: QtBot
) -> None:
    plan_id = drafted(side, waiting, 1)
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    page.edit()
    dialog = form_dialog(window)
    sheet = planning.sheet(side, plan_id)
    planning.edit(as_person(side, "clerk2"), plan_id, sheet.plan.seq, [LineDraft(waiting, 2)])
    dialog.form.fields[f"quantity:{waiting}"].set_value(3)
    submit(dialog, f"quantity:{waiting}", desk, qtbot)
    assert "Anna Clerk" in dialog.notice.text()
    assert len(planning.sheet(side, plan_id).cases) == 2
    dialog._discarding = True
    dialog.reject()


def test_scans_open_a_plan_and_mark_a_unit(
    page: PlanPage, desk: Desk, side: Depot, waiting: str, scanner: Scanner
) -> None:
    first, second = drafted(side, waiting, 2), drafted(side, waiting, 1)
    scanner(planning.sheet(side, first).plan.number)
    desk.wait_idle()
    assert page.view.sheet is not None
    assert page.view.sheet.plan.id == first
    scanner("SN-10001")
    desk.wait_idle()
    marked = page.view.marked()
    assert marked is not None
    assert marked.serial == "SN-10001"
    assert second


def test_an_issued_plan_prints_and_is_listed_as_ended(
    page: PlanPage, window: MainWindow, desk: Desk, side: Depot, waiting: str
) -> None:
    plan_id = drafted(side, waiting, 1)
    planner = as_person(side, "planner")
    planning.countersign(planner, plan_id, planning.sheet(side, plan_id).plan.seq, own("planner"))
    planning.issue(planner, plan_id, planning.sheet(side, plan_id).plan.seq, own("planner"))
    page.open_subject(planning.sheet(side, plan_id).plan.number)
    desk.wait_idle()
    assert [row.id for row in page.plans.rows()] == [plan_id]
    assert "Issued" in text_of(window)
    job = page.print_job()
    assert job is not None
    assert job.make(side).pdf.startswith(b"%PDF")
