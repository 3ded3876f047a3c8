"""Recording delivery: the carrier gives, the customer receives, by signature, on paper, or by the carrier's word."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.returning import Proof, ReturnRow
from app.domain.signing import OutsideSignature, Party, Signature
from app.i18n import N_, _
from app.services import returning
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import Form, SegmentField, TextField
from ui.page import Frame, Page


class DeliveryForm(Form):
    """Who received, and what proves it."""

    def __init__(self) -> None:
        super().__init__()
        self.proof = self.add(SegmentField("proof", N_("Proof"), options=Proof))
        self.receiver = self.add(TextField("receiver", N_("Received by"), required=True))
        self.note = self.add(
            TextField("note", N_("Reference"), hint=N_("The carrier's confirmation number, where it is the proof"))
        )


class DeliveryDialog(FormDialog):
    """Records one delivery."""

    def __init__(
        self, page: Page, row: ReturnRow, frame: Frame, then: Callable[[returning.Sent], object]
    ) -> None:
        form = DeliveryForm()
        super().__init__(page, N_("Delivered"), form, accept=N_("Record delivery"))
        self.delivery_form = form
        self._row, self._frame, self._then = row, frame, then
        form.proof.set_value(Proof.PAPER)
        self.submitted.connect(self._submit)
        self.run(lambda depot: returning.shipment_of(depot, row.shipment_id), self._known, quiet=True)

    def _known(self, shipment: object) -> None:
        if not self.delivery_form.receiver.value():
            self.delivery_form.receiver.set_value(getattr(shipment, "consignee", ""))

    def _submit(self) -> None:
        name = self.delivery_form.receiver.value()
        proof = self.delivery_form.proof.value()
        if proof is Proof.SIGNED:
            purpose = _("Delivery of {number}").format(number=self._row.shipment_number)
            self._frame.sign(self, SignRequest(purpose=purpose, party=Party.CUSTOMER, name=name), self._write)
        else:
            self._write(OutsideSignature(Party.CUSTOMER, name, on_paper=True))

    def _write(self, signature: Signature) -> None:
        if not isinstance(signature, OutsideSignature):
            return
        proof = self.delivery_form.proof.value()
        note = self.delivery_form.note.value()
        shipment_id = self._row.shipment_id
        carrier = OutsideSignature(Party.CARRIER, _("Carrier"), on_paper=True)
        self.run(
            lambda depot: returning.deliver(
                depot, shipment_id, carrier, signature,
                proof=proof if isinstance(proof, Proof) else Proof.PAPER, note=note,
            ),
            self._delivered,
        )

    def _delivered(self, sent: returning.Sent) -> None:
        self.done_well()
        self._then(sent)
