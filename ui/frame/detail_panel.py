"""The panel at the right: the selected unit. Its content is a module of its own, loaded when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.changes import Changes
from app.i18n import N_
from ui import icons
from ui.background import Desk
from ui.page import Frame
from ui.pages import DETAIL
from ui.widgets.labels import caption
from ui.words import bind

WIDTH = 348


class UnitView(Protocol):
    """What the module named in ``pages.DETAIL`` gives."""

    def show_unit(self, unit_id: str, depot_id: str = "") -> None:
        """Show this unit; another depot's to be read only."""

    def open_warranty(self) -> None:
        """Show why its warranty holds or not."""

    def open_file(self) -> None:
        """Show how it was built and shipped."""

    def open_lot(self) -> None:
        """Show everything of its lot."""


class DetailPanel(QFrame):
    """Hosts the detail of a unit; looks again when the record changed."""

    closed = Signal()

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self.setObjectName("detail")
        self.setFixedWidth(WIDTH)
        self._desk, self._frame = desk, frame
        self._view: UnitView | None = None
        self.unit_id = ""
        self.depot_id = ""
        bind(self.setAccessibleName, N_("Selected unit"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 0)
        head.addWidget(caption(N_("Selected unit")))
        head.addStretch(1)
        close = QToolButton()
        icons.put(close.setIcon, "ph.x")
        bind(close.setAccessibleName, N_("Close the detail"))
        bind(close.setToolTip, N_("Close the detail"))
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self._column.addLayout(head)
        desk.changed.connect(self._changed)
        self.hide()

    def show_unit(self, unit_id: str, depot_id: str = "") -> None:
        """Show the unit; of another depot's unit (head office) to be read only."""
        self.unit_id, self.depot_id = unit_id, depot_id
        if self._view is None:
            self._view = self._load()
        self._view.show_unit(unit_id, depot_id)
        self.show()

    def leave_unit(self, unit_id: str) -> None:
        """No unit is chosen any more; one that was looked up meanwhile stays."""
        if self.unit_id == unit_id:
            self.unit_id = self.depot_id = ""
            self.hide()

    def toggle(self) -> None:
        """Close it, or show the chosen unit again."""
        if self.isVisible():
            self.closed.emit()
        elif self.unit_id:
            self.show()

    def open_warranty(self) -> None:
        """The warranty of the unit, if one is chosen."""
        if self._view and self.unit_id:
            self._view.open_warranty()

    def open_file(self) -> None:
        """The file of the unit, if one is chosen."""
        if self._view and self.unit_id:
            self._view.open_file()

    def open_lot(self) -> None:
        """Everything of the unit's lot, if one is chosen."""
        if self._view and self.unit_id:
            self._view.open_lot()

    def look_again(self) -> None:
        """Fetch the unit anew."""
        if self._view and self.unit_id:
            self._view.show_unit(self.unit_id, self.depot_id)

    def _load(self) -> UnitView:
        module, name = DETAIL
        view = getattr(import_module(module), name)(self._desk, self._frame)
        self._column.addWidget(cast(QWidget, view), 1)
        return cast(UnitView, view)

    def _changed(self, changes: Changes) -> None:
        wanted = Changes.UNITS | Changes.CASES | Changes.REPAIRS | Changes.INSPECTIONS | Changes.HANDOVERS
        wanted |= Changes.WARRANTY
        if changes & wanted and self.isVisible():
            self.look_again()

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: N802  Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
