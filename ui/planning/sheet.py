"""One plan in full: its head, lines, units and written changes."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.planning import Line, PlannedCase, PlanState, Revision
from app.i18n import N_, _
from app.labels import label
from app.services.planning import PlanSheet
from ui import moments
from ui.models import Column, Table
from ui.planning.swapping import case_columns
from ui.stages import STAGE_TONE
from ui.storage.words import product_words
from ui.tones import Tone
from ui.widgets import Chip, DefinitionList, heading, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import text_label

STATE_TONE: dict[PlanState, Tone] = {
    PlanState.DRAFT: Tone.WARN, PlanState.COUNTERSIGNED: Tone.INFO, PlanState.ISSUED: Tone.OK,
    PlanState.CANCELLED: Tone.MUTE,
}


class PlanView(QWidget):
    """Shows a plan; says which unit is marked."""

    activated = Signal(object)      # PlannedCase

    def __init__(self) -> None:
        super().__init__()
        self.sheet: PlanSheet | None = None
        self.today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = Flow()
        self.number = text_label("title")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state = Chip()
        self.revision = muted()
        for widget in (self.number, self.state, self.revision):
            head.addWidget(widget)
        head.addStretch(1)
        column.addLayout(head)
        self.facts = DefinitionList()
        column.addWidget(self.facts)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._lines())
        splitter.addWidget(self._units())
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 4)
        column.addWidget(splitter, 1)
        self.changes_title = heading(N_("Written changes"))
        self.changes: Table[Revision] = Table(
            (
                Column("revision", N_("Revision"), text=lambda r: str(r.revision), sort=lambda r: r.revision,
                       align="right", width=80),
                Column("reason", N_("Reason of the change"), text=lambda r: r.reason, grow=True),
                Column("what", N_("What changed"), text=_what, width=240),
                Column("at", N_("Time"), text=lambda r: moments.minute(r.at), sort=lambda r: r.at, width=140,
                       tabular=True),
                Column("by", N_("By"), text=lambda r: r.by_name or "", width=90),
            ),
            name="plan.revisions", key=lambda r: r.revision, title=N_("Written changes"),
        )
        self.changes.setMaximumHeight(128)
        column.addWidget(self.changes_title)
        column.addWidget(self.changes)

    def _lines(self) -> QWidget:
        holder, column = _part(N_("Lines"))
        self.lines: Table[Line] = Table(
            (
                Column("product", N_("Product"), text=product_words, bold=True, grow=True),
                Column("quantity", N_("Quantity"), text=lambda n: str(n.quantity), sort=lambda n: n.quantity,
                       align="right", width=90),
                Column("due", N_("Wanted by"), text=lambda n: n.due_on.isoformat() if n.due_on else "",
                       sort=lambda n: n.due_on, width=120, tabular=True),
                Column("first", N_("Earliest due"), text=self._earliest, width=120, tabular=True),
            ),
            name="plan.lines", key=lambda n: n.id, title=N_("Lines"),
        )
        self.lines.selected.connect(lambda _line: self._show_units())
        column.addWidget(self.lines, 1)
        return holder

    def _units(self) -> QWidget:
        holder, column = _part(N_("Units on the plan"))
        stage: Column[PlannedCase] = Column(
            "stage", N_("Stage"), text=lambda c: label(c.stage), chip=True, width=110,
            tone=lambda c: STAGE_TONE[c.stage],
        )
        self.units: Table[PlannedCase] = Table(
            (*case_columns(lambda: self.today), stage), name="plan.units", key=lambda c: c.case_id,
            title=N_("Units on the plan"),
        )
        self.units.activated.connect(self.activated)
        column.addWidget(self.units, 1)
        return holder

    def show_sheet(self, sheet: PlanSheet, today: date) -> None:
        """Show a plan."""
        self.today = today
        same = self.sheet is not None and self.sheet.plan.id == sheet.plan.id
        self.sheet = sheet
        plan = sheet.plan
        self.number.setText(plan.number)
        self.state.show_state(label(plan.state), STATE_TONE[plan.state])
        self.revision.setText(_("revision {n}").format(n=plan.revision) if plan.revision else "")
        who = sheet.names

        def signed(by: str | None, at: datetime | None) -> str:
            return f"{who.get(by or '', '')}　{moments.minute(at)}" if at else ""

        self.facts.show_pairs([
            (_("Drafted"), signed(plan.drafted_by, plan.drafted_at)),
            (_("Countersigned"), signed(plan.countersigned_by, plan.countersigned_at)),
            (_("Issued"), signed(plan.issued_by, plan.issued_at)),
            (_("Cancelled"), f"{signed(plan.cancelled_by, plan.cancelled_at)}　{plan.cancel_reason}".strip("　")),
            (_("Note"), plan.note),
        ])
        self.lines.set_rows(sheet.lines)
        if not same:
            self.lines.view.clearSelection()
        self._show_units()
        self.changes_title.setVisible(bool(sheet.revisions))
        self.changes.setVisible(bool(sheet.revisions))
        self.changes.set_rows(sheet.revisions)

    def marked(self) -> PlannedCase | None:
        """The unit that is marked."""
        return self.units.current()

    def _show_units(self) -> None:
        if self.sheet is None:
            return
        chosen = self.lines.selected_rows()
        ids = {line.id for line in chosen}
        self.units.set_rows([case for case in self.sheet.cases if not ids or case.line_id in ids])

    def _earliest(self, line: Line) -> str:
        cases = self.sheet.cases_of(line.id) if self.sheet else ()
        days = [case.due_on for case in cases if case.due_on]
        return min(days).isoformat() if days else ""


def _what(revision: Revision) -> str:
    """The lines that a written change touched: "PSU-4800W 4 → 3"."""
    before = {line["product"]: line["quantity"] for line in revision.before}
    after = {line["product"]: line["quantity"] for line in revision.after}
    changed = [
        f"{product} {before.get(product, 0)} → {after.get(product, 0)}"
        for product in dict.fromkeys([*before, *after]) if before.get(product, 0) != after.get(product, 0)
    ]
    return "　".join(changed) or _("units or days")


def _part(title: str) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(heading(title))
    return holder, column
