"""A chart that can be walked through: the arrow keys mark, Enter opens the list behind the mark.

Series are told apart by pattern as well as colour, and every figure stands beside its mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.slips import Exhibit, Mark, Shape
from app.i18n import _
from ui.theme import colour, font, look

_ROW, _BAR, _PLOT, _LEGEND, _HEADING, _BESIDE = 25, 14, 190, 22, 16, 52
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)


class Chart(QWidget):
    """Draws one :class:`Exhibit`."""

    chosen = Signal(object)      # the Mark

    def __init__(self) -> None:
        super().__init__()
        self._exhibit: Exhibit | None = None
        self._marked = -1
        self._areas: list[QRectF] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        """Show ``exhibit``; its figures are the accessible description."""
        self._exhibit = exhibit
        self._marked = -1
        self.setAccessibleName(exhibit.title)
        self.setAccessibleDescription("; ".join(self.said(mark) for mark in exhibit.marks))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def said(self, mark: Mark) -> str:
        """A mark with its figures as one reads them."""
        exhibit = self._exhibit
        if exhibit is None:
            return ""
        values = [
            f"{name} {exhibit.shown(value)}"
            for name, value in zip(exhibit.series, mark.values, strict=True) if value is not None
        ]
        return f"{mark.label}: {', '.join(values)}" + (f" ({mark.tail})" if mark.tail else "")

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        exhibit = self._exhibit
        if exhibit is None or exhibit.empty:
            return QSize(320, 60)
        body = len(exhibit.marks) * _ROW if exhibit.shape is Shape.BARS else _PLOT + _HEADING
        return QSize(320, (_LEGEND if _headed(exhibit) else 0) + body + 8)

    # -- walking through ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        marks = self._exhibit.marks if self._exhibit else ()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}.get(
            Qt.Key(event.key()), 0)
        if step and marks:
            self._mark(max(0, min(len(marks) - 1, self._marked + step)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and 0 <= self._marked < len(marks):
            self.chosen.emit(marks[self._marked])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        at = self._at(event.position())
        if self._exhibit and at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.said(self._exhibit.marks[at]), self)
        self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        at = self._at(event.position())
        if self._exhibit and at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._mark(at)
            self.chosen.emit(self._exhibit.marks[at])

    def _at(self, point: QPointF) -> int:
        return next((n for n, area in enumerate(self._areas) if area.contains(point)), -1)

    def _mark(self, number: int) -> None:
        self._marked = number
        if self._exhibit:
            self.setAccessibleDescription(self.said(self._exhibit.marks[number]))
        self.update()

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(9.5, tabular=True))
        exhibit = self._exhibit
        self._areas = []
        if exhibit is None or exhibit.empty:
            painter.setPen(colour("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Nothing to count in this month"))
            return
        top = self._legend(painter, exhibit) if _headed(exhibit) else 2.0
        (self._bars if exhibit.shape is Shape.BARS else self._plot)(painter, exhibit, top)
        if self.hasFocus() and 0 <= self._marked < len(self._areas):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(self._areas[self._marked].adjusted(1, 0, -1, 0), 4, 4)

    def _legend(self, painter: QPainter, exhibit: Exhibit) -> float:
        x, metrics = 2.0, QFontMetricsF(painter.font())
        painter.setPen(colour("text2"))
        if exhibit.tail:
            painter.drawText(QPointF(self.width() - 2 - metrics.horizontalAdvance(exhibit.tail), 14), exhibit.tail)
        if len(exhibit.series) == 1:
            painter.drawText(QPointF(x, 14), exhibit.series[0])
            return float(_LEGEND)
        for number, name in enumerate(exhibit.series):
            if exhibit.shape is Shape.LINES:
                painter.setPen(_pen(number))
                painter.drawLine(QPointF(x, 10), QPointF(x + 18, 10))
                _dot(painter, QPointF(x + 9, 10), number)
            else:
                _block(painter, QRectF(x, 5, 16, 10), number)
            painter.setPen(colour("text2"))
            painter.drawText(QPointF(x + 22, 14), name)
            x += 34 + metrics.horizontalAdvance(name)
        return float(_LEGEND)

    def _bars(self, painter: QPainter, exhibit: Exhibit, top: float) -> None:
        metrics = QFontMetricsF(painter.font())
        widest = max(metrics.horizontalAdvance(mark.label) for mark in exhibit.marks)
        names = min(widest + 12, self.width() * 0.4)
        said = [_total(exhibit, mark) for mark in exhibit.marks]
        tails = max((metrics.horizontalAdvance(mark.tail) for mark in exhibit.marks), default=0) + 8
        room = self.width() - names - tails - max(metrics.horizontalAdvance(text) for text in said) - 20
        most = max((mark.total for mark in exhibit.marks), default=0) or 1
        for number, mark in enumerate(exhibit.marks):
            y = top + number * _ROW
            area = QRectF(0, y, self.width(), _ROW - 2)
            self._areas.append(area)
            painter.setPen(colour("text"))
            label = metrics.elidedText(mark.label, Qt.TextElideMode.ElideRight, names - 8)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.adjusted(2, 0, 0, 0), middle | Qt.AlignmentFlag.AlignLeft, label)
            x = names
            for series, value in enumerate(mark.values):
                width = max(0.0, room) * (value or 0) / most
                if value:
                    _block(painter, QRectF(x, y + (_ROW - 2 - _BAR) / 2, width, _BAR), 4 if mark.faint else series)
                x += width
            painter.setPen(colour("text"))
            beside = QRectF(x + 6, y, self.width(), _ROW - 2)
            painter.drawText(beside, middle | Qt.AlignmentFlag.AlignLeft, said[number])
            painter.setPen(colour("text2"))
            painter.drawText(area.adjusted(0, 0, -2, 0), middle | Qt.AlignmentFlag.AlignRight, mark.tail)

    def _plot(self, painter: QPainter, exhibit: Exhibit, top: float) -> None:
        lines = exhibit.shape is Shape.LINES
        most = max((max((v or 0 for v in m.values), default=0) if lines else m.total for m in exhibit.marks), default=0)
        step, ticks = _scale(most, permille=exhibit.permille)
        metrics = QFontMetricsF(painter.font())
        axis = max(metrics.horizontalAdvance(exhibit.scale(n * step)) for n in range(ticks + 1)) + 10
        right = self.width() - (_BESIDE if lines else 4)
        high, low = top + 14, top + _PLOT - 24
        for n in range(ticks + 1):
            y = low - (low - high) * n / ticks
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(axis, y), QPointF(right, y))
            painter.setPen(colour("text2"))
            painter.drawText(QRectF(0, y - 9, axis - 6, 18),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, exhibit.scale(n * step))
        slot = (right - axis) / len(exhibit.marks)
        unit = (low - high) / (ticks * step)
        widest = max(metrics.horizontalAdvance(mark.label) for mark in exhibit.marks)
        every = max(1, -(-int(widest + 6) // max(1, int(slot))))     # where it is narrow, not every mark is named
        for number, mark in enumerate(exhibit.marks):
            left = axis + slot * number
            self._areas.append(QRectF(left, top, slot, _PLOT))
            painter.setPen(colour("text2"))
            if (len(exhibit.marks) - 1 - number) % every == 0:
                painter.drawText(QRectF(left - 20, low + 4, slot + 40, 18), Qt.AlignmentFlag.AlignCenter, mark.label)
            if not lines:
                _column(painter, exhibit, mark, QRectF(left, high, slot, low - high), unit)
        painter.setPen(colour("text2"))
        painter.drawText(QRectF(axis, low + 22, right - axis, _HEADING), Qt.AlignmentFlag.AlignRight, exhibit.heading)
        if lines:
            ground = [QPointF(axis + slot * (n + 0.5), low) for n in range(len(exhibit.marks))]
            said = [end for series in range(len(exhibit.series))
                    if (end := _series(painter, exhibit, series, ground, unit)) is not None]
            _last_figures(painter, exhibit, said, self.width() - 4)


def _headed(exhibit: Exhibit) -> bool:
    """Whether a line above the chart says what its figures are."""
    return len(exhibit.series) > 1 or bool(exhibit.tail) or exhibit.shape is not Shape.BARS


def _column(painter: QPainter, exhibit: Exhibit, mark: Mark, place: QRectF, unit: float) -> None:
    width, y = min(place.width() * 0.6, 40.0), place.bottom()
    for series, value in enumerate(mark.values):
        if value:
            y -= value * unit
            _block(painter, QRectF(place.center().x() - width / 2, y, width, value * unit), series)
    if mark.total:
        painter.setPen(colour("text"))
        painter.drawText(QRectF(place.left() - 10, y - 17, place.width() + 20, 16), Qt.AlignmentFlag.AlignCenter,
                         exhibit.shown(mark.total))


def _series(
    painter: QPainter, exhibit: Exhibit, series: int, ground: Sequence[QPointF], unit: float
) -> tuple[float, int] | None:
    """One line, broken where there is nothing to show; how high it ends, and with which figure."""
    before: QPointF | None = None
    points: list[QPointF] = []
    for place, mark in zip(ground, exhibit.marks, strict=True):
        value = mark.values[series]
        point = None if value is None else QPointF(place.x(), place.y() - value * unit)
        if point is not None:
            painter.setPen(_pen(series))
            if before is not None:
                painter.drawLine(before, point)
            points.append(point)
        before = point
    for point in points:
        _dot(painter, point, series)
    last = exhibit.marks[-1].values[series]
    return (points[-1].y(), last) if last is not None and points else None


def _last_figures(painter: QPainter, exhibit: Exhibit, said: Sequence[tuple[float, int]], right: float) -> None:
    """What the lines end at, beside the plot; two that end close together are moved apart."""
    painter.setPen(colour("text"))
    below = float("-inf")
    for y, value in sorted(said):
        below = max(y, below + 15)
        painter.drawText(QRectF(right - _BESIDE, below - 8, _BESIDE, 16),
                         Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, exhibit.shown(value))


def _total(exhibit: Exhibit, mark: Mark) -> str:
    total = exhibit.shown(mark.total)
    return total if len(mark.values) == 1 else f"{total} ({' + '.join(exhibit.shown(v or 0) for v in mark.values)})"


def _scale(most: int, *, permille: bool) -> tuple[int, int]:
    """A round step and how many of them reach over ``most``."""
    if permille:
        return 250, 4
    step = 1
    while step * 5 < most:
        step = {1: 2, 2: 5, 5: 10}[int(str(step)[0])] * 10 ** (len(str(step)) - 1)
    return step, max(1, -(-most // step))


def _looks() -> tuple[tuple[QColor, Qt.BrushStyle], ...]:
    return (
        (colour("accent"), Qt.BrushStyle.SolidPattern), (colour("text2"), Qt.BrushStyle.BDiagPattern),
        (colour("scroll"), Qt.BrushStyle.SolidPattern), (colour("surface"), Qt.BrushStyle.SolidPattern),
        (colour("scroll"), Qt.BrushStyle.SolidPattern),
    )


def _block(painter: QPainter, place: QRectF, number: int) -> None:
    """A piece with the pattern of its series and an edge."""
    ink, pattern = _looks()[number % 5]
    painter.setPen(QPen(colour("text2"), 1))
    painter.setBrush(colour("surface"))
    painter.drawRect(place)
    painter.setBrush(QBrush(ink, pattern))
    painter.drawRect(place)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _pen(number: int) -> QPen:
    return QPen(colour(("accent", "text", "text2")[number % 3]), 2, _LINES[number % 3])


def _dot(painter: QPainter, at: QPointF, number: int) -> None:
    """Full, or empty: another sign than the colour."""
    ink = colour(("accent", "text", "text2")[number % 3])
    painter.setPen(QPen(ink, 1.6))
    painter.setBrush(ink if number % 2 == 0 else colour("surface"))
    painter.drawEllipse(at, 3.4, 3.4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
