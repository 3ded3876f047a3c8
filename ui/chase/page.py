"""What is late and why: every clock in one list, who must act next, and a note of each call (spec 1 §6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.calendars import WorkingCalendar
from app.domain.chase import PAGE, Chased, ChaseNote, ChaseRow, Grouping, Reach, Wanted, note_problems, why
from app.domain.clocks import ClockName
from app.domain.people import Action, Role
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.messages import say
from app.services import chase
from ui import moments
from ui.chase import words
from ui.chase.columns import columns
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, DateField, Form, MultilineField, SegmentField, TextField
from ui.masterdata.words import allow
from ui.models import Table
from ui.page import Page
from ui.receiving.intake_form import find_customers
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Card, DefinitionList, Tile, heading, muted
from ui.widgets.flow import Flow
from ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from datetime import date

    from app.depot import Depot
    from ui.background import Desk
    from ui.dialogs.preview import PrintJob

_WATCHED = (
    Changes.CASES | Changes.UNITS | Changes.REQUESTS | Changes.SPARES | Changes.PARTS | Changes.MONEY
    | Changes.MASTERDATA | Changes.DISPOSITIONS
)


class FilterForm(Form):
    """Which clocks are shown, and under what."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(columns=6)
        self.reach = self.add(SegmentField("reach", N_("Show"), Reach, chosen=Reach.LATE_OR_SOON), span=3)
        self.group = self.add(SegmentField("group", N_("Order"), Grouping, chosen=Grouping.DUE), span=3)
        self.text = self.add(TextField("text", N_("Number, serial, model or name")), span=2)
        names, roles = labels_of(ClockName), labels_of(Role)
        self.clock = self.add(ChoiceField("name", N_("Clock"), [(name, names[name]) for name in ClockName]))
        self.role = self.add(ChoiceField("role", N_("Who acts"), [(role, roles[role]) for role in Role]))
        self.customer = self.add(
            ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk), span=2)

    def wanted(self) -> Wanted:
        """The filter as the service takes it."""
        return Wanted(
            cast("Reach", self.reach.value() or Reach.LATE_OR_SOON), cast("ClockName | None", self.clock.value()),
            cast("Role | None", self.role.value()), str(self.customer.value() or ""), self.text.value(),
        )

    def grouping(self) -> Grouping:
        """What the list is sorted under."""
        return cast("Grouping", self.group.value() or Grouping.DUE)


class CallForm(Form):
    """Whom one reached and what was said."""

    def __init__(self, row: ChaseRow, today: date) -> None:
        super().__init__()
        self._row, self._today = row, today
        self.called = self.add(TextField("called", N_("Whom you reached"), required=True))
        self.said = self.add(MultilineField("said", N_("What was said"), lines=3))
        self.promised = self.add(
            DateField("promised_on", N_("Promised for"), hint=N_("Today or later; may stay empty.")))
        self.judge(lambda: note_problems(self.note(), self._today))

    def note(self) -> ChaseNote:
        """The call as the service takes it."""
        about = self._row.subject
        return ChaseNote(
            about.kind, about.id, self._row.name, self.called.value(), self.said.value(), self.promised.value())


