"""Every kind of file a list arrives in is read the same way; what cannot be read is refused in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from app.domain.sheets import Cell, CellKind, Sheet, column_letters, header_names, number_cell
from app.errors import Cancelled, Refused
from app.messages import sentence
from app.spreadsheets.reading import contents, read

HEADER = ("序列号", "产品型号", "收到日期", "故障现象")
ROW = ("00042", "PSU-4800W", "2026-11-02", "开机无输出")


def as_text(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("返修")
    page.write_row(0, 0, HEADER)
    page.write_string(1, 0, "00042")
    page.write_string(1, 1, "PSU-4800W")
    page.write_datetime(1, 2, date(2026, 11, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_string(1, 3, "开机无输出")
    book.close()
    return path


def xls_file(path: Path) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("返修")
    for column, text in enumerate(HEADER):
        page.write(0, column, text)
    page.write(1, 0, "00042")
    page.write(1, 1, "PSU-4800W")
    page.write(1, 2, date(2026, 11, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    page.write(1, 3, "开机无输出")
    book.save(str(path))
    return path


def ods_cell(text: str, **attributes: str) -> TableCell:
    cell = TableCell(**({"valuetype": "string"} | attributes))
    cell.addElement(P(text=text))
    return cell


def ods_file(path: Path, *rows: list[TableCell]) -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="返修")
    book.spreadsheet.addElement(table)
    default = (
        [ods_cell(text) for text in HEADER],
        [ods_cell("00042"), ods_cell("PSU-4800W"), ods_cell("2026-11-02", valuetype="date", datevalue="2026-11-02"),
         ods_cell("开机无输出")],
    )
    for cells in rows or default:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    book.save(str(path))
    return path


CSV = "\r\n".join((",".join(HEADER), ",".join(ROW), ""))
MAKERS: dict[str, Callable[[Path], Path]] = {
    "utf-8.csv": lambda path: csv_file(path, CSV),
    "utf-8 with mark.csv": lambda path: csv_file(path, CSV, "utf-8-sig"),
    "gb18030.csv": lambda path: csv_file(path, CSV, "gb18030"),
    "utf-16.txt": lambda path: csv_file(path, CSV.replace(",", "\t"), "utf-16"),
    "semicolons.csv": lambda path: csv_file(path, CSV.replace(",", ";")),
    "sep line.csv": lambda path: csv_file(path, "sep=;\r\n" + CSV.replace(",", ";")),
    "list.xlsx": xlsx_file,
    "old.xls": xls_file,
    "named.csv": xlsx_file,      # the content counts, not the name
    "libre.ods": ods_file,
}


@pytest.mark.parametrize("name", MAKERS)
def test_every_kind_of_file_says_the_same(name: str, tmp_path: Path) -> None:
    sheet = read(MAKERS[name](tmp_path / name))
    assert sheet.header == HEADER
    assert as_text(sheet) == [list(ROW)]
    assert [row.number for row in sheet.rows] == [2]
    assert len(sheet.sha256) == 64


def test_the_encoding_and_delimiter_are_told(tmp_path: Path) -> None:
    sheet = read(csv_file(tmp_path / "a.csv", CSV.replace(",", "\t"), "gb18030"))
    assert (sheet.encoding, sheet.delimiter) == ("gb18030", "\t")
    assert contents(tmp_path / "a.csv").encoding == "gb18030"


def test_quotes_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    text = 'sn,problem\n1,"a, ""b""\nsecond line"\n\n2,5" pipe\n'
    sheet = read(csv_file(tmp_path / "a.csv", text))
    assert as_text(sheet) == [["1", 'a, "b"\nsecond line'], ["2", '5" pipe']]
    assert [row.number for row in sheet.rows] == [2, 4], "a blank row is a row; a cell of two lines is not two rows"


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    text = "2026年11月返修清单,,,\n\n" + CSV
    sheet = read(csv_file(tmp_path / "a.csv", text))
    assert sheet.header == HEADER
    assert sheet.header_row == 3
    assert sheet.rows[0].number == 4
    assert read(tmp_path / "a.csv", header_row=1).header == ("2026年11月返修清单",)


def test_repeated_and_blank_headers_get_names() -> None:
    assert header_names(["备注", "", "备注", " 备注 "]) == ("备注", "[B]", "备注 (2)", "备注 (3)")
    assert [column_letters(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_western_file_is_not_guessed_to_be_chinese(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", "sn,problem\n1,Réparothon à Liège\n", "cp1252")
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "sheet.undecodable"
    assert refused.value.facts["row"] == 2
    assert as_text(read(path, encoding="cp1252")) == [["1", "Réparothon à Liège"]]


@pytest.mark.parametrize(("content", "code"), [
    (b"", "sheet.empty"),
    (b" \r\n ", "sheet.empty"),
    (b"%PDF-1.7 ...", "sheet.not-a-spreadsheet"),
    (b"\x89PNG\r\n\x1a\n", "sheet.not-a-spreadsheet"),
    (b"a\0b\0c\0", "sheet.not-a-spreadsheet"),
    (b"<html><table><tr><td>1</td></tr></table>", "sheet.web-page"),
    (b'<?xml version="1.0"?><Workbook/>', "sheet.web-page"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet.damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "sheet.password"),
    (b"PK\x03\x04 and then nothing", "sheet.damaged"),
    (b'sn,problem\n1,"never closed\n2,b\n', "sheet.broken-quotes"),
    (b'sn,problem\n1,"a"b\n', "sheet.broken-quotes"),
])
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == code
    assert "list.xlsx" in sentence(refused.value)


def test_a_zip_of_something_else_and_a_locked_ods_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(Refused, match=r"sheet\.not-a-spreadsheet"):
        read(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(Refused, match=r"sheet\.password"):
        read(tmp_path / "b.ods")
    with pytest.raises(Refused, match=r"sheet\.not-found"):
        read(tmp_path / "missing.csv")


def test_sheets_are_chosen_by_name_and_blank_ones_passed_over(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("empty")
    book.add_worksheet("two").write_column(0, 0, ["sn", "B2"])
    book.add_worksheet("three").write_column(2, 1, ["sn", "C3"])
    hidden = book.add_worksheet("hidden")
    hidden.write(0, 0, "x")
    hidden.hide()
    book.close()
    path = tmp_path / "a.xlsx"
    assert contents(path).sheets == ("empty", "two", "three")
    assert as_text(read(path)) == [["B2"]]
    sheet = read(path, sheet="three")
    assert (sheet.name, sheet.header_row, sheet.header) == ("three", 3, ("[A]", "sn"))
    assert sheet.rows[0].number == 4
    with pytest.raises(Refused, match=r"sheet\.no-such-sheet"):
        read(path, sheet="four")
    with pytest.raises(Refused, match=r"sheet\.empty"):
        read(path, sheet="empty")


def test_numbers_keep_their_digits_or_are_marked() -> None:
    assert number_cell(3.0) == Cell("3", CellKind.NUMBER)
    assert number_cell(637702123456789.0) == Cell("637702123456789", CellKind.NUMBER)
    assert number_cell(6377021234567890.0) == Cell("6377021234567890", CellKind.LONG_NUMBER)
    assert number_cell(0.5) == Cell("0.5", CellKind.NUMBER)
    assert number_cell(-12.0) == Cell("-12", CellKind.NUMBER)
    assert number_cell(1e300).kind is CellKind.LONG_NUMBER


def marked_xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("first").write_formula(0, 0, "=1+1", None, 2)
    page = book.add_worksheet("A & B")
    page.write_row(0, 0, ["sn", "a", "b", "c"])
    page.write_string(1, 0, "=1+1")
    page.write_formula(1, 1, '="00"&"42"', None, "0042")
    page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    page.write_boolean(1, 3, True)
    page.write_formula("AB4", "=B2", None, "0042")
    book.close()
    return path


def marked_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("first").write(0, 0, "x")
    page = book.add_sheet("A & B")
    for column, text in enumerate(["sn", "a", "b", "c"]):
        page.write(0, column, text)
    page.write(1, 0, "=1+1")
    page.write(1, 1, xlwt.Formula("1+1"))
    page.write(1, 2, 2)
    for row in range(2, 400):    # enough for the stream to leave the container's small sectors
        page.write(row, 0, f"serial {row:05d}")
    book.save(str(path))
    return path


def test_formulas_and_errors_of_xlsx_are_marked(tmp_path: Path) -> None:
    first, second = read(marked_xlsx(tmp_path / "a.xlsx"), sheet="A & B").rows
    assert first.cells[0] == Cell("=1+1")
    assert first.cells[1] == Cell("0042", CellKind.TEXT, formula=True)
    assert first.cells[2] == Cell("#DIV/0!", CellKind.ERROR, formula=True)
    assert first.cells[3].kind is CellKind.TRUTH
    assert (second.number, second.cells[27].formula) == (4, True)


def test_formulas_of_xls_are_marked(tmp_path: Path) -> None:
    row = read(marked_xls(tmp_path / "a.xls"), sheet="A & B").rows[0]
    assert [cell.formula for cell in row.cells] == [False, True, False, False][:len(row.cells)]


def test_formulas_and_errors_of_ods_are_marked(tmp_path: Path) -> None:
    path = ods_file(
        tmp_path / "a.ods",
        [ods_cell("sn"), ods_cell("a"), ods_cell("b"), ods_cell("c")],
        [ods_cell("same", numbercolumnsrepeated="2"), ods_cell("0042", formula='of:="00"&"42"', stringvalue="0042"),
         ods_cell("#DIV/0!", formula="of:=1/0", valuetype="string")],
    )
    cells = read(path).rows[0].cells
    assert [cell.formula for cell in cells] == [False, False, True, True]
    assert cells[3] == Cell("#DIV/0!", CellKind.ERROR, formula=True)


def test_reading_can_be_watched_and_stopped(tmp_path: Path) -> None:
    class Stop:
        seen = 0

        def step(self, done: int, total: int, text: str = "") -> None:
            self.seen = done
            raise Cancelled

    path = csv_file(tmp_path / "a.csv", "sn,problem\n" + "1,a\n" * 5000)
    stop = Stop()
    with pytest.raises(Cancelled):
        read(path, progress=stop)
    assert 0 < stop.seen < 5000


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8))
def test_csv_gives_back_what_was_written(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["sn", "problem"], *rows])
    expected = [[value if value.strip() else "" for value in row] for row in rows if any(v.strip() for v in row)]
    assert as_text(read(path, encoding="utf-8")) == expected
