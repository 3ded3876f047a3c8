"""A list becomes one batch: rehearsal and result agree row for row, twice adds nothing, undo leaves nothing to see."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.changes import Changes
from app.depot import SYSTEM, Depot
from app.domain.importing.fates import Counts, Fate
from app.domain.importing.fields import Field
from app.domain.importing.mapping import Mapping
from app.domain.masterdata import Customer, Product
from app.domain.places import Place
from app.domain.receiving import Traveller, Unit
from app.domain.sheets import Cell, Row, Sheet
from app.domain.stages import Stage
from app.errors import Cancelled, Refused
from app.messages import sentence
from app.persistence import handover as handover_rows
from app.persistence import importing as import_rows
from app.persistence import journal, masterdata
from app.persistence import receiving as rows
from app.services import importing, search, undoing
from app.spreadsheets import mapping as mappings
from app.spreadsheets.reading import read
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import FakeClock, as_person

SHARED = os.environ.get("FANXIU_SHARED_DATA") or Path(__file__).parents[4] / "shared" / "data"
ORDS = Path(SHARED) / "ords"
COLUMNS = {f.value.lower(): f for f in Field}
GOOD = {"customer": "株洲所", "product": "PSU-4800W", "serial": "H204817736", "symptom": "开机无输出"}


def a_sheet(*given: dict[str, str], sha256: str = "0" * 64) -> Sheet:
    made = tuple(
        Row(number, tuple(Cell(row.get(name, "")) for name in COLUMNS)) for number, row in enumerate(given, start=2))
    return Sheet("list.csv", sha256, "", "utf-8", ",", 1, tuple(COLUMNS), made)


def rehearse(depot: Depot, *given: dict[str, str]) -> importing.Rehearsal:
    return importing.rehearse(depot, a_sheet(*given), Mapping(columns=COLUMNS))


def run(depot: Depot, *given: dict[str, str]) -> importing.Imported:
    return importing.run(depot, rehearse(depot, *given))


def essence(found: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [(row.number, row.fate, row.reason, row.warnings) for row in found]  # type: ignore[attr-defined]


def cases_of(depot: Depot, imported: importing.Imported) -> list[import_rows.BatchRow]:
    assert imported.batch is not None
    return [row for row in importing.batch_rows(depot, imported.batch.id) if row.case_id]


def unit_and_case(depot: Depot, serial: str) -> tuple[Unit, rows.ReturnCase]:
    with depot.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
        case = rows.case(tx, unit.case_id or "")
    assert case is not None
    return unit, case


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


def test_a_row_becomes_what_the_counter_would_have_written(depot: Depot) -> None:
    product, customer = a_product(depot), a_customer(depot, "株洲所")
    imported = run(depot, {
        **GOOD, "serial": " h2048-1 ", "lot": "0012", "received_on": "2026-10-30", "fault_on": "2026-10-28",
        "site": "3 号线", "contact": "李工", "phone": "0731-1", "way": "邮寄", "brought_by": "用户", "waybill": "SF1",
        "return_needed": "是", "accessories": "电源线×2", "outcome": "待修", "external_id": "7", "note": "急",
    })
    unit, case = unit_and_case(depot, "H2048-1")
    assert (unit.product_id, unit.customer_id, unit.lot, unit.place) == (
        product.id, customer.id, "0012", Place.ZONE_PENDING)
    assert (case.stage, case.visit_no, case.customer_id, case.symptom) == (
        Stage.RECEIVED, 1, customer.id, "开机无输出")
    assert (case.method, case.brought_by, case.waybill, case.site) == ("MAILED", "CUSTOMER", "SF1", "3 号线")
    assert (case.external_id, case.external_outcome, case.return_needed) == ("7", "待修", True)
    assert case.received_at is not None
    assert depot.local_day(case.received_at) == date(2026, 10, 30)
    assert case.due_on == date(2026, 11, 13), "the turnaround counts from the day the list says"
    assert imported.batch is not None
    assert case.import_batch_id == imported.batch.id
    with depot.read() as tx:
        traveller = rows.traveller_of_case(tx, case.id)
        (accessory,) = rows.accessories_of_case(tx, case.id)
    assert isinstance(traveller, Traveller)
    assert traveller.place is Place.ZONE_PENDING
    assert (accessory.name, accessory.quantity_in) == ("电源线", 2)
    assert [hit.case_number for hit in search.search(depot, "2048").hits] == [case.number]
    assert imported.changes & Changes.UNITS


def test_numbers_and_tags_run_without_a_gap(depot: Depot) -> None:
    first = run(depot, *({**GOOD, "serial": "", "external_id": str(n)} for n in range(5)))
    second = run(depot, *({**GOOD, "serial": f"A{n}"} for n in range(3)))
    numbers = [row.case_number for row in (*cases_of(depot, first), *cases_of(depot, second))]
    assert numbers == [f"SH1-R2611-{n:05d}" for n in range(1, 9)]
    assert [row.serial for row in cases_of(depot, first)] == [f"SH1-T{n:05d}" for n in range(1, 6)]
    assert [batch.number for batch in importing.batches(depot)] == ["SH1-B2611-00002", "SH1-B2611-00001"]


def test_rehearsal_and_import_agree_and_the_batch_remembers_every_row(depot: Depot) -> None:
    a_product(depot)
    standing = a_received_unit(depot, "IN-THE-HOUSE", product_id=_product_id(depot), customer_id=a_customer(depot).id)
    given = (
        GOOD, {**GOOD, "serial": "in-the-house"}, {**GOOD, "serial": "6.37702E+15"}, {**GOOD, "serial": "h204817736"},
        {**GOOD, "serial": "", "fault_on": "2026-02-31"}, {**GOOD, "serial": "不详"},
        {**GOOD, "customer": "新客户", "serial": "N1"}, {"customer": "", "product": "", "serial": "N2"},
    )
    rehearsal = rehearse(depot, *given)
    imported = importing.run(depot, rehearsal)
    assert essence(imported.rows) == essence(rehearsal.rows)
    assert imported.counts == rehearsal.counts == Counts(
        rows=8, received=3, already_known=1, refused=4, tagged=1, warnings=rehearsal.counts.warnings)
    assert imported.batch is not None
    remembered = importing.batch_rows(depot, imported.batch.id)
    assert [(row.number, row.fate, row.reason) for row in remembered] == [
        (row.number, row.fate, row.reason) for row in rehearsal.rows]
    assert [row.fate for row in remembered] == [
        Fate.RECEIVED, Fate.ALREADY_KNOWN, Fate.REFUSED, Fate.REFUSED, Fate.REFUSED, Fate.TAGGED, Fate.RECEIVED,
        Fate.REFUSED]
    assert remembered[1].serial == standing.serial


def _product_id(depot: Depot) -> str:
    with depot.read() as tx:
        found = masterdata.find(tx, Product, model="PSU-4800W")
    assert found is not None
    return found.id


def test_nothing_is_written_when_no_row_is_new(depot: Depot) -> None:
    run(depot, GOOD, {**GOOD, "serial": ""})
    before = importing.content_digest(depot)
    again = run(depot, GOOD, {**GOOD, "serial": ""})
    assert (again.batch, again.changes, again.counts.already_known) == (None, Changes.NOTHING, 2)
    assert importing.content_digest(depot) == before
    assert len(importing.batches(depot)) == 1


def test_a_list_that_grew_adds_only_what_is_new(depot: Depot) -> None:
    run(depot, GOOD, {**GOOD, "serial": ""})
    more = run(depot, {**GOOD, "serial": "NEW"}, {**GOOD, "serial": ""}, GOOD)
    assert [row.fate for row in more.rows] == [Fate.RECEIVED, Fate.ALREADY_KNOWN, Fate.ALREADY_KNOWN]


def test_unknown_products_and_customers_are_proposed_once(depot: Depot) -> None:
    imported = run(
        depot, GOOD, {**GOOD, "serial": "B", "customer": "株洲所 "}, {**GOOD, "serial": "C", "product": "psu-4800w"})
    assert imported.batch is not None
    assert (len(imported.batch.products), len(imported.batch.customers)) == (1, 1)
    with depot.read() as tx:
        product = masterdata.find(tx, Product, model="PSU-4800W")
        customer = masterdata.find(tx, Customer, name="株洲所")
    assert product is not None
    assert product.proposed
    assert customer is not None
    assert customer.proposed


def test_names_and_codes_find_what_is_on_record_and_merged_rows_lead_on(depot: Depot) -> None:
    product = a_product(depot, "PSU-4800W", name_zh="电源模块")
    customer = a_customer(depot, "中车株洲所", code="ZZ01")
    old = a_customer(depot, "株洲电力机车研究所", code="ZZ00")
    with depot.as_operator(SYSTEM).write() as tx:
        masterdata.change(tx, Customer, old.id, merged_into=customer.id)
    found = rehearse(
        depot, {**GOOD, "product": "电源模块", "customer": "zz01"},
        {**GOOD, "serial": "B", "product": "ＰＳＵ－４８００Ｗ", "customer": "株洲电力机车研究所"},
    )
    assert {row.recognised.product_id for row in found.rows} == {product.id}
    assert {row.recognised.customer_id for row in found.rows} == {customer.id}
    assert found.counts.warnings == 0


def test_a_unit_that_comes_back_is_its_next_visit(depot: Depot, supervisor: Depot) -> None:
    unit = _returned_unit(depot)
    before = importing.content_digest(depot)
    imported = run(depot, {**GOOD, "serial": unit.serial, "lot": "NEW-LOT", "received_on": "2026-11-03"})
    again, case = unit_and_case(depot, unit.serial)
    assert (again.id, case.visit_no, again.place, again.lot) == (unit.id, 2, Place.ZONE_PENDING, "NEW-LOT")
    assert imported.batch is not None
    importing.undo(supervisor, imported.batch.id)
    restored, _case = unit_and_case(depot, unit.serial)
    assert (restored.place, restored.lot, restored.customer_id) == (Place.CUSTOMER, unit.lot, unit.customer_id)
    assert importing.content_digest(depot) == before


def _returned_unit(depot: Depot) -> Unit:
    """A unit that was here once and stands at the customer's again."""
    a_product(depot)
    received = a_received_unit(depot, "AGAIN-1", product_id=_product_id(depot), customer_id=a_customer(depot).id)
    with depot.as_operator(SYSTEM).write() as tx:
        unit = rows.unit(tx, received.unit_id)
        assert unit is not None
        # The way out takes many steps that have tests of their own; here it only matters where the unit ends.
        last = handover_rows.last_movement_id(tx, unit)
        handover_rows.move_unit(tx, unit, Place.FIELD, case_id=received.case_id, reverses_id=last)
        rows.change_case(tx, received.case_id, stage=Stage.CLOSED, closed_at=tx.at)
        moved = rows.unit(tx, received.unit_id)
        assert moved is not None
        handover_rows.move_unit(tx, moved, Place.CUSTOMER, case_id=received.case_id)
        final = rows.unit(tx, received.unit_id)
    assert final is not None
    return final


