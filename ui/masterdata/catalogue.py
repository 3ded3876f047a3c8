"""A list of master data: filters above, the list, and the current line in full at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from app.changes import Changes
from ui.background import Desk
from ui.models import Column, Table
from ui.page import Frame, Page
from ui.pages import PageSpec
from ui.widgets.filters import FilterLine, Toggle
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot

L = TypeVar("L")


class Catalogue(Page, Generic[L]):
    """The frame of the three pages. A subclass says what a line is and how the lines are fetched."""

    watches = Changes.MASTERDATA
    columns: Sequence[Column[L]] = ()
    placeholder = ""             # of the filter line, marked by N_
    empty = ("ph.tray", "", "")  # icon, title, text; marked by N_
    toggles: Sequence[tuple[str, str]] = ()  # (name, text marked by N_)

    def __init__(self, desk: Desk, frame: Frame, spec: PageSpec) -> None:
        self.switched: dict[str, Toggle] = {}
        self._wanted_key: object = None
        super().__init__(desk, frame, spec)
        self.setFocusProxy(self.table.view)

    # -- for the subclass ----------------------------------------------------------------------------------------

    def key(self, line: L) -> object:
        """What tells one line from another."""
        raise NotImplementedError

    def fetcher(self) -> Callable[[Depot, L | None, int, bool], Sequence[L]]:
        """``fetch(depot, after, limit, descending)`` under the filters as they stand now."""
        raise NotImplementedError

    def counter(self) -> Callable[[Depot], int]:
        """How many lines there are under the filters as they stand now."""
        raise NotImplementedError

    def counted(self, number: int) -> str:
        """The line beside the title."""
        raise NotImplementedError

    def build_tools(self) -> None:
        """Buttons into the header, more filters into ``self.filters``."""

    def build_card(self) -> QWidget:
        """What stands at the right."""
        raise NotImplementedError

    def show_line(self, line: L | None) -> None:
        """The current line has changed."""

    def edit(self, line: L) -> None:
        """Enter or double click on a line."""

    # -- the page ------------------------------------------------------------------------------------------------

    def build(self) -> None:
        self.line = FilterLine(self.placeholder)
        self.line.asked.connect(lambda _text: self.reload())
        self.filters = Flow()
        self.filters.setSpacing(8)
        self.filters.addWidget(self.line)
        for name, text in self.toggles:
            toggle = self.switched[name] = Toggle(text)
            toggle.toggled.connect(lambda _on: self.reload())
            self.filters.addWidget(toggle)
        self.table: Table[L] = Table(self.columns, name=self.spec.id, key=self.key, title=self.spec.title)
        self.table.set_empty(*self.empty)
        self.table.activated.connect(self.edit)
        self.table.selected.connect(self.show_line)
        self.table.model.arrived.connect(self._arrived)
        self.line.went_down.connect(self.table.view.setFocus)
        card = QScrollArea()
        card.setObjectName("plain")
        card.setWidgetResizable(True)
        card.setFrameShape(QScrollArea.Shape.NoFrame)
        card.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.setWidget(self.build_card())
        card.setMinimumWidth(320)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([3000, 2000])        # from the first, however much the card would like
        self.build_tools()
        self.filters.addStretch(1)
        self.body.addLayout(self.filters)
        self.body.addWidget(split, 1)

    def on(self, name: str) -> bool:
        """Whether the filter ``name`` is on."""
        return self.switched[name].isChecked()

    def reload(self) -> None:
        fetch = self.fetcher()
        self.table.load(
            self.desk, lambda depot, after, limit, order: fetch(depot, after, limit, order[1] if order[0] else False)
        )
        self.run(self.counter(), lambda number: self.header.subtitle(self.counted(number)), quiet=True, replace="count")

    def open_subject(self, subject: object) -> None:
        """Go to the line ``subject`` as soon as it is there."""
        self._wanted_key = subject
        self._arrived()

    def _arrived(self) -> None:
        if self._wanted_key is not None and self.table.select_key(self._wanted_key):
            self._wanted_key = None
        elif self.table.current() is None and self.table.rows():
            self.table.select_key(self.key(self.table.rows()[0]))
        else:
            self.show_line(self.table.current())
