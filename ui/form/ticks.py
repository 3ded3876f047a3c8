"""Several of a few: boxes to tick side by side."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.i18n import _
from app.labels import labels_of
from ui.form.field import Field
from ui.words import bind


class _Tick(QCheckBox):
    """A tick box whose words may hold an “&” (R&D): Qt would take it for the mark of a key."""

    def say(self, text: str) -> None:
        """Wear ``text`` as it is."""
        self.setText(text.replace("&", "&&"))


class TicksField(Field):
    """Any number of the members of an enumeration."""

    def __init__(
        self, name: str, label: str, options: type[Enum], *, columns: int = 2, required: bool = False, hint: str = "",
    ) -> None:
        super().__init__(name, label, required=required, hint=hint)
        inner = QWidget()
        inner.setObjectName("plain")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setVerticalSpacing(6)
        self.boxes: dict[Enum, QCheckBox] = {}
        self._words = labels_of(options)
        for at, (member, words) in enumerate(labels_of(options).items()):
            box = _Tick()
            bind(box.say, words)
            bind(box.setAccessibleName, words)
            box.toggled.connect(self.changed)
            self.boxes[member] = box
            grid.addWidget(box, at // columns, at % columns)
        self.place(inner)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> frozenset[Enum]:
        """The members ticked."""
        return frozenset(member for member, box in self.boxes.items() if box.isChecked())

    def words(self) -> str:
        """The labels of what is ticked."""
        return _(", ").join(_(self._words[member]) for member, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: object) -> None:
        """Tick exactly ``value`` (members, or their codes); ``None``: nothing."""
        wanted = {str(getattr(v, "value", v)) for v in value} if isinstance(value, Collection) else set()
        for member, box in self.boxes.items():
            box.setChecked(str(member.value) in wanted)

    def is_empty(self) -> bool:
        """Whether nothing is ticked."""
        return not self.value()

    def keep(self) -> object:
        """The codes ticked."""
        return sorted(str(member.value) for member in self.value())
