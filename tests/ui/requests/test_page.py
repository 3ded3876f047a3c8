"""Service requests by keyboard: a call with history, the steps to a signed slip, a case before the unit arrives."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.complaints import Told, Topic
from app.domain.requests import Call, RequestState, RequestStep, Route, Selection
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import complaints, requests
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock
from tests.spare_builders import a_spare
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.care.page import CarePage
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignDialog
from ui.form import Form, Option
from ui.main_window import MainWindow
from ui.requests.call_form import CallDialog
from ui.requests.forms import PlanForm, ReportForm, SayForm, TripForm, WhoForm
from ui.requests.page import RequestsPage
from ui.spares.forms import SendForm
from ui.spares.page import SparesPage

CTRL = Qt.KeyboardModifier.ControlModifier
F = TypeVar("F", bound=Form)


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        desk.wait_idle()
        qtbot.wait(1)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk) -> RequestsPage:
    sign_in(desk, "clerk")
    window.open("requests")
    window.activateWindow()
    settle(qtbot, desk)
    found = window.page()
    assert isinstance(found, RequestsPage)
    found.table.view.setFocus()
    return found


def a_request(depot: Depot) -> requests.Stepped:
    customer = a_customer(depot, phone="0731-8855 6677")
    return requests.take(depot, Call(
        customer.id, "黑屏", a_product(depot).id, "H204817736", contact="周工", phone="13800138000"))


def form_of(page: RequestsPage, kind: type[F]) -> F:
    page.desk.wait_idle()
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert isinstance(dialog.form, kind)
    return dialog.form


def test_history_and_warranty_stand_there_before_the_call_is_taken(
    qtbot: QtBot, page: RequestsPage, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    product = a_product(side, warranty={"start_event": "SHIPMENT", "months": 24})
    customer = a_customer(side)
    a_received_unit(side, "S1077", product_id=product.id, customer_id=customer.id, shipped_on=date(2026, 1, 5))
    scanner("S1077")
    settle(qtbot, desk)
    (dialog,) = [d for d in page.findChildren(CallDialog) if d.isVisible()]
    said = text_of(dialog)
    assert "1 earlier visit" in said
    assert "2028-01-05" in said
    form = dialog.call_form
    assert (form.product.value(), form.customer.value()) == (product.id, customer.id)
    qtbot.keyClicks(form.phone.edit, "13800138000")
    qtbot.keyClicks(form.symptom.edit, "again dark")
    form.submit()
    settle(qtbot, desk)
    (line,) = requests.listed(side, Selection())
    assert (line.request.serial, line.request.warranty, line.request.symptom) == ("S1077", "IN", "again dark")
    assert page.file is not None
    assert "Next: pass it on" in text_of(page)


def test_the_customer_is_known_by_the_telephone_number(
    qtbot: QtBot, page: RequestsPage, desk: Desk, side: Depot
) -> None:
    customer = a_customer(side, phone="0731-8855 6677", contact="周工")
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CTRL)
    settle(qtbot, desk)
    (dialog,) = [d for d in page.findChildren(CallDialog) if d.isVisible()]
    form = dialog.call_form
    qtbot.keyClicks(form.phone.edit, "073188556677")
    qtbot.keyClick(form.phone.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)
    assert (form.customer.value(), form.contact.value()) == (customer.id, "周工")
    dialog._discarding = True
    dialog.reject()


def test_an_unknown_serial_without_its_product_is_refused_and_kept(
    qtbot: QtBot, page: RequestsPage, desk: Desk, side: Depot
) -> None:
    customer = a_customer(side)
    qtbot.keyClick(page.table.view, Qt.Key.Key_N, CTRL)
    settle(qtbot, desk)
    (dialog,) = [d for d in page.findChildren(CallDialog) if d.isVisible()]
    form = dialog.call_form
    form.serial.set_value("NOBODY-1")
    form.customer.set_value(Option(customer.id, customer.name))
    form.phone.set_value("138")
    form.symptom.set_value("dark")
    form.submit()
    settle(qtbot, desk)
    assert "NOBODY-1 is not on record" in form.serial.shown_problem()
    assert requests.listed(side, Selection(open_only=False)) == ()
    dialog._discarding = True
    dialog.reject()


def test_from_the_call_to_a_signed_slip(
    qtbot: QtBot, window: MainWindow, page: RequestsPage, desk: Desk, side: Depot, clock: FakeClock
) -> None:
    done = a_request(side)
    page.look_again()
    settle(qtbot, desk)

    def go() -> None:
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return, CTRL)
        settle(qtbot, desk)

    go()
    who = form_of(page, WhoForm)
    qtbot.keyClicks(who.who.edit, "Li Min")
    qtbot.keyClick(who.who.edit, Qt.Key.Key_Return)
    settle(qtbot, desk)
    go()
    say = form_of(page, SayForm)
    say.said.set_value("断电重启")
    qtbot.keyClick(say.said.edit, Qt.Key.Key_Return, CTRL)
    settle(qtbot, desk)
    go()
    plan = form_of(page, PlanForm)
    plan.route.set_value(Route.ON_SITE)
    plan.solution.set_value("上门更换")
    plan.submit()
    settle(qtbot, desk)
    go()
    trip = form_of(page, TripForm)
    trip.technician.set_value(requests_technician(side))
    trip.submit()
    settle(qtbot, desk)
    go()
    report = form_of(page, ReportForm)
    report.result.set_value("SOLVED")
    report.findings.set_value("电源坏")
    report.work.set_value("更换电源")
    report.submit()
    settle(qtbot, desk)
    sign = next(dialog for dialog in window.findChildren(SignDialog) if dialog.isVisible())
    sign.way.set_value("paper")
    sign.form.submit()
    settle(qtbot, desk)
    file = requests.file(side, done.number)
    assert file.visits[0][0].slip_number == "SH1-S2611-00001"
    assert file.line.step is RequestStep.CLOSE
    go()
    close = form_of(page, SayForm)
    close.said.set_value("解决")
    close.submit()
    settle(qtbot, desk)
    assert requests.file(side, done.number).line.request.state is RequestState.CLOSED
    window.voice.undo_last()
    settle(qtbot, desk)
    assert requests.file(side, done.number).line.request.state is RequestState.OPEN


def requests_technician(depot: Depot) -> str:
    from app.services import site_visits

    return site_visits.technicians(depot)[0].id


def test_the_unit_comes_back_before_it_arrives(
    qtbot: QtBot, page: RequestsPage, desk: Desk, side: Depot
) -> None:
    done = a_request(side)
    page.look_again()
    settle(qtbot, desk)
    qtbot.keyClick(page.table.view, Qt.Key.Key_R, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, desk)
    (dialog,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    dialog.form.submit()
    settle(qtbot, desk)
    request = requests.file(side, done.number).line.request
    with side.read() as tx:
        case = rows.case(tx, request.case_id or "")
    assert case is not None
    assert (case.stage, case.symptom, case.contact) == (Stage.REPORTED, "黑屏", "周工")


def test_a_scanned_number_opens_the_request(
    qtbot: QtBot, window: MainWindow, page: RequestsPage, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    done = a_request(side)
    requests.close(side, done.request_id, "x")
    window.open("today")
    settle(qtbot, desk)
    window.setFocus()
    scanner(done.number)
    settle(qtbot, desk)
    assert window.page() is page
    assert page.file is not None
    assert page.file.line.request.number == done.number


def test_a_complaints_number_opens_the_complaint_though_it_looks_like_a_requests(
    qtbot: QtBot, window: MainWindow, page: RequestsPage, desk: Desk, side: Depot, scanner: Scanner
) -> None:
    taken = complaints.take(side, Told(
        a_customer(side, "长沙地铁").id, Topic.SERVICE, "无人回电", contact="周工", phone="138"))
    page.setFocus()
    scanner(taken.number)
    settle(qtbot, desk)
    assert window.here() == "care"
    care = window.page()
    assert isinstance(care, CarePage)
    assert taken.number in text_of(care)


def test_the_swap_step_leads_to_the_pool_with_everything_filled_in(
    qtbot: QtBot, window: MainWindow, page: RequestsPage, desk: Desk, side: Depot
) -> None:
    spare = a_spare(side, "S-1")
    customer = a_customer(side, "长沙地铁")
    done = requests.take(side, Call(
        customer.id, "黑屏", spare.product_id, "F-900", contact="周工", phone="138", site="5 号线"))
    page.look_again()
    settle(qtbot, desk)
    qtbot.keyClick(page.table.view, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, desk)
    pool = window.page()
    assert isinstance(pool, SparesPage)
    assert pool.view("pool").current().serial == "S-1"
    pool.view("pool").buttons["spares.send"].click()
    settle(qtbot, desk)
    (dialog,) = [d for d in pool.findChildren(FormDialog) if d.isVisible()]
    form = dialog.form
    assert isinstance(form, SendForm)
    sending = form.sending()
    assert (sending.request_number, sending.customer_id, sending.site, sending.reason, sending.contact) == (
        done.number, customer.id, "5 号线", "黑屏", "周工")
    dialog._discarding = True
    dialog.reject()
