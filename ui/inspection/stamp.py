"""The inspector's stamp, drawn: a ring with the depot around it, the verdict across, number and date below.

Until everything passed there is only the place for it.
"""

from __future__ import annotations

from datetime import date
from math import pi

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui.theme import colour, font, look
from ui.widgets.labels import restyle

SIDE = 176.0


class Stamp(QWidget):
    """An empty place at first; faint when it may be given, then in the colour of ink."""

    def __init__(self) -> None:
        super().__init__()
        self._depot, self._stamp_no, self._name = "", "", ""
        self._day: date | None = None
        self._number = ""
        self._empty = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_stamp(self, depot: str, stamp_no: str, name: str, day: date, number: str = "") -> None:
        """Who stamps where and when; with ``number`` the stamp has been given."""
        self._depot, self._stamp_no, self._name, self._day, self._number = depot, stamp_no, name, day, number
        self._empty = False
        said = _("QA stamp {stamp} of {name}: {number}") if number else _("QA stamp {stamp} of {name}, not given yet")
        self.setAccessibleName(said.format(stamp=stamp_no, name=name, number=number))
        restyle(self)
        self.update()

    def leave_empty(self) -> None:
        """Not everything has passed: nobody can take what is shown for a verdict."""
        self._number, self._empty = "", True
        self.setAccessibleName(_("Place of the QA stamp, empty until all required items have passed"))
        self.update()

    def is_empty(self) -> bool:
        """Whether there is only the place for it."""
        return self._empty

    def is_given(self) -> bool:
        """Whether the stamp was given."""
        return bool(self._number)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(int(SIDE) + 8, int(SIDE) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        if self._empty:
            painter.setPen(QPen(colour("border_strong"), 1.6, Qt.PenStyle.DashLine))
            painter.drawEllipse(QPointF(0, 0), SIDE / 2 - 3, SIDE / 2 - 3)
            painter.end()
            return
        ink = colour("bad")
        if not self._number:
            ink.setAlphaF(0.28)
        else:
            painter.rotate(-7)
        radius = SIDE / 2 - 3
        painter.setPen(QPen(ink, 4))
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        painter.setPen(QPen(ink, 1.2))
        painter.drawEllipse(QPointF(0, 0), radius - 7, radius - 7)
        self._around(painter, self._depot, radius - 25)
        band = QRectF(-radius + 16, -20, 2 * radius - 32, 40)
        painter.setFont(font(20, bold=True))
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, _("PASSED"))
        painter.drawLine(band.topLeft(), band.topRight())
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        painter.setFont(font(9.5, tabular=True))
        day = self._day.isoformat() if self._day else ""
        for place, words in enumerate((f"{self._stamp_no}  {self._name}", day)):
            painter.drawText(QRectF(-radius, 24 + place * 17, 2 * radius, 17), Qt.AlignmentFlag.AlignCenter, words)
        if self._number:
            painter.setFont(font(7.5, tabular=True))
            painter.drawText(QRectF(-radius, -38, 2 * radius, 16), Qt.AlignmentFlag.AlignCenter, self._number)
        painter.end()

    def _around(self, painter: QPainter, text: str, radius: float) -> None:
        """``text`` along the upper half of the ring."""
        painter.setFont(font(10, bold=True))
        metrics = QFontMetricsF(painter.font())
        widths = [metrics.horizontalAdvance(character) + 2.5 for character in text]
        total = min(sum(widths) / radius, pi * 0.9)
        at = -total / 2
        for character, width in zip(text, widths, strict=True):
            share = total * width / sum(widths)
            painter.save()
            painter.rotate((at + share / 2) * 180 / pi)
            painter.drawText(QPointF(-width / 2, -radius), character)
            painter.restore()
            at += share
