"""Tick boxes as vectors: the typeface has no ☐ ☑, and a drawn box is the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence

from app.printing.cells import PAD_X, Strip
from app.printing.ink import CELL, INK, Style
from app.printing.leaves import Brush

SIDE = 7.2
_GAP = 3.2
_BETWEEN = 11.0


_TICK = (((0.18, 0.52), (0.42, 0.78), (0.86, 0.16)),)
_CROSS = (((0.22, 0.22), (0.78, 0.78)), ((0.78, 0.22), (0.22, 0.78)))


def tick_box(brush: Brush, x: float, y: float, *, ticked: bool | None, side: float = SIDE) -> None:
    """A box with its top left corner at (x, y): ticked, crossed (``False``) or open (``None``)."""
    brush.box(x, y, side, side, 0.7, INK)
    if ticked is not None:
        lines = _TICK if ticked else _CROSS
        brush.polylines([[(x + side * right, y + side * down) for right, down in line] for line in lines], 1.25, INK)


def tick_row(brush: Brush, options: Sequence[tuple[str, bool]], width: float, style: Style = CELL) -> list[Strip]:
    """Options side by side, each with its box, wrapped into as many strips as the width of the cell asks for."""
    rows: list[list[tuple[str, bool, float]]] = [[]]
    x = 0.0
    for words, ticked in options:
        taken = SIDE + _GAP + brush.measure(words, style)
        if rows[-1] and x + taken > width - 2 * PAD_X:
            rows.append([])
            x = 0.0
        rows[-1].append((words, ticked, x))
        x += taken + _BETWEEN
    return [_strip(row, style) for row in rows if row]


def _strip(row: Sequence[tuple[str, bool, float]], style: Style) -> Strip:
    height = max(style.leading, SIDE + 3) + 1

    def draw(brush: Brush, left: float, top: float, width: float) -> None:
        for words, ticked, x in row:
            at = left + PAD_X + x
            tick_box(brush, at, top + (height - SIDE) / 2, ticked=ticked or None)
            brush.text(at + SIDE + _GAP, top + (height - style.leading) / 2 + style.drop, words, style)

    return Strip(height, draw=draw)


def verdict_strip(brush_style: Style, words: str, *, ticked: bool | None) -> Strip:
    """One box with a word beside it, in the middle of a cell: ticked, crossed or open."""
    height = max(brush_style.leading, SIDE + 2)

    def draw(brush: Brush, left: float, top: float, width: float) -> None:
        taken = SIDE + (_GAP + brush.measure(words, brush_style) if words else 0)
        x = left + (width - taken) / 2
        tick_box(brush, x, top + (height - SIDE) / 2, ticked=ticked)
        brush.text(x + SIDE + _GAP, top + (height - brush_style.leading) / 2 + brush_style.drop, words, brush_style)

    return Strip(height, draw=draw)
