"""The one box that always listens: a code, a number, a name, the last digits of a serial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.i18n import N_, _
from ui import icons
from ui.background import Desk
from ui.scanner import fold
from ui.widgets.labels import caption, restyle
from ui.words import bind

PAUSE_MS = 90
FLASH_MS = 700
MOST = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit the text may mean."""

    unit_id: str
    title: str
    detail: str


class _Popup(QFrame):
    """What was found, below the box. Never takes the focus from it."""

    chosen = Signal(str)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window(), Qt.WindowType.ToolTip)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 6)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        bind(self.list.setAccessibleName, N_("Found units"))
        self.foot = caption()
        self.foot.setContentsMargins(8, 0, 8, 0)
        column.addWidget(self.list)
        column.addWidget(self.foot)

    def show_found(self, found: Sequence[Suggestion], below: QWidget) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.title}    {one.detail}")
            item.setData(Qt.ItemDataRole.UserRole, one.unit_id)
            item.setSizeHint(QSize(0, 30))
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(30 * len(found) + 4)
        self.foot.setText(
            _("Down and Enter to choose") if found else _("Nothing found. Press Enter to take it as a serial.")
        )
        self.setFixedWidth(below.width())
        self.adjustSize()
        self.move(below.mapToGlobal(QPoint(0, below.height() + 4)))
        self.show()

    def step(self, by: int) -> None:
        if self.list.count():
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))

    def current(self) -> str:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else ""


class ScanBox(QLineEdit):
    """Emits what was entered, or the unit that was chosen from what was found."""

    entered = Signal(str)
    unit_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("scan")
        self._desk = desk
        self._popup: _Popup | None = None
        self.setClearButtonEnabled(False)
        self.setMinimumWidth(260)
        self.setMaximumWidth(560)
        bind(self.setPlaceholderText, N_("Scan, or type a serial, number, customer or pinyin initials"))
        bind(self.setAccessibleName, N_("Scan or search"))
        self._mark = QAction(self)
        bind(self._mark.setText, N_("Scan or search"))
        self.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        icons.put(self._mark.setIcon, "ph.barcode")
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self._flash = QTimer(self, interval=FLASH_MS, singleShot=True)
        self._flash.timeout.connect(lambda: self._show_flash(""))
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self._enter)

    def listen(self) -> None:
        """Take the focus, ready for the next code."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def flash(self, *, good: bool) -> None:
        """Show for a moment how the scan was taken."""
        self._show_flash("ok" if good else "bad")
        self._flash.start()

    def _show_flash(self, how: str) -> None:
        self.setProperty("flash", how)
        restyle(self)

    # -- searching ---------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if fold(text):
            self._pause.start()
        else:
            self.close_popup()

    def _ask(self) -> None:
        text = fold(self.text())
        if text and self.hasFocus():
            self._desk.run(
                self, lambda depot: _search(depot, text), lambda found: self._found(text, found), self._not_found,
                quiet=True, replace="search",
            )

    def _found(self, text: str, found: tuple[Suggestion, ...]) -> None:
        if text == fold(self.text()) and self.hasFocus():
            if self._popup is None:
                self._popup = _Popup(self)
                self._popup.chosen.connect(self._choose)
            self._popup.show_found(found, self)

    def _not_found(self, error: Exception) -> bool:
        self.close_popup()
        return not isinstance(error, Exception)

    def found(self) -> int:
        """How many suggestions are shown."""
        return self._popup.list.count() if self._popup and self._popup.isVisible() else 0

    def close_popup(self) -> None:
        """Put the suggestions away."""
        self._pause.stop()
        if self._popup:
            self._popup.hide()

    def _choose(self, unit_id: str) -> None:
        self.close_popup()
        self.clear()
        self.unit_chosen.emit(unit_id)

    def _enter(self) -> None:
        chosen = self._popup.current() if self._popup and self._popup.isVisible() else ""
        text = self.text()
        self.close_popup()
        if chosen:
            self._choose(chosen)
        elif fold(text):
            self.clear()
            self.entered.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._popup and self._popup.isVisible():
            self._popup.step(step)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_popup()      # the text stays: Esc never loses typing
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.close_popup()
        return super().event(event)


def _search(depot, text: str) -> tuple[Suggestion, ...]:  # type: ignore[no-untyped-def]
    from app.services import search

    found = search.search(depot, text, MOST)
    return tuple(
        Suggestion(hit.unit_id, hit.serial, "  ".join(part for part in (hit.model, hit.customer) if part))
        for hit in found.hits
    )
