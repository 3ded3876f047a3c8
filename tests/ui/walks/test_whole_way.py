"""A unit's whole way through the real window, by scanner and keyboard, on both engines (issue 1, done when 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.handover import Direction
from app.domain.inspection import ItemKind, TestItem
from app.domain.returning import SendMethod
from app.domain.slips import FormId
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import templates
from tests.builders import a_customer, a_product, as_person
from tests.conftest import PIN
from tests.ui.walks.hands import CTRL, Hands, paper
from ui.background import Desk
from ui.inspection.page import StampDialog
from ui.main_window import MainWindow

SERIAL = "H204817736"
ITEMS = (
    TestItem("VOUT", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "47.5", "48.5"),
    TestItem("LABEL", "铭牌", "Nameplate", ItemKind.TICK),
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Callable[[str], None]) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def receive(hands: Hands, side: Depot, serial: str = SERIAL) -> None:
    """The clerk takes the unit in: whose it is once, then a scan, a symptom, two signatures."""
    a_customer(side, "中车株洲所", address="湖南省株洲市石峰区", contact="刘工", phone="0731-2849 3000")
    product = a_product(side)
    templates.save(as_person(side, "inspector"), product.id, ITEMS, "", 0)
    hands.sit("clerk")
    page = hands.go("receiving")
    counter = page.counter
    hands.choose(counter.head.customer, "中车")
    hands.scan(serial)
    assert [line.intake.serial for line in counter.crate.lines] == [serial]
    hands.choose(counter.form.product, "psu")
    hands.type_into(counter.form.symptom.editor, "开机无输出")
    counter.form.accessories.set_value([{"name": "电源线", "quantity": 1, "condition": "", "serial": ""}])
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign()


def plan(hands: Hands) -> None:
    """The clerk drafts, the planner countersigns and issues."""
    hands.sit("clerk")
    hands.go("plan")
    hands.key(Qt.Key.Key_N, CTRL)
    hands.answer()
    hands.sit("planner")
    page = hands.go("plan")
    page.open_subject("SH1-P2611-00001")
    hands.rest()
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("planner")
    hands.key(Qt.Key.Key_F8)
    hands.answer(closes=False)
    hands.sign("planner")


def hand_over(hands: Hands, giver: str, receiver: str, direction: Direction, serial: str = SERIAL) -> None:
    """Both sign at one desk: choose the direction, scan the unit, sign twice."""
    hands.sit(giver)
    page = hands.go("handover")
    page.show_mode("give")
    page.giving.direction.set_value(direction)
    page.giving.direction.chosen.emit(direction)
    hands.rest()
    hands.scan(serial)
    hands.key(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.sign(giver)
    hands.sign(receiver)


def repair(hands: Hands, serial: str = SERIAL) -> None:
    """The technician takes the unit, says what is wrong, and completes the factory section."""
    hands.sit("technician")
    page = hands.go("bench")
    hands.scan(serial)
    hands.key(Qt.Key.Key_F6)
    sheet = page.worksheet
    hands.fill(
        sheet.form, confirmed_symptom="上电无输出", fault="输入电容鼓包", cause_class=CauseClass.COMPONENT_QUALITY,
        responsibility=Responsibility.MAKER,
    )
    hands.key(Qt.Key.Key_S, CTRL)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.answer(
        result=RepairResult.REPAIRED, resolution=Resolution.PART_REPLACED, work_done="更换 C12、C15", labour_minutes=45
    )


def inspect(hands: Hands, serial: str = SERIAL) -> None:
    """The inspector fills the test sheet from the keyboard and stamps with the PIN."""
    hands.sit("inspector")
    hands.go("qa")
    hands.scan(serial)
    hands.key(Qt.Key.Key_Return)        # from the queue into the sheet
    hands.write("48.02")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_1)
    hands.key(Qt.Key.Key_Return)        # after the last value the ceremony is due
    ceremony = hands.dialog(StampDialog)
    hands.type_into(ceremony.secret.edit, PIN)
    hands.key(Qt.Key.Key_Return)
    assert ceremony.stamp.is_given()
    ceremony.close()
    hands.rest()


def send_back(hands: Hands, serial: str = SERIAL) -> None:
    """The clerk puts the unit away, packs it behind the gates, and the courier takes it."""
    hands.sit("clerk")
    page = hands.go("return")
    hands.scan(serial)
    hands.key(Qt.Key.Key_Return, CTRL)
    assert page.choice.value() == "ready"
    page.table.select_key(page.table.rows()[0].case_id)
    hands.key(Qt.Key.Key_F7)
    hands.answer(method=SendMethod.COURIER, carrier="顺丰速运", waybill="SF1234567890")
    hands.close_preview()
    page.table.select_key(page.table.rows()[0].case_id)
    hands.key(Qt.Key.Key_F8)
    hands.sign("clerk")
    hands.draw("快递员小张")


def deliver(hands: Hands) -> None:
    """The customer's signature on the courier's paper comes back."""
    page = hands.go("return")
    page.choice.set_value("on_the_way")
    page.choice.chosen.emit("on_the_way")
    hands.rest()
    page.table.select_key(page.table.rows()[0].case_id)
    hands.key(Qt.Key.Key_D, CTRL)
    hands.answer(receiver="刘工")


def archive(hands: Hands, number: str) -> None:
    """The inspector files the original; the clerk brings it."""
    hands.sit("inspector")
    page = hands.go("travellers")
    hands.scan(number)
    page.form.position.set_value("2026-11/37")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("clerk")
    hands.sign("inspector")


def test_a_unit_goes_all_the_way(hands: Hands, side: Depot) -> None:
    receive(hands, side)
    paper(side, "SH1-C2611-00001", SERIAL, "中车株洲所")
    paper(side, "SH1-R2611-00001", SERIAL, form=FormId.UNIT_LABEL)
    plan(hands)
    paper(side, "SH1-P2611-00001", SERIAL)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH)
    paper(side, "SH1-H2611-00002", SERIAL, "SH1-T2611-00001")
    repair(hands)
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    inspect(hands)
    paper(side, "SH1-M2611-00001", form=FormId.QA_MARK)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    send_back(hands)
    for number in ("SH1-K2611-00001", "SH1-S2611-00001", "SH1-F2611-00001"):
        paper(side, number, SERIAL)
    assert stage(side) is Stage.READY_TO_RETURN
    deliver(hands)
    assert stage(side) is Stage.RETURNED        # not closed: the traveller is outstanding
    archive(hands, "SH1-T2611-00001")
    assert stage(side) is Stage.CLOSED
    paper(side, "SH1-T2611-00001", SERIAL, "更换 C12、C15", "SH1-M2611-00001", "SH1-H2611-00004")


def stage(side: Depot, serial: str = SERIAL) -> Stage:
    """How far the record says the case has come."""
    with side.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
        case = rows.case(tx, unit.case_id or "")
    assert case is not None
    return case.stage
