"""One printed side as a list of marks, and the brush that makes them.

A page is first put together and only then struck: the number of pages is known only at the end, and every copy of a
form has the same marks under another label. Lengths are points from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.printing.fonts import faces
from app.printing.ink import HAIR, INK, Style
from app.printing.line_breaking import break_lines
from app.printing.paper import Paper

#: One step of a path: a letter of the PDF operators (m, l, c, h) and its coordinates.
Step = tuple[str, tuple[float, ...]]
Rect = tuple[float, float, float, float]


class Leaf:
    """The marks of one page, in the order in which they are struck: fills, codes, lines, paths, pictures, texts."""

    __slots__ = ("codes", "fills", "paths", "pictures", "rules", "texts", "turned")

    def __init__(self) -> None:
        self.fills: list[tuple[float, float, float, float, str]] = []
        self.codes: list[list[Rect]] = []
        self.rules: list[tuple[float, float, float, float, float, str]] = []
        self.paths: list[tuple[Sequence[Step], float, str]] = []
        self.pictures: list[tuple[bytes, float, float, float, float]] = []
        self.texts: list[tuple[float, float, str, Style]] = []
        self.turned: list[tuple[float, float, float, str, Style]] = []


class Brush:
    """Puts marks on a leaf. Texts come out clean: a missing glyph becomes 〓 and is noted in ``missing``."""

    def __init__(self, paper: Paper, leaf: Leaf, missing: dict[str, None]) -> None:
        self.paper = paper
        self.leaf = leaf
        self.missing = missing
        self.width, self.height = paper.size

    def clean(self, text: str, style: Style) -> str:
        """``text`` without anything the typeface cannot print."""
        return faces()[style.bold].clean(text, self.missing)

    def measure(self, text: str, style: Style) -> float:
        """How wide ``text`` will be."""
        return faces()[style.bold].width(self.clean(text, style)) * style.size

    def lines(self, text: str, style: Style, width: float) -> list[str]:
        """``text`` in lines no wider than ``width``; an empty text has no line."""
        if not text:
            return []
        face = faces()[style.bold]
        if "\n" in text or "\r" in text:
            parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            text = "\n".join(face.clean(part, self.missing) for part in parts)
        else:
            text = face.clean(text, self.missing)
        return break_lines(text, face.widths.__getitem__, width / style.size)

    def fitting(self, text: str, style: Style, width: float, sizes: Sequence[float]) -> Style:
        """``style`` in the first of ``sizes`` in which ``text`` fits into ``width``, else in the last of them."""
        for size in sizes[:-1]:
            if self.measure(text, style._replace(size=size)) <= width:
                return style._replace(size=size)
        return style._replace(size=sizes[-1])

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """``text`` from ``x`` to the right."""
        if text:
            self.leaf.texts.append((x, baseline, self.clean(text, style), style))

    def text_right(self, x: float, baseline: float, text: str, style: Style) -> None:
        """``text`` ending at ``x``."""
        self.text(x - self.measure(text, style), baseline, text, style)

    def text_centre(self, x: float, baseline: float, text: str, style: Style) -> None:
        """``text`` with its middle at ``x``."""
        self.text(x - self.measure(text, style) / 2, baseline, text, style)

    def text_turned(self, x: float, y: float, degrees: float, text: str, style: Style) -> None:
        """``text`` with its middle at (x, y), turned counter-clockwise; struck beneath everything else."""
        self.leaf.turned.append((x, y, degrees, self.clean(text, style), style))

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.4, colour: str = HAIR) -> None:
        """A straight line."""
        self.leaf.rules.append((x1, y1, x2, y2, weight, colour))

    def box(self, x: float, y: float, width: float, height: float, weight: float = 0.8, colour: str = INK) -> None:
        """An empty rectangle with its top left corner at (x, y)."""
        right, bottom = x + width, y + height
        steps = [("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)), ("h", ())]
        self.leaf.paths.append((steps, weight, colour))

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its top left corner at (x, y)."""
        self.leaf.fills.append((x, y, width, height, colour))

    def path(self, steps: Sequence[Step], weight: float, colour: str = INK) -> None:
        """A line of straight and curved steps; weight 0 fills it instead of drawing it."""
        self.leaf.paths.append((steps, weight, colour))

    def polylines(self, lines: Iterable[Sequence[tuple[float, float]]], weight: float, colour: str = INK) -> None:
        """Open lines through their points, as one path."""
        steps: list[Step] = []
        for points in lines:
            for number, point in enumerate(points):
                steps.append(("l" if number else "m", point))
            if len(points) == 1:  # a dot of the pen: a line of no length still prints with round ends
                steps.append(("l", (points[0][0] + 0.01, points[0][1])))
        if steps:
            self.leaf.paths.append((steps, weight, colour))

    def picture(self, image: bytes, x: float, y: float, width: float, height: float) -> None:
        """A PNG or JPEG, fitted into the rectangle and kept in proportion."""
        self.leaf.pictures.append((image, x, y, width, height))


class Sheet(Brush):
    """A growing document: a brush with a cursor ``y`` that flows down the page and on to the next."""

    def __init__(self, paper: Paper, *, first: float = 0.0, following: float = 0.0) -> None:
        """``first`` and ``following`` are the heights kept free for the head of the first and of later pages."""
        super().__init__(paper, Leaf(), {})
        from app.printing.paper import MM

        self.left = paper.margin * MM
        self.right = self.width - self.left
        self.bottom = self.height - paper.bottom * MM
        self._top = paper.top * MM
        self._following = following
        self.leaves = [self.leaf]
        self.y = self._begin = self._top + first

    @property
    def span(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y == self._begin

    @property
    def room(self) -> float:
        """What is left of this page below the cursor."""
        return self.bottom - self.y

    @property
    def body(self) -> float:
        """The height a whole following page offers."""
        return self.bottom - self._top - self._following

    def turn(self) -> None:
        """Go on with the next page."""
        self.leaf = Leaf()
        self.leaves.append(self.leaf)
        self.y = self._begin = self._top + self._following

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` fits below the cursor (or would not fit on any page)."""
        if height > self.room and height <= self.body:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave a gap, but not at the end of a page."""
        self.y = min(self.y + height, self.bottom)
