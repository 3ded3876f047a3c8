"""Small fixed lists: names with values, and gates with a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.tones import Tone
from ui.widgets.labels import caption, set_tone, text_label
from ui.widgets.notice import IconLabel


def empty_layout(layout: QLayout) -> None:
    """Take everything out of ``layout``."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            empty_layout(inner)


class DefinitionList(QWidget):
    """Names at the left, values at the right. Values can be marked and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show (name, value), both already in the screen's language; a pair without a value is left out."""
        empty_layout(self._grid)
        for row, (name, value) in enumerate((n, v) for n, v in pairs if v):
            title = caption()
            title.setText(name)
            shown = QLabel(value)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name} {value}")
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1)


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of a checklist. ``ok`` None: does not apply here, or not yet, as ``spoken`` then says."""

    text: str
    ok: bool | None
    detail: str = ""
    spoken: str = ""


class Checklist(QWidget):
    """Gates with a tick or a cross and the reason."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_gates(self, gates: Sequence[Gate]) -> None:
        """Show ``gates`` in order."""
        empty_layout(self._column)
        for gate in gates:
            self._column.addLayout(self._row(gate))

    def _row(self, gate: Gate) -> QHBoxLayout:
        icon, role, spoken = {
            True: ("ph.check-circle", "ok", _("done")),
            False: ("ph.x-circle", "bad", _("open")),
            None: ("ph.minus-circle", "text3", _("not needed")),
        }[gate.ok]
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, 18, role), 0, Qt.AlignmentFlag.AlignTop)
        words = text_label("strong" if gate.ok is False else "body", wrap=True)
        words.setText(gate.text)
        words.setAccessibleName(f"{gate.text}: {gate.spoken or spoken}. {gate.detail}")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if gate.detail:
            detail = caption(wrap=True)
            detail.setText(gate.detail)
            set_tone(detail, Tone.BAD if gate.ok is False else None)
            column.addWidget(detail)
        row.addLayout(column, 1)
        return row
