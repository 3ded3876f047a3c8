"""Text on a label flows around the QR in its lower right corner, and on to a second label when the first is full."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.printing.ink import Style
from app.printing.leaves import Sheet

#: Descenders may reach so far below the last line's pitch without touching what stands there.
_SLACK = 0.8


class Corner(NamedTuple):
    """What the first label keeps free: right of ``left`` and below ``top`` for the QR, below ``limit`` for the foot."""

    left: float
    top: float
    limit: float


def flow(sheet: Sheet, text: str, style: Style, corner: Corner, again: Callable[[], None]) -> None:
    """Set ``text`` below the cursor, each line as wide as its height allows; ``again`` heads a second label."""
    rest = text
    while rest:
        first = len(sheet.leaves) == 1
        if sheet.y + style.leading > (corner.limit if first else sheet.bottom) + _SLACK:
            sheet.turn()
            again()
            continue
        beside = first and sheet.y + style.leading > corner.top
        line = sheet.lines(rest, style, (corner.left if beside else sheet.right) - sheet.left)[0]
        sheet.text(sheet.left, sheet.y + style.drop, line, style)
        sheet.y += style.leading
        rest = rest[len(line) :].lstrip(" ")
