"""A pad to sign on with pen, finger or mouse. Strokes are kept as vectors in 0..1 of the pad."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QFrame

from app.domain.signing import Stroke
from app.i18n import N_, _
from ui.theme import BODY, font
from ui.words import bind

_INK = QColor("#10233F")
_RULE = QColor("#9AA5B1")
_LEAST = 0.004      # closer points add nothing to see


class SignaturePad(QFrame):
    """Draws what is written on it. White in every look: it is paper."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pad")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(420, 170)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking, on=False)
        self._strokes: list[list[tuple[float, float]]] = []
        self._drawing = False
        bind(self.setAccessibleName, N_("Signature"))

    def strokes(self) -> tuple[Stroke, ...]:
        """What was written: points in 0..1 from left to right and top to bottom, stroke by stroke."""
        return tuple(tuple(stroke) for stroke in self._strokes if stroke)

    def show_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show a signature that was given before."""
        self._strokes = [list(stroke) for stroke in strokes]
        self.update()
        self.changed.emit()

    def clear(self) -> None:
        """A clean sheet."""
        self.show_strokes(())

    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not any(self._strokes)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(480, 190)

    # -- pen and mouse -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        if self._drawing:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802  Qt's name
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._end()
        event.accept()       # or Qt would send the same stroke as a mouse's

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([self._point(at)])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        stroke, point = self._strokes[-1], self._point(at)
        if abs(point[0] - stroke[-1][0]) + abs(point[1] - stroke[-1][1]) >= _LEAST:
            stroke.append(point)
            self.update()

    def _end(self) -> None:
        self._drawing = False
        self.changed.emit()

    def _point(self, at: QPointF) -> tuple[float, float]:
        x = min(1.0, max(0.0, at.x() / max(1, self.width())))
        y = min(1.0, max(0.0, at.y() / max(1, self.height())))
        return round(x, 4), round(y, 4)

    # -- looks -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() * 0.76
        painter.setPen(QPen(_RULE, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(24, base), QPointF(self.width() - 24, base))
        if self.is_empty():
            painter.setFont(font(BODY))
            painter.setPen(QColor("#5C6878"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("Sign here with pen or mouse"))
        painter.setPen(QPen(_INK, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self._strokes:
            painter.drawPath(self._path(stroke))
        painter.end()

    def _path(self, stroke: list[tuple[float, float]]) -> QPainterPath:
        points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        if len(points) == 1:
            path.lineTo(points[0] + QPointF(0.1, 0.1))
        for before, after in pairwise(points):
            path.quadTo(before, (before + after) / 2)
        path.lineTo(points[-1])
        return path
