"""Leaves become a PDF: ReportLab's canvas keeps the document and the fonts, the marks are written here.

The same leaves give the same bytes. One print at a time: a ReportLab font carries the state of its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from math import cos, radians, sin
from threading import Lock
from typing import Any

from app.printing.fonts import faces
from app.printing.leaves import Leaf
from app.printing.paper import MM, Paper

_one_at_a_time = Lock()


def strike(paper: Paper, pages: Iterable[Sequence[Leaf]], *, title: str, author: str, language: str) -> bytes:
    """The PDF of ``pages``; each page is made of leaves laid one over the other (head and foot, body)."""
    from reportlab.pdfgen.canvas import Canvas

    with _one_at_a_time:
        file = BytesIO()
        face: Any = faces()[0].name  # the stubs take it for a number
        canvas: Any = Canvas(
            file, pagesize=paper.size, pageCompression=1, invariant=1, initialFontName=face,
            lang=language.replace("_", "-"),
        )
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setCreator("Fanxiu")
        for leaves in pages:
            _strike_page(canvas, paper, leaves)
            canvas.showPage()
        canvas.save()
        return file.getvalue()


def _strike_page(canvas: Any, paper: Paper, leaves: Sequence[Leaf]) -> None:
    height = paper.size[1]
    shift_x, shift_y = (length * MM for length in paper.shift)
    canvas.addLiteral(f"1 0 0 -1 {shift_x:.3f} {height - shift_y:.3f} cm 1 J 1 j")
    for leaf in leaves:
        for turned in leaf.turned:
            canvas.addLiteral("\n".join(_turned(canvas, turned)))
    for leaf in leaves:
        canvas.addLiteral("\n".join([*_fills(leaf), *_codes(leaf), *_rules(leaf), *_paths(leaf)]))
    for leaf in leaves:
        for picture in leaf.pictures:
            _picture(canvas, *picture)
    for leaf in leaves:
        canvas.addLiteral("\n".join(_texts(canvas, leaf)))


def _fills(leaf: Leaf) -> list[str]:
    code, current = [], ""
    for x, y, width, height, colour in leaf.fills:
        if colour != current:
            current = colour
            code.append(f"{colour} rg")
        code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")
    return code


def _codes(leaf: Leaf) -> list[str]:
    code = ["0 g"] if leaf.codes else []
    for rectangles in leaf.codes:
        code += [f"{x:.4f} {y:.4f} {width:.4f} {height:.4f} re" for x, y, width, height in rectangles]
        code.append("f")
    return code


def _rules(leaf: Leaf) -> list[str]:
    code, current = [], ("", 0.0)
    for x1, y1, x2, y2, weight, colour in leaf.rules:
        if (colour, weight) != current:
            current = (colour, weight)
            code.append(f"{colour} RG {weight:g} w")
        code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")
    return code


def _paths(leaf: Leaf) -> list[str]:
    code = []
    for steps, weight, colour in leaf.paths:
        code.append(f"{colour} RG {weight:g} w" if weight else f"{colour} rg")
        code += [" ".join([*(f"{number:.2f}" for number in numbers), letter]) for letter, numbers in steps]
        code.append("S" if weight else "f")
    return code


def _texts(canvas: Any, leaf: Leaf) -> list[str]:
    if not leaf.texts:
        return []
    code, colour = ["BT"], ""
    setter = _Setter(canvas)
    for x, baseline, text, style in leaf.texts:
        if style.colour != colour:
            colour = style.colour
            code.append(f"{colour} rg")
        code.append(f"1 0 0 -1 {x:.2f} {baseline:.2f} Tm {setter.set(text, style.size, bold=style.bold)}")
    code.append("ET")
    return code


def _turned(canvas: Any, turned: tuple[float, float, float, str, Any]) -> list[str]:
    x, y, degrees, text, style = turned
    across, up = cos(radians(degrees)), sin(radians(degrees))
    half, middle = faces()[style.bold].width(text) * style.size / 2, 0.38 * style.size
    left = x - half * across + middle * up
    base = y + half * up + middle * across
    words = _Setter(canvas).set(text, style.size, bold=style.bold)
    return [f"BT {style.colour} rg {across:.4f} {-up:.4f} {-up:.4f} {-across:.4f} {left:.2f} {base:.2f} Tm {words} ET"]


class _Setter:
    """Sets text in the subsets of the embedded faces, naming the font only where it changes."""

    def __init__(self, canvas: Any) -> None:
        from reportlab.lib.rl_accel import escapePDF

        self._document = canvas._doc  # noqa: SLF001  ReportLab's fonts keep their subsets per document
        self._escape = escapePDF
        self._current: tuple[bool, int, float] = (False, -1, 0.0)

    def set(self, text: str, size: float, *, bold: bool) -> str:
        font = faces()[bold].font
        code = ""
        for subset, characters in font.splitString(text, self._document):
            if (bold, subset, size) != self._current:
                self._current = (bold, subset, size)
                code += f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf "
            code += f"({self._escape(characters)}) Tj "
        return code


def _picture(canvas: Any, image: bytes, x: float, y: float, width: float, height: float) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.saveState()
    canvas.transform(1, 0, 0, -1, x, y + height)
    canvas.drawImage(
        ImageReader(BytesIO(image)), 0, 0, width, height, mask="auto", preserveAspectRatio=True, anchor="w",
    )
    canvas.restoreState()
