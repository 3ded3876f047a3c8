"""A scanned page to look at: fitted, nearer, turned; all of it by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.i18n import N_
from ui.words import bind

_STEP, _NEAREST = 1.25, 4.0


class PictureViewer(QFrame):
    """One picture. ``zoom`` 0: as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("framed")
        self._picture = QImage()
        self.zoom = 0.0
        self.turned = 0
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setObjectName("plain")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bind(self.area.setAccessibleName, N_("The scanned page"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.area)
        self.setMinimumWidth(240)

    def show_picture(self, content: bytes) -> None:
        """Show a JPEG; empty: nothing."""
        self._picture = QImage.fromData(content) if content else QImage()
        self.zoom, self.turned = 0.0, 0
        self._draw()

    def say(self, text: str) -> None:
        """Words in the place of a picture."""
        self._picture = QImage()
        self._draw()
        self.sheet.setText(text)
        self.sheet.setWordWrap(True)

    def is_empty(self) -> bool:
        """Whether no picture is shown."""
        return self._picture.isNull()

    def nearer(self) -> None:
        """A step closer."""
        self.zoom = min((self.zoom or self._fitting()) * _STEP, _NEAREST)
        self._draw()

    def farther(self) -> None:
        """A step back, at most until it fits."""
        smaller = (self.zoom or self._fitting()) / _STEP
        self.zoom = smaller if smaller > self._fitting() else 0.0
        self._draw()

    def fit(self) -> None:
        """As wide as there is room."""
        self.zoom = 0.0
        self._draw()

    def turn(self) -> None:
        """A quarter to the right."""
        self.turned = (self.turned + 90) % 360
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        if not self.zoom and not self.is_empty():
            self._draw()

    def _fitting(self) -> float:
        side = self._picture.height() if self.turned % 180 else self._picture.width()
        return (self.width() - 24) / side if side else 1.0

    def _draw(self) -> None:
        self.sheet.clear()
        if self.is_empty():
            return
        factor = self.zoom or self._fitting()
        shown = self._picture.transformed(QTransform().rotate(self.turned)) if self.turned else self._picture
        wide = max(round(shown.width() * factor), 1)
        self.sheet.setPixmap(QPixmap.fromImage(
            shown.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)))


def holder(*widgets: QWidget) -> QWidget:
    """Widgets one below the other."""
    box = QWidget()
    box.setObjectName("plain")
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    return box
