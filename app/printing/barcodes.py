"""Code 128 and QR as they must be for a scanner: whole printer dots, quiet zones, never over the edge.

zxing-cpp encodes; the bars are ours to draw. A bar is at least three printer dots wide (two do not survive the
printer's own raster); a code that cannot be that wide in its place is not drawn, because a bar code that does not
scan is worse than none. A QR is one path of run-length rectangles.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from app.printing.leaves import Brush
from app.printing.paper import MM

#: Quiet zones in modules, as the standards of the two symbologies ask.
LINEAR_QUIET = 10
QR_QUIET = 4
#: Widths of the narrowest bar on sheets: three dots at 203 dpi; where that is too long, three dots at 300 dpi.
SHEET_MODULES = (0.375 * MM, 0.33 * MM, 0.254 * MM)
#: Printer dots of the narrowest bar, widest first.
LABEL_DOTS = (5, 4, 3)

Run = tuple[int, int, int]


@lru_cache(maxsize=512)
def qr_runs(text: str) -> tuple[int, tuple[Run, ...]]:
    """The QR of ``text``: its side in modules, and its dark runs as (column, row, length)."""
    import zxingcpp

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    side, pixels = image.shape[0], bytes(image)
    runs = []
    for row in range(side):
        column = 0
        for length, black in _runs(pixels[row * side : (row + 1) * side]):
            if black:
                runs.append((column, row, length))
            column += length
    return side, tuple(runs)


@lru_cache(maxsize=512)
def linear_runs(text: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """The Code 128 of ``text``: its length in modules and its bars as (start, width).

    ``None`` for a text the code cannot hold (anything but ASCII).
    """
    if not text or not (text.isascii() and text.isprintable()):
        return None
    import zxingcpp

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    length = image.shape[1]
    bars, at = [], 0
    for width, black in _runs(bytes(image)[:length]):
        if black:
            bars.append((at, width))
        at += width
    return length, tuple(bars)


def _runs(pixels: bytes) -> list[tuple[int, bool]]:
    """Lengths of equal pixels in turn, with whether they are dark."""
    runs, start = [], 0
    for at in range(1, len(pixels) + 1):
        if at == len(pixels) or pixels[at] != pixels[start]:
            runs.append((at - start, pixels[start] < 128))
            start = at
    return runs


def dot(brush: Brush) -> float:
    """One printer dot of the brush's paper in points; 0 where the printer is fine."""
    return 72 / brush.paper.dpi if brush.paper.dpi else 0.0


def linear_module(brush: Brush, text: str, limit: float) -> float:
    """The widest narrow bar with which the Code 128 of ``text`` and its quiet zones fit into ``limit``; 0 if none."""
    code = linear_runs(text)
    if code is None:
        return 0.0
    pitch = dot(brush)
    candidates = [pitch * dots for dots in LABEL_DOTS] if pitch else SHEET_MODULES
    return next((module for module in candidates if (code[0] + 2 * LINEAR_QUIET) * module <= limit + 1e-6), 0.0)


def linear_code(brush: Brush, text: str, x: float, y: float, limit: float, height: float, *, align: str = "l") -> float:
    """Draw the Code 128 of ``text`` within ``limit``, quiet zones included. Returns the width taken, 0 if not drawn."""
    module = linear_module(brush, text, limit)
    code = linear_runs(text)
    if not module or code is None:
        return 0.0
    length, bars = code
    taken = (length + 2 * LINEAR_QUIET) * module
    start = x + {"l": 0.0, "c": (limit - taken) / 2, "r": limit - taken}[align] + LINEAR_QUIET * module
    start = _on_dots(brush, start)
    brush.leaf.codes.append([(start + at * module, y, width * module, height) for at, width in bars])
    return taken


def qr_side(brush: Brush, text: str, dots: int) -> float:
    """The side of the QR of ``text``, quiet zone included, with modules of ``dots`` printer dots (203 dpi if fine)."""
    return (qr_runs(text)[0] + 2 * QR_QUIET) * dots * (dot(brush) or 72 / 203)


def qr_code(brush: Brush, text: str, x: float, y: float, side: float) -> None:
    """Draw the QR of ``text`` into the square of ``side`` at (x, y), its quiet zone included."""
    modules, runs = qr_runs(text)
    module = side / (modules + 2 * QR_QUIET)
    pitch = dot(brush)
    if pitch:
        module = max(int(module / pitch + 1e-6), 1) * pitch
    left = _on_dots(brush, x + (side - modules * module) / 2)
    top = _on_dots(brush, y + (side - modules * module) / 2)
    brush.leaf.codes.append(
        [(left + column * module, top + row * module, length * module, module) for column, row, length in runs]
    )


def _on_dots(brush: Brush, length: float) -> float:
    pitch = dot(brush)
    return round(length / pitch) * pitch if pitch else length
