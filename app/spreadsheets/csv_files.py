"""CSV as it really arrives: UTF-8 with or without a mark, GB18030, UTF-16; any delimiter; quotes as in RFC 4180."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from app.domain.sheets import EMPTY, Cell, Row
from app.errors import Refused
from app.progress import Progress

#: Encodings a person can choose where guessing does not do.
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252")

DELIMITERS = (",", ";", "\t", "|")

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL = 1_000_000
_STEP = 2_000


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of ``data`` and the encoding it was read with; ``encoding`` overrules the guess.

    Raises ``sheet.not-a-spreadsheet`` (bytes that no text has), ``sheet.undecodable`` (with the row at fault).
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    wanted = encoding or marked
    if wanted:
        return _decoded(data, marked if marked.startswith(wanted) else wanted), wanted.removesuffix("-sig")
    if b"\0" in data[:65536]:
        raise Refused("sheet.not-a-spreadsheet", field="file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text = _plausible_chinese(data)
        if text is None:
            raise Refused("sheet.undecodable", field="encoding", row=_row_of(data, error.start)) from error
        return text, "gb18030"


def read_rows(text: str, delimiter: str, progress: Progress) -> Iterator[Row]:
    """The rows of ``text`` that are not blank. Raises ``sheet.broken-quotes`` with the row at fault."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    total = text.count("\n") + 1
    seen: dict[str, Cell] = {"": EMPTY}
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number % _STEP == 0:
                progress.step(number, max(number, total))
            if any(record) and any(value.strip() for value in record):
                yield Row(number, tuple(_cell(value, seen) for value in record))
    except csv.Error as error:
        raise Refused("sheet.broken-quotes", field="file", row=number + 1) from error


def sniff_delimiter(text: str) -> tuple[str, str]:
    """The delimiter of ``text``, and the text without a ``sep=`` line: the one that cuts the first rows most evenly."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    head = text[:200_000]
    return max(DELIMITERS, key=lambda d: _evenness(head, d)), text


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    widths = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if any(record):
                widths.append(len(record))
            if len(widths) >= 60:
                break
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    common = max(set(widths), key=lambda width: (widths.count(width), width))
    return (0.0, 0) if common < 2 else (widths.count(common) / len(widths), common)


def _cell(value: str, seen: dict[str, Cell]) -> Cell:
    """Equal texts share one cell: lists repeat themselves."""
    cell = seen.get(value)
    if cell is None:
        cell = seen[value] = Cell(value) if value.strip() else EMPTY
    return cell


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError) as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise Refused("sheet.undecodable", field="encoding", row=_row_of(data, start)) from error


def _plausible_chinese(data: bytes) -> str | None:
    """``data`` read as GB18030, unless the result is the kind of nonsense that another encoding gives."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [c for c in text if not c.isascii()]
    # GB2312 holds the characters that people use every day; a wrong guess lands mostly outside of it.
    everyday = sum(1 for c in beyond[:5000] if _in_gb2312(c))
    return text if everyday >= 0.8 * min(len(beyond), 5000) else None


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _row_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
