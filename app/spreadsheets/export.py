"""Any list as a spreadsheet: columns as data, values with their types, nothing that a spreadsheet would calculate.

Serials and numbers of papers are text, days are dates, money is yuan with two places. The header is bold and stays
in sight, each column can be filtered. CSV comes in UTF-8 with a mark, which is what spreadsheet programs look for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from enum import Enum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import Unavailable
from app.i18n import Translator, translator
from app.labels import label
from app.progress import UNWATCHED, Progress

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"            # int or Decimal
    DAY = "DAY"                  # date
    MOMENT = "MOMENT"            # aware datetime, shown in the depot's time
    MONEY = "MONEY"              # whole fen


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``title``: as people read it; ``width`` in characters (default: by kind and content)."""

    title: str
    kind: Kind = Kind.TEXT
    width: float = 0


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet: ``title`` names it; ``notes`` stand above the table (period, selection); ``totals`` below it."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[object]]
    notes: Sequence[str] = ()
    totals: Sequence[object] = ()


_FORMATS = {Kind.DAY: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.MONEY: "#,##0.00", Kind.TEXT: "@"}
_WIDTHS = {Kind.DAY: 11.0, Kind.MOMENT: 16.0, Kind.MONEY: 12.0, Kind.NUMBER: 9.0}
_STEP = 2_000
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
_LONGEST_CELL = 32_767


def write(path: Path, sheets: Sequence[ListSheet], *, zone: tzinfo = UTC, language: str = "zh_CN",
          progress: Progress = UNWATCHED) -> None:
    """Write ``sheets`` to ``path``: as CSV when it ends in ``.csv`` (the first sheet), else as XLSX.

    Raises ``sheet.unwritable`` (disk, or another program holds the file). A cancelled export leaves no file.
    """
    t = translator(language)
    data = csv_bytes(sheets[0], zone=zone, t=t, progress=progress) if path.suffix.lower() == ".csv" else xlsx_bytes(
        sheets, zone=zone, t=t, progress=progress)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Unavailable("sheet.unwritable", name=path.name, reason=error.strerror or "?") from error


def xlsx_bytes(sheets: Sequence[ListSheet], *, zone: tzinfo, t: Translator, progress: Progress = UNWATCHED) -> bytes:
    """``sheets`` as a workbook."""
    from xlsxwriter.workbook import Workbook

    target = io.BytesIO()
    # Everything is written cell by cell with its type; nothing is guessed to be a formula, a link or a number.
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                             "strings_to_numbers": False})
    book.set_calc_mode("manual")
    for sheet in sheets:
        _write_sheet(book, sheet, zone, t, progress)
    book.close()
    return target.getvalue()


def csv_bytes(sheet: ListSheet, *, zone: tzinfo, t: Translator, progress: Progress = UNWATCHED) -> bytes:
    """``sheet`` as CSV (without notes and totals): UTF-8 with a mark, CRLF. Would-be formulas begin with ``'``."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([column.title for column in sheet.columns])
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([_disarmed(_text(v, c.kind, zone, t)) for v, c in zip(row, sheet.columns, strict=True)])
        if number % _STEP == 0:
            progress.step(number, 0)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _write_sheet(book: Workbook, sheet: ListSheet, zone: tzinfo, t: Translator, progress: Progress) -> None:
    page = book.add_worksheet(_sheet_name(sheet.title, {s.get_name() for s in book.worksheets()}))
    formats = {kind: book.add_format({"num_format": _FORMATS.get(kind, "General"), "valign": "top"}) for kind in Kind}
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF1F4"})
    faint = book.add_format({"font_color": "#667080"})
    bold = {kind: book.add_format({"num_format": _FORMATS.get(kind, "General"), "bold": True, "top": 1})
            for kind in Kind}
    for at, note in enumerate(sheet.notes):
        page.write_string(at, 0, note, faint)
    top = len(sheet.notes) + bool(sheet.notes)
    widths = [c.width or max(_WIDTHS.get(c.kind, 8.0), _shown_width(c.title) + 3) for c in sheet.columns]
    for index, column in enumerate(sheet.columns):
        page.write_string(top, index, column.title, head)
    at = top
    for at, row in enumerate(sheet.rows, start=top + 1):
        for index, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            shown = _write_cell(page, at, index, value, column.kind, formats[column.kind], zone, t)
            if not column.width and column.kind is Kind.TEXT and shown > widths[index]:
                widths[index] = min(48.0, shown)
        if at % _STEP == 0:
            progress.step(at - top, 0)
    for index, value in enumerate(sheet.totals):
        if value is not None:
            kind = sheet.columns[index].kind
            _write_cell(page, at + 1, index, value, Kind.TEXT if isinstance(value, str) else kind, bold[kind], zone, t)
    for index, width in enumerate(widths):
        page.set_column(index, index, width)
    page.freeze_panes(top + 1, 0)
    if at > top and sheet.columns:
        page.autofilter(top, 0, at, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)


def _write_cell(page: Worksheet, row: int, column: int, value: Any, kind: Kind, style: Format, zone: tzinfo,
                t: Translator) -> float:
    """Write ``value``; returns how wide it is shown, in characters."""
    if value is None or value == "":
        page.write_blank(row, column, None, style)
        return 0
    if kind is Kind.MONEY and isinstance(value, int):
        page.write_number(row, column, value / 100, style)
    elif kind is Kind.NUMBER and not isinstance(value, str):
        page.write_number(row, column, value, style)
    elif kind is Kind.MOMENT and isinstance(value, datetime):
        page.write_datetime(row, column, value.astimezone(zone).replace(tzinfo=None), style)
    elif kind is Kind.DAY and isinstance(value, date):
        day = value.astimezone(zone).date() if isinstance(value, datetime) else value
        page.write_datetime(row, column, datetime(day.year, day.month, day.day), style)  # noqa: DTZ001  a day has no zone
    else:
        text = _text(value, kind, zone, t)[:_LONGEST_CELL]
        page.write_string(row, column, text, style)
        return max(map(_shown_width, text.split("\n")), default=0) + 1
    return 0


def _text(value: Any, kind: Kind, zone: tzinfo, t: Translator) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return label(value, t)
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return local.strftime("%Y-%m-%d" if kind is Kind.DAY else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.MONEY and isinstance(value, int):
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value)


def _disarmed(text: str) -> str:
    """``text`` so that no spreadsheet program calculates it: in CSV a formula is whatever begins like one."""
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    plain = text.lstrip("+-").replace(".", "", 1)
    return plain.isascii() and plain.isdigit()


def _shown_width(text: str) -> float:
    """Width in Latin characters: Chinese ones are as wide as two."""
    return sum(1.0 if c < "\u1100" else 1.9 for c in text)


def _sheet_name(title: str, taken: set[str]) -> str:
    name = " ".join(title.translate(_FORBIDDEN).split()).strip("'")[:28] or "1"
    return name if name not in taken else f"{name} {len(taken) + 1}"
