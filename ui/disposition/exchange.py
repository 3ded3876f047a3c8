"""Exchange: which unit the customer gets, from the pool or from the stores; packing goes on from the page Return."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QPushButton

from app.depot import Depot
from app.domain.exchange import Candidate, ExchangeRow, ExchangeSource, Exchanging, exchanging_problems
from app.domain.people import Role
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.errors import Problem
from app.i18n import N_, _
from app.services import exchange, undoing
from ui.background import Desk
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.disposition.list_pane import ListPane, own_signs
from ui.disposition.papers import end_job
from ui.form import ChoiceField, Form, MultilineField, NumberField, SegmentField, SerialField, TextField
from ui.models import Column
from ui.page import Page
from ui.spares.view import find_products
from ui.tones import Tone
from ui.widgets import muted


def _next(row: ExchangeRow) -> str:
    if not row.number:
        return _("issue a unit")
    return _("on its way") if row.shipment else _("pack it (page Return)")


COLUMNS: tuple[Column[ExchangeRow], ...] = (
    Column("old", N_("Old unit"), text=lambda r: r.old_serial, width=150, bold=True, tabular=True),
    Column("next", N_("Next"), text=_next, chip=True, width=120,
           tone=lambda r: Tone.WARN if not r.number else Tone.INFO),
    Column("new", N_("New unit"), text=lambda r: r.new_serial, width=150, tabular=True),
    Column("model", N_("Model"), text=lambda r: r.new_model or r.model, width=130),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=150, grow=True),
    Column("number", N_("Exchange slip"), text=lambda r: r.number, width=150, tabular=True),
    Column("due", N_("Due"), text=lambda r: r.due_on.isoformat() if r.due_on else "", width=100, tabular=True,
           hidden=True),
    Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True, hidden=True),
)


class ExchangeForm(Form):
    """What the customer gets, and for what."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.source = self.add(SegmentField(
            "source", N_("Source"), options=ExchangeSource, chosen=ExchangeSource.SPARE,
        ))
        self.serial = self.add(SerialField("serial", N_("Serial number of the new unit"), required=True))
        self.product = self.add(ChoiceField(
            "product_id", N_("Another product"), search=find_products, desk=desk,
            hint=N_("Only for a unit from the stores that is not the same product"),
        ))
        self.substitute = self.add(TextField(
            "substitute_reason", N_("Another product, because"), hint=N_("Only where it is not the same product"),
        ))
        self.charge = self.add(NumberField("charge", N_("Charge"), decimals=2, unit="¥"))
        self.reason = self.add(MultilineField(
            "reason", N_("Reason for the customer"), lines=2, hint=N_("Empty: the words of the ruling."),
        ))
        self.judge(self._wrong)

    def entered(self, case_id: str) -> Exchanging:
        """The exchange as typed."""
        source, charge = self.source.value(), self.charge.value()
        return Exchanging(
            case_id, source if isinstance(source, ExchangeSource) else ExchangeSource.SPARE, self.serial.value(),
            self.reason.value(), str(self.product.value() or ""), self.substitute.value(),
            int(charge * 100) if isinstance(charge, Decimal | int) else 0,
        )

    def _wrong(self) -> list[Problem]:
        return [
            found for found in exchanging_problems(self.entered(""))
            if found.code not in {"exchange.serial-missing", "exchange.signatures-missing"}
        ]


class ExchangeDialog(FormDialog):
    """Makes one exchange; a unit from the stores is signed for by both sides."""

    def __init__(self, page: Page, row: ExchangeRow) -> None:
        form = ExchangeForm(page.desk)
        super().__init__(page, N_("Exchange"), form, accept=N_("Exchange"), text=_("{serial} of {customer}").format(
            serial=row.old_serial, customer=row.customer))
        self.exchange_form = form
        self._page, self._row = page, row
        self._pool = muted(N_("Looking at the pool…"), wrap=True)
        self.body.addWidget(self._pool)
        self.submitted.connect(self._submit)
        self.run(lambda depot: exchange.candidates(depot, row.case_id), self._known, quiet=True)

    def _known(self, found: Sequence[Candidate]) -> None:
        same = [spare for spare in found if spare.same]
        if not same:
            self._pool.setText(_("No spare of this product is free in the spares zone (C)."))
            return
        if not self.exchange_form.serial.value():
            self.exchange_form.serial.set_value(same[0].serial)
        self._pool.setText(_("Free in the spares zone (C), the longest there first: {serials}").format(
            serials=", ".join(spare.serial for spare in same[:6])))

    def _submit(self) -> None:
        entered = self.exchange_form.entered(self._row.case_id)
        if entered.source is ExchangeSource.SPARE:
            self._write(entered)
            return
        purpose = _("The stores give {serial}").format(serial=entered.serial)
        self._page.frame.sign(self, SignRequest(purpose=purpose, party=Party.STORES), self._given)

    def _given(self, giver: Signature) -> None:
        purpose = _("After-sales takes {serial} from the stores").format(serial=self.exchange_form.serial.value())
        request = own_signs(self._page, purpose, Role.CLERK, Role.SUPERVISOR)
        self._page.frame.sign(self, request, lambda receiver: self._taken(giver, receiver))

    def _taken(self, giver: Signature, receiver: Signature) -> None:
        if isinstance(giver, OutsideSignature) and isinstance(receiver, OwnSignature):
            entered = self.exchange_form.entered(self._row.case_id)
            self._write(Exchanging(
                entered.case_id, entered.source, entered.serial, entered.reason, entered.product_id,
                entered.substitute_reason, entered.charge_fen, giver, receiver,
            ))

    def _write(self, entered: Exchanging) -> None:
        self.run(lambda depot: exchange.exchange(depot, entered), self._done)

    def _done(self, done: exchange.Exchanged) -> None:
        self.done_well()
        self._page.frame.toast(
            _("Exchanged, slip {number}. Pack the new unit on the page Return.").format(number=done.number),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
        self._page.frame.preview(end_job(done.number, N_("Exchange slip {number}"), "F12"))


class ExchangePane(ListPane[ExchangeRow]):
    """One list: exchanges due and under way."""

    columns = COLUMNS
    name = "exchanges"
    title = N_("Exchange")
    empty = ("ph.swap", N_("No exchange is due"),
             N_("When a ruling gives the customer another unit, it waits here until that unit is delivered."))
    hint = N_("The new unit leaves from the page Return; the case stays open until it is delivered.")

    def buttons(self) -> Sequence[QPushButton]:
        """The paper, and the exchange."""
        self.slip = self.button("dispositions.exchange-slip", lambda: self.with_row(self._slip))
        self.make = self.button("dispositions.make-exchange", lambda: self.with_row(self._make), kind="primary")
        return self.slip, self.make

    def fetch(self, depot: Depot) -> Sequence[ExchangeRow]:
        """Due and under way."""
        return exchange.open_rows(depot)

    def unit_of(self, row: ExchangeRow) -> str:
        """The old unit."""
        return row.old_unit_id

    def codes_of(self, row: ExchangeRow) -> set[str]:
        """Either serial, the case, the slip."""
        return {row.old_serial, row.new_serial, row.case_number, row.number}

    def allow(self, row: ExchangeRow | None) -> None:
        """An exchange is made once."""
        self.make.setEnabled(row is not None and not row.number)
        self.slip.setEnabled(row is not None and bool(row.number))

    def _make(self, row: ExchangeRow) -> None:
        ExchangeDialog(self.page, row).open()

    def _slip(self, row: ExchangeRow) -> None:
        self.frame.preview(end_job(row.number, N_("Exchange slip {number}"), "F12"))
