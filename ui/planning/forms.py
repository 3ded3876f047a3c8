"""The forms of planning: quantities per product, the written change, and what is issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from app.domain.planning import Line, LineDraft, Waiting, problems
from app.errors import Problem
from app.i18n import N_, _
from app.services.planning import PlanSheet
from ui.form import DateField, Form, MultilineField, NumberField, TextField
from ui.storage.words import product_words


class PlanForm(Form):
    """How many units of each product, and by when. ``written``: production changes the plan and must say why."""

    def __init__(
        self, waiting: Sequence[Waiting], today: date, sheet: PlanSheet | None = None, *, written: bool = False
    ) -> None:
        super().__init__(columns=3)
        self._today = today
        on_plan = {line.product_id: line for line in sheet.lines} if sheet else {}
        self._models: dict[str, str] = {}
        self._quantities: dict[str, NumberField] = {}
        self._days: dict[str, DateField] = {}
        rows: dict[str, Waiting | Line] = {line.product_id: line for line in on_plan.values()}
        free = {row.product_id: row for row in waiting}
        for product in waiting:
            rows.setdefault(product.product_id, product)
        for product_id, row in rows.items():
            held = on_plan[product_id].quantity if product_id in on_plan else 0
            self._add_product(product_id, row, free.get(product_id), held)
            if product_id in on_plan:
                self._days[product_id].set_value(on_plan[product_id].due_on)
            self._quantities[product_id].set_value(held if sheet else _proposed(free.get(product_id)))
        self.note = self.add(TextField("note", N_("Note")), span=3)
        self.note.set_value(sheet.plan.note if sheet else "")
        self.note.setVisible(not written)
        self.reason = self.add(
            MultilineField("reason", N_("Reason of the change"), required=written,
                           hint=N_("It is kept with the plan as it was, and goes to after-sales (art. 9).")),
            span=3,
        )
        self.reason.setVisible(written)
        self.judge(self._problems_now)

    def _add_product(self, product_id: str, row: Waiting | Line, free: Waiting | None, held: int) -> None:
        self._models[product_id] = row.model
        available = held + (free.waiting if free else 0)
        hint = _("{n} waiting").format(n=free.waiting if free else 0)
        if free and free.overdue:
            hint += "　" + _("{n} overdue").format(n=free.overdue)
        elif free and free.due_soon:
            hint += "　" + _("{n} due soon").format(n=free.due_soon)
        if held:
            hint += "　" + _("{n} on this plan").format(n=held)
        quantity = NumberField(f"quantity:{product_id}", product_words(row), hint=hint, low=0, high=available)
        self._quantities[product_id] = self.add(quantity, span=2)
        self._days[product_id] = self.add(DateField(f"due:{product_id}", N_("Wanted by")))

    def focus_first(self) -> None:
        """The first quantity: that is what is typed."""
        for quantity in self._quantities.values():
            quantity.setFocus()
            quantity.edit.selectAll()
            return

    def lines(self) -> list[LineDraft]:
        """The lines with a quantity."""
        return [
            LineDraft(product_id, int(quantity.value() or 0), self._days[product_id].value())
            for product_id, quantity in self._quantities.items()
            if quantity.value()
        ]

    def _problems_now(self) -> list[Problem]:
        found = []
        for problem in problems(self.lines(), self._models, self._today):
            day = next(
                (field.name for field in self._days.values() if field.value() == problem.facts.get("value")), ""
            )
            if problem.code == "planning.due":
                found.append(Problem(day, problem.code, problem.facts))
            elif problem.code == "planning.quantity":
                names = (field.name for key, field in self._quantities.items()
                         if self._models[key] == problem.facts.get("product"))
                found.append(Problem(next(names, problem.field), problem.code, problem.facts))
            else:
                found.append(problem)
        return found


def _proposed(free: Waiting | None) -> int:
    """A first proposal: everything that waits; whoever drafts takes off what the bench cannot take."""
    return free.waiting if free else 0


class IssueForm(Form):
    """The quantities that are issued; fewer than planned need a written reason."""

    def __init__(self, sheet: PlanSheet) -> None:
        super().__init__(columns=2)
        self._planned = {line.id: line.quantity for line in sheet.lines}
        self._quantities: dict[str, NumberField] = {}
        for line in sheet.lines:
            hint = _("{n} planned").format(n=line.quantity)
            field = NumberField(f"issue:{line.id}", product_words(line), hint=hint, low=0, high=line.quantity)
            field.set_value(line.quantity)
            self._quantities[line.id] = self.add(field)
        self.reason = self.add(
            MultilineField("reason", N_("Reason for issuing less"),
                           hint=N_("The units that are not issued wait for the next plan.")),
            span=2,
        )
        self.judge(self._problems_now)

    def quantities(self) -> Mapping[str, int]:
        """Line id → units."""
        return {line_id: int(field.value() or Decimal(0)) for line_id, field in self._quantities.items()}

    def _problems_now(self) -> list[Problem]:
        wanted = self.quantities()
        if not any(wanted.values()):
            return [Problem("reason", "planning.nothing")]
        if wanted != self._planned and not self.reason.value().strip():
            return [Problem("reason", "planning.less-needs-reason")]
        return []
