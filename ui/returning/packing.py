"""The packing dialogue: who gets it, how, and which accessories are in the parcel (in = out)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.receiving import Accessory
from app.domain.returning import Packing, ReturnRow, SendMethod, packing_problems
from app.i18n import N_, _, _n
from app.services import returning
from ui.dialogs.dialog import FormDialog
from ui.form import Form, NumberField, SegmentField, TextField, TickField
from ui.page import Page
from ui.tones import Tone
from ui.widgets import muted


class PackingForm(Form):
    """What the clerk enters when packing."""

    def __init__(self, rows: Sequence[ReturnRow]) -> None:
        super().__init__(columns=2)
        self._rows = rows
        self.method = self.add(SegmentField("method", N_("How it goes"), options=SendMethod), span=2)
        self.consignee = self.add(TextField("consignee", N_("Consignee"), required=True))
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.address = self.add(TextField("address", N_("Address")), span=2)
        self.carrier = self.add(TextField("carrier", N_("Carrier")))
        self.waybill = self.add(TextField("waybill", N_("Waybill number")))
        self.pieces: dict[str, NumberField] = {}
        self.exchange: TickField | None = None
        self.judge(lambda: packing_problems(self.packing()))

    def show_accessories(self, accessories: Sequence[Accessory]) -> None:
        """One number per accessory; all of them are proposed."""
        if accessories:
            self.section(N_("Accessories in the parcel"))
        for accessory in accessories:
            field = NumberField(f"accessory.{accessory.id}", "", low=0, high=accessory.quantity_in)
            self.add(field)
            field.label = _n("{name} (of {n})", "{name} (of {n})", accessory.quantity_in).format(
                name=accessory.name, n=accessory.quantity_in)
            field.say_label(field.label)        # what is said of the number names the accessory too
            field.set_value(accessory.quantity_in)
            self.pieces[accessory.id] = field

    def show_loaners(self, serials: Sequence[str]) -> None:
        """Loaners that are still out: the clerk sees them, and says whether they are handed in on delivery."""
        if not serials:
            return
        self.section(N_("Loaner still out"))
        self.exchange = self.add(
            TickField("loaner", N_("The customer hands the loaner in when the unit arrives")), span=2)

    def packing(self) -> Packing:
        """What is typed, as the service wants it."""
        method = self.method.value()
        return Packing(
            tuple(row.case_id for row in self._rows),
            method if isinstance(method, SendMethod) else SendMethod.COURIER,
            self.consignee.value(), self.phone.value(), self.address.value(), self.carrier.value(),
            self.waybill.value(),
            tuple((id_, int(field.value() or 0)) for id_, field in self.pieces.items()),
            loaner_in_exchange=bool(self.exchange and self.exchange.value()),
        )


class PackingDialog(FormDialog):
    """Packs units of one customer."""

    def __init__(
        self, page: Page, rows: Sequence[ReturnRow], then: Callable[[returning.Packed], object]
    ) -> None:
        form = PackingForm(rows)
        super().__init__(page, N_("Pack for return"), form, accept=N_("Pack"), width=640)
        self.packing_form = form
        self._then = then
        words = muted()
        words.setText(_("{customer}: {serials}").format(
            customer=rows[0].customer, serials=", ".join(row.serial for row in rows)))
        words.setWordWrap(True)
        self.body.insertWidget(0, words)
        self.submitted.connect(self._submit)
        case_ids = [row.case_id for row in rows]
        self.run(lambda depot: returning.packing_start(depot, case_ids), self._started, quiet=True)

    def _started(self, start: returning.PackingStart) -> None:
        form = self.packing_form
        if not form.consignee.value():
            form.consignee.set_value(start.consignee)
            form.phone.set_value(start.phone)
            form.address.set_value(start.address)
        form.show_accessories(start.accessories)
        form.show_loaners(start.loaners_out)
        if start.loaners_out:
            self.notice.say(_("Loaner {serials} is still out for this case.").format(
                serials=", ".join(start.loaners_out)), Tone.WARN)

    def _submit(self) -> None:
        packing = self.packing_form.packing()
        self.run(lambda depot: returning.pack(depot, packing), self._packed)

    def _packed(self, packed: returning.Packed) -> None:
        self.done_well()
        self._then(packed)

