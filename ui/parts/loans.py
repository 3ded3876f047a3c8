"""Loans of parts to staff: who has what, until when, and what became of it (F18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.loans import Lending, LoanLine
from app.domain.money import Money
from app.domain.people import Action, Role
from app.domain.signing import OwnSignature, Signature
from app.domain.stock import StockPlace
from app.i18n import N_, _, _n
from app.labels import label
from app.services import loans, stock
from app.services.loans import GivenBack, Lent, LoanFile, LoanRow
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.masterdata.words import allow, taken_back
from ui.models import Column, Table
from ui.naming import named
from ui.parts.loan_forms import AccountForm, LendForm
from ui.parts.pane import Pane
from ui.parts.papers import loan_job, week_job
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Card, DefinitionList, due, heading
from ui.widgets.filters import FilterLine, Toggle
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.dialogs.preview import PrintJob


def _due(row: LoanRow, today: date) -> tuple[str, Tone]:
    if row.loan.cleared_at is not None:
        return _("cleared"), Tone.OK
    return due((row.loan.due_on - today).days)


class LoansPane(Pane):
    """The loans at the left, the one marked in full at the right."""

    def build(self) -> None:
        self.today = date.min
        self._wanted = ""
        self._file: LoanFile | None = None
        bar = Flow()
        bar.setSpacing(8)
        self.line = FilterLine(N_("Number, borrower, purpose or case"))
        self.line.asked.connect(lambda _text: self.reload())
        self.cleared = Toggle(N_("cleared too"))
        self.cleared.toggled.connect(lambda _on: self.reload())
        bar.addWidget(self.line)
        bar.addWidget(self.cleared)
        bar.addStretch(1)
        for button in (
            self.button("parts.week", self._week), self.button("parts.slip", self._print),
            self.button("parts.back", self._account), self.button("parts.lend", self._lend, "primary"),
        ):
            bar.addWidget(button)
        self.column.addLayout(bar)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._list())
        split.addWidget(self._card())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.column.addWidget(split, 1)
        self.setFocusProxy(self.table.view)

    def _list(self) -> QWidget:
        self.table: Table[LoanRow] = Table((
            Column("number", N_("Loan no."), text=lambda r: r.loan.number, bold=True, tabular=True, width=150),
            Column("borrower", N_("Borrower"), text=lambda r: r.loan.borrower_name, width=100),
            Column("purpose", N_("Purpose"), text=lambda r: r.loan.purpose, grow=True),
            Column("out", N_("Still out"), text=lambda r: f"{r.out} / {r.lent}", sort=lambda r: r.out,
                   align="right", width=90),
            Column("due", N_("Due back by"), text=lambda r: _due(r, self.today)[0],
                   tone=lambda r: _due(r, self.today)[1],
                   chip=True, sort=lambda r: r.loan.due_on, width=120,
                   tip=lambda r: r.loan.due_on.isoformat()),
            Column("value", N_("Total value"), text=lambda r: str(Money(r.loan.value_fen)),
                   sort=lambda r: r.loan.value_fen, align="right", money=True, width=110, hidden=True),
            Column("supervisor", N_("Supervisor"), text=lambda r: r.loan.approver_name or "–", hidden=True),
        ), name="parts.loans", key=lambda r: r.id, title=N_("Loans"))
        self.table.set_empty(
            "ph.handshake", N_("No parts are on loan"), N_("Issue parts on loan for a trip with Ctrl+Shift+N."))
        self.table.selected.connect(self._chosen)
        self.table.activated.connect(lambda _row: self._account())
        return self.table

    def _card(self) -> QWidget:
        card = Card()
        self.title, self.facts = heading(), DefinitionList()
        self.lines: Table[LoanLine] = Table((
            Column("part_no", N_("Part number"), text=lambda x: x.part_no, tabular=True, width=120),
            Column("name", N_("Name"), text=lambda x: named(x.name_zh, x.name_en), grow=True),
            Column("lent", N_("Lent"), text=lambda x: str(x.quantity), sort=lambda x: x.quantity, align="right",
                   width=60),
            Column("out", N_("Still out"), text=lambda x: str(self._out(x)), sort=self._out, align="right", width=60,
                   tone=lambda x: Tone.WARN if self._out(x) else Tone.OK),
        ), name="parts.loan-lines", key=lambda x: x.id, title=N_("Lent"))
        self.lines.set_empty("ph.tray", N_("No loan is marked"))
        for widget in (self.title, self.facts):
            card.body.addWidget(widget)
        card.body.addWidget(self.lines, 1)
        holder = QWidget()
        holder.setObjectName("plain")
        holder.setMinimumWidth(380)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        return holder

    # -- looking -------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        text, open_only = self.line.text().strip(), not self.cleared.isChecked()
        self.run(
            lambda depot: (loans.today(depot), loans.loans(depot, open_only=open_only, text=text)), self._show,
            quiet=True, replace="loans")

    def _show(self, found: tuple[date, Sequence[LoanRow]]) -> None:
        self.today, rows = found
        self.table.set_rows(rows)
        late = sum(row.loan.cleared_at is None and row.loan.due_on < self.today for row in rows)
        self.page.header.subtitle("  ·  ".join(filter(None, (
            _n("{n} loan", "{n} loans", len(rows)).format(n=len(rows)),
            _n("{n} loan overdue", "{n} loans overdue", late).format(n=late) if late else "",
        ))))
        wanted = next((row.id for row in rows if row.loan.number == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.table.select_key(wanted)
        elif self.table.current() is None and rows:
            self.table.select_key(rows[0].id)
        self._chosen(self.table.current())

    def _chosen(self, row: LoanRow | None) -> None:
        lends = self.desk.permits(Action.LEND)
        allow(self, "parts", lend=lends, back=lends and row is not None and row.out > 0, slip=row is not None)
        if row is None:
            self._file = None
            self.title.setText("")
            self.facts.show_pairs(())
            self.lines.set_rows(())
        else:
            self.run(lambda depot: loans.file(depot, row.id), self._show_file, quiet=True, replace="file")

    def _out(self, line: LoanLine) -> int:
        return self._file.outstanding.get(line.id, 0) if self._file else 0

    def _show_file(self, file: LoanFile) -> None:
        self._file = file
        loan = file.loan
        self.title.setText(loan.number)
        gone = {entry.reverses_id for entry in file.returns}
        self.facts.show_pairs((
            (_("Borrower"), loan.borrower_name),
            (_("Supervisor"), loan.approver_name or _("not needed: low value")),
            (_("Purpose"), loan.purpose), (_("Case"), loan.case_number), (_("How"), label(loan.carriage)),
            (_("Lent on"), moments.minute(loan.lent_at)), (_("End of the trip"), loan.trip_ends_on.isoformat()),
            (_("Due back by"), loan.due_on.isoformat()), (_("Total value"), str(Money(loan.value_fen))),
            (_("Accounted for"), "\n".join(
                "  ".join(filter(None, (f"{r.at:%m-%d}", f"{label(r.fate)} ×{r.quantity}", r.case_number, r.reason)))
                for r in file.returns if r.reverses_id is None and r.id not in gone)),
        ))
        self.lines.set_rows(file.lines)

    def open_subject(self, subject: str) -> None:
        self._wanted = subject
        self.reload()

    def scanned(self, scan: Scan) -> bool:
        """The code of a loan slip goes to the loan."""
        if scan.kind not in {ScanKind.TEXT, ScanKind.DOCUMENT}:
            return False
        found = any(row.loan.number == scan.text.upper() for row in self.table.rows())
        if found:
            self.open_subject(scan.text.upper())
        self.frame.chime(good=found)
        return found

    # -- doing ---------------------------------------------------------------------------------------------------

    def _lend(self) -> None:
        self.run(stock.places, self._ask_lending)

    def _ask_lending(self, places: tuple[StockPlace, ...]) -> None:
        form = LendForm(places)
        dialog = FormDialog(self.page, N_("Issue on loan"), form, accept=N_("Sign…"), draft="parts.lend", width=680)

        def signed(lending: Lending, needs: bool) -> None:  # noqa: FBT001  handed on, not chosen
            self.frame.sign(dialog, SignRequest(_("I borrow these parts and bring back or account for every piece."),
                                                other=True), lambda borrower: second(lending, needs, borrower))

        def second(lending: Lending, needs: bool, borrower: Signature) -> None:  # noqa: FBT001
            if not needs:
                write(lending, borrower, None)
                return
            self.frame.sign(dialog, SignRequest(_("As the supervisor I agree to this loan."), other=True,
                                                roles=(Role.SUPERVISOR,)), lambda boss: write(lending, borrower, boss))

        def write(lending: Lending, borrower: Signature, boss: Signature | None) -> None:
            assert isinstance(borrower, OwnSignature)
            assert boss is None or isinstance(boss, OwnSignature)
            dialog.run(lambda depot: loans.lend(depot, lending, borrower, boss), lambda done: self._lent(dialog, done))

        def look(depot: Depot) -> tuple[Lending, bool]:
            lending = form.lending(depot)
            return lending, loans.check(depot, lending)

        dialog.submitted.connect(lambda: dialog.run(look, lambda found: signed(*found)))
        dialog.open()

    def _lent(self, dialog: FormDialog, done: Lent) -> None:
        dialog.done_well()
        self._wanted = done.loan.number
        number = done.loan.number
        self.frame.toast(
            _("{number} lent, due {day}").format(number=number, day=done.loan.due_on.isoformat()),
            undo=taken_back(done.entry_id), action=(_("Print"), lambda: self.frame.preview(loan_job(number))))

    def _account(self) -> None:
        file = self._file
        if file is not None and file.loan.cleared_at is None and self.desk.permits(Action.LEND):
            self.run(stock.places, lambda places: self._ask_account(file, places))

    def _ask_account(self, file: LoanFile, places: tuple[StockPlace, ...]) -> None:
        form = AccountForm(file, places, self.lines.current())
        dialog = FormDialog(self.page, N_("Settle a parts loan"), form, accept=N_("Save"))
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: loans.give_back(depot, file.loan.id, [form.accounted()]),
            lambda done: self._accounted(dialog, done)))
        dialog.open()

    def _accounted(self, dialog: FormDialog, done: GivenBack) -> None:
        dialog.done_well()
        text = _n("{number}: {n} piece still out", "{number}: {n} pieces still out", done.out) if done.out else _(
            "{number} is cleared")
        self.frame.toast(text.format(number=done.loan.number, n=done.out), undo=taken_back(done.entry_id))

    def print_job(self) -> PrintJob | None:
        row = self.table.current()
        return loan_job(row.loan.number) if row is not None else None

    def _print(self) -> None:
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)

    def _week(self) -> None:
        if self.today.year > 1:
            self.frame.preview(week_job(self.today))
