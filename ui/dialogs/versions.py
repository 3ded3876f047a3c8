"""Somebody else was quicker: both versions side by side, and what shall stand, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import Refused
from app.i18n import N_, _
from app.messages import sentence
from ui import moments
from ui.background import Desk
from ui.dialogs.dialog import Dialog
from ui.form.form import Form
from ui.form.versions import Difference, Opened, differences, merged
from ui.tones import Tone
from ui.widgets.labels import muted, text_label

_TALLEST = 520
_THEIRS, _YOURS = 0, 1


class VersionsDialog(Dialog):
    """Field, as it was opened, theirs, yours. Esc goes back to what was typed; nothing is written from here."""

    def __init__(
        self, parent: QWidget, refusal: Refused, found: Sequence[Difference],
        then: Callable[[Mapping[str, bool]], object], *, desk: Desk | None = None,
    ) -> None:
        """``then(field → ours is wanted)`` after the choice."""
        super().__init__(parent, N_("Changed since you opened it"), desk=desk, width=860)
        self._then = then
        self.found = tuple(found)
        self.choices: dict[str, QButtonGroup] = {}
        said = text_label("body", wrap=True)
        said.setText(sentence(refusal))
        self.body.addWidget(said)
        self.body.addWidget(self._scrolled(self._table(refusal)), 1)
        self.add_button(N_("Back to what I typed"), self.reject)
        self.theirs = self.add_button(N_("Take all of theirs"), partial(self._all, _THEIRS))
        self.mine = self.add_button(N_("Keep all of mine"), partial(self._all, _YOURS))
        self.go_on = self.add_button(N_("Go on with this choice"), self._chosen, "primary")
        self._gate()
        self._first_open()

    # -- the table -----------------------------------------------------------------------------------------------

    def _table(self, refusal: Refused) -> QWidget:
        around = QWidget()
        around.setObjectName("plain")
        grid = QGridLayout(around)
        grid.setContentsMargins(2, 2, 10, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for column, stretch in enumerate((2, 3, 4, 4)):
            grid.setColumnStretch(column, stretch)
        for column, text in enumerate((_("Field"), _("As you opened it"), _theirs(refusal), _("Yours"))):
            head = text_label("field", wrap=True)
            head.setText(text)
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignTop)
        for row, one in enumerate(self.found, 1):
            self._row(grid, row, one)
        grid.setRowStretch(len(self.found) + 1, 1)
        return around

    def _row(self, grid: QGridLayout, row: int, one: Difference) -> None:
        name = text_label("body", wrap=True)
        name.setText(one.label)
        opened = muted(wrap=True)
        opened.setText(one.opened or "–")
        group = self.choices[one.name] = QButtonGroup(self)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(name)
        if one.mine is None:
            both = text_label("problem", wrap=True)
            both.setText(_("both changed it"))
            head.addWidget(both)
        grid.addLayout(head, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(opened, row, 1, Qt.AlignmentFlag.AlignTop)
        for side, words, whose in ((_THEIRS, one.theirs, _("Theirs")), (_YOURS, one.yours, _("Yours"))):
            cell = _Side(words or _("nothing"), f"{one.label}: {whose}")
            group.addButton(cell.radio, side)
            grid.addWidget(cell, row, 2 + side, Qt.AlignmentFlag.AlignTop)
        if one.mine is not None:
            group.button(_YOURS if one.mine else _THEIRS).setChecked(True)
        group.idToggled.connect(lambda _side, _on: self._gate())

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setObjectName("plain")
        area.setWidget(inner)
        area.setMinimumHeight(min(_TALLEST, inner.sizeHint().height() + 6))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    # -- choosing ------------------------------------------------------------------------------------------------

    def taken(self) -> dict[str, bool]:
        """Field → ours is wanted, as far as it is decided."""
        return {
            name: group.checkedId() == _YOURS for name, group in self.choices.items() if group.checkedId() >= 0
        }

    def _gate(self) -> None:
        left = len(self.choices) - len(self.taken())
        self.go_on.setEnabled(not left)
        self.go_on.setToolTip(_("Choose for the fields that both changed.") if left else "")
        if left:
            self.notice.say(_("Some fields were changed by both: choose which version stands."), Tone.WARN)
        else:
            self.notice.hide()

    def _first_open(self) -> None:
        for one in self.found:
            if one.mine is None:
                self.choices[one.name].button(_YOURS).setFocus()
                return
        self.go_on.setFocus()

    def _all(self, side: int) -> None:
        for group in self.choices.values():
            group.button(side).setChecked(True)
        self._chosen()

    def _chosen(self) -> None:
        if len(self.taken()) == len(self.choices):
            taken = self.taken()
            self.accept()
            self._then(taken)


def compare(
    parent: QWidget, refusal: Refused, opened: Opened, yours: Form, theirs: Form,
    then: Callable[[Mapping[str, object], str], object], otherwise: Callable[[], object],
) -> None:
    """Let a person choose between ``yours`` and ``theirs``: ``then(content, what to tell)``, else ``otherwise()``.

    Nothing is asked when they changed something that the form does not show.
    """
    found = differences(opened, yours, theirs)
    if all(one.mine for one in found):
        text = sentence(refusal) + " " + _("What you typed does not touch it: look once more and save.")
        then(merged(yours, theirs, {one.name: True for one in found}), text)
        return
    dialog = VersionsDialog(parent, refusal, found, lambda taken: then(
        merged(yours, theirs, taken), _("This is what you chose. Look once more and save.")))
    dialog.rejected.connect(otherwise)
    dialog.open()


class _Side(QWidget):
    """One version of a field: a round button and its words, which may be long."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.radio = QRadioButton()
        self.radio.setAccessibleName(f"{name}: {words}")
        self._words = QLabel(words)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.installEventFilter(self)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if watched is self._words and event.type() == QEvent.Type.MouseButtonRelease:
            self.radio.setChecked(True)
            self.radio.setFocus()
        return super().eventFilter(watched, event)


def _theirs(refusal: Refused) -> str:
    """Whose version it is, and of when."""
    by, at = refusal.facts.get("by"), refusal.facts.get("at")
    if not by or not isinstance(at, datetime):
        return _("Theirs")
    return _("{name}, {at}").format(name=by, at=moments.minute(at))
