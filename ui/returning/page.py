"""Return: put passed units away, pack them behind visible gates, send them, record delivery (art. 10.9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.places import Place
from app.domain.returning import GateState, ReturnRow, SendMethod
from app.domain.signing import OwnSignature, Party, Signature
from app.errors import Refused
from app.i18n import N_, _, _n
from app.labels import label
from app.services import returning, undoing
from ui import moments
from ui.dialogs.sign import SignRequest
from ui.models import Column, Table
from ui.page import Page
from ui.returning.delivery import DeliveryDialog
from ui.returning.packing import PackingDialog
from ui.scanner import Scan
from ui.stages import PLACE_TONE
from ui.tones import Tone
from ui.widgets import Card, Checklist, EmptyState, Segmented, case_due, muted
from ui.widgets.flow import Flow
from ui.widgets.tables import Gate

LISTS = (
    ("put_away", N_("To put away")),
    ("ready", N_("Ready to return")),
    ("on_the_way", N_("On the way")),
)
EMPTY = {
    "put_away": (N_("Nothing waits at the counter"), N_("Units that passed QA appear here when QA hands them over.")),
    "ready": (
        N_("Nothing is ready to return"),
        N_("Put passed units away for return; they wait here in the return zone (B)."),
    ),
    "on_the_way": (
        N_("Nothing is on the way"), N_("Shipments appear here from the courier's signature to the customer's.")
    ),
}


def _columns(today: Callable[[], date]) -> tuple[Column[ReturnRow], ...]:
    return (
        Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
        Column("model", N_("Model"), text=lambda r: r.model, width=130),
        Column("customer", N_("Customer"), text=lambda r: r.customer, width=180, grow=True),
        Column("place", N_("Place"), text=lambda r: label(r.place), tone=lambda r: PLACE_TONE.get(r.place, Tone.MUTE),
               chip=True, width=150, hidden=True),
        Column("due", N_("Due"), text=lambda r: case_due(r, today())[0], width=110,
               tone=lambda r: case_due(r, today())[1], sort=lambda r: r.due_on or date.max,
               tip=lambda r: r.due_on.isoformat() if r.due_on else ""),
        Column("shipment", N_("Shipment"), text=lambda r: r.shipment_number, width=150, tabular=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True),
    )


class ReturnPage(Page):
    """Three lists of the way back; the gates of the selected unit stand beside them."""

    watches = Changes.UNITS | Changes.CASES | Changes.HANDOVERS

    def build(self) -> None:
        self.today = moments.today()
        self.choice = Segmented(LISTS, N_("List"))
        self.choice.chosen.connect(lambda _name: self._switch())
        self.header.add(self.choice)
        self.table: Table[ReturnRow] = Table(
            _columns(lambda: self.today), name="returning", key=lambda row: row.case_id)
        self.table.checkable = True
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda row: self.frame.show_unit(row.unit_id))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table, 1)
        row.addWidget(self._side())
        self.body.addLayout(row, 1)
        self.body.addLayout(self._foot())
        for place, (name, _title) in enumerate(LISTS):
            self.act(f"return.list-{place + 1}", partial(self.show_list, name))
        self._switch()

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(300)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(N_("Before it may leave"))
        self.gates = Checklist()
        self.no_unit = EmptyState("ph.package", N_("No unit selected"), N_("Scan a unit or choose a line."))
        card.body.addWidget(self.no_unit)
        card.body.addWidget(self.gates)
        card.body.addStretch(1)
        column.addWidget(card, 1)
        return side

    def _foot(self) -> QHBoxLayout:
        foot = Flow()
        self.hint = muted(N_("Scan units to tick them, then choose what to do."))
        foot.addWidget(self.hint)
        foot.addStretch(1)
        self.buttons = {
            "spare": self.button("return.spare", lambda: self._put_away(return_needed=False)),
            "away": self.button("return.away", lambda: self._put_away(return_needed=True), kind="primary"),
            "send": self.button("return.send", self._send),
            "pack": self.button("return.pack", self._pack, kind="primary"),
            "deliver": self.button("return.deliver", self._deliver, kind="primary"),
        }
        for button in self.buttons.values():
            foot.addWidget(button)
        return foot

    # -- the lists ---------------------------------------------------------------------------------------------

    def show_list(self, name: str) -> None:
        """Show one of the three lists; the keys go on working in it."""
        self.choice.set_value(name)
        self._switch()
        self.table.setFocus()

    def _switch(self) -> None:
        name = str(self.choice.value())
        title, text = EMPTY[name]
        self.table.set_empty("ph.package", title, text)
        shown = {"put_away": {"spare", "away"}, "ready": {"pack", "send"}, "on_the_way": {"deliver"}}[name]
        for key, button in self.buttons.items() if hasattr(self, "buttons") else ():
            button.setVisible(key in shown)
        self.table.header.spare_column("shipment", spared=name == "put_away")
        self.reload()

    def reload(self) -> None:
        """Fetch the list that is shown."""
        name = str(self.choice.value())
        self.run(lambda depot: (depot.today(), returning.listed(depot, name, limit=500)), self._filled, replace="rows")

    def _filled(self, found: tuple[date, Sequence[ReturnRow]]) -> None:
        self.today, rows = found
        self.header.subtitle(_n("{n} unit", "{n} units", len(rows)).format(n=len(rows)))
        self.table.set_rows(rows)

    def scanned(self, scan: Scan) -> bool:
        """Tick the scanned unit in the list that is shown."""
        wanted = {scan.serial, scan.text, str(scan.number) if scan.number else ""} - {""}
        for row in self.table.rows():
            if wanted & {row.serial, row.case_number, row.shipment_number}:
                self.table.select_key(row.case_id)
                self.table.check_key(row.case_id)
                self.frame.chime(good=True)
                return True
        return False

    def open_subject(self, subject: object) -> None:
        """Show the case ``subject`` in whichever list it is."""
        def everywhere(depot: Depot) -> dict[str, tuple[ReturnRow, ...]]:
            return {name: returning.listed(depot, name, limit=500) for name, _text in LISTS}

        def found(lists: dict[str, tuple[ReturnRow, ...]]) -> None:
            for name, rows in lists.items():
                self._seek(name, rows, subject)

        self.run(everywhere, found)

    def _seek(self, name: str, rows: Sequence[ReturnRow], subject: object) -> None:
        if any(subject in {row.case_id, row.shipment_number} for row in rows):
            self.choice.set_value(name)
            self._switch()
            key = next(row.case_id for row in rows if subject in {row.case_id, row.shipment_number})
            self.table.set_rows(rows)
            self.table.select_key(key)

    def _selected(self, row: ReturnRow | None) -> None:
        self.no_unit.setVisible(row is None)
        self.gates.setVisible(row is not None)
        self.follow(row.unit_id if row else "")
        if row is not None:
            self.run(lambda depot: returning.checklist(depot, row.case_id), self._gates, quiet=True, replace="gates")

    def _gates(self, states: Sequence[GateState]) -> None:
        self.gates.show_gates([Gate(label(state.gate), state.open, state.detail) for state in states])

    def _chosen(self) -> list[ReturnRow]:
        """The ticked rows, else the current one."""
        current = self.table.current()
        return self.table.checked_rows() or ([current] if current else [])

    # -- what can be done --------------------------------------------------------------------------------------

    def _put_away(self, *, return_needed: bool) -> None:
        ids = [row.case_id for row in self._chosen()]
        self.run(lambda depot: returning.put_away(depot, ids, return_needed=return_needed), self._was_put_away)

    def _was_put_away(self, done: returning.PutAway) -> None:
        n = len(done.entry_ids)
        text = _n("{n} unit put away in {place}", "{n} units put away in {place}", n)
        self.frame.toast(
            text.format(n=n, place=label(done.place)), undo=lambda depot: undoing.undo(depot, *done.entry_ids)
        )
        if done.place is Place.ZONE_REPAIRED:
            self.choice.set_value("ready")
            self._switch()

    def _pack(self) -> None:
        rows = [row for row in self._chosen() if not row.shipment_id]
        if not rows:
            self.frame.toast(_("Tick the units to pack."), Tone.WARN)
            return
        PackingDialog(self, rows, then=self._packed).open()

    def _packed(self, packed: returning.Packed) -> None:
        self.frame.toast(
            _("Packed in {number}").format(number=packed.number),
            undo=lambda depot: undoing.undo(depot, packed.entry_id),
        )
        self._print_papers(packed)

    def _print_papers(self, packed: returning.Packed) -> None:
        from ui.returning.papers import preview_papers

        preview_papers(self.frame, packed)

    def _send(self) -> None:
        row = next((row for row in self._chosen() if row.shipment_id), None)
        if row is None:
            self.frame.toast(_("Pack the unit first."), Tone.WARN)
            return
        purpose = _("Hand over shipment {number}").format(number=row.shipment_number)
        operator = self.desk.operator
        self.frame.sign(
            self, SignRequest(purpose=purpose, login=operator.login if operator else ""),
            lambda giver: self._receiver(row, giver),
        )

    def _receiver(self, row: ReturnRow, giver: Signature) -> None:
        parties = {
            SendMethod.COURIER.value: (Party.CARRIER, _("The courier takes over shipment {number}")),
            SendMethod.COLLECTED.value: (Party.CUSTOMER, _("The customer collects shipment {number}")),
            SendMethod.OWN_STAFF.value: (Party.FIELD_STAFF, _("Our field person takes over shipment {number}")),
        }
        party, purpose = parties[row.method]
        self.frame.sign(
            self, SignRequest(purpose=purpose.format(number=row.shipment_number), party=party),
            lambda receiver: self._hand_over(row, giver, receiver),
        )

    def _hand_over(self, row: ReturnRow, giver: Signature, receiver: Signature) -> None:
        if not isinstance(giver, OwnSignature):
            raise Refused("returning.unknown-shipment")
        self.run(lambda depot: returning.send(depot, row.shipment_id, giver, receiver), self._was_sent)

    def _was_sent(self, sent: returning.Sent) -> None:
        text = _("Delivered, handover {number}") if sent.delivered else _("Sent, handover {number}")
        self.frame.toast(text.format(number=sent.handover_number))

    def _deliver(self) -> None:
        row = next(iter(self._chosen()), None)
        if row is None or not row.shipment_id:
            self.frame.toast(_("Choose a shipment."), Tone.WARN)
            return
        DeliveryDialog(self, row, self.frame, then=self._was_sent).open()

