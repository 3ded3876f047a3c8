"""A table of a spreadsheet as the depot reads it: a header, rows of cells, and what each cell was in the file.

Made by ``app.spreadsheets.reading``, understood by ``app.domain.importing``. The text of a cell is what a person
would copy from it: whole numbers without ``.0``, days as ``yyyy-MM-dd``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class CellKind(StrEnum):
    """What a cell was in the file. Cells of CSV files are text."""

    EMPTY = "EMPTY"
    TEXT = "TEXT"
    NUMBER = "NUMBER"
    LONG_NUMBER = "LONG_NUMBER"  # more digits than a spreadsheet keeps (15): the last ones are lost
    DATE = "DATE"
    TRUTH = "TRUTH"
    ERROR = "ERROR"              # #REF!, #DIV/0! …


class Cell(NamedTuple):
    """One cell. ``formula``: its text is the last result of a formula, not something that was typed."""

    text: str
    kind: CellKind = CellKind.TEXT
    formula: bool = False


EMPTY = Cell("", CellKind.EMPTY)


class Row(NamedTuple):
    """One row that is not blank. ``number``: as the spreadsheet program shows it, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Header names are unique and not empty; rows may be shorter or longer than the header."""

    file_name: str
    sha256: str                  # of the whole file
    name: str                    # of the sheet; empty for CSV
    encoding: str                # of a CSV file; empty for workbooks
    delimiter: str               # likewise
    header_row: int              # where the header stands, from 1
    header: tuple[str, ...]
    rows: tuple[Row, ...]


#: Digits that spreadsheet programs keep of a number.
KEPT_DIGITS = 15


def number_cell(value: float, *, formula: bool = False) -> Cell:
    """The cell of a number: ``42``, ``0.5``; flagged where the spreadsheet cannot have kept every digit."""
    if value.is_integer() and abs(value) < 1e21:
        digits = str(int(value))
        kept = len(digits.lstrip("-")) <= KEPT_DIGITS
        return Cell(digits, CellKind.NUMBER if kept else CellKind.LONG_NUMBER, formula)
    text = repr(value)
    return Cell(text, CellKind.LONG_NUMBER if "e" in text or len(text.strip("-0.")) > KEPT_DIGITS + 1
                else CellKind.NUMBER, formula)


def header_names(cells: list[str]) -> tuple[str, ...]:
    """Unique names for the columns of a header row: blanks are called by their letter, repeats are counted."""
    names: list[str] = []
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        plain = " ".join(cell.split()) or f"[{column_letters(index)}]"
        name, count = plain, 1
        while name in taken:
            count += 1
            name = f"{plain} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def column_letters(index: int) -> str:
    """The letters above column ``index`` (from 0): A, B … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def find_header(rows: list[Row]) -> int:
    """Which of the first ``rows`` is the header (index): the first of words alone that names half of the columns.

    Lists often begin with a title over the whole width; a title fills one cell, a header many.
    """
    head = rows[:20]
    widths = [sum(1 for cell in row.cells if cell.text.strip()) for row in head]
    widest = max(widths, default=0)
    enough = widest if widest <= 2 else (widest + 1) // 2
    fitting = (i for i, row in enumerate(head) if widths[i] >= enough and all(c.kind in _WORDS for c in row.cells))
    return next(fitting, 0)


_WORDS = frozenset({CellKind.TEXT, CellKind.EMPTY})
