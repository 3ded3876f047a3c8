"""Cells of grids and tables: strips one under the other, and rows of cells that may run on to the next page.

A strip is the smallest thing that is never torn: a line of text, a row of tick boxes, a signature. A row too high for
the page is torn between strips, never inside one, so nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.printing.ink import Style
from app.printing.leaves import Brush, Sheet

#: Draws into a strip: brush, left edge, top, width.
Drawing = Callable[[Brush, float, float, float], None]

PAD_X = 4.0
PAD_Y = 2.6


class Strip(NamedTuple):
    """A line of text in its style, or (``draw``) something else of that height.

    ``repeat`` on the first strip of a cell (a caption): it is repeated where the cell goes on on the next page.
    """

    height: float
    text: str = ""
    style: Style | None = None
    align: str = "l"
    draw: Drawing | None = None
    repeat: bool = False


class Slot(NamedTuple):
    """Where a cell stands across the row, and whether its content hangs from the top or stands in the middle."""

    x: float
    width: float
    middle: bool = False


def _nothing() -> None:
    """What most grids do at the turn of a page."""


class Turning(NamedTuple):
    """What a row's surroundings do when the page is turned: close the frame, repeat the heading."""

    leave: Callable[[], None] = _nothing
    again: Callable[[], None] = _nothing


Cell = Sequence[Strip]
#: Draws the frame of one piece of a row: sheet, top, bottom.
Frame = Callable[[Sheet, float, float], None]


def text_strips(brush: Brush, text: str, style: Style, width: float, align: str = "l") -> list[Strip]:
    """``text`` broken into strips for a cell of ``width`` (padding included)."""
    return [
        Strip(style.leading, line, style, align) for line in brush.lines(text, style, width - 2 * PAD_X)
    ]


def height_of(cell: Cell) -> float:
    """The height of a cell's content without its padding."""
    return sum(strip.height for strip in cell)


def draw_strips(brush: Brush, cell: Cell, x: float, y: float, width: float) -> None:
    """Draw a cell's strips from ``y`` down."""
    for strip in cell:
        if strip.draw:
            strip.draw(brush, x, y, width)
        elif strip.style and strip.text:
            baseline = y + strip.style.drop
            if strip.align == "r":
                brush.text_right(x + width - PAD_X, baseline, strip.text, strip.style)
            elif strip.align == "c":
                brush.text_centre(x + width / 2, baseline, strip.text, strip.style)
            else:
                brush.text(x + PAD_X, baseline, strip.text, strip.style)
        y += strip.height


def run_row(
    sheet: Sheet, slots: Sequence[Slot], cells: Sequence[Cell], frame: Frame, *,
    least: float = 0.0, pad: float = PAD_Y, turning: Turning | None = None,
) -> None:
    """Draw one row at the cursor and move the cursor below it.

    A row that does not fit goes to the next page; one too high to wait for is torn between strips.
    """
    turning = turning or Turning()
    rest = [list(cell) for cell in cells]
    height = max(max(map(height_of, rest)) + 2 * pad, least)
    if height > sheet.room and (height <= sheet.body * 0.4 or sheet.room < 60):
        turning.leave()
        _turn(sheet, turning)
    while height > sheet.room:
        pieces = [_tear(cell, sheet.room - 2 * pad) for cell in rest]
        top, bottom = sheet.y, sheet.bottom
        for slot, (piece, _) in zip(slots, pieces, strict=True):
            draw_strips(sheet, piece, slot.x, top + pad, slot.width)
        frame(sheet, top, bottom)
        rest = [left for _, left in pieces]
        _turn(sheet, turning)
        height = max(map(height_of, rest)) + 2 * pad
    for slot, cell in zip(slots, rest, strict=True):
        down = (height - 2 * pad - height_of(cell)) / 2 if slot.middle else 0.0
        draw_strips(sheet, cell, slot.x, sheet.y + pad + down, slot.width)
    frame(sheet, sheet.y, sheet.y + height)
    sheet.y += height


def _turn(sheet: Sheet, turning: Turning) -> None:
    sheet.turn()
    turning.again()


def _tear(cell: list[Strip], room: float) -> tuple[list[Strip], list[Strip]]:
    """The strips that fit into ``room``, and the rest."""
    used = 0.0
    for number, strip in enumerate(cell):
        used += strip.height
        if used > room + 1e-6:
            again = [cell[0]] if cell[0].repeat and number else []
            return cell[:number], [*again, *cell[number:]]
    return cell, []
