"""A referred unit from the scan to its notice, in the real window: why, signed, told, put away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult
from app.domain.disposition import Channel
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.stages import Stage
from app.domain.warranty import WarrantyState
from app.persistence import disposition as rows
from app.persistence import receiving as receiving_rows
from app.services import disposition
from tests.app.services.test_disposition import third_visit
from tests.builders import a_product, a_referred_unit, own
from tests.ui.conftest import Scanner, text_of
from tests.ui.walks.hands import CTRL, Hands
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.disposition.notices import NoticesPane
from ui.disposition.page import DispositionsPage
from ui.disposition.ruling import RulingPane
from ui.main_window import MainWindow
from ui.receiving.used_up import UsedUpDialog

OUT = {"shipped_on": date(2019, 3, 2)}
IN = {"shipped_on": date(2026, 3, 2)}


@pytest.fixture
def hands(window: MainWindow, desk: Desk, qtbot: QtBot, scanner: Scanner) -> Hands:
    return Hands(window, desk, qtbot, scanner)


def opened(hands: Hands, login: str = "supervisor") -> tuple[DispositionsPage, RulingPane]:
    hands.sit(login)
    page = hands.go("dispositions")
    assert isinstance(page, DispositionsPage)
    pane = page.pane("rule")
    assert isinstance(pane, RulingPane)
    return page, pane


def referred(side: Depot, serial: str = "H204817736", **values: object) -> str:
    product = a_product(side, model=f"PSU-{serial}", warranty={"months": 24}, replacement_fen=100_000)
    return a_referred_unit(side, serial, product_id=product.id, **values).case_id  # type: ignore[arg-type]


def press(hands: Hands, pane: RulingPane | NoticesPane, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    pane.take_focus()
    hands.key(key, modifier)


NO = Qt.KeyboardModifier.NoModifier


def test_the_screen_says_why_and_a_supervisor_confirms_by_key(hands: Hands, side: Depot) -> None:
    first = referred(side, "H204811111", **OUT)
    second = referred(side, "H204822222", **IN)
    page, pane = opened(hands)
    hands.scan("H204822222")
    assert pane.case_id == second
    said = text_of(page)
    assert "Rule 5 (art. 10.4): irreparable, in warranty." in said
    assert "The unit cannot be repaired at a sensible cost. It is under warranty, so you bear no cost." in said
    assert "no fault found 0 of 2, failed 1 of 2" in said
    assert [v.number for v in pane.sheet.visits.rows()] == ["SH1-R2611-00002"]
    press(hands, pane, Qt.Key.Key_Return, CTRL)
    hands.sign("supervisor")
    with side.read() as tx:
        ruled = rows.current(tx, second)
    assert ruled is not None
    assert ruled.decided == (Outcome.SCRAP, Outcome.EXCHANGE)
    assert [one.row.case_id for one in pane.table.rows()] == [first]


def test_the_clerk_sees_why_but_a_supervisor_signs(hands: Hands, side: Depot) -> None:
    case_id = referred(side, **IN)
    _page, pane = opened(hands, "clerk")
    hands.scan("H204817736")
    press(hands, pane, Qt.Key.Key_Return, CTRL)
    hands.sign("supervisor")
    with side.read() as tx:
        ruled = rows.current(tx, case_id)
    assert ruled is not None
    assert ruled.decided_by_name == "陈思远"


def test_deciding_otherwise_with_a_reason(hands: Hands, side: Depot) -> None:
    case_id = referred(side, **IN)
    page, pane = opened(hands)
    hands.scan("H204817736")
    press(hands, pane, Qt.Key.Key_F8, NO)
    hands.answer(outcomes=(Outcome.REPAIR,), reason="原厂同意供件", closes=False)
    hands.sign("supervisor")
    with side.read() as tx:
        ruled = rows.current(tx, case_id)
    assert ruled is not None
    assert (ruled.decided, ruled.reason) == ((Outcome.REPAIR,), "原厂同意供件")
    pane.show_case(case_id)
    hands.rest()
    assert "Decided otherwise than the rules: 原厂同意供件" in text_of(page)
    press(hands, pane, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert disposition.waiting(side)[0].row.case_id == case_id


def test_an_unknown_warranty_shows_both_answers_and_is_settled(hands: Hands, side: Depot) -> None:
    case_id = referred(side)
    page, pane = opened(hands)
    hands.scan("H204817736")
    said = text_of(page)
    assert "If in warranty" in said
    assert "Rule 5 (art. 10.4): irreparable, in warranty. → scrap, exchange" in said
    assert not pane.confirm.isEnabled()
    press(hands, pane, Qt.Key.Key_F7, NO)
    hands.answer(state=WarrantyState.IN, reason="凭发票", proof="发票 0231")
    assert "in warranty, settled by 陈思远: 凭发票 (发票 0231)" in text_of(page)
    assert pane.confirm.isEnabled()
    assert disposition.sheet(side, case_id).settlement is not None


def test_the_talk_then_zone_2_with_the_notice(hands: Hands, side: Depot) -> None:
    case_id = referred(side, cause=CauseClass.ENVIRONMENT, result=RepairResult.BER, **IN)
    disposition.confirm(side, case_id, own("supervisor"))
    page, _pane = opened(hands)
    hands.key(Qt.Key.Key_3, CTRL)
    pane = page.pane("as-is")
    assert isinstance(pane, NoticesPane)
    hands.scan("H204817736")
    assert not pane.put.isEnabled()
    press(hands, pane, Qt.Key.Key_F6, NO)
    form = hands.dialog(FormDialog).form
    assert "the warranty does not cover it" in str(form.fields["said"].value())
    hands.answer(with_whom="刘工", channel=Channel.PHONE, answered="同意取回")
    hands.scan("H204817736")
    press(hands, pane, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.close_preview()
    with side.read() as tx:
        case = receiving_rows.case(tx, case_id)
        unit = receiving_rows.unit(tx, case.unit_id) if case else None
    assert case is not None
    assert unit is not None
    assert (case.stage, unit.place) == (Stage.READY_TO_RETURN, Place.ZONE_REPAIRED)


def test_facts_that_changed_are_named(hands: Hands, side: Depot, clock: object) -> None:
    from app.domain.disposition import Talk, Wish
    from app.services import notices

    case_id = referred(side, **OUT)
    disposition.confirm(side, case_id, own("supervisor"))
    notices.record_talk(
        side, case_id,
        Talk("刘工", side.clock() - timedelta(minutes=5), Channel.LETTER, "说明", "请代为报废", Wish.SCRAP, "11-02 函"),
    )
    page, pane = opened(hands)
    hands.scan("H204817736")
    assert "what the customer wants" in text_of(page)
    press(hands, pane, Qt.Key.Key_Return, CTRL)
    hands.sign("supervisor")
    with side.read() as tx:
        ruled = rows.current(tx, case_id)
    assert ruled is not None
    assert ruled.decided == (Outcome.EXPLAIN, Outcome.SCRAP)


def test_at_the_counter_the_ruling_is_offered_at_once(hands: Hands, side: Depot, window: MainWindow) -> None:
    case_id = third_visit(side, **IN)
    hands.sit("clerk")
    page = hands.go("receiving")
    UsedUpDialog(page, disposition.offered(side, [case_id])).open()  # type: ignore[arg-type]
    dialog = hands.dialog(UsedUpDialog)
    assert "Rule 6 (art. 10.4): the fault came back after 2 return visits" in text_of(dialog)
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "A supervisor confirms…")
    hands.bot.keyClick(button, Qt.Key.Key_Space)
    hands.sign("supervisor")
    with side.read() as tx:
        case = receiving_rows.case(tx, case_id)
    assert case is not None
    assert case.stage is Stage.REFERRED
