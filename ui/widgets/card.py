"""A card: a quiet box that holds what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.flow import Flow
from ui.widgets.labels import heading
from ui.words import bind


class Card(QFrame):
    """A box with an optional heading; put things into ``body``, controls at the right of the heading with ``add``."""

    def __init__(self, title: str = "", *, sunken: bool = False) -> None:
        super().__init__()
        self.setObjectName("well" if sunken else "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        self._head = Flow()
        self._head.setSpacing(8)
        if title:
            self._head.addWidget(heading(title))
            bind(self.setAccessibleName, title)
            self._head.addStretch(1)
            column.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` at the right of the heading."""
        self._head.addWidget(widget)


def line() -> QFrame:
    """A thin line between groups."""
    made = QFrame()
    made.setObjectName("line")
    return made
