"""What stands above a list to narrow it: a line that waits for a pause, and things that are on or off."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from ui.words import bind


class FilterLine(QLineEdit):
    """A line whose text narrows a list as one types. Esc empties it; Down goes into the list."""

    asked = Signal(str)
    went_down = Signal()

    def __init__(self, placeholder: str) -> None:
        """``placeholder`` is marked by N_."""
        super().__init__()
        self.setClearButtonEnabled(True)
        bind(self.setPlaceholderText, placeholder)
        bind(self.setAccessibleName, placeholder)
        self.setMinimumWidth(260)
        self._pause = QTimer(self, interval=120, singleShot=True)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._pause.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class Toggle(QToolButton):
    """A filter that is on or off."""

    def __init__(self, text: str) -> None:
        """``text`` is marked by N_."""
        super().__init__()
        self.setCheckable(True)
        self.setObjectName("toggle")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bind(self.setText, text)
        bind(self.setAccessibleName, text)
