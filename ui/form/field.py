"""One row of a form: label above, editor, and one line below for the hint or the problem."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.errors import Problem
from app.i18n import _
from ui.widgets.labels import restyle, text_label
from ui.words import bind


class Field(QWidget):
    """A named value that is typed. Subclasses make the ``editor`` and read it."""

    changed = Signal()
    entered = Signal()      # Enter: go on to the next field
    left = Signal()         # the focus went elsewhere

    #: A scan goes into this field as it stands (a waybill, a serial), instead of to the page.
    takes_scans = False

    def __init__(self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "") -> None:
        """``name`` is what problems and drafts call it; ``label``, ``hint`` and ``tip`` are marked by N_."""
        super().__init__()
        self.name = name
        self.required = required
        self.touched = False
        self._said = ""
        self._hint = hint
        self.label = label
        self.editor: QWidget = self
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._title = text_label("field")
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._below = text_label("hint", wrap=True)
        for own in (self._title, self._below):
            own.setParent(self)     # shown before it is laid out, an orphan would flash up as a window of its own
        self._below.hide()
        bind(self.say_label, label)
        if hint:
            bind(self.say_hint, hint)
        if tip:
            bind(self.setToolTip, tip)

    # -- the value ---------------------------------------------------------------------------------------------

    def value(self) -> object:
        """What was entered, in the field's type; ``None`` or empty when nothing was."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show ``value``; emits ``changed`` if it differs."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.value() in (None, "", [], ())

    def keep(self) -> object:
        """The content for a draft: what JSON can hold, also what is half typed."""
        return self.value()

    def restore(self, kept: object) -> None:
        """Show what :meth:`keep` gave."""
        self.set_value(kept)

    def words(self) -> str:
        """The value as a person reads it, to set it beside another; empty when there is none."""
        return "" if self.is_empty() else str(self.keep()).strip()

    def same(self, kept: object, other: object) -> bool:
        """Whether two contents of :meth:`keep` say the same."""
        return kept == other

    def clear(self) -> None:
        """Empty the field, as if it had never been touched."""
        self.set_value(None)
        self.touched = False
        self.show_problem("")

    def own_problems(self) -> list[Problem]:
        """What cannot even be read as the field's type."""
        return []

    # -- how it looks ------------------------------------------------------------------------------------------

    def place(self, editor: QWidget, *beside: QWidget, before: QWidget | None = None) -> None:
        """Put ``editor`` (and small things beside it) into the row. Called once by the subclass."""
        self.editor = editor
        row = QHBoxLayout()
        row.setSpacing(6)
        if before is not None:
            row.addWidget(before)
        row.addWidget(editor, 1)
        for widget in beside:
            row.addWidget(widget)
        self._column.addWidget(self._title)
        self._column.addLayout(row)
        self._column.addWidget(self._below)
        self._column.addStretch(1)
        self._title.setBuddy(editor)
        self.setFocusProxy(editor)
        editor.installEventFilter(self)
        bind(self.say_label, self.label)

    def say_label(self, text: str) -> None:
        """Wear the label ``text``."""
        star = ' <span style="font-weight:700">*</span>' if self.required else ""
        self._title.setText(text + star)
        self.editor.setAccessibleName(text)

    def say_hint(self, text: str) -> None:
        """Show the hint while there is no problem."""
        self._hint = text
        if not self._said:
            self._show_below("hint", text)

    def show_problem(self, sentence: str) -> None:
        """Show ``sentence`` below the editor; empty: all is well."""
        if sentence == self._said:
            return
        self._said = sentence
        self.editor.setProperty("invalid", bool(sentence))
        restyle(self.editor)
        self.editor.setAccessibleDescription(sentence or self._hint)
        self._show_below("problem" if sentence else "hint", sentence or self._hint)

    def shown_problem(self) -> str:
        """The sentence now shown; empty when there is none."""
        return self._said

    def _show_below(self, role: str, text: str) -> None:
        self._below.setProperty("role", role)
        restyle(self._below)
        self._below.setText(text)
        self._below.setVisible(bool(text))

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the value without letting it be changed."""
        self.editor.setProperty("readOnly", read_only)
        self.editor.setEnabled(not read_only)

    def title_label(self) -> QLabel:
        """The label above the editor."""
        return self._title

    # -- keys --------------------------------------------------------------------------------------------------

    def goes_on(self, event: QKeyEvent) -> bool:
        """Whether this key press means "next field"."""
        return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if watched is self.editor:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.goes_on(event):
                self.touched = True
                self.entered.emit()
                return True
            if event.type() == QEvent.Type.FocusOut:
                self.touched = self.touched or not self.is_empty()
                self.left.emit()
        return super().eventFilter(watched, event)

    def missing(self) -> list[Problem]:
        """The problem of a required field without a value."""
        if self.required and self.is_empty():
            return [Problem(self.name, "form.missing", {"label": _(self.label)})]
        return []
