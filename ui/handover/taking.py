"""Receiving an offer: every line is accepted by a scan or refused with a reason, then the receiver signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.handover import HandoverCase, HandoverHead, Refusal, RefusalReason, Verdict, refusal_problems
from app.domain.people import answers_for
from app.domain.places import CUSTODIAN
from app.domain.signing import Signature
from app.errors import Problem
from app.i18n import N_, _, _n
from app.labels import label
from app.services import handover
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import ChoiceField, Form, TextField
from ui.handover.columns import HEAD_COLUMNS
from ui.handover.giving import signers
from ui.models import Column, Table
from ui.naming import product
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Card, caption, heading
from ui.widgets.flow import Flow
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from ui.handover.page import HandoverPage


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the offer with what the receiver says of it so far."""

    case: HandoverCase
    verdict: Verdict | None
    refusal: Refusal | None = None


def line_state(line: Line) -> tuple[str, Tone]:
    """What is said of a line, in a word and a colour."""
    if line.verdict is Verdict.ACCEPTED:
        return label(Verdict.ACCEPTED), Tone.OK
    if line.refusal is not None:
        text = line.refusal.text.strip()
        reason = label(line.refusal.reason)
        return (text if line.refusal.reason is RefusalReason.OTHER else f"{reason} {text}".strip()), Tone.BAD
    return _("to be checked"), Tone.MUTE


LINE_COLUMNS: tuple[Column[Line], ...] = (
    Column("serial", N_("Serial number"), text=lambda row: row.case.serial, width=150, bold=True, tabular=True),
    Column("product", N_("Product"),
           text=lambda row: product(row.case.model, row.case.product_zh, row.case.product_en), width=180, grow=True),
    Column("traveller", N_("Traveller"), text=lambda row: row.case.traveller_number or _("missing"), width=150,
           tabular=True, tone=lambda row: None if row.case.traveller_number else Tone.BAD),
    Column("customer", N_("Customer"), text=lambda row: row.case.customer, width=150, hidden=True),
    Column("state", N_("Answer"), text=lambda row: line_state(row)[0], tone=lambda row: line_state(row)[1], chip=True,
           width=180),
)


