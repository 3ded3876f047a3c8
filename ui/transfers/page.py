"""Between depots: what comes here from others, what went from here, and what became of it (spec 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.changes import Changes
from app.domain.numbering import DocumentType
from app.domain.signing import OwnSignature, Party, Signature
from app.domain.transfers import Carriage, TransferState
from app.i18n import N_, _, _n
from app.services import transfer_arrivals, transfers, undoing
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.models import Table
from ui.page import Page
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.transfers.forms import RefuseForm, SendForm, SlipForm
from ui.transfers.lines import Line, columns, of_coming, of_sent
from ui.transfers.papers import slip_job
from ui.widgets import Segmented, muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.dialogs.preview import PrintJob

LISTS = (("coming", N_("Coming here")), ("sent", N_("Sent from here")), ("ended", N_("Ended")))
EMPTY = {
    "coming": (N_("No unit is on its way here"),
               N_("Units that other depots hand on to this one appear here after the nightly sync.")),
    "sent": (N_("Nothing is on its way to another depot"),
             N_("A unit that another depot can repair better is handed on with its papers and its story.")),
    "ended": (N_("No transfer has ended yet"),
              N_("What other depots received, and what was taken back, is kept here.")),
}
_POSSIBLE = {
    "coming": {"send", "slip", "refuse", "receive"}, "sent": {"send", "back", "print"}, "ended": {"send", "print"},
}
_TAKERS = {Carriage.COURIER: Party.CARRIER, Carriage.FIELD_STAFF: Party.FIELD_STAFF}


class TransfersPage(Page):
    """Three lists; one unit at a time is handed on, received or refused."""

    watches = Changes.UNITS | Changes.CASES | Changes.SYNC

    def build(self) -> None:
        self.today, self._wanted = date.min, ""
        self.choice = Segmented(LISTS, N_("List"))
        self.choice.chosen.connect(lambda _name: self._switch())
        self.header.add(self.choice)
        self.stack = QStackedWidget()
        self.tables = {"coming": self._list("coming"), "sent": self._list("sent")}
        self.body.addWidget(self.stack, 1)
        self.body.addLayout(self._foot())
        for place, (name, _title) in enumerate(LISTS):
            self.act(f"transfers.list-{place + 1}", partial(self.show_list, name))
        self._switch()

    def _foot(self) -> QHBoxLayout:
        foot = Flow()
        foot.addWidget(muted(N_("The nightly sync tells the other depot; the slip alone is enough to receive a unit.")))
        foot.addStretch(1)
        self.buttons = {
            "print": self.button("transfers.print", self._print),
            "slip": self.button("transfers.slip", self._by_slip),
            "refuse": self.button("transfers.refuse", self._refuse),
            "back": self.button("transfers.back", self._back),
            "send": self.button("transfers.send", self._send),
            "receive": self.button("transfers.receive", self._receive, kind="primary"),
        }
        for button in self.buttons.values():
            foot.addWidget(button)
        return foot

    def _list(self, name: str) -> Table[Line]:
        """One table for what comes, one for what went: they have different columns."""
        made: Table[Line] = Table(
            columns(lambda: self.today, coming=name == "coming"), name=f"transfers.{name}",
            key=lambda line: line.key, title=N_("Transfers"))
        made.selected.connect(self._selected)
        made.activated.connect(self._opened)
        self.stack.addWidget(made)
        return made

    @property
    def table(self) -> Table[Line]:
        """The list that is shown."""
        return self.tables["coming" if self.choice.value() == "coming" else "sent"]

    # -- the lists ---------------------------------------------------------------------------------------------

    def show_list(self, name: str) -> None:
        """Show one of the lists; the keys go on working in it."""
        self.choice.set_value(name)
        self._switch()
        self.table.view.setFocus()

    def _switch(self) -> None:
        name = str(self.choice.value())
        self.stack.setCurrentWidget(self.table)
        self.setFocusProxy(self.table.view)
        self.table.set_empty("ph.truck", *EMPTY[name])
        for key, button in self.buttons.items():
            button.setVisible(key in _POSSIBLE[name])
        self.reload()

    def reload(self) -> None:
        """Fetch the list that is shown."""
        name = str(self.choice.value())

        def fetch(depot: Depot) -> tuple[date, tuple[Line, ...]]:
            known = transfers.depots(depot)
            if name == "coming":
                lines = tuple(of_coming(row, known) for row in transfer_arrivals.coming(depot))
            else:
                lines = tuple(of_sent(row, known) for row in transfers.sent(depot, ended=name == "ended"))
            return depot.today(), lines

        self.run(fetch, partial(self._filled, name), replace="rows")

    def _filled(self, name: str, found: tuple[date, Sequence[Line]]) -> None:
        self.today, lines = found
        self.header.subtitle(_n("{n} unit", "{n} units", len(lines)).format(n=len(lines)))
        if name != self.choice.value():
            return
        self.table.set_rows(lines)
        if self._wanted:
            self._seek({self._wanted})
            self._wanted = ""

    def _seek(self, wanted: set[str]) -> bool:
        line = next((line for line in self.table.rows() if wanted & line.codes), None)
        if line is not None:
            self.table.select_key(line.key)
        return line is not None

    def scanned(self, scan: Scan) -> bool:
        """Choose the scanned unit; the slip of another depot is received."""
        if scan.kind is ScanKind.COMMAND:
            return False
        if self._seek({scan.serial, scan.text, str(scan.number) if scan.number else ""} - {""}):
            self.frame.chime(good=True)
            return True
        if scan.number is not None and scan.number.type is DocumentType.HANDOVER:
            self._arrived(str(scan.number))
            return True
        return False

    def open_subject(self, subject: object) -> None:
        """A transfer that waits for its answer, by its number."""
        self._wanted = str(subject or "")
        self.show_list("sent")

    def _selected(self, line: Line | None) -> None:
        self.buttons["back"].setEnabled(line is not None)
        if line is not None and line.unit_id:
            self.frame.show_unit(line.unit_id)

    def _opened(self, line: Line) -> None:
        if line.unit_id:
            self.frame.show_unit(line.unit_id)
        else:
            self._arrived(line.number)

    def _current(self) -> Line | None:
        line = self.table.current()
        if line is None:
            self.frame.toast(_("Scan a unit or choose a line first."), Tone.WARN)
        return line

    # -- handing on --------------------------------------------------------------------------------------------

    def _send(self) -> None:
        self.run(lambda depot: (depot.depot_id, transfers.depots(depot)), self._ask_send)

    def _ask_send(self, known: tuple[str, dict[str, str]]) -> None:
        own, depots = known
        if not depots:
            from app.messages import say

            self.frame.toast(say("transfers.no-depots", {}), Tone.WARN,
                             action=(_("Nightly sync"), lambda: self.frame.open("sync")))
            return
        form = SendForm(self.desk, own, depots)
        dialog = FormDialog(
            self, N_("Hand a unit on to another depot"), form, accept=N_("Sign and hand over"), width=640,
            draft="transfers.send",
            text=N_("The case closes here as handed on. Traveller and accessories go along, and the customer's clock "
                    "runs on at the other depot."),
        )
        dialog.submitted.connect(partial(self._sign, dialog, form))
        dialog.open()

    def _sign(self, dialog: FormDialog, form: SendForm) -> None:
        wanted = form.transferring()
        words = _("Hand {unit} on to {depot}").format(unit=form.unit.text(), depot=wanted.to_depot)
        operator = self.desk.operator

        def taken(giver: Signature, receiver: Signature) -> None:
            if isinstance(giver, OwnSignature):
                dialog.run(
                    lambda depot: transfers.send(depot, wanted, giver, receiver), partial(self._was_sent, dialog))

        def given(giver: Signature) -> None:
            request = SignRequest(purpose=words, party=_TAKERS[wanted.carriage])
            self.frame.sign(dialog, request, partial(taken, giver))

        self.frame.sign(
            dialog, SignRequest(purpose=words, login=operator.login if operator else "", other=True), given)

    def _was_sent(self, dialog: FormDialog, done: transfers.Transferred) -> None:
        dialog.done_well()
        self.frame.toast(
            _("{serial} is on its way to {depot}, slip {number}").format(
                serial=done.serial, depot=done.to_depot, number=done.number),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
        self.show_list("sent")
        self.frame.preview(slip_job(done.number))

    def _back(self) -> None:
        line = self._current()
        if line is None or line.state not in {TransferState.UNDER_WAY, TransferState.REFUSED}:
            return

        def take_back(depot: Depot) -> undoing.Undone:
            return undoing.undo(depot, transfers.entry_of(depot, line.key))

        self.run(take_back, lambda _done: self._is_back(line))

    def _is_back(self, line: Line) -> None:
        self.frame.toast(_("{serial} stands in the awaiting-repair zone (A) again; case {case} goes on here").format(
            serial=line.serial, case=line.case_number))
        self.reload()

    # -- receiving ---------------------------------------------------------------------------------------------

    def _receive(self) -> None:
        line = self._current()
        if line is not None:
            self._arrived(line.number)

    def _arrived(self, number: str) -> None:
        self.frame.open("receiving", number)

    def _by_slip(self) -> None:
        form = SlipForm()
        dialog = FormDialog(
            self, N_("Receive by the slip"), form, accept=N_("To the counter"),
            text=N_("For a unit that came before the nightly sync told of it. What the slip says is typed; the "
                    "rest follows with the next sync."),
        )

        def submit() -> None:
            number = form.number.value()
            dialog.run(lambda depot: transfer_arrivals.intake_of(depot, number), known)

        def known(view: object) -> None:
            del view
            dialog.done_well()
            self._arrived(form.number.value())

        dialog.submitted.connect(submit)
        dialog.open()

    def _refuse(self) -> None:
        line = self._current()
        if line is None:
            return
        form = RefuseForm()
        dialog = FormDialog(
            self, N_("The unit is not taken"), form, accept=N_("Refuse"), danger=True,
            text=N_("The sender is told by the nightly sync and takes the unit back."),
        )

        def submit() -> None:
            reason = form.reason.value()
            dialog.run(lambda depot: transfer_arrivals.refuse(depot, line.number, reason), refused)

        def refused(done: transfer_arrivals.TransferRefused) -> None:
            dialog.done_well()
            self.frame.toast(
                _("{number} is refused; {depot} is told by the nightly sync").format(
                    number=done.number, depot=done.from_depot),
                undo=lambda depot: undoing.undo(depot, done.entry_id),
            )
            self.reload()

        dialog.submitted.connect(submit)
        dialog.open()

    # -- the paper ---------------------------------------------------------------------------------------------

    def _print(self) -> None:
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)
        else:
            self._current()

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the slip of the selected unit that left from here."""
        line = self.table.current()
        return slip_job(line.number) if line is not None and line.unit_id else None
