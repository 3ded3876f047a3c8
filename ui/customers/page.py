"""Customers: who uses the products, with what of theirs is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.masterdata import Customer, CustomerKind
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.labels import label
from app.services import customers
from app.services.customers import CustomerFile, CustomerFilter, CustomerLine, CustomerWritten
from ui.customers.forms import CustomerForm, MergeForm
from ui.dialogs.dialog import FormDialog, ask
from ui.masterdata.catalogue import Catalogue
from ui.masterdata.words import BY_CENTRE, LANGUAGES, allow, state, taken_back
from ui.models import Column
from ui.tones import Tone
from ui.widgets import Card, DefinitionList, heading, muted

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.dialogs.preview import PrintJob


def _state(line: CustomerLine) -> tuple[str, Tone]:
    c = line.customer
    return state(active=c.active, proposed=c.proposed, merged=c.merged_into is not None)


COLUMNS: tuple[Column[CustomerLine], ...] = (
    Column("name", N_("Customer"), text=lambda c: c.customer.name, grow=True, bold=True, order="name"),
    Column("code", N_("Code"), text=lambda c: c.customer.code, tabular=True, width=100),
    Column("kind", N_("Kind"), text=lambda c: label(CustomerKind(c.customer.kind)), width=120),
    Column("contact", N_("Contact person"), text=lambda c: c.customer.contact, hidden=True),
    Column("phone", N_("Telephone"), text=lambda c: c.customer.phone, tabular=True, hidden=True),
    Column("units", N_("Units"), text=lambda c: str(c.units), sort=lambda c: c.units, align="right", width=70),
    Column("open", N_("Open cases"), text=lambda c: str(c.open_cases or "–"), sort=lambda c: c.open_cases,
           align="right", width=100, bold=lambda c: c.open_cases > 0),
    Column("state", N_("State"), text=lambda c: _(_state(c)[0]), tone=lambda c: _state(c)[1], chip=True, width=110),
)


class CustomersPage(Catalogue[CustomerLine]):
    """The list of customers."""

    columns = COLUMNS
    placeholder = N_("Name, code, telephone or pinyin initials")
    empty = ("ph.users", N_("No customer here"),
             N_("Customers appear when the first unit is received; or enter one with Ctrl+N."))
    toggles = (("proposed", N_("Proposals only")), ("inactive", N_("Include inactive")))

    def build_tools(self) -> None:
        for button in (
            self.button("customers.file", self._print_file), self.button("customers.switch", self._switch),
            self.button("customers.merge", self._merge),
            self.button("customers.adopt", self._adopt), self.button("customers.edit", self._edit_current),
            self.button("customers.add", self._add, kind="primary"),
        ):
            self.header.add(button)
        self.act("customers.find", self.line.setFocus)
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    def build_card(self) -> QWidget:
        card = Card()
        self.title = heading()
        self.by_centre = muted(BY_CENTRE, wrap=True)
        self.own = True
        self.facts = DefinitionList()
        self.people = DefinitionList()
        self.people_title = heading(N_("More contacts"))
        card.body.addWidget(self.title)
        card.body.addWidget(self.by_centre)
        card.body.addWidget(self.facts)
        card.body.addWidget(self.people_title)
        card.body.addWidget(self.people)
        around = QWidget()
        around.setObjectName("plain")
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.card = card
        return around

    # -- the list ------------------------------------------------------------------------------------------------

    def key(self, line: CustomerLine) -> object:
        return line.id

    def _filter(self) -> CustomerFilter:
        return CustomerFilter(
            self.line.text().strip(), proposed_only=self.on("proposed"), inactive_too=self.on("inactive")
        )

    def fetcher(self) -> Callable[[Depot, CustomerLine | None, int, bool], Sequence[CustomerLine]]:
        wanted = self._filter()
        return lambda depot, after, limit, descending: customers.customers(
            depot, wanted, after, limit, descending=descending)

    def counter(self) -> Callable[[Depot], int]:
        wanted = self._filter()
        return lambda depot: customers.count(depot, wanted)

    def counted(self, number: int) -> str:
        return _n("{n} customer", "{n} customers", number).format(n=number)

    def show_line(self, line: CustomerLine | None) -> None:
        self.own = True
        self.card.setVisible(line is not None)
        self._permit()
        if line is not None:
            self.run(lambda depot: customers.file(depot, line.id), self._show, lambda _error: True,
                     quiet=True, replace="file")

    def _show(self, file: CustomerFile) -> None:
        customer = file.customer
        self.title.setText(customer.name)
        self.own = file.own
        self.by_centre.setVisible(not file.own)
        self._permit()
        self.facts.show_pairs((
            (_("Code"), customer.code), (_("Kind"), label(CustomerKind(customer.kind))),
            (_("Address"), customer.address), (_("Contact person"), customer.contact),
            (_("Telephone"), customer.phone), (_("E-mail"), customer.email),
            (_("Language of papers"), _(dict(LANGUAGES)[customer.language])),
            (_("Distance class"), customer.distance_class),
            (_("Units"), str(file.units)), (_("Return cases"), str(file.cases)), (_("Note"), customer.note),
        ))
        self.people_title.setVisible(bool(file.contacts))
        self.people.show_pairs([
            (contact.name, "  ".join(filter(None, (contact.role, contact.phone, contact.email))) or "–")
            for contact in file.contacts
        ])

    # -- what can be done ----------------------------------------------------------------------------------------

    def _permit(self) -> None:
        line, master = self.table.current(), self.desk.permits(Action.EDIT_MASTER)
        live = master and self.own and line is not None and line.customer.merged_into is None
        allow(
            self, "customers", add=master or self.desk.permits(Action.PROPOSE_MASTER), edit=live, merge=live,
            switch=live, adopt=live and line is not None and line.customer.proposed,
        )

    def _print_file(self) -> None:
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the file of the customer that is marked."""
        from ui.files.papers import customer_file_job

        line = self.table.current()
        return customer_file_job(line.customer.id, line.customer.name) if line else None

    def _add(self) -> None:
        form = CustomerForm()
        dialog = FormDialog(
            self, N_("New customer"), form, accept=N_("Enter customer"), draft="customers.new", width=720
        )

        def submit() -> None:
            customer, people = form.customer(), form.people()
            dialog.run(
                lambda depot: customers.add(depot, customer, people),
                lambda added: self._written(dialog, added, _("{name} entered").format(name=added.customer.name)),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _edit_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self.edit(line)

    def edit(self, line: CustomerLine) -> None:
        if self.desk.permits(Action.EDIT_MASTER) and line.customer.merged_into is None:
            self.run(lambda depot: customers.file(depot, line.id), self._may_edit)

    def _may_edit(self, file: CustomerFile) -> None:
        if file.own:
            self._editing(file).open()
        else:
            self.frame.toast(_(BY_CENTRE), Tone.INFO)

    def _editing(self, file: CustomerFile) -> FormDialog:
        form = CustomerForm(file.customer, file.contacts)
        dialog = FormDialog(
            self, N_("Edit customer"), form, draft="customers.edit", subject=f"{file.customer.id}:{file.seen}",
            width=720,
        )

        def submit() -> None:
            customer, people = form.customer(), form.people()
            dialog.run(
                lambda depot: customers.edit(depot, customer, people, file.seen),
                lambda done: self._written(dialog, done, _("{name} changed").format(name=done.customer.name)),
            )

        dialog.submitted.connect(submit)
        dialog.reopens(lambda depot: customers.file(depot, file.customer.id), self._editing)
        return dialog

    def _adopt(self) -> None:
        line = self.table.current()
        if line is not None:
            self.run(
                lambda depot: customers.adopt(depot, line.id),
                lambda done: self._said(done, _("{name} adopted").format(name=done.customer.name)),
            )

    def _switch(self) -> None:
        line = self.table.current()
        if line is not None:
            text = _("{name} deactivated") if line.customer.active else _("{name} reactivated")
            self.run(
                lambda depot: customers.switch(depot, line.id, active=not line.customer.active),
                lambda done: self._said(done, text.format(name=done.customer.name)),
            )

    def _merge(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = MergeForm(self.desk, line.customer)
        dialog = FormDialog(
            self, N_("Merge into another customer"), form, accept=N_("Merge"),
            text=N_("Units, cases and contacts go over. The merged customer stays on record and points to the other."),
        )
        dialog.submitted.connect(lambda: self._sure(dialog, line.customer, form))
        dialog.open()

    def _sure(self, dialog: FormDialog, customer: Customer, form: MergeForm) -> None:
        into = str(form.into.value())
        text = _('Merge "{name}" into "{into}"?').format(name=customer.name, into=form.into.text())
        ask(dialog, N_("Merge customers"), text, N_("Merge"), lambda: dialog.run(
            lambda depot: customers.merge(depot, customer.id, into),
            lambda done: self._written(dialog, done, _("Merged into {name}").format(name=done.customer.name)),
        ))

    def _written(self, dialog: FormDialog, done: CustomerWritten, text: str) -> None:
        dialog.done_well()
        self._said(done, text)

    def _said(self, done: CustomerWritten, text: str) -> None:
        self.open_subject(done.customer.id)
        self.frame.toast(text, undo=taken_back(done.entry_id))
