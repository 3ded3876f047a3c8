"""The window as it is first painted: its ground and its bars, before anything else of the program is loaded.

What the eye sees within a blink is the frame; the pages, the icons, the database come while the person is looking.
Nothing is imported here beyond Qt's widgets and the colours.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.tokens import Tokens

NAVIGATION_WIDTH, TOP_HEIGHT, FOOT_HEIGHT = 208, 55, 24


class Shell(QMainWindow):
    """Paints the ground of the window; later holds the window's content."""

    painted = Signal()          # the first paint is over
    closing = Signal()

    def __init__(self, colours: Tokens, settings: QSettings) -> None:
        super().__init__()
        self._colours = colours
        self._settings = settings
        self._painted = False
        self.setWindowTitle("Fanxiu")
        self.resize(1360, 860)
        kept = settings.value("window/geometry", "")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(str(kept).encode()))

    def furnish(self, content: QWidget) -> None:
        """Put the content in; the ground is no longer painted."""
        self.setCentralWidget(content)
        content.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(content.windowTitle())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        if self.centralWidget() is not None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        width, height = self.width(), self.height()
        surface, border = QColor(self._colours.surface), QColor(self._colours.border)
        painter.fillRect(0, 0, width, height, QColor(self._colours.bg))
        painter.fillRect(0, 0, NAVIGATION_WIDTH, height, surface)
        painter.fillRect(NAVIGATION_WIDTH, 0, width, TOP_HEIGHT, surface)
        painter.fillRect(NAVIGATION_WIDTH, TOP_HEIGHT, width, 1, border)
        painter.fillRect(0, height - FOOT_HEIGHT, width, FOOT_HEIGHT, surface)
        painter.fillRect(0, height - FOOT_HEIGHT, width, 1, border)
        painter.fillRect(NAVIGATION_WIDTH, 0, 1, height - FOOT_HEIGHT, border)
        painter.end()
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        kept = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.setValue("window/geometry", kept)
        self.closing.emit()
        super().closeEvent(event)
