"""One line of the test sheet: the item, its limits, the reading, and the verdict in a word and a colour.

Keys only: Enter goes to the next value; a choice is taken by its digit or by Left and Right.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.inspection import NOT_OK, OK, ItemKind, ItemVerdict, TestItem, verdict
from app.i18n import N_, _, language
from app.labels import label
from app.services.slips.cases import limits_words
from ui.theme import BODY, font
from ui.tones import Tone
from ui.widgets import Chip, Segmented
from ui.widgets.labels import caption, muted, restyle, text_label

VERDICT_TONE: dict[ItemVerdict, Tone] = {
    ItemVerdict.PASSED: Tone.OK, ItemVerdict.FAILED: Tone.BAD, ItemVerdict.MISSING: Tone.MUTE,
    ItemVerdict.INVALID: Tone.WARN,
}


class _Number(QLineEdit):
    """A measured value."""

    entered = Signal()
    stepped_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(font(BODY, tabular=True))
        self.setFixedWidth(130)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.stepped_back.emit()
        else:
            super().keyPressEvent(event)


class _Choice(Segmented):
    """A choice that nobody has taken yet; its digit takes it."""

    entered = Signal()
    stepped_back = Signal()

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        super().__init__(choices)
        self._codes = [value for value, _text in choices]
        self.set_value(None)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        key = event.key()
        digit = key - int(Qt.Key.Key_1)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif 0 <= digit < len(self._codes):
            self.set_value(self._codes[digit])
            self.chosen.emit(self._codes[digit])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.entered.emit()
        elif key == Qt.Key.Key_Up:
            self.stepped_back.emit()
        elif self.value() is None and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.set_value(self._codes[0])
            self.chosen.emit(self._codes[0])
        else:
            super().keyPressEvent(event)


def limits_of(item: TestItem) -> str:
    """The limits in words: "47.5–48.5 V", "≤ 120 mV"."""
    if item.kind is not ItemKind.NUMERIC:
        return "/".join(item.good) if item.kind is ItemKind.CHOICE else ""
    words = limits_words(item.lower, item.upper)
    return f"{words} {item.unit}".strip() if words else _("recorded only")


class ItemRow(QObject):
    """The widgets of one item, put into the sheet's grid."""

    changed = Signal()
    entered = Signal()
    stepped_back = Signal()

    def __init__(self, item: TestItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.name = text_label("body" if item.mandatory else "muted", wrap=True)
        self.limits = caption()
        self.chip = Chip()
        self.editor: _Number | _Choice
        if item.kind is ItemKind.NUMERIC:
            self.editor = _Number()
            self.editor.textChanged.connect(lambda _text: self._changed())
        else:
            ticks = [(OK, N_("pass")), (NOT_OK, N_("fail"))]
            self.editor = _Choice([(c, c) for c in item.choices] if item.kind is ItemKind.CHOICE else ticks)
            self.editor.chosen.connect(lambda _value: self._changed())
        self.editor.entered.connect(self.entered)
        self.editor.stepped_back.connect(self.stepped_back)
        self.retranslate()

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the line into ``grid``."""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.limits)
        grid.addLayout(words, row, 0)
        holder = QHBoxLayout()
        holder.setSpacing(6)
        holder.addWidget(self.editor)
        if self.item.unit and self.item.kind is ItemKind.NUMERIC:
            unit = muted()
            unit.setText(self.item.unit)
            holder.addWidget(unit)
        holder.addStretch(1)
        grid.addLayout(holder, row, 1)
        grid.addWidget(self.chip, row, 2)

    def retranslate(self) -> None:
        """Say name and verdict in the screen's language."""
        words = self.item.name(language())
        self.name.setText(words if self.item.mandatory else _("{item} (optional)").format(item=words))
        self.limits.setText(limits_of(self.item))
        if not limits_of(self.item):
            self.limits.hide()
        self.editor.setAccessibleName(f"{words} {limits_of(self.item)}")
        self._changed(quiet=True)

    def value(self) -> str:
        """The reading as typed; empty for none."""
        if isinstance(self.editor, _Number):
            return self.editor.text().strip()
        return str(self.editor.value() or "")

    def set_value(self, value: str) -> None:
        """Show a reading."""
        if isinstance(self.editor, _Number):
            self.editor.setText(value)
        else:
            self.editor.set_value(value or None)
            self._changed()

    def focus(self) -> None:
        """Go to the value, ready to be typed over."""
        self.editor.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(self.editor, _Number):
            self.editor.selectAll()

    def set_open(self, *, is_open: bool) -> None:
        """Whether it can be filled in."""
        self.editor.setEnabled(is_open)

    def _changed(self, *, quiet: bool = False) -> None:
        said = verdict(self.item, self.value())
        words = _("out of limits") if said is ItemVerdict.FAILED and self.item.kind is ItemKind.NUMERIC else label(said)
        self.chip.show_state(words, VERDICT_TONE[said])
        self.editor.setProperty("invalid", said in {ItemVerdict.FAILED, ItemVerdict.INVALID})
        restyle(self.editor)
        self.editor.setAccessibleDescription(words)
        if not quiet:
            self.changed.emit()