class RefusalForm(Form):
    """Why a line is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(ChoiceField("choice", N_("Reason"), options=RefusalReason, required=True))
        self.text = self.add(
            TextField("reason", N_("In words"), hint=N_("Needed for another reason; printed on the slip."))
        )
        self.judge(self._wrong)

    def refusal(self) -> Refusal | None:
        """The refusal as chosen."""
        reason = self.reason.value()
        return Refusal(reason, self.text.value()) if isinstance(reason, RefusalReason) else None

    def _wrong(self) -> list[Problem]:
        refusal = self.refusal()
        return refusal_problems(refusal) if refusal else []


class Taking(QWidget):
    """The receiver's desk."""

    def __init__(self, page: HandoverPage) -> None:
        super().__init__()
        self.page = page
        self.head: HandoverHead | None = None
        self.lines: dict[str, Line] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setSizes([520, 480])
        column.addWidget(splitter, 1)

    def _left(self) -> QWidget:
        card = Card(N_("Offers that wait"))
        self.offers: Table[HandoverHead] = Table(
            HEAD_COLUMNS, name="handover.offers", key=lambda h: h.id, title=N_("Offers that wait")
        )
        self.offers.set_empty(
            "ph.check-circle", N_("No offer waits"),
            N_("What another department offers appears here until it is answered."),
        )
        self.offers.selected.connect(self._selected)
        self.offers.activated.connect(lambda _head: self.table.setFocus())
        card.body.addWidget(self.offers, 1)
        return card

    def _right(self) -> QWidget:
        card = Card(N_("What is handed over"))
        self.count = text_label("strong")
        card.add(self.count)
        self.title = heading()
        card.body.addWidget(self.title)
        self.table: Table[Line] = Table(
            LINE_COLUMNS, name="handover.lines", key=lambda row: row.case.case_id, title=N_("What is handed over")
        )
        self.table.set_empty("ph.barcode", N_("Choose an offer"), N_("Or scan its slip, or any unit of it."))
        self.table.activated.connect(lambda line: self._say(line, Verdict.ACCEPTED))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(caption(
            N_("Scan what is in front of you: unit or traveller accepts its line. Enter accepts the marked line."),
            wrap=True,
        ))
        row = Flow()
        self.buttons = [
            self.page.button("handover.accept", self._accept_marked),
            self.page.button("handover.refuse", self._refuse_marked),
            self.page.button("handover.rest", self._accept_rest),
        ]
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.withdraw = self.page.button("handover.withdraw", self._withdraw, "danger")
        row.addWidget(self.withdraw)
        card.body.addLayout(row)
        return card

    # -- what is shown -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Fetch the offers that wait."""
        self.page.run(handover.open_offers, self._filled, replace="offers")

    def _filled(self, offers: tuple[HandoverHead, ...]) -> None:
        self.offers.set_rows(offers)
        self.page.waiting(len(offers))
        if self.head is not None and all(offer.id != self.head.id for offer in offers):
            self._clear()
        if self.head is None and offers:
            operator = self.page.desk.operator
            mine = [o for o in offers if operator and answers_for(operator.roles, CUSTODIAN[o.to_place])]
            self.offers.select_key((mine or list(offers))[0].id)

    def _clear(self) -> None:
        self.head, self.lines = None, {}
        self._show()

    def _selected(self, head: HandoverHead | None) -> None:
        if head is None or (self.head is not None and head.id == self.head.id):
            return
        handover_id = head.id
        self.page.run(lambda depot: handover.sheet(depot, handover_id), self.show_sheet, replace="sheet")

    def show_sheet(self, sheet: handover.HandoverSheet) -> None:
        """Show an offer with nothing decided yet."""
        self.head = sheet.head
        self.lines = {case.case_id: Line(case, None) for case in sheet.cases}
        self.offers.select_key(sheet.head.id)
        self._show()
        if sheet.cases:
            self.table.select_key(sheet.cases[0].case_id)

    def _show(self) -> None:
        self.table.set_rows(self.lines.values())
        head = self.head
        self.title.setText(f"{label(head.from_place)} → {label(head.to_place)}  ·  {head.number}" if head else "")
        done = sum(line.verdict is not None for line in self.lines.values())
        self.count.setText(_("{n} of {m} checked").format(n=done, m=len(self.lines)) if self.lines else "")
        operator = self.page.desk.operator
        gives = head is not None and operator is not None and answers_for(operator.roles, CUSTODIAN[head.from_place])
        self.withdraw.setEnabled(gives)
        for button in self.buttons:
            button.setEnabled(bool(self.lines))
        self.page.gate()

    def open_lines(self) -> int:
        """How many lines nothing was said of yet."""
        return sum(line.verdict is None for line in self.lines.values())

    # -- saying yes or no --------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A unit or traveller of the offer, the slip of an offer, or a scanned answer to the marked line."""
        if scan.kind is ScanKind.COMMAND:
            return self._commanded(scan)
        code = (scan.serial or scan.text).upper()
        for line in self.lines.values():
            if code in {line.case.serial.upper(), line.case.case_number, line.case.traveller_number}:
                self._say(line, Verdict.ACCEPTED)
                self.page.frame.chime(good=True)
                return True
        offer = next((o for o in self.offers.rows() if o.number == code), None)
        if offer is not None:
            self.offers.select_key(offer.id)
            self.page.frame.chime(good=True)
            return True
        if not self.lines:
            return False
        self.page.frame.chime(good=False)
        self.page.frame.toast(
            _("{code} is not on this handover. Put it aside and ask the giver.").format(code=code), Tone.BAD
        )
        return True

    def _commanded(self, scan: Scan) -> bool:
        if scan.verb != "VERDICT" or self.table.current() is None:
            return False
        if scan.value in {"ACCEPT", "PASS"}:
            self._accept_marked()
        elif scan.value in {"REFUSE", "FAIL"}:
            self._refuse_marked()
        else:
            return False
        self.page.frame.chime(good=True)
        return True

    def _say(self, line: Line, verdict: Verdict, refusal: Refusal | None = None) -> None:
        self.lines[line.case.case_id] = Line(line.case, verdict, refusal)
        self._show()
        following = next((c for c, other in self.lines.items() if other.verdict is None), line.case.case_id)
        self.table.select_key(following)

    def _accept_marked(self) -> None:
        line = self.table.current()
        if line is not None:
            self._say(line, Verdict.ACCEPTED)

    def _refuse_marked(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = RefusalForm()
        dialog = FormDialog(
            self.page, N_("Refuse the line"), form, accept=N_("Refuse"), danger=True,
            text=_("{serial} and its traveller stay with the giver, and the case stays where it was.").format(
                serial=line.case.serial),
        )

        def refuse() -> None:
            self._say(line, Verdict.REFUSED, form.refusal())
            dialog.done_well()

        dialog.submitted.connect(refuse)
        dialog.open()

    def _accept_rest(self) -> None:
        for case_id, line in self.lines.items():
            if line.verdict is None:
                self.lines[case_id] = Line(line.case, Verdict.ACCEPTED)
        self._show()

    # -- signing, withdrawing ----------------------------------------------------------------------------------

    def sign(self) -> None:
        """The receiver signs for what was accepted."""
        head = self.head
        if head is None:
            return
        left = self.open_lines()
        if left:
            self.page.frame.toast(
                _n("{n} line is not checked yet. Scan it, accept it or refuse it.",
                   "{n} lines are not checked yet. Scan them, accept or refuse them.", left).format(n=left), Tone.WARN,
            )
            return
        refused = {case_id: line.refusal for case_id, line in self.lines.items() if line.refusal}
        yes = len(self.lines) - len(refused)
        purpose = _n("You accept {n} unit with its traveller", "You accept {n} units with their travellers", yes)
        purpose = purpose.format(n=yes)
        if refused:
            purpose += _n(" and refuse {n}", " and refuse {n}", len(refused)).format(n=len(refused))
        roles = signers(CUSTODIAN[head.to_place])
        operator = self.page.desk.operator
        own = operator is not None and bool(operator.roles.intersection(roles))
        self.page.frame.sign(
            self.page, SignRequest(f"{head.number}: {purpose}", roles=roles, other=not own),
            lambda receiver: self._answer(head.id, receiver, refused),
        )

    def _answer(self, handover_id: str, receiver: Signature, refused: Mapping[str, Refusal]) -> None:
        answer = handover.Answer(handover_id, receiver, refused)
        self.page.run(lambda depot: handover.accept(depot, answer), self._answered)

    def _answered(self, done: handover.Answered) -> None:
        self._clear()
        self.reload()
        words = _n("{number}: {n} unit received", "{number}: {n} units received", len(done.accepted)).format(
            number=done.number, n=len(done.accepted))
        if done.refused:
            words += _n(", {n} refused", ", {n} refused", len(done.refused)).format(n=len(done.refused))
        self.page.frame.toast(
            words, Tone.WARN if done.refused else Tone.OK, action=(_("Slip"), lambda: self.page.show_slip(done.number))
        )

    def _withdraw(self) -> None:
        head = self.head
        if head is None:
            return
        form = Form()
        reason = form.add(TextField("reason", N_("Reason")))
        dialog = FormDialog(
            self.page, N_("Withdraw the offer"), form, accept=N_("Withdraw"), danger=True,
            text=_("{number} stays in the list as withdrawn; the units stay where they are.").format(
                number=head.number),
        )
        dialog.submitted.connect(
            lambda: dialog.run(lambda depot: handover.withdraw(depot, head.id, reason.value()), withdrawn)
        )

        def withdrawn(done: handover.Withdrawn) -> None:
            dialog.done_well()
            self._clear()
            self.reload()
            self.page.frame.toast(_("{number} was withdrawn").format(number=done.number))

        dialog.open()
