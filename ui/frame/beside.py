"""The page with the unit's detail: side by side where both have room, else the detail lies over the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Beside(QWidget):
    """``page`` and at its right ``panel`` while that is shown. In a window too narrow for both the panel covers the
    right end of the page until it is closed: it never makes the window wider than the screen."""

    def __init__(self, page: QWidget, panel: QWidget) -> None:
        super().__init__()
        self._page, self._panel = page, panel
        for part in (page, panel):
            part.setParent(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return self._page.minimumSizeHint().expandedTo(QSize(0, self._panel.minimumSizeHint().height()))

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return self._page.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide, high = self.width(), self.height()
        taken = self._panel.width() if not self._panel.isHidden() else 0
        over = wide - taken < self._page.minimumSizeHint().width()
        self._page.setGeometry(0, 0, wide if over else wide - taken, high)
        self._panel.setGeometry(wide - self._panel.width(), 0, self._panel.width(), high)
        if over and taken:
            self._panel.raise_()
