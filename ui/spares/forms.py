"""What is typed on the spares page; each form is judged by the same functions as the service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from app.domain.emergency import MOST, Built, Requesting, built_problems, requesting_problems
from app.domain.loaners import Lending, LoanerRow, lending_problems
from app.domain.restock import value_problems
from app.domain.spares import (
    Carriage,
    PoolRow,
    Reserving,
    Sending,
    SpareGrade,
    Swapping,
    UseRow,
    reserving_problems,
    sending_problems,
    swapping_problems,
)
from app.i18n import N_
from app.services.request_swaps import SwapStart
from ui.background import Desk
from ui.form import (
    ChoiceField,
    CodeField,
    DateField,
    Form,
    MultilineField,
    NumberField,
    Option,
    SegmentField,
    SerialField,
    TextField,
    TickField,
)
from ui.receiving.intake_form import find_customers
from ui.spares.view import find_products

#: A signed paper needs a day to start with; people change it.
_USUAL_DAYS = 14


class _CustomerForm(Form):
    """A form that begins with the customer and may name a return case."""

    def __init__(self, desk: Desk, who: str) -> None:
        super().__init__(columns=2)
        self.customer = self.add(
            ChoiceField("customer_id", who, search=find_customers, desk=desk, required=True), span=2)

    def _case(self) -> CodeField:
        return self.add(CodeField("case_number", N_("Return case"), hint=N_("If there is one already.")))

    def customer_id(self) -> str:
        """The chosen customer; empty for none."""
        return str(self.customer.value() or "")


class ReserveForm(_CustomerForm):
    """For whom, until when."""

    def __init__(self, desk: Desk, row: PoolRow, today: date) -> None:
        super().__init__(desk, N_("Reserved for"))
        self._row = row
        self.until = self.add(DateField("until", N_("Kept until"), required=True))
        self.case_number = self._case()
        self.site = self.add(TextField("site", N_("Site")))
        self.note = self.add(TextField("note", N_("Remark")))
        self.judge(lambda: reserving_problems(self.reserving(), today))

    def reserving(self) -> Reserving:
        """What is typed."""
        return Reserving(
            self._row.unit_id, self.customer_id(), self.until.value(), self.case_number.value(), self.site.value(),
            self.note.value(),
        )


class GradeForm(Form):
    """The condition of a spare."""

    def __init__(self, row: PoolRow) -> None:
        super().__init__()
        self.grade = self.add(
            SegmentField("grade", N_("Grade"), SpareGrade, chosen=row.grade or SpareGrade.GOOD))
        self.note = self.add(TextField("note", N_("What is to be seen or checked")))
        self.note.set_value(row.grade_note)


class SendForm(_CustomerForm):
    """A spare that leaves for a site."""

    def __init__(self, desk: Desk, unit_id: str, asked: SwapStart | None = None) -> None:
        """``asked``: the service request that the spare solves, if it leaves for one."""
        super().__init__(desk, N_("Customer at the site"))
        self._unit_id = unit_id
        self.site = self.add(TextField("site", N_("Site"), required=True), span=2)
        self.reason = self.add(
            MultilineField("reason", N_("Why the site cannot wait"), required=True, lines=2), span=2)
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.phone = self.add(TextField("contact_phone", N_("Telephone")))
        self.carriage = self.add(
            SegmentField("carriage", N_("Taken by"), Carriage, chosen=Carriage.FIELD_STAFF), span=2)
        self.carrier = self.add(TextField("carrier", N_("Carrier")))
        self.waybill = self.add(CodeField("waybill", N_("Waybill number")))
        self.case_number = self._case()
        self.request_number = self.add(
            CodeField("request_number", N_("Service request"), hint=N_("It is closed when the spare is in.")))
        if asked is not None:
            self.customer.set_value(Option(asked.customer_id, asked.customer))
            self.site.set_value(asked.site)
            self.reason.set_value(asked.reason)
            self.contact.set_value(asked.contact)
            self.phone.set_value(asked.phone)
            self.request_number.set_value(asked.number)
        self.judge(lambda: sending_problems(self.sending()))

    def sending(self) -> Sending:
        """What is typed."""
        carriage = self.carriage.value()
        return Sending(
            self._unit_id, self.customer_id(), self.site.value(), self.reason.value(),
            carriage if isinstance(carriage, Carriage) else Carriage.FIELD_STAFF, self.contact.value(),
            self.phone.value(), self.case_number.value(), self.carrier.value(), self.waybill.value(),
            self.request_number.value(),
        )


class SwapForm(Form):
    """What happened at the site."""

    def __init__(self, desk: Desk, row: UseRow, sent_on: date, today: date) -> None:
        super().__init__(columns=2)
        self._row = row
        self.replaced = self.add(
            SerialField("replaced_serial", N_("Serial of the faulty unit"), required=True,
                        hint=N_("Read from the unit that was taken out.")))
        self.swapped_on = self.add(DateField("swapped_on", N_("Installed on"), required=True))
        self.swapped_on.set_value(today)
        self.product = self.add(
            ChoiceField("product_id", N_("Product of the faulty unit"), search=find_products, desk=desk,
                        hint=N_("Only where its serial is not on record yet.")), span=2)
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        self.judge(lambda: swapping_problems(self.swapping(), sent_on, today))

    def swapping(self) -> Swapping:
        """What is typed."""
        return Swapping(
            self._row.use_id, self.replaced.value(), self.swapped_on.value(), str(self.product.value() or ""),
            self.note.value(),
        )


class LendForm(_CustomerForm):
    """A loaner that goes out."""

    def __init__(self, desk: Desk, row: LoanerRow, today: date) -> None:
        super().__init__(desk, N_("Borrowed by"))
        self._row = row
        self.due_on = self.add(DateField("due_on", N_("Due back on"), required=True))
        self.due_on.set_value(today + timedelta(days=_USUAL_DAYS))
        self.case_number = self._case()
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.phone = self.add(TextField("contact_phone", N_("Telephone")))
        self.condition = self.add(TextField("condition_out", N_("Condition now"), required=True), span=2)
        self.condition.set_value(row.condition)
        self.terms = self.add(MultilineField("terms", N_("Terms agreed"), lines=2), span=2)
        self.out_of_turn = self.add(
            TextField("out_of_turn", N_("Why out of turn"), hint=N_("Only where somebody else waits longer.")), span=2)
        self.judge(lambda: lending_problems(self.lending(), today))

    def lending(self) -> Lending:
        """What is typed."""
        return Lending(
            self._row.loaner_id, self.customer_id(), self.due_on.value(), self.condition.value(), self.terms.value(),
            self.case_number.value(), self.contact.value(), self.phone.value(), self.out_of_turn.value(),
        )


class ConditionForm(Form):
    """The condition in which something comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.condition = self.add(MultilineField("condition_in", N_("Condition on return"), required=True, lines=2))


