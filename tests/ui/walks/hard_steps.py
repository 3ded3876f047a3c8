"""What people do with a unit that cannot simply go back: referred, ruled on, and each ending signed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility, usual_responsibility
from app.domain.handover import Direction
from app.domain.masterdata import Product
from app.domain.scrap import ScrapWay
from app.services import templates
from tests.builders import a_customer, a_product, as_person
from tests.ends import a_spare
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands
from tests.ui.walks.steps import ITEMS, SERIAL, SHIFT, fill_crate, hand_over, plan
from ui.dialogs.dialog import FormDialog
from ui.disposition.ruling import RulingPane

MADE, SHIPPED = date(2026, 2, 1), date(2026, 3, 2)
LONG_AGO = date(2019, 3, 2)


def furnish_terms(side: Depot, *spares: str) -> Product:
    """The customer, a product with two years of warranty and a price, its spares in zone 3, and its test sheet."""
    a_customer(side, "中车株洲所", address="湖南省株洲市石峰区", contact="刘工", phone="0731-2849 3000")
    product = a_product(side, warranty={"months": 24}, replacement_fen=100_000)
    for serial in spares:
        a_spare(side, product, serial)
    templates.save(as_person(side, "inspector"), product.id, ITEMS, "", 0)
    return product


def come_in(hands: Hands, serial: str = SERIAL, *, made: date = MADE, shipped: date = SHIPPED) -> None:
    """The unit comes over the counter with the days that its warranty is reckoned from."""
    fill_crate(hands, (serial,))
    form = hands.window.page().counter.form
    hands.type_into(form.manufactured.edit, made.isoformat())
    hands.type_into(form.shipped.edit, shipped.isoformat())
    sign_for_it(hands)


def come_again(hands: Hands, serial: str = SERIAL) -> None:
    """A unit that is on record already: customer, product and dates are known from its serial."""
    hands.sit("clerk")
    counter = hands.go("receiving").counter
    hands.choose(counter.head.customer, "中车")
    hands.scan(serial)
    hands.type_into(counter.form.symptom.editor, "开机无输出")
    sign_for_it(hands)


def sign_for_it(hands: Hands) -> None:
    """The giver and the clerk sign."""
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign("clerk")


def to_the_bench(hands: Hands, serial: str = SERIAL, number: str = "SH1-P2611-00001") -> None:
    """Planned, issued, handed over to repair."""
    plan(hands, number)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH, serial)


def diagnose(
    hands: Hands, serial: str = SERIAL, *, cause: CauseClass = CauseClass.COMPONENT_QUALITY, fault: str = "主板烧毁",
    responsibility: Responsibility | None = None,
) -> None:
    """The technician takes the unit and says what is wrong, and why."""
    hands.sit("technician")
    page = hands.go("bench")
    hands.scan(serial)
    hands.key(Qt.Key.Key_F6)
    hands.fill(
        page.worksheet.form, confirmed_symptom="上电无输出", fault=fault, cause_class=cause,
        responsibility=responsibility or usual_responsibility(cause),
    )
    hands.key(Qt.Key.Key_S, CTRL)


def conclude(hands: Hands, result: RepairResult, *, minutes: int = 60, work: str = "已全面检测") -> None:
    """The factory section is complete: with what result."""
    hands.key(Qt.Key.Key_Return, CTRL)
    done = Resolution.PART_REPLACED if result is RepairResult.REPAIRED else Resolution.NOTHING_DONE
    hands.answer(result=result, resolution=done, work_done=work, labour_minutes=minutes)


def refer(hands: Hands) -> str:
    """The technician refers the unit; both sign its way to the counter. What the window said about it."""
    hands.key(Qt.Key.Key_F12)
    said = text_of(hands.window)
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.sign("technician")
    hands.sign("clerk")
    return said


def open_pane(hands: Hands, login: str, key: Qt.Key, serial: str = SERIAL) -> RulingPane:
    """Somebody opens a pane of the dispositions by its key and scans the unit."""
    hands.sit(login)
    page = hands.go("dispositions")
    page.setFocus()
    hands.key(key, CTRL)
    hands.scan(serial)
    shown: RulingPane = page.shown
    return shown


def rule(hands: Hands, serial: str = SERIAL) -> str:
    """A supervisor reads why and signs what the rules say. What the sheet said."""
    open_pane(hands, "supervisor", Qt.Key.Key_1, serial)
    said = text_of(hands.window)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("supervisor")
    return said


def ask_for_scrap(hands: Hands, reason: str, serial: str = SERIAL) -> None:
    """The clerk asks for the approval."""
    open_pane(hands, "clerk", Qt.Key.Key_4, serial)
    hands.key(Qt.Key.Key_F, CTRL | SHIFT)
    hands.answer(reason=reason)


def approve(hands: Hands, serial: str = SERIAL) -> str:
    """The general manager reads why and signs. What the pane said."""
    open_pane(hands, "manager", Qt.Key.Key_2, serial)
    said = text_of(hands.window)
    hands.key(Qt.Key.Key_A, CTRL | SHIFT)
    hands.sign("manager")
    return said


def into_zone_4(hands: Hands, serial: str = SERIAL, *, from_lab: bool = False) -> None:
    """The clerk puts the approved unit into zone 4; from R&D both sign."""
    open_pane(hands, "clerk", Qt.Key.Key_4, serial)
    hands.key(Qt.Key.Key_W, CTRL | SHIFT)
    if from_lab:
        hands.sign("engineer")
        hands.sign("clerk")
    hands.close_preview()


def scrap(hands: Hands, reason: str, serial: str = SERIAL, *, from_lab: bool = False) -> None:
    """Asked for, approved by somebody else, put into zone 4."""
    ask_for_scrap(hands, reason, serial)
    approve(hands, serial)
    into_zone_4(hands, serial, from_lab=from_lab)


def dispose(hands: Hands, serial: str = SERIAL) -> None:
    """A recycler takes it before a witness."""
    open_pane(hands, "clerk", Qt.Key.Key_4, serial)
    hands.key(Qt.Key.Key_D, CTRL | SHIFT)
    hands.answer(how=ScrapWay.RECYCLER, by_whom="绿源回收", witness="周颖", closes=False)
    hands.sign("clerk")
    hands.draw("绿源回收 老周")
    hands.close_preview()


def give_sample(hands: Hands, serial: str = SERIAL) -> None:
    """The scrapped unit goes to R&D for good; both sign."""
    open_pane(hands, "clerk", Qt.Key.Key_4, serial)
    hands.key(Qt.Key.Key_D, CTRL | SHIFT)
    hands.answer(closes=False)
    hands.sign("clerk")
    hands.sign("engineer")
    hands.close_preview()


def exchange(hands: Hands, spare: str, serial: str = SERIAL) -> None:
    """A supervisor gives the spare that the pool proposes."""
    open_pane(hands, "supervisor", Qt.Key.Key_5, serial)
    hands.key(Qt.Key.Key_X, CTRL | SHIFT)
    dialog = hands.dialog(FormDialog)
    assert dialog.form.fields["serial"].value() == spare    # proposed: the longest in zone 3
    hands.answer()
    hands.close_preview()
