"""Spares: the pool in zone 3, units owed for spares left at sites, loaners, emergency builds, restocking (art. 11)."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.numbering import DocumentType, parse_number
from app.i18n import N_
from app.services import request_swaps
from app.services.request_swaps import SwapStart
from ui.dialogs.preview import PrintJob
from ui.page import Page
from ui.scanner import Scan
from ui.spares.papers import paper_job
from ui.spares.pool import PoolView
from ui.spares.view import SparesView
from ui.widgets import Segmented

VIEWS = (
    ("pool", N_("Pool"), "ui.spares.pool", "PoolView"),
    ("owed", N_("Owed units"), "ui.spares.owed", "OwedView"),
    ("loaners", N_("Loaners"), "ui.spares.loaners", "LoanersView"),
    ("builds", N_("Emergency builds"), "ui.spares.builds", "BuildsView"),
    ("restock", N_("Restock"), "ui.spares.restock", "RestockView"),
)
#: The view that shows a document of each type.
_VIEW_OF = {
    DocumentType.SPARE_USE: "owed", DocumentType.EMERGENCY_BUILD: "builds", DocumentType.RESTOCK: "restock",
    DocumentType.LOAN: "loaners",
}
_FORM_OF = {
    DocumentType.SPARE_USE: "F15", DocumentType.EMERGENCY_BUILD: "F16", DocumentType.RESTOCK: "F17",
    DocumentType.LOAN: "F18L",
}


class SparesPage(Page):
    """Five views; each is made when it is first shown."""

    watches = Changes.SPARES | Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.MASTERDATA

    def build(self) -> None:
        """Make the frame."""
        self.choice = Segmented([(name, text) for name, text, _module, _class in VIEWS], N_("View"))
        self.choice.chosen.connect(self._chosen)
        self.header.add(self.choice)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._views: dict[str, SparesView] = {}
        for name, *_rest in VIEWS:
            self.act(f"spares.{name}", partial(self.show_view, name))
        self.setFocusProxy(self.view("pool").table)  # the keys of a view work while the focus is in it

    def view(self, name: str) -> SparesView:
        """The view ``name``, made now if it was not."""
        if name not in self._views:
            module, klass = next((m, c) for n, _t, m, c in VIEWS if n == name)
            made: SparesView = getattr(import_module(module), klass)(self)
            self._views[name] = made
            self.stack.addWidget(made)
        return self._views[name]

    @property
    def shown(self) -> SparesView:
        """The view that is seen."""
        return self.view(str(self.choice.value()))

    def show_view(self, name: str) -> SparesView:
        """Show the view ``name``."""
        self.choice.set_value(name)
        return self._chosen(name)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """The page is opened: its keys work at once."""
        super().showEvent(event)
        self.shown.take_focus()

    def reload(self) -> None:
        """Only the view that is seen looks at the record."""
        self.shown.reload()

    def scanned(self, scan: Scan) -> bool:
        """A row of the view that is seen, else a document of this page."""
        if self.shown.scanned(scan):
            self.frame.chime(good=True)
            return True
        if scan.number is not None and scan.number.type in _VIEW_OF:
            self.open_subject(str(scan.number))
            self.frame.chime(good=True)
            return True
        return False

    def open_subject(self, subject: object) -> None:
        """The name of a view, the number of a document, a service request that a spare is to solve, or a serial."""
        text = str(subject or "")
        number = parse_number(text)
        if text in {name for name, *_rest in VIEWS}:
            self.show_view(text)
        elif number is not None and number.type is DocumentType.SERVICE_REQUEST:
            self.show_view("pool")
            self.run(lambda depot: request_swaps.start(depot, text), self._send_for)
        elif number is not None and number.type in _VIEW_OF:
            self.show_view(_VIEW_OF[number.type]).wanted = text
        elif text:
            self.shown.wanted = text
            self.shown.reload()

    def _send_for(self, asked: SwapStart) -> None:
        pool = self.view("pool")
        if isinstance(pool, PoolView):
            pool.send_for(asked)

    def print_job(self) -> PrintJob | None:
        """The paper of the row in hand."""
        number = self.shown.paper_number()
        parsed = parse_number(number) if number else None
        return paper_job(number, _FORM_OF[parsed.type]) if parsed and parsed.type in _FORM_OF else None

    def _chosen(self, name: object) -> SparesView:
        view = self.view(str(name))
        self.header.subtitle("")
        self.stack.setCurrentWidget(view)
        self.setFocusProxy(view.table)
        view.chosen(view.table.current())
        view.reload()
        view.take_focus()
        return view
