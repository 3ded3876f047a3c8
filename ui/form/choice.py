"""A choice from a list that is searched as one types: a short one that is given, or a long one that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from unicodedata import normalize

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.errors import Problem
from app.i18n import N_, _
from app.labels import labels_of
from ui.form.field import Field
from ui.theme import look, tokens
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

_VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: what it is, how it reads, what tells it from its neighbours."""

    value: object
    text: str
    detail: str = ""


Search = Callable[["Depot", str], Sequence[Option]]


class _Line(QLineEdit):
    """A line that opens its list with Down."""

    opened = Signal()

    def list_open(self) -> bool:
        """Whether the list is shown."""
        completer = self.completer()
        popup = completer.popup() if completer else None
        return popup is not None and popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() == Qt.Key.Key_Down and not self.list_open():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class ChoiceField(Field):
    """A choice with search.

    ``options`` is an enumeration (its labels are shown) or a list of (value, text marked by N_); for long lists give
    ``search`` and ``desk`` instead. With ``new`` a text that is not in the list is allowed: ``value()`` is then None
    and ``text()`` what was typed.
    """

    def __init__(
        self, name: str, label: str, options: type[Enum] | Sequence[tuple[object, str]] | None = None, *,
        search: Search | None = None, desk: Desk | None = None, new: bool = False,
        required: bool = False, hint: str = "", tip: str = "", placeholder: str = "",
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._pairs: list[tuple[object, str]] = _pairs(options)
        self._search, self._desk, self._new = search, desk, new
        self._chosen: Option | None = None
        self._model = QStandardItemModel(self)
        self.edit = _Line()
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(12)
        completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]  # the stubs forget overloads
        self.edit.setCompleter(completer)
        self._completer = completer
        bind(self.edit.setPlaceholderText, placeholder or (N_("Type to search") if search else N_("Choose")))
        self._drop = QAction(self)
        bind(self._drop.setText, N_("Show the list"))
        self._drop.triggered.connect(self.drop_down)
        self.edit.addAction(self._drop, QLineEdit.ActionPosition.TrailingPosition)
        self._paint_icon()
        look.changed.connect(self._paint_icon)
        self._pause = QTimer(self, interval=120, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.place(self.edit)
        self._typed_over: Option | None = None
        self.edit.textEdited.connect(self._typed)
        self.edit.textChanged.connect(self._text_is_back)
        self.edit.opened.connect(self.drop_down)
        self.left.connect(self._settle)

    # -- the value ---------------------------------------------------------------------------------------------

    def value(self) -> object:
        """The value chosen; ``None`` when nothing (yet) is."""
        return self._chosen.value if self._chosen else None

    def text(self) -> str:
        """What stands in the line."""
        return normalize("NFKC", self.edit.text()).strip()

    def set_value(self, value: object) -> None:
        """Choose a value of the given list, an :class:`Option`, or nothing."""
        if value is None or isinstance(value, Option):
            self._choose(value)
            return
        self._choose(next((option for option in self._options() if option.value == value), None))

    def set_options(self, options: type[Enum] | Sequence[tuple[object, str]]) -> None:
        """Offer another list; the choice stays if it is in it."""
        self._pairs = _pairs(options)
        if self._chosen and all(self._chosen.value != value for value, _text in self._pairs):
            self._choose(None)

    def is_empty(self) -> bool:
        """Whether nothing is chosen or typed."""
        return self._chosen is None and not self.text()

    def keep(self) -> object:
        """The choice as text, or what is half typed."""
        value = self.value()
        return {"value": None if value is None else str(getattr(value, "value", value)), "text": self.edit.text()}

    def words(self) -> str:
        """What stands in the line."""
        return self.text()

    def same(self, kept: object, other: object) -> bool:
        """The same choice, however its text reads (a list may know it by another name)."""
        if isinstance(kept, dict) and isinstance(other, dict) and kept["value"] is not None:
            return bool(kept["value"] == other["value"])
        return kept == other

    def restore(self, kept: object) -> None:
        """Choose what was kept. From a searched list, text and value come back as they were."""
        if not isinstance(kept, dict):
            self.set_value(None)
            return
        by_text = {str(getattr(option.value, "value", option.value)): option for option in self._options()}
        known = by_text.get(str(kept["value"]))
        if known is None and self._search and kept["value"] is not None:
            known = Option(kept["value"], kept["text"])
        self._choose(known)
        if known is None and kept["text"]:
            self.edit.setText(kept["text"])
            self.changed.emit()

    def own_problems(self) -> list[Problem]:
        """Something typed that is not in the list."""
        if self._chosen or not self.text() or self._new:
            return []
        return [Problem(self.name, "form.not-in-list", {"label": _(self.label), "value": self.text()})]

    # -- searching ---------------------------------------------------------------------------------------------

    def drop_down(self) -> None:
        """Show what there is to choose from."""
        self.edit.setFocus()
        if self._search:
            self._ask()
        else:
            self._offer(self._options())

    def _options(self) -> list[Option]:
        return [Option(value, _(text)) for value, text in self._pairs]

    def _text_is_back(self, text: str) -> None:
        """What a scan typed into the field was taken back: the choice that stood here stands again."""
        if self._chosen is None and self._typed_over is not None and text == self._typed_over.text:
            self._chosen, self._typed_over = self._typed_over, None
            self._pause.stop()
            if popup := self._completer.popup():
                popup.hide()
            self.changed.emit()

    def _typed(self, _text: str) -> None:
        self._typed_over = self._chosen or self._typed_over
        self._chosen = None
        self.changed.emit()
        if self._search:
            self._pause.start()
        else:
            wanted = self.text().casefold()
            self._offer([option for option in self._options() if wanted in option.text.casefold()])

    def _ask(self) -> None:
        if self._search and self._desk:
            search, text = self._search, self.text() if self._chosen is None else ""
            self._desk.run(self, lambda depot: search(depot, text), self._offer, quiet=True, replace="options")

    def _offer(self, options: Sequence[Option]) -> None:
        self._model.clear()
        for option in options:
            item = QStandardItem(f"{option.text}    {option.detail}" if option.detail else option.text)
            item.setData(option, _VALUE)
            item.setEditable(False)
            self._model.appendRow(item)
        if options and self.edit.hasFocus():
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    def _picked(self, index: QModelIndex) -> None:
        option = index.data(_VALUE)
        # The completer writes the row's text into the line after this; ours comes last.
        QTimer.singleShot(0, self, lambda: self._choose(option))

    def _choose(self, option: Option | None) -> None:
        before = (self.value(), self.edit.text())
        self._chosen, self._typed_over = option, None
        self.edit.setText(option.text if option else "")
        if before != (self.value(), self.edit.text()):
            self.changed.emit()

    def _settle(self) -> None:
        """On leaving: a text that names exactly one option chooses it."""
        if self._chosen or not self.text() or self.edit.list_open():
            return
        offered: list[Option] = [self._model.item(row).data(_VALUE) for row in range(self._model.rowCount())]
        wanted = self.text().casefold()
        same = [option for option in offered or self._options() if option.text.casefold() == wanted]
        if len(same) == 1:
            self._choose(same[0])
        elif not self._new and not same and len(offered) == 1:
            self._choose(offered[0])

    def goes_on(self, event: QKeyEvent) -> bool:
        """Enter in the open list picks; otherwise it settles and goes on."""
        if not super().goes_on(event) or self.edit.list_open():
            return False
        self._settle()
        return True

    def say_label(self, text: str) -> None:
        """The label; a choice from an enumeration reads in the new language."""
        super().say_label(text)
        if self.editor is not self and self._chosen and not self._search:
            self.edit.setText(next((o.text for o in self._options() if o.value == self._chosen.value), ""))

    def _paint_icon(self) -> None:
        self._drop.setIcon(QIcon(f"icons:caret-down-{tokens().name}.svg"))


def _pairs(options: type[Enum] | Sequence[tuple[object, str]] | None) -> list[tuple[object, str]]:
    if isinstance(options, type):
        return list(labels_of(options).items())
    return list(options or ())
