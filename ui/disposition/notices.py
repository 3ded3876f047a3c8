"""Return as is: the talk with the customer, then the return zone with the notice; each row says what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.disposition import ReferredRow
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.i18n import N_, _, _n
from app.labels import label, several
from app.services import back_to_bench, disposition, notices, undoing
from ui.disposition.forms import TalkDialog
from ui.disposition.pane import Pane
from ui.disposition.papers import notice_job
from ui.models import Column, Table
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets import muted
from ui.widgets.flow import Flow

Row = tuple[ReferredRow, bool]


def _to_bench(one: Row) -> bool:
    return Outcome.REPAIR in (one[0].outcomes or ())


def _next(one: Row) -> str:
    row, talk_due = one
    if _to_bench(one):
        return _("back to the bench")
    if talk_due:
        return _("record the talk")
    if row.place is not Place.COUNTER:
        return _("hand over to after-sales")
    return _("put away")


COLUMNS: tuple[Column[Row], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r[0].serial, width=150, bold=True, tabular=True),
    Column("next", N_("Next"), text=_next, tone=lambda r: Tone.WARN if r[1] else Tone.INFO, chip=True, width=170),
    Column("model", N_("Model"), text=lambda r: r[0].model, width=130),
    Column("customer", N_("Customer"), text=lambda r: r[0].customer, width=180, grow=True),
    Column("outcomes", N_("Decision"), text=lambda r: several(Outcome(o) for o in r[0].outcomes or ()), width=210),
    Column("place", N_("Place"), text=lambda r: label(r[0].place), width=150),
    Column("due", N_("Due"), text=lambda r: r[0].due_on.isoformat() if r[0].due_on else "", width=100, tabular=True),
    Column("number", N_("Ruling no."), text=lambda r: r[0].number, width=150, tabular=True),
)


class NoticesPane(Pane):
    """One list, two steps."""

    def build(self) -> None:
        """Make the widgets."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.table: Table[Row] = Table(
            COLUMNS, name="notices", key=lambda one: one[0].case_id, title=N_("Return as is")
        )
        self.table.set_empty(
            "ph.archive-tray", N_("Nothing goes back as it is"),
            N_("Cases ruled to be returned unrepaired wait here for the talk with the customer and for the return "
               "zone (B); those ruled to be repaired after all, for the bench."),
        )
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda one: self.page.open_subject(one[0].case_id))
        column.addWidget(self.table, 1)
        foot = Flow()
        foot.addWidget(muted(
            N_("From the return zone (B) on, the page Return packs and sends the unit with its notice.")))
        foot.addStretch(1)
        self.talk = self.button("dispositions.talk", self._talk)
        self.put = self.button("dispositions.send-back", self._put_away, kind="primary")
        self.bench = self.button("dispositions.to-bench", self._send_to_bench, kind="primary")
        for button in (self.talk, self.put, self.bench):
            foot.addWidget(button)
        self.bench.hide()
        column.addLayout(foot)

    def take_focus(self) -> None:
        """To the list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Fetch the list."""
        self.run(notices.waiting, self._filled, replace="notices")

    def _filled(self, found: Sequence[Row]) -> None:
        self.page.header.subtitle(_n("{n} unit", "{n} units", len(found)).format(n=len(found)))
        self.table.set_rows(found)
        self._selected(self.table.current())

    def _selected(self, one: Row | None) -> None:
        self.talk.setEnabled(one is not None)
        to_bench = one is not None and _to_bench(one)
        self.put.setEnabled(one is not None and not one[1] and not to_bench)
        self.put.setVisible(not to_bench)
        self.bench.setVisible(to_bench)
        self.page.follow(one[0].unit_id if one else "")

    def scanned(self, scan: Scan) -> bool:
        """A serial, case or ruling number selects its case."""
        for one in self.table.rows():
            if {scan.serial, scan.text, str(scan.number or "")} & {one[0].serial, one[0].case_number, one[0].number}:
                self.table.select_key(one[0].case_id)
                self.frame.chime(good=True)
                return True
        return False

    def open_subject(self, subject: object) -> bool:
        """A case id of the list."""
        return self.table.select_key(str(subject))

    def _talk(self) -> None:
        one = self.table.current()
        if one is not None:
            case_id = one[0].case_id
            self.run(
                lambda depot: disposition.sheet(depot, case_id), lambda sheet: TalkDialog(self.page, sheet).open(),
                quiet=True,
            )

    def _put_away(self) -> None:
        one = self.table.current()
        if one is not None:
            case_id = one[0].case_id
            self.run(lambda depot: notices.return_as_is(depot, case_id), self._done)

    def _send_to_bench(self) -> None:
        one = self.table.current()
        if one is not None and _to_bench(one):
            case_id = one[0].case_id
            self.run(lambda depot: back_to_bench.send(depot, case_id), self._sent)

    def _sent(self, done: back_to_bench.SentToBench) -> None:
        self.frame.toast(
            _("Ruled, back to repair: hand the unit over on the page Handover."),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
            action=(_("Handover"), lambda: self.frame.open("handover")),
        )

    def _done(self, done: notices.SentBackAsIs) -> None:
        self.frame.toast(
            _("Put away in {place}, notice {number}").format(place=label(Place.ZONE_REPAIRED), number=done.number),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
        self.frame.preview(notice_job(done.number))
