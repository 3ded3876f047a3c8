"""Colours and styles of type: one small set for every form, so that all papers look like one house made them.

Nothing is set below 7.5 pt. Colours are dark enough to survive a black-and-white printer; a caption is told from a
value by size and shade, a warning by its frame and words, never by colour alone.
"""

from __future__ import annotations

from typing import NamedTuple

#: Colours as the PDF operators want them: red, green, blue from 0 to 1.
INK = "0.07 0.1 0.14"
GREY = "0.36 0.4 0.46"
HAIR = "0.62 0.67 0.73"
TINT = "0.93 0.945 0.96"
FAINT = "0.9 0.9 0.92"
ACCENT = "0.07 0.31 0.62"
STAMP = "0.7 0.13 0.11"
WHITE = "1 1 1"
BLACK = "0 0 0"

#: Bands of the four zones, dark enough that white words on them can be read from a thermal label too.
BAND_PENDING = "0.5 0.3 0"
BAND_REPAIRED = "0.07 0.42 0.23"
BAND_SPARE = "0.08 0.33 0.62"
BAND_SCRAP = "0.62 0.13 0.1"


class Style(NamedTuple):
    """Size and line pitch in points, weight, colour."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK

    @property
    def drop(self) -> float:
        """From the top of a line down to its baseline: the body of a Chinese character stands in the middle."""
        return (self.leading - self.size) / 2 + 0.88 * self.size


TITLE = Style(17.5, 22, bold=True)
TITLE_SMALL = Style(14, 18, bold=True)
SUBTITLE = Style(9, 12, colour=GREY)
HOUSE = Style(10.5, 14, bold=True)
SECTION = Style(9.5, 13, bold=True, colour=ACCENT)
CAPTION = Style(7.5, 9.6, colour=GREY)
VALUE = Style(9.5, 12.8)
VALUE_STRONG = Style(9.5, 12.8, bold=True)
CODE = Style(10.5, 13.5, bold=True)
CELL = Style(8.5, 11.4)
CELL_STRONG = Style(8.5, 11.4, bold=True)
CELL_SMALL = Style(7.5, 10, colour=INK)
CELL_WARN = Style(8.5, 11.4, bold=True, colour=STAMP)
HEADING = Style(7.8, 10, bold=True)
NOTE = Style(7.5, 10.4, colour=GREY)
TEXT = Style(9, 13)
TEXT_STRONG = Style(9, 13, bold=True)
CHIP = Style(8, 10, bold=True)
SUM = Style(12, 15.5, bold=True)
