"""A short list that is typed in a form: one line a thing, always one empty line at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.i18n import N_, _
from ui import icons
from ui.form.field import Field
from ui.form.line_search import Found, LineLookup, LineSearch
from ui.theme import BODY, font
from ui.widgets.labels import caption
from ui.words import bind

if TYPE_CHECKING:
    from ui.background import Desk

LineValues = dict[str, object]
_UNIT = 46              # units of the lines stand below each other, whatever each is


@dataclass(frozen=True, slots=True)
class LineColumn:
    """One cell of each line: text, or one of ``options`` (value, text marked by N_), or a tick."""

    key: str
    header: str                  # marked by N_
    stretch: int = 1
    options: tuple[tuple[str, str], ...] = ()
    tick: bool = False
    at_first: object = ""
    tabular: bool = False
    tip: str = ""                # marked by N_
    width: int = 0               # pixels; 0 = by stretch
    lookup: LineLookup | None = None    # what the text may mean, asked for as one types
    only_if: tuple[str, str] = ("", "")  # look up only where another cell holds this value
    unit: Callable[[LineValues], str] | None = None     # what stands behind the cell, by what the line holds
    if_empty: Callable[[LineValues], str] | None = None     # what an empty cell means, by what the line holds


class LinesField(Field):
    """Lines of small cells. Enter goes to the next cell, Alt+Up and Alt+Down move a line, Ctrl+Del takes it out.

    ``value()`` is a list of dicts; a line whose ``main`` cell (the first) is empty and which has no other text is
    left out. ``hidden`` keys (an id) travel with their line unseen; editing a cell with a ``lookup`` clears them.
    """

    def __init__(
        self, name: str, label: str, columns: Sequence[LineColumn], *, hint: str = "", hidden: Sequence[str] = (),
        desk: Desk | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint)
        self._columns = tuple(columns)
        self._hidden = tuple(hidden)
        self._lines: list[_Line] = []
        self._settling = False
        self._desk = desk
        inner = QWidget()
        inner.setObjectName("plain")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        for at, column in enumerate(self._columns):
            head = caption(column.header)
            if column.tip:
                bind(head.setToolTip, column.tip)
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, 0 if column.width else column.stretch)
        self.place(inner)
        self._append({})

    def value(self) -> list[LineValues]:
        """The lines with something in them."""
        return [line.values() for line in self._lines if not line.is_empty()]

    def set_value(self, value: object) -> None:
        """Show ``value``: a list of dicts, or None."""
        wanted = list(value) if isinstance(value, list | tuple) else []
        self._settling = True
        while self._lines:
            self._drop(self._lines[-1])
        for values in wanted:
            self._append(values)
        self._append({})
        self._settling = False
        self.changed.emit()

    def words(self) -> str:
        """A line of text for each line, its cells side by side."""
        return "\n".join(line.words() for line in self._lines if not line.is_empty())

    def is_empty(self) -> bool:
        """Whether there is no line."""
        return not self.value()

    def cell(self, line: int, key: str) -> QWidget:
        """The editor of one cell."""
        return self._lines[line].cells[key]

    # -- lines -------------------------------------------------------------------------------------------------

    def _append(self, values: Mapping[str, object]) -> _Line:
        line = _Line(self._columns, self._hidden, values)
        self._lines.append(line)
        for key, editor in line.cells.items():
            editor.installEventFilter(self)
            editor.setProperty("cell", key)
            if isinstance(editor, QLineEdit):
                editor.textChanged.connect(partial(self._edited, line))
            elif isinstance(editor, QComboBox):
                editor.currentIndexChanged.connect(partial(self._edited, line))
            elif isinstance(editor, QCheckBox):
                editor.toggled.connect(partial(self._edited, line))
        for column in self._columns:
            cell = line.cells[column.key]
            if column.lookup and self._desk and isinstance(cell, QLineEdit):
                LineSearch(cell, self._desk, column.lookup, partial(self._fill, line), partial(_asks, line, column))
        line.out.clicked.connect(lambda: self.take_out(line))
        self._lay_out()
        return line

    def _fill(self, line: _Line, found: Found | None) -> None:
        """Put what was found into its line; what was typed into another cell stays."""
        if line not in self._lines:
            return
        if found is None:
            line.unseen = dict.fromkeys(line.unseen, "")
            return
        for key, value in found.cells.items():
            cell = line.cells.get(key)
            if key in line.unseen:
                line.unseen[key] = value
            elif isinstance(cell, QLineEdit) and (not cell.text().strip() or key == found.key):
                cell.setText(str(value))
        self.changed.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        for widget in (*line.places, line.out):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def take_out(self, line: _Line) -> None:
        """Take a line out; the last empty one stays."""
        at = self._lines.index(line)
        if at == len(self._lines) - 1 and line.is_empty():
            return
        self._drop(line)
        if not self._lines or not self._lines[-1].is_empty():
            self._append({})
        self._lay_out()
        self._lines[min(at, len(self._lines) - 1)].first().setFocus()
        self.changed.emit()

    def _move(self, line: _Line, step: int) -> None:
        at = self._lines.index(line)
        to = at + step
        if 0 <= to < len(self._lines) - 1 and at < len(self._lines) - 1:
            self._lines[at], self._lines[to] = self._lines[to], self._lines[at]
            self._lay_out()
            self.changed.emit()

    def _lay_out(self) -> None:
        before: QWidget | None = None
        for row, line in enumerate(self._lines, 1):
            for at, place in enumerate(line.places):
                self._grid.addWidget(place, row, at)
            self._grid.addWidget(line.out, row, len(self._columns))
            for editor in line.cells.values():
                name = next(column.header for column in self._columns if column.key == editor.property("cell"))
                editor.setAccessibleName(f"{_(self.label)} {row}: {_(name)}")
                if before is not None:
                    QWidget.setTabOrder(before, editor)
                before = editor
            line.out.setVisible(row < len(self._lines))

    def _edited(self, line: _Line, *_changed: object) -> None:
        line.say()
        if self._settling:
            return
        if line is self._lines[-1] and not line.is_empty():
            self._append({})
        self.changed.emit()

    # -- keys --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is not self.editor:
            line = next((line for line in self._lines if watched in line.cells.values()), None)
            if line is not None and self._pressed(line, watched, event):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, line: _Line, watched: QObject, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(line, -1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_Delete:
            self.take_out(line)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not control:
            self._go_on(line, watched)
            return True
        return False

    def _go_on(self, line: _Line, watched: QObject) -> None:
        """Enter: the next cell; from the empty last line on to the next field."""
        editors = list(line.cells.values())
        at = next(n for n, editor in enumerate(editors) if editor is watched)
        if line is self._lines[-1] and line.is_empty():
            self.entered.emit()
        elif at + 1 < len(editors):
            editors[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            following = self._lines[self._lines.index(line) + 1]
            following.first().setFocus(Qt.FocusReason.TabFocusReason)

    def setFocus(self, *_reason: object) -> None:  # noqa: N802  Qt's name
        """Into the first line."""
        QTimer.singleShot(0, self._lines[0].first(), self._lines[0].first().setFocus)


class _Line:
    """The editors of one line."""

    def __init__(self, columns: Sequence[LineColumn], hidden: Sequence[str], values: Mapping[str, object]) -> None:
        self.unseen = {key: values.get(key, "") for key in hidden}
        self.cells: dict[str, QWidget] = {}
        self.places: list[QWidget] = []
        self._columns = columns
        self.units: dict[str, QLabel] = {}
        for column in columns:
            editor, place = _editor(column, values.get(column.key, column.at_first))
            self.cells[column.key] = editor
            if column.unit:
                place, self.units[column.key] = _with_unit(editor)
            self.places.append(place)
        self.say()
        self.out = QToolButton()
        self.out.setAutoRaise(True)
        self.out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bind(self.out.setToolTip, N_("Take this line out (Ctrl+Del)"))
        bind(self.out.setAccessibleName, N_("Take this line out (Ctrl+Del)"))
        icons.put(self.out.setIcon, "ph.x", "text3")

    def say(self) -> None:
        """Say what the other cells make of a cell: its unit, and what it means while it is empty."""
        values = self.values()
        for column in self._columns:
            if column.unit:
                self.units[column.key].setText(column.unit(values))
            cell = self.cells[column.key]
            if column.if_empty and isinstance(cell, QLineEdit):
                cell.setPlaceholderText(column.if_empty(values))

    def first(self) -> QWidget:
        """The first cell."""
        return next(iter(self.cells.values()))

    def values(self) -> LineValues:
        """What stands in the line."""
        return {**self.unseen, **{key: _value(editor) for key, editor in self.cells.items()}}

    def words(self) -> str:
        """What a person reads in the line."""
        return "  ·  ".join(filter(None, (_words(column, self.cells[column.key]) for column in self._columns)))

    def is_empty(self) -> bool:
        """Whether no cell holds text; ticks and choices alone make no line."""
        return not any(editor.text().strip() for editor in self.cells.values() if isinstance(editor, QLineEdit))


def _asks(line: _Line, column: LineColumn) -> bool:
    key, value = column.only_if
    return not key or line.values().get(key) == value


def _editor(column: LineColumn, value: object) -> tuple[QWidget, QWidget]:
    """The editor of a cell, and what stands in the grid for it (a tick is centred)."""
    if column.tick:
        box = QCheckBox()
        box.setChecked(bool(value))
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignCenter)
        return box, around
    if column.options:
        combo = QComboBox()
        for code, words in column.options:
            combo.addItem(_(words), code)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        if column.width:
            combo.setFixedWidth(column.width)
        return combo, combo
    line = QLineEdit("" if value is None else str(value))
    if column.tabular:
        line.setFont(font(BODY, tabular=True))
    if column.width:
        line.setFixedWidth(column.width)
    return line, line


def _with_unit(editor: QWidget) -> tuple[QWidget, QLabel]:
    """What stands in the grid for ``editor`` with its unit behind it."""
    around, unit = QWidget(), caption()
    row = QHBoxLayout(around)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(editor)
    row.addWidget(unit)
    unit.setMinimumWidth(_UNIT)
    return around, unit


def _words(column: LineColumn, editor: QWidget) -> str:
    """A tick is named when it is set: “yes” alone would say nothing beside other cells."""
    if isinstance(editor, QCheckBox):
        return _(column.header) if editor.isChecked() else ""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    assert isinstance(editor, QLineEdit)
    return editor.text().strip()


def _value(editor: QWidget) -> object:
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, QComboBox):
        return editor.currentData()
    assert isinstance(editor, QLineEdit)
    return editor.text().strip()
