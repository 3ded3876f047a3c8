"""What depots entered at their counters: adopt it, join it to what is there, or decline it with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.masterdata import CodeKind
from app.domain.people import Action
from app.i18n import N_, _
from app.services import adoption, codes, customers, products
from app.services.adoption import Adopted, Proposal
from ui import naming
from ui.dialogs.dialog import FormDialog, ask
from ui.form import ChoiceField, Form, MultilineField, Option
from ui.masterdata.words import allow
from ui.models import Column, Table
from ui.network.words import KINDS, details
from ui.tones import Tone
from ui.widgets import muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk
    from ui.network.page import NetworkPage

COLUMNS: tuple[Column[Proposal], ...] = (
    Column("depot", N_("Depot"), text=lambda p: p.depot_id, bold=True, tabular=True, width=70),
    Column("kind", N_("Kind"), text=lambda p: _(KINDS[p.kind]), chip=True, tone=lambda _p: Tone.INFO, width=110),
    Column("name", N_("Name"), text=lambda p: p.name, bold=True, width=220),
    Column("details", N_("Details"), text=details, tip=details, grow=True),
    Column("cases", N_("Cases"), text=lambda p: str(p.cases) if p.cases else "", sort=lambda p: p.cases,
           align="right", tabular=True, width=80),
    Column("alike", N_("Head office has"), text=lambda p: ", ".join(name for _id, name in p.alike), width=220,
           tone=lambda p: Tone.WARN if p.alike else None, tip=lambda p: "\n".join(name for _id, name in p.alike)),
)


class JoinForm(Form):
    """Which row of head office's it is."""

    def __init__(self, desk: Desk, proposal: Proposal) -> None:
        super().__init__()
        self._proposal = proposal
        self.into = self.add(ChoiceField(
            "into", N_("Head office's entry"), search=self._search, desk=desk, required=True))
        if proposal.alike:
            self.into.set_value(Option(*proposal.alike[0]))

    def _search(self, depot: Depot, text: str) -> list[Option]:
        if self._proposal.kind == "customer":
            return [Option(c.id, c.name, c.code) for c in customers.find(depot, text)]
        if self._proposal.kind == "product":
            return [Option(p.id, naming.product(p.model, p.name_zh, p.name_en), p.line)
                    for p in products.find(depot, text)]
        wanted = text.strip().casefold()
        kind = CodeKind(str(self._proposal.facts["kind"]))
        return [Option(view.code.id, f"{view.code.code} {view.code.name_zh}")
                for view in codes.codes(depot, kind, active_only=True)
                if wanted in f"{view.code.code} {view.code.name_zh} {view.code.name_en}".casefold()][:12]


class ReasonForm(Form):
    """Why not."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(MultilineField("reason", N_("Reason"), lines=3, required=True))


class ProposalsPane(QWidget):
    """The list and the three answers."""

    def __init__(self, page: NetworkPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self.table: Table[Proposal] = Table(
            COLUMNS, name="network.proposals", key=lambda p: (p.kind, p.depot_id, p.id), title=N_("Proposals"))
        self.table.set_empty(
            "ph.check-circle", N_("No proposal waits"),
            N_("What a depot enters at its counter because head office has none of it stands here after its sync."))
        self.table.selected.connect(lambda _row: self.permit())
        self.table.activated.connect(lambda _row: self._join())
        self.setFocusProxy(self.table)
        row = Flow()
        row.addWidget(muted(N_("The depot uses it already. It follows your answer with its next sync; "
                               "an answer is not taken back.")))
        row.addStretch(1)
        for action, slot, kind in (
            ("network.decline", self._decline, ""), ("network.join", self._join, ""),
            ("network.adopt", self._adopt, "primary"),
        ):
            row.addWidget(page.button(action, slot, kind=kind))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_proposals(self, found: Sequence[Proposal]) -> None:
        """Show what waits; the first is marked."""
        self.table.set_rows(found)
        if self.table.current() is None and found:
            self.table.select_key((found[0].kind, found[0].depot_id, found[0].id))
        self.permit()

    def permit(self) -> None:
        """The answers are there for whoever may give them, while this view is shown."""
        may = self._page.desk.permits(Action.EDIT_MASTER) and self.table.current() is not None
        here = self._page.view() == "proposals"
        allow(self._page, "network", adopt=may and here, join=may and here, decline=may and here)

    def _adopt(self) -> None:
        proposal = self.table.current()
        if proposal is None:
            return
        text = _("{kind} \"{name}\" of {depot} becomes head office's own and goes to every depot.").format(
            kind=_(KINDS[proposal.kind]), name=proposal.name, depot=proposal.depot_id)
        if proposal.alike:
            text += "\n\n" + _("Head office has something alike: {names}.").format(
                names=_(", ").join(name for _id, name in proposal.alike))
        ask(self._page, N_("Adopt this proposal?"), text, N_("Adopt"), lambda: self._page.run(
            lambda depot: adoption.adopt(depot, proposal.kind, proposal.depot_id, proposal.id),
            self._answered(_("{name} adopted").format(name=proposal.name))))

    def _join(self) -> None:
        proposal = self.table.current()
        if proposal is None or not self._page.desk.permits(Action.EDIT_MASTER):
            return
        form = JoinForm(self._page.desk, proposal)
        dialog = FormDialog(
            self._page, N_("Join to what is there"), form, accept=N_("Join"),
            text=N_("Units and cases of the depot name head office's entry from its next sync on."))

        def submit() -> None:
            into = str(form.into.value())
            dialog.run(
                lambda depot: adoption.join(depot, proposal.kind, proposal.depot_id, proposal.id, into),
                self._answered(_("{name} joined to {into}").format(name=proposal.name, into=form.into.text()), dialog))

        dialog.submitted.connect(submit)
        dialog.open()

    def _decline(self) -> None:
        proposal = self.table.current()
        if proposal is None:
            return
        form = ReasonForm()
        dialog = FormDialog(
            self._page, N_("Do not adopt"), form, accept=N_("Do not adopt"), danger=True,
            text=N_("The depot is told the reason. What names the proposal keeps it; it is used for nothing new."))

        def submit() -> None:
            reason = form.reason.value()
            dialog.run(
                lambda depot: adoption.decline(depot, proposal.kind, proposal.depot_id, proposal.id, reason),
                self._answered(_("{name} declined").format(name=proposal.name), dialog))

        dialog.submitted.connect(submit)
        dialog.open()

    def _answered(self, text: str, dialog: FormDialog | None = None) -> Callable[[Adopted], None]:
        def said(_done: Adopted) -> None:
            if dialog is not None:
                dialog.done_well()
            self._page.frame.toast(text)
            self._page.reload()

        return said
