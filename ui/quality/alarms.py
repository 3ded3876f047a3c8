"""Quality alarms: what was raised, what R&D answered, the other units of the lot; raised from here or at the test."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.alarms import (
    Alarm,
    AlarmOrigin,
    AlarmState,
    Answer,
    LotUnit,
    Raising,
    Severity,
    answer_problems,
    raising_problems,
)
from app.domain.codes import CauseClass
from app.domain.people import Action
from app.domain.places import Place
from app.domain.slips import FormId
from app.errors import Problem
from app.i18n import N_, _, _n
from app.labels import label
from app.services import alarms, slips, undoing
from app.services.alarms import Alarmed
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.form import ChoiceField, Form, MultilineField, TextField
from ui.models import Column, Table
from ui.page import Page
from ui.products.forms import find_products
from ui.tones import Tone
from ui.widgets import Card, DefinitionList, Segmented
from ui.widgets.flow import Flow

_STATE_TONE = {
    AlarmState.RAISED: Tone.WARN, AlarmState.ANSWERED: Tone.INFO, AlarmState.CLOSED: Tone.OK,
    AlarmState.VOID: Tone.MUTE,
}
_SEVERITY_TONE = {Severity.CRITICAL: Tone.BAD, Severity.MAJOR: Tone.WARN, Severity.MINOR: Tone.MUTE}
_SHOWN = ((True, N_("Open")), (False, N_("All alarms")))
#: What is merely missing says the field itself, which knows its own label.
_MISSING = frozenset({
    "alarms.symptom-missing", "alarms.severity-missing", "alarms.investigation-missing", "alarms.cause-missing",
    "alarms.action-missing",
})

COLUMNS: tuple[Column[Alarm], ...] = (
    Column("number", N_("Alarm"), text=lambda a: a.number, width=138, bold=True, tabular=True),
    Column("state", N_("State"), text=lambda a: label(a.state), tone=lambda a: _STATE_TONE[a.state], chip=True,
           width=124),
    Column("severity", N_("Severity"), text=lambda a: label(a.severity), tone=lambda a: _SEVERITY_TONE[a.severity],
           chip=True, width=84),
    Column("model", N_("Model"), text=lambda a: a.model, width=96),
    Column("lot", N_("Lot"), text=lambda a: a.lot, width=76, tabular=True),
    Column("symptom", N_("Symptom"), text=lambda a: a.symptom, grow=True),
    Column("due", N_("Answer by"), text=lambda a: str(a.answer_due_on or ""), width=98, tabular=True),
    Column("serial", N_("Serial number"), text=lambda a: a.serial, width=130, tabular=True, hidden=True),
    Column("by", N_("Raised by"), text=lambda a: a.raised_by_name, width=100, hidden=True),
)

LOT: tuple[Column[LotUnit], ...] = (
    Column("serial", N_("Serial number"), text=lambda u: u.serial, bold=True, tabular=True, grow=True),
    Column("place", N_("Place"), text=lambda u: label(Place(u.place)), width=130),
    Column("returns", N_("Times returned"), text=lambda u: str(u.returns), sort=lambda u: u.returns, align="right",
           width=112),
)


class RaiseForm(Form):
    """What is abnormal. ``about``: the serial of the unit, where the alarm is raised from one."""

    def __init__(self, page: Page, case_id: str = "", symptom: str = "") -> None:
        super().__init__(columns=2)
        self._case_id = case_id
        origin = AlarmOrigin.INSPECTOR if case_id else AlarmOrigin.CUSTOMER
        self.origin_kind = self.add(ChoiceField("origin_kind", N_("Reason for the alarm"), options=AlarmOrigin))
        self.origin_kind.set_value(origin)
        self.severity = self.add(ChoiceField("severity", N_("Severity"), options=Severity, required=True))
        if not case_id:
            self.product = self.add(
                ChoiceField("product_id", N_("Product"), search=find_products, desk=page.desk, required=True))
            self.lot = self.add(TextField("lot", N_("Lot")))
        self.symptom = self.add(MultilineField("symptom", N_("Symptom"), required=True, lines=2), span=2)
        self.finding = self.add(MultilineField("finding", N_("What was found so far"), lines=3), span=2)
        self.symptom.set_value(symptom)
        self.judge(self._wrong)

    def raising(self) -> Raising:
        """The alarm as typed."""
        origin, severity = self.origin_kind.value(), self.severity.value()
        return Raising(
            origin if isinstance(origin, AlarmOrigin) else AlarmOrigin.SERIOUS,
            severity if isinstance(severity, Severity) else None, self.symptom.value(), self.finding.value(),
            self._case_id, "" if self._case_id else str(self.product.value() or ""),
            "" if self._case_id else self.lot.value(),
        )

    def _wrong(self) -> list[Problem]:
        found = raising_problems(self.raising())
        return [problem for problem in found if problem.code not in _MISSING | {"alarms.product-missing"}]


class AnswerForm(Form):
    """What R&D found, and what is to be done."""

    def __init__(self) -> None:
        super().__init__()
        self.investigation = self.add(MultilineField("investigation", N_("Investigation"), required=True, lines=4))
        self.cause = self.add(ChoiceField("cause", N_("Cause"), options=CauseClass, required=True))
        self.action = self.add(MultilineField("action", N_("Measures"), required=True, lines=3))
        self.judge(lambda: [p for p in answer_problems(self.answer()) if p.code not in _MISSING])

    def answer(self) -> Answer:
        """The answer as typed."""
        cause = self.cause.value()
        return Answer(
            self.investigation.value(), cause if isinstance(cause, CauseClass) else None, self.action.value())


class CloseForm(Form):
    """Whether the measure helped."""

    def __init__(self) -> None:
        super().__init__()
        self.result = self.add(MultilineField("result", N_("What it came to"), required=True, lines=3))


def raise_alarm(page: Page, case_id: str = "", serial: str = "", symptom: str = "") -> None:
    """Ask for an alarm, about the unit of a case or about a product."""
    form = RaiseForm(page, case_id, symptom)
    dialog = FormDialog(
        page, N_("Quality alarm"), form, accept=N_("Raise the alarm"), draft="alarms.raise", subject=case_id,
        text=serial, width=720)
    dialog.submitted.connect(lambda: dialog.run(
        lambda depot: alarms.raise_alarm(depot, form.raising()), lambda done: _said(page, dialog, done)))
    dialog.open()


def _said(page: Page, dialog: FormDialog, done: Alarmed) -> None:
    dialog.done_well()
    page.frame.toast(
        _("Alarm {number}").format(number=done.number), undo=lambda depot: undoing.undo(depot, done.entry_id))


def alarm_job(number: str) -> PrintJob:
    """F23 of an alarm."""
    return PrintJob(
        title=_("Quality alarm {number}").format(number=number), form=FormId.QUALITY_ALARM.value,
        make=lambda depot: slips.paper(depot, FormId.QUALITY_ALARM, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.QUALITY_ALARM),
    )


class AlarmsPane(QWidget):
    """The list, one alarm in full, and the other units of its lot. Lives on a page that calls :meth:`reload`."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._wanted = ""
        self.shown: Alarm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._tools())
        self.table: Table[Alarm] = Table(COLUMNS, name="quality.alarms", key=lambda a: a.id, title=N_("Quality alarms"))
        self.table.set_empty(
            "ph.warning", N_("No alarm is open"),
            N_("Raise one when a fault may concern more than the one unit; R&D answers it."))
        self.table.selected.connect(self._show)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._detail())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([800, 380])
        column.addWidget(split, 1)
        page.desk.operator_changed.connect(self.permit)
        self.permit()

    def _tools(self) -> QHBoxLayout:
        row = Flow()
        row.setSpacing(8)
        self.choice = Segmented(_SHOWN, N_("Show"))
        self.choice.chosen.connect(lambda _value: self.reload())
        row.addWidget(self.choice)
        row.addStretch(1)
        for action_id, slot, kind in (
            ("quality.alarm-close", self._close, ""), ("quality.alarm-answer", self._answer, ""),
            ("quality.alarm-raise", lambda: raise_alarm(self._page), "primary"),
        ):
            row.addWidget(self._page.button(action_id, slot, kind=kind))
        return row

    def _detail(self) -> QWidget:
        card = Card(N_("The alarm"))
        self.facts = DefinitionList()
        card.body.addWidget(self.facts)
        self.lot: Table[LotUnit] = Table(
            LOT, name="quality.lot", key=lambda u: u.unit_id, title=N_("Other units of the lot"))
        self.lot.set_empty(
            "ph.stack", N_("No other unit of the lot is on record"), N_("Where the lot is not known, none can be."))
        self.lot.activated.connect(lambda unit: self._page.frame.show_unit(unit.unit_id))
        card.body.addWidget(self.lot, 1)
        return card

    def reload(self) -> None:
        """Fetch the alarms."""
        open_only = bool(self.choice.value())
        self._page.run(
            lambda depot: alarms.listed(depot, open_only=open_only), self._filled, quiet=True, replace="alarms")

    def select(self, number: str) -> None:
        """Mark the alarm ``number``, now or when the list arrives."""
        self._wanted = number
        self.choice.set_value(False)
        self.reload()

    def print_job(self) -> PrintJob | None:
        """F23 of the alarm that is shown."""
        return alarm_job(self.shown.number) if self.shown else None

    def permit(self) -> None:
        """Offer what the operator may do with the alarm that is shown."""
        may, state = self._page.desk.permits, self.shown.state if self.shown else None
        for action_id, allowed in (
            ("quality.alarm-raise", may(Action.RAISE_ALARM)),
            ("quality.alarm-answer", may(Action.ANSWER_ALARM) and state is AlarmState.RAISED),
            ("quality.alarm-close", may(Action.QUALITY_REPORT) and state is AlarmState.ANSWERED),
        ):
            for made in self._page.findChildren(QAction, action_id):
                made.setEnabled(allowed)

    def _filled(self, found: tuple[Alarm, ...]) -> None:
        self.table.set_rows(found)
        wanted = next((alarm for alarm in found if alarm.number == self._wanted), None)
        self._wanted = ""
        if wanted is not None:
            self.table.select_key(wanted.id)
        elif self.table.current() is None and found:
            self.table.select_key(found[0].id)
        self._show(self.table.current())

    def _show(self, alarm: Alarm | None) -> None:
        self.shown = alarm
        self.permit()
        if self.isVisible():
            self._page.follow(alarm.unit_id or "" if alarm else "")
        if alarm is None:
            self.facts.show_pairs([])
            self.lot.set_rows(())
            return
        self.facts.show_pairs(_facts(alarm))
        self._page.run(
            lambda depot: alarms.same_lot(depot, alarm.id), self.lot.set_rows, quiet=True, replace="same-lot")

    def _answer(self) -> None:
        form = AnswerForm()
        self._ask(N_("Answer the alarm"), form, lambda depot, id_: alarms.answer(depot, id_, form.answer()))

    def _close(self) -> None:
        form = CloseForm()
        self._ask(N_("Close the alarm"), form, lambda depot, id_: alarms.close(depot, id_, form.result.value()))

    def _ask(self, title: str, form: Form, step: Callable[[Depot, str], Alarmed]) -> None:
        alarm = self.shown
        if alarm is None:
            return
        dialog = FormDialog(
            self._page, title, form, draft="alarms.step", subject=f"{alarm.id}:{alarm.state}", text=alarm.symptom,
            width=640)
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: step(depot, alarm.id), lambda done: _said(self._page, dialog, done)))
        dialog.open()


def _facts(alarm: Alarm) -> list[tuple[str, str]]:
    then = len(alarm.others)
    others = _n("{n} when it was raised", "{n} when it was raised", then).format(n=then) if alarm.lot else ""
    return [
        (_("Reason for the alarm"), label(alarm.origin_kind)), (_("Symptom"), alarm.symptom),
        (_("What was found so far"), alarm.finding), (_("Unit"), alarm.serial), (_("Case"), alarm.case_number),
        (_("Raised by"), f"{alarm.raised_by_name}  {moments.minute(alarm.raised_at)}"),
        (_("Other units of the lot"), others), (_("Investigation"), alarm.investigation),
        (_("Cause"), label(CauseClass(alarm.cause_class)) if alarm.cause_class else ""),
        (_("Measures"), alarm.action), (_("Answered by"), alarm.answered_by_name),
        (_("What it came to"), alarm.result),
    ]


__all__ = ["AlarmsPane", "RaiseForm", "alarm_job", "raise_alarm"]
