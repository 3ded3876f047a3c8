"""Another unit of the same product in the place of one on the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.depot import Depot
from app.domain.planning import Plan, PlannedCase
from app.i18n import N_, _
from app.services import planning, undoing
from ui.dialogs.dialog import Dialog
from ui.models import Column, Table
from ui.models.rows import Order
from ui.tones import Tone
from ui.widgets import case_due, muted

if TYPE_CHECKING:
    from ui.planning.page import PlanPage


def case_columns(today: Callable[[], date]) -> tuple[Column[PlannedCase], ...]:
    """The columns of units that wait or are planned; ``today()`` is asked when a cell is drawn."""
    def left(case: PlannedCase) -> tuple[str, Tone]:
        return case_due(case, today())

    return (
        Column("serial", N_("Serial number"), text=lambda c: c.serial, bold=True, tabular=True, width=136),
        Column("case", N_("Return case"), text=lambda c: c.case_number, tabular=True, width=150),
        Column("customer", N_("Customer"), text=lambda c: c.customer or "", grow=True),
        Column("due", N_("Due"), text=lambda c: left(c)[0], tone=lambda c: left(c)[1], width=104,
               bold=lambda c: left(c)[1] is Tone.BAD, sort=lambda c: c.due_on,
               tip=lambda c: c.due_on.isoformat() if c.due_on else ""),
        Column("shelf", N_("Shelf"), text=lambda c: c.shelf_code or "", tabular=True, width=72),
        Column("visit", N_("Visit"), text=lambda c: str(c.visit_no), sort=lambda c: c.visit_no, align="right",
               width=64, hidden=True),
        Column("symptom", N_("Symptom"), text=lambda c: c.symptom, width=200, hidden=True),
    )


class SwapDialog(Dialog):
    """The units that wait, the oldest due first; Enter takes one."""

    def __init__(self, page: PlanPage, plan: Plan, out: PlannedCase, today: date) -> None:
        super().__init__(page, N_("Swap the unit"), width=760)
        self._page, self._plan, self._out = page, plan, out
        words = muted(wrap=True)
        words.setText(
            _("{serial} waits again; the unit chosen takes its place on the plan. Quantities stay.").format(
                serial=out.serial)
        )
        self.body.addWidget(words)
        self.table: Table[PlannedCase] = Table(
            case_columns(lambda: today), name="plan.swap", key=lambda c: c.case_id, title=N_("Units that wait")
        )
        self.table.setMinimumHeight(320)
        self.table.set_empty(
            "ph.tray", N_("No other unit waits"), N_("Every received unit of this product is on a plan.")
        )
        self.table.activated.connect(self._take)
        self.body.addWidget(self.table, 1)
        self.add_button(N_("Cancel"), self.reject)
        self.add_button(N_("Swap"), self._take_current, "primary")
        product_id = out.product_id

        def fetch(depot: Depot, after: PlannedCase | None, limit: int, _order: Order) -> Sequence[PlannedCase]:
            return planning.candidates(depot, product_id, after=after, limit=limit)

        self.table.load(self.desk, fetch)
        self.table.setFocus()

    def _take_current(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self._take(chosen)

    def _take(self, chosen: PlannedCase) -> None:
        plan_id, out_id, in_id = self._plan.id, self._out.case_id, chosen.case_id
        self.run(
            lambda depot: planning.swap(depot, plan_id, out_id, in_id), lambda done: self._done(done, chosen)
        )

    def _done(self, done: planning.PlanChanged, chosen: PlannedCase) -> None:
        self.accept()
        self._page.frame.toast(
            _("{new} is on the plan instead of {old}").format(new=chosen.serial, old=self._out.serial),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
