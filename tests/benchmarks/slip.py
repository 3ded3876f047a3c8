"""An A4 repair slip through our printing room against the same page on a bare ReportLab canvas.

The bare side knows every position beforehand: it draws the same texts, lines, boxes and codes with the canvas's own
functions and has nothing to lay out, translate or encode. Both sides embed the same fonts. Run it with
``python -m tests.benchmarks.slip``; the target is a ratio of at most 1.5.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any

from app.domain.slips import Copy
from app.i18n import translator
from app.printing import render
from app.printing.fonts import faces
from app.printing.leaves import Leaf
from app.printing.paper import A4
from app.printing.printed import compose
from tests.sample_slips import head, repair_slip

TARGET = 1.5
ROUNDS = 60


def bare_page(pages: Sequence[Sequence[Leaf]]) -> bytes:
    """The pages drawn by a bare canvas from what is on them."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    name: Any = faces()[0].name
    canvas = Canvas(file, pagesize=A4.size, pageCompression=1, invariant=1, initialFontName=name)
    height = A4.size[1]
    for leaves in pages:
        for leaf in leaves:
            _bare_leaf(canvas, leaf, height)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _bare_leaf(canvas: Any, leaf: Leaf, height: float) -> None:
    for x, y, width, tall, colour in leaf.fills:
        canvas.setFillColorRGB(*map(float, colour.split()))
        canvas.rect(x, height - y - tall, width, tall, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    for rectangles in leaf.codes:
        path = canvas.beginPath()
        for x, y, width, tall in rectangles:
            path.rect(x, height - y - tall, width, tall)
        canvas.drawPath(path, stroke=0, fill=1)
    set_to: tuple[Any, ...] = ()
    for x1, y1, x2, y2, weight, colour in leaf.rules:
        if (weight, colour) != set_to:
            set_to = (weight, colour)
            canvas.setStrokeColorRGB(*map(float, colour.split()))
            canvas.setLineWidth(weight)
        canvas.line(x1, height - y1, x2, height - y2)
    for steps, weight, colour in leaf.paths:
        _bare_path(canvas, steps, weight, colour, height)
    for x, baseline, text, style in leaf.texts:
        if style != set_to:
            set_to = style
            canvas.setFillColorRGB(*map(float, style.colour.split()))
            canvas.setFont(faces()[style.bold].name, style.size)
        canvas.drawString(x, height - baseline, text)


def _bare_path(canvas: Any, steps: Sequence[Any], weight: float, colour: str, height: float) -> None:
    path = canvas.beginPath()
    for letter, numbers in steps:
        points = [height - n if place % 2 else n for place, n in enumerate(numbers)]
        {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "h": path.close}[letter](*points)
    canvas.setLineWidth(weight or 1)
    canvas.setStrokeColorRGB(*map(float, colour.split()))
    canvas.setFillColorRGB(*map(float, colour.split()))
    canvas.drawPath(path, stroke=1 if weight else 0, fill=0 if weight else 1)


def ratio(rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Our milliseconds, the bare canvas's, and ours / bare: medians of alternating rounds in one process."""
    slip, document, t = repair_slip(), head(copy=Copy.CUSTOMER), translator("zh_CN")
    pages, _, _ = compose(slip, document, t)

    def ours() -> bytes:
        return render(slip, document, t).pdf

    def bare() -> bytes:
        return bare_page(pages)

    timed: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds + 5):
        for name, draw in (("ours", ours), ("bare", bare)):
            seconds = _seconds(draw)
            if number >= 5:
                timed[name].append(seconds)
    mine, theirs = median(timed["ours"]) * 1000, median(timed["bare"]) * 1000
    return mine, theirs, mine / theirs


def _seconds(draw: Callable[[], bytes]) -> float:
    gc.collect()
    begun = perf_counter()
    draw()
    return perf_counter() - begun


def main() -> None:
    """Print the figures."""
    mine, theirs, times = ratio()
    verdict = "reached" if times <= TARGET else "MISSED"
    print(f"A4 slip: ours {mine:.1f} ms, bare canvas {theirs:.1f} ms, ratio {times:.2f} (target {TARGET}: {verdict})")


if __name__ == "__main__":
    main()
