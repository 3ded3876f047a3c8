"""The header of a list: sorts, hides and shows columns, and remembers which."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QToolTip

from app.i18n import _, language
from ui import memory
from ui.models import widths
from ui.models.column import Column
from ui.models.rows import Rows
from ui.models.widths import Need
from ui.theme import BODY, font
from ui.widgets.chip import chip_width

R = TypeVar("R")
WIDEST = 560            # of what a cell says, this much counts
ARROW = 16
TICK = 24               # what a tick box takes
CELL_ROOM, CHIP_ROOM = 28, 22       # what stands left and right of the words of a cell
SAMPLE = 60             # rows looked at to see how wide a column is in this language
STEADY = 0.6            # a column that needs a little less than before stays as it is: nothing jumps as one types
EVERYTHING = "-"        # what is remembered before anybody hid a column


class Header(QHeaderView, Generic[R]):
    """The horizontal header of ``view`` over ``model``; ``name`` is what its layout is remembered under."""

    def __init__(self, view: QTableView, model: Rows[R], name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view, self._rows, self._name = view, model, name
        self._spared: set[int] = set()              # columns left out of the list shown now
        self._drawn: dict[int, int] = {}            # columns a person gave a width
        self._measured: dict[int, int] = {}         # what the cells need
        self._spoken = ""                           # the language they were measured in
        self._spreading = False
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        view.setHorizontalHeader(self)
        self.setHighlightSections(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(48)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(*self._sorted)
        self.sortIndicatorChanged.connect(self._sort_asked)
        for at, column in enumerate(model.columns):
            if column.width:
                self.resizeSection(at, column.width)
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
        """See how wide the rows are in this language, and share the room anew."""
        if not self._rows.rowCount():
            return
        if self._spoken != language():
            self._spoken = language()
            self._measured = {}
        for at in range(self.count()):
            if not self.isSectionHidden(at):
                found, before = self._cells(at), self._measured.get(at, 0)
                self._measured[at] = before if before * STEADY <= found <= before else found
        self._spread()

    def _cells(self, at: int) -> int:
        """What the cells of a column need; 0 = nothing stands in them."""
        column = self._rows.columns[at]
        rows = [self._rows.row(row) for row in range(min(SAMPLE, self._rows.rowCount()))]
        texts = {column.text(row) for row in rows} - {""}
        if not texts:
            return 0
        bold = bool(column.bold) or (column.tone is not None and not column.chip)
        metrics = QFontMetrics(font(BODY, bold=bold, tabular=column.tabular))
        tick = TICK if self._rows.checkable and at == self.first_shown() else 0
        widest = max(round(chip_width(text)) + CHIP_ROOM if column.chip else metrics.horizontalAdvance(text) + CELL_ROOM
                     for text in texts)
        return min(WIDEST, widest) + tick

    def _need(self, at: int) -> Need:
        column = self._rows.columns[at]
        sorts = ARROW if self.sortIndicatorSection() == at else 0
        if at not in self._measured and not self.isSectionHidden(at) and self._rows.rowCount():
            self._measured[at] = self._cells(at)        # it was hidden when the rows came
        return Need(
            head=self.sectionSizeHint(at) + sorts, cells=self._measured.get(at, 0), wish=column.width,
            grows=column.grow, drawn=self._drawn.get(at, 0),
            text=column.tone is None and not column.tabular and column.align == "left",
        )

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """A head that is cut says the whole as its tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.logicalIndexAt(event.pos())
            cut = at >= 0 and self.sectionSize(at) < self.sectionSizeHint(at)
            QToolTip.showText(event.globalPos(), _(self._rows.columns[at].header) if cut else "", self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        self._spread()

    def _resized(self, at: int, before: int, now: int) -> None:
        """A person drew a column wider or narrower (0 is one that was or will be hidden)."""
        if not self._spreading and before and now:
            self._drawn[at] = now
            self._spread()

    def _spread(self) -> None:
        """Give the columns their widths."""
        room = self._view.viewport().width()
        if self._spreading or room <= 0:
            return
        self._spreading = True
        needs = {at: self._need(at) for at in range(self.count()) if not self.isSectionHidden(at)}
        for at, width in widths.share(needs, room).items():
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
