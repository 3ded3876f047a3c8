"""Follow-ups and complaints: whom to call, who complains, and whether the targets are met."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.changes import Changes
from app.domain.numbering import DocumentType, parse_number
from app.domain.people import Action
from app.i18n import N_
from ui.disposition.pane import Pane
from ui.masterdata.words import allow
from ui.page import Page
from ui.scanner import Scan, ScanKind
from ui.widgets import Segmented

if TYPE_CHECKING:
    from app.services.call_sheets import CallSheet
    from ui.care.complaints import ComplaintsPane

VIEWS = (
    ("calls", N_("Follow-ups"), "ui.care.calls", "CallsPane"),
    ("complaints", N_("Complaints and suggestions"), "ui.care.complaints", "ComplaintsPane"),
    ("targets", N_("Targets"), "ui.care.targets", "TargetsPane"),
)


class CarePage(Page):
    """Three views; each is made when it is first shown."""

    watches = Changes.CARE | Changes.CASES | Changes.MASTERDATA

    def build(self) -> None:
        """Make the frame."""
        self.choice = Segmented([(name, text) for name, text, _module, _class in VIEWS], N_("View"))
        self.choice.chosen.connect(lambda name: self.show_view(str(name)))
        self.header.add(self.choice)
        self.header.add(self.button("care.take", self.take_complaint, kind="primary"))
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._views: dict[str, Pane] = {}
        for name, *_rest in VIEWS:
            self.act(f"care.{name}", partial(self.show_view, name))
        self.desk.operator_changed.connect(self._permit)
        self._permit()
        self.view("calls")

    def view(self, name: str) -> Pane:
        """The view ``name``, made now if it was not."""
        if name not in self._views:
            module, klass = next((m, c) for n, _t, m, c in VIEWS if n == name)
            made: Pane = getattr(import_module(module), klass)(self)
            self._views[name] = made
            self.stack.addWidget(made)
        return self._views[name]

    @property
    def shown(self) -> Pane:
        """The view that is seen."""
        return self.view(str(self.choice.value() or "calls"))

    def show_view(self, name: str) -> Pane:
        """Show the view ``name``."""
        self.choice.set_value(name)
        view = self.view(name)
        self.stack.setCurrentWidget(view)
        view.reload()
        view.take_focus()
        return view

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """The page is opened: its keys work at once."""
        super().showEvent(event)
        self.shown.take_focus()

    def reload(self) -> None:
        """Only the view that is seen looks at the record."""
        self.shown.reload()

    def take_complaint(self, sheet: CallSheet | None = None) -> None:
        """Take a complaint down; ``sheet``: the call in which it came up."""
        cast("ComplaintsPane", self.show_view("complaints")).take(sheet)

    def open_subject(self, subject: object) -> None:
        """The name of a view, a complaint's number, or a follow-up's id."""
        text = str(subject or "")
        number = parse_number(text)
        if text in {name for name, *_rest in VIEWS}:
            self.show_view(text)
        elif number is not None and number.type is DocumentType.SERVICE_REQUEST:
            self.show_view("complaints").open_subject(text)
        elif text:
            self.show_view("calls").open_subject(text)

    def scanned(self, scan: Scan) -> bool:
        """A line of the view that is seen. A complaint's number comes through the window: a request's looks like it."""
        if scan.kind is ScanKind.COMMAND:
            return False
        if scan.number is not None and scan.number.type is DocumentType.SERVICE_REQUEST:
            return False
        taken = self.shown.scanned(scan)
        if taken:
            self.frame.chime(good=True)
        return taken

    def _permit(self) -> None:
        allow(self, "care", take=self.desk.permits(Action.FOLLOW_UP))
