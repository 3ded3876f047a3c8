"""The repair plan: what waits at the left, the plan in hand at the right, one key per step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.depot import Depot
from app.domain import people
from app.domain.numbering import DocumentType, parse_number
from app.domain.people import Action
from app.domain.planning import OPEN_STATES, PlannedCase, PlanRow, PlanState, Waiting
from app.i18n import N_, _, _n
from app.labels import label
from app.services import planning
from ui.models import Column, Table
from ui.models.rows import Order
from ui.page import Page
from ui.planning import steps
from ui.planning.papers import plan_job
from ui.planning.sheet import STATE_TONE, PlanView
from ui.planning.swapping import SwapDialog
from ui.scanner import Scan, ScanKind
from ui.storage.words import product_words
from ui.tones import Tone
from ui.widgets import EmptyState, Segmented, due, heading
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.dialogs.preview import PrintJob

UNDER_WAY, ENDED = "open", "ended"


class PlanPage(Page):
    """Drafts by after-sales; countersignature, written change and issue by production."""

    watches = Changes.PLANS | Changes.CASES

    # -- building ----------------------------------------------------------------------------------------------

    def build(self) -> None:
        """The two halves and the actions."""
        self.today = date.min
        self.waiting_rows: tuple[Waiting, ...] = ()
        self._wanted = ""          # the plan to be shown, by number
        self.header.add(self.button("plan.draft", self.draft, "primary"))
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 7)
        self.body.addWidget(splitter, 1)

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(N_("Waiting to be planned")))
        self.waiting: Table[Waiting] = Table(
            (
                Column("product", N_("Product"), text=product_words, bold=True, grow=True),
                Column("waiting", N_("Waiting"), text=lambda w: str(w.waiting), sort=lambda w: w.waiting,
                       align="right", width=64),
                Column("overdue", N_("Overdue"), text=lambda w: str(w.overdue or ""), sort=lambda w: w.overdue,
                       tone=lambda _w: Tone.BAD, bold=True, align="right", width=66),
                Column("due", N_("Earliest due"), text=lambda w: self._due(w)[0], tone=lambda w: self._due(w)[1],
                       sort=lambda w: w.earliest_due, width=100,
                       tip=lambda w: w.earliest_due.isoformat() if w.earliest_due else ""),
            ),
            name="plan.waiting", key=lambda w: w.product_id, title=N_("Waiting to be planned"),
        )
        self.waiting.set_empty(
            "ph.check-circle", N_("Everything is planned"), N_("Units appear here as soon as they are received.")
        )
        self.waiting.activated.connect(lambda _row: self.draft())
        column.addWidget(self.waiting, 2)
        bar = Flow()
        bar.addWidget(heading(N_("Plans")), 1)
        self.which = Segmented([(UNDER_WAY, N_("Under way")), (ENDED, N_("Ended"))], N_("Which plans"))
        self.which.chosen.connect(lambda _which: self._load_plans())
        bar.addWidget(self.which)
        column.addLayout(bar)
        self.plans: Table[PlanRow] = Table(
            (
                Column("number", N_("Plan number"), text=lambda p: p.number, bold=True, tabular=True, grow=True),
                Column("units", N_("Units"), text=lambda p: str(p.units), sort=lambda p: p.units, align="right",
                       width=60),
                Column("state", N_("State"), text=lambda p: label(p.state), tone=lambda p: STATE_TONE[p.state],
                       chip=True, width=170),
                Column("drafted", N_("Drafted by"), text=lambda p: p.drafted_by_name or "", width=90, hidden=True),
                Column("note", N_("Note"), text=lambda p: p.note, width=120, hidden=True),
            ),
            name="plan.plans", key=lambda p: p.id, title=N_("Plans"),
        )
        self.plans.set_empty("ph.clipboard-text", N_("No plan here"), N_("Draft one from what waits."))
        self.plans.selected.connect(self._plan_chosen)
        self.plans.model.arrived.connect(self._plans_arrived)
        column.addWidget(self.plans, 3)
        return holder

    def _right(self) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 12, 16, 12)
        self.view = PlanView()
        self.view.activated.connect(lambda case: self.frame.show_unit(case.unit_id))
        bar = Flow()
        bar.setSpacing(8)
        for action_id, slot, kind in (
            ("plan.edit", self.edit, ""), ("plan.swap", self.swap, ""), ("plan.change", self.change, ""),
            ("plan.cancel", self.cancel, ""), ("plan.print", self.print_plan, ""),
            ("plan.countersign", self.countersign, "primary"), ("plan.issue", self.issue, "primary"),
        ):
            if kind == "primary" and action_id == "plan.countersign":
                bar.addStretch(1)
            bar.addWidget(self.button(action_id, slot, kind))
        self.stack = QStackedWidget()
        self.stack.addWidget(EmptyState(
            "ph.clipboard-text", N_("No plan chosen"),
            N_("A plan says how many units of each product go to the bench. The oldest due are taken first."),
        ))
        self.stack.addWidget(self.view)
        column.addWidget(self.stack, 1)
        column.addLayout(bar)
        self._offer_actions()
        return frame

    # -- content -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look at what waits, the plans, and the plan in hand."""
        self.run(lambda depot: (depot.today(), planning.waiting(depot)), self._waiting_came, quiet=True, replace="wait")
        self._load_plans()
        if self.view.sheet is not None:
            self._load_sheet(self.view.sheet.plan.id)

    def _waiting_came(self, found: tuple[date, tuple[Waiting, ...]]) -> None:
        self.today, self.waiting_rows = found
        n = sum(row.waiting for row in self.waiting_rows)
        self.header.subtitle(_n("{n} unit waits", "{n} units wait", n).format(n=n))
        self.waiting.set_rows(self.waiting_rows)

    def _load_plans(self) -> None:
        ended = self.which.value() == ENDED

        def fetch(depot: Depot, after: PlanRow | None, limit: int, _order: Order) -> Sequence[PlanRow]:
            return planning.plans(depot, ended=ended, before=after.number if after else None, limit=limit)

        self.plans.load(self.desk, fetch)

    def _plans_arrived(self) -> None:
        rows = self.plans.rows()
        wanted = next((row for row in rows if row.number == self._wanted), None)
        if wanted is not None:
            self._wanted = ""
            self.plans.select_key(wanted.id)
        elif rows and self.plans.current() is None and self.view.sheet is None:
            self.plans.select_key(rows[0].id)

    def _plan_chosen(self, row: PlanRow | None) -> None:
        if row is not None:
            self._load_sheet(row.id)

    def _load_sheet(self, plan_id: str) -> None:
        self.run(lambda depot: (depot.today(), planning.sheet(depot, plan_id)), self._sheet_came, quiet=True,
                 replace="sheet")

    def _sheet_came(self, found: tuple[date, planning.PlanSheet]) -> None:
        self.today = found[0]
        self.view.show_sheet(found[1], found[0])
        self.stack.setCurrentIndex(1)
        self._offer_actions()

    def _due(self, row: Waiting) -> tuple[str, Tone]:
        return due((row.earliest_due - self.today).days) if row.earliest_due else ("", Tone.MUTE)

    def _offer_actions(self) -> None:
        """Only what is possible now, for the person at the desk, is offered."""
        plan = self.view.sheet.plan if self.view.sheet else None
        state = plan.state if plan else None
        roles = self.desk.operator.roles if self.desk.operator else frozenset()
        draft, open_ = state is PlanState.DRAFT, state in OPEN_STATES
        untouched = draft and plan is not None and not plan.revision
        planner = people.may(roles, Action.CHANGE_PLAN)
        offered = {
            "plan.print": plan is not None,
            "plan.draft": people.may(roles, Action.DRAFT_PLAN),
            "plan.edit": untouched and people.may(roles, Action.DRAFT_PLAN),
            "plan.swap": open_ and people.may(roles, Action.DRAFT_PLAN),
            "plan.change": open_ and planner,
            "plan.cancel": open_ and (planner or (untouched and people.may(roles, Action.DRAFT_PLAN))),
            "plan.countersign": draft,
            "plan.issue": state is PlanState.COUNTERSIGNED,
        }
        for action_id, shown in offered.items():
            for made in self.findChildren(QAction, action_id):
                made.setVisible(bool(shown))
                made.setEnabled(bool(shown))

    # -- scanning and jumping ----------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """The number of a plan opens it; a unit on the plan in hand is marked."""
        if scan.number is not None and scan.number.type is DocumentType.REPAIR_PLAN:
            self.open_subject(str(scan.number))
            self.frame.chime(good=True)
            return True
        if scan.kind is ScanKind.COMMAND or self.view.sheet is None:
            return False
        text = (str(scan.number) if scan.number else scan.serial or scan.text).upper()
        found = next((c for c in self.view.sheet.cases if text in {c.serial.upper(), c.case_number}), None)
        if found is None:
            return False
        self.view.lines.view.clearSelection()
        self.view.show_sheet(self.view.sheet, self.today)
        self.view.units.select_key(found.case_id)
        self.frame.chime(good=True)
        return True

    def open_subject(self, subject: object) -> None:
        """Show the plan with this number."""
        number = str(subject or "")
        if parse_number(number) is None:
            return
        self._wanted = number

        def find(depot: Depot) -> planning.PlanSheet | None:
            plan_id = planning.plan_with_number(depot, number)
            return planning.sheet(depot, plan_id) if plan_id else None

        self.run(find, self._found, quiet=True, replace="find")

    def _found(self, sheet: planning.PlanSheet | None) -> None:
        if sheet is None:
            self.frame.toast(_("There is no plan {number}.").format(number=self._wanted), Tone.BAD)
            return
        self.which.set_value(UNDER_WAY if sheet.plan.state in OPEN_STATES else ENDED)
        self._load_plans()
        self._sheet_came((self.today, sheet))

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the plan in hand (F4)."""
        return plan_job(self.view.sheet.plan.number) if self.view.sheet else None

    def print_plan(self) -> None:
        """Preview the plan in hand."""
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)

    # -- the steps ---------------------------------------------------------------------------------------------

    def draft(self) -> None:
        """A new plan from what waits."""
        steps.open_draft(self)

    def edit(self) -> None:
        """Change a draft that production has not had in hand."""
        steps.open_lines(self, written=False)

    def change(self) -> None:
        """Change a plan in writing."""
        steps.open_lines(self, written=True)

    def swap(self) -> None:
        """Another unit in the place of the one marked."""
        case: PlannedCase | None = self.view.marked()
        if self.view.sheet is None or case is None:
            self.frame.toast(_("Mark the unit that is to leave the plan."), Tone.WARN)
            return
        SwapDialog(self, self.view.sheet.plan, case, self.today).open()

    def cancel(self) -> None:
        """Give the plan up, with a reason."""
        steps.open_cancel(self)

    def countersign(self) -> None:
        """Production agrees."""
        steps.ask_countersignature(self)

    def issue(self) -> None:
        """Release the plan, or part of it with a written reason."""
        steps.open_issue(self)
