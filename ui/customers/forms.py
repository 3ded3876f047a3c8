"""The customer as typed, and the choice of the customer another is merged into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.domain.masterdata import Contact, Customer, CustomerKind, customer_problems
from app.i18n import N_
from app.services import customers
from ui.form import ChoiceField, Form, LineColumn, LinesField, MultilineField, Option, SegmentField, TextField
from ui.masterdata.words import LANGUAGES

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk

_NEW = Customer("", "", "")


class CustomerForm(Form):
    """Fields in the order of a customer card."""

    def __init__(self, customer: Customer = _NEW, contacts: Sequence[Contact] = ()) -> None:
        super().__init__(columns=2)
        self._before = customer
        self.name = self.add(TextField("name", N_("Name"), required=True), span=2)
        self.kind = self.add(ChoiceField("kind", N_("Kind"), CustomerKind, required=True))
        self.code = self.add(TextField("code", N_("Code"), hint=N_("Empty: the next number is given.")))
        self.address = self.add(TextField("address", N_("Address")), span=2)
        self.contact = self.add(TextField("contact", N_("Contact person")))
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.email = self.add(TextField("email", N_("E-mail")))
        self.distance = self.add(TextField("distance_class", N_("Distance class"), hint=N_("For travel costs.")))
        self.language = self.add(SegmentField("language", N_("Language of papers"), LANGUAGES, chosen="zh_CN"))
        self.contacts = self.add(
            LinesField(
                "contacts", N_("More contacts"),
                (
                    LineColumn("name", N_("Name"), 3), LineColumn("role", N_("Role there"), 3),
                    LineColumn("phone", N_("Telephone"), 3, tabular=True), LineColumn("email", N_("E-mail"), 4),
                ),
                hidden=("id",),
            ),
            span=2,
        )
        self.note = self.add(MultilineField("note", N_("Note"), lines=2), span=2)
        self.fill({name: getattr(customer, name) for name in _PLAIN} | {"language": customer.language})
        self.kind.set_value(CustomerKind(customer.kind))
        self.contacts.set_value([_as_line(contact) for contact in contacts])
        self.judge(lambda: customer_problems(self.customer()))

    def customer(self) -> Customer:
        """What stands in the form."""
        values: dict[str, Any] = {name: self.fields[name].value() for name in _PLAIN}
        kind = self.kind.value()
        return replace(
            self._before, **values, kind=str(getattr(kind, "value", CustomerKind.END_USER.value)),
            language=str(self.language.value()),
        )

    def people(self) -> tuple[Contact, ...]:
        """The contacts typed."""
        return tuple(
            Contact(str(line["id"]), self._before.id, str(line["name"]), str(line["role"]), str(line["phone"]),
                    str(line["email"]))
            for line in self.contacts.value()
        )


class MergeForm(Form):
    """Into which customer."""

    def __init__(self, desk: Desk, customer: Customer) -> None:
        super().__init__()
        self.into = self.add(ChoiceField("into", N_("Customer that stays"), search=self._search, desk=desk,
                                         required=True))
        self._from = customer.id

    def _search(self, depot: Depot, text: str) -> list[Option]:
        return [Option(c.id, c.name, c.code) for c in customers.find(depot, text) if c.id != self._from]


_PLAIN = ("name", "code", "address", "contact", "phone", "email", "distance_class", "note")


def _as_line(contact: Contact) -> dict[str, object]:
    return {"id": contact.id, "name": contact.name, "role": contact.role, "phone": contact.phone,
            "email": contact.email}
