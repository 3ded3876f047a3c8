"""Taking a call: the serial first, so that history and warranty stand there before anybody says a word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from app.domain.receiving import Urgency
from app.domain.requests import Call, call_problems
from app.domain.visits import SerialNews, UnitNews
from app.i18n import N_, _, _n
from app.labels import label
from app.messages import say
from app.services import callers, requests, visits
from app.services.callers import Caller
from ui import naming
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, DateField, Form, MultilineField, Option, SegmentField, SerialField, TextField
from ui.masterdata.words import taken_back
from ui.receiving.intake_form import find_customers
from ui.receiving.known import KnownProducts
from ui.tones import Tone
from ui.widgets import Notice

if TYPE_CHECKING:
    from app.domain.warranty import Judgement
    from ui.background import Desk
    from ui.page import Page

_SHOWN = 3
_LEAST_DIGITS = 4


class CallForm(Form):
    """One call."""

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__(columns=2)
        self._desk, self._today = desk, today
        self.products = KnownProducts()
        self.serial = self.add(SerialField("serial", N_("Serial number"), hint=N_("May stay empty.")))
        self.product = self.add(ChoiceField("product_id", N_("Product"), search=self.products.find, desk=desk))
        self.history, self.cover = Notice(), Notice()
        self.put(self.history, 2)
        self.put(self.cover, 2)
        self.phone = self.add(TextField("phone", N_("Telephone")))
        self.contact = self.add(TextField("contact", N_("Contact")))
        self.known = Notice()
        self.put(self.known, 2)
        self.customer = self.add(
            ChoiceField("customer_id", N_("Customer"), search=find_customers, desk=desk, new=True, required=True))
        self.site = self.add(TextField("site", N_("Site")))
        self.symptom = self.add(MultilineField("symptom", N_("Symptom"), required=True, lines=3), span=2)
        self.tried = self.add(MultilineField("tried", N_("What was tried"), lines=2), span=2)
        self.fault_on = self.add(DateField("fault_on", N_("Fault on")))
        self.urgency = self.add(SegmentField("urgency", N_("Urgency"), Urgency, chosen=Urgency.ROUTINE))
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        self.serial.left.connect(self.look)
        self.serial.entered.connect(self.look)
        self.product.changed.connect(self.look)
        self.phone.left.connect(self.find_caller)
        self.phone.entered.connect(self.find_caller)
        self._asked: tuple[str, str] = ("", "")
        self.judge(lambda: call_problems(self.call(), self.products.rule(self._product_id()), self._today))

    def call(self) -> Call:
        """What the form says."""
        customer = self.customer.value()
        return Call(
            str(customer or ""), self.symptom.value(), self._product_id(), self.serial.value(),
            "" if customer else self.customer.text(), self.contact.value(), self.phone.value(), self.site.value(),
            self.tried.value(), self.fault_on.value(), cast("Urgency", self.urgency.value() or Urgency.ROUTINE),
            self.note.value(),
        )

    def scan(self, serial: str) -> None:
        """A serial was scanned into the form."""
        self.serial.set_value(serial)
        self.look()

    # -- history and warranty ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask what is on record under the serial."""
        wanted = self.serial.value(), self._product_id()
        if wanted == self._asked:
            return
        self._asked = wanted
        if not wanted[0]:
            self.history.hide()
            self.cover.hide()
            return
        self._desk.run(self, lambda depot: visits.look(depot, *wanted), self._news, quiet=True, replace="look")

    def _news(self, news: SerialNews) -> None:
        if not news.units:
            self.history.say(
                _("Serial {serial} is not on record. Choose its product, or leave the serial empty.").format(
                    serial=news.serial), Tone.WARN)
            self.cover.hide()
            return
        if len(news.units) > 1:
            models = " / ".join(unit.model for unit in news.units)
            self.history.say(
                _("This serial is on record for several products ({models}). Choose the product.").format(
                    models=models), Tone.WARN)
            self.cover.hide()
            return
        unit = news.units[0]
        self.products.learn(unit.product_id, unit.rule)
        if not self._product_id():
            self._asked = self.serial.value(), unit.product_id
            self.product.set_value(
                Option(unit.product_id, naming.product(unit.model, unit.name_zh, unit.name_en)))
        if self.customer.is_empty() and unit.customer_id:
            self.customer.set_value(Option(unit.customer_id, unit.customer))
        self.history.say(history(unit), Tone.WARN if unit.repeat else Tone.INFO)
        self.cover.say(cover(unit.warranty), _cover_tone(unit))

    # -- who calls ---------------------------------------------------------------------------------------------

    def find_caller(self) -> None:
        """Ask whose telephone number it is."""
        typed = self.phone.value()
        if sum(one.isdigit() for one in typed) < _LEAST_DIGITS:
            self.known.hide()
            return
        self._desk.run(self, lambda depot: callers.by_phone(depot, typed), self._callers, quiet=True, replace="phone")

    def _callers(self, found: tuple[Caller, ...]) -> None:
        if not found:
            self.known.hide()
            return
        if len(found) == 1 and self.customer.is_empty():
            self._take(found[0])
            return
        one = found[0]
        if self.customer.value() == one.customer_id:
            self.known.hide()
            return
        names = "; ".join(f"{caller.customer} {caller.contact}".strip() for caller in found[:_SHOWN])
        self.known.say(
            _("Known under this number: {names}").format(names=names), Tone.INFO,
            (_("Use"), lambda: self._take(one)))

    def _take(self, caller: Caller) -> None:
        self.known.hide()
        self.customer.set_value(Option(caller.customer_id, caller.customer))
        if self.contact.is_empty():
            self.contact.set_value(caller.contact)

    def _product_id(self) -> str:
        return str(self.product.value() or "")


