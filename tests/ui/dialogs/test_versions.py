"""Somebody else was quicker: both versions stand side by side, nothing typed is lost, each field can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.inspection import ItemKind, TestItem
from app.domain.knowledge import Note
from app.domain.places import Place
from app.domain.planning import LineDraft
from app.domain.policy_values import PolicyName
from app.domain.quotation import Draft
from app.domain.storage import ShelfDraft
from app.services import (
    accounts,
    amending,
    codes,
    customers,
    files,
    knowledge,
    planning,
    policies,
    products,
    quotation,
    quotation_lists,
    repair,
    settings,
    storage,
    templates,
)
from tests.app.services.test_quotation import BOARD, LABOUR, a_chargeable_case, drafted, with_tariff
from tests.builders import a_customer, a_diagnosis, a_product, a_received_unit, a_unit_at_repair
from tests.conftest import as_person
from tests.ui.conftest import sign_in, text_of
from ui.background import Desk
from ui.customers.page import CustomersPage
from ui.dialogs.dialog import FormDialog
from ui.dialogs.versions import VersionsDialog
from ui.files.unit_file import open_unit_file
from ui.form import Form
from ui.main_window import MainWindow
from ui.planning.page import PlanPage
from ui.policy.page import PolicyPage
from ui.products.page import ProductsPage
from ui.products.sheet import edit_sheet
from ui.quotation.editor import QuoteDialog
from ui.register.amending import AmendDialog
from ui.repair.page import BenchPage
from ui.settings.depot_tab import DepotTab
from ui.settings.page import SettingsPage
from ui.storage.shelving import open_shelf_form

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow, desk: Desk, login: str, page_id: str, subject: object = None) -> Any:
    """The page with ``login`` at the desk."""
    sign_in(desk, login)
    window.open(page_id, subject) if subject is not None else window.open(page_id)
    rest(desk)
    return window.page()


def rest(desk: Desk) -> None:
    """Wait until nothing is under way."""
    for _n in range(4):
        desk.wait_idle()
        QApplication.processEvents()


def dialog_in(owner: QWidget, desk: Desk) -> FormDialog:
    rest(desk)
    (found,) = [d for d in owner.window().findChildren(FormDialog) if d.isVisible()]
    return found


def versions_in(owner: QWidget, desk: Desk) -> VersionsDialog:
    rest(desk)
    (found,) = [d for d in owner.window().findChildren(VersionsDialog) if d.isVisible()]
    return found


def save(form: Form, desk: Desk) -> None:
    form.submit()
    rest(desk)


@pytest.fixture
def page(window: MainWindow, desk: Desk, side: Depot) -> CustomersPage:
    a_customer(side, "中车株洲所", code="C1", phone="0731-1", address="田心")
    made = opened(window, desk, "supervisor", "customers")
    assert isinstance(made, CustomersPage)
    made.edit(made.table.rows()[0])
    rest(desk)
    return made


def meanwhile(side: Depot, **values: str) -> None:
    """Another desk changes the customer."""
    file = customers.file(side, customers.find(side, "C1")[0].id)
    customers.edit(as_person(side, "supervisor"), replace(file.customer, **values), file.contacts, file.seen)


def on_record(side: Depot) -> tuple[str, str, str]:
    row = customers.file(side, customers.find(side, "C1")[0].id).customer
    return row.phone, row.address, row.note


def test_each_side_stands_for_what_only_it_changed_and_the_rest_is_asked(
    page: CustomersPage, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    first = dialog_in(page, desk)
    meanwhile(side, phone="0731-2", address="石峰区")
    first.form.fields["phone"].set_value("0731-3")
    first.form.fields["note"].set_value("周三收货")
    save(first.form, desk)
    asked = versions_in(page, desk)
    said = text_of(asked)
    assert "was changed by 陈思远 at 2026-11-03" in said
    assert all(words in said for words in ("0731-1", "0731-2", "0731-3", "田心", "石峰区", "周三收货"))
    assert asked.taken() == {"address": False, "note": True}        # the telephone was changed by both
    assert not asked.go_on.isEnabled()
    radio = asked.choices["phone"].button(1)
    radio.setFocus()
    qtbot.keyClick(radio, Qt.Key.Key_Space)
    assert asked.go_on.isEnabled()
    qtbot.keyClick(asked.go_on, Qt.Key.Key_Space)
    again = dialog_in(page, desk)
    assert again is not first
    assert "This is what you chose" in again.notice.text()
    assert on_record(side) == ("0731-2", "石峰区", "")      # nothing is written before it is saved
    save(again.form, desk)
    assert on_record(side) == ("0731-3", "石峰区", "周三收货")


@pytest.mark.parametrize(("button", "wanted"), [("theirs", ("0731-2", "田心", "")), ("mine", ("0731-3", "田心", "新"))])
def test_all_of_one_side(
    page: CustomersPage, desk: Desk, side: Depot, qtbot: QtBot, button: str, wanted: tuple[str, str, str]
) -> None:
    first = dialog_in(page, desk)
    meanwhile(side, phone="0731-2")
    first.form.fields["phone"].set_value("0731-3")
    first.form.fields["note"].set_value("新")
    save(first.form, desk)
    qtbot.keyClick(getattr(versions_in(page, desk), button), Qt.Key.Key_Space)
    save(dialog_in(page, desk).form, desk)
    assert on_record(side) == wanted


def test_going_back_keeps_what_was_typed_and_a_third_change_is_seen_too(
    page: CustomersPage, desk: Desk, side: Depot, qtbot: QtBot
) -> None:
    first = dialog_in(page, desk)
    meanwhile(side, phone="0731-2")
    first.form.fields["phone"].set_value("0731-3")
    save(first.form, desk)
    qtbot.keyClick(versions_in(page, desk), Qt.Key.Key_Escape)
    still = dialog_in(page, desk)
    assert still is first
    assert still.form.fields["phone"].value() == "0731-3"
    save(still.form, desk)
    versions_in(page, desk).mine.click()
    second = dialog_in(page, desk)
    meanwhile(side, phone="0731-4")
    save(second.form, desk)
    asked = versions_in(page, desk)
    assert [(one.theirs, one.yours) for one in asked.found] == [("0731-4", "0731-3")]
    asked.theirs.click()
    save(dialog_in(page, desk).form, desk)
    assert on_record(side)[0] == "0731-4"


def test_what_the_form_does_not_show_is_told_without_a_question(page: CustomersPage, desk: Desk, side: Depot) -> None:
    first = dialog_in(page, desk)
    row = customers.find(side, "C1")[0]
    customers.switch(as_person(side, "supervisor"), row.id, active=False)
    first.form.fields["phone"].set_value("0731-3")
    save(first.form, desk)
    again = dialog_in(page, desk)
    assert "does not touch it" in again.notice.text()
    save(again.form, desk)
    file = customers.file(side, row.id)
    assert (file.customer.phone, file.customer.active) == ("0731-3", False)


# -- every other edit ------------------------------------------------------------------------------------------------

def a_product_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    row = a_product(side)
    page = opened(window, desk, "supervisor", "products")
    assert isinstance(page, ProductsPage)
    page.edit(page.table.rows()[0])

    def meanwhile() -> None:
        file = products.file(side, row.id)
        products.edit(as_person(side, "supervisor"), replace(file.product, note="theirs"), file.key_parts, file.seen)

    return meanwhile


def notes_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    from ui.products.notes import edit_notes

    row = a_product(side)
    page = opened(window, desk, "supervisor", "products")
    edit_notes(page, row.id, (), lambda dialog, _done: dialog.done_well())
    return lambda: knowledge.save_notes(as_person(side, "supervisor"), row.id, [Note("theirs", "theirs", "")])


def a_code_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    page = opened(window, desk, "supervisor", "settings", "codes")
    assert isinstance(page, SettingsPage)
    tab: Any = page.by_name["codes"]
    rest(desk)
    view = tab.table.rows()[0]
    tab._open(view)                                     # as Enter on the line does

    def meanwhile() -> None:
        codes.edit(as_person(side, "supervisor"), replace(view.code, name_en="theirs"), view.seen)

    return meanwhile


def a_person_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    page: Any = opened(window, desk, "admin", "people")
    user = next(one for one in page.table.rows() if one.login == "planner")
    page.table.select_key(user.id)
    page._edit(user)

    def meanwhile() -> None:
        seen = accounts.account_of(user)
        accounts.edit(as_person(side, "admin"), user.id, replace(seen, name="theirs"), seen)

    return meanwhile


def a_shelf_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    boss = as_person(side, "supervisor")
    storage.add_shelf(boss, ShelfDraft(Place.ZONE_PENDING, "A-01", 5))
    page: Any = opened(window, desk, "supervisor", "zones")
    shelf = storage.shelves(side)[0]
    open_shelf_form(page, Place.ZONE_PENDING, shelf)
    return lambda: storage.edit_shelf(boss, shelf.id, shelf.seq, ShelfDraft(
        Place.ZONE_PENDING, "A-01", 5, note="theirs"))


def a_unit_file_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    got = a_received_unit(side)
    page: Any = opened(window, desk, "supervisor", "register")
    open_unit_file(page, desk, window, got.unit_id, "H204817736", lambda: None)
    seen = files.product_file(side, got.unit_id)
    return lambda: files.set_product_file(
        as_person(side, "supervisor"), got.unit_id, replace(seen, state=replace(seen.state, note="theirs")), seen)


def an_intake_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    from ui.receiving.known import KnownProducts

    got = a_received_unit(side)
    page: Any = opened(window, desk, "clerk", "register")
    AmendDialog.open_for(page, KnownProducts(), got.case_id)

    def meanwhile() -> None:
        seen = amending.intake_of(side, got.case_id)
        amending.amend(side, got.case_id, seen.seq, replace(seen.intake, note="theirs"))

    return meanwhile


def a_plan_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    product = a_product(side)
    a_received_unit(side, product_id=product.id)
    made = planning.draft(side, [LineDraft(product.id, 1)])
    page: Any = opened(window, desk, "clerk", "plan")
    assert isinstance(page, PlanPage)
    page.open_subject(made.number)
    rest(desk)
    page.edit()
    plan = planning.sheet(side, made.plan_id).plan
    return lambda: planning.edit(side, plan.id, plan.seq, [LineDraft(product.id, 1)], "theirs")


def a_test_sheet_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    row = a_product(side)
    page: Any = opened(window, desk, "inspector", "products")
    edit_sheet(page, row.id, None, lambda dialog, _done: dialog.done_well())
    item = TestItem("T1", "输出电压", "theirs", ItemKind.NUMERIC, "V", "46", "50")
    return lambda: templates.save(as_person(side, "inspector"), row.id, (item,), "", 0)


def a_quotation_edit(window: MainWindow, desk: Desk, side: Depot) -> Callable[[], object]:
    with_tariff(side)
    case_id = a_chargeable_case(side)
    made = drafted(side, case_id).quotation
    page: Any = opened(window, desk, "clerk", "quotations", case_id)
    QuoteDialog(page, quotation_lists.sheet(side, case_id), lambda _done: None).open()
    return lambda: quotation.save(side, Draft(
        case_id, (LABOUR, BOARD), note="theirs", quotation_id=made.id, seq=made.seq))


#: What is edited → (how it is opened, the field that both change).
EDITS: dict[str, tuple[Callable[[MainWindow, Desk, Depot], Callable[[], object]], str]] = {
    "product": (a_product_edit, "note"), "notes": (notes_edit, "notes"), "code": (a_code_edit, "name_en"),
    "person": (a_person_edit, "name"), "shelf": (a_shelf_edit, "note"), "unit": (a_unit_file_edit, "note"),
    "case": (an_intake_edit, "note"), "plan": (a_plan_edit, "note"), "test sheet": (a_test_sheet_edit, "items"),
    "quotation": (a_quotation_edit, "note"),
}


TYPED: dict[str, object] = {
    "notes": [{"title": "mine", "body": "mine", "symptom_code": ""}],
    "test sheet": [{"code": "T1", "name_zh": "输出电压", "name_en": "mine", "kind": "NUMERIC", "lower": "47",
                    "upper": "49", "unit": "V", "mandatory": True}],
}


@pytest.mark.parametrize("what", EDITS)
def test_every_edit_shows_both_versions_and_saves_the_choice(
    window: MainWindow, desk: Desk, side: Depot, what: str
) -> None:
    begin, name = EDITS[what]
    meanwhile = begin(window, desk, side)
    form = dialog_in(window, desk).form
    meanwhile()
    form.fields[name].set_value(TYPED.get(what, "mine"))
    save(form, desk)
    asked = versions_in(window, desk)
    (one,) = asked.found
    assert (one.name, one.mine) == (name, None)
    assert "theirs" in one.theirs
    assert "mine" in one.yours
    assert "since you opened" in text_of(asked)
    asked.mine.click()
    again = dialog_in(window, desk).form
    assert "mine" in again.fields[name].words()
    save(again, desk)
    assert not [d for d in window.findChildren(FormDialog) if d.isVisible()], window.toasts()


def test_a_policy_value_set_twice_is_shown_twice(window: MainWindow, desk: Desk, side: Depot) -> None:
    page: Any = opened(window, desk, "manager", "policy")
    assert isinstance(page, PolicyPage)
    page.open_subject(PolicyName.TURNAROUND_DAYS)
    line = page.table.current()
    assert line is not None
    page.ask(line)
    form = dialog_in(page, desk).form
    today = side.today()
    policies.set_value(as_person(side, "manager"), PolicyName.TURNAROUND_DAYS, "12", today)
    form.fields["value"].set_value(9)
    save(form, desk)
    asked = versions_in(page, desk)
    assert [(one.theirs, one.yours) for one in asked.found] == [("12", "9")]
    assert "was set by 总经理" in text_of(asked)
    asked.mine.click()
    save(dialog_in(page, desk).form, desk)
    made = policies.history(side, PolicyName.TURNAROUND_DAYS)
    assert [entry.value for entry in made] == ["9", "12"]


def test_the_diagnosis_at_the_bench(window: MainWindow, desk: Desk, side: Depot) -> None:
    got = a_unit_at_repair(side)
    bench = as_person(side, "technician")
    repair.take(bench, got.case_id)
    page: Any = opened(window, desk, "technician", "bench", got.case_id)
    assert isinstance(page, BenchPage)
    sheet = page.worksheet
    assert sheet is not None
    sheet.form.fields["confirmed_symptom"].set_value("mine")
    sheet.form.fields["cause_class"].set_value(a_diagnosis(got.case_id).cause_class)
    sheet.form.fields["fault"].set_value("C12 鼓包")
    sheet.form.fields["cause"].set_value("浪涌")
    repair.diagnose(bench, a_diagnosis(got.case_id, confirmed_symptom="theirs", cause="", seq=0))
    save(sheet.form, desk)
    asked = versions_in(page, desk)
    assert {"confirmed_symptom": None, "cause": True}.items() <= {one.name: one.mine for one in asked.found}.items()
    asked.mine.click()
    rest(desk)
    anew = page.worksheet
    assert anew is not None
    assert anew is not sheet
    assert anew.form.fields["confirmed_symptom"].value() == "mine"
    save(anew.form, desk)
    with side.read() as tx:
        assert tx.ask("SELECT confirmed_symptom, fault, cause FROM repair_orders") == [("mine", "C12 鼓包", "浪涌")]


def test_the_settings_of_the_depot(window: MainWindow, desk: Desk, side: Depot) -> None:
    page: Any = opened(window, desk, "admin", "settings", "depot")
    tab = page.by_name["depot"]
    assert isinstance(tab, DepotTab)
    rest(desk)
    tab.form.fields["phone"].set_value("mine")
    tab.form.fields["address"].set_value("我的地址")
    seen = settings.read(side)
    admin = as_person(side, "admin")
    settings.write(admin, replace(seen.card, phone="theirs", name="新名"), {}, seen)
    tab.look_again()                                        # as when the stamp of the database moved
    rest(desk)
    assert tab.form.fields["phone"].value() == "mine"       # what is typed stays
    save(tab.form, desk)
    asked = versions_in(page, desk)
    assert {one.name: one.mine for one in asked.found} == {"phone": None, "name": False, "address": True}
    asked.choices["phone"].button(1).click()
    asked.go_on.click()
    rest(desk)
    save(tab.form, desk)
    card = settings.read(side).card
    assert (card.phone, card.name, card.address) == ("mine", "新名", "我的地址")
