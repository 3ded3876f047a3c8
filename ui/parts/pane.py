"""One pane of the parts page: what every one of them answers to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.depot import Depot
from ui.background import Errand
from ui.keys import act, press
from ui.page import Page
from ui.scanner import Scan

if TYPE_CHECKING:
    from ui.dialogs.preview import PrintJob

T = TypeVar("T")


class Pane(QWidget):
    """A view of the parts page. A subclass overrides ``build`` and what it needs of the rest."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.page, self.desk, self.frame = page, page.desk, page.frame
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.build()

    def build(self) -> None:
        """Make the widgets. Called once."""

    def reload(self) -> None:
        """Fetch what is shown."""

    def scanned(self, scan: Scan) -> bool:
        """A code was scanned while the pane is shown; ``True`` = the pane took it."""
        del scan
        return False

    def open_subject(self, subject: str) -> None:
        """Go to the line ``subject``."""

    def print_job(self) -> PrintJob | None:
        """What Ctrl+P prints; ``None`` = nothing."""
        return None

    def run(
        self, operation: Callable[[Depot], T], then: Callable[[T], None] | None = None, *, quiet: bool = False,
        replace: str = "",
    ) -> Errand:
        """``desk.run`` with the page as the owner."""
        return self.desk.run(self.page, operation, then, None, quiet=quiet, replace=replace)

    def button(self, action_id: str, slot: Callable[[], object], kind: str = "") -> QPushButton:
        """A button for the action ``action_id``, whose keys work in this pane."""
        return press(act(action_id, slot, self), kind)
