"""Zones: what stands where, on which shelf, what the ledgers say, and whether it is true (art. 12)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.numbering import parse_number
from app.i18n import N_
from app.services import part_counting
from ui.page import Page
from ui.scanner import Scan
from ui.storage.board import BoardTab
from ui.storage.counting import CountTab
from ui.storage.ledger import LedgerTab
from ui.storage.papers import ledger_job
from ui.storage.shelves import ShelvesTab
from ui.widgets import Segmented

if TYPE_CHECKING:
    from ui.dialogs.preview import PrintJob

BOARD, SHELVES, LEDGER, COUNT = "board", "shelves", "ledger", "count"


class ZonesPage(Page):
    """Four views of the zones."""

    watches = Changes.UNITS | Changes.CASES | Changes.STOCKTAKES | Changes.MASTERDATA

    def build(self) -> None:
        """Make the four views; the others are filled when they are first shown."""
        self.views = Segmented(
            [(BOARD, N_("Board")), (SHELVES, N_("Shelves")), (LEDGER, N_("Ledger")), (COUNT, N_("Stock-take"))],
            N_("View"),
        )
        self.header.add(self.button("zones.print", self.print_shown))
        self.header.add(self.views)
        self.stack = QStackedWidget()
        self.board = BoardTab(self)
        self.shelves = ShelvesTab(self)
        self.ledger = LedgerTab(self)
        self.count = CountTab(self)
        self._tabs: dict[str, BoardTab | ShelvesTab | LedgerTab | CountTab] = {
            BOARD: self.board, SHELVES: self.shelves, LEDGER: self.ledger, COUNT: self.count,
        }
        for tab in self._tabs.values():
            self.stack.addWidget(tab)
        self.body.addWidget(self.stack, 1)
        self.views.chosen.connect(self._chosen)
        for view in self._tabs:
            self.act(f"zones.{view}", partial(self.show_view, view))

    def show_view(self, view: str) -> None:
        """Show one of the four views."""
        self.views.set_value(view)
        self._chosen(view)

    def show_action(self, action_id: str, *, shown: bool) -> None:
        """Show an action with its button, or put both away."""
        for made in self.findChildren(QAction, action_id):
            made.setVisible(shown)
            made.setEnabled(shown)

    def reload(self) -> None:
        """Only the view that is seen looks at the record; the others do when they are shown."""
        view = str(self.views.value())
        self._tabs[view].reload()
        if view != BOARD:
            self.header.subtitle("")

    def scanned(self, scan: Scan) -> bool:
        """Shelves and stock-take are worked with the scanner; elsewhere a scan goes its usual way."""
        view = self.views.value()
        if view == SHELVES:
            return self.shelves.scanned(scan)
        if view == COUNT:
            return self.count.scanned(scan)
        return False

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the count sheet under way, else the ledger of the zone shown (F20)."""
        view = self.views.value()
        if view == COUNT:
            return self.count.paper()
        if view == LEDGER:
            return self.ledger.paper()
        today = self.board.today
        zone = self.shelves.zone if view == SHELVES else self.board.zone
        return ledger_job(zone, today.replace(day=1), today) if today.year > 1 else None

    def print_shown(self) -> None:
        """Preview what Ctrl+P prints."""
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)

    def open_subject(self, subject: object) -> None:
        """A number of a stock-take, ``overdue``, or the name of a view."""
        text = str(subject or "")
        if text in self._tabs:
            self.show_view(text)
        elif text == "overdue":
            self.show_view(BOARD)
            self.board.show_overdue()
        elif parse_number(text) is not None:
            self.show_view(COUNT)
            self.count.open_number(text)
            self.run(lambda depot: part_counting.known(depot, text), lambda parts: self._elsewhere(text, parts=parts),
                     quiet=True)

    def _elsewhere(self, number: str, *, parts: bool) -> None:
        """The stock-take of parts shares the letter of the zones'."""
        if parts:
            self.frame.open("parts", number)

    def _chosen(self, view: object) -> None:
        self.stack.setCurrentWidget(self._tabs[str(view)])
        self.reload()
