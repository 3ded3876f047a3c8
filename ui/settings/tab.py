"""One tab of the settings: it fetches what it shows when it is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import Refused
from ui.background import Desk, Errand
from ui.form import Form
from ui.keys import Act, act, press
from ui.page import Frame
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot

T = TypeVar("T")


class Tab(QWidget):
    """A part of the settings page."""

    watches = Changes.NOTHING

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.desk, self.frame = desk, frame
        self.forms: list[Form] = []
        self._stale = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 0)
        self.column.setSpacing(12)
        self.build()
        desk.changed.connect(self._changed)

    def build(self) -> None:
        """Make the widgets."""

    def reload(self) -> None:
        """Fetch what is shown."""

    def run(
        self, operation: Callable[[Depot], T], then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], bool] | None = None, *, quiet: bool = False, replace: str = "",
    ) -> Errand:
        """``desk.run`` with this tab as the owner."""
        return self.desk.run(self, operation, then, failed, quiet=quiet, replace=replace)

    def press(self, action_id: str, slot: Callable[[], object], kind: str = "") -> tuple[Act, QPushButton]:
        """The action and its button. Its keys work while the tab is seen, also from the bar of the tabs."""
        made = act(action_id, slot, self)
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        return made, press(made, kind)

    def tools(self, *widgets: QWidget) -> None:
        """A row of controls, from the right."""
        row = Flow()
        row.setSpacing(8)
        row.addStretch(1)
        for widget in widgets:
            row.addWidget(widget)
        self.column.addLayout(row)

    def scrolled(self, widget: QWidget, width: int = 860) -> None:
        """``widget`` in a column that scrolls."""
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("plain")
        row = QHBoxLayout(inner)
        row.setContentsMargins(2, 2, 12, 12)
        widget.setMaximumWidth(width)
        row.addWidget(widget, 4, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        area.setWidget(inner)
        self.column.addWidget(area, 1)

    def show_refusal(self, refusal: Refused) -> bool:
        """At its field, if one of the tab's forms has it."""
        return any(form.show_refusal(refusal) for form in self.forms)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()

    def look_again(self) -> None:
        """Reload now if it is seen, else when it will be."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.reload()

    def _changed(self, changes: Changes) -> None:
        if changes & self.watches:
            self.look_again()
