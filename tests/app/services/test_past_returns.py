"""Old lists become returns that are over: they count as visits, stand nowhere, and go again without a trace."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.importing.fates import Fate
from app.domain.importing.mapping import ListKind, Mapping
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Cancelled, Refused
from app.messages import sentence
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.services import importing, quality, search, verifying
from app.spreadsheets import export
from app.spreadsheets import mapping as mappings
from app.spreadsheets.reading import read
from tests.app.services.test_importing import COLUMNS, GOOD, ORDS, a_sheet
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import as_person

PAST = {**GOOD, "received_on": "2024-03-04", "returned_on": "2024-03-20", "outcome": "已修复"}
MAPPING = Mapping(columns=COLUMNS, kind=ListKind.HISTORY)


def rehearse(depot: Depot, *given: dict[str, str]) -> importing.Rehearsal:
    return importing.rehearse(depot, a_sheet(*given), MAPPING)


def run(depot: Depot, *given: dict[str, str]) -> importing.Imported:
    return importing.run(depot, rehearse(depot, *given))


def visits(depot: Depot, serial: str) -> list[rows.ReturnCase]:
    with depot.read() as tx:
        (unit,) = rows.units_with_serial(tx, serial)
        return sorted(rows.cases_of_unit(tx, unit.id), key=lambda case: case.received_at or case.reported_at)


def test_a_row_becomes_a_return_that_is_over_and_stands_nowhere(depot: Depot) -> None:
    imported = run(depot, {**PAST, "fault": "电容失效", "work_done": "更换 C12", "technician": "老王"})
    assert imported.batch is not None
    assert imported.batch.kind is ListKind.HISTORY
    (case,) = visits(depot, "H204817736")
    assert (case.stage, case.historical, case.result, case.external_outcome, case.visit_no) == (
        Stage.CLOSED, True, "REPAIRED", "已修复", 1)
    assert case.received_at is not None
    assert case.returned_at is not None
    assert [depot.local_day(at).isoformat() for at in (case.received_at, case.returned_at)] == [
        "2024-03-04", "2024-03-20"]
    with depot.read() as tx:
        (unit,) = rows.units_with_serial(tx, "H204817736")
        order = repair_rows.order_of_case(tx, case.id)
        assert rows.traveller_of_case(tx, case.id) is None
    assert (unit.place, unit.movement_no, unit.case_id) == (Place.CUSTOMER, 0, None)
    assert order is not None
    assert (order.fault, order.work_done, order.technician_name) == ("电容失效", "更换 C12", "老王")
    assert [hit.serial for hit in search.search(depot, "2048").hits] == ["H204817736"]
    assert verifying.verify(depot).sound


def test_the_class_of_the_cause_is_taken_over_and_counts_in_the_report(depot: Depot) -> None:
    found = rehearse(depot, {**PAST, "cause_class": "元器件"}, {**PAST, "serial": "B", "cause_class": "鬼使神差"})
    assert found.codes["import.cause-unknown"] == 1
    importing.run(depot, found)
    (case,) = visits(depot, "H204817736")
    with depot.read() as tx:
        order = repair_rows.order_of_case(tx, case.id)
    assert order is not None
    assert order.cause_class == CauseClass.COMPONENT_QUALITY
    groups = quality.month(as_person(depot, "inspector"), "2024-03").month.groups
    assert {g.cause: g.n for g in groups if g.n} == {"COMPONENT_QUALITY": 1, "UNDETERMINED": 1}


def test_visits_are_numbered_by_their_days_and_the_next_receipt_counts_on(depot: Depot) -> None:
    product, customer = a_product(depot, "PSU-4800W"), a_customer(depot, "株洲所")
    run(depot, {**PAST, "received_on": "2025-01-02", "returned_on": ""}, PAST)
    assert [case.visit_no for case in visits(depot, "H204817736")] == [1, 2]
    a_received_unit(depot, "H204817736", product_id=product.id, customer_id=customer.id)
    now = visits(depot, "H204817736")[-1]
    assert (now.visit_no, now.stage, now.historical) == (3, Stage.RECEIVED, False)
    more = rehearse(depot, {**PAST, "received_on": "2023-05-05"}, {**PAST, "external_id": "9"})
    assert [row.fate for row in more.rows] == [Fate.RECEIVED, Fate.ALREADY_KNOWN]
    assert "import.visit-on-record" in more.codes


def test_the_same_visit_twice_a_row_without_a_day_and_an_unknown_outcome(depot: Depot) -> None:
    found = rehearse(
        depot, PAST, PAST, {**PAST, "serial": "B", "received_on": "", "returned_on": ""},
        {**PAST, "serial": "C", "outcome": "待定"}, {**PAST, "serial": "D", "received_on": "2024-04-01"})
    assert [row.fate for row in found.rows] == [
        Fate.RECEIVED, Fate.REFUSED, Fate.REFUSED, Fate.RECEIVED, Fate.REFUSED]
    assert [row.reason for row in found.rows][1:] == [
        "import.duplicate-row", "import.past-without-day", "import.outcome-unknown", "import.dates-reversed"]
    assert found.codes["import.outcome-unknown"] == 1
    imported = importing.run(depot, found)
    assert imported.counts.received == 2
    assert visits(depot, "C")[0].result is None


def test_undo_leaves_what_was_there_before(depot: Depot) -> None:
    supervisor = as_person(depot, "supervisor")
    product = a_product(depot, "PSU-4800W")
    a_received_unit(depot, "STANDING", product_id=product.id, customer_id=a_customer(depot).id)
    before = importing.content_digest(depot)
    imported = run(depot, PAST, {**PAST, "serial": "standing"}, {**PAST, "serial": "", "product": "NEW", "fault": "x"})
    assert imported.counts.received == 3
    assert imported.batch is not None
    assert importing.content_digest(depot) != before
    importing.undo(supervisor, imported.batch.id)
    assert importing.content_digest(depot) == before
    assert importing.by_outcome(depot) == {}
    assert run(depot, PAST).counts.received == 1, "the list can be imported again"


def test_undo_is_refused_while_a_unit_that_came_with_the_list_is_back(depot: Depot) -> None:
    supervisor = as_person(depot, "supervisor")
    product, customer = a_product(depot, "PSU-4800W"), a_customer(depot, "株洲所")
    imported = run(depot, PAST)
    a_received_unit(depot, "H204817736", product_id=product.id, customer_id=customer.id)
    assert imported.batch is not None
    before = importing.content_digest(depot)
    with pytest.raises(Refused) as refused:
        importing.undo(supervisor, imported.batch.id)
    assert refused.value.code == "import.past-in-use"
    assert "H204817736" in sentence(refused.value)
    assert importing.content_digest(depot) == before


@pytest.mark.parametrize("kind", list(ListKind))
def test_a_cancelled_undo_takes_nothing_back(depot: Depot, kind: ListKind) -> None:
    class Stop:
        def step(self, done: int, total: int, text: str = "") -> None:
            if done > 0:
                raise Cancelled

    given = [{**PAST, "serial": f"S{n}"} for n in range(5)]
    imported = importing.run(depot, importing.rehearse(depot, a_sheet(*given), replace(MAPPING, kind=kind)))
    assert imported.batch is not None
    before = importing.content_digest(depot)
    supervisor = as_person(depot, "supervisor")
    with pytest.raises(Cancelled):
        importing.undo(supervisor, imported.batch.id, Stop())
    assert importing.content_digest(depot) == before
    importing.undo(supervisor, imported.batch.id)
    assert importing.content_digest(depot) != before


def test_what_only_the_past_tells_is_kept_under_remarks_of_a_unit_that_comes_in(depot: Depot) -> None:
    importing.run(depot, importing.rehearse(
        depot, a_sheet({**GOOD, "fault": "电容失效"}), Mapping(columns=COLUMNS)))
    assert visits(depot, "H204817736")[0].note == "fault: 电容失效"


def test_a_mapping_remembers_what_its_rows_are() -> None:
    assert Mapping.from_dict(MAPPING.as_dict()) == MAPPING
    old = {name: value for name, value in MAPPING.as_dict().items() if name != "kind"}
    assert Mapping.from_dict(old).kind is ListKind.RETURNS


def counted(path: Path) -> Counter[tuple[str, str, str]]:
    """The independent script: category, month and outcome of every row, by the standard library alone."""
    found: Counter[tuple[str, str, str]] = Counter()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["product_category"], row["event_date"][:7], row["repair_status"]] += 1
    return found


@pytest.mark.skipif(not ORDS.is_dir(), reason="the Open Repair Data files lie beside the repository, not in it")
def test_open_repair_data_as_history_gives_exactly_the_counts_of_an_independent_script(sqlite_depot: Depot) -> None:
    depot, supervisor = sqlite_depot, as_person(sqlite_depot, "supervisor")
    states = [importing.content_digest(depot)]
    expected: Counter[tuple[str, str, str]] = Counter()
    batches = []
    for path in sorted(ORDS.glob("*.csv")):
        sheet = read(path)
        mapping = replace(mappings.mapping_for(sheet), kind=ListKind.HISTORY)
        imported = importing.run(depot, importing.rehearse(depot, sheet, mapping))
        assert imported.batch is not None
        assert imported.counts.received == len(sheet.rows)
        assert importing.by_outcome(depot, imported.batch.id) == counted(path)
        expected += counted(path)
        batches.append(imported.batch.id)
        states.append(importing.content_digest(depot))
    assert len(batches) == 2
    assert importing.by_outcome(depot) == expected
    for batch_id in reversed(batches):
        assert importing.content_digest(depot) == states.pop()
        importing.undo(supervisor, batch_id)
    assert importing.content_digest(depot) == states.pop()


def test_another_file_of_the_standard_comes_in_without_code(depot: Depot, tmp_path: Path) -> None:
    """Columns in another order and of an older edition, codes for the status, a column nobody knows."""
    path = tmp_path / "OpenRepairData_v0.2_Somebody_201912.csv"
    path.write_text(
        "id,event_date,data_provider,repair_status,problem,partner_product_category,product_category,extra\n"
        "some-1,2019-11-02,Somebody,1,dead,Lamp ~ LED,Lamp,x\n"
        "some-2,2019-11-30,Somebody,3,burnt,Lamp ~ LED,Lamp,x\n"
        "some-3,2019-12-01,Somebody,,odd,Lamp ~ LED,Lamp,x\n", encoding="utf-8")
    sheet = read(path)
    mapping = replace(mappings.mapping_for(sheet), kind=ListKind.HISTORY)
    importing.run(depot, importing.rehearse(depot, sheet, mapping))
    assert importing.by_outcome(depot) == {
        ("Lamp", "2019-11", "Fixed"): 1, ("Lamp", "2019-11", "End of life"): 1, ("Lamp", "2019-12", "Unknown"): 1}


#: What another provider's spreadsheet program makes of the standard: other orders, marks, separators and containers.
PARTNER = (
    ("problem", "event_date", "group_identifier", "repair_barrier_if_end_of_life", "repair_status", "product_age",
     "brand", "product_category_id", "product_category", "partner_product_category", "country", "data_provider", "id"),
    ("Display blieb dunkel; \"klick\"", "2023-05-06", "Repair Café Süd", "", "Fixed", "4", "AEG", "12", "Kettle",
     "Küche ~ Wasserkocher", "DEU", "anstiftung", "anstiftung-1"),
    ("no start", "2023-05-20", "Repair Café Süd", "Spare parts too expensive", "End of life", "", "", "12", "Kettle",
     "Küche ~ Wasserkocher", "DEU", "anstiftung", "anstiftung-2"),
    ("", "2023-06-01", "", "", "Repairable", "", "", "3", "Lamp", "Lampe", "DEU", "anstiftung", "anstiftung-3"),
    ("?", "2023-06-01", "", "", "Unknown", "", "", "3", "Lamp", "Lampe", "DEU", "anstiftung", "anstiftung-4"),
)


def written(path: Path) -> Path:
    """The partner's rows as the file that the name of ``path`` asks for."""
    head, rows = PARTNER[0], PARTNER[1:]
    if path.suffix == ".xlsx":
        columns = tuple(export.Column(name) for name in head)
        export.write(path, [export.ListSheet("data", columns, [list(row) for row in rows])], language="en")
        return path
    delimiter, coding, upper = {
        "semicolons": (";", "utf-8-sig", False), "tabs": ("\t", "utf-16", False), "capitals": (",", "utf-8", True),
    }[path.stem]
    with path.open("w", encoding=coding, newline="") as lines:
        csv.writer(lines, delimiter=delimiter).writerows([[name.upper() for name in head] if upper else head, *rows])
    return path


@pytest.mark.parametrize("name", ["semicolons.csv", "tabs.txt", "capitals.csv", "book.xlsx"])
def test_a_partners_file_of_the_standard_comes_in_whatever_program_wrote_it(
    sqlite_depot: Depot, tmp_path: Path, name: str
) -> None:
    sheet = read(written(tmp_path / name))
    mapping = replace(mappings.mapping_for(sheet), kind=ListKind.HISTORY)
    assert "Open Repair Data" in mapping.name
    imported = importing.run(sqlite_depot, importing.rehearse(sqlite_depot, sheet, mapping))
    assert imported.counts.received == len(PARTNER) - 1
    assert importing.by_outcome(sqlite_depot) == Counter((row[8], row[1][:7], row[4]) for row in PARTNER[1:])
