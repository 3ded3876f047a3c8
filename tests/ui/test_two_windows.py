"""Two windows on one PostgreSQL at the same moment: no lost update, and the second person is told what happened.

Both press their last key before either has an answer: each window's errand runs in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.depot import Depot, open_depot
from app.domain.planning import LineDraft, PlanState
from app.services import amending, planning, verifying
from tests.builders import PIN, a_customer, a_product, a_received_unit, own
from tests.conftest import CHEAP, FakeClock, as_person
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.dialogs.dialog import Dialog, FormDialog
from ui.dialogs.sign import SignDialog
from ui.dialogs.versions import VersionsDialog
from ui.form import Option
from ui.main_window import MainWindow
from ui.planning.page import PlanPage
from ui.receiving.known import KnownProducts
from ui.receiving.page import ReceivingPage
from ui.register.amending import AmendDialog
from ui.scanner import read_scan

pytestmark = pytest.mark.postgres
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.fixture
def windows(database_url: str, clock: FakeClock, qapp: QApplication) -> Iterator[tuple[MainWindow, MainWindow]]:
    """Two windows, each with a desk of its own, on one database."""
    del qapp
    desks = [Desk(lambda: open_depot(database_url, clock=lambda: clock.now, hashing=CHEAP)) for _n in range(2)]
    made = [MainWindow(desk, first="") for desk in desks]
    for window in made:
        window.show()
    yield made[0], made[1]
    for window, desk in zip(made, desks, strict=True):
        desk.wait_idle()
        window.close()
        window.deleteLater()
        desk.close()
        desk.deleteLater()


def rest(*windows: MainWindow) -> None:
    """Wait until nothing is under way in either window."""
    for _n in range(5):
        for window in windows:
            window.desk.wait_idle()
        QApplication.processEvents()


def shown(window: MainWindow, kind: type[D]) -> list[D]:
    return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]


def open_page(window: MainWindow, login: str, page_id: str) -> Any:
    sign_in(window.desk, login)
    window.open(page_id)
    rest(window)
    return window.page()


def counted(side: Depot, table: str) -> int:
    with side.read() as tx:
        ((number,),) = tx.ask(f"SELECT count(*) FROM {table}")
    return int(number)


def ready_to_sign(window: MainWindow, login: str, customer: Option, product: Option) -> SignDialog:
    """The unit on the screen, the giver has signed; the clerk's PIN is typed, not yet sent."""
    page = open_page(window, login, "receiving")
    assert isinstance(page, ReceivingPage)
    page.counter.head.customer.set_value(customer)
    page.scanned(read_scan("H204817736"))
    rest(window)
    page.counter.form.product.set_value(product)
    page.counter.form.symptom.set_value("开机无输出")
    page.sign()
    rest(window)
    (giver,) = shown(window, SignDialog)
    giver.name.set_value("刘师傅")
    giver.way.set_value("paper")
    giver.form.changed.emit()
    giver.form.submit()
    rest(window)
    (clerk,) = shown(window, SignDialog)
    clerk.secret.setFocus()
    QTest.keyClicks(clerk.secret.edit, PIN)
    return clerk


def test_the_same_unit_received_twice_at_once(windows: tuple[MainWindow, MainWindow], side: Depot) -> None:
    customer, product = a_customer(side), a_product(side)
    both = [
        ready_to_sign(window, login, Option(customer.id, customer.name), Option(product.id, product.model))
        for window, login in zip(windows, ("clerk", "clerk2"), strict=True)
    ]
    for signature in both:
        signature.form.submit()
    rest(*windows)
    assert (counted(side, "units"), counted(side, "return_cases")) == (1, 1)
    crates: list[Any] = [window.page() for window in windows]
    (second,) = [page for page in crates if page.counter.crate.lines]
    assert second.counter.crate.lines[0].intake.symptom == "开机无输出"     # what the second typed is still there
    window = second.window()
    said = " ".join([*window.toasts(), text_of(second), *(text_of(dialog) for dialog in shown(window, SignDialog))])
    assert "H204817736 is in the depot already" in said, said
    assert verifying.verify(side).sound


