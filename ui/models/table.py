"""The list of the program: a table with its empty, loading and failed states designed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.i18n import N_, _
from app.messages import sentence
from ui.keys import act
from ui.models.column import Column
from ui.models.delegate import ROW_HEIGHT, CellDelegate
from ui.models.header import Header
from ui.models.rows import Fetch, Rows
from ui.theme import look
from ui.tones import Tone
from ui.widgets.labels import muted, restyle
from ui.widgets.notice import EmptyState, Notice
from ui.words import bind

if TYPE_CHECKING:
    from ui.background import Desk

R = TypeVar("R")


class Table(QFrame, Generic[R]):
    """Rows of ``R`` under ``columns``."""

    activated = Signal(object)          # the row: Enter or double click
    selected = Signal(object)           # the row now current, or None
    checks_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[R]], *, name: str, key: Callable[[R], object] = id, many: bool = False,
        title: str = "",
    ) -> None:
        """``name`` is what the layout is remembered under; ``key`` tells rows apart over a reload; ``many``: several
        can be selected; ``title`` (N_) is the accessible name and the name of the spreadsheet."""
        super().__init__()
        self.setObjectName("framed")
        self.name = name
        self.title = title
        self.model: Rows[R] = Rows(columns, key, self)
        self.view = QTableView()
        self._notice = Notice()
        self._kept: object = None           # the key of the row to stand on when the rows have come
        self._held: object = None
        self._empty: QWidget = EmptyState("ph.tray", N_("Nothing here"))
        self._loading = self._make_loading()
        self._pages = QStackedWidget()    # not a bare layout: that would show its first widget as a window
        for page in (self.view, self._empty, self._loading):
            self._pages.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._notice)
        self._column.addWidget(self._pages, 1)
        self._set_up_view(many=many)
        self.setFocusProxy(self.view)
        self.header: Header[R] = Header(self.view, self.model, name)
        self.view.setSortingEnabled(True)
        if title:
            bind(self.view.setAccessibleName, title)
        act("table.copy", self.copy, self.view)
        act("table.export", self._export, self.view)
        self.model.arrived.connect(self._rows_arrived)
        self.model.missed.connect(lambda error: self.failed(sentence(error), self.model.look_again))
        self.model.dataChanged.connect(lambda *_: self.checks_changed.emit())
        look.changed.connect(self.view.viewport().update)

    # -- content -----------------------------------------------------------------------------------------------

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show ``rows``; what was selected stays selected if it is still there."""
        current = self._current_key()
        self.model.set_rows(rows)
        self._after_rows(current)

    def load(self, desk: Desk, fetch: Fetch[R]) -> None:
        """Show a long list page by page; call again (or ``look_again``) when its filter or the record changed."""
        if not self.model.rowCount():
            self.loading()
        self._kept = self._current_key()
        self.model.load(desk, fetch)

    def look_again(self) -> None:
        """Fetch a long list anew, keeping place and selection."""
        self._kept = self._current_key()
        self.model.look_again()

    def rows(self) -> list[R]:
        """What is shown, in the order shown."""
        return self.model.rows()

    def current(self) -> R | None:
        """The row the cursor is on."""
        index = self.view.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def selected_rows(self) -> list[R]:
        """The rows marked."""
        return [self.model.row(index.row()) for index in self.view.selectionModel().selectedRows()]

    def select_key(self, key: object) -> bool:
        """Go to the row of ``key``; ``False`` if it is not here."""
        at = self.model.place(key)
        if at < 0:
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self.model.index(at, self.header.first_shown()), flags.ClearAndSelect | flags.Rows
        )
        self.view.scrollTo(self.model.index(at, self.header.first_shown()))
        return True

    def hold(self, key: object) -> None:
        """The row of ``key`` is what the page shows beside the list, be it among the rows or not: when it comes into
        the list the cursor goes there, and until then nowhere by itself. Whoever scanned a unit that is not in the
        list must not find another one under their hands."""
        self._held = key

    @property
    def checkable(self) -> bool:
        """Whether rows have a tick box (Space ticks)."""
        return self.model.checkable

    @checkable.setter
    def checkable(self, checkable: bool) -> None:
        self.model.checkable = checkable

    def check_key(self, key: object) -> None:
        """Tick the row ``key`` as well."""
        self.model.check({*(self.model.key(row) for row in self.model.checked()), key})

    def checked_rows(self) -> list[R]:
        """The rows ticked."""
        return self.model.checked()

    # -- states ------------------------------------------------------------------------------------------------

    def set_empty(
        self, icon: str, title: str, text: str = "", action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """What to show when there are no rows (texts marked by N_)."""
        old, self._empty = self._empty, EmptyState(icon, title, text, action)
        shown = self._pages.currentWidget() is old
        self._pages.removeWidget(old)
        old.deleteLater()
        self._pages.addWidget(self._empty)
        if shown:
            self._pages.setCurrentWidget(self._empty)
            self.setFocusProxy(self._empty)

    def loading(self) -> None:
        """Show that rows are on their way (only if it takes long enough to be seen)."""
        self._notice.hide()
        QTimer.singleShot(150, self, self._still_loading)
        self._waiting = True

    def failed(self, said: str, retry: Callable[[], object] | None = None) -> None:
        """Show above the rows why they could not be fetched."""
        self._waiting = False
        self._notice.say(said, Tone.BAD, (_("Try again"), retry) if retry else None)
        if self._pages.currentWidget() is self._loading:
            self._pages.setCurrentWidget(self.view)

    def trouble(self) -> str:
        """Why the rows could not be fetched; empty when they could."""
        return self._notice.text()

    def retry(self) -> None:
        """Try again to fetch a long list."""
        self.model.look_again()

    _waiting = False

    def _still_loading(self) -> None:
        if self._waiting:
            self._pages.setCurrentWidget(self._loading)

    def _show_state(self) -> None:
        self._waiting = False
        self._notice.hide()
        held = self._pages.isAncestorOf(QApplication.focusWidget() or self)
        seen = self.view if self.model.rowCount() else self._empty
        self._pages.setCurrentWidget(seen)
        # What is not seen cannot hold the focus: a list with nothing in it would let go of the keys of its page.
        self.setFocusProxy(seen)
        if held:
            seen.setFocus()

    def _make_loading(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        words = muted(N_("Loading…"))
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        return page

    def _rows_arrived(self) -> None:
        key, self._kept = self._kept, None
        self._after_rows(key)

    def _after_rows(self, key: object) -> None:
        self._show_state()
        if self._held is not None and self.select_key(self._held):
            return
        if key is None:
            self._begin_at_first()
        elif not self.select_key(key):
            self.selected.emit(None)

    # -- the view ----------------------------------------------------------------------------------------------

    def _set_up_view(self, *, many: bool) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(CellDelegate(view))
        mode = QAbstractItemView.SelectionMode
        view.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.installEventFilter(self)
        view.doubleClicked.connect(self._activate)
        view.selectionModel().currentRowChanged.connect(lambda now, _was: self._current_changed(now))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; remembered. The last one stays."""
        self.header.show_column(key, shown=shown)

    def shown_columns(self) -> list[Column[R]]:
        """The columns that are not hidden, in the order shown."""
        return self.header.shown_columns()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([*self.actions(), *self.view.actions()])
        menu.popup(self.view.viewport().mapToGlobal(at))

    # -- doing -------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the marked rows into the clipboard, a line each, cells parted by tabs, under the headers."""
        rows = self.selected_rows()
        columns = self.shown_columns()
        lines = ["\t".join(_(column.header) for column in columns)]
        lines += ["\t".join(_flat(column.text(row)) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _export(self) -> None:
        holder: QObject | None = self
        while holder is not None and not hasattr(holder, "frame"):
            holder = holder.parent()
        if holder is not None:
            holder.frame.export(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if watched is self.view:
            if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
                self._ring(on=event.type() == QEvent.Type.FocusIn)
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current() is not None:
            self.activated.emit(self.current())
            return True
        if event.key() == Qt.Key.Key_Space and self.checkable:
            index = self.view.currentIndex().siblingAtColumn(0)
            ticked = index.data(Qt.ItemDataRole.CheckStateRole)
            off, on = Qt.CheckState.Unchecked, Qt.CheckState.Checked
            self.model.setData(index, off if ticked == on else on, Qt.ItemDataRole.CheckStateRole)
            return True
        return False

    def _ring(self, *, on: bool) -> None:
        self.setProperty("ring", on)
        self._column.setContentsMargins(*((0,) * 4 if on else (1,) * 4))
        restyle(self)
        self._begin_at_first()

    def _begin_at_first(self) -> None:
        """Whoever comes by keyboard stands on a row."""
        free = self._held is None and not self.view.currentIndex().isValid()
        if free and self.view.hasFocus() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, self.header.first_shown()))

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(self.model.row(index.row()))

    def _current_changed(self, now: QModelIndex) -> None:
        self.selected.emit(self.model.row(now.row()) if now.isValid() else None)

    def _current_key(self) -> object:
        row = self.current()
        return None if row is None else self.model.key(row)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.model.retranslate()
        super().changeEvent(event)


def _flat(text: str) -> str:
    return " ".join(text.split())
