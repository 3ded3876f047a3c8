"""The small forms of a request: what was said, the plan, a price, a trip and its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from app.domain.money import Money
from app.domain.requests import Route
from app.domain.site_visits import SitePart, SiteResult, SiteVisit, Trip, TripReport, report_problems
from app.i18n import N_
from ui.form import (
    ChoiceField,
    DateField,
    Form,
    LineColumn,
    LinesField,
    MultilineField,
    NumberField,
    SegmentField,
    TextField,
)

_PARTS = (
    LineColumn("name", N_("Part"), stretch=3),
    LineColumn("part_no", N_("Part no."), stretch=2, tabular=True),
    LineColumn("quantity", N_("Pieces"), tabular=True, width=64, tip=N_("Empty: one")),
    LineColumn("removed_serial", N_("Removed"), stretch=2, tabular=True),
    LineColumn("fitted_serial", N_("Fitted"), stretch=2, tabular=True),
    LineColumn("loan_number", N_("Loan slip"), stretch=2, tabular=True),
)


class SayForm(Form):
    """One story: what was told, what came of it, why."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is marked by N_."""
        super().__init__()
        self.said = self.add(MultilineField(name, title, required=True, lines=4))


class WhoForm(Form):
    """A name."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is marked by N_."""
        super().__init__()
        self.who = self.add(TextField(name, title, required=True))


class PlanForm(Form):
    """How it is going to be solved."""

    def __init__(self, route: Route | None, solution: str) -> None:
        super().__init__()
        self.route = self.add(SegmentField("route", N_("How"), Route, required=True, chosen=route))
        self.solution = self.add(MultilineField("solution", N_("What is planned"), required=True, lines=4))
        self.solution.set_value(solution)

    def chosen(self) -> Route | None:
        """The way chosen."""
        return cast("Route | None", self.route.value())


class PriceForm(Form):
    """What the work on site costs."""

    def __init__(self) -> None:
        super().__init__()
        self.amount = self.add(NumberField(
            "price", N_("Price"), required=True, decimals=2, low=Decimal("0.01"), high=10**8, unit="¥"))

    def price(self) -> Money:
        """In fen."""
        return Money(int((self.amount.value() or Decimal(0)) * 100))


class ConsentForm(Form):
    """What the customer said to the price."""

    def __init__(self) -> None:
        super().__init__()
        self.who = self.add(TextField("who", N_("Who answered"), required=True))
        self.agreed = self.add(SegmentField(
            "agreed", N_("Answer"), [("yes", N_("agreed")), ("no", N_("declined"))], required=True, chosen="yes"))


class TripForm(Form):
    """Who is sent, and when."""

    def __init__(self, request_id: str, technicians: Sequence[tuple[str, str]], today: date) -> None:
        super().__init__()
        self._request_id = request_id
        self.technician = self.add(
            ChoiceField("technician_id", N_("Technician"), list(technicians), required=True))
        self.leaves = self.add(DateField("leaves_on", N_("Leaves on"), required=True))
        self.leaves.set_value(today)
        self.note = self.add(TextField("note", N_("Remark")))
        self._today = today

    def trip(self) -> Trip:
        """What the form says."""
        return Trip(
            self._request_id, str(self.technician.value() or ""), self.leaves.value() or self._today, self.note.value())


class ReportForm(Form):
    """What a technician brings back."""

    def __init__(self, visit: SiteVisit, today: date) -> None:
        super().__init__(columns=3)
        self._visit = visit
        self.back = self.add(DateField("back_on", N_("Trip ended on"), required=True, earliest=visit.leaves_on))
        self.labour = self.add(
            NumberField("labour_minutes", N_("Working time"), low=0, high=6000, unit=labels_minutes()))
        self.result = self.add(SegmentField("result", N_("Result"), SiteResult, required=True))
        self.findings = self.add(MultilineField("findings", N_("What was found"), required=True, lines=3), span=3)
        self.work = self.add(MultilineField("work", N_("What was done"), required=True, lines=3), span=3)
        self.parts = self.add(LinesField("parts", N_("Parts used"), _PARTS), span=3)
        self.opinion = self.add(TextField("opinion", N_("Customer's opinion")), span=3)
        self.findings.set_value(visit.findings)
        self.work.set_value(visit.work)
        self.back.set_value(max(today, visit.leaves_on))
        self.judge(lambda: report_problems(self.report(), visit.leaves_on, today))

    def report(self) -> TripReport:
        """What the form says."""
        return TripReport(
            self._visit.id, self.back.value(), self.findings.value(), self.work.value(),
            cast("SiteResult | None", self.result.value()), self.labour.whole() or 0,
            tuple(
                SitePart(
                    str(line["name"]), _pieces(line["quantity"]), str(line["part_no"]), None,
                    str(line["removed_serial"]), str(line["fitted_serial"]), str(line["loan_number"]),
                )
                for line in self.parts.value()
            ),
            self.opinion.value(),
        )


def labels_minutes() -> str:
    """The word beside the working time."""
    from app.domain.policy_values import PolicyUnit
    from app.labels import label

    return label(PolicyUnit.MINUTES)


def _pieces(typed: object) -> int:
    """The pieces typed; empty is one, what is no number is none (and is then said to be wrong)."""
    text = str(typed or "").strip()
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() else 0
