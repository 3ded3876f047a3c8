"""Loaners: which are out and until when, which stand here, and who waits for one."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from app.domain.loaners import LoanerRow, WaitRow
from app.domain.places import Place
from app.domain.signing import Party
from app.i18n import N_, _, _n
from app.labels import label
from app.services import loaners, undoing
from ui import moments, naming
from ui.models import Column, Table
from ui.spares.forms import ConditionForm, EnrolForm, LendForm, WaitForm
from ui.spares.view import Hands, ReasonForm, SparesView
from ui.tones import Tone
from ui.widgets import Card
from ui.widgets.ages import due
from ui.widgets.flow import Flow

Found = tuple[date, tuple[LoanerRow, ...], tuple[WaitRow, ...]]


def _state(row: LoanerRow) -> tuple[str, Tone]:
    if row.days_left is None:
        return _("here"), Tone.OK
    return due(row.days_left, 3)


class LoanersView(SparesView):
    """Lend, take back; the list of those who wait at the right."""

    today = date.min

    def build(self) -> None:
        """Make the widgets."""
        self.lay(
            (
                Column("serial", N_("Loaner serial"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
                Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en),
                       width=200, grow=True),
                Column("due", N_("Due back"), text=lambda r: _state(r)[0], tone=lambda r: _state(r)[1], chip=True,
                       width=130, sort=lambda r: r.due_on or date.max,
                       tip=lambda r: r.due_on.isoformat() if r.due_on else ""),
                Column("customer", N_("Customer"), text=lambda r: r.customer, width=200, grow=True),
                Column("case", N_("Return case"), text=lambda r: r.case_number, width=150, tabular=True, hidden=True),
                Column("condition", N_("Condition"), text=lambda r: r.condition, width=130, hidden=True),
                Column("place", N_("Place"), text=lambda r: label(r.place), width=120, hidden=True),
                Column("number", N_("Agreement"), text=lambda r: r.number, width=150, tabular=True),
            ),
            "loaners", lambda row: row.loaner_id, N_("Loaners"),
        )
        self.table.set_empty(
            "ph.hand-grabbing", N_("There are no loaners"),
            N_("A supervisor puts units into the pool of loaners: from the spares zone (C) or from the stores."),
        )
        self.column.removeWidget(self.table)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.table, 1)
        middle.addWidget(self._waits())
        self.column.addLayout(middle, 1)
        self.foot(
            N_("A case does not close while its loaner is out."),
            ("spares.enrol", self._enrol, ""), ("spares.retire", self._retire, ""),
            ("spares.lost", self._lost, ""), ("spares.take-back", self._take_back, ""),
            ("spares.lend", self._lend, "primary"),
        )
        self.offer({"spares.enrol"})

    def _waits(self) -> Card:
        card = Card(N_("Who waits, in turn"))
        card.setFixedWidth(360)
        self.waits: Table[WaitRow] = Table(
            (
                Column("turn", N_("Turn"), text=lambda r: str(r.turn), width=46, align="right"),
                Column("customer", N_("Customer"), text=lambda r: r.customer, width=120, grow=True,
                       tip=lambda r: r.note),
                Column("model", N_("Model"), text=lambda r: r.model, width=90),
                Column("since", N_("Since"), text=lambda r: moments.day(r.since).isoformat(), width=90,
                       tabular=True, hidden=True),
            ),
            name="spares.waits", key=lambda row: row.wait_id, title=N_("Who waits, in turn"),
        )
        self.waits.set_empty("ph.users", N_("Nobody waits"), N_("Who asks for a loaner when none is here waits here."))
        card.body.addWidget(self.waits, 1)
        row = Flow()
        row.addStretch(1)
        row.addWidget(self.button("spares.drop-wait", self._drop_wait))
        row.addWidget(self.button("spares.wait", self._wait))
        card.body.addLayout(row)
        return card

    def chosen(self, row: LoanerRow | None) -> None:
        """Show the unit, and what can be done with it: lent, or here."""
        out = {"spares.take-back", "spares.lost"} if row is not None and row.agreement_id else set()
        here = {"spares.lend", "spares.retire"} if row is not None and not row.agreement_id else set()
        self.offer({"spares.enrol"} | out | here)
        super().chosen(row)

    def reload(self) -> None:
        """Look at the record again."""
        self.run(
            lambda depot: (depot.today(), loaners.loaners(depot), loaners.waiting(depot)), self._came, replace="spares"
        )

    def _came(self, found: Found) -> None:
        self.today, rows, waits = found
        out = [row for row in rows if row.agreement_id]
        late = sum((row.days_left or 0) < 0 for row in out)
        self.show_rows(rows, _n("{n} loaner out, {late} overdue, {here} here",
                                "{n} loaners out, {late} overdue, {here} here", len(out)).format(
            n=len(out), late=late, here=len(rows) - len(out)))
        self.waits.set_rows(waits)

    def keys(self, row: LoanerRow) -> set[str]:
        """Serial, agreement or case."""
        return {row.serial, row.number, row.case_number}

    def key_of(self, row: LoanerRow) -> object:
        """The loaner."""
        return row.loaner_id

    def _lend(self) -> None:
        row = self.current()
        if row is None:
            return
        form = LendForm(self.desk, row, self.today)
        first = next((wait for wait in self.waits.rows() if wait.product_id == row.product_id), None)
        text = _("First in turn: {customer}").format(customer=first.customer) if first else ""

        def hands() -> Hands:
            return (
                (_("Issue loaner {serial}").format(serial=row.serial), Party.OWN),
                (_("Borrow loaner {serial} until {day} on the terms agreed").format(
                    serial=row.serial, day=form.lending().due_on), Party.CUSTOMER),
            )

        def done(lent: loaners.Lent) -> None:
            self.say_done(_("{serial} lent under {number}").format(serial=lent.serial, number=lent.number))
            from ui.spares.papers import paper_job

            self.frame.preview(paper_job(lent.number, "F18L"))

        self.ask(
            N_("Issue a loaner"), form, N_("Sign and lend"),
            lambda depot, giver, taker: loaners.lend(depot, form.lending(), giver, taker), done, hands=hands, text=text,
        )

    def _take_back(self) -> None:
        row = self.current()
        if row is None:
            return
        form = ConditionForm()

        def hands() -> Hands:
            party = Party.FIELD_STAFF if row.place is Place.FIELD else Party.CUSTOMER
            return (
                (_("Give loaner {serial} back").format(serial=row.serial), party),
                (_("Take loaner {serial} back").format(serial=row.serial), Party.OWN),
            )

        def done(back: loaners.CameBack) -> None:
            text = _("{serial} is back").format(serial=row.serial)
            if back.closed:
                text += _(" · ") + _("case {number} closed").format(number=back.closed)
            self.say_done(text)

        self.ask(
            N_("The loaner is back"), form, N_("Sign and take back"),
            lambda depot, giver, taker: loaners.take_back(
                depot, row.agreement_id, form.condition.value(), giver, taker),
            done, hands=hands, text=_("Lent in this condition: {condition}").format(condition=row.condition),
        )

    def _lost(self) -> None:
        row = self.current()
        if row is None:
            return
        form = ReasonForm(N_("Why it will not come back"))
        self.ask(
            N_("The loaner will not come back"), form, N_("Write off"),
            lambda depot: loaners.write_off(depot, row.agreement_id, form.reason.value()),
            lambda _done: self.say_done(_("{serial} is written off").format(serial=row.serial)), danger=True,
        )

    def _enrol(self) -> None:
        form = EnrolForm(self.desk)

        def hands() -> Hands:
            if form.source.value() != "stores":
                return ()
            return ((_("The stores give a loaner out"), Party.STORES), (_("Take the loaner over"), Party.OWN))

        self.ask(
            N_("A unit becomes a loaner"), form, N_("Into the pool"),
            lambda depot, *signed: loaners.enrol(
                depot, str(form.product.value() or ""), form.serial.value(), form.condition.value(),
                form.note.value(), *signed),
            lambda done: self.say_done(_("{serial} is a loaner").format(serial=done.serial)), hands=hands,
        )

    def _retire(self) -> None:
        row = self.current()
        if row is None:
            return
        form = ReasonForm(N_("Why it leaves the pool"))

        def hands() -> Hands:
            if row.from_return:
                return ()
            return ((_("Give the loaner to the stores"), Party.OWN), (_("The stores take the loaner"), Party.STORES))

        self.ask(
            N_("The loaner leaves the pool"), form, N_("Out of the pool"),
            lambda depot, *signed: loaners.retire(depot, row.loaner_id, form.reason.value(), *signed),
            lambda done: self.say_done(_("{serial} is no loaner any more").format(serial=done.serial)), hands=hands,
        )

    def _wait(self) -> None:
        form = WaitForm(self.desk)
        self.ask(
            N_("Somebody waits for a loaner"), form, N_("Put on the list"),
            lambda depot: loaners.wait(
                depot, str(form.product.value() or ""), form.customer_id(), form.case_number.value(),
                form.note.value()),
            lambda done: self.say_done(_("On the list"), undo=lambda depot: undoing.undo(depot, done.entry_id)),
        )

    def _drop_wait(self) -> None:
        row = self.waits.current()
        if row is not None:
            self.run(
                lambda depot: loaners.drop_wait(depot, row.wait_id),
                lambda done: self.say_done(
                    _("{customer} waits no longer").format(customer=row.customer),
                    undo=lambda depot: undoing.undo(depot, done.entry_id)),
            )
