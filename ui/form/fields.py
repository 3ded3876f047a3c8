"""The plain fields: text, serial, number, several lines, tick, segments."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import Enum
from unicodedata import category, normalize

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from app.errors import Problem
from app.i18n import _
from app.labels import labels_of
from ui.form.field import Field
from ui.theme import BODY, font
from ui.widgets.labels import muted
from ui.widgets.segmented import Segmented
from ui.words import bind

_MOST_DIGITS = 20
#: What fits a line of a form, and what fits a story; whoever pastes more has pasted something else.
LONGEST_LINE, LONGEST_STORY = 400, 8000


def without_controls(text: str, keep: str = "") -> str:
    """``text`` without control characters, which come with a paste and which no paper can print."""
    return "".join(one for one in text if one in keep or category(one) != "Cc")


def _too_long(field: Field, text: str, longest: int) -> list[Problem]:
    if len(text) <= longest:
        return []
    return [Problem(field.name, "form.too-long", {"label": _(field.label), "n": len(text), "most": longest})]


class TextField(Field):
    """One line of text, of at most ``longest`` characters."""

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "",
        placeholder: str = "", secret: bool = False, longest: int = LONGEST_LINE,
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._longest = longest
        self.edit = QLineEdit()
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        if placeholder:
            bind(self.edit.setPlaceholderText, placeholder)
        self.place(self.edit)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        """The text without blanks around it."""
        return without_controls(self.edit.text()).strip()

    def own_problems(self) -> list[Problem]:
        """Longer than anything that belongs here."""
        return _too_long(self, self.edit.text(), self._longest)

    def set_value(self, value: object) -> None:
        """Show ``value``."""
        text = "" if value is None else str(value)
        if text != self.edit.text():
            self.edit.setText(text)

    def keep(self) -> object:
        """The text as typed."""
        return self.edit.text()

    def set_read_only(self, *, read_only: bool) -> None:
        """Keep the text readable and markable."""
        self.edit.setReadOnly(read_only)


class CodeField(TextField):
    """A code that is typed or scanned: full-width letters and digits are folded, figures stand in columns."""

    takes_scans = True

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "", placeholder: str = "",
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip, placeholder=placeholder)
        self.edit.setFont(font(BODY, tabular=True))
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText)

    def value(self) -> str:
        """The code, folded."""
        return normalize("NFKC", without_controls(self.edit.text())).strip()


class SerialField(CodeField):
    """A serial number. The product's rule normalises it further (``app.domain.serials``)."""


