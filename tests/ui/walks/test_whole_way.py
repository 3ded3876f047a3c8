"""A unit's whole way through the real window, by scanner and keyboard, on both engines (issue 1, done when 2)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.depot import Depot
from app.domain.handover import Direction
from app.domain.places import ZONES, Place
from app.domain.register import Selection
from app.domain.slips import FormId
from app.domain.stages import Stage
from app.services import slips
from tests.ui.walks.hands import Hands, on_paper, paper
from tests.ui.walks.steps import (
    SERIAL,
    archive,
    deliver,
    hand_over,
    pass_and_mark,
    plan,
    receive,
    repair,
    send_back,
    stands,
)


def test_a_unit_goes_all_the_way(hands: Hands, side: Depot, tmp_path: Path) -> None:
    receive(hands, side)
    assert stands(side) == (Stage.RECEIVED, Place.ZONE_PENDING)
    hands.print_out("SH1-C2611-00001", tmp_path)
    paper(side, "SH1-C2611-00001", "补打", SERIAL, "中车株洲所", "电源线")
    paper(side, "SH1-R2611-00001", SERIAL, form=FormId.UNIT_LABEL)
    paper(side, "SH1-H2611-00001", SERIAL, "刘师傅")
    plan(hands)
    paper(side, "SH1-P2611-00001", SERIAL)
    hand_over(hands, "clerk", "technician", Direction.DISPATCH)
    paper(side, "SH1-H2611-00002", SERIAL, "SH1-T2611-00001")
    repair(hands)
    hand_over(hands, "technician", "inspector", Direction.TO_QA)
    pass_and_mark(hands)
    paper(side, "SH1-M2611-00001", form=FormId.QA_MARK)
    hand_over(hands, "inspector", "clerk", Direction.PASSED)
    send_back(hands)
    for number in ("SH1-K2611-00001", "SH1-S2611-00001", "SH1-F2611-00001"):
        paper(side, number, SERIAL)
    assert stands(side) == (Stage.READY_TO_RETURN, Place.OUTBOUND)
    deliver(hands)
    assert stands(side) == (Stage.RETURNED, Place.CUSTOMER)     # not closed: the traveller is outstanding
    archive(hands, "SH1-T2611-00001")
    assert stands(side) == (Stage.CLOSED, Place.CUSTOMER)
    paper(side, "SH1-T2611-00001", SERIAL, "更换 C12、C15", "SH1-M2611-00001", "SH1-H2611-00004")
    the_books(side)


def the_books(side: Depot) -> None:
    """The register (F3) names the unit; the ledgers (F20) name it in the zones it stood in, and only there."""
    day = date(2026, 11, 3)
    register = slips.register(side, Selection())
    on_paper(register, "SH1-REGISTER-20261103-20261103", SERIAL, "中车株洲所")
    for zone in ZONES:
        stood = zone in {Place.ZONE_PENDING, Place.ZONE_REPAIRED}
        ledger = slips.zone_ledger(side, zone, day, day)
        on_paper(ledger, f"SH1-{zone.value}-20261103-20261103", *([SERIAL, "SH1-R2611-00001"] if stood else []))
