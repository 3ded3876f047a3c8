"""Quotations: what needs a price, what waits for the customer, what was answered (spec 1 §3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout

from app.changes import Changes
from app.depot import Depot
from app.domain.money import Money
from app.domain.people import Action
from app.domain.quotation import PaymentKind, Quotation, QuotationState, QuoteRow
from app.domain.stages import Stage
from app.i18n import N_, _, _n
from app.labels import label
from app.services import approvals, free_service, payments, quotation, quotation_lists
from app.services.quotation_lists import QuoteSheet
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.form import Form
from ui.masterdata.words import taken_back
from ui.models import Table
from ui.page import Page
from ui.quotation.answering import AnswerDialog, PaymentForm
from ui.quotation.columns import quote_columns
from ui.quotation.editor import QuoteDialog
from ui.quotation.papers import quotation_job
from ui.quotation.side import Side
from ui.repair.forms import ReasonForm
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Segmented, muted
from ui.widgets.flow import Flow

LISTS = (
    ("to_quote", N_("To quote")),
    ("waiting", N_("Awaiting customer")),
    ("answered", N_("Answers")),
)
EMPTY = {
    "to_quote": (N_("Nothing needs a price"), N_("Chargeable units appear here when the bench has diagnosed them.")),
    "waiting": (N_("No customer is asked"), N_("A quotation waits here from being sent to the answer.")),
    "answered": (N_("Nothing was answered yet"), N_("Answered and withdrawn quotations stay here.")),
}
_FETCH: dict[str, Callable[[Depot], tuple[QuoteRow, ...]]] = {
    "to_quote": quotation_lists.to_quote, "waiting": quotation_lists.waiting, "answered": quotation_lists.answered,
}
R = TypeVar("R")
_AT = {Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.REFERRED}


class QuotationsPage(Page):
    """Three lists; the money of the selected case beside them."""

    watches = Changes.MONEY | Changes.CASES | Changes.REPAIRS | Changes.DISPOSITIONS

    def build(self) -> None:
        """Make the lists, the card and the buttons."""
        self.today = date.min
        self.sheet: QuoteSheet | None = None
        self._wanted: str | None = None
        self.choice = Segmented(LISTS, N_("List"))
        self.choice.chosen.connect(lambda _name: self._switch())
        self.header.add(self.choice)
        self.table: Table[QuoteRow] = Table(
            quote_columns(lambda: self.today), name="quotations", key=lambda row: row.quotation_id or row.case_id,
            title=N_("Quotations"),
        )
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda _row: self._usual())
        self.side = Side()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table, 1)
        row.addWidget(self.side)
        self.body.addLayout(row, 1)
        self.body.addLayout(self._foot())
        for place, (name, _title) in enumerate(LISTS):
            self.act(f"quotations.list-{place + 1}", partial(self.show_list, name))
        self._gate()
        self._switch()

    def _foot(self) -> QHBoxLayout:
        foot = Flow()
        self.hint = muted(N_("Scan a unit, a case or a quotation."))
        foot.addWidget(self.hint)
        foot.addStretch(1)
        self.buttons = {
            name: self.button(f"quotations.{name}", slot, kind)
            for name, slot, kind in (
                ("free", self._free, ""), ("withdraw", self._withdraw, ""), ("pay", self._pay, ""),
                ("requote", self._requote, ""), ("write", self._write, "primary"), ("send", self._send, "primary"),
                ("answer", self._answer, "primary"),
            )
        }
        for button in self.buttons.values():
            foot.addWidget(button)
        return foot

    # -- the lists ---------------------------------------------------------------------------------------------

    def show_list(self, name: str) -> None:
        """Show one of the three lists."""
        self.choice.set_value(name)
        self._switch()

    def _switch(self) -> None:
        name = str(self.choice.value())
        self.table.set_empty("ph.receipt", *EMPTY[name])
        self.reload()

    def reload(self) -> None:
        """Fetch the list that is shown."""
        fetch = _FETCH[str(self.choice.value())]
        self.run(lambda depot: (depot.today(), fetch(depot)), self._filled, replace="rows")

    def _filled(self, found: tuple[date, Sequence[QuoteRow]]) -> None:
        self.today, rows = found
        self.header.subtitle(_n("{n} case", "{n} cases", len(rows)).format(n=len(rows)))
        self.table.set_rows(rows)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._select(wanted)
            self.table.setFocus()  # the list was another: the keys go on working
        if wanted:
            return      # the first row, or the row of before, is not what was asked for
        current = self.table.current()
        if current is None and rows:
            self.table.select_key(rows[0].quotation_id or rows[0].case_id)
        else:
            self._selected(current)

    def _select(self, case_id: str) -> None:
        row = next((row for row in self.table.rows() if row.case_id == case_id), None)
        if row is not None:
            self.table.select_key(row.quotation_id or row.case_id)
            self._selected(row)
        elif case_id:
            self.run(lambda depot: quotation_lists.sheet(depot, case_id), self._shown, quiet=True, replace="sheet")

    def _selected(self, row: QuoteRow | None) -> None:
        self.follow(row.unit_id if row else "")
        if row is None:
            self._shown(None)
            return
        case_id = row.case_id
        self.run(lambda depot: quotation_lists.sheet(depot, case_id), self._shown, quiet=True, replace="sheet")

    def _shown(self, sheet: QuoteSheet | None) -> None:
        self.sheet = sheet
        self.side.show_sheet(sheet)
        self._gate()

    def scanned(self, scan: Scan) -> bool:
        """A unit, a case or a quotation: show it in whichever list it is."""
        if scan.kind is ScanKind.COMMAND:
            return False
        code = scan.serial or (str(scan.number) if scan.number else "") or scan.text
        self.run(lambda depot: quotation_lists.case_by_code(depot, code), lambda found: self._found(found, code))
        return True

    def _found(self, case_id: str | None, code: str) -> None:
        self.frame.chime(good=case_id is not None)
        if case_id is None:
            self.frame.toast(_("{code} needs no price and has no quotation.").format(code=code), Tone.WARN)
        else:
            self.open_subject(case_id)

    def open_subject(self, subject: object) -> None:
        """Show the case ``subject`` (or the one of a quotation's number) in the list it is in."""
        def everywhere(depot: Depot) -> tuple[str, str]:
            for name, fetch in _FETCH.items():
                for row in fetch(depot):
                    if str(subject) in {row.case_id, row.number, row.quotation_id, row.case_number}:
                        return name, row.case_id
            return "", str(subject)

        def seek(found: tuple[str, str]) -> None:
            name, self._wanted = found
            if name:
                self.choice.set_value(name)
            self._switch()

        self.run(everywhere, seek)

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the quotation that is selected, else the newest of the case."""
        row = self.table.current()
        newest = self.sheet.versions[0].quotation.number if self.sheet and self.sheet.versions else ""
        number = (row.number if row else "") or newest
        return quotation_job(number) if number else None

    # -- what can be done --------------------------------------------------------------------------------------

    def _version(self, *states: QuotationState) -> Quotation | None:
        versions = self.sheet.versions if self.sheet else ()
        return next((v.quotation for v in versions if v.quotation.state in states), None)

    def _gate(self) -> None:
        sheet = self.sheet
        draft, sent = self._version(QuotationState.DRAFT), self._version(QuotationState.SENT)
        here = sheet is not None and sheet.case.stage in _AT
        quote, record = self.desk.permits(Action.QUOTE), self.desk.permits(Action.RECORD_CONSENT)
        asked = sheet is not None and sheet.free is not None and sheet.free.decided_at is None
        may = {
            "write": quote and here and sent is None, "send": quote and draft is not None,
            "answer": record and sent is not None, "withdraw": quote and (draft or sent) is not None,
            "requote": quote and here and draft is None and bool(sheet and sheet.versions),
            "free": here and sheet is not None and sheet.chargeable and not asked and not sheet.balance.free
            and self.desk.permits(Action.REQUEST_APPROVAL),
            "pay": sheet is not None and sheet.balance.open_fen > 0 and self.desk.permits(Action.RECORD_PAYMENT),
        }
        for act in self.actions():
            name = act.objectName().removeprefix("quotations.")
            if name in may:
                act.setEnabled(bool(may[name]))
        for name, button in self.buttons.items():
            # One thing is due at a time: what cannot be done now does not stand in the way.
            button.setVisible(bool(may[name]) and not (name == "write" and draft is not None))

    def _usual(self) -> None:
        """Enter on a line: what is due next."""
        if self._version(QuotationState.SENT):
            self._answer()
        else:
            self._write()

    def _write(self) -> None:
        if self.sheet is not None and self._version(QuotationState.SENT) is None and self.sheet.case.stage in _AT:
            QuoteDialog(self, self.sheet, self._saved).open()

    def _saved(self, done: quotation.Quoted) -> None:
        self._told(done, _("{number} drafted: {total}. Ctrl+Enter sends it."))
        self.frame.preview(quotation_job(done.quotation.number))

    def _send(self) -> None:
        draft = self._version(QuotationState.DRAFT)
        if draft is not None:
            self.run(lambda depot: quotation.send(depot, draft.id), self._sent)

    def _sent(self, done: quotation.Quoted) -> None:
        self._told(done, _("{number} sent: {total}. The clock is paused until the answer."))
        self.open_subject(done.quotation.case_id)

    def _answer(self) -> None:
        sent = self._version(QuotationState.SENT)
        if sent is not None and self.sheet is not None:
            AnswerDialog(self, self.sheet, sent, self._answered).open()

    def _answered(self, done: quotation.Quoted) -> None:
        said = _("{number} agreed to: the bench may go on.")
        if done.quotation.state is QuotationState.DECLINED:
            said = _("{number} declined: the case is awaiting its ruling.")
        self.frame.toast(said.format(number=done.quotation.number), Tone.OK)
        self.open_subject(done.quotation.case_id)

    def _requote(self) -> None:
        if self.sheet is not None and self.sheet.versions:
            old = self.sheet.versions[0].quotation
            self.run(lambda depot: quotation.requote(depot, old.id), self._again)

    def _again(self, done: quotation.Quoted) -> None:
        self._told(done, _("{number} drafted: {total}. Change it, then send it."))
        case_id = done.quotation.case_id

        def write(sheet: QuoteSheet) -> None:
            self._shown(sheet)
            self._write()

        self.run(lambda depot: quotation_lists.sheet(depot, case_id), write)

    def _withdraw(self) -> None:
        open_ = self._version(QuotationState.DRAFT) or self._version(QuotationState.SENT)
        if open_ is None:
            return
        form = ReasonForm("reason", N_("Reason"))
        self._dialog(
            N_("Withdraw"), form, N_("Withdraw"), lambda depot: quotation.withdraw(depot, open_.id, form.text.value()),
            lambda _done: self.frame.toast(_("{number} withdrawn").format(number=open_.number)),
        )

    def _free(self) -> None:
        if self.sheet is None:
            return
        case_id, form = self.sheet.case.id, ReasonForm("reason", N_("Why it shall be free"))
        self._dialog(
            N_("Free of charge"), form, N_("Ask the general manager"),
            lambda depot: free_service.ask(depot, case_id, form.text.value()), self._asked_free,
        )

    def _asked_free(self, done: approvals.Asked) -> None:
        self.frame.toast(_("The general manager is asked"), undo=taken_back(done.entry_id))
        self.reload()

    def _pay(self) -> None:
        if self.sheet is None:
            return
        case_id, form = self.sheet.case.id, PaymentForm(self.sheet)
        self._dialog(
            N_("Payment"), form, N_("Record"),
            lambda depot: payments.record(
                depot, case_id, form.kind(), form.fen(), form.receipt.value(), form.note.value()),
            self._paid,
        )

    def _paid(self, done: payments.Paid) -> None:
        how, amount = label(PaymentKind(done.payment.how)), Money(done.payment.amount_fen)
        self.frame.toast(_("{how}: {amount}").format(how=how, amount=amount), undo=taken_back(done.entry_id))
        self.reload()

    def _told(self, done: quotation.Quoted, words: str) -> None:
        self.frame.toast(
            words.format(number=done.quotation.number, total=done.quotation.total), undo=taken_back(done.entry_id))

    def _dialog(
        self, title: str, form: Form, accept: str, operation: Callable[[Depot], R], then: Callable[[R], object]
    ) -> None:
        dialog = FormDialog(self, title, form, accept=accept)

        def done(result: R) -> None:
            dialog.done_well()
            then(result)

        dialog.submitted.connect(lambda: dialog.run(operation, done))
        dialog.open()

