"""Policy: every value with its meaning, since when it holds, and what it was before."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.domain.people import Action
from app.domain.policy import Declared, Kind, value_problems
from app.domain.policy_values import PolicyUnit
from app.errors import Problem
from app.i18n import N_, _
from app.labels import label
from app.labels.policy import CHOICES, MEANINGS
from app.services import policies
from app.services.policies import PolicyLine, SetEntry
from ui.dialogs.dialog import FormDialog
from ui.form import DateField, Field, Form, NumberField, SegmentField, TextField
from ui.masterdata.words import allow, taken_back
from ui.models import Column, Table
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import Card, heading, muted
from ui.widgets.filters import FilterLine


def shown(declared: Declared, value: str) -> str:
    """A value as people read it: amounts as money, choices and switches in words, numbers with their unit."""
    if declared.kind is Kind.MONEY:
        return str(Money(int(value)))
    if declared.kind in {Kind.SWITCH, Kind.CHOICE}:
        return _(CHOICES[value])
    if declared.kind is Kind.TEXT and not value:
        return _("the program's own word")
    return value if declared.unit is PolicyUnit.NONE else f"{value} {label(declared.unit)}"


def _now(line: PolicyLine) -> str:
    return shown(line.declared, line.value)


def _source(line: PolicyLine) -> str:
    """The article of the regulation, for those that come from it."""
    article = line.declared.article.removeprefix("art. ")
    return _("art. {n}").format(n=article) if article != line.declared.article else "–"


COLUMNS: tuple[Column[PolicyLine], ...] = (
    Column("name", N_("Value"), text=lambda p: label(p.name), bold=True, width=210, tip=lambda p: _(MEANINGS[p.name])),
    Column("now", N_("Holds now"), text=_now, width=170, tone=lambda p: Tone.ACCENT if p.changed else None,
           bold=lambda p: p.changed),
    Column("since", N_("Since"), text=lambda p: p.since.isoformat() if p.since else "–", tabular=True, hidden=True),
    Column("next", N_("Later"), text=lambda p: "" if p.next_value is None else _("{value} from {day}").format(
        value=shown(p.declared, p.next_value), day=p.next_from), grow=True, tone=lambda _p: Tone.WARN),
    Column("article", N_("Source"), text=_source, width=96),
)

HISTORY: tuple[Column[SetEntry], ...] = (
    Column("effective", N_("From"), text=lambda e: e.effective.isoformat(), tabular=True, width=100),
    Column("value", N_("Value"), text=lambda e: e.value, grow=True),
    Column("who", N_("Set by"), text=lambda e: e.who or _("head office"), width=100),
    Column("at", N_("On"), text=lambda e: f"{e.set_at:%Y-%m-%d %H:%M}", tabular=True, hidden=True),
    Column("note", N_("Why"), text=lambda e: e.note, width=140, tip=lambda e: e.note),
)


class PolicyForm(Form):
    """A new value and its day."""

    def __init__(self, line: PolicyLine, today: date) -> None:
        super().__init__()
        self._declared = line.declared
        self.typed: Field = self.add(_field(line.declared))
        value: object = line.value
        if line.declared.kind is Kind.MONEY:
            value = Money(int(line.value)).yuan
        self.typed.set_value(value)
        self.day = self.add(DateField("effective", N_("Holds from"), required=True, hint=N_("Today or later.")))
        self.day.set_value(today)
        self.note = self.add(TextField("note", N_("Why")))
        self.judge(self._problems_now)

    def value(self) -> str:
        """The value as the record keeps it."""
        typed = self.typed.value()
        if self._declared.kind is Kind.MONEY and typed is not None:
            return str(int(typed * 100))  # type: ignore[operator]  # a Decimal of yuan
        return "" if typed is None else str(typed)

    def _problems_now(self) -> list[Problem]:
        return value_problems(self._declared.name, self.value())


def _field(declared: Declared) -> Field:
    title = N_("Value")
    match declared.kind:
        case Kind.WHOLE:
            unit = "" if declared.unit is PolicyUnit.NONE else label(declared.unit)
            return NumberField("value", title, required=True, low=declared.least, high=declared.most, unit=unit)
        case Kind.MONEY:
            return NumberField("value", title, required=True, decimals=2, low=0, unit="¥")
        case Kind.SWITCH | Kind.CHOICE:
            choices = declared.choices or ("yes", "no")
            return SegmentField("value", title, [(choice, CHOICES[choice]) for choice in choices])
        case _:
            return TextField("value", title)


class PolicyTab(Tab):
    """The table of values, and one of them in full."""

    watches = Changes.MASTERDATA

    def build(self) -> None:
        self.lines: tuple[PolicyLine, ...] = ()
        self.filter = FilterLine(N_("Name or meaning"))
        self.filter.asked.connect(lambda _text: self._filtered())
        _set, button = self.press("settings.policy", self._set_current, "primary")
        self.who = muted()
        self.tools(self.who, self.filter, button)
        self.table: Table[PolicyLine] = Table(COLUMNS, name="policy", key=lambda p: p.name, title=N_("Policy"))
        self.table.set_empty("ph.scales", N_("No value of that name"))
        self.table.activated.connect(self._open)
        self.table.selected.connect(self._show)
        self.filter.went_down.connect(self.table.view.setFocus)
        card = Card()
        self.title, self.meaning = heading(), muted(wrap=True)
        self.history: Table[SetEntry] = Table(
            HISTORY, name="policy.history", key=lambda e: e.id, title=N_("What it was"))
        self.history.set_empty("ph.clock-counter-clockwise", N_("Never set: the program's own value holds"))
        card.body.addWidget(self.title)
        card.body.addWidget(self.meaning)
        card.body.addWidget(self.history, 1)
        around = QWidget()
        around.setObjectName("plain")
        around.setMinimumWidth(360)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(around)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        self.column.addWidget(split, 1)
        self.desk.operator_changed.connect(self._permit)

    def reload(self) -> None:
        self.run(policies.values, self._filled, replace="values")

    def _filled(self, lines: tuple[PolicyLine, ...]) -> None:
        self.lines = lines
        self._filtered()
        self._permit()

    def _filtered(self) -> None:
        wanted = self.filter.text().strip().casefold()
        self.table.set_rows([
            line for line in self.lines if wanted in f"{label(line.name)} {_(MEANINGS[line.name])}".casefold()
        ])
        if self.table.current() is None and self.table.rows():
            self.table.select_key(self.table.rows()[0].name)
        else:
            self._show(self.table.current())

    def _show(self, line: PolicyLine | None) -> None:
        if line is None:
            return
        self.title.setText(label(line.name))
        own = _("The program's own value: {value}.").format(value=shown(line.declared, line.declared.default))
        self.meaning.setText(f"{_(MEANINGS[line.name])}\n{own}")
        self.run(lambda depot: policies.history(depot, line.name), self.history.set_rows, quiet=True, replace="history")

    def _permit(self) -> None:
        allowed = self.desk.permits(Action.EDIT_POLICY)
        allow(self, "settings", policy=allowed)
        self.who.setText("" if allowed else _("Only the general manager sets policy."))

    def _set_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    def _open(self, line: PolicyLine) -> None:
        if self.desk.permits(Action.EDIT_POLICY):
            self.run(lambda depot: depot.today(), lambda today: self._ask(line, today))

    def _ask(self, line: PolicyLine, today: date) -> None:
        form = PolicyForm(line, today)
        dialog = FormDialog(
            self, N_("Set a policy value"), form, accept=N_("Set"), text=MEANINGS[line.name], desk=self.desk
        )

        def submit() -> None:
            value, day, note = form.value(), form.day.value() or today, form.note.value()
            dialog.run(
                lambda depot: policies.set_value(depot, line.name, value, day, note),
                lambda done: self._done(dialog, line, done),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _done(self, dialog: FormDialog, line: PolicyLine, done: policies.PolicySet) -> None:
        dialog.done_well()
        text = _("{name}: {value} from {day}").format(
            name=label(line.name), value=shown(line.declared, done.value), day=done.effective)
        self.frame.toast(text, undo=taken_back(done.entry_id))
