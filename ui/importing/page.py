"""Import: a list of returned units comes in as one batch, rehearsed row by row before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.i18n import N_, _n
from ui.importing.batches import BatchesTab
from ui.importing.new_list import NewListTab
from ui.page import Page
from ui.widgets import Segmented

NEW, SO_FAR = "new", "so-far"


class ImportingPage(Page):
    """A new list, and the imports so far."""

    watches = Changes.UNITS | Changes.CASES | Changes.MASTERDATA

    def build(self) -> None:
        """Make both views."""
        self.views = Segmented([(NEW, N_("New list")), (SO_FAR, N_("Imports so far"))], N_("View"))
        self.views.chosen.connect(self._chosen)
        self.header.add(self.views)
        self.stack = QStackedWidget()
        self.new_list = NewListTab(self)
        self.batches = BatchesTab(self)
        self.stack.addWidget(self.new_list)
        self.stack.addWidget(self.batches)
        self.body.addWidget(self.stack, 1)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    def reload(self) -> None:
        """The batches look again; a list on the table is rehearsed again, because the house has changed."""
        self.batches.reload()
        self.new_list.reload()

    def retranslated(self) -> None:
        """Say again what is made from data."""
        self.new_list.retranslate()
        self.batches.reload()

    def open_subject(self, subject: object) -> None:
        """A path: the list to import. A batch id: the batch."""
        if isinstance(subject, Path):
            self.show_view(NEW)
            self.new_list.take(subject)
        elif subject:
            self.show_view(SO_FAR)
            self.batches.select(str(subject))

    def show_view(self, view: str) -> None:
        """Show one of the two views."""
        self.views.set_value(view)
        self._chosen(view)

    def counted(self, batches: int) -> None:
        """Say how many imports there were."""
        self.header.subtitle(_n("{n} import so far", "{n} imports so far", batches).format(n=batches))

    def allow(self, action_id: str, *, allowed: bool) -> None:
        """Enable an action with its button, or not."""
        for made in self.findChildren(QAction, action_id):
            made.setEnabled(allowed)

    def _chosen(self, view: object) -> None:
        self.stack.setCurrentWidget(self.new_list if view == NEW else self.batches)
        self._permit()

    def _permit(self) -> None:
        self.new_list.permit()
        self.batches.permit()
