"""Dispositions: what becomes of units that cannot simply go back (art. 10.4), from the ruling to the last signature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.i18n import N_
from ui.disposition.pane import Pane
from ui.page import Page
from ui.scanner import Scan
from ui.widgets import Segmented


@dataclass(frozen=True, slots=True)
class PaneSpec:
    """One view of the page; its key is the action ``dispositions.<id>``."""

    id: str
    title: str               # marked by N_
    module: str
    name: str                # the class in the module

    def exists(self) -> bool:
        """Whether its module is part of this program."""
        return find_spec(self.module) is not None


PANES: tuple[PaneSpec, ...] = (
    PaneSpec("rule", N_("Awaiting ruling"), "ui.disposition.ruling", "RulingPane"),
    PaneSpec("approve", N_("To approve"), "ui.disposition.approvals", "ApprovalsPane"),
    PaneSpec("as-is", N_("Return as is / rework"), "ui.disposition.notices", "NoticesPane"),
    PaneSpec("scrap", N_("To scrap"), "ui.disposition.scrap", "ScrapPane"),
    PaneSpec("exchange", N_("Exchange"), "ui.disposition.exchange", "ExchangePane"),
    PaneSpec("rnd", N_("Technical determination"), "ui.disposition.determination", "DeterminationPane"),
    PaneSpec("all", N_("All"), "ui.disposition.record", "RecordPane"),
)


class DispositionsPage(Page):
    """A frame around the panes; each is made when it is first shown."""

    watches = (
        Changes.UNITS | Changes.CASES | Changes.REPAIRS | Changes.HANDOVERS | Changes.DISPOSITIONS | Changes.WARRANTY
        | Changes.MASTERDATA
    )

    def build(self) -> None:
        """Make the frame."""
        self.specs = tuple(spec for spec in PANES if spec.exists())
        self.views = Segmented([(spec.id, spec.title) for spec in self.specs], N_("View"))
        self.views.chosen.connect(self._chosen)
        self.body.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._panes: dict[str, Pane] = {}
        for spec in self.specs:
            self.act(f"dispositions.{spec.id}", partial(self.show_pane, spec.id))
        self.pane(self.specs[0].id)

    def pane(self, pane_id: str) -> Pane:
        """The pane ``pane_id``, made now if it was not."""
        if pane_id not in self._panes:
            spec = next(spec for spec in self.specs if spec.id == pane_id)
            made: Pane = getattr(import_module(spec.module), spec.name)(self)
            self._panes[pane_id] = made
            self.stack.addWidget(made)
        return self._panes[pane_id]

    @property
    def shown(self) -> Pane:
        """The pane that is seen."""
        return self.pane(str(self.views.value()))

    def show_pane(self, pane_id: str) -> Pane:
        """Show the pane ``pane_id``."""
        self.views.set_value(pane_id)
        return self._chosen(pane_id)

    def reload(self) -> None:
        """Only the pane that is seen looks at the record; the others do when they are shown."""
        self.shown.reload()

    def scanned(self, scan: Scan) -> bool:
        """The pane that is shown first, then whichever knows the unit."""
        return self.shown.scanned(scan)

    def open_subject(self, subject: object) -> None:
        """A case id, a number, or the name of a pane."""
        text = str(subject or "")
        if text in {spec.id for spec in self.specs}:
            self.show_pane(text)
            return
        if text and not self.shown.open_subject(subject):
            self.show_pane("rule").open_subject(subject)

    def _chosen(self, pane_id: object) -> Pane:
        pane = self.pane(str(pane_id))
        self.header.subtitle("")
        self.stack.setCurrentWidget(pane)
        pane.reload()
        pane.take_focus()
        return pane
