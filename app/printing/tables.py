"""Tables that wrap and flow: every cell breaks its lines, the heading is repeated on each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.printing.cells import Cell, Slot, Strip, Turning, height_of, run_row, text_strips
from app.printing.ink import CELL, CELL_STRONG, HAIR, HEADING, INK, NOTE, TINT, Style
from app.printing.leaves import Sheet

HEAD_PAD = 2.2
ROW_PAD = 2.1


class Column(NamedTuple):
    """A column: its heading, its share of the width, where its texts stand (l, c, r) and how they are set."""

    title: str
    share: float
    align: str = "l"
    style: Style = CELL


class Table:
    """One table on its way down the sheet. Draw rows with ``row``; ``close`` ends it."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.columns = columns
        unit = sheet.span / sum(column.share for column in columns)
        self.slots: list[Slot] = []
        x = sheet.left
        for column in columns:
            self.slots.append(Slot(x, column.share * unit, middle=True))
            x += column.share * unit
        self._heading = [
            text_strips(sheet, column.title, HEADING, slot.width, "c" if column.align == "c" else column.align)
            for column, slot in zip(columns, self.slots, strict=True)
        ]
        self._turning = Turning(self.close, self._head)
        self._head_height = max(map(height_of, self._heading)) + 2 * HEAD_PAD
        sheet.need(self._head_height + 24)
        self._head()

    def row(self, values: Sequence[str | Cell], *, least: float = 0.0) -> None:
        """One row; a value is a text, or strips ready to be drawn."""
        cells = [
            text_strips(self.sheet, value, column.style, slot.width, column.align) if isinstance(value, str) else value
            for value, column, slot in zip(values, self.columns, self.slots, strict=True)
        ]
        run_row(self.sheet, self.slots, cells, self._frame, least=least, pad=ROW_PAD, turning=self._turning)

    def rows(self, rows: Iterable[Sequence[str | Cell]]) -> None:
        """Several rows."""
        for values in rows:
            self.row(values)

    def blank(self, count: int, height: float = 19.0) -> None:
        """Empty rows for the pen, as many of ``count`` as this page has room for."""
        for _ in range(count):
            if self.sheet.room >= height:
                self.row([""] * len(self.columns), least=height)

    def total(self, caption: str, values: dict[int, str]) -> None:
        """A closing row: the caption at the left, and bold values in the columns with these numbers."""
        first = min(values, default=len(self.columns))
        slots = [
            Slot(self.sheet.left, sum(slot.width for slot in self.slots[:first]), middle=True), *self.slots[first:],
        ]
        cells: list[Cell] = [text_strips(self.sheet, caption, CELL_STRONG, slots[0].width)]
        for number in range(first, len(self.columns)):
            slot = self.slots[number]
            cells.append(
                text_strips(self.sheet, values.get(number, ""), CELL_STRONG, slot.width, self.columns[number].align)
            )

        def frame(sheet: Sheet, top: float, bottom: float) -> None:
            sheet.fill(sheet.left, top, sheet.span, bottom - top, TINT)
            self._edges(sheet, top, bottom)

        run_row(self.sheet, slots, cells, frame, pad=ROW_PAD + 0.6, turning=self._turning)

    def close(self) -> None:
        """The line below the last row."""
        self.sheet.rule(self.sheet.left, self.sheet.y, self.sheet.right, self.sheet.y, 0.8, INK)

    def nothing(self, words: str) -> None:
        """One row over the whole width, saying that there is nothing to list."""
        slot = Slot(self.sheet.left, self.sheet.span, middle=True)
        cell = text_strips(self.sheet, words, NOTE, self.sheet.span, "c")
        run_row(self.sheet, [slot], [cell], self._edges, least=20, turning=self._turning)

    def _head(self) -> None:
        sheet, top = self.sheet, self.sheet.y
        sheet.fill(sheet.left, top, sheet.span, self._head_height, TINT)
        sheet.rule(sheet.left, top, sheet.right, top, 0.8, INK)
        run_row(sheet, self.slots, self._heading, self._frame, pad=HEAD_PAD)

    def _frame(self, sheet: Sheet, top: float, bottom: float) -> None:
        for slot in self.slots[1:]:
            sheet.rule(slot.x, top, slot.x, bottom)
        self._edges(sheet, top, bottom)

    def _edges(self, sheet: Sheet, top: float, bottom: float) -> None:
        for x in (sheet.left, sheet.right):
            sheet.rule(x, top, x, bottom, 0.8, INK)
        last = bottom >= sheet.bottom - 1e-6
        sheet.rule(sheet.left, bottom, sheet.right, bottom, *((0.8, INK) if last else (0.4, HAIR)))


def stacked(sheet: Sheet, lines: Sequence[tuple[str, Style]], width: float, align: str = "l") -> list[Strip]:
    """Several texts in their own styles, one under the other in one cell."""
    return [strip for text, style in lines for strip in text_strips(sheet, text, style, width, align)]

