"""Scrap, exchange and R&D in the real window, by keys and scans."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.determination import Conclusion
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import free_service, handover, repair
from app.services.handover import Offering
from tests.app.services.test_quotation import a_chargeable_case
from tests.builders import PIN, as_person, own
from tests.ends import a_ber_unit, a_decided_unit, a_spare, the_product
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.dialogs.sign import SignDialog
from ui.disposition.page import DispositionsPage
from ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SERIAL = "H204817736"


class Hands:
    """Opens the page as somebody, types keys, signs."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: Desk, scanner: Scanner) -> None:
        self.qtbot, self.window, self.desk, self.scan = qtbot, window, desk, scanner

    def at(self, login: str, pane: str) -> DispositionsPage:
        sign_in(self.desk, login)
        self.window.open("dispositions")
        self.window.activateWindow()
        self.settle()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=60_000)
        page = self.window.page()
        assert isinstance(page, DispositionsPage)
        page.show_pane(pane)
        self.settle()
        return page

    def settle(self) -> None:
        for _ in range(4):
            self.desk.wait_idle()
            self.qtbot.wait(1)

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        both = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            both |= modifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, both)
        self.settle()

    def type(self, text: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        self.qtbot.keyClicks(target, text)

    def sign(self, login: str) -> None:
        dialog = next(dialog for dialog in self.window.findChildren(SignDialog) if dialog.isVisible())
        dialog.login.set_value(login)
        self.qtbot.keyClicks(dialog.secret.edit, PIN)
        self.qtbot.keyClick(dialog.secret.edit, Qt.Key.Key_Return)
        self.settle()

    def dialog(self) -> QDialog:
        return next(d for d in reversed(self.window.findChildren(QDialog)) if d.isVisible())

    def close_preview(self) -> None:
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.close()
        self.settle()


@pytest.fixture
def hands(qtbot: QtBot, window: MainWindow, desk: Desk, scanner: Scanner) -> Hands:
    return Hands(qtbot, window, desk, scanner)


def stands(depot: Depot, case_id: str) -> tuple[Stage, Place]:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        assert case is not None
        unit = rows.unit(tx, case.unit_id)
    assert unit is not None
    return case.stage, unit.place


def test_ask_approve_scrap_and_exchange(hands: Hands, side: Depot) -> None:
    product = the_product(side)
    a_spare(side, product)
    got = a_ber_unit(side, product)
    hands.at("clerk", "scrap")
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_F, CTRL, SHIFT)
    hands.type("costs more than it is worth")
    hands.key(Qt.Key.Key_Return, CTRL)
    page = hands.at("manager", "approve")
    assert "costs more than it is worth" in [row.approval.reason for row in page.shown.table.rows()]  # type: ignore[attr-defined]
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_A, CTRL, SHIFT)
    hands.sign("manager")
    hands.at("clerk", "scrap")
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_W, CTRL, SHIFT)
    assert stands(side, got.case_id) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    hands.close_preview()
    hands.at("supervisor", "exchange")
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_X, CTRL, SHIFT)
    hands.key(Qt.Key.Key_Return, CTRL)      # the pool proposed the spare
    assert "SH1-X2611-00001" in text_of(hands.window)


def test_kept_with_consent_and_concluded_by_an_engineer(hands: Hands, side: Depot) -> None:
    got = a_decided_unit(side, the_product(side), manufactured_on=date(2026, 2, 1))
    hands.at("supervisor", "rnd")
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_Y, CTRL, SHIFT)
    hands.type("Mr Liu")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert stands(side, got.case_id) == (Stage.TO_RND, Place.COUNTER)
    handover.hand_over(
        as_person(side, "clerk"), Offering(Direction.TO_LAB, (got.case_id,), own()), own("engineer")
    )
    hands.at("engineer", "rnd")
    hands.scan(SERIAL)
    hands.settle()
    hands.key(Qt.Key.Key_T, CTRL, SHIFT)
    dialog = hands.dialog()
    form = dialog.determine_form  # type: ignore[attr-defined]
    form.tests.set_value([{"name": "高温老化", "result": "未复现"}])
    form.conclusion.set_value(Conclusion.NONE)
    form.findings.set_value("各项指标合格")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("engineer")
    assert "SH1-A2611-00001" in text_of(hands.window)



def test_the_approver_is_told_that_the_verdict_changed_since(hands: Hands, side: Depot) -> None:
    case_id = a_chargeable_case(side)
    free_service.ask(side, case_id, "large customer")
    page = hands.at("manager", "approve")
    assert "The verdict changed" not in text_of(page)
    repair.amend_responsibility(
        as_person(side, "technician"), case_id, CauseClass.COMPONENT_QUALITY, Responsibility.MAKER, "seen again")
    page = hands.at("manager", "approve")
    page.reload()
    hands.settle()
    assert "out of warranty → in warranty (seen again) after this was asked for" in text_of(page)
