"""The test sheet of one case: what is to be measured, what was read, what is still open, what earlier runs said."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.codes import RepairResult
from app.domain.inspection import ItemVerdict, Reading, SheetVerdict
from app.domain.inspection_runs import MOST_SOAK_MINUTES, InspectionRun, QaState, pass_problems
from app.errors import Problem
from app.i18n import N_, _, _n, language
from app.labels import label
from app.messages import sentence
from app.services import drafts
from app.services.inspection import TestSheet
from ui import moments
from ui.form import Form, NumberField
from ui.inspection.items import ItemRow
from ui.inspection.stamp import Stamp
from ui.naming import product
from ui.tones import Tone
from ui.widgets import Card, Chip, DefinitionList, caption, case_due, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import text_label
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from ui.inspection.page import InspectionPage

DRAFT = "inspection.sheet"
STATE_TONE: dict[QaState, Tone] = {QaState.WAITING: Tone.INFO, QaState.FAILED: Tone.BAD, QaState.PASSED: Tone.OK}


class Sheet(QScrollArea):
    """Made anew for each case. What is typed saves itself every few seconds."""

    def __init__(self, page: InspectionPage, sheet: TestSheet) -> None:
        super().__init__()
        self.page = page
        self.sheet = sheet
        self.started_at: datetime | None = None
        self.rows: list[ItemRow] = []
        self._filling = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setMaximumWidth(880)       # wider, and the eye loses the line from the item to its value
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(12)
        self._head()
        self.notice = Notice()
        self._column.addWidget(self.notice)
        self._repair()
        self._items()
        self._runs()
        self._column.addStretch(1)
        self.setWidget(inner)
        self._pause = QTimer(self, interval=1500, singleShot=True)
        self._pause.timeout.connect(self.keep)
        self._show_notice()
        self._show_last_run()
        self._changed()
        case_id = sheet.case.id
        page.desk.run(self, lambda depot: drafts.load_draft(depot, DRAFT, case_id), self._restore, quiet=True)

    # -- building ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        serial = text_label("title")
        serial.setText(self.sheet.row.serial)
        serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        named = muted()
        found = self.sheet.row
        named.setText(product(found.model, found.product_zh, found.product_en))
        row.addWidget(serial)
        row.addWidget(named)
        row.addStretch(1)
        self._column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Chip(label(found.state), STATE_TONE[found.state]))
        run = self.sheet.run_no if found.state is QaState.WAITING else len(self.sheet.runs)
        row.addWidget(Chip(_("run {n}").format(n=run), Tone.INFO if run == 1 else Tone.WARN))
        if found.due_on is not None:
            row.addWidget(Chip(*case_due(found, self.sheet.today)))
        row.addStretch(1)
        self._column.addLayout(row)

    def _repair(self) -> None:
        order = self.sheet.order
        if order is None:
            return
        card = Card(N_("What repair did"))
        facts = DefinitionList()
        facts.show_pairs([
            (_("Symptom"), order.confirmed_symptom), (_("Fault"), order.fault), (_("Work done"), order.work_done),
            (_("Result"), label(RepairResult(order.result)) if order.result else ""),
            (_("Technician"), order.technician_name),
        ])
        card.body.addWidget(facts)
        self._column.addWidget(card)

    def _items(self) -> None:
        card = Card(N_("Functional test"))
        self.progress = text_label("strong")
        card.add(self.progress)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        for at, item in enumerate(self.sheet.items):
            row = ItemRow(item, card)
            row.place(grid, at)
            row.changed.connect(self._changed)
            row.entered.connect(lambda at=at: self._go(at + 1))
            row.stepped_back.connect(lambda at=at: self._go(at - 1))
            self.rows.append(row)
        card.body.addLayout(grid)
        self.form = Form()
        self.soak = self.form.add(
            NumberField("soak_minutes", N_("Minutes under test"), unit=N_("min"), low=0, high=MOST_SOAK_MINUTES)
        )
        self.form.changed.connect(self._changed)
        self.form.setMaximumWidth(320)
        if not self.sheet.soak_needed:
            self.form.hide()
        if self.sheet.soak_needed:
            self.soak.say_hint(_n(
                "No fault was found: it must run {n} minute.", "No fault was found: it must run {n} minutes.",
                self.sheet.soak_needed).format(n=self.sheet.soak_needed))
        card.body.addWidget(self.form)
        self.open_points = caption(wrap=True)
        bottom = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self.open_points)
        words.addWidget(caption(N_("Enter goes to the next value; a choice is taken by its digit."), wrap=True))
        words.addStretch(1)
        bottom.addLayout(words, 1)
        self.stamp = Stamp()
        bottom.addWidget(self.stamp)
        card.body.addLayout(bottom)
        buttons = Flow()
        buttons.addWidget(self.page.pressed("qa.alarm"))
        buttons.addWidget(self.page.pressed("qa.fail", "danger"))
        buttons.addWidget(self.page.pressed("qa.again"))
        buttons.addStretch(1)
        buttons.addWidget(self.page.pressed("qa.pass", "primary"))
        buttons.addWidget(self.page.pressed("qa.on", "primary"))
        card.body.addLayout(buttons)
        self._column.addWidget(card)

    def _show_stamp(self, problems: list[Problem]) -> None:
        """Given, ready to be given, or only its place while ``problems`` stop the unit from passing."""
        marks = self.sheet.marks
        if marks and self.sheet.row.state is QaState.PASSED:
            mark = marks[-1]
            self.stamp.show_stamp(
                self.sheet.depot_name, mark.stamp_no, mark.inspector_name, mark.at.date(), mark.number
            )
        elif problems or not self.can_fill():
            self.stamp.leave_empty()
        else:
            operator = self.page.desk.operator
            self.stamp.show_stamp(
                self.sheet.depot_name, self.sheet.stamp_no, operator.name if operator else "", self.sheet.today
            )

    def _runs(self) -> None:
        if not self.sheet.runs:
            return
        card = Card(N_("Runs so far"))
        for run in reversed(self.sheet.runs):
            words = text_label("strong", wrap=True)
            words.setText(_("Run {n}: {verdict}, {name}, {at}").format(
                n=run.run_no, verdict=label(SheetVerdict(run.verdict)), name=run.inspector_name,
                at=moments.minute(run.at)))
            card.body.addWidget(words)
            detail = caption(wrap=True)
            detail.setText(_run_detail(run))
            card.body.addWidget(detail)
        self._column.addWidget(card)

    # -- showing -----------------------------------------------------------------------------------------------

    def _show_notice(self) -> None:
        sheet = self.sheet
        fillable = self.can_fill()
        for row in self.rows:
            row.set_open(is_open=fillable)
        self.soak.setEnabled(fillable)
        if sheet.row.offered_in:
            self.notice.say(_("Offered in {number}; the receiver has not answered yet.").format(
                number=sheet.row.offered_in), Tone.INFO)
        elif sheet.obstacle is not None:
            self.notice.say(sentence(sheet.obstacle), Tone.WARN)
        elif sheet.row.state is QaState.FAILED:
            self.notice.say(_("It failed: {reason}. It goes back to repair with its traveller.").format(
                reason=sheet.runs[-1].reason), Tone.BAD)
        elif sheet.row.state is QaState.PASSED:
            self.notice.say(_("It passed and bears the mark {number}.").format(number=sheet.marks[-1].number), Tone.OK)
        elif sheet.template_version == 0:
            self.notice.say(_("This product has no test sheet yet; the basic one is used."), Tone.INFO)
        else:
            self.notice.hide()

    def _show_last_run(self) -> None:
        """After the verdict: what was read, to be seen and not to be changed."""
        if self.sheet.row.state is QaState.WAITING or not self.sheet.runs:
            return
        self._filling = True
        read = {reading.code: reading.value for reading in self.sheet.runs[-1].readings}
        for row in self.rows:
            row.set_value(read.get(row.item.code, ""))
        self._filling = False

    def can_fill(self) -> bool:
        """Whether readings can be typed: it waits for its verdict, and the operator may give it."""
        sheet = self.sheet
        return sheet.row.state is QaState.WAITING and not sheet.row.offered_in and sheet.obstacle is None

    def readings(self) -> tuple[Reading, ...]:
        """What was read so far."""
        return tuple(Reading(row.item.code, row.value()) for row in self.rows if row.value())

    def soak_minutes(self) -> int:
        """How long it ran under test."""
        return self.soak.whole() or 0

    def open_problems(self) -> list[Problem]:
        """What stops it from passing."""
        return pass_problems(self.sheet.items, self.readings(), self.soak_minutes(), self.sheet.soak_needed)

    def focus_next(self) -> None:
        """Go to the first value that is not read yet."""
        empty = [row for row in self.rows if not row.value()]
        if self.can_fill() and self.rows:
            (empty or self.rows)[0].focus()

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self.rows[at].focus()
            self.ensureWidgetVisible(self.rows[at].editor, 0, 80)
        elif at >= len(self.rows) and self.sheet.soak_needed:
            self.soak.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= len(self.rows):
            self.page.verdict_due()

    def _changed(self) -> None:
        mandatory = [row for row in self.rows if row.item.mandatory]
        done = sum(bool(row.value()) for row in mandatory)
        self.progress.setText(_("{n} of {m}").format(n=done, m=len(mandatory)))
        problems = self.open_problems() if self.can_fill() else []
        self._show_stamp(problems)
        words = [sentence(_named(p)) for p in problems if p.code != "inspection.reading-missing"][:3]
        self.open_points.setText("\n".join(words))
        if not self._filling and hasattr(self, "_pause"):
            if self.started_at is None and self.readings():
                self.started_at = datetime.now(UTC)
            self._pause.start()
        self.page.gate()

    # -- drafts ------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Save what was read so far."""
        self._pause.stop()
        if not self.can_fill():
            return
        content = json.dumps({
            "values": {row.item.code: row.value() for row in self.rows if row.value()}, "soak": self.soak.keep(),
            "started": self.started_at.isoformat() if self.started_at else "",
        }, ensure_ascii=False)
        case_id = self.sheet.case.id
        self.page.desk.run(self, lambda depot: drafts.save_draft(depot, DRAFT, case_id, content), quiet=True)

    def leave(self) -> None:
        """Another case is shown."""
        if self._pause.isActive():
            self.keep()

    def forget(self) -> None:
        """The verdict is given: the draft is of no use any more."""
        self._pause.stop()
        case_id = self.sheet.case.id
        self.page.run(lambda depot: drafts.drop_draft(depot, DRAFT, case_id), quiet=True)

    def _restore(self, content: str | None) -> None:
        if not content or self.readings() or not self.can_fill():
            return
        kept = json.loads(content)
        self._filling = True
        for row in self.rows:
            row.set_value(kept["values"].get(row.item.code, ""))
        self.soak.restore(kept["soak"])
        self.started_at = datetime.fromisoformat(kept["started"]) if kept["started"] else None
        self._filling = False
        self._changed()
        self.focus_next()


def _run_detail(run: InspectionRun) -> str:
    bad = [
        f"{reading.name(language())} {reading.value} {reading.unit}".strip()
        for reading in run.readings if reading.verdict == ItemVerdict.FAILED.value
    ]
    return "  ·  ".join(text for text in (run.reason, *bad) if text) or _("all readings within limits")


def _named(problem: Problem) -> Problem:
    """The problem with the item's name in the screen's language instead of its code."""
    facts = dict(problem.facts)
    if "name_zh" in facts:
        facts["item"] = facts["name_zh"] if language().startswith("zh") else facts["name_en"] or facts["name_zh"]
    return Problem(problem.field, problem.code, facts)
