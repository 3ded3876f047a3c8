"""The QA mark as it is stamped on paper: a double-ringed seal with the mark's number, date and inspector's stamp."""

from __future__ import annotations

from app.domain.slips import QaMark
from app.i18n import N_
from app.printing.barcodes import qr_code
from app.printing.cells import PAD_X, Strip
from app.printing.ink import STAMP, Style
from app.printing.leaves import Brush, Step
from app.printing.paper import MM
from app.printing.wording import Wording

#: The seal's size on paper.
WIDTH, HEIGHT = 46 * MM, 25 * MM

_TITLE = Style(12, 15, bold=True, colour=STAMP)
_LINE = Style(7.6, 9.8, bold=True, colour=STAMP)
#: How far a quarter circle's control points stand from its ends.
_KAPPA = 0.5523


def qa_stamp(brush: Brush, mark: QaMark, x: float, y: float, say: Wording) -> None:
    """Draw the seal with its top left corner at (x, y); ``WIDTH`` × ``HEIGHT``."""
    brush.path(rounded(x, y, WIDTH, HEIGHT, 3 * MM), 1.5, STAMP)
    brush.path(rounded(x + 1.1 * MM, y + 1.1 * MM, WIDTH - 2.2 * MM, HEIGHT - 2.2 * MM, 2.2 * MM), 0.5, STAMP)
    tick(brush, x + 3.6 * MM, y + 3.4 * MM, 4 * MM)
    middle = x + WIDTH / 2
    title = say.t(N_("Repair accepted"))
    style = brush.fitting(title, _TITLE, WIDTH - 20 * MM, (12, 10.5, 9, 8))
    brush.text_centre(middle, y + 3 * MM + _TITLE.drop, title, style)
    top = y + 8.6 * MM
    brush.rule(x + 3 * MM, top, x + WIDTH - 3 * MM, top, 0.5, STAMP)
    lines = (
        mark.number,
        say.t(N_("Inspector stamp {stamp}")).format(stamp=mark.stamp),
        f"{mark.on}  {mark.depot}",
    )
    for number, line in enumerate(lines):
        brush.text_centre(middle, top + 4 + number * 11.2 + _LINE.drop, line, _LINE)


def tick(brush: Brush, x: float, y: float, side: float, colour: str = STAMP) -> None:
    """A bold tick in a square of ``side``."""
    points = ((x, y + side * 0.55), (x + side * 0.36, y + side * 0.9), (x + side, y + side * 0.1))
    brush.polylines([points], 1.9, colour)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> list[Step]:
    """The outline of a rectangle with round corners."""
    k = radius * (1 - _KAPPA)
    right, bottom = x + width, y + height
    return [
        ("m", (x + radius, y)),
        ("l", (right - radius, y)),
        ("c", (right - k, y, right, y + k, right, y + radius)),
        ("l", (right, bottom - radius)),
        ("c", (right, bottom - k, right - k, bottom, right - radius, bottom)),
        ("l", (x + radius, bottom)),
        ("c", (x + k, bottom, x, bottom - k, x, bottom - radius)),
        ("l", (x, y + radius)),
        ("c", (x, y + k, x + k, y, x + radius, y)),
        ("h", ()),
    ]


def mark_width() -> float:
    """The width that seal and verification QR take side by side."""
    return WIDTH + 3 * MM + HEIGHT


def mark_strip(mark: QaMark | None, say: Wording) -> Strip:
    """The seal with its verification QR beside it, or, without a mark, the empty place for stamp or label."""

    def draw(brush: Brush, x: float, y: float, width: float) -> None:
        if mark:
            qa_stamp(brush, mark, x + PAD_X, y + 2, say)
            qr_code(brush, mark.code or mark.number, x + PAD_X + WIDTH + 3 * MM, y + 2, HEIGHT)

    return Strip(HEIGHT + 6, draw=draw)
