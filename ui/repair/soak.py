"""The soak test of a unit in which no fault was found: plan it, begin it, end it with what was seen."""

from __future__ import annotations

from app.depot import Depot
from app.domain.soaking import SoakEnd, SoakPlan, SoakTest, plan_problems
from app.i18n import N_, _, _n
from app.services import soaking, undoing
from ui import moments
from ui.dialogs.dialog import FormDialog, Question
from ui.form import Form, MultilineField, NumberField, TickField
from ui.page import Page


class PlanForm(Form):
    """Minutes, cycles, and how."""

    def __init__(self, proposed: SoakPlan) -> None:
        super().__init__(columns=2)
        self._case_id = proposed.case_id
        self.minutes = self.add(NumberField("minutes", N_("Under test"), unit=N_("min"), low=1, required=True))
        self.cycles = self.add(NumberField("cycles", N_("Cycles of switching on and off"), low=0))
        self.plan = self.add(
            MultilineField("plan", N_("How"), hint=N_("Load, temperature, what to watch")), span=2
        )
        self.minutes.set_value(proposed.minutes or None)
        self.cycles.set_value(proposed.cycles)
        self.plan.set_value(proposed.plan)
        self.judge(lambda: [] if self.minutes.is_empty() else plan_problems(self.value()))

    def value(self) -> SoakPlan:
        """The plan as typed."""
        return SoakPlan(self._case_id, self.minutes.whole() or 0, self.cycles.whole() or 0, self.plan.value())


class EndForm(Form):
    """What was seen."""

    def __init__(self, test: SoakTest) -> None:
        super().__init__()
        self._case_id = test.case_id
        self.cycles = self.add(NumberField("cycles_done", N_("Cycles done"), low=0))
        self.fault = self.add(TickField("fault_seen", N_("A fault showed")))
        self.observed = self.add(MultilineField("observed", N_("What was observed"), required=True))
        self.cycles.set_value(test.cycles)

    def value(self) -> SoakEnd:
        """The end as typed."""
        return SoakEnd(self._case_id, self.cycles.whole() or 0, bool(self.fault.value()), self.observed.value())


def open_soak(page: Page, case_id: str) -> None:
    """Open the next step of the soak test of ``case_id``: plan, begin, or end."""
    def look(depot: Depot) -> tuple[SoakTest | None, SoakPlan]:
        return soaking.of_case(depot, case_id), soaking.proposal(depot, case_id)

    page.run(look, lambda found: _next(page, case_id, *found), quiet=True)


def _next(page: Page, case_id: str, test: SoakTest | None, proposed: SoakPlan) -> None:
    if test is None or test.ended_at is not None:
        _plan(page, proposed)
    elif test.started_at is None:
        _begin(page, case_id, test)
    else:
        _end(page, test)


def _plan(page: Page, proposed: SoakPlan) -> None:
    form = PlanForm(proposed)
    dialog = FormDialog(page, N_("Plan the soak test"), form, accept=N_("Plan"))

    def done(result: soaking.Soaked) -> None:
        dialog.done_well()
        page.frame.toast(_("The soak test is planned."), undo=lambda depot: undoing.undo(depot, result.entry_id))

    def submit() -> None:
        wanted = form.value()
        dialog.run(lambda depot: soaking.plan(depot, wanted), done)

    dialog.submitted.connect(submit)
    dialog.open()


def _begin(page: Page, case_id: str, test: SoakTest) -> None:
    asked = Question(page, N_("Begin the soak test"), soak_words(test), N_("Begin now"))

    def begin() -> None:
        page.run(
            lambda depot: soaking.begin(depot, case_id), lambda _done: page.frame.toast(_("The unit is under test."))
        )

    asked.accepted.connect(begin)
    asked.open()


def _end(page: Page, test: SoakTest) -> None:
    form = EndForm(test)
    dialog = FormDialog(page, N_("End the soak test"), form, accept=N_("End"), text=soak_words(test))

    def done(_result: soaking.Soaked) -> None:
        dialog.done_well()
        page.frame.toast(_("The soak test is over."))

    def submit() -> None:
        ended = form.value()
        dialog.run(lambda depot: soaking.end(depot, ended), done)

    dialog.submitted.connect(submit)
    dialog.open()


def soak_words(test: SoakTest) -> str:
    """A soak test in a line."""
    parts = [_n("{n} minute", "{n} minutes", test.planned_minutes).format(n=test.planned_minutes)]
    if test.cycles:
        parts.append(_n("{n} cycle", "{n} cycles", test.cycles).format(n=test.cycles))
    parts += [test.plan] if test.plan else []
    if test.ended_at is not None:
        parts.append(_("a fault showed") if test.fault_seen else _("passed"))
        parts.append(test.observed)
    elif test.started_at is not None:
        parts.append(_("running since {at}").format(at=moments.minute(test.started_at)))
    else:
        parts.append(_("not begun"))
    return _(" · ").join(part for part in parts if part)
