"""All depots: head office sees every case and answers proposals; everybody asks where a serial is (spec 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.changes import Changes
from app.depot import Depot
from app.i18n import N_, _, _n
from app.services import adoption, network
from app.services.adoption import Proposal
from ui.network.cases import CasesPane
from ui.network.proposals import ProposalsPane
from ui.network.where import WherePane
from ui.page import Page
from ui.scanner import Scan, ScanKind
from ui.widgets import Segmented

CASES, WHERE, PROPOSALS = "cases", "where", "proposals"
VIEWS = (CASES, WHERE, PROPOSALS)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the page must know first."""

    office: bool
    today: date
    depots: int
    proposals: tuple[Proposal, ...]


class NetworkPage(Page):
    """Three views at head office, one at a depot."""

    watches = Changes.CASES | Changes.UNITS | Changes.MASTERDATA | Changes.SYNC

    def build(self) -> None:
        self.office: bool | None = None
        self._wanted = ""
        self.views = Segmented(
            [(CASES, N_("All cases")), (WHERE, N_("Where is …")), (PROPOSALS, N_("Proposals"))], N_("View"))
        self.views.chosen.connect(lambda view: self.show_view(str(view)))
        self.clear = self.button("network.clear", lambda: self.cases.clear())  # noqa: PLW0108  it is made later
        self.header.add(self.clear)
        self.body.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        self.stack = QStackedWidget()
        self.cases, self.where = CasesPane(self), WherePane(self)
        self.proposals = ProposalsPane(self)
        for widget in (self.cases, self.where, self.proposals):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self.act("network.find", self._find)
        self.act("network.cases", lambda: self.show_view(CASES))
        self.act("network.where", lambda: self.show_view(WHERE))
        self.act("network.proposals", lambda: self.show_view(PROPOSALS))
        self.views.hide()
        self._show(WHERE)
        self.desk.operator_changed.connect(self.proposals.permit)

    def view(self) -> str:
        """The view that is shown."""
        return VIEWS[self.stack.currentIndex()]

    def show_view(self, view: str) -> None:
        """Show one of the three; a depot has but the one."""
        if view != WHERE and not self.office:
            return
        self._show(view)
        self._pane().setFocus()

    def _pane(self) -> QWidget:
        return {CASES: self.cases, WHERE: self.where, PROPOSALS: self.proposals}[self.view()]

    def _show(self, view: str) -> None:
        self.views.set_value(view)
        self.stack.setCurrentIndex(VIEWS.index(view))
        self.clear.setVisible(view == CASES)
        self.proposals.permit()

    def reload(self) -> None:
        self.run(_fetch, self._know, quiet=True, replace="network")

    def _know(self, known: _Known) -> None:
        first = self.office is None
        self.office = self.where.office = known.office
        self.views.setVisible(known.office)
        self.cases.know(known.today)
        if not known.office:
            self.header.subtitle(_(
                "This depot's record, and the visits that other depots have told. Head office sees all."))
        else:
            n, m = known.depots, len(known.proposals)
            self.header.subtitle(
                _n("{n} depot", "{n} depots", n).format(n=n) + "  ·  "
                + _n("{n} proposal waits", "{n} proposals wait", m).format(n=m))
            self.proposals.show_proposals(known.proposals)
            self.cases.fetch()
            if first:
                self._show(self._wanted or CASES)
                if self.hasFocus():
                    self._pane().setFocus()
        self.where.again()

    def retranslated(self) -> None:
        self.reload()

    def open_subject(self, subject: object) -> None:
        """A view, or a serial that is looked for."""
        if subject in VIEWS:
            self._wanted = str(subject)
            self.show_view(self._wanted)
        else:
            self._wanted = WHERE
            self._show(WHERE)
            self.where.look(str(subject))

    def scanned(self, scan: Scan) -> bool:
        """Where is what was scanned."""
        if scan.kind is ScanKind.COMMAND:
            return False
        self._wanted = WHERE
        self._show(WHERE)
        self.where.look(str(scan.number) if scan.number else scan.serial or scan.text)
        return True

    def _find(self) -> None:
        if self.view() == CASES:
            self.cases.filter.focus("text")
        else:
            self.show_view(WHERE)
            self.where.text.setFocus()


def _fetch(depot: Depot) -> _Known:
    office = network.is_head_office(depot)
    return _Known(office, depot.today(), len(network.depots(depot)) if office else 0,
                  adoption.proposals(depot))