def test_the_same_case_edited_twice(windows: tuple[MainWindow, MainWindow], side: Depot) -> None:
    got = a_received_unit(side)
    forms = []
    for window, login in zip(windows, ("clerk", "clerk2"), strict=True):
        page = open_page(window, login, "register")
        AmendDialog.open_for(page, KnownProducts(), got.case_id)
        rest(window)
        (dialog,) = shown(window, AmendDialog)
        dialog.form.fields["symptom"].set_value(f"{login}: 输出不稳")
        dialog.form.fields["site" if login == "clerk" else "condition"].set_value(login)
        forms.append(dialog.form)
    for form in forms:
        form.submit()
    rest(*windows)
    (second,) = [window for window in windows if shown(window, VersionsDialog)]
    first = windows[1 - windows.index(second)]
    assert not shown(first, FormDialog)
    (asked,) = shown(second, VersionsDialog)
    mine = "clerk2" if second is windows[1] else "clerk"
    assert ("何静" if mine == "clerk2" else "Anna Clerk") in text_of(asked)
    assert {one.name: one.mine for one in asked.found} == {
        "symptom": None, "site": mine == "clerk", "condition": mine == "clerk2"}
    asked.choices["symptom"].button(0).click()          # theirs
    asked.go_on.click()
    rest(second)
    (again,) = shown(second, AmendDialog)
    again.form.submit()
    rest(*windows)
    intake = amending.intake_of(side, got.case_id).intake
    assert (intake.site, intake.condition) == ("clerk", "clerk2")      # both are on record
    assert intake.symptom == ("clerk" if mine == "clerk2" else "clerk2") + ": 输出不稳"
    assert verifying.verify(side).sound


def test_a_plan_issued_while_a_line_is_taken_off(windows: tuple[MainWindow, MainWindow], side: Depot) -> None:
    customer, product = a_customer(side), a_product(side)
    for n in range(3):
        a_received_unit(side, f"S{n}", customer_id=customer.id, product_id=product.id)
    made = planning.draft(side, [LineDraft(product.id, 3)])
    planner = as_person(side, "planner")
    planning.countersign(planner, made.plan_id, planning.sheet(side, made.plan_id).plan.seq, own("planner"))
    pages = []
    for window in windows:
        page = open_page(window, "planner", "plan")
        assert isinstance(page, PlanPage)
        page.open_subject(made.number)
        rest(window)
        pages.append(page)
    pages[0].issue()
    rest(windows[0])
    (issuing,) = shown(windows[0], FormDialog)
    issuing.form.submit()
    rest(windows[0])
    (signing,) = shown(windows[0], SignDialog)
    QTest.keyClicks(signing.secret.edit, PIN)
    pages[1].change()
    rest(windows[1])
    (changing,) = shown(windows[1], FormDialog)
    changing.form.fields[f"quantity:{product.id}"].set_value(2)
    changing.form.fields["reason"].set_value("一台缺随附件")
    signing.form.submit()
    changing.form.submit()
    rest(*windows)
    sheet = planning.sheet(side, made.plan_id)
    units = sum(len(sheet.cases_of(line.id)) for line in sheet.lines)
    assert (sheet.plan.state, units) in {(PlanState.ISSUED, 3), (PlanState.DRAFT, 2)}
    second = windows[1] if sheet.plan.state is PlanState.ISSUED else windows[0]
    said = " ".join([*second.toasts(), *(text_of(dialog) for dialog in shown(second, Dialog))])
    assert made.number in said
    # by whom it was changed, or into which state the other one has brought it
    assert "周颖" in said or "this step is not possible any more" in said, said
    assert verifying.verify(side).sound
    for window in windows:
        for dialog in window.findChildren(QDialog):
            dialog.done(0)
