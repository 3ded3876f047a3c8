"""Receiving, reporting and amending, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.depot import SYSTEM, Depot
from app.domain.handover import Refusal, RefusalReason
from app.domain.masterdata import Customer, Product, Shelf
from app.domain.places import Place
from app.domain.receiving import AccessoryIn, Intake, ReturnCase, ReturnMethod, Traveller, Unit, Urgency
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import receiving as rows
from app.persistence import storage as shelf_rows
from app.services import amending, receiving, reporting, search, storage, undoing
from tests.builders import a_customer, a_product, a_received_unit, an_intake, outside, own, set_stage
from tests.conftest import FakeClock, as_person


def record(depot: Depot, case_id: str) -> tuple[ReturnCase, Unit, Traveller]:
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        assert case is not None
        unit = rows.unit(tx, case.unit_id)
        traveller = rows.traveller_of_case(tx, case_id)
    assert unit is not None
    assert traveller is not None
    return case, unit, traveller


def receive(depot: Depot, *intakes: Intake, **values: object) -> receiving.Received:
    return receiving.receive(depot, receiving.Receipt(intakes, outside(), own(), **values))  # type: ignore[arg-type]


def test_a_received_unit_stands_in_zone_one_with_its_traveller(depot: Depot) -> None:
    got = a_received_unit(depot, "h204 817736")
    case, unit, traveller = record(depot, got.case_id)
    assert (unit.serial, unit.place, unit.movement_no, unit.case_id) == (
        "H204817736", Place.ZONE_PENDING, 1, case.id)
    assert (case.number, case.stage, case.visit_no) == ("SH1-R2611-00001", Stage.RECEIVED, 1)
    assert case.due_on == date(2026, 11, 17)
    assert traveller.place is Place.ZONE_PENDING


def test_a_unit_in_the_house_is_not_received_twice(depot: Depot) -> None:
    first = an_intake(depot)
    receive(depot, first)
    with pytest.raises(Refused) as refusal:
        receive(depot, first)
    assert refusal.value.code == "receiving.already-here"
    assert refusal.value.facts["number"] == "SH1-R2611-00001"


def test_a_refused_receipt_writes_nothing_and_takes_no_number(depot: Depot) -> None:
    good = an_intake(depot)
    with pytest.raises(Refused):
        receive(depot, good, good)
    with depot.read() as tx:
        assert rows.units_with_serial(tx, "H204817736") == ()
    assert receive(depot, good).number == "SH1-H2611-00001"


def test_a_crate_is_one_handover_and_each_unit_a_case(depot: Depot) -> None:
    model = an_intake(depot)
    got = receive(depot, *(replace(model, serial=f"H20481773{n}") for n in range(8)), announced=8)
    assert [unit.case_number for unit in got.units] == [f"SH1-R2611-{n:05d}" for n in range(1, 9)]
    assert (got.number, got.receipt_number) == ("SH1-H2611-00001", "SH1-C2611-00001")
    assert len(got.entry_ids) == 8


def test_unreadable_nameplates_get_depot_tags_in_order(depot: Depot) -> None:
    model = an_intake(depot, "", unreadable=True)
    got = receive(depot, model, model)
    assert [unit.serial for unit in got.units] == ["SH1-T00001", "SH1-T00002"]


def test_an_unknown_product_and_customer_become_proposals_of_the_depot(depot: Depot) -> None:
    intake = Intake("X1", "", "", "无输出", product_model="ＡＣ-90", customer_name="  东方  电厂 ")
    got = receive(depot, intake, replace(intake, serial="X2"))
    case, unit, _ = record(depot, got.units[1].case_id)
    with depot.read() as tx:
        product = masterdata.get(tx, Product, unit.product_id)
        customer = masterdata.get(tx, Customer, case.customer_id)
        both = [c for c in masterdata.everything(tx, Customer) if c.name == "东方 电厂"]
    assert product is not None
    assert customer is not None
    assert (product.model, product.proposed, customer.proposed, len(both)) == ("AC-90", True, True, 1)


def test_a_refused_line_stays_with_the_giver_and_its_case_stays_reported(depot: Depot) -> None:
    model = an_intake(depot)
    crate = (model, replace(model, serial="H900"))
    got = receive(
        depot, *crate, announced=2, note="一台序列号不符",
        refused={1: Refusal(RefusalReason.WRONG_SERIAL, "铭牌为 H901")},
    )
    case, unit, traveller = record(depot, got.units[1].case_id)
    assert (case.stage, case.received_at, unit.place, traveller.place) == (
        Stage.REPORTED, None, Place.FIELD, Place.FIELD)
    assert unit.movement_no == 0
    assert len(got.entry_ids) == 1
    assert record(depot, got.units[0].case_id)[0].stage is Stage.RECEIVED


def test_a_count_that_does_not_match_needs_a_remark(depot: Depot) -> None:
    intake = an_intake(depot)
    with pytest.raises(Refused) as refusal:
        receive(depot, intake, announced=3)
    assert (refusal.value.code, refusal.value.facts["found"]) == ("receiving.count-mismatch", 1)
    got = receive(depot, intake, announced=3, note="两台随下批发出")
    with depot.read() as tx:
        from app.persistence import handover

        offer = handover.offer(tx, got.handover_id)
    assert offer is not None
    assert (offer.announced, offer.note) == (3, "两台随下批发出")


def test_a_second_visit_is_a_second_case_of_the_same_unit(depot: Depot, clock: FakeClock) -> None:
    intake = an_intake(depot, accessories=(AccessoryIn("电源线", 2),))
    first = receive(depot, intake)
    undoing.undo(depot, *first.entry_ids)
    clock.advance(days=3)
    second = receive(depot, intake)
    assert second.units[0].visit_no == 1  # an undone receipt is no visit
    assert second.units[0].case_number == "SH1-R2611-00002"


def test_a_reported_case_is_received_under_its_number(depot: Depot) -> None:
    intake = an_intake(depot, method=ReturnMethod.MAILED, waybill="SF1", contact="张工")
    told = reporting.report(depot, replace(intake, waybill=""))
    assert record(depot, told.case_id)[0].stage is Stage.REPORTED
    assert [case.number for case in reporting.awaited(depot)] == [told.number]
    got = receive(depot, intake)
    assert got.units[0].case_number == told.number
    case, unit, traveller = record(depot, told.case_id)
    assert (case.stage, case.waybill, unit.place, traveller.place) == (
        Stage.RECEIVED, "SF1", Place.ZONE_PENDING, Place.ZONE_PENDING)
    assert reporting.awaited(depot) == ()


def test_a_report_without_serial_takes_the_serial_read_at_the_counter(depot: Depot) -> None:
    intake = an_intake(depot, "")
    told = reporting.report(depot, intake)
    assert told.serial == "SH1-T00001"
    receive(depot, replace(reporting.intake_of(depot, told.case_id).intake, serial="h777"))
    _case, unit, _traveller = record(depot, told.case_id)
    assert (unit.id, unit.serial, unit.tagged) == (told.unit_id, "H777", False)
    assert [hit.unit_id for hit in search.search(depot, "H777").hits] == [unit.id]


def test_a_report_without_serial_may_turn_out_to_be_a_known_unit(depot: Depot) -> None:
    intake = an_intake(depot, "H888")
    undoing.undo(depot, *receive(depot, intake).entry_ids)
    known = reporting.report(depot, intake)
    told = reporting.report(depot, replace(intake, serial=""))
    reporting.cancel(depot, known.case_id, "重复")
    clashing = reporting.report(depot, intake)
    receive(depot, replace(intake, case_id=told.case_id))
    case, unit, traveller = record(depot, told.case_id)
    assert (unit.serial, unit.id, traveller.unit_id) == ("H888", clashing.unit_id, clashing.unit_id)
    assert case.stage is Stage.RECEIVED
    with depot.read() as tx:
        assert rows.units_with_serial(tx, told.serial) == ()


def test_another_serial_than_reported_is_refused_with_both(depot: Depot) -> None:
    intake = an_intake(depot)
    told = reporting.report(depot, intake)
    with pytest.raises(Refused) as refusal:
        receive(depot, replace(intake, serial="H111", case_id=told.case_id))
    assert refusal.value.code == "receiving.serial-differs"


def test_a_unit_is_reported_once(depot: Depot) -> None:
    intake = an_intake(depot)
    reporting.report(depot, intake)
    with pytest.raises(Refused) as refusal:
        reporting.report(depot, intake)
    assert refusal.value.code == "receiving.already-reported"


def test_an_undone_receipt_leaves_a_void_number_and_an_empty_zone(depot: Depot) -> None:
    got = receive(depot, an_intake(depot))
    assert undoing.possible(depot, got.entry_id) is None
    undoing.undo(depot, *got.entry_ids)
    case, unit, traveller = record(depot, got.units[0].case_id)
    assert (case.stage, unit.place, unit.movement_no, unit.case_id) == (Stage.VOID, Place.FIELD, 2, None)
    assert traveller.place is Place.FIELD
    assert search.search(depot, "H204817736").hits == ()
    refusal = undoing.possible(depot, got.entry_id)
    assert refusal is not None
    assert refusal.code == "undo.already"


def test_an_undone_receipt_of_a_reported_case_makes_it_awaited_again(depot: Depot) -> None:
    intake = an_intake(depot)
    told = reporting.report(depot, intake)
    undoing.undo(depot, receive(depot, intake).entry_id)
    case, unit, _ = record(depot, told.case_id)
    assert (case.stage, unit.place) == (Stage.REPORTED, Place.FIELD)
    assert receive(depot, intake).units[0].case_number == told.number


def test_an_undone_receipt_leaves_a_known_unit_as_it_was_known(depot: Depot) -> None:
    intake = an_intake(depot, lot="L1", shipped_on=date(2025, 5, 2))
    reporting.report(depot, intake)
    other = a_customer(depot, "广铁集团")
    got = receive(depot, replace(intake, customer_id=other.id, lot="L2", shipped_on=date(2025, 6, 2)))
    undoing.undo(depot, got.entry_id)
    _, unit, _ = record(depot, got.units[0].case_id)
    assert (unit.customer_id, unit.lot, unit.shipped_on) == (intake.customer_id, "L1", date(2025, 5, 2))
    assert search.search(depot, "广铁").hits == ()


def test_a_unit_found_at_repair_gets_both_handovers_and_the_breach_is_logged(depot: Depot) -> None:
    late = receiving.LateReceipt(
        an_intake(depot), outside("刘师傅"), own("clerk"), own("technician"), "客户直接送到维修部")
    booked = receiving.receive_late(as_person(depot, "technician"), late)
    case, unit, traveller = record(depot, booked.unit.case_id)
    assert (case.stage, case.found_at_repair) == (Stage.IN_REPAIR, True)
    assert (unit.place, unit.movement_no, traveller.place) == (Place.REPAIR, 2, Place.REPAIR)
    with depot.read() as tx:
        actions = [entry.action for entry in journal.entries(tx, case_id=case.id)]
    assert actions == ["receiving.breach", "receiving.found-at-repair"]
    with pytest.raises(Refused) as refusal:
        receiving.receive_late(depot, replace(late, intake=replace(late.intake, serial="Z9"), note=" "))
    assert refusal.value.code == "receiving.breach-story"


def test_an_intake_is_amended_with_what_it_said_before(depot: Depot) -> None:
    got = a_received_unit(depot, accessories=(AccessoryIn("电源线"),))
    seen = amending.intake_of(depot, got.case_id)
    done = amending.amend(
        depot, got.case_id, seen.seq,
        replace(seen.intake, symptom="输出电压低", urgency=Urgency.SPECIAL, promised_on=date(2026, 11, 9),
                accessories=(AccessoryIn("电源线", 2),), serial="H5"),
    )
    case, unit, _ = record(depot, got.case_id)
    assert (case.symptom, case.due_on, unit.serial) == ("输出电压低", date(2026, 11, 9), "H5")
    with depot.read() as tx:
        assert [a.quantity_in for a in rows.accessories_of_case(tx, case.id)] == [2]
        entry = journal.entry(tx, done.entry_id)
    assert entry is not None
    assert entry.facts["before"]["symptom"] == "开机无输出"
    undoing.undo(depot, done.entry_id)
    assert amending.intake_of(depot, got.case_id).intake == seen.intake


def test_an_amendment_over_somebody_elses_is_refused_with_who_and_when(depot: Depot) -> None:
    got = a_received_unit(depot)
    seen = amending.intake_of(depot, got.case_id)
    amending.amend(as_person(depot, "clerk2"), got.case_id, seen.seq, replace(seen.intake, site="三号站"))
    with pytest.raises(Refused) as refusal:
        amending.amend(depot, got.case_id, seen.seq, replace(seen.intake, site="四号站"))
    assert refusal.value.code == "receiving.changed-meanwhile"
    assert refusal.value.facts["by"] == "Anna Clerk"


def test_a_serial_on_record_is_not_given_to_a_second_unit(depot: Depot) -> None:
    intake = an_intake(depot)
    got = receive(depot, intake, replace(intake, serial="H2"))
    seen = amending.intake_of(depot, got.units[0].case_id)
    with pytest.raises(Refused) as refusal:
        amending.amend(depot, seen.case_id, seen.seq, replace(seen.intake, serial="H2"))
    assert refusal.value.code == "receiving.serial-taken"


def test_who_may_not_receive_is_told_who_may(depot: Depot) -> None:
    intake = an_intake(depot)
    with pytest.raises(Refused) as refusal:
        receive(as_person(depot, "planner"), intake)
    assert refusal.value.code == "people.not-allowed"


def test_customers_and_products_come_in_once(depot: Depot) -> None:
    customer, product = a_customer(depot), a_product(depot)
    got = receive(depot, Intake("A1", product.id, "", "坏", customer_name=customer.name))
    assert record(depot, got.units[0].case_id)[0].customer_id == customer.id


def test_only_after_sales_signs_for_after_sales(depot: Depot) -> None:
    intake = an_intake(depot)
    for receiver, code in ((own("inspector"), "handover.not-yours"), (outside(), "handover.own-people")):
        with pytest.raises(Refused) as refusal:
            receiving.receive(depot, receiving.Receipt((intake,), outside(), receiver))
        assert refusal.value.code == code


def test_amendments_are_taken_back_one_after_another(depot: Depot) -> None:
    got = a_received_unit(depot)
    first = amending.intake_of(depot, got.case_id)
    steps = []
    for site in ("三号站", "四号站"):
        seen = amending.intake_of(depot, got.case_id)
        steps.append(amending.amend(depot, got.case_id, seen.seq, replace(seen.intake, site=site)).entry_id)
    refusal = undoing.possible(depot, steps[0])
    assert refusal is not None
    assert refusal.code == "undo.changed-since"
    undoing.undo(depot, steps[1])
    undoing.undo(depot, steps[0])
    assert amending.intake_of(depot, got.case_id).intake == first.intake


def test_another_product_brings_its_storage_condition_along(depot: Depot) -> None:
    got = a_received_unit(depot)
    esd = a_product(depot, "CTRL-9", storage_condition="ESD")
    with depot.as_operator(SYSTEM).write() as tx:
        shelf = Shelf(tx.new_id(), Place.ZONE_PENDING, "A-01-1")
        shelf_rows.add_shelf(tx, shelf)
    on_shelf = storage.put_on_shelf(depot, [got.unit_id], shelf.id)
    seen = amending.intake_of(depot, got.case_id)
    corrected = replace(seen.intake, product_id=esd.id)
    with pytest.raises(Refused, match=r"storage\.condition"):
        amending.amend(depot, got.case_id, seen.seq, corrected)
    undoing.undo(depot, *on_shelf.entry_ids)
    amending.amend(depot, got.case_id, seen.seq, corrected)
    assert record(depot, got.case_id)[1].storage_condition == "ESD"


def test_the_product_of_a_planned_case_is_not_changed_under_its_plan(depot: Depot) -> None:
    got = a_received_unit(depot)
    set_stage(depot, got.case_id, Stage.RELEASED)
    other = a_product(depot, "HMI-15")
    seen = amending.intake_of(depot, got.case_id)
    with pytest.raises(Refused) as refusal:
        amending.amend(depot, got.case_id, seen.seq, replace(seen.intake, product_id=other.id))
    assert (refusal.value.code, refusal.value.field) == ("receiving.product-planned", "product_id")
