"""The header of a list: sorts, hides and shows columns, and remembers which."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.i18n import _
from ui import memory
from ui.models.column import Column
from ui.models.rows import Rows

R = TypeVar("R")
WIDEST = 320
ARROW = 16
LEAST_GROWN, LEAST = 128, 84    # no column is pressed narrower than this to make room for the one that grows
EVERYTHING = "-"        # what is remembered before anybody hid a column


class Header(QHeaderView, Generic[R]):
    """The horizontal header of ``view`` over ``model``; ``name`` is what its layout is remembered under."""

    def __init__(self, view: QTableView, model: Rows[R], name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._rows, self._name = view, model, name
        self._fitted = False
        self._spreading = False
        self._wanted: dict[int, int] = {}
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        view.setHorizontalHeader(self)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(48)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(*self._sorted)
        self.sortIndicatorChanged.connect(self._sort_asked)
        for at, column in enumerate(model.columns):
            if column.width:
                self.resizeSection(at, column.width)
            self._wanted[at] = self.sectionSize(at)
            self.setSectionHidden(at, column.hidden)
        self._recall()
        self.sectionResized.connect(self._resized)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        model.modelReset.connect(self._fit)

    def first_shown(self) -> int:
        """The first column that is not hidden."""
        return next((at for at in range(self.count()) if not self.isSectionHidden(at)), 0)

    def shown_columns(self) -> list[Column[R]]:
        """The columns that are not hidden, in the order shown."""
        order = (self.logicalIndex(visual) for visual in range(self.count()))
        return [self._rows.columns[at] for at in order if not self.isSectionHidden(at)]

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; remembered. The last one stays."""
        at = next(at for at, column in enumerate(self._rows.columns) if column.key == key)
        if not shown and self.count() - self.hiddenSectionCount() <= 1:
            return
        self.setSectionHidden(at, not shown)
        hidden = [c.key for at, c in enumerate(self._rows.columns) if self.isSectionHidden(at)]
        memory.remember(f"tables/{self._name}/hidden", ",".join(hidden))
        self._spread()

    def _recall(self) -> None:
        hidden = memory.recall(f"tables/{self._name}/hidden", EVERYTHING)
        if hidden != EVERYTHING:
            for at, column in enumerate(self._rows.columns):
                self.setSectionHidden(at, column.key in hidden.split(","))

    def _sort_asked(self, at: int, order: Qt.SortOrder) -> None:
        """A column that the list cannot be sorted by shows no arrow."""
        if at >= 0 and not self._rows.can_sort(at):
            self.setSortIndicator(*self._sorted)
            return
        self._sorted = (at, order)

    def _fit(self) -> None:
        """Give columns without a width the width of what they first show."""
        if self._fitted or not self._rows.rowCount():
            return
        self._fitted = True
        for at, column in enumerate(self._rows.columns):
            if not column.width and not column.grow and not self.isSectionHidden(at):
                wanted = max(self._view.sizeHintForColumn(at), self.sectionSizeHint(at) + ARROW)
                self.resizeSection(at, min(WIDEST, wanted + 12))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._spread()

    def _resized(self, at: int, _before: int, now: int) -> None:
        """A person drew a column wider or narrower."""
        if not self._spreading and now:
            self._wanted[at] = now
            self._spread()

    def _spread(self) -> None:
        """What is left goes to the columns that grow; where it is too little the others give some of theirs."""
        shown = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        growing = [at for at in shown if self._rows.columns[at].grow]
        room = self._view.viewport().width()
        if not growing or self._spreading or room <= 0:
            return
        widths = {at: self._wanted[at] for at in shown}
        for at in growing:
            widths[at] = max(LEAST_GROWN, self._rows.columns[at].width)
        spare = room - sum(widths.values())
        if spare >= 0:
            for place, at in enumerate(growing):
                widths[at] += spare // len(growing) + (spare % len(growing) if place == 0 else 0)
        else:
            could = {at: max(0, widths[at] - LEAST) for at in shown if at not in growing}
            share = min(1.0, -spare / (sum(could.values()) or 1))
            for at, most in could.items():
                widths[at] -= int(most * share)
        self._spreading = True
        for at, width in widths.items():
            self.resizeSection(at, width)
        self._spreading = False

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._rows.columns):
            entry = menu.addAction(_(column.header))
            entry.setCheckable(True)
            entry.setChecked(not self.isSectionHidden(place))
            entry.toggled.connect(lambda shown, key=column.key: self.show_column(key, shown=shown))
        menu.popup(self.mapToGlobal(at))
