"""What may be entered into a warranty: each form is one entry, judged as the service will judge it."""

from __future__ import annotations

from typing import cast

from app.domain.warranty_entering import MOST_DAYS, MOST_MONTHS, entry_problems
from app.domain.warranty_entries import (
    Entry,
    Extended,
    Proof,
    ProofShown,
    Started,
    StartEvent,
    Voided,
    VoidReason,
)
from app.errors import Problem
from app.i18n import N_
from app.services.warranty_entering import WarrantyView
from ui.form import ChoiceField, DateField, Form, MultilineField, NumberField, TextField


class EntryForm(Form):
    """An entry of the ledger: ``entry()`` is what stands in the form, ``reason()`` why."""

    def __init__(self, view: WarrantyView, *, reason: bool, columns: int = 2) -> None:
        super().__init__(columns=columns)
        self._view = view
        self.day = self.add(DateField("day", N_("On"), required=True))
        self.day.set_value(view.proposed_day)
        self.build()
        self.why = self.add(
            MultilineField("reason", N_("Reason"), required=True, lines=2,
                           hint=N_("It goes on record, and the customer is told.")), span=2,
        ) if reason else None
        self.judge(self._wrong)

    def build(self) -> None:
        """The fields between the day and the reason."""

    def entry(self) -> Entry:
        """What is to be entered."""
        raise NotImplementedError

    def reason(self) -> str:
        """Why; empty where none is asked."""
        return self.why.value() if self.why else ""

    def _wrong(self) -> list[Problem]:
        if self.day.value() is None:
            return []
        view = self._view
        found = entry_problems(self.entry(), self.reason(), view.today, view.warranty, view.unit.manufactured_on)
        return [problem for problem in found if not (
            problem.field in self.fields and self.fields[problem.field].is_empty())]


class SaleForm(EntryForm):
    """The day the unit was sold to its user."""

    def entry(self) -> Entry:
        return Started("", self.day.value() or self._view.today, StartEvent.SALE)


class ProofForm(EntryForm):
    """What the customer showed."""

    def build(self) -> None:
        self.proof = self.add(ChoiceField("proof", N_("Proof"), Proof, required=True))

    def entry(self) -> Entry:
        return ProofShown("", self.day.value() or self._view.today, cast(Proof, self.proof.value()) or Proof.NONE)


class ExtensionForm(EntryForm):
    """An extension that somebody approved."""

    def build(self) -> None:
        self.document = self.add(TextField("document", N_("Approving document"), required=True))
        self.months = self.add(NumberField("months", N_("By"), unit=N_("months"), low=0, high=MOST_MONTHS))
        self.days = self.add(NumberField("days", N_("and"), unit=N_("days"), low=0, high=MOST_DAYS))

    def entry(self) -> Entry:
        return Extended(
            "", self.day.value() or self._view.today, self.months.whole() or 0, self.days.whole() or 0,
            self.document.value(),
        )


class VoidForm(EntryForm):
    """The warranty is void from a day on."""

    def build(self) -> None:
        self.ground = self.add(ChoiceField("ground", N_("Void because"), VoidReason, required=True))
        self.document = self.add(TextField("document", N_("Evidence"), hint=N_("Photo, report or letter number.")))

    def entry(self) -> Entry:
        return Voided(
            "", self.day.value() or self._view.today,
            cast(VoidReason, self.ground.value()) or VoidReason.SELF_MODIFIED, self.document.value(),
        )


class ReverseForm(Form):
    """Why an entry was a mistake."""

    def __init__(self) -> None:
        super().__init__()
        self.why = self.add(MultilineField("reason", N_("Reason"), required=True, lines=2))
