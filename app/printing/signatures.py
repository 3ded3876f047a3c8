"""Signature boxes: who signs in which role, with room for a pen, or with what the pen drew on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple

from app.domain.slips import Signature
from app.i18n import N_
from app.printing.cells import PAD_X
from app.printing.ink import CAPTION, GREY, HAIR, INK, NOTE, VALUE, VALUE_STRONG
from app.printing.leaves import Brush, Sheet
from app.printing.paper import MM
from app.printing.wording import Wording

#: A box is at least so high, and a hand or its drawing has at least so much of it.
HEIGHT = 22 * MM
HAND = 9 * MM
_EDGE = 3.0


class _Box(NamedTuple):
    """A signature made ready for its width: the lines above and below the hand."""

    signature: Signature
    role: list[str]
    name: list[str]
    foot: float

    @property
    def height(self) -> float:
        """What the box needs at least."""
        return 2 * _EDGE + len(self.role) * CAPTION.leading + HAND + self.foot


def signature_row(
    sheet: Sheet, signatures: Sequence[Signature], say: Wording, *, across: int = 0, stamp: bool = False,
) -> None:
    """Boxes side by side, at most ``across`` (default: as many as the width bears); never torn apart.

    ``stamp`` marks the place of the company stamp in the last box.
    """
    across = across or max(1, min(len(signatures), int(sheet.span / (40 * MM))))
    for start in range(0, len(signatures), across):
        row = signatures[start : start + across]
        width = sheet.span / len(row)
        boxes = [_prepare(sheet, signature, width, say) for signature in row]
        height = max(HEIGHT, *(box.height for box in boxes))
        sheet.need(height)
        for number, box in enumerate(boxes):
            last = stamp and start + number == len(signatures) - 1
            _draw(sheet, box, (sheet.left + number * width, sheet.y, width, height), say, stamp=last)
        sheet.y += height


def _prepare(brush: Brush, signature: Signature, width: float, say: Wording) -> _Box:
    inner = width - 2 * PAD_X
    name = brush.lines(signature.name, VALUE_STRONG, inner)
    foot = NOTE.leading + len(name) * VALUE.leading + (NOTE.leading if _done(signature) else 2)
    return _Box(signature, brush.lines(say.words(signature.role), CAPTION, inner), name, foot)


def _done(signature: Signature) -> bool:
    return signature.at is not None or signature.on_paper


def _draw(
    brush: Brush, box: _Box, place: tuple[float, float, float, float], say: Wording, *, stamp: bool,
) -> None:
    x, y, width, height = place
    brush.box(x, y, width, height, 0.8, INK)
    for number, line in enumerate(box.role):
        brush.text(x + PAD_X, y + _EDGE + number * CAPTION.leading + CAPTION.drop, line, CAPTION)
    top = y + _EDGE + len(box.role) * CAPTION.leading
    foot = y + height - _EDGE - box.foot
    if stamp:
        _stamp_place(brush, x + width - 10.5 * MM, y + height / 2, say)
    if box.signature.strokes:
        draw_strokes(brush, box.signature, (x + 3 * PAD_X, top, width - 6 * PAD_X, foot - top))
    for number, line in enumerate(box.name):
        brush.text(x + PAD_X, foot + number * VALUE.leading + VALUE.drop, line, VALUE_STRONG)
    below = foot + len(box.name) * VALUE.leading
    if _done(box.signature):
        brush.text(x + PAD_X, below + NOTE.drop, _manner(box.signature, say), NOTE)
        moment = say.words(box.signature.at)
        brush.text(x + PAD_X, below + NOTE.leading + NOTE.drop, moment, NOTE)
    else:
        _lines_to_fill(brush, x, below, width - (21 * MM if stamp else 0), say)


def _manner(signature: Signature, say: Wording) -> str:
    if signature.on_paper:
        return say.t(N_("Signed on paper, scan on file"))
    if signature.strokes:
        return say.t(N_("Signed on screen"))
    return say.t(N_("Signed with personal code"))


def _lines_to_fill(brush: Brush, x: float, y: float, width: float, say: Wording) -> None:
    """Where a hand writes name and date: two lines with their captions below."""
    middle = x + width * 0.58
    brush.rule(x + PAD_X, y, middle - 5, y, 0.5, GREY)
    brush.rule(middle, y, x + width - PAD_X, y, 0.5, GREY)
    brush.text(x + PAD_X, y + 1 + NOTE.drop, say.t(N_("Signature")), NOTE)
    brush.text(middle, y + 1 + NOTE.drop, say.t(N_("Date")), NOTE)


def _stamp_place(brush: Brush, x: float, y: float, say: Wording) -> None:
    """A broken circle where the company stamp goes."""
    radius = 8 * MM
    arcs = [
        [(x + radius * cos(radians(turn)), y + radius * sin(radians(turn))) for turn in (start, start + 4.5, start + 9)]
        for start in range(0, 360, 18)
    ]
    brush.polylines(arcs, 0.5, HAIR)
    brush.text_centre(x, y + 2.6, say.t(N_("Stamp")), CAPTION._replace(colour=GREY))


def draw_strokes(brush: Brush, signature: Signature, place: tuple[float, float, float, float]) -> None:
    """The pen's strokes, in proportion, in the middle of ``place`` (left, top, width, height)."""
    x, y, width, height = place
    across = min(width, height * signature.aspect)
    up = across / signature.aspect
    left, top = x + (width - across) / 2, y + (height - up) / 2
    strokes = [[(left + px * across, top + py * up) for px, py in stroke] for stroke in signature.strokes]
    brush.polylines(strokes, 1.1 if height > 20 else 0.8, INK)
