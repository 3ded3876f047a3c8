"""To approve: what waits for the general manager, why it is asked for, and the answer signed anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from app.depot import Depot
from app.domain.approvals import ApprovalKind, ApprovalRow
from app.domain.people import Role
from app.domain.signing import OwnSignature, Signature
from app.i18n import N_, _
from app.labels import label
from app.services import approvals
from app.services.warranty import VerdictChange
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.disposition.list_pane import ListPane, own_signs
from ui.form import Form, MultilineField
from ui.models import Column
from ui.page import Page
from ui.tones import Tone
from ui.warranty.words import change_words
from ui.widgets.notice import Notice

COLUMNS: tuple[Column[ApprovalRow], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
    Column("kind", N_("Asked for"), text=lambda r: label(r.approval.kind), width=110, chip=True,
           tone=lambda r: Tone.BAD if r.approval.kind is ApprovalKind.SCRAP else Tone.INFO),
    Column("reason", N_("Reason"), text=lambda r: r.approval.reason, width=240, grow=True),
    Column("model", N_("Model"), text=lambda r: r.model, width=130),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=170),
    Column("by", N_("Asked by"), text=lambda r: r.approval.requested_by_name, width=100),
    Column("at", N_("Asked on"), text=lambda r: moments.day(r.approval.requested_at).isoformat(), width=100,
           tabular=True),
    Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True, hidden=True),
)


class RefuseDialog(FormDialog):
    """Why it is refused."""

    def __init__(self, page: Page, row: ApprovalRow) -> None:
        form = Form()
        self.reason = form.add(MultilineField("reason", N_("Why it is refused"), required=True))
        super().__init__(page, N_("Refuse"), form, accept=N_("Sign…"), text=row.approval.reason)
        self._page, self._row = page, row
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        purpose = _("Refuse: {kind} {serial}").format(kind=label(self._row.approval.kind), serial=self._row.serial)
        self._page.frame.sign(self, own_signs(self._page, purpose, Role.MANAGER), self._signed)

    def _signed(self, signature: Signature) -> None:
        if isinstance(signature, OwnSignature):
            approval_id, reason = self._row.approval.id, self.reason.value()
            self.run(
                lambda depot: approvals.decide(
                    depot, approval_id, approved=False, signature=signature, reason=reason),
                lambda _done: self.done_well(),
            )


class ApprovalsPane(ListPane[ApprovalRow]):
    """One list, two answers."""

    columns = COLUMNS
    name = "approvals"
    title = N_("To approve")
    empty = ("ph.thumbs-up", N_("Nothing is awaiting approval"),
             N_("Scrapping and free service are asked for by one person and approved by another."))
    hint = N_("Whoever asked, and whoever repaired the unit, cannot approve.")

    def buttons(self) -> Sequence[QPushButton]:
        """Refuse and approve."""
        self.refuse = self.button("dispositions.refuse", lambda: self.with_row(self._refuse))
        self.approve_button = self.button(
            "dispositions.give-approval", lambda: self.with_row(self._approve), kind="primary"
        )
        return self.refuse, self.approve_button

    def build(self) -> None:
        """The list, and above it what changed since the question was asked."""
        super().build()
        self.changed = Notice()
        self.changed.hide()
        self.column.insertWidget(0, self.changed)

    def _say_changed(self, change: VerdictChange | None) -> None:
        self.changed.setVisible(change is not None)
        if change is not None:
            told = _("{change} after this was asked for. Refuse it, or let it be asked anew.")
            self.changed.say(told.format(change=change_words(change)), Tone.WARN)

    def fetch(self, depot: Depot) -> Sequence[ApprovalRow]:
        """Everything that waits."""
        return approvals.asked(depot)

    def key_of(self, row: ApprovalRow) -> str:
        """The question."""
        return row.approval.id

    def unit_of(self, row: ApprovalRow) -> str:
        """The unit it is about."""
        return row.approval.unit_id or ""

    def codes_of(self, row: ApprovalRow) -> set[str]:
        """Serial, case, or the number it is about."""
        return {row.serial, row.case_number, row.approval.subject_number}

    def allow(self, row: ApprovalRow | None) -> None:
        """Both answers need a line."""
        for button in (self.refuse, self.approve_button):
            button.setEnabled(row is not None)
        self.changed.hide()
        if row is not None:
            self.run(lambda depot: approvals.change_since(depot, row.approval.id), self._say_changed, quiet=True,
                     replace="changed")

    def _refuse(self, row: ApprovalRow) -> None:
        RefuseDialog(self.page, row).open()

    def _approve(self, row: ApprovalRow) -> None:
        purpose = _("Approve: {kind} {serial}. {reason}").format(
            kind=label(row.approval.kind), serial=row.serial, reason=row.approval.reason)

        def signed(signature: Signature) -> None:
            if isinstance(signature, OwnSignature):
                self.run(
                    lambda depot: approvals.decide(depot, row.approval.id, approved=True, signature=signature),
                    lambda _done: self.frame.toast(_("Approved: {serial}").format(serial=row.serial)),
                )

        self.frame.sign(self, own_signs(self.page, purpose, Role.MANAGER), signed)