class NumberField(Field):
    """A number with ``decimals`` places at most, between ``low`` and ``high``; Up and Down step by one.

    The ``unit`` stands behind it, a currency before it.
    """

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "",
        decimals: int = 0, unit: str = "", low: Decimal | int | None = None, high: Decimal | int | None = None,
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._decimals = decimals
        self._low, self._high = low, high
        self.edit = QLineEdit()
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setFont(font(BODY, tabular=True))
        if unit == "¥":
            self.place(self.edit, before=muted(unit))
        else:
            self.place(self.edit, *([muted(unit)] if unit else []))
        self.edit.textChanged.connect(self.changed)
        self.edit.keyPressEvent = self._keys  # type: ignore[method-assign]  # Up and Down step

    def value(self) -> Decimal | None:
        """The number; ``None`` when empty or unreadable, and for ``9E999999``, which no machine can write out."""
        text = normalize("NFKC", self.edit.text()).strip().replace(",", "").replace(" ", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None

    def set_value(self, value: object) -> None:
        """Show ``value`` (a number, its text, or None)."""
        text = "" if value is None else str(value)
        if text != self.edit.text():
            self.edit.setText(text)

    def whole(self) -> int | None:
        """The number as an integer."""
        number = self.value()
        return None if number is None else int(number)

    def keep(self) -> object:
        """The text as typed."""
        return self.edit.text()

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.edit.text().strip()

    def own_problems(self) -> list[Problem]:
        """Unreadable, too many places, out of range."""
        if self.is_empty():
            return []
        number = self.value()
        facts: dict[str, object] = {"label": _(self.label), "value": self.edit.text().strip()}
        if number is None:
            return [Problem(self.name, "form.not-a-number", facts)]
        if -int(number.normalize().as_tuple().exponent) > self._decimals:
            return [Problem(self.name, "form.too-many-places", facts | {"places": self._decimals})]
        if self._low is not None and number < self._low:
            return [Problem(self.name, "form.too-small", facts | {"low": self._low})]
        if self._high is not None and number > self._high:
            return [Problem(self.name, "form.too-large", facts | {"high": self._high})]
        return []

    def _keys(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            QLineEdit.keyPressEvent(self.edit, event)
            return
        number = (self.value() or Decimal(0)) + step
        if (self._low is None or number >= self._low) and (self._high is None or number <= self._high):
            self.set_value(number)


class MultilineField(Field):
    """Several lines, of at most ``longest`` characters. Enter makes a new line; Ctrl+Enter submits; Tab goes on."""

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "", lines: int = 3,
        placeholder: str = "", longest: int = LONGEST_STORY,
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._longest = longest
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(round(self.edit.fontMetrics().lineSpacing() * lines) + 20)
        if placeholder:
            bind(self.edit.setPlaceholderText, placeholder)
        self.place(self.edit)
        self.edit.textChanged.connect(self.changed)

    def value(self) -> str:
        """The text without blanks around it."""
        return without_controls(self.edit.toPlainText(), keep="\n\t").strip()

    def keep(self) -> object:
        """The text as typed."""
        return self.edit.toPlainText()

    def own_problems(self) -> list[Problem]:
        """Longer than anything that belongs here."""
        return _too_long(self, self.edit.toPlainText(), self._longest)

    def set_value(self, value: object) -> None:
        """Show ``value``."""
        text = "" if value is None else str(value)
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def goes_on(self, event: QKeyEvent) -> bool:
        """Never: Enter is a new line here."""
        del event
        return False


class TickField(Field):
    """Yes or no."""

    def __init__(self, name: str, label: str, *, hint: str = "", tip: str = "", ticked: bool = False) -> None:
        self.box = QCheckBox()
        super().__init__(name, label, hint=hint, tip=tip)
        self._at_first = ticked
        self.box.setChecked(ticked)
        self.place(self.box)
        self.title_label().hide()
        self.box.toggled.connect(self.changed)

    def say_label(self, text: str) -> None:
        """The text stands beside the box."""
        self.box.setText(text)
        self.box.setAccessibleName(text)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def words(self) -> str:
        """Yes or no."""
        return _("yes") if self.value() else _("no")

    def set_value(self, value: object) -> None:
        """Tick or not; ``None`` = as it was at first."""
        self.box.setChecked(self._at_first if value is None else bool(value))

    def is_empty(self) -> bool:
        """Never empty."""
        return False


class SegmentField(Field):
    """One of two to five, side by side: quicker than a list."""

    def __init__(
        self, name: str, label: str, options: type[Enum] | Sequence[tuple[object, str]], *,
        required: bool = False, hint: str = "", tip: str = "", chosen: object = None,
    ) -> None:
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        pairs = list(labels_of(options).items()) if isinstance(options, type) else list(options)
        self._by_key = {str(getattr(value, "value", value)): value for value, _text in pairs}
        self._words = dict(pairs)
        self._at_first = chosen
        self.segments = Segmented(pairs, wraps=False)
        self.segments.set_value(chosen)
        self.place(self.segments)
        self.segments.chosen.connect(lambda _value: self.changed.emit())

    def value(self) -> object:
        """The value chosen, or None."""
        return self.segments.value()

    def words(self) -> str:
        """The words on the segment."""
        return _(self._words.get(self.value(), ""))

    def set_value(self, value: object) -> None:
        """Choose ``value``; ``None`` = as it was at first."""
        before = self.segments.value()
        self.segments.set_value(self._at_first if value is None else value)
        if self.segments.value() != before:
            self.changed.emit()

    def keep(self) -> object:
        """The value as text."""
        value = self.value()
        return None if value is None else str(getattr(value, "value", value))

    def restore(self, kept: object) -> None:
        """Choose what was kept, if it is still offered."""
        self.set_value(self._by_key.get(str(kept)))