def test_undo_returns_to_exactly_what_was_seen_before(depot: Depot, supervisor: Depot) -> None:
    a_product(depot, "PSU-4800W")
    a_received_unit(depot, "STANDING", product_id=_product_id(depot), customer_id=a_customer(depot).id)
    before = importing.content_digest(depot)
    hits = search.search(depot, "2048").hits
    imported = run(depot, GOOD, {**GOOD, "serial": ""}, {**GOOD, "serial": "X", "product": "NEW", "accessories": "线"})
    assert importing.content_digest(depot) != before
    assert imported.batch is not None
    undone = importing.undo(supervisor, imported.batch.id)
    assert undone.changes & Changes.UNITS
    assert importing.content_digest(depot) == before
    assert search.search(depot, "2048").hits == hits
    (batch,) = importing.batches(depot)
    assert batch.undone_at is not None
    with depot.read() as tx:
        numbers = [rows.case_by_number(tx, row.case_number) for row in cases_of(depot, imported)]
    assert [case.stage for case in numbers if case] == [Stage.VOID] * 3, "the numbers stay visible as void"


def test_after_an_undo_the_same_list_can_be_imported_again(depot: Depot, supervisor: Depot) -> None:
    given = (GOOD, {**GOOD, "serial": ""}, {**GOOD, "serial": "", "external_id": "9"})
    first = run(depot, *given)
    assert first.batch is not None
    importing.undo(supervisor, first.batch.id)
    second = run(depot, *given)
    assert [row.fate for row in second.rows] == [Fate.RECEIVED, Fate.TAGGED, Fate.TAGGED]
    with pytest.raises(Refused, match=r"undo\.already"):
        importing.undo(supervisor, first.batch.id)


