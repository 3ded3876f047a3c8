"""The follow-ups: whom to call, the sheet beside it, and what came of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from app.domain.followups import FollowUpRow, FollowUpState, Reach
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.services import call_sheets, followups
from app.services.call_sheets import CallSheet
from app.services.followups import Followed
from ui import moments, naming
from ui.care import words
from ui.care.forms import CallForm, MissedForm, PlanForm
from ui.care.pane import CarePane
from ui.masterdata.words import allow
from ui.models import Table
from ui.repair.forms import ReasonForm
from ui.requests.call_form import cover, history
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets import Segmented
from ui.widgets.filters import FilterLine

if TYPE_CHECKING:
    from app.depot import Depot

_EMPTY = {
    Reach.DUE: (N_("Nobody is to be called today"), N_("The policy puts calls on this list by itself.")),
    Reach.OPEN: (N_("Nobody is to be called"), N_("Units that went back, deliveries and closed complaints come here.")),
    Reach.DONE: (N_("Nobody was called yet"), N_("Each call stays here with what the customer said.")),
}
_MOST = 5


class CallsPane(CarePane):
    """The list of calls and the sheet."""

    def build(self) -> None:
        """Make the list, the sheet and the buttons."""
        self.sheet: CallSheet | None = None
        self.wanted = ""
        self.today: date | None = None
        self.table: Table[FollowUpRow] = Table(
            words.follow_up_columns(lambda: self.today or date.min), name="care.calls",
            key=lambda r: r.follow_up.id, title=N_("Follow-ups"))
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda _row: self._call())
        self.lay((N_("History of the unit"), N_("Warranty"), N_("Calls made"), N_("Earlier follow-ups"),
                  N_("Complaints of this customer")))
        self.reach = Segmented(list(labels_of(Reach).items()), N_("Show"))
        self.reach.set_value(Reach.DUE)
        self.reach.chosen.connect(lambda _value: self.reload())
        self.filter = FilterLine(N_("Customer, serial, case"))
        self.filter.asked.connect(lambda _text: self.reload())
        self.filter.went_down.connect(self.take_focus)
        for widget in (self.reach, self.filter):
            self.tools.addWidget(widget)
        self.tools.addStretch(1)
        self.tools.addWidget(self.button("care.draw-up", self._draw_up))
        self.tools.addWidget(self.button("care.plan-call", self._plan))
        self.offer(
            self.button("care.missed", self._missed), self.button("care.drop", self._drop),
            self.button("care.call", self._call, "primary"),
        )
        self.act("care.find-call", self.filter.setFocus)
        self.desk.operator_changed.connect(self.permit)
        self._show(None)

    # -- the list ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Bring the list up to date where this person may, then fetch it."""
        reach, text, may = self.reach.value(), self.filter.text(), self.desk.permits(Action.FOLLOW_UP)
        wanted = reach if isinstance(reach, Reach) else Reach.DUE

        def fetch(depot: Depot) -> tuple[date, tuple[FollowUpRow, ...]]:
            if may:
                followups.draw_up(depot)
            return depot.today(), followups.listed(depot, wanted, text)

        self.run(fetch, partial(self._came, wanted), quiet=True, replace="calls")

    def _came(self, reach: Reach, found: tuple[date, tuple[FollowUpRow, ...]]) -> None:
        self.today, rows = found
        for key in (*words.OWED, *words.MADE):
            self.table.show_column(key, shown=(key in words.MADE) == (reach is Reach.DONE))
        self.table.set_empty("ph.phone-call", *_EMPTY[reach])
        self.table.set_rows(rows)
        n = len(rows)
        self.page.header.subtitle(_n("{n} call", "{n} calls", n).format(n=n))
        if self.wanted:
            if not self.table.select_key(self.wanted):
                self.load(self.wanted)
            self.wanted = ""
        current = self.table.current()
        if current is None and rows:
            self.table.select_key(rows[0].follow_up.id)
        elif current is None:
            self._show(None)
        else:
            self._selected(current)

    def _selected(self, row: FollowUpRow | None) -> None:
        if row is not None:
            self.load(row.follow_up.id)

    def load(self, follow_up_id: str) -> None:
        """Show the sheet of a follow-up."""
        self.run(lambda depot: call_sheets.sheet(depot, follow_up_id), self._show, quiet=True, replace="sheet")

    def open_subject(self, subject: object) -> bool:
        """A follow-up's id."""
        self.wanted = str(subject)
        self.reach.set_value(Reach.OPEN)
        self.reload()
        return True

    def scanned(self, scan: Scan) -> bool:
        """A serial or a case in the list."""
        codes = {scan.serial, scan.text, str(scan.number) if scan.number else ""} - {""}
        for row in self.table.rows():
            if {row.serial, row.case_number} & codes:
                return self.table.select_key(row.follow_up.id)
        return False

    # -- the sheet ---------------------------------------------------------------------------------------------

    def _show(self, sheet: CallSheet | None) -> None:
        self.sheet = sheet
        self.permit()
        if sheet is None:
            self.title.setText(_("No call is marked"))
            self.next_words.setText("")
            self.facts.show_pairs([])
            self.say("", "", "", "", "")
            return
        row = sheet.row
        about = row.follow_up
        self.title.setText(row.customer)
        self.next_words.setText(" ".join(part for part in (row.contact, row.phone) if part))
        self.facts.show_pairs([
            (_("Why"), words.why(row)), (_("Call due"), about.due_on.isoformat()), (_("State"), label(about.state)),
            (_("Unit"), " ".join(p for p in (row.serial, naming.product(row.model, row.name_zh, row.name_en)) if p)),
            (_("Case"), row.case_number), (_("Complaint"), row.complaint_number),
            (_("Returned"), moments.day(row.returned_at).isoformat() if row.returned_at else ""),
            (_("Result"), label(about.result) if about.result else ""),
            (_("Satisfaction"), label(about.grade) if about.grade else ""),
            (_("What the customer said"), about.said),
        ])
        news = sheet.news
        self.say(
            history(news) if news else "", cover(news.warranty) if news else "",
            "\n".join(words.call(call) for call in sheet.calls),
            "\n".join(words.earlier(other) for other in sheet.earlier[:_MOST]),
            "\n".join(words.complaint(other) for other in sheet.complaints[:_MOST]),
        )

    def permit(self) -> None:
        """Which steps this person can make now."""
        may = self.desk.permits(Action.FOLLOW_UP)
        is_open = may and self.sheet is not None and self.sheet.row.follow_up.state is FollowUpState.OPEN
        allow(self, "care", call=is_open, missed=is_open, drop=is_open, plan_call=may, draw_up=may)

    # -- doing -------------------------------------------------------------------------------------------------

    def _call(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.row.follow_up.state is not FollowUpState.OPEN:
            return
        form = CallForm(sheet)
        self.ask(
            N_("The customer was reached"), form, lambda depot: followups.record(depot, form.call()),
            N_("Write it down"), self._said, entry=lambda done: done.entry_id, subject=sheet.row.follow_up.id,
            width=720, after=partial(self._after, sheet),
        )

    def _said(self, done: Followed) -> str:
        return _("The call is written down; the next one is on the list") if done.next_id else _(
            "The call is written down")

    def _after(self, sheet: CallSheet, done: Followed) -> None:
        """Who complained in the call: the complaint is taken down at once."""
        if done.complaint:
            follow_up_id = sheet.row.follow_up.id
            self.run(lambda depot: call_sheets.sheet(depot, follow_up_id), self.page.take_complaint, quiet=True)

    def _missed(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        form = MissedForm(sheet)
        self.ask(
            N_("Nobody was reached"), form, lambda depot: followups.record(depot, form.call()), N_("Write it down"),
            lambda done: _("To be called again on {day}").format(day=done.again_on) if done.again_on else _(
                "The tries are used up: ended as not reached"),
            entry=lambda done: done.entry_id, subject=sheet.row.follow_up.id,
        )

    def _drop(self) -> None:
        if self.sheet is None:
            return
        follow_up_id, form = self.sheet.row.follow_up.id, ReasonForm("reason", N_("Reason"))
        self.ask(
            N_("Do not call"), form, lambda depot: followups.drop(depot, follow_up_id, form.text.value()),
            N_("Do not call"), lambda _done: _("Taken off the list"), entry=lambda done: done.entry_id,
            subject=follow_up_id,
        )

    def _plan(self) -> None:
        if self.today is None:
            return
        form = PlanForm(self.desk, self.today)
        self.ask(
            N_("Plan a call"), form, lambda depot: followups.plan(depot, form.planned()), N_("Put on the list"),
            lambda _done: _("The call is on the list"), entry=lambda done: done.entry_id,
        )

    def _draw_up(self) -> None:
        self.run(followups.draw_up, self._drawn)

    def _drawn(self, done: followups.Drawn) -> None:
        text = _n("{n} call was added", "{n} calls were added", done.added).format(n=done.added)
        self.frame.toast(text if done.added else _("The list is complete already"), Tone.INFO)
        self.reload()
