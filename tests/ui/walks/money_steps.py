"""What people do about money: the tariff, the quotation, the customer's answer, the payment."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.masterdata import Part, Product
from app.domain.repair import OldPart
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.services import parts, tariffs, templates
from tests.builders import a_customer, a_product, as_person
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands
from tests.ui.walks.hard_steps import come_in, diagnose, to_the_bench
from tests.ui.walks.steps import ITEMS, SERIAL
from ui.dialogs.dialog import FormDialog
from ui.quotation.answering import AnswerDialog
from ui.quotation.editor import QuoteDialog

TODAY = date(2026, 11, 3)
BOARD = "PCB-4800"


def furnish_with_prices(side: Depot) -> Product:
    """The customer, a product with two years of warranty, a part on the list and on the shelf, rates of the year."""
    a_customer(side, "中车株洲所", address="湖南省株洲市石峰区", contact="刘工", phone="0731-2849 3000")
    product = a_product(side, warranty={"months": 24}, replacement_fen=500_000)
    templates.save(as_person(side, "inspector"), product.id, ITEMS, "", 0)
    parts.add(as_person(side, "supervisor"), Part("", BOARD, "主板", "Main board", price_fen=32_000), stock=5)
    head = as_person(side, "manager")
    for kind, rate_class, amount, percent in (
        (TariffKind.LABOUR, RateClass.STANDARD, 18_000, 0), (TariffKind.PARTS_SURCHARGE, RateClass.GENERAL, 500, 10),
        (TariffKind.OLD_FOR_NEW, RateClass.GENERAL, 0, 15),
    ):
        tariffs.set_rate(head, TariffEntry("", kind, rate_class, amount, percent, TODAY, None))
    return product


def diagnosed(hands: Hands, shipped: date, cause: CauseClass) -> None:
    """Over the counter with the day it was shipped, planned, handed to repair, and diagnosed there."""
    come_in(hands, made=shipped, shipped=shipped)
    to_the_bench(hands)
    diagnose(hands, cause=cause)


def write_quotation(hands: Hands, serial: str = SERIAL, **part: str) -> str:
    """The clerk scans the unit, writes the quotation and a part into it by hand. What the total said."""
    hands.sit("clerk")
    hands.go("quotations")
    hands.scan(serial)
    hands.key(Qt.Key.Key_N, CTRL)
    editor = hands.dialog(QuoteDialog)
    lines = editor.quote_form.lines
    for key, text in part.items():
        cell = lines.cell(1, key)
        assert isinstance(cell, QLineEdit)
        hands.type_into(cell, text)
    said = f"{editor.figures.text()} {editor.words.text()}"
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.gone(editor)
    hands.close_preview()
    return said


def send_quotation(hands: Hands) -> str:
    """The quotation that was just written goes to the customer. What the page says then."""
    hands.key(Qt.Key.Key_Return, CTRL)
    return text_of(hands.window)


def take_answer(hands: Hands, serial: str = SERIAL, *, drawn: str = "", **values: object) -> None:
    """The clerk scans the unit and writes down what the customer said; ``drawn``: who signs on the screen."""
    hands.sit("clerk")
    hands.go("quotations")
    hands.scan(serial)
    hands.key(Qt.Key.Key_F7)
    dialog = hands.dialog(AnswerDialog)
    hands.answer(closes=not drawn, **values)
    if drawn:
        hands.draw(drawn)
        hands.gone(dialog)


def fit_part(hands: Hands, part_no: str = BOARD, serial: str = SERIAL) -> None:
    """The technician scans the unit and the drawer label of a part; the old one is handed in."""
    hands.sit("technician")
    hands.go("bench")
    hands.scan(serial)
    hands.scan(part_no)
    hands.answer(old_part=OldPart.YES, quantity="1")


def pay(hands: Hands, receipt: str, serial: str = SERIAL) -> None:
    """The clerk scans the unit and takes the money that is open, with the number of the receipt."""
    hands.sit("clerk")
    hands.go("quotations")
    hands.scan(serial)
    hands.key(Qt.Key.Key_F8)
    dialog = hands.dialog(FormDialog)
    hands.type_into(dialog.form.fields["receipt_number"].editor, receipt)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.gone(dialog)
