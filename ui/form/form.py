"""A form: fields in the order of the paper, judged by the same pure function that guards the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Problem, Refused
from app.i18n import _n
from app.messages import sentence
from ui.form.field import Field
from ui.widgets.labels import heading, text_label

F = TypeVar("F", bound=Field)
Judge = Callable[[], Iterable[Problem]]


class Form(QWidget):
    """Fields in a grid. Enter goes on; Enter in the last field, or Ctrl+Enter anywhere, submits when all is well."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._columns = columns
        self._place = 0          # cells taken so far
        self._judge: Judge | None = None
        self._gated: list[QWidget | QAction] = []
        self._problems: tuple[Problem, ...] = ()
        self._refused: dict[str, tuple[object, str]] = {}   # what stood in the field, what the service said of it
        self._filling = False
        self._tips: dict[int, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._rest = text_label("problem", wrap=True)
        self._rest.hide()

    # -- building ----------------------------------------------------------------------------------------------

    def add(self, field: F, span: int = 1) -> F:
        """Append ``field``, ``span`` columns wide; the order is the tab order."""
        self.put(field, span)
        self.fields[field.name] = field
        field.changed.connect(self._field_changed)
        field.left.connect(self.judge_again)
        field.entered.connect(lambda: self._go_on(field))
        return field

    def put(self, widget: QWidget, span: int = 1) -> None:
        """Append any widget, ``span`` columns wide."""
        row, column = divmod(self._place, self._columns)
        if column + span > self._columns:
            self._place += self._columns - column
            row, column = row + 1, 0
        self._grid.addWidget(widget, row, column, 1, span)
        self._place += span
        self._grid.removeWidget(self._rest)
        self._grid.addWidget(self._rest, row + 1, 0, 1, self._columns)

    def section(self, title: str) -> None:
        """A heading (N_) over the fields that follow."""
        self._place += -self._place % self._columns
        made = heading(title)
        made.setContentsMargins(0, 8 if self._place else 0, 0, 0)
        self.put(made, self._columns)

    def judge(self, problems: Judge) -> None:
        """Ask ``problems()`` at each change: the pure function of the domain over what the form holds."""
        self._judge = problems
        self.judge_again()

    def gate(self, *gated: QWidget | QAction) -> None:
        """Enable ``gated`` only while there is no problem; disabled, its tool tip says what is open."""
        self._gated.extend(gated)
        self.judge_again()

    # -- content -----------------------------------------------------------------------------------------------

    def content(self) -> dict[str, object]:
        """Everything typed, as JSON can hold it."""
        return {name: field.keep() for name, field in self.fields.items()}

    def fill(self, content: Mapping[str, object]) -> None:
        """Show ``content``; names the form does not know are passed over (an older draft)."""
        self._filling = True
        for name, kept in content.items():
            if name in self.fields:
                self.fields[name].restore(kept)
        self._filling = False
        self._field_changed()

    def clear(self) -> None:
        """Empty every field."""
        self._filling = True
        for field in self.fields.values():
            field.clear()
        self._filling = False
        self._field_changed()

    def is_untouched(self) -> bool:
        """Whether nothing stands in any field beyond what stood there at first."""
        return all(field.is_empty() or not field.touched for field in self.fields.values())

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong now, in the order of the fields."""
        return self._problems

    def is_good(self) -> bool:
        """Whether it can be submitted."""
        return not self._problems

    # -- judging -----------------------------------------------------------------------------------------------

    def unread(self) -> list[Problem]:
        """What was typed and cannot even be read: the value of such a field would be as if nothing stood there."""
        return [problem for field in self.fields.values() for problem in field.own_problems()]

    def judge_again(self) -> None:
        """Look at everything once more: after something outside the form changed."""
        found = self.unread()
        unread = {problem.field for problem in found}
        if self._judge:
            found += [problem for problem in self._judge() if problem.field not in unread | self._awaited(problem)]
        named = {problem.field for problem in found}
        for field in self.fields.values():
            if field.name not in named:
                found += field.missing()
        order = list(self.fields)
        found.sort(key=lambda problem: order.index(problem.field) if problem.field in order else len(order))
        self._problems = tuple(found)
        self._show()

    def _awaited(self, problem: Problem) -> set[str]:
        """The field of ``problem``, if nothing stands in it yet: then it is missing, not "“” cannot be a name"."""
        field = self.fields.get(problem.field)
        waits = field is not None and field.required and field.is_empty() and problem.facts.get("value") == ""
        return {problem.field} if waits else set()

    def submit(self) -> None:
        """Submit if all is well; else show every problem and go to the first."""
        for field in self.fields.values():
            field.touched = True
        self.judge_again()
        if self.is_good():
            self.submitted.emit()
        else:
            self.focus(self._problems[0].field)

    def show_refusal(self, refusal: Refused) -> bool:
        """Show at its field what the service refused; ``False`` if the form has no such field."""
        field = self.fields.get(refusal.field)
        if field is None:
            return False
        field.touched = True
        self._refused[field.name] = (field.keep(), sentence(refusal))
        self.focus(refusal.field)
        self._show()
        return True

    def _show(self) -> None:
        first: dict[str, Problem] = {}
        for problem in self._problems:
            first.setdefault(problem.field, problem)
        for name, field in self.fields.items():
            wrong = first.get(name)
            field.show_problem(sentence(wrong) if wrong and field.touched else self._still_refused(field))
        tried = any(field.touched for field in self.fields.values())
        rest = [sentence(p) for p in self._problems if p.field not in self.fields] if tried else []
        self._rest.setText("\n".join(rest))
        self._rest.setVisible(bool(rest))
        for gated in self._gated:
            self._open_gate(gated)

    def _still_refused(self, field: Field) -> str:
        """What the service said of the field, for as long as the same stands in it."""
        content, said = self._refused.get(field.name, (None, ""))
        if said and content != field.keep():
            del self._refused[field.name]
            return ""
        return said

    def _open_gate(self, gated: QWidget | QAction) -> None:
        good = self.is_good()
        tip = self._tips.setdefault(id(gated), gated.toolTip())
        gated.setEnabled(good)
        gated.setToolTip(tip if good else self.open_points())

    def open_points(self, most: int = 4) -> str:
        """What is still open, a sentence a line."""
        lines = [sentence(problem) for problem in self._problems[:most]]
        more = len(self._problems) - most
        if more > 0:
            lines.append(_n("and {n} more", "and {n} more", more).format(n=more))
        return "\n".join(lines)

    # -- keys --------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Go to the first field that is empty, else to the first."""
        usable = [field for field in self.fields.values() if field.isEnabled() and field.editor.isEnabled()]
        empty = [field for field in usable if field.is_empty()]
        for field in (empty or usable)[:1]:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def focus(self, name: str) -> None:
        """Go to the field ``name``."""
        if name in self.fields:
            self.fields[name].setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self, field: Field) -> None:
        names = list(self.fields)
        after = names[names.index(field.name) + 1:]
        for name in after:
            following = self.fields[name]
            if following.isVisible() and following.isEnabled() and following.editor.isEnabled():
                following.setFocus(Qt.FocusReason.TabFocusReason)
                self.judge_again()
                return
        self.submit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _field_changed(self) -> None:
        if not self._filling:
            self.judge_again()
            self.changed.emit()
