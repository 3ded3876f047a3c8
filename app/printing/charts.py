"""Charts as vectors: legible from any printer, because every series has a pattern of its own beside its shade."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.domain.slips import Exhibit, Mark, Shape
from app.printing.ink import CAPTION, CELL_SMALL, GREY, HAIR, INK, NOTE, TINT, WHITE, Style
from app.printing.leaves import Sheet

_BAR, _GAP = 9.5, 4.5
_PLOT = 96.0
_BESIDE = 36.0      # room for the last figures of lines
_LABEL = CELL_SMALL
_VALUE = Style(7.5, 10, bold=True)
#: One look per series: ground, distance of the hatching (0: none), its direction.
_LOOKS: tuple[tuple[str, float, int], ...] = (
    ("0.16 0.3 0.52", 0, 0), (WHITE, 2.6, 1), ("0.72 0.77 0.84", 0, 0), (WHITE, 0, 0),
)
_DASHES = ((), (3.0, 2.0), (1.0, 1.6))


def chart_height(exhibit: Exhibit) -> float:
    """What an exhibit needs below its title."""
    note = NOTE.leading + 3 if exhibit.note else 0
    if exhibit.empty:
        return NOTE.leading + note
    legend = CAPTION.leading + 3 if _headed(exhibit) else 0
    if exhibit.shape is Shape.BARS:
        return legend + 2 + note + sum(_BAR + _GAP for _mark in exhibit.marks)
    return legend + _PLOT + 2 * CAPTION.leading + 8 + note


def lay_chart(sheet: Sheet, exhibit: Exhibit, nothing: str) -> None:
    """Draw ``exhibit`` below the cursor; ``nothing`` is said where it has no marks."""
    sheet.need(chart_height(exhibit))
    if exhibit.note:
        sheet.text(sheet.left, sheet.y + NOTE.drop, exhibit.note, NOTE)
        sheet.y += NOTE.leading + 3
    if exhibit.empty:
        sheet.text(sheet.left, sheet.y + NOTE.drop, nothing, NOTE)
        sheet.y += NOTE.leading
        return
    if _headed(exhibit):
        _legend(sheet, exhibit)
    if exhibit.shape is Shape.BARS:
        _bars(sheet, exhibit)
    else:
        _plot(sheet, exhibit)


def _headed(exhibit: Exhibit) -> bool:
    """Whether a line above the chart says what its figures are."""
    return len(exhibit.series) > 1 or bool(exhibit.tail) or exhibit.shape is not Shape.BARS


def _legend(sheet: Sheet, exhibit: Exhibit) -> None:
    """The series with their patterns; one series alone needs only its name, and what the tails are stands over them."""
    if exhibit.tail:
        sheet.text_right(sheet.right, sheet.y + CAPTION.drop, exhibit.tail, CAPTION)
    if len(exhibit.series) == 1:
        sheet.text(sheet.left, sheet.y + CAPTION.drop, exhibit.series[0], CAPTION)
        sheet.y += CAPTION.leading + 3
        return
    x, middle = sheet.left, sheet.y + CAPTION.leading / 2
    for number, name in enumerate(exhibit.series):
        if exhibit.shape is Shape.LINES:
            _line(sheet, [(x, middle), (x + 16, middle)], number)
            _dot(sheet, x + 8, middle, number)
        else:
            _block(sheet, x, middle - 3.5, 16, 7, number)
        sheet.text(x + 20, sheet.y + CAPTION.drop, name, CAPTION)
        x += 34 + sheet.measure(name, CAPTION)
    sheet.y += CAPTION.leading + 3


def _bars(sheet: Sheet, exhibit: Exhibit) -> None:
    names = min(sheet.span * 0.34, max(sheet.measure(m.label, _LABEL) for m in exhibit.marks) + 6)
    tails = max(sheet.measure(m.tail, _LABEL) for m in exhibit.marks) + 12
    tails += max(sheet.measure(_said(exhibit, m), _VALUE) for m in exhibit.marks)
    room = sheet.span - names - tails
    most = max((m.total for m in exhibit.marks), default=0) or 1
    for mark in exhibit.marks:
        said = sheet.lines(mark.label, _LABEL, names - 4)
        sheet.need(max(len(said), 1) * _LABEL.leading)
        line = sheet.y + (_BAR - _LABEL.leading) / 2 + _LABEL.drop
        for number, words in enumerate(said):
            sheet.text(sheet.left, line + number * _LABEL.leading, words, _LABEL)
        x = sheet.left + names
        for number, value in enumerate(mark.values):
            width = room * (value or 0) / most
            if value:
                _block(sheet, x, sheet.y, width, _BAR, 2 if mark.faint and not number else number)
            x += width
        sheet.text(x + 4, line, _said(exhibit, mark), _VALUE)
        sheet.text_right(sheet.right, line, mark.tail, _LABEL)
        sheet.y += max(_BAR, len(said) * _LABEL.leading) + _GAP
    sheet.y += 2


def _said(exhibit: Exhibit, mark: Mark) -> str:
    total = exhibit.shown(mark.total)
    if len(mark.values) == 1:
        return total
    return f"{total} ({' + '.join(exhibit.shown(v or 0) for v in mark.values)})"


class _Plot(NamedTuple):
    """The ground of a plot: where the axis and its ends lie, how high one unit of the figures is."""

    axis: float
    slot: float
    bottom: float
    unit: float

    def centre(self, number: int) -> float:
        """Where the mark ``number`` stands."""
        return self.axis + self.slot * (number + 0.5)

    @property
    def wide(self) -> float:
        """How wide a column is."""
        return min(self.slot * 0.6, 34)


def _plot(sheet: Sheet, exhibit: Exhibit) -> None:
    lines = exhibit.shape is Shape.LINES
    tops = [max((v or 0 for v in m.values), default=0) if lines else m.total for m in exhibit.marks]
    step, ticks = _scale(max(tops, default=0), permille=exhibit.permille)
    top, bottom = sheet.y + _VALUE.leading + 2, sheet.y + _PLOT
    right = sheet.right - (_BESIDE if lines else 0)
    axis = sheet.left + 32
    plot = _Plot(axis, (right - axis) / len(exhibit.marks), bottom, (bottom - top) / (ticks * step))
    for n in range(ticks + 1):
        y = bottom - (bottom - top) * n / ticks
        _grid_line(sheet, plot, y, right, () if lines else exhibit.marks)
        sheet.text_right(axis - 4, y + 2.6, exhibit.scale(n * step), CAPTION)
    for number, mark in enumerate(exhibit.marks):
        sheet.text_centre(plot.centre(number), bottom + CAPTION.drop + 2, mark.label, CAPTION)
        if not lines:
            _column(sheet, plot, exhibit, number)
    if lines:
        said = [found for n in range(len(exhibit.series)) if (found := _series(sheet, plot, exhibit, n)) is not None]
        _last_figures(sheet, said)
    sheet.text_right(right, bottom + CAPTION.leading + CAPTION.drop + 3, exhibit.heading, CAPTION)
    sheet.y = bottom + 2 * CAPTION.leading + 8


def _grid_line(sheet: Sheet, plot: _Plot, y: float, right: float, columns: Sequence[Mark]) -> None:
    """A line of the scale; it stops before a column that stands in its way, and before the column's figure."""
    start = plot.axis
    for number, mark in enumerate(columns):
        if mark.total and y > plot.bottom - mark.total * plot.unit - _VALUE.leading and y < plot.bottom:
            edge = max(plot.wide, sheet.measure(str(mark.total), _VALUE) + 4) / 2
            sheet.rule(start, y, plot.centre(number) - edge, y, 0.3, HAIR)
            start = plot.centre(number) + edge
    sheet.rule(start, y, right, y, 0.3, HAIR)