def test_a_batch_whose_units_moved_on_stays_and_the_units_are_named(depot: Depot, supervisor: Depot) -> None:
    imported = run(depot, GOOD, {**GOOD, "serial": "B"})
    _unit, case = unit_and_case(depot, "B")
    with depot.as_operator(SYSTEM).write() as tx:
        rows.change_case(tx, case.id, stage=Stage.PLANNED)
    assert imported.batch is not None
    before = importing.content_digest(depot)
    with pytest.raises(Refused) as refused:
        importing.undo(supervisor, imported.batch.id)
    assert refused.value.code == "import.moved-on"
    assert refused.value.facts["units"] == ("B",)
    assert "SH1-B2611-00001" in sentence(refused.value)
    assert importing.content_digest(depot) == before


def test_proposals_that_somebody_else_uses_stay(depot: Depot, supervisor: Depot) -> None:
    imported = run(depot, GOOD)
    assert imported.batch is not None
    a_received_unit(depot, "OTHER", product_id=imported.batch.products[0], customer_id=a_customer(depot).id)
    importing.undo(supervisor, imported.batch.id)
    with depot.read() as tx:
        assert masterdata.find(tx, Product, model="PSU-4800W") is not None
        assert masterdata.find(tx, Customer, name="株洲所") is None


def test_one_unit_of_a_batch_can_be_taken_back_alone(depot: Depot, supervisor: Depot) -> None:
    imported = run(depot, GOOD, {**GOOD, "serial": "B"})
    _unit, case = unit_and_case(depot, "B")
    with depot.read() as tx:
        entry = next(e for e in journal.entries(tx, case_id=case.id) if e.action == "importing.receive")
    undoing.undo(depot, entry.id)
    assert [row.fate for row in rehearse(depot, GOOD, {**GOOD, "serial": "B"}).rows] == [
        Fate.ALREADY_KNOWN, Fate.RECEIVED]
    assert imported.batch is not None
    importing.undo(supervisor, imported.batch.id)
    assert rehearse(depot, GOOD).counts.received == 1


