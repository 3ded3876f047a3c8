"""Lists leave the program with their types, and nothing in them is ever calculated."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.places import Place
from app.domain.sheets import CellKind
from app.domain.slips.registers import RegisterLine, RegisterTotals, ReturnRegister
from app.domain.slips.storage import CountLine, LedgerLine, StocktakeSheet, ZoneLedger
from app.errors import Unavailable
from app.spreadsheets.export import Column, Kind, ListSheet, write
from app.spreadsheets.reading import read
from app.spreadsheets.register import register_sheet
from app.spreadsheets.storage import count_sheet, ledger_sheet

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = (
    Column("序列号"), Column("数量", Kind.NUMBER), Column("日期", Kind.DAY), Column("时间", Kind.MOMENT),
    Column("金额", Kind.MONEY), Column("位置"),
)
ROWS = (
    ("00042", 3, date(2026, 11, 2), datetime(2026, 11, 2, 16, 30, tzinfo=UTC), 123456, Place.ZONE_PENDING),
    ("=1+1", Decimal("2.5"), None, None, -5, None),
    ("-leaks", None, None, None, None, ""),
)


def test_values_keep_their_types_in_a_workbook(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [ListSheet("清单/1", COLUMNS, ROWS)], zone=SHANGHAI)
    sheet = read(tmp_path / "a.xlsx")
    assert sheet.name == "清单 1"
    first, second, third = (row.cells for row in sheet.rows)
    assert (first[0].text, first[0].kind) == ("00042", CellKind.TEXT)
    assert (first[1].text, first[1].kind) == ("3", CellKind.NUMBER)
    assert (first[2].text, first[2].kind) == ("2026-11-02", CellKind.DATE)
    assert first[3].text == "2026-11-03 00:30", "moments are shown in the depot's time"
    assert first[4].text == "1234.56"
    assert first[5].text == "待维修产品区"
    assert (second[0].text, second[0].formula) == ("=1+1", False)
    assert second[1].text == "2.5"
    assert third[0].text == "-leaks"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        xml = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in xml
    assert b'state="frozen"' in xml
    assert b"<autoFilter" in xml


def test_notes_and_totals_frame_the_table(tmp_path: Path) -> None:
    columns = (Column("Item"), Column("n", Kind.NUMBER))
    write(tmp_path / "a.xlsx", [ListSheet("x", columns, [("a", 1), ("b", 2)], ["November"], ("Sum", 3))])
    sheet = read(tmp_path / "a.xlsx")
    assert (sheet.header, sheet.header_row) == (("Item", "n"), 3)
    assert [[c.text for c in row.cells] for row in sheet.rows] == [["a", "1"], ["b", "2"], ["Sum", "3"]]


def test_csv_disarms_formulas_and_opens_in_spreadsheet_programs(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [ListSheet("x", COLUMNS, ROWS)], zone=SHANGHAI, language="en")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1][:5] == ["00042", "3", "2026-11-02", "2026-11-03 00:30", "1234.56"]
    assert rows[2][0] == "'=1+1"
    assert rows[2][4] == "-0.05", "a negative number is a number"
    assert rows[3][0] == "'-leaks"


def test_two_sheets_never_have_one_name(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", [ListSheet("清单", COLUMNS, ()), ListSheet("清单", COLUMNS, ROWS)])
    assert read(tmp_path / "a.xlsx", sheet="清单 2").rows


def test_a_file_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"sheet\.unwritable"):
        write(tmp_path / "no" / "folder.xlsx", [ListSheet("x", COLUMNS, ROWS)])


def test_the_register_leaves_as_it_is_printed(tmp_path: Path) -> None:
    line = RegisterLine("SH1-R2611-00001", "株洲所", "PSU-4800W", "00042", received=date(2026, 11, 2), visit=2,
                        warranty="in", days=3, overdue=True)
    totals = RegisterTotals(cases=1, open=1, overdue=1)
    register = ReturnRegister(date(2026, 11, 1), date(2026, 11, 30), (line,), totals)
    write(tmp_path / "F3.xlsx", [register_sheet(register, "zh_CN")])
    sheet = read(tmp_path / "F3.xlsx")
    assert sheet.header[:5] == ("返修单号", "用户", "产品型号", "序列号", "收到日期")
    assert [cell.text for cell in sheet.rows[0].cells[:6]] == [
        "SH1-R2611-00001", "株洲所", "PSU-4800W", "00042", "2026-11-02", "2"]


def test_the_ledger_and_the_count_leave_with_their_balances(tmp_path: Path) -> None:
    at = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
    moves = (
        LedgerLine(at, incoming=True, serial="00042", product="PSU", case_number="SH1-R2611-00001",
                   other_place=Place.INBOUND, balance=3),
        LedgerLine(at, incoming=False, serial="00007", product="PSU", case_number="SH1-R2611-00002",
                   other_place=Place.REPAIR, balance=2),
    )
    ledger = ZoneLedger(Place.ZONE_PENDING, date(2026, 11, 1), date(2026, 11, 30), 2, 2, moves)
    counted = StocktakeSheet(Place.ZONE_PENDING, at, (
        CountLine("A-1", "00042", "PSU", found=True), CountLine("A-1", "00007", "PSU", found=False),
        CountLine("A-2", "00009", "PSU", booked=False, found=True), CountLine("A-2", "00010", "PSU"),
    ))
    write(tmp_path / "F20.xlsx", [ledger_sheet(ledger, "en"), count_sheet(counted, "en")], zone=SHANGHAI)
    first = read(tmp_path / "F20.xlsx", sheet="Zone ledger")
    assert [[cell.text for cell in row.cells[1:5]] for row in first.rows] == [
        ["1", "", "3", "00042"], ["", "1", "2", "00007"], ["1", "1", "2", ""]]
    second = read(tmp_path / "F20.xlsx", sheet="Stock-take sheet")
    assert [row.cells[6].text if len(row.cells) > 6 else "" for row in second.rows] == ["", "−", "+", ""]
