"""What the two lists of the page share: a list at the left, a card at the right, questions in dialogues."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.depot import Depot
from ui.dialogs.dialog import FormDialog
from ui.disposition.pane import Pane
from ui.form import Form
from ui.masterdata.words import taken_back
from ui.models import Table
from ui.widgets import Card, DefinitionList, caption, heading, muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.care.page import CarePage

T = TypeVar("T")


class CarePane(Pane):
    """One view of the page."""

    page: CarePage
    table: Table[Any]

    def lay(self, sections: Sequence[str]) -> None:
        """The table with its tools above and the card at the right; ``sections``: captions of the card's texts."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.tools = Flow()
        self.tools.setSpacing(8)
        column.addLayout(self.tools)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._card(sections))
        split.setStretchFactor(0, 1)
        column.addWidget(split, 1)

    def _card(self, sections: Sequence[str]) -> QWidget:
        around = QWidget()
        around.setObjectName("plain")
        around.setMinimumWidth(360)
        around.setMaximumWidth(440)
        card = Card()
        self.title, self.next_words, self.facts = heading(), muted(wrap=True), DefinitionList()
        inner = QWidget()
        inner.setObjectName("plain")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(self.facts)
        self.texts = []
        for title in sections:
            head, text = caption(title), muted(wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(head)
            inside.addWidget(text)
            self.texts.append((head, text))
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.buttons = QGridLayout()
        self.buttons.setSpacing(6)
        card.body.addWidget(self.title)
        card.body.addWidget(self.next_words)
        card.body.addWidget(area, 1)
        card.body.addLayout(self.buttons)
        outer = QVBoxLayout(around)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        return around

    def offer(self, *buttons: QPushButton) -> None:
        """Put ``buttons`` below the card, two in a row, the last one across."""
        for n, button in enumerate(buttons[:-1]):
            self.buttons.addWidget(button, n // 2, n % 2)
        self.buttons.addWidget(buttons[-1], (len(buttons) + 1) // 2, 0, 1, 2)

    def say(self, *texts: str) -> None:
        """Fill the texts of the card; an empty one hides with its caption."""
        for (head, shown), text in zip(self.texts, texts, strict=True):
            shown.setText(text)
            head.setVisible(bool(text))
            shown.setVisible(bool(text))

    def ask(
        self, title: str, form: Form, step: Callable[[Depot], T], accept: str, done: Callable[[T], str], *,
        entry: Callable[[T], str], subject: str = "", text: str = "", width: int = 560,
        after: Callable[[T], object] | None = None,
    ) -> None:
        """Ask with ``form``, do ``step``, say ``done(result)`` with a way back."""
        dialog = FormDialog(
            self.page, title, form, accept=accept, text=text, draft=f"care.{title}", subject=subject, width=width)

        def finished(result: T) -> None:
            dialog.done_well()
            self.frame.toast(done(result), undo=taken_back(entry(result)))
            if after is not None:
                after(result)

        dialog.submitted.connect(lambda: dialog.run(step, finished))
        dialog.open()

    def take_focus(self) -> None:
        """Keys go to the list."""
        self.table.setFocus()
