"""The customer's answer: signed on the screen, on the paper, or said on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.quotation import Answer, ConsentMethod, PaymentKind, Quotation
from app.domain.signing import OutsideSignature, Party, Signature
from app.errors import Problem
from app.i18n import N_, _
from app.services import quotation
from app.services.quotation_lists import QuoteSheet
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import Form, NumberField, SegmentField, TextField
from ui.page import Page

_FORMAT = "%Y-%m-%d %H:%M"


class AnswerForm(Form):
    """What the customer said, how, who and when."""

    def __init__(self, sheet: QuoteSheet) -> None:
        super().__init__(columns=2)
        self._now = sheet.now
        self.yes = self.add(
            SegmentField("answer", N_("Answer"), [(True, N_("agrees")), (False, N_("declines"))], chosen=True))
        self.method = self.add(
            SegmentField("method", N_("How"), ConsentMethod, chosen=ConsentMethod.SIGNED))
        self.who = self.add(TextField("name", N_("Who answered"), required=True))
        self.phone = self.add(TextField("phone", N_("Phone")))
        self.at = self.add(TextField("at", N_("When, on the phone"), hint=N_("Such as 2026-11-12 14:20.")))
        self.reason = self.add(TextField("reason", N_("Remark, or why not")))
        customer = sheet.customer
        self.who.set_value(sheet.case.contact or (customer.contact if customer else ""))
        self.phone.set_value(sheet.case.contact_phone or (customer.phone if customer else ""))
        self.at.set_value(sheet.now.strftime(_FORMAT))
        self.judge(self._wrong)

    def moment(self) -> datetime | None:
        """When it was said; ``None`` where that cannot be read."""
        try:
            return datetime.strptime(self.at.value(), _FORMAT).replace(tzinfo=self._now.tzinfo)
        except ValueError:
            return None

    def answer(self, signature: OutsideSignature | None = None) -> Answer:
        """The answer as typed."""
        method = self.method.value()
        how = method if isinstance(method, ConsentMethod) else ConsentMethod.PHONE
        said = self.moment() if how is ConsentMethod.PHONE else None
        return Answer(
            accepted=bool(self.yes.value()), method=how, name=self.who.value(), at=said, phone=self.phone.value(),
            signature=signature, reason=self.reason.value(),
        )

    def _wrong(self) -> list[Problem]:
        if self.method.value() is ConsentMethod.PHONE and self.moment() is None:
            return [Problem("at", "quotation.phone-time")]
        return []


class AnswerDialog(FormDialog):
    """Records the answer to one quotation."""

    def __init__(
        self, page: Page, sheet: QuoteSheet, asked: Quotation, then: Callable[[quotation.Quoted], object]
    ) -> None:
        form = AnswerForm(sheet)
        super().__init__(page, N_("The customer's answer"), form, accept=N_("Record"), width=620)
        self.answer_form, self._page, self._asked, self._then = form, page, asked, then
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        given = self.answer_form.answer()
        if given.accepted and given.method is ConsentMethod.SIGNED:
            purpose = _("I agree to {number} over {total}.").format(number=self._asked.number, total=self._asked.total)
            self._page.frame.sign(
                self, SignRequest(purpose=purpose, party=Party.CUSTOMER, name=given.name), self._signed)
        else:
            self._write(given)

    def _signed(self, signature: Signature) -> None:
        if isinstance(signature, OutsideSignature):
            given = self.answer_form.answer(signature)
            if signature.on_paper:
                given = Answer(
                    accepted=True, method=ConsentMethod.PAPER, name=signature.name, phone=given.phone,
                    reason=given.reason,
                )
            self._write(given)

    def _write(self, given: Answer) -> None:
        self.run(lambda depot: quotation.answer(depot, self._asked.id, given), self._done)

    def _done(self, done: quotation.Quoted) -> None:
        self.done_well()
        self._then(done)


class PaymentForm(Form):
    """What came in, or goes on account."""

    def __init__(self, sheet: QuoteSheet) -> None:
        super().__init__(columns=2)
        self.how = self.add(SegmentField("how", N_("How"), PaymentKind, chosen=PaymentKind.PAID), span=2)
        self.amount = self.add(NumberField("amount", N_("Amount"), required=True, decimals=2, low=0, unit="¥"))
        self.receipt = self.add(TextField("receipt_number", N_("Receipt no.")))
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        self.amount.set_value(f"{sheet.balance.open_fen / 100:.2f}")
        self.judge(self._wrong)

    def fen(self) -> int:
        """The amount in fen."""
        value = self.amount.value()
        return 0 if value is None else int(value * 100)

    def kind(self) -> PaymentKind:
        """Paid or on account."""
        how = self.how.value()
        return how if isinstance(how, PaymentKind) else PaymentKind.PAID

    def _wrong(self) -> list[Problem]:
        if self.kind() is PaymentKind.PAID and self.receipt.is_empty():
            return [Problem("receipt_number", "quotation.receipt-missing")]
        return []
