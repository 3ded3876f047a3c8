"""What is typed about a transfer; judged by the same function as the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.domain.transfers import Carriage, Transferring, problems
from app.errors import Problem
from app.i18n import N_, _
from app.services import transfers
from ui.form import ChoiceField, CodeField, Form, MultilineField, Option, SegmentField, TextField
from ui.transfers.lines import depot_words

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Desk


class SendForm(Form):
    """A unit that goes on to another depot. ``depots``: those the night has told of, code → name."""

    def __init__(self, desk: Desk, own: str, depots: Mapping[str, str]) -> None:
        super().__init__(columns=2)
        self._own, self._depots = own, frozenset(depots)
        self.unit = self.add(
            ChoiceField("case_id", N_("Unit that awaits its repair"), search=find_waiting, desk=desk, required=True,
                        hint=N_(
                            "Serial or case number; only units in the awaiting-repair zone (A) that no plan holds.")),
            span=2)
        self.to_depot = self.add(
            ChoiceField("to_depot", N_("To depot"), [(code, depot_words(code, depots)) for code in depots],
                        required=True), span=2)
        self.reason = self.add(
            MultilineField("reason", N_("Why it goes to another depot"), required=True, lines=2), span=2)
        self.carriage = self.add(
            SegmentField("carriage", N_("Taken by"), Carriage, chosen=Carriage.COURIER), span=2)
        self.carrier = self.add(TextField("carrier", N_("Carrier")))
        self.waybill = self.add(CodeField("waybill", N_("Waybill number")))
        self.note = self.add(TextField("note", N_("Remark")), span=2)
        if len(depots) == 1:
            self.to_depot.set_value(next(iter(depots)))
        self.judge(self._judged)

    def transferring(self) -> Transferring:
        """What is typed."""
        carriage = self.carriage.value()
        return Transferring(
            str(self.unit.value() or ""), str(self.to_depot.value() or ""), self.reason.value(),
            carriage if isinstance(carriage, Carriage) else Carriage.COURIER, self.carrier.value(),
            self.waybill.value(), self.note.value(),
        )

    def _judged(self) -> list[Problem]:
        shown = {"transfers.depot-missing", "transfers.reason-missing"}      # the fields themselves say so
        return [p for p in problems(self.transferring(), self._own, self._depots) if p.code not in shown]


class RefuseForm(Form):
    """Why a unit is not taken."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(MultilineField("reason", N_("Reason"), required=True, lines=3))


class SlipForm(Form):
    """The number of a slip that came before the night."""

    def __init__(self) -> None:
        super().__init__()
        self.number = self.add(CodeField("transfer", N_("Number of the transfer slip"), required=True,
                                         hint=N_("Scan the code at its top, or type the number under it.")))


def find_waiting(depot: Depot, text: str) -> list[Option]:
    """Units in the awaiting-repair zone (A) for what was typed."""
    return [
        Option(row.case_id, _(" · ").join((row.serial, row.model, row.case_number)), row.customer)
        for row in transfers.waiting(depot, text)
    ]
