"""A chip: a dot and a word on a soft ground."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import SMALL, font, ink, look, soft
from ui.tones import Tone

HEIGHT = 22


def chip_width(text: str) -> float:
    """How wide the chip of ``text`` is, in pixels."""
    return QFontMetricsF(font(SMALL)).horizontalAdvance(text) + 28


def paint_chip(painter: QPainter, at: QPointF, text: str, tone: Tone, room: float = 0) -> float:
    """Draw the chip with its left edge at ``at`` (vertical middle); return its width. ``room`` > 0 limits the width."""
    width = chip_width(text)
    if 0 < room < width:
        width = room
        text = QFontMetricsF(font(SMALL)).elidedText(text, Qt.TextElideMode.ElideRight, room - 28)
    box = QRectF(at.x(), at.y() - HEIGHT / 2, width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft(tone))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    painter.setBrush(ink(tone))
    painter.drawEllipse(QPointF(box.left() + 11, box.center().y()), 3, 3)
    painter.setPen(ink(tone))
    painter.setFont(font(SMALL))
    painter.drawText(box.adjusted(19, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
    return width


class Chip(QWidget):
    """A chip as a widget."""

    def __init__(self, text: str = "", tone: Tone = Tone.MUTE) -> None:
        super().__init__()
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        look.changed.connect(self.update)

    def show_state(self, text: str, tone: Tone) -> None:
        """Show another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(ceil(chip_width(self._text)), HEIGHT)  # rounded down it would be elided

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        paint_chip(painter, QPointF(0, self.height() / 2), self._text, self._tone, self.width())
        painter.end()
