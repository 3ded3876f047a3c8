"""The intake as a form: the field section of the traveller, in the order of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from app.domain.receiving import (
    AccessoryIn,
    BroughtBy,
    Intake,
    IntakeView,
    Phase,
    ReturnMethod,
    Urgency,
)
from app.i18n import N_
from ui import naming
from ui.form import (
    ChoiceField,
    CodeField,
    DateField,
    FilesField,
    Form,
    LineColumn,
    LinesField,
    MultilineField,
    Option,
    SegmentField,
    SerialField,
    TextField,
    TickField,
)
from ui.receiving.known import KnownProducts

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

YES_NO = (("yes", N_("yes")), ("no", N_("no")), ("open", N_("not decided")))
_ACCESSORY = (
    LineColumn("name", N_("What"), stretch=3),
    LineColumn("quantity", N_("Pieces"), tabular=True, width=64, tip=N_("Empty: one")),
    LineColumn("condition", N_("Condition"), stretch=2),
    LineColumn("serial", N_("Number on it"), stretch=2, tabular=True),
)


class IntakeForm(Form):
    """One unit's intake. ``arrival``: with customer and way of return (else they are the crate's).

    ``photos``: with a place to drop pictures. Field names are those of :class:`Intake`, so that problems find them.
    """

    def __init__(self, desk: Desk, products: KnownProducts, *, arrival: bool = False, photos: bool = True) -> None:
        super().__init__(columns=3)
        self._desk, self._products = desk, products
        if arrival:
            self._add_arrival()
        self._add_unit(arrival=arrival)
        self._add_fault()
        self._add_condition(photos=photos)
        self._add_terms()
        if not arrival:
            self.section(N_("Another customer"))
            self._add_customer(N_("Customer, if another than the crate's"))

    # -- building ----------------------------------------------------------------------------------------------

    def _add_arrival(self) -> None:
        self.section(N_("How it comes"))
        self._add_customer(N_("Customer"))
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.contact_phone = self.add(TextField("contact_phone", N_("Telephone")))
        self.back_on = self.add(DateField("back_on", N_("Back at the factory on")))
        self.method = self.add(
            SegmentField("method", N_("Way of return"), ReturnMethod, chosen=ReturnMethod.CARRIED))
        self.brought_by = self.add(
            SegmentField("brought_by", N_("Brought or sent by"), BroughtBy, chosen=BroughtBy.CUSTOMER), span=2)
        self.waybill = self.add(CodeField("waybill", N_("Waybill")))

    def _add_customer(self, label: str) -> None:
        self.customer = self.add(
            ChoiceField("customer_id", label, search=find_customers, desk=self._desk, new=True), span=3)

    def _add_unit(self, *, arrival: bool) -> None:
        self.section(N_("Unit"))
        self.serial = self.add(SerialField("serial", N_("Serial number"), required=False))
        self.serial.takes_scans = arrival      # at the counter each scan is a unit of its own
        self.product = self.add(
            ChoiceField("product_id", N_("Product"), search=self._products.find, desk=self._desk, new=True), span=2)
        self.lot = self.add(CodeField("lot", N_("Lot")))
        self.unreadable = self.add(
            TickField("unreadable", N_("Nameplate unreadable"), tip=N_("The unit gets a depot tag.")), span=2)

    def _add_fault(self) -> None:
        self.section(N_("Fault"))
        self.symptom = self.add(MultilineField("symptom", N_("Symptom, in the customer's words"), lines=2), span=3)
        self.symptom_code = self.add(ChoiceField("symptom_code", N_("Symptom code")), span=2)
        self.fault_on = self.add(DateField("fault_on", N_("Fault date")))
        self.phase = self.add(SegmentField("phase", N_("Phase"), Phase, chosen=Phase.OPERATION), span=2)
        self.site = self.add(TextField("site", N_("Site")))
        self.tried = self.add(MultilineField("tried", N_("What was tried, and what was done to find out"), lines=2),
                              span=3)

    def _add_condition(self, *, photos: bool) -> None:
        self.section(N_("Accessories and condition"))
        self.accessories = self.add(LinesField("accessories", N_("Accessories"), _ACCESSORY), span=3)
        self.condition = self.add(TextField("condition", N_("Condition on arrival")), span=3)
        self.photos: FilesField | None = None
        if photos:
            self.photos = self.add(FilesField("photos", N_("Photos and papers")), span=3)

    def _add_terms(self) -> None:
        self.section(N_("Terms"))
        self.urgency = self.add(SegmentField("urgency", N_("Urgency"), Urgency, chosen=Urgency.ROUTINE), span=2)
        self.promised = self.add(DateField("promised_on", N_("Promised for")))
        self.return_needed = self.add(
            SegmentField("return_needed", N_("Goes back to the customer"), YES_NO, chosen="yes"), span=2)
        self.spare_left = self.add(CodeField("spare_left_serial", N_("Spare left at the site")))
        self.section(N_("Warranty facts"))
        self.manufactured = self.add(DateField("manufactured_on", N_("Made on")))
        self.shipped = self.add(DateField("shipped_on", N_("Shipped on")))
        self.accepted = self.add(DateField("accepted_on", N_("Accepted on")))
        self.warranty_proof = self.add(TextField("warranty_proof", N_("Proof seen")))
        self.note = self.add(TextField("note", N_("Remark")), span=2)

    def offer_codes(self, codes: Sequence[tuple[str, str]]) -> None:
        """The symptom codes to choose from: (code, words)."""
        self.symptom_code.set_options(list(codes))

    # -- intake in and out -------------------------------------------------------------------------------------

    def intake(self) -> Intake:
        """What the form says."""
        return Intake(
            serial=self.serial.value(), product_id=_id(self.product), product_model=_name(self.product),
            customer_id=_id(self.customer), customer_name=_name(self.customer),
            symptom=self.symptom.value(), symptom_code=str(self.symptom_code.value() or ""),
            unreadable=self.unreadable.value(), lot=self.lot.value(), manufactured_on=self.manufactured.value(),
            shipped_on=self.shipped.value(), accepted_on=self.accepted.value(),
            phase=cast("Phase", self.phase.value() or Phase.UNKNOWN), fault_on=self.fault_on.value(),
            site=self.site.value(), tried=self.tried.value(), condition=self.condition.value(),
            accessories=self._accessories(), return_needed=_decided(self.return_needed.value()),
            urgency=cast("Urgency", self.urgency.value() or Urgency.ROUTINE), promised_on=self.promised.value(),
            spare_left_serial=self.spare_left.value(), warranty_proof=self.warranty_proof.value(),
            note=self.note.value(), **self._arrival(),
        )

    def _arrival(self) -> dict[str, Any]:
        if not hasattr(self, "method"):
            return {}
        return {
            "method": self.method.value() or ReturnMethod.CARRIED,
            "brought_by": self.brought_by.value() or BroughtBy.CUSTOMER, "waybill": self.waybill.value(),
            "back_on": self.back_on.value(), "contact": self.contact.value(),
            "contact_phone": self.contact_phone.value(),
        }

    def _accessories(self) -> tuple[AccessoryIn, ...]:
        return tuple(
            AccessoryIn(str(line["name"]), _whole(line["quantity"]), str(line["condition"]), str(line["serial"]))
            for line in self.accessories.value()
        )

    def show_intake(self, view: IntakeView, *, customer: bool = True) -> None:
        """Fill the form from an intake on record; ``customer`` ``False`` leaves the customer to the crate."""
        intake = view.intake
        self._products.learn(intake.product_id, view.rule)
        name = naming.product(view.model, view.name_zh, view.name_en)
        values: dict[str, object] = {
            "serial": intake.serial, "unreadable": intake.unreadable,
            "product_id": Option(intake.product_id, name) if intake.product_id else None,
            "customer_id": Option(intake.customer_id, view.customer) if customer and intake.customer_id else None,
            "lot": intake.lot, "manufactured_on": intake.manufactured_on, "shipped_on": intake.shipped_on,
            "accepted_on": intake.accepted_on, "symptom": intake.symptom, "symptom_code": intake.symptom_code or None,
            "phase": intake.phase, "fault_on": intake.fault_on, "site": intake.site, "tried": intake.tried,
            "condition": intake.condition,
            "accessories": [
                {"name": a.name, "quantity": str(a.quantity), "condition": a.condition, "serial": a.serial}
                for a in intake.accessories
            ],
            "return_needed": {True: "yes", False: "no", None: "open"}[intake.return_needed],
            "urgency": intake.urgency, "promised_on": intake.promised_on,
            "spare_left_serial": intake.spare_left_serial, "warranty_proof": intake.warranty_proof,
            "note": intake.note, "method": intake.method, "brought_by": intake.brought_by, "waybill": intake.waybill,
            "back_on": intake.back_on, "contact": intake.contact, "contact_phone": intake.contact_phone,
        }
        for field in self.fields.values():
            if field.name in values:
                field.set_value(values[field.name])
        if not intake.product_id and intake.product_model:       # known to the other depot only
            self.product.restore({"value": None, "text": intake.product_model})
        if customer and not intake.customer_id and intake.customer_name:
            self.customer.restore({"value": None, "text": intake.customer_name})


def find_customers(depot: Depot, text: str) -> list[Option]:
    """Customers for what was typed."""
    from app.services import customers

    return [Option(row.id, row.name, row.code) for row in customers.find(depot, text)]


def over(intake: Intake, base: Intake) -> Intake:
    """``intake`` with what the form does not show taken from ``base``: reported case, transfer, outside numbers."""
    return replace(
        intake, case_id=base.case_id, transfer=base.transfer, external_id=base.external_id,
        external_outcome=base.external_outcome,
    )


def today_of(depot: Depot) -> date:
    """The depot's day, for the rules that look at it while one types."""
    return depot.today()


def _id(field: ChoiceField) -> str:
    value = field.value()
    return str(value) if value else ""


def _name(field: ChoiceField) -> str:
    return "" if field.value() else field.text()


def _decided(value: object) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))


def _whole(value: object) -> int:
    text = str(value).strip()
    return int(text) if text.isdecimal() else (0 if text else 1)
