"""The small forms of follow-ups and complaints."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from app.domain import complaints as complaint_rules
from app.domain.complaints import ROUTE_OF, Channel, Complaint, ComplaintKind, Route, Told, Topic
from app.domain.followups import Call, CallResult, FollowUp, Planned, call_problems, planned_problems
from app.domain.satisfaction import Aspect, Grade
from app.i18n import N_
from app.labels import labels_of
from ui.form import ChoiceField, DateField, Form, MultilineField, Option, SegmentField, SerialField, TextField
from ui.receiving.intake_form import find_customers

if TYPE_CHECKING:
    from app.services.call_sheets import CallSheet
    from ui.background import Desk

_ASKED = (Aspect.RESPONSE, Aspect.ATTITUDE, Aspect.QUALITY, Aspect.TIME)
YES_NO = (("yes", N_("yes")), ("no", N_("no")))


class CallForm(Form):
    """Somebody was reached: what they said."""

    def __init__(self, sheet: CallSheet) -> None:
        super().__init__(columns=2)
        self._row: FollowUp = sheet.row.follow_up
        self.called = self.add(TextField("called", N_("Whom you reached"), required=True), span=2)
        self.called.set_value(sheet.row.contact)
        self.result = self.add(SegmentField("result", N_("Result of the call"), CallResult, required=True), span=2)
        self.grade = self.add(SegmentField("grade", N_("Satisfied over all"), Grade), span=2)
        names = labels_of(Aspect)
        self.aspects = {
            aspect: self.add(SegmentField(f"aspect-{aspect.value.lower()}", names[aspect], Grade), span=2)
            for aspect in _ASKED
        }
        self.said = self.add(MultilineField("said", N_("What the customer said"), lines=2), span=2)
        self.next = self.add(DateField("next_on", N_("Next call on"), hint=N_("May stay empty.")), span=2)
        self.judge(lambda: call_problems(self.call(), self._row.kind, sheet.today))

    def call(self) -> Call:
        """The call as the service takes it."""
        answers = {aspect: field.value() for aspect, field in self.aspects.items()}
        return Call(
            self._row.id, True, self.called.value(), self.said.value(),
            cast("CallResult | None", self.result.value()), cast("Grade | None", self.grade.value()),
            {aspect: cast("Grade", grade) for aspect, grade in answers.items() if grade is not None},
            self.next.value(),
        )


class MissedForm(Form):
    """Nobody was reached."""

    def __init__(self, sheet: CallSheet) -> None:
        super().__init__()
        self._row = sheet.row.follow_up
        self.called = self.add(TextField("called", N_("Whom you tried to reach"), required=True))
        self.called.set_value(sheet.row.contact)
        self.again = self.add(DateField(
            "next_on", N_("Call again on"), hint=N_("Empty: as the policy says; after its tries the call ends.")))
        self.said = self.add(TextField("said", N_("Remark")))
        self.judge(lambda: call_problems(self.call(), self._row.kind, sheet.today))

    def call(self) -> Call:
        """The call as the service takes it."""
        return Call(self._row.id, False, self.called.value(), self.said.value(), next_on=self.again.value())


class PlanForm(Form):
    """A call planned by hand."""

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self.customer = self.add(
            ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk, required=True))
        self.due = self.add(DateField("due_on", N_("Call on"), required=True))
        self.reason = self.add(TextField("reason", N_("Reason"), required=True))
        self.judge(lambda: planned_problems(self.planned(), today))

    def planned(self) -> Planned:
        """The call as the service takes it."""
        return Planned(str(self.customer.value() or ""), self.due.value(), self.reason.value())


class ComplaintForm(Form):
    """A complaint or suggestion as it is taken down; ``sheet``: the call in which it came up."""

    def __init__(self, desk: Desk, sheet: CallSheet | None = None) -> None:
        super().__init__(columns=2)
        self._sheet = sheet
        self.kind = self.add(SegmentField(
            "kind", N_("Kind of message"), ComplaintKind, chosen=ComplaintKind.COMPLAINT, required=True))
        self.channel = self.add(ChoiceField("channel", N_("How it came"), Channel, required=True))
        self.channel.set_value(Channel.FOLLOW_UP if sheet else Channel.PHONE)
        self.topic = self.add(SegmentField("topic", N_("About"), Topic, required=True), span=2)
        self.customer = self.add(
            ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk, new=True, required=True))
        self.serial = self.add(SerialField("serial", N_("Serial number"), hint=N_("May stay empty.")))
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.story = self.add(MultilineField("story", N_("What the customer says"), required=True, lines=4), span=2)
        self.wanted = self.add(TextField("wanted", N_("What the customer wants")), span=2)
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        if sheet is not None:
            about = sheet.row
            self.customer.set_value(Option(about.follow_up.customer_id, about.customer))
            self.serial.set_value(about.serial)
            self.contact.set_value(about.contact)
            self.phone.set_value(about.phone)
            self.story.set_value(about.follow_up.said)
        self.judge(lambda: complaint_rules.problems(self.told()))

    def told(self) -> Told:
        """The complaint as the service takes it."""
        customer = self.customer.value()
        row = self._sheet.row if self._sheet else None
        about = row.follow_up if row and row.serial == self.serial.value() else None
        return Told(
            str(customer or ""), cast("Topic | None", self.topic.value()), self.story.value(),
            cast("ComplaintKind", self.kind.value() or ComplaintKind.COMPLAINT),
            cast("Channel", self.channel.value() or Channel.PHONE), "" if customer else self.customer.text(),
            self.contact.value(), self.phone.value(), self.serial.value(), self.wanted.value(), self.note.value(),
            (about.unit_id or "") if about else "", (about.case_id or "") if about else "",
        )


class AssignForm(Form):
    """Which department, and who there answers."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__()
        self.route = self.add(SegmentField(
            "route", N_("Department"), Route, chosen=complaint.route or ROUTE_OF[complaint.topic], required=True))
        self.to = self.add(TextField("to", N_("Who answers it"), required=True))
        self.to.set_value(complaint.assigned_to)


class TellForm(Form):
    """The customer is told the result."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__()
        self.whom = self.add(TextField("whom", N_("Whom you told"), required=True))
        self.whom.set_value(complaint.contact)
        self.what = self.add(MultilineField("what", N_("What the customer was told"), required=True, lines=4))
        self.what.set_value(complaint.answer)
        self.pleased = self.add(SegmentField("content", N_("The customer is satisfied with it"), YES_NO))

    def satisfied(self) -> bool | None:
        """Yes, no, or not said."""
        value = self.pleased.value()
        return None if value is None else value == "yes"