class ChasePage(Page):
    """The figures, the list under its filter, and one clock in full."""

    watches = _WATCHED

    def build(self) -> None:
        self.today: date | None = None
        self.filter = FilterForm(self.desk)
        self.filter.changed.connect(self._fetch)
        self.header.add(self.button("chase.clear", self._clear))
        self.header.add(self.button("chase.print", lambda: self.frame.preview(self._job())))
        self.act("chase.find", lambda: self.filter.focus("text"))
        self.body.addWidget(self._tiles())
        self.body.addWidget(self.filter)
        self.table: Table[ChaseRow] = Table(
            columns(), name="chase", key=lambda row: row.key, title=N_("Overdue list"))
        self.table.set_empty(
            "ph.check-circle", N_("Nothing is late"),
            N_("Clocks that are due soon or overdue appear here by themselves."))
        self.table.selected.connect(self._show)
        self.table.activated.connect(self._go_to)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._side())
        split.setStretchFactor(0, 1)
        self.body.addWidget(split, 1)
        self.desk.operator_changed.connect(self._permit)
        self.setFocusProxy(self.table.view)
        self._show(None)

    def _tiles(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.tiles = {
            Reach.OVERDUE: Tile(N_("Overdue"), leads=True), Reach.LATE_OR_SOON: Tile(N_("Due soon"), leads=True),
            Reach.PAUSED: Tile(N_("Paused"), leads=True),
        }
        for reach, tile in self.tiles.items():
            row.addWidget(tile, 1)
            tile.pressed.connect(partial(self._reach, reach))
        return box

    def _side(self) -> QWidget:
        around = QWidget()
        around.setObjectName("plain")
        around.setFixedWidth(300)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card()
        self.title = heading()
        self.title.setWordWrap(True)
        self.what = muted(wrap=True)
        self.facts = DefinitionList()
        self.reasons = muted(wrap=True)
        self.calls = muted(wrap=True)
        inner = QWidget()
        inner.setObjectName("plain")
        told = QVBoxLayout(inner)
        told.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.what, self.facts, self.reasons, self.calls):
            told.addWidget(widget)
        told.addStretch(1)
        card.body.addWidget(scrolled(inner), 1)
        buttons = Flow()
        buttons.addWidget(self.button("chase.call", self._call))
        buttons.addWidget(self.button("chase.unit", self._unit))
        card.body.addLayout(buttons)
        card.body.addWidget(self.button("chase.go", self._go, kind="primary"))
        column.addWidget(card)
        return around

    # -- the list ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The list under its filter."""
        self._fetch()

    def _fetch(self) -> None:
        wanted, by = self.filter.wanted(), self.filter.grouping()
        if not self.table.rows():
            self.table.loading()
        self.run(lambda depot: chase.chase(depot, wanted, by), self._filled, replace="rows")

    def _filled(self, found: chase.Chase) -> None:
        self.today = found.day
        self.table.set_rows(found.rows)
        if self.table.current() is None and found.rows:
            self.table.select_key(found.rows[0].key)
        self._show(self.table.current())
        n = len(found.rows)
        text = _n("{n} clock", "{n} clocks", n).format(n=n)
        if found.more:
            text += _(" · ") + _n("{n} more, narrow the filter", "{n} more, narrow the filter", found.more).format(
                n=found.more)
        self.header.subtitle(f"{text}{_(' · ')}{found.day.isoformat()}")
        for reach, number, tone in (
            (Reach.OVERDUE, found.tally.overdue, Tone.BAD), (Reach.LATE_OR_SOON, found.tally.due_soon, Tone.WARN),
            (Reach.PAUSED, found.tally.paused, None),
        ):
            self.tiles[reach].show_figure(str(number), tone=tone if number else None)
        self._permit()

    def _reach(self, reach: Reach) -> None:
        self.filter.reach.set_value(reach)
        self._fetch()

    def _clear(self) -> None:
        self.filter.clear()
        self._fetch()

    def scanned(self, scan: Scan) -> bool:
        """A number or a serial becomes the filter, over every clock that runs."""
        if scan.kind is ScanKind.COMMAND:
            return False
        self.filter.clear()
        self.filter.reach.set_value(Reach.RUNNING)
        self.filter.text.set_value(str(scan.number) if scan.number else scan.serial or scan.text)
        self.frame.chime(good=True)
        self._fetch()
        return True

    def open_subject(self, subject: object) -> None:
        """What to show: ``Reach``, a clock's name, or a text to look for."""
        self.filter.clear()
        if isinstance(subject, Reach):
            self.filter.reach.set_value(subject)
        elif isinstance(subject, ClockName):
            self.filter.clock.set_value(subject)
        elif isinstance(subject, str):
            self.filter.text.set_value(subject)
        self._fetch()

    # -- one clock ---------------------------------------------------------------------------------------------

    def _show(self, row: ChaseRow | None) -> None:
        self._permit()
        if row is None:
            self.title.setText(_("No clock is marked"))
            for text in (self.what, self.reasons, self.calls):
                text.setText("")
            self.facts.show_pairs([])
            return
        about = row.subject
        self.title.setText(f"{label(row.name)} {about.number}")
        who = label(about.role) + (f" ({about.person})" if about.person else "")
        self.what.setText(_("{who}: {act}").format(who=who, act=label(about.act)))
        self.facts.show_pairs([
            (_("Customer"), about.customer), (_("Unit"), " ".join(p for p in (about.serial, about.model) if p)),
            (_("Running since"), words.since(row)), (_("Target"), words.target(row)),
            (_("In time until"), words.until(row)), (_("How late"), words.left(row)),
        ])
        calendar = WorkingCalendar(moments.zone())
        self.reasons.setText("\n".join(say(reason.code, reason.facts) for reason in why(row, calendar)))
        self.calls.setText("")
        self.run(lambda depot: chase.calls(depot, about.id), self._calls, quiet=True, replace="calls")

    def _calls(self, calls: tuple[Chased, ...]) -> None:
        lines = []
        for said in calls[-4:]:
            promise = _("promised for {day}").format(day=said.promised_on) if said.promised_on else ""
            parts = (moments.minute(said.at), said.by_name, said.called, said.said, promise)
            lines.append(_(" · ").join(part for part in parts if part))
        self.calls.setText("\n".join(lines))

    def _permit(self) -> None:
        row = self.table.current()
        allow(self, "chase", go=row is not None, call=row is not None and self.desk.permits(Action.FOLLOW_UP),
              unit=row is not None and bool(row.subject.unit_id))

    def _go(self) -> None:
        row = self.table.current()
        if row is not None:
            self._go_to(row)

    def _go_to(self, row: ChaseRow) -> None:
        self.frame.open(PAGE[row.subject.act], row.subject.opens)

    def _unit(self) -> None:
        row = self.table.current()
        if row is not None and row.subject.unit_id:
            self.frame.show_unit(row.subject.unit_id)

    def _call(self) -> None:
        row = self.table.current()
        if row is None or self.today is None:
            return
        form = CallForm(row, self.today)
        dialog = FormDialog(
            self, N_("Note a call"), form, accept=N_("Write it down"), draft="chase.call",
            subject=f"{row.subject.id}:{row.name.value}",
            text=N_("It is shown in the row and kept in the journal; the clock runs on."),
        )

        def submit() -> None:
            said = form.note()
            dialog.run(lambda depot: chase.note(depot, said), noted)

        def noted(_done: chase.Noted) -> None:
            dialog.done_well()
            self.frame.toast(_("The call about {number} is written down").format(number=row.subject.number))

        dialog.submitted.connect(submit)
        dialog.open()

    # -- paper -------------------------------------------------------------------------------------------------

    def _job(self) -> PrintJob:
        from app.services import slips
        from ui.dialogs.preview import PrintJob

        wanted, by = self.filter.wanted(), self.filter.grouping()

        def make(depot: Depot) -> slips.Printed:
            return slips.chase_list(depot, wanted, by)

        return PrintJob(
            title=_("Overdue list"), form="CHASE", make=make, file_name=_("Overdue list"), long=True)

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the list as it is shown."""
        return self._job()
