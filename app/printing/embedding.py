"""Our typeface as ReportLab embeds it, with a character map from which every reader copies the right text.

ReportLab 5.1 writes characters above U+FFFF as five hexadecimal digits and puts up to 256 entries into one block;
readers then copy a wrong character (𬭎) or complain. The map is written again here, in UTF-16 and in blocks of 100.
This module is imported late: ReportLab is not needed before the first paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont

#: Streams are binary: spelling them in ASCII costs a third of the time and a quarter of the size.
rl_config.useA85 = 0

#: The most entries a character map may hold in one block.
BLOCK = 100


class _Outlines:
    """The font's table of outlines without a copy: ReportLab takes all ten megabytes of it for every subset."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class EmbeddedFont(TTFont):
    """A TrueType font that is embedded as small subsets with a right character map."""

    def __init__(self, name: str, file: str) -> None:
        # asciiReadable=0: only the characters of a document go into its subsets, not all of ASCII besides
        super().__init__(name, file, asciiReadable=0)
        face: Any = self.face
        table = face.get_table
        outlines = _Outlines(face._ttf_data, face.get_table_pos("glyf")[0])  # noqa: SLF001  the only way to the bytes
        face.get_table = lambda tag: outlines if tag == "glyf" else table(tag)

    def addObjects(self, doc: Any) -> None:  # noqa: N802  ReportLab's name
        """Write the subsets used in ``doc``, then put our character maps in place of ReportLab's."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            font = doc.idToObject["BasicFonts"].dict[self._internal_name(doc, number)]
            doc.idToObject[font.ToUnicode.name].content = character_map(subset)

    def _internal_name(self, doc: Any, number: int) -> str:
        return f"{doc.fontMapping[self.fontName][1:]}+{number}"


def character_map(subset: Sequence[int]) -> str:
    """The ToUnicode map of one subset: the place of each character → the character in UTF-16."""
    entries = [
        f"<{place:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for place, point in enumerate(subset) if point
    ]
    blocks = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
