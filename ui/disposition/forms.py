"""The forms of a ruling: deciding otherwise, settling the warranty, the talk with the customer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from app.domain.disposition import Channel, Talk, Wish, override_problems, talk_problems
from app.domain.people import Role
from app.domain.rulings import Outcome
from app.domain.signing import OwnSignature, Signature
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.i18n import N_, _
from app.labels import label, several
from app.messages import say
from app.services import disposition, notices, settling
from app.services.disposition import Ruled, Sheet
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import DateField, Form, MultilineField, SegmentField, TextField
from ui.form.choice import ChoiceField
from ui.page import Page


class OverrideForm(Form):
    """What is decided instead, and why."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.outcomes = self.add(
            ChoiceField(
                "outcomes", N_("Decided"), options=[(some, several(some)) for some in sheet.choices], required=True,
            )
        )
        self.reason = self.add(
            MultilineField("reason", N_("Reason"), required=True, hint=N_("It goes on record and on our papers."))
        )
        self.judge(lambda: override_problems(self.chosen(), self.reason.value(), sheet.choices))

    def chosen(self) -> tuple[Outcome, ...]:
        """The outcomes chosen; empty before a choice."""
        value = self.outcomes.value()
        return value if isinstance(value, tuple) else ()


class OverrideDialog(FormDialog):
    """Decides otherwise than the rules; signed by a supervisor."""

    def __init__(self, page: Page, sheet: Sheet, then: Callable[[Ruled], object]) -> None:
        form = OverrideForm(sheet)
        ruling = sheet.ruling
        said = "" if isinstance(ruling, Refused) else say(ruling.own_code, ruling.facts)
        super().__init__(page, N_("Decide otherwise than the rules"), form, accept=N_("Sign…"), text=said)
        self.override_form = form
        self._page, self._sheet, self._then = page, sheet, then
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        purpose = _("Decide for {number}: {outcomes}").format(
            number=self._sheet.case.number, outcomes=several(self.override_form.chosen()))
        self._page.frame.sign(self, supervisor_signs(self._page, purpose), self._signed)

    def _signed(self, signature: Signature) -> None:
        if not isinstance(signature, OwnSignature):
            return
        case_id, outcomes, reason = self._sheet.case.id, self.override_form.chosen(), self.override_form.reason.value()
        self.run(lambda depot: disposition.override(depot, case_id, outcomes, reason, signature), self._done)

    def _done(self, done: Ruled) -> None:
        self.done_well()
        self._then(done)


class SettleForm(Form):
    """In or out, why, and the proof."""

    def __init__(self) -> None:
        super().__init__()
        self.state = self.add(
            SegmentField(
                "state", N_("Warranty"),
                [(WarrantyState.IN, N_("in warranty")), (WarrantyState.OUT, N_("out of warranty"))],
            )
        )
        self.reason = self.add(MultilineField("reason", N_("Reason"), required=True))
        self.proof = self.add(
            TextField("proof", N_("Proof seen"), hint=N_("Invoice, delivery note, acceptance, letter, with its number"))
        )
        self.judge(lambda: settling.settle_problems(self.chosen(), self.reason.value(), self.proof.value()))

    def chosen(self) -> WarrantyState:
        """The state chosen."""
        value = self.state.value()
        return value if isinstance(value, WarrantyState) else WarrantyState.UNKNOWN


class SettleDialog(FormDialog):
    """Settles the warranty of a case whose record does not say."""

    def __init__(self, page: Page, sheet: Sheet) -> None:
        form = SettleForm()
        super().__init__(
            page, N_("Settle the warranty"), form,
            text=N_("For this visit only, and only because the record does not say. What the record says later "
                    "outweighs it."),
        )
        self.settle_form = form
        self._page, self._case_id = page, sheet.case.id
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        form, case_id = self.settle_form, self._case_id
        state, reason, proof = form.chosen(), form.reason.value(), form.proof.value()
        self.run(lambda depot: settling.settle_warranty(depot, case_id, state, reason, proof), self._done)

    def _done(self, done: settling.Settled) -> None:
        self.done_well()
        self._page.frame.toast(_("Warranty settled: {state}").format(state=label(done.state)))


class TalkForm(Form):
    """With whom, when, how; what was said and answered; the wish in writing."""

    def __init__(self, now: datetime, proposal: str = "") -> None:
        super().__init__(columns=2)
        self._now = now
        self.with_whom = self.add(TextField("with_whom", N_("Spoke with"), required=True))
        self.channel = self.add(ChoiceField("channel", N_("How"), options=Channel, required=True))
        self.day = self.add(DateField("held_at", N_("Date"), required=True))
        self.time = self.add(TextField("time", N_("Time"), hint=N_("hh:mm")))
        self.said = self.add(MultilineField("said", N_("What was explained"), required=True), span=2)
        self.answered = self.add(MultilineField("answered", N_("What the customer answered"), required=True), span=2)
        self.wish = self.add(ChoiceField("wish", N_("Written wish"), options=Wish), span=2)
        self.written = self.add(
            TextField("written", N_("Given in writing by"), hint=N_("Letter, e-mail or signed paper, with its date")),
            span=2,
        )
        self.channel.set_value(Channel.PHONE)
        self.wish.set_value(Wish.NONE)
        self.day.set_value(now.date())
        self.time.set_value(f"{now:%H:%M}")
        self.said.set_value(proposal)
        self.judge(lambda: talk_problems(self.talk(), self._now.replace(hour=23, minute=59)))

    def talk(self) -> Talk:
        """What is typed, as the service wants it."""
        channel, wish = self.channel.value(), self.wish.value()
        return Talk(
            self.with_whom.value(), self._moment(), channel if isinstance(channel, Channel) else Channel.PHONE,
            self.said.value(), self.answered.value(), wish if isinstance(wish, Wish) else Wish.NONE,
            self.written.value(),
        )

    def _moment(self) -> datetime | None:
        day = self.day.value()
        found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", self.time.value().strip())
        if not isinstance(day, date):
            return None
        hour, minute = (int(found[1]), int(found[2])) if found else (0, 0)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self._now.tzinfo)


class TalkDialog(FormDialog):
    """Records a talk; the reason in plain words is proposed as what was said."""

    def __init__(self, page: Page, sheet: Sheet, then: Callable[[], object] | None = None) -> None:
        from ui.disposition.sheet import customer_text

        ruling = sheet.ruling
        proposal = "" if isinstance(ruling, Refused) else customer_text(ruling)
        form = TalkForm(sheet.now, proposal)
        super().__init__(
            page, N_("Talk with the customer"), form, draft="disposition.talk", subject=sheet.case.id, width=640
        )
        self.talk_form = form
        self._page, self._case_id, self._then = page, sheet.case.id, then
        form.with_whom.set_value(sheet.case.contact)
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        talk, case_id = self.talk_form.talk(), self._case_id
        self.run(lambda depot: notices.record_talk(depot, case_id, talk), self._done)

    def _done(self, _told: notices.Told) -> None:
        self.done_well()
        self._page.frame.toast(_("The talk is on record."))
        if self._then:
            self._then()


def supervisor_signs(page: Page, purpose: str) -> SignRequest:
    """A supervisor signs, at whichever desk; the operator is proposed where they are one."""
    operator = page.desk.operator
    own = operator is not None and Role.SUPERVISOR in operator.roles
    return SignRequest(
        purpose=purpose, login=operator.login if operator and own else "", other=True, roles=(Role.SUPERVISOR,)
    )
