"""A spare stays at a site: the faulty unit is owed, is late, arrives at the counter, is repaired for the pool (§5)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import life_line
from tests.conftest import FakeClock
from tests.ui.conftest import text_of
from tests.ui.walks.hands import CTRL, Hands, paper
from tests.ui.walks.hard_steps import come_again, furnish_terms
from tests.ui.walks.steps import SERIAL, SHIFT, archive, hand_over, pass_and_mark, plan, repair, stands
from ui.dialogs.dialog import FormDialog
from ui.spares.page import SparesPage

SPARE = "H204899001"
RECORD = "SH1-U2611-00001"


def test_the_owed_unit_is_chased_arrives_and_joins_the_pool(hands: Hands, side: Depot, clock: FakeClock) -> None:
    furnish_terms(side, SPARE)
    send_to_site(hands)
    paper(side, RECORD, SPARE, "中车株洲所", "5 号线")
    put_in(hands)
    paper(side, RECORD, SPARE, SERIAL, "龚师傅")
    assert owner(side, SPARE) == ("中车株洲所", Place.CUSTOMER)     # ownership of both has switched
    assert owner(side, SERIAL)[0] == ""

    clock.advance(days=20)
    late = hands.go("chase").table.rows()
    assert [(row.subject.serial, row.subject.number, row.state.colour.value) for row in late] == [
        (SERIAL, RECORD, "OVERDUE")]
    hands.key(Qt.Key.Key_Return, CTRL)                              # there: the page of the owed units
    page = hands.window.page()
    assert isinstance(page, SparesPage)
    assert "1 unit owed, 1 overdue" in text_of(page)

    come_again(hands)
    assert stands(side) == (Stage.RECEIVED, Place.ZONE_PENDING)
    assert hands.go("chase").table.rows() == []                     # it is here: nobody chases it any more
    plan(hands)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH)
    repair(hands)
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    into_the_pool(hands)
    assert stands(side) == (Stage.SPARE, Place.ZONE_SPARE)
    archive(hands, "SH1-T2611-00002")
    assert stands(side) == (Stage.CLOSED, Place.ZONE_SPARE)
    pool = hands.go("spares")
    hands.key(Qt.Key.Key_1, CTRL)
    assert [row.serial for row in pool.shown.table.rows()] == [SERIAL]
    paper(side, RECORD, SPARE, SERIAL, "SH1-R2611-00002")


def send_to_site(hands: Hands) -> None:
    """The clerk scans a spare and gives it to the field person, who signs."""
    hands.sit("clerk")
    hands.go("spares")
    hands.scan(SPARE)
    hands.key(Qt.Key.Key_Return, CTRL)
    form = hands.dialog(FormDialog).form
    hands.choose(form.fields["customer_id"], "中车")
    hands.answer(site="5 号线", reason="列车停运", closes=False)
    hands.sign("clerk")
    hands.draw("郭师傅")
    hands.close_preview()


def put_in(hands: Hands) -> None:
    """The spare was put in; the user at the site signs that it stays."""
    hands.key(Qt.Key.Key_2, CTRL)
    hands.scan(RECORD)
    hands.key(Qt.Key.Key_Return, CTRL | SHIFT)
    form = hands.dialog(FormDialog).form
    hands.type_into(form.fields["replaced_serial"].edit, SERIAL)
    hands.choose(form.fields["product_id"], "psu")
    hands.answer(closes=False)
    hands.draw("龚师傅")
    hands.close_preview()


def into_the_pool(hands: Hands) -> None:
    """The unit is ours now: on the page Return there is one way only."""
    hands.sit("clerk")
    page = hands.go("return")
    hands.scan(SERIAL)
    hands.key(Qt.Key.Key_Return, CTRL)
    assert f"was replaced by a spare at the site ({RECORD}): it belongs to the pool." in text_of(hands.window)
    hands.scan(SERIAL)
    hands.key(Qt.Key.Key_F6)
    assert page.table.rows() == []


def owner(side: Depot, serial: str) -> tuple[str, Place]:
    """Whose a unit is, and where."""
    with side.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
    return life_line.unit_life(side, unit.id).customer, unit.place