class EnrolForm(Form):
    """A unit that becomes a loaner."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(columns=2)
        self.product = self.add(
            ChoiceField("product_id", N_("Product"), search=find_products, desk=desk, required=True), span=2)
        self.serial = self.add(SerialField("serial", N_("Serial number"), required=True))
        self.condition = self.add(TextField("condition", N_("Condition now"), required=True))
        self.source = self.add(
            SegmentField("source", N_("Comes from"), [("zone", N_("the spares zone (C)")),
                                                     ("stores", N_("the company stores"))], chosen="zone"), span=2)
        self.note = self.add(TextField("note", N_("Remark")), span=2)


class WaitForm(_CustomerForm):
    """Somebody who waits for a model."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Who waits"))
        self.product = self.add(
            ChoiceField("product_id", N_("Product"), search=find_products, desk=desk, required=True), span=2)
        self.case_number = self._case()
        self.note = self.add(TextField("note", N_("Remark")))


class RequestForm(_CustomerForm):
    """What is asked of production."""

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__(desk, N_("Needed by the customer"))
        self.product = self.add(
            ChoiceField("product_id", N_("Product"), search=find_products, desk=desk, required=True), span=2)
        self.quantity = self.add(NumberField("quantity", N_("Quantity"), required=True, low=1, high=MOST))
        self.quantity.set_value(1)
        self.need_by = self.add(DateField("need_by", N_("Needed on"), required=True))
        self.reason = self.add(
            MultilineField("reason", N_("Why the customer cannot wait"), required=True, lines=2), span=2)
        self.case_number = self._case()
        self.note = self.add(TextField("note", N_("Remark")))
        self.judge(lambda: requesting_problems(self.requesting(), today))

    def requesting(self) -> Requesting:
        """What is typed."""
        quantity = self.quantity.value()
        return Requesting(
            str(self.product.value() or ""), self.customer_id(), int(quantity) if quantity is not None else None,
            self.need_by.value(), self.reason.value(), self.case_number.value(), self.note.value(),
        )


class PromiseForm(Form):
    """When production will be done."""

    def __init__(self, need_by: date) -> None:
        super().__init__()
        self.promised_on = self.add(DateField("promised_on", N_("Will be built by"), required=True))
        self.promised_on.set_value(need_by)


class BuiltForm(Form):
    """A built unit with its product file."""

    def __init__(self, build_id: str, today: date) -> None:
        super().__init__(columns=2)
        self._build_id = build_id
        self.serial = self.add(SerialField("serial", N_("Serial number"), required=True))
        self.lot = self.add(CodeField("lot", N_("Lot")))
        self.made = self.add(DateField("manufactured_on", N_("Made on"), required=True))
        self.made.set_value(today)
        self.file_number = self.add(CodeField("file_number", N_("Product file number"), required=True))
        self.complete = self.add(TickField("complete", N_("The product file is complete"), ticked=True), span=2)
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        self.judge(lambda: built_problems(self.built(), today))

    def built(self) -> Built:
        """What is typed."""
        return Built(
            self._build_id, self.serial.value(), self.lot.value(), self.made.value(), self.file_number.value(),
            bool(self.complete.value()), self.note.value(),
        )


class RestockForm(Form):
    """What one is worth; the other three figures are the depot's own."""

    def __init__(self, known: int | None, changed: Callable[[int | None], object]) -> None:
        super().__init__()
        self.value = self.add(
            NumberField("value", N_("Value of one unit"), required=True, decimals=2, unit=N_("yuan"), low=0))
        if known is not None:
            self.value.set_value(Decimal(known) / 100)
        self.note = self.add(TextField("note", N_("Remark")))
        self.judge(lambda: value_problems(self.fen()))
        self.value.changed.connect(lambda *_value: changed(self.fen()))

    def fen(self) -> int | None:
        """The value in whole fen."""
        value = self.value.value()
        return None if value is None else int((value * 100).to_integral_value())
