"""A figure with its name: the tiles of Today and of the reports."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.tones import Tone
from ui.widgets.labels import caption, muted, set_tone, text_label
from ui.words import bind


class Tile(QFrame):
    """Name, figure, note. Pressed by mouse, Enter or Space when it leads somewhere."""

    pressed = Signal()

    def __init__(self, title: str, *, leads: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self._leads = leads
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(2)
        self._title = muted(title, wrap=True)
        self._figure = text_label("figure")
        self._unit = muted()
        self._note = caption(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._figure)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._note)
        column.addStretch(1)
        bind(self.setAccessibleName, title)
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setProperty("leads", "true")

    def show_title(self, title: str) -> None:
        """A name that comes with the data, already in the screen's language."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_figure(self, figure: str, note: str = "", tone: Tone | None = None, unit: str = "") -> None:
        """Show ``figure`` with its ``unit`` and a ``note``; ``tone`` colours figure and note."""
        self._figure.setText(figure)
        self._unit.setText(unit)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        set_tone(self._figure, tone if tone in {Tone.BAD, Tone.WARN} else None)
        set_tone(self._note, tone)
        self.setAccessibleDescription(f"{figure} {unit} {note}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        inside = self.rect().contains(event.position().toPoint())
        if self._leads and inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if self._leads and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
