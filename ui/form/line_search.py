"""A cell of a typed list that offers what it may mean: choosing fills the other cells of its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

_FOUND = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Found:
    """One thing offered. ``names``: what typed in full means it; ``cells``: what it fills in, by key, of which ``key``
    is the cell one types into."""

    key: str
    text: str
    names: tuple[str, ...]
    cells: Mapping[str, object]
    detail: str = ""


LineLookup = Callable[["Depot", str], Sequence[Found]]


class LineSearch(QObject):
    """Asks while one types into ``edit``; ``fill`` puts a choice into the line, ``wanted`` says whether to ask."""

    def __init__(
        self, edit: QLineEdit, desk: Desk, lookup: LineLookup, fill: Callable[[Found | None], None],
        wanted: Callable[[], bool],
    ) -> None:
        super().__init__(edit)
        self._edit, self._desk, self._lookup, self._fill, self._wanted = edit, desk, lookup, fill, wanted
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]  # the stubs forget overloads
        edit.setCompleter(self._completer)
        self._pause = QTimer(self, interval=120, singleShot=True)
        self._pause.timeout.connect(lambda: self._ask(self._offer))
        edit.textEdited.connect(self._typed)
        edit.editingFinished.connect(self._left)
        self._open = False      # typed, and not yet known to be anything

    def _typed(self, _text: str) -> None:
        self._open = True
        self._fill(None)
        if self._wanted():
            self._pause.start()

    def _text(self) -> str:
        return normalize("NFKC", self._edit.text()).strip()

    def _ask(self, then: Callable[[Sequence[Found]], None]) -> None:
        text, lookup = self._text(), self._lookup
        if text and self._wanted():
            self._desk.run(self, lambda depot: lookup(depot, text), then, quiet=True, replace="line-search")

    def _offer(self, found: Sequence[Found]) -> None:
        self._model.clear()
        for one in found:
            item = QStandardItem(f"{one.text}    {one.detail}" if one.detail else one.text)
            item.setData(one, _FOUND)
            item.setEditable(False)
            self._model.appendRow(item)
        if found and self._edit.hasFocus():
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    def _picked(self, index: QModelIndex) -> None:
        one = index.data(_FOUND)
        # The completer writes the row's text into the line after this; ours comes last.
        QTimer.singleShot(0, self, lambda: self._choose(one))

    def _choose(self, one: Found) -> None:
        self._open = False
        self._pause.stop()
        self._fill(one)

    def _left(self) -> None:
        """On leaving: a text that names exactly one thing means it. A form that closes is not asked any more."""
        if not self._edit.isVisible():
            return
        if not self._open:
            return
        popup = self._completer.popup()
        if popup is not None and popup.isVisible():
            chosen = popup.currentIndex()
            if chosen.isValid() and self._edit.hasFocus():
                return                      # Enter: the completer puts the chosen one in next
            popup.hide()                    # Tab goes on although the list is still open
            if chosen.isValid():
                self._choose(chosen.data(_FOUND))
                return
        self._open = False
        self._pause.stop()
        self._ask(self._settle)

    def _settle(self, found: Sequence[Found]) -> None:
        typed = self._text().casefold()
        same = [one for one in found if typed in {name.casefold() for name in one.names}]
        if len(same) == 1:
            self._fill(same[0])
