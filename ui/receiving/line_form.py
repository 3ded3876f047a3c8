"""One line of the crate as a form: the intake, and whether the unit is taken at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.domain.handover import RefusalReason
from app.errors import Problem
from app.i18n import N_
from ui.form import ChoiceField, TextField
from ui.receiving.intake_form import IntakeForm
from ui.receiving.known import KnownProducts

if TYPE_CHECKING:
    from ui.background import Desk

#: Reasons that make sense at the counter; the rest are for handovers inside the house.
_REASONS = (
    RefusalReason.NOT_PRESENT, RefusalReason.WRONG_SERIAL, RefusalReason.INCOMPLETE, RefusalReason.DAMAGED,
    RefusalReason.TRAVELLER_MISSING, RefusalReason.OTHER,
)


class LineForm(IntakeForm):
    """An :class:`IntakeForm` with the refusal of the line at its end."""

    def __init__(self, desk: Desk, products: KnownProducts) -> None:
        super().__init__(desk, products)
        from app.labels import labels_of

        self.section(N_("Not taken"))
        words = labels_of(RefusalReason)
        self.refusal = self.add(
            ChoiceField(
                "refusal", N_("Refuse this unit because"), [(reason, words[reason]) for reason in _REASONS],
                hint=N_("Empty: the unit is taken. A refused one stays with the giver; the slip says why."),
            ), span=2,
        )
        self.refusal_text = self.add(TextField("refusal_text", N_("In words")))

    def reason(self) -> RefusalReason | None:
        """Why the unit is not taken; ``None``: it is."""
        return cast("RefusalReason | None", self.refusal.value())

    def refusal_problems(self) -> list[Problem]:
        """Another reason needs words."""
        if self.reason() is RefusalReason.OTHER and not self.refusal_text.value():
            return [Problem("refusal_text", "handover.refusal-reason")]
        return []
