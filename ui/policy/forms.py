"""The forms of the policy page: a new value with its day, a value to be rehearsed, why a change is taken back."""

from __future__ import annotations

from datetime import date

from app.domain.money import Money
from app.domain.policy import Declared, Kind, value_problems
from app.domain.policy_values import PolicyUnit
from app.errors import Problem
from app.i18n import N_
from app.labels import label
from app.labels.policy import CHOICES
from app.services.policies import PolicyLine
from ui.form import DateField, Field, Form, NumberField, SegmentField, TextField


class PolicyForm(Form):
    """A new value and its day; ``trial``: only to see what it would do."""

    def __init__(self, line: PolicyLine, today: date, *, trial: bool = False) -> None:
        super().__init__()
        self._declared = line.declared
        self.typed: Field = self.add(_field(line.declared))
        value: object = line.value
        if line.declared.kind is Kind.MONEY:
            value = Money(int(line.value)).yuan
        self.typed.set_value(value)
        self.day = self.add(DateField("effective", N_("Holds from"), required=True, hint=N_("Today or later.")))
        self.day.set_value(today)
        self.note = TextField("note", N_("Why"))
        if not trial:
            self.add(self.note)
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


class TakeBackForm(Form):
    """Why a change is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.note = self.add(TextField("note", N_("Why"), required=True))
