"""Any spreadsheet becomes a :class:`app.domain.sheets.Sheet`: CSV, XLSX, XLS, ODS, recognised by content, not by name.

Refusals (all with ``name``, the file): ``sheet.not-found``, ``sheet.unreadable``, ``sheet.empty``, ``sheet.too-big``,
``sheet.not-a-spreadsheet``, ``sheet.web-page``, ``sheet.password``, ``sheet.damaged``, ``sheet.no-such-sheet``,
``sheet.undecodable``, ``sheet.broken-quotes``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Self

from app.domain.sheets import EMPTY, Cell, CellKind, Row, Sheet, find_header, header_names, number_cell
from app.errors import Refused, Unavailable
from app.progress import UNWATCHED, Progress
from app.spreadsheets import csv_files
from app.spreadsheets.cell_marks import Marks, marks_of

_LARGEST = 200 * 1024 * 1024
_STEP = 2_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|\?xml|meta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: the names of its visible sheets (one empty name for CSV) and the encoding of a CSV file."""

    sheets: tuple[str, ...]
    encoding: str


def contents(path: Path) -> Contents:
    """The sheets that :func:`read` could read from ``path``."""
    data = _bytes(path)
    if _is_workbook(data, path.name):
        with _Workbook(data, path.name) as workbook:
            return Contents(workbook.names, "")
    return Contents(("",), _text(data, path.name, "")[1])


def read(
    path: Path,
    *,
    sheet: str = "",
    header_row: int = 0,
    encoding: str = "",
    progress: Progress = UNWATCHED,
) -> Sheet:
    """The table of ``path``.

    ``sheet``: which sheet of a workbook (default: the first visible one that is not blank); ``header_row``: where
    the header stands, from 1 (default: looked for); ``encoding``: of a CSV file (default: recognised). Blank rows
    are left out; row numbers are those a spreadsheet program shows.
    """
    data = _bytes(path)
    delimiter = ""
    if _is_workbook(data, path.name):
        encoding = ""
        with _Workbook(data, path.name) as workbook:
            sheet, rows = workbook.rows(sheet, progress)
    else:
        rows, encoding, delimiter = _csv(data, path.name, encoding, progress)
    at = _header_index(rows, header_row)
    if not rows or at >= len(rows):
        raise Refused("sheet.empty", field="file", name=path.name)
    return Sheet(
        file_name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        name=sheet,
        encoding=encoding,
        delimiter=delimiter,
        header_row=rows[at].number,
        header=header_names([cell.text for cell in _trimmed(rows[at].cells)]),
        rows=tuple(rows[at + 1:]),
    )


def _csv(data: bytes, name: str, encoding: str, progress: Progress) -> tuple[list[Row], str, str]:
    text, encoding = _text(data, name, encoding)
    delimiter, text = csv_files.sniff_delimiter(text)
    try:
        return list(csv_files.read_rows(text, delimiter, progress)), encoding, delimiter
    except Refused as refusal:
        raise Refused(refusal.code, field=refusal.field, **{**refusal.facts, "name": name}) from refusal


