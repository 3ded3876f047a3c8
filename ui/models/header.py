"""The header of a list: sorts, hides and shows columns, and remembers which."""

from __future__ import annotations

from math import ceil
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.i18n import _
from ui import memory
from ui.models.column import Column
from ui.models.rows import Rows
from ui.widgets.chip import chip_width

R = TypeVar("R")
WIDEST = 320
ARROW = 16
TICK = 24               # what a tick box takes
CELL_ROOM, CHIP_ROOM = 28, 22       # what stands left and right of the words of a cell
LEAST_GROWN, LEAST = 128, 84    # no column is pressed narrower than this to make room for the one that grows
SAMPLE = 60             # rows looked at to see how wide a state, an age or a number is in this language
EVERYTHING = "-"        # what is remembered before anybody hid a column


class Header(QHeaderView, Generic[R]):
    """The horizontal header of ``view`` over ``model``; ``name`` is what its layout is remembered under."""

    def __init__(self, view: QTableView, model: Rows[R], name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._rows, self._name = view, model, name
        self._fitted = False
        self._spared: set[int] = set()      # columns left out of the list shown now
        self._drawn: set[int] = set()       # columns a person gave a width
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
        self._spared.discard(at)
        hidden = [c.key for at, c in enumerate(self._rows.columns)
                  if self.isSectionHidden(at) and at not in self._spared]
        memory.remember(f"tables/{self._name}/hidden", ",".join(hidden))
        self._spread()

    def spare_column(self, key: str, *, spared: bool) -> None:
        """Leave out a column that can hold nothing in the list shown now; not remembered, nor shown if hidden."""
        at = next(at for at, column in enumerate(self._rows.columns) if column.key == key)
        if spared and not self.isSectionHidden(at):
            self._spared.add(at)
        elif not spared and at in self._spared:
            self._spared.discard(at)
        else:
            return
        self.setSectionHidden(at, spared)
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
        """Give columns without a width the width of what they first show; the others never less than their short
        words need in this language."""
        if not self._rows.rowCount():
            return
        first, self._fitted = not self._fitted, True
        for at, column in enumerate(self._rows.columns):
            if not column.width and not column.grow and first and not self.isSectionHidden(at):
                wanted = max(self._view.sizeHintForColumn(at), self.sectionSizeHint(at) + ARROW)
                self.resizeSection(at, min(WIDEST, wanted + 12))
            elif column.width and at not in self._drawn:
                self._wanted[at] = max(column.width, min(WIDEST, self._needed(at)))
        self._spread(always=True)

    def _needed(self, at: int) -> int:
        """What the header, and where they are short words the cells of a column, need."""
        column = self._rows.columns[at]
        needed = self.sectionSizeHint(at)
        if not self._short(at):
            return needed
        metrics = self._view.fontMetrics()
        tick = TICK if self._rows.checkable and at == self.first_shown() else 0
        texts = {column.text(self._rows.row(row)) for row in range(min(SAMPLE, self._rows.rowCount()))}
        for text in texts:
            cell = round(chip_width(text)) + CHIP_ROOM if column.chip else metrics.horizontalAdvance(text) + CELL_ROOM
            needed = max(needed, cell + tick)
        return needed

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._spread()

    def _resized(self, at: int, _before: int, now: int) -> None:
        """A person drew a column wider or narrower."""
        if not self._spreading and now:
            self._wanted[at] = now
            self._drawn.add(at)
            self._spread()

    def _spread(self, *, always: bool = False) -> None:
        """What is left goes to the columns that grow; where it is too little the others give some of theirs, those
        with long texts first. ``always``: also where no column grows."""
        shown = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        growing = [at for at in shown if self._rows.columns[at].grow]
        room = self._view.viewport().width()
        if self._spreading or room <= 0 or not (growing or always):
            return
        widths = {at: self._wanted[at] for at in shown}
        for at in growing:
            widths[at] = self._wanted[at] if self._rows.columns[at].width else LEAST_GROWN
        spare = room - sum(widths.values())
        if spare >= 0:
            for place, at in enumerate(growing):
                widths[at] += spare // len(growing) + (spare % len(growing) if place == 0 else 0)
        elif growing:
            self._press(widths, -spare, growing)
        self._spreading = True
        for at, width in widths.items():
            self.resizeSection(at, width)
        self._spreading = False

    def _press(self, widths: dict[int, int], lack: int, growing: list[int]) -> None:
        """Take ``lack`` pixels from ``widths``: long texts give, then the columns that grow. States, ages and numbers
        stay whole; where there is still too little room the list is scrolled sideways."""
        for grows, least in ((False, LEAST), (True, LEAST_GROWN)):
            could = {at: max(0, width - least) for at, width in widths.items()
                     if (at in growing) is grows and not self._short(at)}
            share = min(1.0, lack / (sum(could.values()) or 1))
            for at, most in could.items():
                given = min(most, ceil(most * share))
                widths[at] -= given
                lack -= given
            if lack <= 0:
                return

    def _short(self, at: int) -> bool:
        column = self._rows.columns[at]
        return column.tone is not None or column.tabular

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self._rows.columns):
            entry = menu.addAction(_(column.header))
            entry.setCheckable(True)
            entry.setChecked(not self.isSectionHidden(place))
            entry.toggled.connect(lambda shown, key=column.key: self.show_column(key, shown=shown))
        menu.popup(self.mapToGlobal(at))
