"""What a row of a list means and what becomes of it: each kind of damage, doubt and repetition has its code."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.importing import fates, mapping, open_repair, texts
from app.domain.importing.dates import DateOrder, Unreadable, guess_order, read_day
from app.domain.importing.fates import Fate, Known, KnownProduct, KnownUnit, MasterData
from app.domain.importing.fields import RULES, Field
from app.domain.importing.lines import EXAMPLE, ImportLine, Item, read_lines
from app.domain.importing.mapping import Mapping
from app.domain.serials import SerialRule
from app.domain.sheets import Cell, CellKind, Row, Sheet
from app.errors import Problem, Refused

TODAY = date(2026, 11, 3)
COLUMNS = {f.value.lower(): f for f in Field}
GOOD = {"customer": "株洲所", "product": "PSU-4800W", "serial": "H204817736", "symptom": "开机无输出"}


def a_sheet(*rows: dict[str, str | Cell], extra: tuple[str, ...] = ()) -> Sheet:
    header = tuple(COLUMNS) + extra
    made = tuple(
        Row(number, tuple(v if isinstance(v := row.get(name, ""), Cell) else Cell(v) for name in header))
        for number, row in enumerate(rows, start=2)
    )
    return Sheet("list.csv", "0" * 64, "", "utf-8", ",", 1, header, made)


def lines(*rows: dict[str, str | Cell], **how: object) -> list[ImportLine]:
    return list(read_lines(a_sheet(*rows), Mapping(columns=COLUMNS, **how), TODAY))  # type: ignore[arg-type]


def a_line(**values: str | Cell) -> ImportLine:
    return lines({**GOOD, **values})[0]


def problem_codes(line: ImportLine) -> set[str]:
    return {p.code for p in line.problems}


def warning_codes(line: ImportLine) -> set[str]:
    return {p.code for p in line.warnings}


def judged(*rows: dict[str, str | Cell], master: MasterData | None = None, known: Known | None = None,
           **how: object) -> list[fates.RowFate]:
    return fates.judge(fates.recognise(lines(*rows, **how), master or MasterData()), known or Known())


def test_a_good_row_is_read_as_it_stands() -> None:
    line = a_line(
        site="3 号线", contact="李工", phone="0731-2849 0000", lot="0012", fault_on="2026-10-28",
        received_on="2026/11/2", accessories="电源线×2；说明书;USB-C cable x3, Matrix2", way="邮寄",
        brought_by="研制单位", waybill="SF1234567890123", return_needed="是", made_on="2025.1.5", note="急",
    )
    assert line.problems == ()
    assert line.serial == "H204817736"
    assert line.lot == "0012"
    assert (line.received_on, line.fault_on, line.made_on) == (
        date(2026, 11, 2), date(2026, 10, 28), date(2025, 1, 5))
    assert line.accessories == (Item("电源线", 2), Item("说明书"), Item("USB-C cable", 3), Item("Matrix2"))
    assert (line.way, line.brought_by, line.return_needed) == ("MAILED", "PARTNER", True)
    assert line.note == "note: 急", "a remark says which column it comes from"


@pytest.mark.parametrize(("cell", "code"), [
    (Cell("6.37702E+15"), "serial.spreadsheet-damage"),
    (Cell("6,37702E+15"), "serial.spreadsheet-damage"),
    (Cell("6377021234567890", CellKind.LONG_NUMBER), "serial.spreadsheet-damage"),
    (Cell("12.5", CellKind.NUMBER), "serial.spreadsheet-damage"),
    (Cell("2026-03-12", CellKind.DATE), "import.serial-became-date"),
    (Cell("#REF!"), "import.error-cell"),
    (Cell("#DIV/0!", CellKind.ERROR, formula=True), "import.error-cell"),
    (Cell("=A1&B1"), "serial.formula"),
    (Cell("=cmd|' /C calc'!A0"), "serial.formula"),
])
def test_damage_to_serials_is_named(cell: Cell, code: str) -> None:
    assert problem_codes(a_line(serial=cell)) == {code}


def test_control_characters_in_a_serial_are_refused_by_the_serial_rule() -> None:
    (row,) = judged({**GOOD, "serial": "H20\x074"})
    assert (row.fate, row.reason) == (Fate.REFUSED, "serial.control-character")


@pytest.mark.parametrize(("cell", "serial"), [
    (Cell('="00042"'), "00042"),
    (Cell("00042"), "00042"),
    (Cell("637702123456789", CellKind.NUMBER), "637702123456789"),
    (Cell("Ｈ２０４ ８"), "H2048"),
    (Cell("x", CellKind.TEXT, formula=True), "X"),
])
def test_serials_that_can_be_saved_are(cell: Cell, serial: str) -> None:
    (row,) = judged({**GOOD, "serial": cell})
    assert row.fate is Fate.RECEIVED
    assert row.recognised.serial == serial


@pytest.mark.parametrize(("text", "day"), [
    ("2026-02-03", date(2026, 2, 3)), ("2026/2/3", date(2026, 2, 3)), ("2026.2.3", date(2026, 2, 3)),
    ("20260203", date(2026, 2, 3)), ("2026年2月3日", date(2026, 2, 3)), ("2026年2月3日 14:30", date(2026, 2, 3)),
    ("2026-02-03T08:00:00", date(2026, 2, 3)), ("3.2.2026", date(2026, 2, 3)), ("13/2/2026", date(2026, 2, 13)),
    ("2/13/2026", date(2026, 2, 13)), ("2/2/2026", date(2026, 2, 2)),
])
def test_days_are_read_as_people_write_them(text: str, day: date) -> None:
    assert read_day(Cell(text), DateOrder.ASK) == day


@pytest.mark.parametrize(("text", "code"), [
    ("2026-02-31", "import.date-impossible"), ("31.2.2026", "import.date-impossible"),
    ("03/02/2026", "import.date-ambiguous"), ("2026", "import.date-year-only"), ("昨天", "import.date-unreadable"),
    ("26-3-5", "import.date-unreadable"), ("2027-01-01", "import.date-future"), ("1900-01-01", "import.date-too-early"),
])
def test_impossible_days_are_named(text: str, code: str) -> None:
    assert problem_codes(a_line(received_on=text)) == {code}


def test_the_order_of_day_and_month_can_be_said_or_betrayed() -> None:
    assert read_day(Cell("03/02/2026"), DateOrder.DAY_FIRST) == date(2026, 2, 3)
    assert read_day(Cell("03/02/2026"), DateOrder.MONTH_FIRST) == date(2026, 3, 2)
    assert guess_order([Cell("03/02/2026"), Cell("25/02/2026")]) is DateOrder.DAY_FIRST
    assert guess_order([Cell("03/02/2026"), Cell("02/25/2026")]) is DateOrder.MONTH_FIRST
    assert guess_order([Cell("25/02/2026"), Cell("02/25/2026")]) is DateOrder.ASK
    with pytest.raises(Unreadable):
        read_day(Cell("03/02/2026"), DateOrder.ASK)


def test_a_spreadsheets_day_number_is_taken_with_a_warning() -> None:
    line = a_line(received_on=Cell("46328", CellKind.NUMBER))
    assert line.received_on == date(2026, 11, 2)
    assert "import.date-from-number" in warning_codes(line)
    assert warning_codes(a_line(received_on=Cell("20261102", CellKind.NUMBER))) == set()


@given(st.dates(date(1990, 1, 1), TODAY))
def test_every_day_survives_every_common_spelling(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert read_day(Cell(text), DateOrder.ASK) == day
    assert read_day(Cell(f"{day:%d/%m/%Y}"), DateOrder.DAY_FIRST) == day


def test_what_cannot_have_come_before_what() -> None:
    assert problem_codes(a_line(fault_on="2026-11-03", received_on="2026-11-02")) == {"import.dates-reversed"}
    assert problem_codes(a_line(made_on="2026-11-01", shipped_on="2026-10-01")) == {"import.dates-reversed"}
    assert problem_codes(a_line(fault_on="2026-11-02", received_on="2026-11-02", promised_on="2027-01-05")) == set()


def test_a_year_alone_is_kept_as_a_remark_not_made_into_a_day() -> None:
    line = a_line(made_on="2019")
    assert line.made_on is None
    assert line.note == "made_on: 2019"
    assert warning_codes(line) == {"import.date-year-only"}
    assert a_line(made_on="1962-05-01").made_on == date(1962, 5, 1), "old units come back too"


def test_texts_are_cleaned_and_what_was_done_is_said() -> None:
    line = a_line(symptom="a\x07b\\r\\nsecond\\nthird \\\\server\\new C:\\new\\name", customer=" 株洲\u200b所\t\n ")
    assert line.symptom == "ab\nsecond\nthird \\\\server\\new C:\\new\\name"
    assert line.customer == "株洲所"
    assert warning_codes(line) == {"import.control-character", "import.literal-breaks"}
    assert warning_codes(a_line(symptom="bef\U000f19d0")) == {"import.private-character"}


@pytest.mark.parametrize("text", ["- leaks\n- rattles", "-buitenband vervangen", "+49 170", "-", "= =", "==="])
def test_a_dash_at_the_beginning_is_not_a_formula(text: str) -> None:
    assert not texts.is_formula(text)


@pytest.mark.parametrize("text", ["=1+1", "=A1", "@SUM(A1)", "+SUM(1)", "-cmd|' /C calc'!A0", '=HYPERLINK("x")'])
def test_formulas_are_recognised(text: str) -> None:
    assert texts.is_formula(text)
    assert "import.formula" in problem_codes(a_line(customer=text))
    assert warning_codes(a_line(symptom=text)) == {"import.formula-text"}
    assert a_line(symptom=text).symptom == text


def test_results_of_formulas_are_taken_with_a_warning() -> None:
    assert warning_codes(a_line(lot=Cell("0042", CellKind.TEXT, formula=True))) == {"import.formula-result"}


def test_long_numbers_matter_more_in_identifiers_than_in_waybills() -> None:
    assert problem_codes(a_line(external_id="1.2345E+17")) == {"import.digits-lost"}
    line = a_line(waybill=Cell("123456789012345678", CellKind.LONG_NUMBER))
    assert (problem_codes(line), warning_codes(line)) == (set(), {"import.digits-lost"})


def test_a_row_must_name_customer_and_product() -> None:
    (line,) = lines({"serial": "1"})
    assert problem_codes(line) == {"import.customer-missing", "import.product-missing"}
    assert warning_codes(line) == {"import.symptom-missing"}
    (line,) = lines({"serial": "1", "symptom": "不详"}, defaults={Field.CUSTOMER: "株洲所", Field.PRODUCT: "PSU"})
    assert (problem_codes(line), warning_codes(line)) == (set(), {"import.symptom-unknown-alone"})


def test_words_of_the_list_can_be_translated() -> None:
    assert a_line(way="空投").way == ""
    assert warning_codes(a_line(way="空投")) == {"import.unknown-word"}
    assert a_line(way="空投").note == "way: 空投"
    (line,) = lines({**GOOD, "way": "空投", "outcome": "1"},
                    values={Field.WAY: {"空投": "MAILED"}, Field.OUTCOME: {"1": "Fixed"}})
    assert (line.way, line.outcome) == ("MAILED", "Fixed")


def test_too_many_cells_mean_that_columns_moved() -> None:
    sheet = a_sheet(GOOD)
    moved = Row(2, (*sheet.rows[0].cells, Cell("x")))
    found = list(read_lines(
        Sheet("a", "", "", "", "", 1, sheet.header, (moved,)), Mapping(columns=COLUMNS), TODAY))
    assert problem_codes(found[0]) == {"import.too-many-cells"}


def test_too_long_texts_and_the_example_row_are_refused() -> None:
    assert problem_codes(a_line(customer="x" * 500)) == {"import.too-long"}
    assert problem_codes(a_line(external_id=EXAMPLE)) == {"import.example-row"}


def test_a_saved_mapping_comes_back_the_same() -> None:
    words = {Field.WAY: {"空投": "MAILED"}}
    made = Mapping("月报", COLUMNS, {Field.CUSTOMER: "株洲所"}, words, DateOrder.DAY_FIRST, "x")
    assert Mapping.from_dict(made.as_dict()) == made
    for wrong in (None, [], {}, {"format": "other"}, {**made.as_dict(), "columns": {"a": "NO_SUCH_FIELD"}},
                  {**made.as_dict(), "columns": 3}, {**made.as_dict(), "values": {"WAY": 3}}):
        with pytest.raises(Refused, match=r"mapping\.not-a-mapping"):
            Mapping.from_dict(wrong)


def test_a_mapping_that_does_not_fit_says_why() -> None:
    header = ("a", "b", "c")
    found = mapping.problems(Mapping(columns={"a": Field.SERIAL, "b": Field.SERIAL, "d": Field.PRODUCT}), header)
    assert {(p.field, p.code) for p in found} == {
        ("d", "mapping.column-missing"), ("SERIAL", "mapping.field-twice"), ("CUSTOMER", "mapping.field-required"),
        ("PRODUCT", "mapping.field-required")}
    fits = Mapping(columns={"a": Field.NOTE, "b": Field.NOTE, "c": Field.PRODUCT}, defaults={Field.CUSTOMER: "x"})
    assert mapping.problems(fits, header) == []
    assert mapping.left_out(fits, (*header, "d")) == ("d",)


PSU = KnownProduct("p1", "PSU-4800W", SerialRule(drop="-"))
MASTER = MasterData({"psu-4800w": (PSU,)}, {"株洲所": ("c1",)})


def test_a_row_on_known_ground_is_plainly_received() -> None:
    (row,) = judged({**GOOD, "serial": "h-204"}, master=MASTER)
    assert (row.fate, row.reason, row.is_plain) == (Fate.RECEIVED, "", True)
    assert (row.recognised.product_id, row.recognised.customer_id, row.recognised.serial) == ("p1", "c1", "H204")


def test_unknown_products_and_customers_are_proposals() -> None:
    (row,) = judged(GOOD)
    assert row.fate is Fate.RECEIVED
    assert {p.code for p in row.warnings} == {"import.new-product", "import.new-customer"}


def test_a_name_that_several_bear_is_refused() -> None:
    twice = MasterData({"psu-4800w": (PSU, PSU)}, {"株洲所": ("c1", "c2")})
    (row,) = judged(GOOD, master=twice)
    assert row.fate is Fate.REFUSED
    assert {p.code for p in row.reasons} == {"import.product-ambiguous", "import.customer-ambiguous"}


def test_a_unit_in_the_house_is_known_one_that_left_comes_again() -> None:
    here = KnownUnit("u1", "p1", "PSU-4800W", "H204", "SH1-R2611-00001")
    (row,) = judged({**GOOD, "serial": "H204"}, master=MASTER, known=Known({"H204": (here,)}))
    assert (row.fate, row.reason, row.unit_id) == (Fate.ALREADY_KNOWN, "import.unit-in-house", "u1")
    gone = KnownUnit("u1", "p1", "PSU-4800W", "H204")
    (row,) = judged({**GOOD, "serial": "H204"}, master=MASTER, known=Known({"H204": (gone,)}))
    assert (row.fate, row.unit_id) == (Fate.RECEIVED, "u1")


def test_the_same_serial_of_another_product_is_another_unit() -> None:
    other = KnownUnit("u2", "p2", "PSU-9", "H204", "SH1-R2611-00001")
    (row,) = judged({**GOOD, "serial": "H204"}, master=MASTER, known=Known({"H204": (other,)}))
    assert (row.fate, row.unit_id, row.reason) == (Fate.RECEIVED, "", "import.serial-of-other-product")


def test_a_depot_tag_is_a_name_only_for_units_we_tagged() -> None:
    (row,) = judged({**GOOD, "serial": "sh1-t00042"}, master=MASTER)
    assert (row.fate, row.reason) == (Fate.REFUSED, "import.unknown-tag")
    tagged = KnownUnit("u3", "p9", "?", "SH1-T00042")
    (row,) = judged({**GOOD, "serial": "sh1-t00042"}, master=MASTER, known=Known({"SH1-T00042": (tagged,)}))
    assert (row.fate, row.unit_id) == (Fate.RECEIVED, "u3")


def test_repeats_inside_the_file_name_the_first_row() -> None:
    rows = judged(
        {**GOOD, "serial": "A1"}, {**GOOD, "serial": "a1 ", "symptom": "x"}, {**GOOD, "serial": "", "external_id": "7"},
        {**GOOD, "serial": "B2", "external_id": "7"}, {**GOOD, "serial": ""}, {**GOOD, "serial": "不详"},
    )
    assert [row.fate for row in rows] == [
        Fate.RECEIVED, Fate.REFUSED, Fate.TAGGED, Fate.REFUSED, Fate.TAGGED, Fate.TAGGED]
    assert rows[1].reasons == (Problem("serial", "import.duplicate-serial", {"serial": "A1", "row": 2}),)
    assert rows[3].reasons == (Problem("EXTERNAL_ID", "import.duplicate-row", {"value": "7", "row": 4}),)
    assert rows[4].recognised.key != rows[5].recognised.key, "two equal rows without a serial are two units"


def test_equal_rows_without_a_serial_are_said_to_be_equal() -> None:
    one, two = judged({**GOOD, "serial": ""}, {**GOOD, "serial": ""})
    assert "import.same-as-row" not in {p.code for p in one.warnings}
    assert "import.same-as-row" in {p.code for p in two.warnings}


def test_what_was_imported_is_not_imported_again_whatever_order_the_rows_have() -> None:
    rows: list[dict[str, str | Cell]] = [
        {**GOOD, "serial": ""}, {**GOOD, "serial": ""}, {**GOOD, "serial": "A1", "received_on": "2026-11-01"},
        {**GOOD, "serial": "", "external_id": "7"}, {**GOOD, "serial": "B2"},
    ]
    first = judged(*rows)
    remembered = Known(imported={row.recognised.key: "SH1-B2611-00001" for row in first})
    again = judged(*reversed(rows), known=remembered)
    assert {row.fate for row in again} == {Fate.ALREADY_KNOWN}
    assert {row.reason for row in again} == {"import.already-imported"}
    assert fates.count(again) == fates.Counts(rows=5, already_known=5, warnings=5)


def test_the_sums_agree_with_the_rows() -> None:
    rows = judged({**GOOD, "outcome": "Fixed"}, {**GOOD, "serial": "", "outcome": "Fixed"}, {**GOOD, "serial": "1E+9"},
                  master=MASTER)
    assert fates.count(rows) == fates.Counts(rows=3, received=2, already_known=0, refused=1, tagged=1, warnings=0)
    assert fates.outcomes(rows) == {"Fixed": 2, "": 1}
    assert fates.codes(rows) == {"import.no-serial": 1, "serial.spreadsheet-damage": 1}


FREE = st.text(max_size=30)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, FREE)), max_size=6))
def test_no_row_breaks_the_reader_and_every_row_has_one_fate(rows: list[dict[str, str]]) -> None:
    found = judged(*rows)
    assert len(found) == len(rows)
    counts = fates.count(found)
    assert counts.rows == counts.received + counts.already_known + counts.refused
    for row in found:
        assert row.fate is not Fate.REFUSED or row.reasons
        assert all(len(value) <= RULES[Field.CUSTOMER].longest for value in [row.recognised.line.customer])


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, FREE)), max_size=6))
def test_judging_twice_is_the_same(rows: list[dict[str, str]]) -> None:
    assert judged(*rows) == judged(*rows)


V03 = ("id", "data_provider", "country", "partner_product_category", "product_category", "product_category_id", "brand",
       "year_of_manufacture", "product_age", "repair_status", "repair_barrier_if_end_of_life", "group_identifier",
       "event_date", "problem")


def test_the_open_repair_header_is_known_in_any_order_and_both_versions() -> None:
    assert open_repair.version(V03) == "0.3"
    assert open_repair.version(tuple(reversed([name.upper() for name in V03]))) == "0.3"
    assert open_repair.version(tuple(n for n in V03 if n not in open_repair.NEW_IN_03)) == "0.2.1"
    assert open_repair.version(tuple(n for n in V03 if n != "problem")) == ""


@pytest.mark.parametrize(("row", "code"), [
    ({"id": "restart_1"}, "import.standard-id"),
    ({"repair_status": "Mended"}, "import.standard-status"),
    ({"repair_status": "End of life", "repair_barrier_if_end_of_life": "Too worn out"},
     "import.standard-older-barrier"),
    ({"repair_status": "3", "repair_barrier_if_end_of_life": "Bad luck"}, "import.standard-barrier"),
    ({"repair_status": "Fixed", "repair_barrier_if_end_of_life": "Lack of equipment"},
     "import.standard-barrier-without-end"),
])
def test_what_breaks_the_open_repair_standard_is_named(row: dict[str, str], code: str) -> None:
    assert [p.code for p in open_repair.problems(row)] == [code]


def test_a_row_that_keeps_the_standard_has_no_warning() -> None:
    row = {"ID": "restart-1", "Repair_Status": "End of life", "repair_barrier_if_end_of_life": "Lack of equipment"}
    assert open_repair.problems(row) == []