def _column(sheet: Sheet, plot: _Plot, exhibit: Exhibit, number: int) -> None:
    mark, y, width = exhibit.marks[number], plot.bottom, plot.wide
    for series, value in enumerate(mark.values):
        if value:
            y -= value * plot.unit
            _block(sheet, plot.centre(number) - width / 2, y, width, value * plot.unit, series)
    if mark.total:
        sheet.text_centre(plot.centre(number), y - 2.5, exhibit.shown(mark.total), _VALUE)


def _last_figures(sheet: Sheet, said: list[tuple[float, str]]) -> None:
    """What the lines end at, beside the plot; two that end close together are moved apart."""
    before = None
    for y, words in sorted(said):
        at = y + 2.8 if before is None else max(y + 2.8, before + _VALUE.leading)
        sheet.text_right(sheet.right, at, words, _VALUE)
        before = at


def _series(sheet: Sheet, plot: _Plot, exhibit: Exhibit, series: int) -> tuple[float, str] | None:
    """One line, broken where there is nothing to show; where it ends, and with which figure."""
    runs: list[list[tuple[float, float]]] = [[]]
    said = ""
    for n, mark in enumerate(exhibit.marks):
        value = mark.values[series]
        if value is None:
            runs.append([])
            continue
        runs[-1].append((plot.centre(n), plot.bottom - value * plot.unit))
        said = exhibit.shown(value)
    for points in filter(None, runs):
        _line(sheet, points, series)
        for x, y in points:
            _dot(sheet, x, y, series)
    return (runs[-1][-1][1], said) if runs[-1] else None


