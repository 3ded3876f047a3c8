"""The warranty of a unit on a line of time: coloured and hatched stretches, each named with its days below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import CAPTION, SMALL, colour, font, ink, look, soft
from ui.tones import Tone


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of days, both ends in it; ``end`` ``None``: it goes on. ``lane``: 0 the unit, 1 parts and repairs.

    ``text``: what it is and from when to when, in the screen's language; ``pattern`` tells it without colour.
    """

    start: date
    end: date | None
    text: str
    tone: Tone
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern
    lane: int = 0


_BAR, _LANE, _ROW = 14.0, 20.0, 20.0


class WarrantyStrip(QWidget):
    """Bars over a legend; a line marks today. Hovering over a bar or a legend line shows its words."""

    def __init__(self) -> None:
        super().__init__()
        self._stretches: tuple[Stretch, ...] = ()
        self._today = date.min
        self._mark = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_stretches(self, stretches: Sequence[Stretch], today: date, mark: str) -> None:
        """Show ``stretches``; ``mark`` is the word at the line of today."""
        self._stretches, self._today, self._mark = tuple(stretches), today, mark
        self.setVisible(bool(self._stretches))
        self.setFixedHeight(round(self._legend_top() + _ROW * len(self._stretches)) + 2)
        self.setAccessibleDescription("\n".join([*(stretch.text for stretch in self._stretches), mark]))
        self.update()

    def texts(self) -> list[str]:
        """The legend."""
        return [stretch.text for stretch in self._stretches]

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(280, self.minimumHeight())

    def _lanes(self) -> int:
        return 1 + max((stretch.lane for stretch in self._stretches), default=0)

    def _legend_top(self) -> float:
        return 18 + _LANE * self._lanes() + 18

    def _span(self) -> tuple[date, int]:
        first = min([self._today, *(s.start for s in self._stretches)])
        last = max([self._today, *(s.end or s.start for s in self._stretches)])
        room = max(30, (last - first).days // 20)
        return first - timedelta(days=room // 2), (last - first).days + room

    def _x(self, day: date) -> float:
        first, days = self._span()
        return (day - first).days / days * self.width()

    def _bar(self, stretch: Stretch) -> QRectF:
        left = self._x(stretch.start)
        right = self.width() if stretch.end is None else self._x(stretch.end + timedelta(days=1))
        return QRectF(left, 18 + stretch.lane * _LANE, max(3.0, right - left), _BAR)

    def _row(self, place: int) -> QRectF:
        return QRectF(0, self._legend_top() + place * _ROW, self.width(), _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, stretch in enumerate(self._stretches):
            self._paint_bar(painter, self._bar(stretch), stretch)
            row = self._row(place)
            self._paint_bar(painter, QRectF(0, row.center().y() - 5, 18, 10), stretch)
            painter.setFont(font(SMALL, tabular=True))
            painter.setPen(colour("text2"))
            words = QFontMetricsF(painter.font()).elidedText(
                stretch.text, Qt.TextElideMode.ElideRight, row.width() - 26)
            painter.drawText(row.adjusted(26, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if self._stretches:
            self._paint_time(painter)
        painter.end()

    @staticmethod
    def _paint_bar(painter: QPainter, box: QRectF, stretch: Stretch) -> None:
        painter.setPen(QPen(ink(stretch.tone), 1))
        painter.setBrush(soft(stretch.tone))
        painter.drawRoundedRect(box, 3, 3)
        solid = stretch.pattern is Qt.BrushStyle.SolidPattern
        painter.setBrush(QBrush(ink(stretch.tone), stretch.pattern) if not solid else ink(stretch.tone))
        painter.setOpacity(0.55 if solid else 0.9)
        painter.drawRoundedRect(box, 3, 3)
        painter.setOpacity(1)

    def _paint_time(self, painter: QPainter) -> None:
        bottom = self._legend_top() - 18
        x = self._x(self._today)
        painter.setPen(QPen(colour("text"), 2))
        painter.drawLine(QPointF(x, 14), QPointF(x, bottom))
        painter.setFont(font(CAPTION, tabular=True))
        width = QFontMetricsF(painter.font()).horizontalAdvance(self._mark)
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.drawText(QPointF(left, 11), self._mark)
        painter.setPen(colour("text3"))
        first, last = min(s.start for s in self._stretches), max(s.end or s.start for s in self._stretches)
        box = QRectF(0, bottom, self.width(), 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, first.isoformat())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, last.isoformat())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            point = QPointF(event.pos())
            for place, stretch in enumerate(self._stretches):
                if self._bar(stretch).contains(point) or self._row(place).contains(point):
                    QToolTip.showText(event.globalPos(), stretch.text, self)
                    return True
        return super().event(event)
