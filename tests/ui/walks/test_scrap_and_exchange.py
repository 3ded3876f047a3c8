"""In warranty and not worth repairing: ruled, scrapped by two persons, disposed of, exchanged, closed (spec 1 §4)."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence import receiving as rows
from app.services import life_line, warranty
from tests.ui.walks.hands import Hands, paper
from tests.ui.walks.hard_steps import (
    approve,
    ask_for_scrap,
    come_in,
    conclude,
    diagnose,
    dispose,
    exchange,
    furnish_terms,
    into_zone_4,
    refer,
    rule,
    to_the_bench,
)
from tests.ui.walks.steps import SERIAL, archive, deliver, pack_and_send, stands

SPARE = "H204899001"


def test_ber_in_warranty_is_scrapped_and_exchanged(hands: Hands, side: Depot) -> None:
    furnish_terms(side, SPARE)
    come_in(hands)
    to_the_bench(hands)
    diagnose(hands)
    conclude(hands, RepairResult.BER)
    assert "Rule 5 (art. 10.4): not worth repairing (BER), in warranty." in refer(hands)
    assert stands(side) == (Stage.REFERRED, Place.COUNTER)
    said = rule(hands)
    assert "It is under warranty, so you bear no cost. The unit is scrapped. You receive another unit" in said
    assert "shipped 2026-03-02 + 24 months = 2028-03-02" in said
    assert "the cause is not settled" not in said
    assert "left the list" not in said      # it was handed over: that is no news
    ask_for_scrap(hands, "维修费用超过残值")
    approve(hands)
    into_zone_4(hands)
    assert stands(side) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    dispose(hands)
    assert stands(side) == (Stage.SCRAPPED, Place.DISPOSED)
    paper(side, "SH1-W2611-00001", SERIAL, "维修费用超过残值", "何静", "批准", "总经理", "绿源回收", "周颖",
          "SH1-D2611-00001")
    exchange(hands, SPARE)
    paper(side, "SH1-X2611-00001", SERIAL, SPARE, "中车株洲所", "2028-03-02", "免费")
    pack_and_send(hands, SPARE)
    paper(side, "SH1-K2611-00001", SPARE, f"换 {SERIAL}")
    paper(side, "SH1-F2611-00001", SPARE, f"以本产品更换贵方原产品 {SERIAL}")
    deliver(hands)
    assert stands(side)[0] is Stage.SCRAPPED        # the original is still out
    archive(hands, "SH1-T2611-00002")
    assert stands(side) == (Stage.CLOSED, Place.DISPOSED)
    the_customers_file(side)


def the_customers_file(side: Depot) -> None:
    """The customer has the new serial and no longer the old one; the old unit's warranty goes on with the new one."""
    with side.read() as tx:
        (old,), (new,) = (rows.units_with_serial(tx, serial) for serial in (SERIAL, SPARE))
        assert warranty.ledger(side, tx, new).parts_until == date(2028, 3, 2)
    before, after = (life_line.unit_life(side, unit.id) for unit in (old, new))
    assert (before.customer, after.customer, new.place) == ("", "中车株洲所", Place.CUSTOMER)
    for life, action in ((before, "exchange.make"), (after, "exchange.came_in")):
        (made,) = [event for event in life.events if event.action == action]
        assert (made.facts["old_serial"], made.facts["new_serial"]) == (SERIAL, SPARE)
