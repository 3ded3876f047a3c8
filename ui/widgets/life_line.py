"""The life-line of a unit: every visit, move, test, signature, part, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import moments
from ui.theme import BODY, CAPTION, SMALL, colour, font, ink, look
from ui.tones import Tone


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """One thing that happened. ``at`` is shown in the depot's time; ``visit`` starts a new chapter with that title."""

    at: datetime
    title: str
    text: str = ""
    who: str = ""
    tone: Tone = Tone.MUTE
    visit: str = ""
    key: object = None           # what pressing the line gives; None: nothing can be done about it


_GUTTER = 28
_GAP = 10


class LifeLine(QWidget):
    """Draws events along a line. As high as it needs; put it into a scroll area.

    Lines with a key can be pressed: by mouse, or with Up, Down and Enter.
    """

    pressed = Signal(object)    # the key of the line
    stands_at = Signal(QRect)   # where the keyboard now stands, for the scroll area around

    def __init__(self) -> None:
        super().__init__()
        self._events: tuple[LifeEvent, ...] = ()
        self._boxes: list[QRectF] = []
        self._here = -1          # the line the keyboard stands on
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def show_events(self, events: Sequence[LifeEvent]) -> None:
        """Show ``events`` in the order given."""
        self._events = tuple(events)
        self._here = -1
        usable = any(event.key is not None for event in self._events)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if usable else Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription("\n".join(f"{moments.minute(e.at)} {e.title} {e.text}" for e in self._events))
        self._arrange()

    def _arrange(self) -> None:
        self._boxes = []
        top = 0.0
        for event in self._events:
            height = self._height(event)
            self._boxes.append(QRectF(0, top, self.width(), height))
            top += height
        self.setMinimumHeight(round(top))
        self.updateGeometry()
        self.update()

    def _height(self, event: LifeEvent) -> float:
        height = QFontMetricsF(font(BODY, bold=True)).height() + _GAP
        if event.visit:
            height += QFontMetricsF(font(SMALL, bold=True)).height() + 10
        if event.text:
            height += self._text_box(event.text).height()
        if event.who:
            height += QFontMetricsF(font(CAPTION)).height()
        return height

    def _text_box(self, text: str) -> QRectF:
        width = max(60, self.width() - _GUTTER)
        metrics = QFontMetricsF(font(SMALL))
        return metrics.boundingRect(QRectF(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(260, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        if event.size().width() != event.oldSize().width():
            self._arrange()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (happened, box) in enumerate(zip(self._events, self._boxes, strict=True)):
            if box.intersects(QRectF(event.rect())):
                if place == self._here and self.hasFocus():
                    painter.setPen(QPen(colour("accent"), 2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(box.adjusted(1, 1, -1, -_GAP / 2), 6, 6)
                self._paint(painter, happened, box, first=place == 0, last=place == len(self._events) - 1)
        painter.end()

    def _paint(self, painter: QPainter, happened: LifeEvent, box: QRectF, *, first: bool, last: bool) -> None:
        top = box.top()
        if happened.visit:
            painter.setFont(font(SMALL, bold=True))
            painter.setPen(colour("text2"))
            height = QFontMetricsF(painter.font()).height()
            painter.drawText(QRectF(0, top + 2, box.width(), height), Qt.AlignmentFlag.AlignLeft, happened.visit)
            top += height + 10
        title_font = font(BODY, bold=True)
        line_height = QFontMetricsF(title_font).height()
        middle = top + line_height / 2
        painter.setPen(QPen(colour("border"), 2))
        if not last:
            painter.drawLine(QPointF(8, middle), QPointF(8, box.bottom()))
        if not first and not happened.visit:
            painter.drawLine(QPointF(8, box.top()), QPointF(8, middle))
        painter.setPen(QPen(ink(happened.tone), 2))
        painter.setBrush(ink(happened.tone) if first else colour("surface"))
        painter.drawEllipse(QPointF(8, middle), 5, 5)
        when = moments.short(happened.at)
        painter.setFont(font(CAPTION, tabular=True))
        painter.setPen(colour("text3"))
        when_width = QFontMetricsF(painter.font()).horizontalAdvance(when)
        row = QRectF(_GUTTER, top, box.width() - _GUTTER, line_height)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        painter.setFont(title_font)
        painter.setPen(colour("text"))
        title = QFontMetricsF(title_font).elidedText(
            happened.title, Qt.TextElideMode.ElideRight, row.width() - when_width - 8
        )
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        self._paint_words(painter, happened, top + line_height, box.width())

    def _paint_words(self, painter: QPainter, happened: LifeEvent, top: float, width: float) -> None:
        if happened.text:
            height = self._text_box(happened.text).height()
            painter.setFont(font(SMALL))
            painter.setPen(colour("text2"))
            painter.drawText(
                QRectF(_GUTTER, top, width - _GUTTER, height), int(Qt.TextFlag.TextWordWrap), happened.text
            )
            top += height
        if happened.who:
            painter.setFont(font(CAPTION))
            painter.setPen(colour("text3"))
            painter.drawText(QRectF(_GUTTER, top, width - _GUTTER, 20), Qt.AlignmentFlag.AlignLeft, happened.who)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        usable = [at for at, happened in enumerate(self._events) if happened.key is not None]
        if step and usable:
            further = [at for at in usable if (at - self._here) * step > 0]
            self._here = (min if step > 0 else max)(further, default=self._here)
            self.stands_at.emit(self._boxes[self._here].toRect())
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and 0 <= self._here < len(self._events):
            self.pressed.emit(self._events[self._here].key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        happened = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and happened and happened.key is not None:
            self.pressed.emit(happened.key)
        super().mouseReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            happened = self._at(QPointF(event.pos()))
            if happened:
                QToolTip.showText(event.globalPos(), moments.minute(happened.at), self)
                return True
        return super().event(event)

    def _at(self, point: QPointF) -> LifeEvent | None:
        for happened, box in zip(self._events, self._boxes, strict=True):
            if box.contains(point):
                return happened
        return None
