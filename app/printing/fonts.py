"""The two faces of Noto Sans SC: widths, and the promise that no character vanishes silently.

ReportLab prints an empty box for a character the font lacks. Here such a character becomes a visible 〓 and is
reported, so that the person is told before the paper leaves the depot.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from app.paths import FONTS

if TYPE_CHECKING:
    from app.printing.embedding import EmbeddedFont

#: Printed in place of a character the typeface does not have (the geta mark, made for this).
REPLACEMENT = "〓"

#: Characters without ink: joiners, direction marks, variation selectors, control characters.
_INKLESS = frozenset({"Cc", "Cf", "Zl", "Zp"})


class Widths(dict[str, float]):
    """Character → width in em, filled as characters are met; ``KeyError`` for one the typeface lacks."""

    def __init__(self, font: EmbeddedFont) -> None:
        super().__init__()
        self._glyphs = font.face.charToGlyph
        self._widths = font.face.charWidths

    def __missing__(self, character: str) -> float:
        point = ord(character)
        if point not in self._glyphs or unicodedata.category(character) in _INKLESS:
            raise KeyError(character)
        self[character] = width = float(self._widths[point]) / 1000
        return width


class Face:
    """One weight of the typeface, registered with ReportLab under ``name``."""

    def __init__(self, name: str, file: str) -> None:
        from reportlab.pdfbase import pdfmetrics

        from app.printing.embedding import EmbeddedFont

        self.name = name
        self.font = EmbeddedFont(name, str(FONTS / file))
        pdfmetrics.registerFont(self.font)
        self.widths = Widths(self.font)

    def width(self, text: str) -> float:
        """How wide ``text`` (already clean) is, in em."""
        return sum(map(self.widths.__getitem__, text))

    def clean(self, text: str, missing: dict[str, None]) -> str:
        """``text`` as it can be printed; what the typeface lacks becomes 〓 and is added to ``missing``."""
        try:
            self.width(text)
        except KeyError:
            return "".join(self._printable(unicodedata.normalize("NFC", text), missing))
        return text

    def _printable(self, text: str, missing: dict[str, None]) -> Iterable[str]:
        for character in text:
            if character in "\n\t\r\v\f\u2028\u2029\u0085":
                yield " "
            elif not _inkless(character):
                try:
                    self.widths[character]
                except KeyError:
                    missing[character] = None
                    yield REPLACEMENT
                else:
                    yield character


def _inkless(character: str) -> bool:
    return unicodedata.category(character) in _INKLESS or "\ufe00" <= character <= "\ufe0f" or (
        "\U000e0100" <= character <= "\U000e01ef"
    )


@cache
def faces() -> tuple[Face, Face]:
    """Regular and bold, parsed once in the life of the program (about 0.1 s; call it early when idle)."""
    return (
        Face("NotoSansSC", "NotoSansSC_400Regular.ttf"),
        Face("NotoSansSC-Bold", "NotoSansSC_700Bold.ttf"),
    )
