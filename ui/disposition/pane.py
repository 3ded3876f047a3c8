"""One pane of the dispositions page: what every one of them answers to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QPushButton, QWidget

from app.depot import Depot
from ui.background import Errand
from ui.keys import Act, act, press
from ui.page import Page
from ui.scanner import Scan

T = TypeVar("T")


class Pane(QWidget):
    """A view of the dispositions page. A subclass overrides ``build`` and what it needs of the rest.

    Its module lies in ``ui.disposition`` and calls the subclass as the table in ``ui.disposition.page`` says.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.frame = page.frame
        self.build()

    def build(self) -> None:
        """Make the widgets. Called once, when the pane is first shown."""

    def reload(self) -> None:
        """Fetch what is shown. Called whenever the pane is shown or something it may show has changed."""

    def scanned(self, scan: Scan) -> bool:
        """A code was scanned while the pane is shown; ``True`` = the pane took it."""
        return False

    def open_subject(self, subject: object) -> bool:
        """Show ``subject`` (a case id, a number); ``False`` = it is none of this pane's."""
        return False

    def take_focus(self) -> None:
        """The pane was chosen: put the focus where its keys work."""
        self.setFocus()

    def run(
        self,
        operation: Callable[[Depot], T],
        then: Callable[[T], None] | None = None,
        *,
        quiet: bool = False,
        replace: str = "",
    ) -> Errand:
        """``desk.run`` with the page as the owner."""
        return self.desk.run(self.page, operation, then, None, quiet=quiet, replace=replace)

    def act(self, action_id: str, slot: Callable[[], object]) -> Act:
        """The action ``action_id`` of the table, alive in this pane."""
        return act(action_id, slot, self)

    def button(self, action_id: str, slot: Callable[[], object], kind: str = "") -> QPushButton:
        """A button for the action ``action_id``."""
        return press(self.act(action_id, slot), kind)
