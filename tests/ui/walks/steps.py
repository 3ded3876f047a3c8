"""What people do at each step of a unit's way, through the real window: scans, keys, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.handover import Direction
from app.domain.inspection import ItemKind, TestItem
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Unit
from app.domain.returning import SendMethod
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import templates
from tests.builders import a_customer, a_product, as_person
from tests.conftest import PIN
from tests.ui.walks.hands import CTRL, Hands
from ui.dialogs.dialog import FormDialog
from ui.inspection.page import StampDialog

SERIAL = "H204817736"
SHIFT = Qt.KeyboardModifier.ShiftModifier
ITEMS = (
    TestItem("VOUT", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "47.5", "48.5"),
    TestItem("LABEL", "铭牌", "Nameplate", ItemKind.TICK),
)


def furnish(side: Depot) -> None:
    """The customer, the product and its test sheet."""
    a_customer(side, "中车株洲所", address="湖南省株洲市石峰区", contact="刘工", phone="0731-2849 3000")
    product = a_product(side)
    templates.save(as_person(side, "inspector"), product.id, ITEMS, "", 0)


def fill_crate(hands: Hands, serials: Sequence[str] = (SERIAL,), *, mode: str = "counter") -> None:
    """The clerk scans the crate: whose it is once, then the units; what is wrong once, copied to the rest."""
    hands.sit("clerk")
    page = hands.go("receiving")
    counter = page.counter
    if mode != page.mode.value():
        page.mode.set_value(mode)
        page.mode.chosen.emit(mode)
    hands.choose(counter.head.customer, "中车")
    for serial in serials:
        hands.scan(serial)
    assert [line.intake.serial for line in counter.crate.lines] == list(serials)
    counter.select(counter.crate.lines[0])
    hands.choose(counter.form.product, "psu")
    hands.type_into(counter.form.symptom.editor, "开机无输出")
    counter.form.accessories.set_value([{"name": "电源线", "quantity": 1, "condition": "", "serial": ""}])
    if len(serials) > 1:
        hands.key(Qt.Key.Key_D, CTRL)


def receive(hands: Hands, side: Depot, serials: Sequence[str] = (SERIAL,)) -> None:
    """A crate comes over the counter; giver and clerk sign once."""
    furnish(side)
    fill_crate(hands, serials)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.draw("刘师傅")
    hands.sign()


def plan(hands: Hands, number: str = "SH1-P2611-00001") -> None:
    """The clerk drafts, the planner countersigns and issues."""
    hands.sit("clerk")
    hands.go("plan")
    hands.key(Qt.Key.Key_N, CTRL)
    hands.answer()
    hands.sit("planner")
    page = hands.go("plan")
    page.open_subject(number)
    hands.rest()
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign("planner")
    hands.key(Qt.Key.Key_F8)
    hands.answer(closes=False)
    hands.sign("planner")


def put_on_list(hands: Hands, giver: str, direction: Direction, serials: Sequence[str]) -> None:
    """The giver chooses the direction and scans what goes."""
    hands.sit(giver)
    page = hands.go("handover")
    page.show_mode("give")
    page.giving.direction.set_value(direction)
    page.giving.direction.chosen.emit(direction)
    hands.rest()
    for serial in serials:
        hands.scan(serial)


def hand_over(hands: Hands, giver: str, receiver: str, direction: Direction, serial: str = SERIAL) -> None:
    """Both sign at one desk: choose the direction, scan the unit, sign twice."""
    put_on_list(hands, giver, direction, [serial])
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.sign(giver)
    hands.sign(receiver)


def offer(hands: Hands, giver: str, direction: Direction, serials: Sequence[str]) -> None:
    """The giver signs alone; the units stay until the receiver has answered."""
    put_on_list(hands, giver, direction, serials)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.sign(giver)


def repair(hands: Hands, serial: str = SERIAL, *, fault: str = "输入电容鼓包", work: str = "更换 C12、C15") -> None:
    """The technician takes the unit, says what is wrong, and completes the factory section."""
    hands.sit("technician")
    page = hands.go("bench")
    hands.scan(serial)
    hands.key(Qt.Key.Key_F6)
    hands.fill(
        page.worksheet.form, confirmed_symptom="上电无输出", fault=fault, cause_class=CauseClass.COMPONENT_QUALITY,
        responsibility=Responsibility.MAKER,
    )
    hands.key(Qt.Key.Key_S, CTRL)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.answer(
        result=RepairResult.REPAIRED, resolution=Resolution.PART_REPLACED, work_done=work, labour_minutes=45
    )


def measure(hands: Hands, volts: str, serial: str = SERIAL) -> None:
    """The inspector scans the unit and types what the instruments say."""
    hands.sit("inspector")
    hands.go("qa")
    hands.scan(serial)
    hands.key(Qt.Key.Key_Return)        # from the queue into the sheet
    hands.write(volts)
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_1)
    hands.key(Qt.Key.Key_Return)        # after the last value the verdict is due


def pass_and_mark(hands: Hands, volts: str = "48.02", serial: str = SERIAL) -> None:
    """All values are good; the inspector stamps with the PIN."""
    measure(hands, volts, serial)
    ceremony = hands.dialog(StampDialog)
    hands.type_into(ceremony.secret.edit, PIN)
    hands.key(Qt.Key.Key_Return)
    assert ceremony.stamp.is_given()
    ceremony.close()
    hands.rest()


def fail(hands: Hands, volts: str, why: str, serial: str = SERIAL) -> None:
    """A value is out of limits: no stamp is offered; the inspector says why the unit goes back."""
    measure(hands, volts, serial)
    assert not [dialog for dialog in hands.window.findChildren(StampDialog) if dialog.isVisible()]
    hands.scan("CMD:VERDICT:FAIL")
    dialog = hands.dialog(FormDialog)
    hands.type_into(dialog.form.fields["reason"].editor, why)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.gone(dialog)


def send_back(hands: Hands, serial: str = SERIAL) -> None:
    """The clerk puts the unit away, packs it behind the gates, and the courier takes it."""
    hands.sit("clerk")
    page = hands.go("return")
    hands.scan(serial)
    hands.key(Qt.Key.Key_Return, CTRL)
    assert page.choice.value() == "ready"
    pack(hands)


def pack_and_send(hands: Hands, serial: str) -> None:
    """What stands ready already is scanned, packed behind the gates and taken by the courier."""
    hands.sit("clerk")
    hands.go("return")
    hands.key(Qt.Key.Key_2, CTRL)
    hands.scan(serial)
    pack(hands)


def pack(hands: Hands) -> None:
    """Pack the unit of the list, and let the courier sign."""
    page = hands.window.page()
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
    hands.key(Qt.Key.Key_3, CTRL)
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


# -- what the record says ------------------------------------------------------------------------------------------


def of_serial(side: Depot, serial: str = SERIAL) -> tuple[ReturnCase, Unit]:
    """The unit and its case."""
    with side.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
        case = rows.case(tx, unit.case_id or "")
    assert case is not None
    return case, unit


def stands(side: Depot, serial: str = SERIAL) -> tuple[Stage, Place]:
    """How far the record says the case has come, and where the unit is."""
    case, unit = of_serial(side, serial)
    return case.stage, unit.place