def _scale(most: int, *, permille: bool) -> tuple[int, int]:
    """A round step and how many of them reach over ``most``."""
    if permille:
        return 250, 4
    step = 1
    while step * 5 < most:
        step = {1: 2, 2: 5, 5: 10}[int(str(step)[0])] * 10 ** (len(str(step)) - 1)
    return step, max(1, -(-most // step))


def _block(sheet: Sheet, x: float, y: float, width: float, height: float, number: int) -> None:
    """A filled piece with the pattern of its series and an edge of ink."""
    ground, distance, slope = _LOOKS[number % len(_LOOKS)]
    sheet.fill(x, y, width, height, ground)
    if distance and width > 1 and height > 1:
        sheet.polylines(_hatching(x, y, width, height, distance, slope), 0.45, INK)
    sheet.box(x, y, width, height, 0.5, INK)


def _hatching(
    x: float, y: float, width: float, height: float, distance: float, slope: int
) -> list[Sequence[tuple[float, float]]]:
    """Slanting lines cut at the edges of the rectangle."""
    found: list[Sequence[tuple[float, float]]] = []
    start = distance
    while start < width + height:
        low, high = max(0.0, start - height), min(start, width)
        # along a falling line x + y = start within the rectangle
        a, b = (low, start - low), (high, start - high)
        if slope < 0:
            a, b = (low, height - (start - low)), (high, height - (start - high))
        found.append(((x + a[0], y + a[1]), (x + b[0], y + b[1])))
        start += distance
    return found


def _line(sheet: Sheet, points: Sequence[tuple[float, float]], number: int) -> None:
    dash = _DASHES[number % len(_DASHES)]
    if not dash:
        sheet.polylines([points], 1.2, INK)
        return
    pieces: list[Sequence[tuple[float, float]]] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        at = 0.0
        while length and at < length:
            to = min(at + dash[0], length)
            pieces.append((
                (x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length),
                (x1 + (x2 - x1) * to / length, y1 + (y2 - y1) * to / length),
            ))
            at += sum(dash)
    sheet.polylines(pieces, 1.1, INK)


def _dot(sheet: Sheet, x: float, y: float, number: int) -> None:
    """A square, an empty square or a grey one."""
    sheet.fill(x - 1.8, y - 1.8, 3.6, 3.6, (INK, WHITE, TINT)[number % 3])
    sheet.box(x - 1.8, y - 1.8, 3.6, 3.6, 0.7, INK if number % 3 < 2 else GREY)
