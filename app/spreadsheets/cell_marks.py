"""Which cells of a workbook are formulas or errors: the reader gives only their last results, and nothing for errors.

A formula's result looks like something typed, and an error like an empty cell; an importer must know both. XLSX and
ODS are searched as text (nothing is parsed where the file holds neither); XLS through its records.
"""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from app.spreadsheets.biff import biff_marks

#: Column (from 0) → the error shown there, or "" for a formula with a result.
Marks = dict[int, str]

_REPEAT_LIMIT = 20_000

_XLSX_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_XLSX_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_XLSX_FORMULA = re.compile(rb"\s*<(?:\w+:)?f\b")
_XLSX_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_XLSX_WORTH = re.compile(rb'<(?:\w+:)?f[ >/]|\bt="e"')
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_ODS_TOKEN = re.compile(
    rb"<table:table(?=[\s>])[^>]*>|<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>(?=(?:<text:p>([^<]*))?)")
_ODS_ERROR = re.compile(rb"#[A-Z0-9/]+[!?]?|Err:\d+")


def marks_of(data: bytes, sheet: str) -> dict[int, Marks]:
    """Row (from 0) → marks, of the sheet named ``sheet`` in the workbook ``data``."""
    if not data.startswith(b"PK"):
        return biff_marks(data, sheet)
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        if "content.xml" in names:
            content = archive.read("content.xml")
            return _ods_marks(content, sheet) if b"table:formula=" in content else {}
        entry = _xlsx_entry(archive, sheet)
        return _xlsx_marks(archive.read(entry)) if entry in names else {}


def _xlsx_marks(xml: bytes) -> dict[int, Marks]:
    marks: dict[int, Marks] = {}
    if not _XLSX_WORTH.search(xml):
        return marks
    for cell in _XLSX_CELL.finditer(xml):
        attributes, inside = cell.groups()
        is_error = b't="e"' in attributes
        place = _REFERENCE.search(attributes) if is_error or _XLSX_FORMULA.match(inside) else None
        if place is None:
            continue
        shown = _XLSX_VALUE.search(inside) if is_error else None
        row = marks.setdefault(int(place[2]) - 1, {})
        row[_column(place[1])] = unescape(shown[1].decode("utf-8", "replace")) if shown else ""
    return marks


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _xlsx_entry(archive: ZipFile, sheet: str) -> str:
    """The file in ``archive`` that holds ``sheet``; empty when the workbook is put together in an unknown way."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return ""
    relation = next(
        (_attribute(tag, rb"\w+:id") for tag in _XLSX_SHEET.findall(archive.read("xl/workbook.xml"))
         if _attribute(tag, rb"name") == sheet), "")
    target = next(
        (_attribute(tag, rb"Target") for tag in _XLSX_RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
         if _attribute(tag, rb"Id") == relation), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"=\"([^\"]*)\"", tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _ods_marks(content: bytes, sheet: str) -> dict[int, Marks]:
    marks: dict[int, Marks] = {}
    row = column = -1
    rows, inside = 1, False
    for token in _ODS_TOKEN.finditer(content):
        tag = token[0]
        if tag.startswith(b"<table:table-row"):
            row, column = row + rows, 0
            rows = _repeated(tag, b"rows")
        elif tag.startswith((b"<table:table-cell", b"<table:covered")):
            times = _repeated(tag, b"columns")
            if inside and b"table:formula=" in tag:
                text = token[1] or b""
                error = text.decode("utf-8", "replace") if _ODS_ERROR.fullmatch(text) else ""
                for r in range(row, row + min(rows, _REPEAT_LIMIT)):
                    marks.setdefault(r, {}).update(dict.fromkeys(range(column, column + min(times, 1024)), error))
            column += times
        else:
            inside = _attribute(tag, rb"table:name") == sheet
            row, rows = -1, 1
    return marks


def _repeated(tag: bytes, what: bytes) -> int:
    found = re.search(rb'table:number-' + what + rb'-repeated="(\d+)"', tag)
    return int(found[1]) if found else 1

