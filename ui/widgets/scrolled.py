"""A column that is scrolled where the window is too low for it, instead of making the window higher."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` as wide as there is room, scrolled up and down; it looks as if there were no frame around it."""
    area = QScrollArea()
    area.setObjectName("plain")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(widget)
    widget.setAutoFillBackground(False)
    return area
