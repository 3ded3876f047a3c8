"""Complaints and suggestions: the list, one in full, and its next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from app.domain.complaints import ComplaintState, ComplaintStep, Route, Selection
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.labels import label
from app.services import complaints
from app.services.complaints import ComplaintFile, ComplaintLine, Handled
from ui import naming
from ui.care import words
from ui.care.forms import AssignForm, ComplaintForm, TellForm
from ui.care.pane import CarePane
from ui.form import Form
from ui.masterdata.words import allow
from ui.models import Order, Table
from ui.requests.forms import SayForm
from ui.scanner import Scan
from ui.widgets import Segmented
from ui.widgets.filters import FilterLine

if TYPE_CHECKING:
    from app.depot import Depot
    from app.services.call_sheets import CallSheet

_SHOWN = ((True, N_("Open")), (False, N_("All complaints")))


class ComplaintsPane(CarePane):
    """The register."""

    def build(self) -> None:
        """Make the list, the card and the buttons."""
        self.file: ComplaintFile | None = None
        self.wanted = ""
        self.table: Table[ComplaintLine] = Table(
            words.complaint_columns(), name="care.complaints", key=lambda line: line.complaint.id,
            title=N_("Complaints and suggestions"))
        self.table.set_empty(
            "ph.chat-circle-text", N_("No complaint is open"),
            N_("Each call, letter and visit with a complaint or an idea is logged here (Ctrl+N)."))
        self.table.selected.connect(lambda line: self._load(line.complaint.id) if line else None)
        self.table.activated.connect(lambda _line: self.next_step())
        self.lay((N_("Clocks"), N_("Course of the complaint"), N_("Other complaints of the customer and the unit")))
        self.choice = Segmented(_SHOWN, N_("Show"))
        self.choice.chosen.connect(lambda _value: self.reload())
        self.filter = FilterLine(N_("Number, serial, customer, words"))
        self.filter.asked.connect(lambda _text: self.reload())
        self.filter.went_down.connect(self.take_focus)
        self.tools.addWidget(self.choice)
        self.tools.addWidget(self.filter)
        self.tools.addStretch(1)
        self.offer(
            self.button("care.assign", self._assign), self.button("care.answer", self._answer),
            self.button("care.tell", self._tell), self.button("care.close", self._close),
            self.button("care.reopen", self._reopen), self.button("care.next", self.next_step, "primary"),
        )
        self.act("care.find-complaint", self.filter.setFocus)
        self.desk.operator_changed.connect(self.permit)
        self._show(None)

    # -- the list ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Fetch the list."""
        wanted = Selection(bool(self.choice.value()), self.filter.text().strip())

        def fetch(depot: Depot, after: ComplaintLine | None, limit: int, order: Order) -> Sequence[ComplaintLine]:
            del order
            return complaints.listed(depot, wanted, after, limit)

        self.table.load(self.desk, fetch)
        self.table.model.arrived.connect(self._arrived)

    def _arrived(self) -> None:
        self.table.model.arrived.disconnect(self._arrived)
        rows = self.table.rows()
        n = len(rows)
        self.page.header.subtitle(_n("{n} complaint", "{n} complaints", n).format(n=n))
        if self.wanted:
            found = next((line for line in rows if self.wanted in {line.complaint.number, line.complaint.id}), None)
            if found is not None:
                self.table.select_key(found.complaint.id)
            self._load(self.wanted)
            self.wanted = ""
        elif (current := self.table.current()) is not None:
            self._load(current.complaint.id)
        elif rows:
            self.table.select_key(rows[0].complaint.id)
        else:
            self._show(None)

    def _load(self, number_or_id: str) -> None:
        self.run(lambda depot: complaints.file(depot, number_or_id), self._show, quiet=True, replace="complaint")

    def open_subject(self, subject: object) -> bool:
        """A complaint's number or id."""
        self.wanted = str(subject)
        self.filter.clear()
        self.choice.set_value(False)
        self.reload()
        return True

    def scanned(self, scan: Scan) -> bool:
        """A serial: a complaint about the unit is taken down."""
        if scan.number is not None or not (scan.serial or scan.text):
            return False
        self.take(serial=scan.serial or scan.text)
        return True

    # -- one in full -------------------------------------------------------------------------------------------

    def _show(self, file: ComplaintFile | None) -> None:
        self.file = file
        self.permit()
        if file is None:
            self.title.setText(_("No complaint is marked"))
            self.next_words.setText("")
            self.facts.show_pairs([])
            self.say("", "", "")
            return
        row, about = file.line.row, file.line.complaint
        self.title.setText(f"{about.number} {label(about.state)}")
        self.next_words.setText(_("Next: {step}").format(step=label(file.line.step)))
        content = {None: "", True: _("yes"), False: _("no")}[about.content]
        self.facts.show_pairs([
            (_("Kind of message"), _(" · ").join((label(about.kind), label(about.topic), label(about.channel)))),
            (_("Customer"), row.customer),
            (_("Contact"), " ".join(part for part in (about.contact, about.phone) if part)),
            (_("Unit"), " ".join(p for p in (row.serial, naming.product(row.model, row.name_zh, row.name_en)) if p)),
            (_("Case"), row.case_number), (_("What the customer says"), about.story),
            (_("What the customer wants"), about.wanted), (_("Department"), label(about.route)),
            (_("Who answers it"), about.assigned_to), (_("Answer"), about.answer),
            (_("Whom you told"), about.told_whom), (_("What the customer was told"), about.told_what),
            (_("The customer is satisfied with it"), content), (_("What came of it"), about.result),
            (_("Opened again"), str(about.reopened or "")), (_("Remark"), about.note),
        ])
        self.say(
            "\n".join(_("{name}: {left}").format(name=label(state.name), left=words.clock(state))
                      for state in file.line.clocks),
            "\n".join(words.event(event) for event in file.events),
            "\n".join(words.complaint(other) for other in file.others[:6]),
        )

    def permit(self) -> None:
        """Which steps can be made now, and by this person."""
        about = self.file.line.complaint if self.file else None
        follows, serves = self.desk.permits(Action.FOLLOW_UP), self.desk.permits(Action.SERVICE)
        is_open = about is not None and about.state is ComplaintState.OPEN
        allow(
            self, "care", next=is_open,
            assign=follows and is_open and about is not None and about.answered_at is None,
            answer=serves and is_open and about is not None and about.assigned_at is not None
            and about.answered_at is None,
            tell=follows and is_open and about is not None and about.answered_at is not None and about.told_at is None,
            close=follows and is_open and about is not None and about.told_at is not None,
            reopen=follows and about is not None and about.state is ComplaintState.CLOSED,
        )

    # -- doing -------------------------------------------------------------------------------------------------

    def take(self, sheet: CallSheet | None = None, serial: str = "") -> None:
        """Take a complaint down."""
        form = ComplaintForm(self.desk, sheet)
        if serial:
            form.serial.set_value(serial)

        def step(depot: Depot) -> Handled:
            return complaints.take(depot, form.told())

        self.ask(
            N_("Somebody complains or has an idea"), form, step, N_("Log it"),
            lambda done: _("{number} is logged; its clocks run").format(number=done.number),
            entry=lambda done: done.entry_id, subject=sheet.row.follow_up.id if sheet else "", width=760,
            after=lambda done: self.open_subject(done.number),
        )

    def next_step(self) -> None:
        """Do what is due."""
        if self.file is None:
            return
        steps: dict[ComplaintStep, Callable[[], None]] = {
            ComplaintStep.ASSIGN: self._assign, ComplaintStep.ANSWER: self._answer, ComplaintStep.TELL: self._tell,
            ComplaintStep.CLOSE: self._close,
        }
        step = steps.get(self.file.line.step)
        if step is not None:
            step()

    def _assign(self) -> None:
        if self.file is None:
            return
        form = AssignForm(self.file.line.complaint)
        self._go(N_("Pass to the department"), form, N_("Passed on"), lambda depot, id_: complaints.assign(
            depot, id_, form.to.value(), cast("Route | None", form.route.value())))

    def _answer(self) -> None:
        form = SayForm("said", N_("What was found and is done"))
        self._go(N_("The department answers"), form, N_("Answered"), lambda depot, id_: complaints.answer(
            depot, id_, form.said.value()))

    def _tell(self) -> None:
        if self.file is None:
            return
        form = TellForm(self.file.line.complaint)
        self._go(N_("Tell the customer the result"), form, N_("The customer knows"), lambda depot, id_: complaints.tell(
            depot, id_, form.whom.value(), form.what.value(), content=form.satisfied()))

    def _close(self) -> None:
        form = SayForm("result", N_("What came of it"))
        self._go(N_("Close the complaint"), form, N_("Close it"), lambda depot, id_: complaints.close(
            depot, id_, form.said.value()))

    def _reopen(self) -> None:
        form = SayForm("reason", N_("Why it is not over"))
        self._go(N_("Open the complaint again"), form, N_("Open it again"), lambda depot, id_: complaints.reopen(
            depot, id_, form.said.value()))

    def _go(self, title: str, form: Form, accept: str, step: Callable[[Depot, str], Handled]) -> None:
        """Ask, then do ``step`` to the complaint that was marked when it was asked."""
        if self.file is None:
            return
        id_ = self.file.line.complaint.id
        self.ask(
            title, form, lambda depot: step(depot, id_), accept,
            lambda done: _("{number} is brought forward; a follow-up is on the list").format(number=done.number)
            if done.follow_up_id else _("{number} is brought forward").format(number=done.number),
            entry=lambda done: done.entry_id, subject=id_,
        )
