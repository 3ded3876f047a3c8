"""Follow-ups and complaints by keyboard: a call, a call in vain, a complaint to its end, files and lots."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import SYSTEM, Depot
from app.domain.complaints import ComplaintState, Selection, Told, Topic
from app.domain.followups import CallResult, Reach
from app.domain.satisfaction import Grade
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import complaints, files, followups
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.care.calls import CallsPane
from ui.care.complaints import ComplaintsPane
from ui.care.forms import AssignForm, CallForm, ComplaintForm, MissedForm, TellForm
from ui.care.page import CarePage
from ui.dialogs.dialog import FormDialog
from ui.files.lot import LotDialog
from ui.files.unit_file import ProductFileForm, UnitFileDialog
from ui.form import Form
from ui.main_window import MainWindow
from ui.requests.forms import SayForm

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
F = TypeVar("F", bound=Form)


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


def form_of(window: MainWindow, kind: type[F]) -> F:
    window.desk.wait_idle()
    (dialog,) = [d for d in window.findChildren(FormDialog) if d.isVisible()]
    assert isinstance(dialog.form, kind)
    return dialog.form


@pytest.fixture
def case_id(side: Depot, clock: FakeClock) -> str:
    """A unit went home a fortnight ago."""
    got = a_received_unit(
        side, "H204817736", product_id=a_product(side).id, customer_id=a_customer(side, "甲厂", phone="0731-5566").id,
        contact="周工", lot="2405-07")
    with side.as_operator(SYSTEM).write() as tx:
        rows.change_case(tx, got.case_id, stage=Stage.CLOSED, returned_at=tx.at)
    clock.advance(days=14)
    return got.case_id


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk, case_id: str) -> CarePage:
    del case_id
    sign_in(desk, "clerk")
    window.open("care")
    window.activateWindow()
    settle(qtbot, desk)
    found = window.page()
    assert isinstance(found, CarePage)
    return found


def test_the_list_draws_itself_up_and_a_call_is_written_down(
    qtbot: QtBot, window: MainWindow, page: CarePage, desk: Desk, side: Depot
) -> None:
    pane = page.shown
    assert isinstance(pane, CallsPane)
    assert [row.customer for row in pane.table.rows()] == ["甲厂"]
    said = text_of(pane)
    for word in ("周工", "0731-5566", "1 earlier visit", "after a repair"):
        assert word in said
    qtbot.keyClick(pane.table.view, Qt.Key.Key_Return, CTRL)
    form = form_of(window, CallForm)
    assert form.called.value() == "周工"
    form.submit()
    settle(qtbot, desk)
    assert followups.listed(side, Reach.DONE) == ()     # no result yet: nothing is written
    form.result.set_value(CallResult.FINE)
    form.grade.set_value(Grade.SATISFIED)
    form.submit()
    settle(qtbot, desk)
    (row,) = followups.listed(side, Reach.DONE)
    assert (row.follow_up.grade, row.follow_up.called) == (Grade.SATISFIED, "周工")
    assert pane.table.rows() == []
    page.show_view("targets")
    settle(qtbot, desk)
    assert "100% / 30%" in [page.shown.table.model.columns[4].text(m) for m in page.shown.table.rows()]  # type: ignore[attr-defined]


def test_nobody_picks_up(qtbot: QtBot, window: MainWindow, page: CarePage, desk: Desk, side: Depot) -> None:
    pane = page.shown
    assert isinstance(pane, CallsPane)
    qtbot.keyClick(pane.table.view, Qt.Key.Key_F6)
    form = form_of(window, MissedForm)
    form.submit()
    settle(qtbot, desk)
    (row,) = followups.listed(side, Reach.OPEN)
    assert row.follow_up.tries == 1
    assert pane.table.rows() == []      # not due today any more


def test_who_complains_in_a_call_is_taken_down_with_what_is_known(
    qtbot: QtBot, window: MainWindow, page: CarePage, desk: Desk, side: Depot
) -> None:
    qtbot.keyClick(page.shown.table.view, Qt.Key.Key_Return, CTRL)  # type: ignore[attr-defined]
    form = form_of(window, CallForm)
    form.result.set_value(CallResult.COMPLAINT)
    form.grade.set_value(Grade.DISSATISFIED)
    form.said.set_value("纸箱压扁")
    form.submit()
    settle(qtbot, desk)
    story = form_of(window, ComplaintForm)
    assert (story.story.value(), story.serial.value(), story.contact.value()) == ("纸箱压扁", "H204817736", "周工")
    story.topic.set_value(Topic.DELIVERY)
    story.submit()
    settle(qtbot, desk)
    (line,) = complaints.listed(side, Selection())
    assert (line.row.serial, line.complaint.topic) == ("H204817736", Topic.DELIVERY)


def test_a_complaint_step_by_step(
    qtbot: QtBot, window: MainWindow, page: CarePage, desk: Desk, side: Depot
) -> None:
    taken = complaints.take(side, Told(a_customer(side, "乙厂").id, Topic.QUALITY, "又坏了", contact="李工"))
    page.open_subject(taken.number)
    settle(qtbot, desk)
    pane = page.shown
    assert isinstance(pane, ComplaintsPane)
    assert "又坏了" in text_of(pane)
    pane.next_step()
    form_of(window, AssignForm).to.set_value("孙工")
    form_of(window, AssignForm).submit()
    settle(qtbot, desk)
    pane.next_step()
    form_of(window, SayForm).said.set_value("更换电容")
    form_of(window, SayForm).submit()
    settle(qtbot, desk)
    pane.next_step()
    tell = form_of(window, TellForm)
    assert (tell.whom.value(), tell.what.value()) == ("李工", "更换电容")
    tell.submit()
    settle(qtbot, desk)
    window.activateWindow()
    pane.take_focus()
    settle(qtbot, desk)
    qtbot.keyClick(pane.table.view, Qt.Key.Key_D, CTRL)
    form_of(window, SayForm).said.set_value("认可")
    form_of(window, SayForm).submit()
    settle(qtbot, desk)
    assert complaints.file(side, taken.number).line.complaint.state is ComplaintState.CLOSED
    assert "Customer told" in text_of(pane)


def test_the_file_and_the_lot_of_the_unit_in_the_detail(
    qtbot: QtBot, window: MainWindow, page: CarePage, desk: Desk, side: Depot, case_id: str
) -> None:
    with side.read() as tx:
        case = rows.case(tx, case_id)
    assert case is not None
    window.show_unit(case.unit_id)
    settle(qtbot, desk)
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    settle(qtbot, desk)
    form = form_of(window, ProductFileForm)
    form.shipped.set_value("双路电源")
    form.parts.set_value([{"name": "电源板", "lot": "PB-2401", "imported": "domestic"}])
    form.submit()
    settle(qtbot, desk)
    kept = files.product_file(side, case.unit_id)
    assert (kept.state.shipped, kept.parts[0].lot, kept.parts[0].imported) == ("双路电源", "PB-2401", False)
    assert not [d for d in window.findChildren(UnitFileDialog) if d.isVisible()]
    window.activateWindow()
    page.setFocus()
    settle(qtbot, desk)
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL | SHIFT)
    settle(qtbot, desk)
    (lot,) = [d for d in window.findChildren(LotDialog) if d.isVisible()]
    settle(qtbot, desk)
    assert [row.serial for row in lot.table.rows()] == ["H204817736"]
    lot.reject()
    lot.done(0)
    settle(qtbot, desk)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=20_000)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.keyClicks(window.bar.scan, "lot:pb-2401")
    qtbot.keyClick(window.bar.scan, Qt.Key.Key_Return)
    settle(qtbot, desk)
    (lot,) = [d for d in window.findChildren(LotDialog) if d.isVisible()]
    settle(qtbot, desk)
    assert [row.part for row in lot.table.rows()] == ["电源板"], "typed into the scan box, in one step"
    lot.reject()
