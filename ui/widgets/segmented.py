"""Two to eight choices side by side, one of them taken; in a narrow window in more lines than one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from ui.widgets.flow import Flow
from ui.words import bind


class _Segment(QToolButton):
    """One choice."""

    def say(self, text: str) -> None:
        """Show ``text``; an ampersand is one (R&D), not the mark of a key."""
        self.setText(text.replace("&", "&&"))


class Segmented(QFrame):
    """A segmented control. Left and Right go from one to the next."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]], name: str = "", *, wraps: bool = True) -> None:
        """``choices``: (value, text marked by N_). ``name`` is the accessible name (N_). ``wraps``: in a narrow place
        it goes on in the next line; in the grid of a form it must not, its columns would be cut evenly."""
        super().__init__()
        self.setObjectName("segments")
        self._values = [value for value, _text in choices]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = Flow() if wraps else QHBoxLayout()
        self.setLayout(row)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(1)
        for place, (_value, text) in enumerate(choices):
            button = _Segment()
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)    # together they fill the frame
            bind(button.say, text)
            bind(button.setAccessibleName, text)
            self._group.addButton(button, place)
            row.addWidget(button)
        if name:
            bind(self.setAccessibleName, name)
        if self._values:
            self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    def value(self) -> object:
        """The value chosen."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose ``value`` without a signal; a value that is not offered leaves none chosen."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Replace the words (with counts, for example); already translated."""
        for place, text in enumerate(texts):
            self._group.button(place).setText(text.replace("&", "&&"))
            self._group.button(place).setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        place = self._group.checkedId() + step
        if step and 0 <= place < len(self._values):
            self._group.button(place).setFocus()
            self._group.button(place).click()
        else:
            super().keyPressEvent(event)