def test_only_who_may_import_does_and_only_who_may_undo_undoes(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        rehearse(as_person(depot, "technician"), GOOD)
    imported = run(depot, GOOD)
    assert imported.batch is not None
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        importing.undo(depot, imported.batch.id)
    with pytest.raises(Refused, match=r"import\.unknown-batch"):
        importing.undo(depot, "no-such-batch")


def test_a_rehearsal_that_no_longer_holds_is_not_carried_out(depot: Depot) -> None:
    rehearsal = rehearse(depot, GOOD, {**GOOD, "serial": "B"})
    run(depot, {**GOOD, "serial": "B"})
    before = importing.content_digest(depot)
    with pytest.raises(Refused) as refused:
        importing.run(depot, rehearsal)
    assert refused.value.code == "import.changed-since"
    assert refused.value.facts["row"] == 2, "the customer and the product of row 2 are on record by now"
    assert importing.content_digest(depot) == before


def test_the_next_day_the_same_rehearsal_still_holds(depot: Depot, clock: FakeClock) -> None:
    rehearsal = rehearse(depot, GOOD)
    clock.advance(days=1)
    assert importing.run(depot, rehearsal).counts.received == 1


def test_a_cancelled_import_writes_nothing(depot: Depot) -> None:
    class Stop:
        def step(self, done: int, total: int, text: str = "") -> None:
            if done > 0:
                raise Cancelled

    rehearsal = rehearse(depot, *({**GOOD, "serial": f"S{n}"} for n in range(30)))
    before = importing.content_digest(depot)
    with pytest.raises(Cancelled):
        importing.run(depot, rehearsal, Stop())
    assert importing.content_digest(depot) == before
    assert importing.batches(depot) == ()
    imported = importing.run(depot, rehearsal)
    assert cases_of(depot, imported)[0].case_number == "SH1-R2611-00001", "no number was lost"


def test_a_mapping_that_does_not_fit_is_refused(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"mapping\.field-required"):
        importing.rehearse(depot, a_sheet(GOOD), Mapping(columns={"serial": Field.SERIAL}))


def test_mappings_are_kept_by_name(depot: Depot) -> None:
    made = Mapping("月报", COLUMNS)
    importing.save_mapping(depot, made)
    importing.save_mapping(depot, replace(made, standard="x"))
    assert importing.mappings(depot) == (replace(made, standard="x"),)
    importing.drop_mapping(depot, "月报")
    assert importing.mappings(depot) == ()
    with pytest.raises(Refused, match=r"mapping\.name-missing"):
        importing.save_mapping(depot, Mapping(" "))


def test_the_same_file_is_recognised_until_it_is_taken_back(depot: Depot, supervisor: Depot) -> None:
    sheet = a_sheet(GOOD, sha256="a" * 64)
    imported = importing.run(depot, importing.rehearse(depot, sheet, Mapping(columns=COLUMNS)))
    assert imported.batch is not None
    assert importing.rehearse(depot, sheet, Mapping(columns=COLUMNS)).same_file == (imported.batch.number,)
    importing.undo(supervisor, imported.batch.id)
    assert importing.rehearse(depot, sheet, Mapping(columns=COLUMNS)).same_file == ()


@pytest.mark.skipif(not ORDS.is_dir(), reason="the Open Repair Data files lie beside the repository, not in it")
@pytest.mark.parametrize(("name", "expected"), [
    ("OpenRepairData_v0.3_RepairConnects_202507.csv", {"import.literal-breaks": 327}),
    ("OpenRepairData_v0.3_RestartProject_202204.csv", {
        "import.standard-older-barrier": 268, "import.standard-barrier-without-end": 1, "import.private-character": 1,
        "import.symptom-missing": 4749}),
])
def test_open_repair_data_comes_in_once_and_leaves_no_trace(
    sqlite_depot: Depot, name: str, expected: dict[str, int]
) -> None:
    depot, supervisor = sqlite_depot, as_person(sqlite_depot, "supervisor")
    sheet = read(ORDS / name)
    mapping = mappings.mapping_for(sheet)
    assert mapping.name == "Open Repair Data v0.3"
    before = importing.content_digest(depot)
    rehearsal = importing.rehearse(depot, sheet, mapping)
    assert rehearsal.counts.received == rehearsal.counts.tagged == len(sheet.rows)
    assert {code: rehearsal.codes[code] for code in expected} == expected
    assert rehearsal.codes["import.standard-id"] == len(sheet.rows)
    status = sheet.header.index("repair_status")
    assert rehearsal.outcomes == Counter(row.cells[status].text for row in sheet.rows)
    imported = importing.run(depot, rehearsal)
    assert essence(imported.rows) == essence(rehearsal.rows)
    again = importing.rehearse(depot, sheet, mapping)
    assert (again.counts.already_known, again.counts.received) == (len(sheet.rows), 0)
    assert importing.run(depot, again).batch is None
    assert imported.batch is not None
    importing.undo(supervisor, imported.batch.id)
    assert importing.content_digest(depot) == before
