"""The header of a list: sorts, hides and shows columns, and remembers which."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.i18n import _
from ui import memory
from ui.models.column import Column
from ui.models.rows import Rows

R = TypeVar("R")
WIDEST = 320
ARROW = 16
EVERYTHING = "-"        # what is remembered before anybody hid a column


class Header(QHeaderView, Generic[R]):
    """The horizontal header of ``view`` over ``model``; ``name`` is what its layout is remembered under."""

    def __init__(self, view: QTableView, model: Rows[R], name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._rows, self._name = view, model, name
        self._fitted = False
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
            if column.grow:
                self.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
            self.setSectionHidden(at, column.hidden)
        self._recall()
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

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._rows.columns):
            entry = menu.addAction(_(column.header))
            entry.setCheckable(True)
            entry.setChecked(not self.isSectionHidden(place))
            entry.toggled.connect(lambda shown, key=column.key: self.show_column(key, shown=shown))
        menu.popup(self.mapToGlobal(at))
