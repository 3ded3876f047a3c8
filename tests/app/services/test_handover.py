"""Handing over inside the house, on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.handover import Direction, ReceiptKind, Refusal, RefusalReason
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import handover as handover_rows
from app.persistence import receiving as rows
from app.services import handover, undoing
from app.services.handover import Answer, Offering
from tests.builders import (
    a_customer,
    a_product,
    a_released_unit,
    a_repaired_unit,
    a_unit_at_repair,
    as_person,
    outside,
    own,
    set_stage,
)


def whereabouts(depot: Depot, case_id: str) -> tuple[Stage, Place, Place]:
    """Stage of the case, place of the unit, place of the traveller."""
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        assert case is not None
        unit = rows.unit(tx, case.unit_id)
        traveller = rows.traveller_of_case(tx, case_id)
    assert unit is not None
    assert traveller is not None
    return case.stage, unit.place, traveller.place


def code(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


def test_an_accepted_offer_moves_unit_and_traveller_and_begins_the_repair(depot: Depot) -> None:
    got = a_released_unit(depot)
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    assert whereabouts(depot, got.case_id) == (Stage.RELEASED, Place.ZONE_PENDING, Place.ZONE_PENDING)
    bench = as_person(depot, "technician")
    assert [(o.number, o.units) for o in handover.open_offers(bench)] == [(offered.number, 1)]
    answered = handover.accept(bench, Answer(offered.handover_id, own("technician"), {}))
    assert answered.accepted == (got.case_id,)
    assert whereabouts(depot, got.case_id) == (Stage.IN_REPAIR, Place.REPAIR, Place.REPAIR)
    assert handover.open_offers(bench) == ()


def test_a_refused_line_stays_with_the_giver_and_its_stage_as_it_was(depot: Depot) -> None:
    customer, product = a_customer(depot), a_product(depot)
    first, second = (
        a_released_unit(depot, serial, customer_id=customer.id, product_id=product.id) for serial in ("A1", "A2")
    )
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (first.case_id, second.case_id), own()))
    answered = handover.accept(
        as_person(depot, "technician"),
        Answer(offered.handover_id, own("technician"), {second.case_id: Refusal(RefusalReason.TRAVELLER_MISSING)}),
    )
    assert (answered.accepted, answered.refused) == ((first.case_id,), (second.case_id,))
    assert whereabouts(depot, first.case_id)[:2] == (Stage.IN_REPAIR, Place.REPAIR)
    assert whereabouts(depot, second.case_id) == (Stage.RELEASED, Place.ZONE_PENDING, Place.ZONE_PENDING)
    sheet = handover.sheet(depot, offered.handover_id)
    assert [(case.serial, case.reason) for case in sheet.cases] == [
        ("A1", None), ("A2", RefusalReason.TRAVELLER_MISSING),
    ]
    assert (sheet.head.units, sheet.head.refused, sheet.head.ended) == (2, 1, ReceiptKind.RECEIVED)
    again = handover.offer(depot, Offering(Direction.DISPATCH, (second.case_id,), own()))
    assert again.units == 1


def test_another_reason_must_be_said(depot: Depot) -> None:
    got = a_released_unit(depot)
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    with pytest.raises(Refused) as refusal:
        handover.accept(
            as_person(depot, "technician"),
            Answer(offered.handover_id, own("technician"), {got.case_id: Refusal(RefusalReason.OTHER, "  ")}),
        )
    assert code(refusal) == "handover.refusal-reason"
    assert len(handover.open_offers(depot)) == 1


def test_only_what_an_issued_plan_releases_goes_to_repair(depot: Depot) -> None:
    got = a_released_unit(depot)
    set_stage(depot, got.case_id, Stage.PLANNED)
    with pytest.raises(Refused) as refusal:
        handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    assert code(refusal) == "handover.not-released"


def test_both_departments_must_sign_for_themselves(depot: Depot) -> None:
    got = a_released_unit(depot)
    with pytest.raises(Refused) as refusal:
        handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own("technician")))
    assert (code(refusal), refusal.value.field) == ("handover.not-yours", "giver")
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    for signature, expected in ((own("inspector"), "handover.not-yours"), (outside(), "handover.own-people")):
        with pytest.raises(Refused) as refusal:
            handover.accept(as_person(depot, "technician"), Answer(offered.handover_id, signature, {}))
        assert (code(refusal), refusal.value.field) == (expected, "receiver")
    assert whereabouts(depot, got.case_id)[0] is Stage.RELEASED


def test_what_is_offered_is_not_offered_twice_and_can_be_withdrawn(depot: Depot) -> None:
    got = a_released_unit(depot)
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    with pytest.raises(Refused) as refusal:
        handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    assert (code(refusal), refusal.value.facts["offer"]) == ("handover.already-offered", offered.number)
    handover.withdraw(depot, offered.handover_id, "等配件")
    assert handover.history(depot)[0].ended is ReceiptKind.WITHDRAWN
    with pytest.raises(Refused) as refusal:
        handover.accept(as_person(depot, "technician"), Answer(offered.handover_id, own("technician"), {}))
    assert code(refusal) == "handover.ended"
    handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))


def test_an_offer_is_undone_by_withdrawing_it_and_signed_custody_is_not_undone(depot: Depot) -> None:
    got = a_released_unit(depot)
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    undoing.undo(depot, offered.entry_id)
    assert handover.open_offers(depot) == ()
    again = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    handover.accept(as_person(depot, "technician"), Answer(again.handover_id, own("technician"), {}))
    objection = undoing.possible(depot, again.entry_id)
    assert objection is not None
    assert objection.code == "handover.ended"


def test_a_unit_without_its_traveller_is_not_offered(depot: Depot) -> None:
    got = a_repaired_unit(depot)
    with depot.write() as tx:
        traveller = rows.traveller_of_case(tx, got.case_id)
        assert traveller is not None
        last = tx.connection.exec_driver_sql(
            f"SELECT id FROM traveller_movements WHERE traveller_id = '{traveller.id}' ORDER BY ordinal DESC"
        ).scalar()
        assert isinstance(last, str)
        handover_rows.move_traveller(tx, traveller, Place.ZONE_PENDING, reverses_id=last)
    with pytest.raises(Refused) as refusal:
        handover.offer(
            as_person(depot, "technician"), Offering(Direction.TO_QA, (got.case_id,), own("technician"))
        )
    assert code(refusal) == "handover.traveller-elsewhere"


def test_the_factory_section_must_be_complete_before_qa(depot: Depot) -> None:
    got = a_unit_at_repair(depot)
    with pytest.raises(Refused) as refusal:
        handover.offer(
            as_person(depot, "technician"), Offering(Direction.TO_QA, (got.case_id,), own("technician"))
        )
    assert code(refusal) == "handover.section-open"


def test_the_lists_show_what_can_go_in_order_and_page_on(depot: Depot) -> None:
    customer, product = a_customer(depot), a_product(depot)
    cases = [
        a_released_unit(depot, f"S{n}", customer_id=customer.id, product_id=product.id).case_id for n in range(5)
    ]
    first = handover.ready(depot, Direction.DISPATCH, limit=2)
    rest = handover.ready(depot, Direction.DISPATCH, after_row=first[-1], limit=10)
    assert sorted(c.case_id for c in (*first, *rest)) == sorted(cases)
    assert not {c.case_id for c in first} & {c.case_id for c in rest}
    assert handover.ready_counts(depot)[Direction.DISPATCH] == 5
    assert first[0].customer == customer.name
    handover.offer(depot, Offering(Direction.DISPATCH, (first[0].case_id,), own()))
    shown = handover.ready(depot, Direction.DISPATCH, limit=10)
    assert [c.offered_in != "" for c in shown if c.case_id == first[0].case_id] == [True]


def test_a_scan_finds_the_case_by_serial_case_or_traveller_and_says_why_not(depot: Depot) -> None:
    got = a_released_unit(depot, "H204817736")
    for scan in (got.serial, got.case_number, got.traveller_number, "h204817736"):
        assert handover.scanned(depot, Direction.DISPATCH, scan).case_id == got.case_id
    with pytest.raises(Refused) as refusal:
        handover.scanned(depot, Direction.TO_QA, got.serial)
    assert code(refusal) == "handover.elsewhere"
    with pytest.raises(Refused) as refusal:
        handover.scanned(depot, Direction.DISPATCH, "X1")
    assert code(refusal) == "handover.not-found"


def test_an_offer_whose_unit_changed_meanwhile_is_refused_whole(depot: Depot) -> None:
    got = a_released_unit(depot)
    offered = handover.offer(depot, Offering(Direction.DISPATCH, (got.case_id,), own()))
    set_stage(depot, got.case_id, Stage.PLANNED)
    with pytest.raises(Refused) as refusal:
        handover.accept(as_person(depot, "technician"), Answer(offered.handover_id, own("technician"), {}))
    assert code(refusal) == "handover.changed"
    handover.accept(
        as_person(depot, "technician"),
        Answer(offered.handover_id, own("technician"), {got.case_id: Refusal(RefusalReason.NOT_PLANNED)}),
    )
    assert whereabouts(depot, got.case_id)[:2] == (Stage.PLANNED, Place.ZONE_PENDING)