def _text(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    try:
        return csv_files.decode(data, encoding)
    except Refused as refusal:
        raise Refused(refusal.code, field=refusal.field, **{**refusal.facts, "name": name}) from refusal


def _header_index(rows: list[Row], header_row: int) -> int:
    if not header_row:
        return find_header(rows)
    return next((index for index, row in enumerate(rows) if row.number >= header_row), len(rows))


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """``cells`` without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].text.strip():
        end -= 1
    return cells[:end]


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refused("sheet.too-big", field="file", name=path.name, limit=_LARGEST // 1024 // 1024)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("sheet.not-found", field="file", name=str(path)) from error
    except OSError as error:
        raise Unavailable("sheet.unreadable", name=str(path), reason=error.strerror or type(error).__name__) from error
    if not data.strip():
        raise Refused("sheet.empty", field="file", name=path.name)
    return data


def _is_workbook(data: bytes, name: str) -> bool:
    """Whether ``data`` is a workbook (else it is taken for CSV); raises for what is plainly neither."""
    if data.startswith((_ZIP, _OLE)):
        return True
    if data.startswith(_OTHER):
        raise Refused("sheet.not-a-spreadsheet", field="file", name=name)
    if _MARKUP.match(data[:2000]):
        raise Refused("sheet.web-page", field="file", name=name)
    return False


class _Workbook:
    """An open workbook of any kind calamine reads."""

    def __init__(self, data: bytes, name: str) -> None:
        from io import BytesIO

        from python_calamine import CalamineError, CalamineWorkbook, PasswordError

        self._data, self._name = data, name
        self._closed_world(data)
        try:
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
        except PasswordError as error:
            raise Refused("sheet.password", field="file", name=name) from error
        except CalamineError as error:
            code = "sheet.damaged" if data.startswith(_OLE) or b"workbook.xml" in data else "sheet.not-a-spreadsheet"
            raise Refused(code, field="file", name=name) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._book.close()

    @property
    def names(self) -> tuple[str, ...]:
        """Visible worksheets, in the order of the workbook."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return tuple(
            meta.name for meta in self._book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
        )

    def rows(self, wanted: str, progress: Progress) -> tuple[str, list[Row]]:
        """The name and the rows of the sheet ``wanted``, or of the first one that holds anything."""
        from python_calamine import CalamineError

        if wanted and wanted not in self._book.sheet_names:
            raise Refused("sheet.no-such-sheet", field="sheet", name=self._name, sheet=wanted,
                          sheets=tuple(self._book.sheet_names))
        try:
            for name in (wanted,) if wanted else self.names:
                rows = list(self._rows(name, progress))
                if rows:
                    return name, rows
        except CalamineError as error:
            raise Refused("sheet.damaged", field="file", name=self._name) from error
        return wanted, []

    def _rows(self, name: str, progress: Progress) -> Iterator[Row]:
        sheet = self._book.get_sheet_by_name(name)
        if sheet.start is None:
            return
        marks = marks_of(self._data, name)
        left = sheet.start[1]
        values = sheet.iter_rows()
        first, total = 0, sheet.total_height
        while chunk := list(islice(values, _STEP)):
            for index, record in enumerate(chunk, start=first):
                cells = (EMPTY,) * left + tuple(map(_cell, record))
                if index in marks:
                    cells = _marked(cells, marks[index])
                if any(cell.text for cell in cells):
                    yield Row(index + 1, cells)
            first += len(chunk)
            progress.step(first, max(first, total))

    def _closed_world(self, data: bytes) -> None:
        """Raise for files that are locked, or that unpack to more than anybody means to import."""
        if data.startswith(_OLE):
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise Refused("sheet.password", field="file", name=self._name)
            return
        from io import BytesIO
        from zipfile import BadZipFile, ZipFile

        try:
            with ZipFile(BytesIO(data)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > 10 * _LARGEST:
                    raise Refused("sheet.too-big", field="file", name=self._name, limit=_LARGEST // 1024 // 1024)
                manifest = "META-INF/manifest.xml"
                if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
                    raise Refused("sheet.password", field="file", name=self._name)
        except BadZipFile as error:
            raise Refused("sheet.damaged", field="file", name=self._name) from error


def _marked(cells: tuple[Cell, ...], marks: Marks) -> tuple[Cell, ...]:
    """``cells`` with the formulas and errors that the file has in this row."""
    found = list(cells)
    for column, error in marks.items():
        if column >= len(found):
            found.extend([EMPTY] * (column + 1 - len(found)))
        cell = found[column]
        found[column] = Cell(error, CellKind.ERROR, formula=True) if error else cell._replace(formula=True)
    return tuple(found)


def _text_cell(value: str) -> Cell:
    return Cell(value) if value.strip() else EMPTY


def _moment_cell(value: datetime) -> Cell:
    midnight = value.time() == time(0)
    return Cell(value.date().isoformat() if midnight else value.isoformat(" ", "minutes"), CellKind.DATE)


def _span_cell(value: timedelta) -> Cell:
    minutes = int(value.total_seconds()) // 60
    return Cell(f"{minutes // 60}:{minutes % 60:02d}")


#: Every type the library hands out, and the cell it becomes.
_CELL_OF: dict[type, Callable[[Any], Cell]] = {
    str: _text_cell,
    bool: lambda value: Cell(str(value).upper(), CellKind.TRUTH),
    int: lambda value: number_cell(float(value)),
    float: number_cell,
    datetime: _moment_cell,
    date: lambda value: Cell(value.isoformat(), CellKind.DATE),
    time: lambda value: Cell(value.isoformat("minutes")),
    timedelta: _span_cell,
}


def _cell(value: object) -> Cell:
    return _CELL_OF[type(value)](value)
