"""What is the same for every unit of a crate: whose it is, how it came, how many there should be. Entered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from app.domain.receiving import BroughtBy, Intake, ReturnMethod
from app.domain.signing import Party
from app.errors import Problem
from app.i18n import N_
from ui.form import ChoiceField, CodeField, DateField, Form, NumberField, SegmentField, TextField
from ui.receiving.intake_form import find_customers

if TYPE_CHECKING:
    from ui.background import Desk


class CrateForm(Form):
    """The head of a crate. ``counted``: how many units are accepted so far, for the comparison with the announced."""

    def __init__(self, desk: Desk, counted: Callable[[], int]) -> None:
        super().__init__(columns=6)
        self._counted = counted
        self.customer = self.add(
            ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk, new=True, required=True),
            span=2)
        self.method = self.add(
            SegmentField("method", N_("Way of return"), ReturnMethod, chosen=ReturnMethod.CARRIED))
        self.brought_by = self.add(
            SegmentField("brought_by", N_("Brought or sent by"), BroughtBy, chosen=BroughtBy.CUSTOMER), span=2)
        self.waybill = self.add(CodeField("waybill", N_("Waybill")))
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.phone = self.add(TextField("contact_phone", N_("Telephone")))
        self.back_on = self.add(DateField("back_on", N_("Back at the factory on")))
        self.announced = self.add(NumberField("announced", N_("Units announced"), low=1, high=9999))
        self.note = self.add(TextField("note", N_("Remark on the crate")), span=2)
        self.judge(self.judged)

    def judged(self) -> list[Problem]:
        """What is wrong with the head of the crate."""
        found: list[Problem] = []
        announced, counted = self.announced.whole(), self._counted()
        if announced is not None and announced != counted and not self.note.value():
            facts = {"announced": announced, "found": counted}
            found.append(Problem("announced", "receiving.count-mismatch", facts))
        if self.method.value() is ReturnMethod.MAILED and not self.waybill.value():
            found.append(Problem("waybill", "receiving.waybill-missing"))
        return found

    def onto(self, intake: Intake) -> Intake:
        """``intake`` with the head of the crate; a line's own customer and site stand."""
        own = intake.customer_id or intake.customer_name
        customer = self.customer.value()
        return replace(
            intake,
            customer_id=intake.customer_id if own else str(customer or ""),
            customer_name=intake.customer_name if own else ("" if customer else self.customer.text()),
            method=cast("ReturnMethod", self.method.value() or ReturnMethod.CARRIED),
            brought_by=cast("BroughtBy", self.brought_by.value() or BroughtBy.CUSTOMER),
            waybill=self.waybill.value(), back_on=self.back_on.value(), contact=self.contact.value(),
            contact_phone=self.phone.value(),
        )

    def giver(self) -> Party:
        """Who hands the crate in: the carrier, if it was mailed; else who brought it."""
        if self.method.value() is ReturnMethod.MAILED:
            return Party.CARRIER
        return {
            BroughtBy.COMPANY: Party.FIELD_STAFF, BroughtBy.PARTNER: Party.PARTNER,
        }.get(cast("BroughtBy", self.brought_by.value()), Party.CUSTOMER)
