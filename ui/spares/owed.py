"""Spares that left for a site, and the faulty units owed for them: what is late stands first."""

from __future__ import annotations

from datetime import date

from app.domain.places import Place
from app.domain.signing import Party
from app.domain.spares import UseRow, UseState
from app.i18n import N_, _, _n
from app.labels import label
from app.services import spares, undoing
from ui import moments, naming
from ui.models import Column
from ui.spares.forms import SwapForm
from ui.spares.view import Hands, ReasonForm, SparesView
from ui.tones import Tone
from ui.widgets import Segmented
from ui.widgets.ages import due
from ui.widgets.flow import Flow

STATE_TONE = {
    UseState.ON_THE_WAY: Tone.INFO, UseState.OWED: Tone.WARN, UseState.RECOVERED: Tone.OK,
    UseState.WRITTEN_OFF: Tone.BAD, UseState.UNUSED: Tone.MUTE,
}


def _due(row: UseRow) -> str:
    return due(row.days_left)[0] if row.days_left is not None else ""


def _tone(row: UseRow) -> Tone:
    return due(row.days_left, 3)[1] if row.days_left is not None else Tone.MUTE


class OwedView(SparesView):
    """Swapped in, came back unused, will not come."""

    today = date.min

    def build(self) -> None:
        """Make the widgets."""
        self.lay(
            (
                Column("owed", N_("Faulty unit"), text=lambda r: r.replaced_serial or _("serial awaited"), width=150,
                       bold=True, tabular=True),
                Column("state", N_("State"), text=lambda r: label(r.state), tone=lambda r: STATE_TONE[r.state],
                       chip=True, width=160),
                Column("due", N_("Back due"), text=_due, tone=_tone, bold=lambda r: _tone(r) is Tone.BAD, width=120,
                       sort=lambda r: r.owed_due_on or date.max,
                       tip=lambda r: r.owed_due_on.isoformat() if r.owed_due_on else ""),
                Column("spare", N_("Spare left there"), text=lambda r: r.spare_serial, width=150, tabular=True),
                Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en),
                       width=170, hidden=True),
                Column("customer", N_("Customer"), text=lambda r: r.customer, width=170, grow=True),
                Column("site", N_("Site"), text=lambda r: r.site, width=140),
                Column("contact", N_("Contact"), text=lambda r: f"{r.contact} {r.contact_phone}".strip(), width=150,
                       hidden=True),
                Column("since", N_("Owed since"), text=lambda r: r.swapped_on.isoformat() if r.swapped_on else "",
                       width=110, tabular=True),
                Column("case", N_("Came back as"), text=lambda r: r.recovered_case or r.written_off_reason, width=150,
                       tabular=True, hidden=True),
                Column("request", N_("Service request"), text=lambda r: r.request_number, width=150, tabular=True,
                       hidden=True),
                Column("number", N_("Use record"), text=lambda r: r.number, width=150, tabular=True),
            ),
            "owed", lambda row: row.use_id, N_("Spares at sites and units owed"),
        )
        self.which = Segmented([("open", N_("Open")), ("settled", N_("Settled"))], N_("List"))
        self.which.chosen.connect(lambda _which: self._switch())
        top = Flow()
        top.addWidget(self.which)
        top.addStretch(1)
        self.column.insertLayout(0, top)
        self.foot(
            N_("Scan the spare, the faulty unit or the record."),
            ("spares.write-off", self._write_off, ""), ("spares.unused", self._unused, ""),
            ("spares.swap", self._swap, "primary"),
        )
        self._switch()

    def _switch(self) -> None:
        settled = self.which.value() == "settled"
        self.table.set_empty(
            "ph.swap", N_("Nothing is settled yet") if settled else N_("No unit is owed"),
            N_("Swaps appear here when the faulty unit has arrived.") if settled
            else N_("When a spare is left at a site, the faulty unit is awaited here until it arrives."),
        )
        self.table.show_column("case", shown=settled)
        self.reload()

    def reload(self) -> None:
        """Look at the record again."""
        settled = self.which.value() == "settled"
        self.run(lambda depot: (depot.today(), spares.owed(depot, settled=settled)), self._came, replace="spares")

    def _came(self, found: tuple[date, tuple[UseRow, ...]]) -> None:
        self.today, rows = found
        owed = [row for row in rows if row.days_left is not None]
        late = sum((row.days_left or 0) < 0 for row in owed)
        text = _n("{n} unit owed, {late} overdue", "{n} units owed, {late} overdue", len(owed)).format(
            n=len(owed), late=late) if self.which.value() == "open" else ""
        self.show_rows(rows, text)

    def keys(self, row: UseRow) -> set[str]:
        """Spare, faulty unit or record."""
        return {row.spare_serial, row.replaced_serial, row.number}

    def key_of(self, row: UseRow) -> object:
        """The record."""
        return row.use_id

    def chosen(self, row: UseRow | None) -> None:
        """Show the unit that is awaited, else the spare."""
        self.page.follow((row.replaced_unit_id or row.spare_unit_id) if row is not None else "")

    def opened(self, row: UseRow) -> None:
        """As choosing it."""
        self.chosen(row)

    def _swap(self) -> None:
        row = self.current()
        if row is None:
            return
        form = SwapForm(self.desk, row, moments.day(row.sent_at), self.today)

        def hands() -> Hands:
            words = _("The user at {site} confirms that spare {serial} was installed")
            return ((words.format(site=row.site, serial=row.spare_serial), Party.CUSTOMER),)

        def done(swapped: spares.Swapped) -> None:
            self.say_done(_("{serial} is owed until {day}").format(serial=swapped.replaced_serial, day=swapped.due_on))
            from ui.spares.papers import paper_job

            self.frame.preview(paper_job(swapped.number, "F15"))

        self.ask(
            N_("Spare installed"), form, N_("Sign and record"),
            lambda depot, user: spares.swap_at_site(depot, form.swapping(), user), done, hands=hands,
            text=_("{number}: spare {serial} for {customer}, {site}").format(
                number=row.number, serial=row.spare_serial, customer=row.customer, site=row.site),
        )

    def _unused(self) -> None:
        row = self.current()
        if row is None:
            return
        from ui.form import Form

        courier = row.spare_place is Place.OUTBOUND
        hands = (
            (_("Bring spare {serial} back").format(serial=row.spare_serial),
             Party.CARRIER if courier else Party.FIELD_STAFF),
            (_("Take spare {serial} back").format(serial=row.spare_serial), Party.OWN),
        )
        self.ask(
            N_("The spare came back unused"), Form(), N_("Sign"),
            lambda depot, giver, taker: spares.bring_back(depot, row.use_id, giver, taker),
            lambda done: self.say_done(_("{serial} is in the pool again").format(serial=row.spare_serial)),
            hands=lambda: hands,
            text=_("Spare {serial} was not needed at {site}.").format(serial=row.spare_serial, site=row.site),
        )

    def _write_off(self) -> None:
        row = self.current()
        if row is None:
            return
        form = ReasonForm(N_("Why it will not come"))
        self.ask(
            N_("Write the owed unit off"), form, N_("Write off"),
            lambda depot: spares.write_off(depot, row.use_id, form.reason.value()),
            lambda done: self.say_done(
                _("{serial} is written off").format(serial=row.replaced_serial),
                undo=lambda depot: undoing.undo(depot, done.entry_id)),
            text=_("{serial} has been owed for {n} days.").format(serial=row.replaced_serial, n=row.days_owed),
            danger=True,
        )
