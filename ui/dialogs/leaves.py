"""The pages of a paper one below the other, drawn as they come into sight."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.dialogs.raster import Sheet
from ui.theme import colour


class Pages(QWidget):
    """The pages one below the other; pictures are asked for as they come into sight."""

    wanted = Signal(int)
    GAP = 16

    def __init__(self) -> None:
        super().__init__()
        self.sheets: tuple[Sheet, ...] = ()
        self._pictures: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._scale = 1.0
        self.setMinimumSize(200, 200)

    def show_sheets(self, found: tuple[Sheet, ...]) -> None:
        """Lay out pages of these sizes."""
        self.sheets = found
        self.set_scale(self._scale)

    def set_scale(self, scale: float) -> None:
        """``scale`` in pixels per point."""
        self._scale = scale
        self._asked.clear()
        size = self.sizeHint()
        self.setFixedSize(size)
        self.update()

    def scale(self) -> float:
        """Pixels per point."""
        return self._scale

    def show_picture(self, place: int, picture: QImage) -> None:
        """Page ``place`` looks like this."""
        self._pictures[place] = picture
        self.update(self._box(place))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        width = max((sheet.width for sheet in self.sheets), default=200) * self._scale
        height = sum(sheet.height * self._scale + self.GAP for sheet in self.sheets) + self.GAP
        return QSize(round(width) + 2 * self.GAP, round(height))

    def _box(self, place: int) -> QRect:
        top = self.GAP + sum(sheet.height * self._scale + self.GAP for sheet in self.sheets[:place])
        sheet = self.sheets[place]
        width, height = round(sheet.width * self._scale), round(sheet.height * self._scale)
        return QRect((self.width() - width) // 2, round(top), width, height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("paper"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in range(len(self.sheets)):
            box = self._box(place)
            if not box.intersects(event.rect()):
                continue
            painter.fillRect(box, Qt.GlobalColor.white)
            if place in self._pictures:
                painter.drawImage(box, self._pictures[place])
            if place not in self._asked:
                self._asked.add(place)
                self.wanted.emit(place)
        painter.end()