def history(unit: UnitNews) -> str:
    """Earlier visits in a few lines."""
    n = len(unit.visits)
    parts = [_n("{n} earlier visit", "{n} earlier visits", n).format(n=n)]
    if unit.days_since is not None:
        parts.append(_n("{n} day after the last", "{n} days after the last", unit.days_since).format(n=unit.days_since))
    parts.append(label(unit.place))
    lines = [_(" · ").join(parts)]
    for visit in unit.visits[:_SHOWN]:
        said = (visit.number, visit.received_on.isoformat() if visit.received_on else "", visit.symptom, visit.fault)
        lines.append(_(" · ").join(part for part in said if part))
    if unit.inside and unit.inside_stage is not None:
        lines.append(_("In the depot already: {number}, {stage}, {place}.").format(
            number=unit.inside, stage=label(unit.inside_stage), place=label(unit.place)))
    return "\n".join(lines)


def cover(judged: Judgement) -> str:
    """The warranty with its trace, a line each."""
    return "\n".join([label(judged.period), *(say(line.code, line.facts) for line in judged.trace)])


def _cover_tone(unit: UnitNews) -> Tone:
    from app.domain.warranty import WarrantyState

    return {WarrantyState.IN: Tone.OK, WarrantyState.OUT: Tone.WARN, WarrantyState.UNKNOWN: Tone.INFO}[
        unit.warranty.period]


class CallDialog(FormDialog):
    """Take a call down; what was typed comes back after a power cut."""

    def __init__(self, page: Page, today: date) -> None:
        self.call_form = CallForm(page.desk, today)
        super().__init__(
            page, N_("A customer calls"), self.call_form, accept=N_("Log the call"), draft="requests.call",
            width=820, text=N_("History and warranty stand here as soon as the serial is read or scanned."))
        self._page = page
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        call = self.call_form.call()
        self.run(lambda depot: requests.take(depot, call), self._taken)

    def _taken(self, done: requests.Stepped) -> None:
        self.done_well()
        self._page.frame.toast(
            _("{number} is logged; its clocks run").format(number=done.number), undo=taken_back(done.entry_id))
        self._page.open_subject(done.number)
