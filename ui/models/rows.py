"""The one table model: rows are frozen objects, columns are data.

Short lists are given whole and sorted here. Long ones are fetched as they are looked at: a page after the last row
(keyset), sorted by whoever answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from app.errors import Refused, Unavailable
from app.i18n import _
from ui.models.column import Column
from ui.theme import BODY, font, ink
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Order = tuple[str, bool]
Fetch = Callable[["Depot", R | None, int, Order], Sequence[R]]

ROW = Role.UserRole            # the row itself
SORT = Role.UserRole + 1       # the value the cell sorts by
COLUMN = Role.UserRole + 2     # the Column
PAGE = 200
_OWN: dict[int, Callable[[Column[Any], Any], object]] = {
    ROW: lambda _column, row: row,
    SORT: lambda column, row: column.value(row),
    COLUMN: lambda column, _row: column,
}

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class Rows(QAbstractTableModel, Generic[R]):
    """A table of ``R``."""

    arrived = Signal()          # rows of a long list came in (perhaps none)
    missed = Signal(object)     # they could not be fetched: the Refused or Unavailable

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.checkable = False
        self._rows: list[R] = []
        self._checked: set[object] = set()
        self._order: tuple[int, bool] | None = None
        self._desk: Desk | None = None
        self._fetch: Fetch[R] | None = None
        self._asked = False     # a page is on its way
        self._more = False      # there may be rows after the last
        self._fonts: dict[tuple[bool, bool], QFont] = {}

    # -- content -----------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show ``rows``, all there are."""
        self._fetch = None
        self._more = False
        self._replace(list(rows))

    def load(self, desk: Desk, fetch: Fetch[R]) -> None:
        """Show what ``fetch(depot, after, limit, order)`` gives, page by page."""
        self._desk, self._fetch = desk, fetch
        self._ask(None)

    def look_again(self) -> None:
        """Fetch a long list anew, as many rows as are shown."""
        if self._fetch:
            self._ask(None, max(PAGE, len(self._rows)))

    def rows(self) -> list[R]:
        """What is shown, in the order shown."""
        return list(self._rows)

    def row(self, at: int) -> R:
        """The row at a place."""
        return self._rows[at]

    def place(self, key: object) -> int:
        """Where the row of ``key`` is; -1 = not here."""
        return next((at for at, row in enumerate(self._rows) if self.key(row) == key), -1)

    def is_long(self) -> bool:
        """Whether rows are fetched as they are looked at."""
        return self._fetch is not None

    def checked(self) -> list[R]:
        """The rows ticked, in the order shown."""
        return [row for row in self._rows if self.key(row) in self._checked]

    def check(self, keys: Iterable[object]) -> None:
        """Tick exactly ``keys``."""
        self._checked = set(keys)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0), [Role.CheckStateRole])

    def _replace(self, rows: list[R]) -> None:
        self.beginResetModel()
        self._rows = rows
        if self._fetch is None and self._order:
            self._sort_rows()
        known = {self.key(row) for row in rows} if self._checked else set()
        self._checked &= known
        self.endResetModel()

    # -- long lists --------------------------------------------------------------------------------------------

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: N802, B008  Qt's name and default
        return self._more and not self._asked and not parent.isValid()

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: N802, B008  Qt's name and default
        if self.canFetchMore(parent) and self._rows:
            self._ask(self._rows[-1])

    def _ask(self, after: R | None, limit: int = PAGE) -> None:
        desk, fetch = self._desk, self._fetch
        if desk is None or fetch is None:
            return
        self._asked = True
        order = self._long_order()
        desk.run(
            self, lambda depot: fetch(depot, after, limit, order),
            lambda rows: self._came(rows, limit, fresh=after is None),
            self._missed, quiet=True, replace="page",
        )

    def _came(self, rows: Sequence[R], limit: int, *, fresh: bool) -> None:
        self._asked = False
        self._more = len(rows) >= limit
        if fresh:
            self._replace(list(rows))
        elif rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self.arrived.emit()

    def _missed(self, error: Exception) -> bool:
        self._asked = False
        if isinstance(error, Refused | Unavailable):
            self.missed.emit(error)
            return True
        return False

    def _long_order(self) -> Order:
        if self._order and self.columns[self._order[0]].order:
            return self.columns[self._order[0]].order, self._order[1]
        return "", False

    # -- sorting -----------------------------------------------------------------------------------------------

    def can_sort(self, column: int) -> bool:
        """Whether the list can be sorted by ``column``."""
        return bool(self.columns[column].order) if self._fetch else True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        if wanted == self._order or (wanted and not self.can_sort(column)):
            return
        self._order = wanted
        if self._fetch:
            self._ask(None)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._rows[index.row()] for index in before]
        self._sort_rows()
        places = {id(row): at for at, row in enumerate(self._rows)}
        after = [self.index(places[id(row)], index.column()) for row, index in zip(rows, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sort_rows(self) -> None:
        if self._order:
            column, descending = self.columns[self._order[0]], self._order[1]
            self._rows.sort(key=lambda row: _comparable(column.value(row)), reverse=descending)

    # -- Qt's questions ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's name and default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  Qt's name and default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Role.DisplayRole:
            return column.text(row)
        if role == Role.TextAlignmentRole:
            return _ALIGN[column.align]
        if role == Role.FontRole:
            return self._font(column, row)
        return self._own_data(column, row, index.column(), role)

    def _own_data(self, column: Column[R], row: R, at: int, role: int) -> object:
        if role == Role.ForegroundRole:
            tone = column.tone(row) if column.tone and not column.chip else None
            return ink(tone) if tone else None
        if role == Role.ToolTipRole:
            return column.tip(row) if column.tip else column.text(row)
        if role in _OWN:
            return _OWN[role](column, row)
        if role == Role.CheckStateRole and self.checkable and at == 0:
            return Qt.CheckState.Checked if self.key(row) in self._checked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:  # noqa: N802  Qt's name
        if role != Role.CheckStateRole or not self.checkable:
            return False
        key = self.key(self._rows[index.row()])
        if value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value):
            self._checked.add(key)
        else:
            self._checked.discard(key)
        self.dataChanged.emit(index, index, [Role.CheckStateRole])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.checkable and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(  # noqa: N802  Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Role.DisplayRole:
            return _(self.columns[section].header)
        if role == Role.TextAlignmentRole:
            return _ALIGN[self.columns[section].align]
        return None

    def retranslate(self) -> None:
        """Headers and texts are read again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def _font(self, column: Column[R], row: R) -> QFont | None:
        bold = column.bold(row) if callable(column.bold) else column.bold
        if not bold and column.tone and not column.chip:
            bold = column.tone(row) is Tone.BAD         # never by colour alone
        if not bold and not column.tabular:
            return None
        made = self._fonts.get((bold, column.tabular))
        if made is None:
            made = self._fonts[bold, column.tabular] = font(BODY, bold=bold, tabular=column.tabular)
        return made


def _comparable(value: object) -> tuple[int, object]:
    """Nothing sorts last; numbers before texts; enumerations by their code; texts without regard to case."""
    if value is None or value == "":
        return 2, ""
    if isinstance(value, Enum):
        return 1, str(value.value)
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value
