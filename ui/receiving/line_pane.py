"""The right side of the counter: what the record says of the selected line, and its intake, which may scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.receiving.history import History
from ui.receiving.line_form import LineForm
from ui.widgets import Card


class LinePane(Card):
    """``history`` above, ``form`` below it."""

    def __init__(self, history: History, form: LineForm) -> None:
        super().__init__()
        self.body.addWidget(history)
        inner = QWidget()
        inner.setObjectName("plain")
        padded = QVBoxLayout(inner)
        padded.setContentsMargins(2, 2, 12, 2)
        padded.addWidget(form)
        padded.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setObjectName("plain")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
