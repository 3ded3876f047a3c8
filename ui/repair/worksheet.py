"""The work sheet of one case: what came in, the diagnosis, what was done, what is still open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.codes import RepairResult
from app.domain.inspection import SheetVerdict
from app.domain.quotation import QuotationState
from app.domain.repair import TO_QA, BenchState, OldPart, PartUse, RepairAction, RepairPart
from app.domain.stages import Stage
from app.domain.stock import PartGrade
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.i18n import N_, _, _n
from app.labels import label
from app.messages import say, sentence
from app.services.bench_sheet import BenchSheet
from ui import moments
from ui.form import Draft
from ui.form.versions import Opened
from ui.naming import named, product
from ui.quotation.words import quoted_words
from ui.repair.forms import DiagnosisForm
from ui.repair.knowledge import KnowledgeCard
from ui.repair.overtaken import at_return, at_saving
from ui.repair.soak import soak_words
from ui.repair.worth import estimate_words
from ui.tones import Tone
from ui.warranty.words import change_words
from ui.widgets import Card, Checklist, Chip, DefinitionList, caption, case_due, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, text_label
from ui.widgets.notice import Notice
from ui.widgets.tables import Gate

if TYPE_CHECKING:
    from ui.repair.page import BenchPage

STATE_TONE: dict[BenchState, Tone] = {
    BenchState.UNTAKEN: Tone.MUTE, BenchState.DIAGNOSING: Tone.INFO, BenchState.REPAIRING: Tone.PLUM,
    BenchState.FINISHED: Tone.OK, BenchState.WAITING: Tone.WARN, BenchState.REFERRED: Tone.BAD,
}
WARRANTY_TONE = {WarrantyState.IN: Tone.OK, WarrantyState.OUT: Tone.WARN, WarrantyState.UNKNOWN: Tone.MUTE}

WIDEST, SCROLLS = 420, 14       # at most this wide by itself; the scroll bar at its right


class Worksheet(QScrollArea):
    """Made anew for each case; :meth:`refresh` shows a newer state of the same one and leaves what is typed alone."""

    def __init__(self, page: BenchPage, sheet: BenchSheet) -> None:
        super().__init__()
        self.page = page
        self.sheet = sheet
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(12)
        self._head()
        self._notices()
        self._intake()
        self.knowledge = KnowledgeCard(self)
        self._column.addWidget(self.knowledge)
        self._diagnosis()
        self.knowledge.follow(self.form)
        self._work()
        self._completion()
        self._earlier()
        self._column.addStretch(1)
        self.setWidget(inner)
        self.refresh(sheet)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Wide enough for its cards, as long as that leaves the queue its place: nothing is cut at the right."""
        least = super().minimumSizeHint()
        inner = self.widget()
        return least.expandedTo(QSize(min(WIDEST, inner.minimumSizeHint().width() + SCROLLS), 0)) if inner else least

    # -- building ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        row = Flow()
        row.setSpacing(8)
        serial = text_label("title")
        serial.setText(self.sheet.unit.serial)
        serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(serial)
        named = ElidedLabel()
        named.setProperty("role", "muted")
        found = self.sheet.product
        named.setText(product(found.model, found.name_zh, found.name_en))
        row.addWidget(named, 1)
        self._column.addLayout(row)
        self.chips = Flow()
        self.chips.setSpacing(6)
        self._column.addLayout(self.chips)

    def _notices(self) -> None:
        self.notice = Notice()
        self.changed = Notice()
        self.failed = Notice()
        self.price = Notice()
        self._column.addWidget(self.notice)
        self._column.addWidget(self.price)
        self._column.addWidget(self.changed)
        self._column.addWidget(self.failed)

    def _intake(self) -> None:
        card = Card(N_("What came in"))
        self.facts = DefinitionList()
        card.body.addWidget(self.facts)
        self._column.addWidget(card)

    def _diagnosis(self) -> None:
        card = Card(N_("Diagnosis"))
        self.form = DiagnosisForm(self.page.desk, self.sheet)
        self._opened = Opened.of(self.form)
        self.draft = Draft(self.page.desk, self.form, "repair.diagnosis", self.sheet.case.id, lambda: self._opened)
        self.draft.overtaken.connect(lambda opened, typed: at_return(self, opened, typed))
        self.form.submitted.connect(self.page.save_diagnosis)
        card.body.addWidget(self.form)
        self.trace = caption(wrap=True)
        card.body.addWidget(self.trace)
        row = Flow()
        row.addWidget(self.page.pressed("bench.amend"))
        row.addStretch(1)
        row.addWidget(self.page.pressed("bench.diagnosis"))
        card.body.addLayout(row)
        self._column.addWidget(card)

    def _work(self) -> None:
        card = Card(N_("Work and parts"))
        card.add(self.page.pressed("bench.action", "link"))
        card.add(self.page.pressed("bench.part", "link"))
        self.work = QVBoxLayout()
        self.work.setSpacing(6)
        card.body.addLayout(self.work)
        self._column.addWidget(card)

    def _completion(self) -> None:
        card = Card(N_("Factory section"))
        card.add(self.page.pressed("bench.worth", "link"))
        card.add(self.page.pressed("bench.soak", "link"))
        self.tests = DefinitionList()
        card.body.addWidget(self.tests)
        self.gates = Checklist()
        card.body.addWidget(self.gates)
        self.ruling = Notice()
        card.body.addWidget(self.ruling)
        row = Flow()
        row.addWidget(self.page.pressed("bench.ask"))
        row.addWidget(self.page.pressed("bench.answer"))
        row.addStretch(1)
        row.addWidget(self.page.pressed("bench.finish"))
        row.addWidget(self.page.pressed("bench.on", "primary"))
        card.body.addLayout(row)
        self._column.addWidget(card)

    def _earlier(self) -> None:
        if not self.sheet.earlier:
            return
        card = Card(N_("Earlier visits"))
        for visit in self.sheet.earlier:
            when = moments.day(visit.received_at).isoformat() if visit.received_at else "–"
            result = label(RepairResult(visit.result)) if visit.result else "–"
            line = text_label("strong", wrap=True)
            line.setText(_("Visit {n}, {date}: {result}").format(n=visit.visit_no, date=when, result=result))
            card.body.addWidget(line)
            detail = caption(wrap=True)
            detail.setText("  ·  ".join(
                text for text in (visit.symptom, visit.fault, visit.work_done, visit.technician_name) if text
            ))
            card.body.addWidget(detail)
        self._column.addWidget(card)

    # -- showing -----------------------------------------------------------------------------------------------

    def refresh(self, sheet: BenchSheet) -> None:
        """Show ``sheet`` of the same case; the form stays as it is."""
        self.sheet = sheet
        self._show_chips()
        self._show_notices()
        self._show_facts()
        self._show_work()
        self._show_tests()
        self._show_gates()
        writable = self.is_mine() and not self._finished()
        for field in self.form.fields.values():
            field.setEnabled(writable)
        self.trace.setText("  ·  ".join(say(line.code, line.facts) for line in sheet.warranty.trace))
        self.knowledge.look(writable=writable)

    def is_mine(self) -> bool:
        """Whether the operator works on it and it is at the bench."""
        operator, order = self.page.desk.operator, self.sheet.order
        return (
            self.sheet.row is not None and self.sheet.case.stage is Stage.IN_REPAIR and order is not None
            and operator is not None and order.technician_id == operator.id
        )

    def typed(self) -> bool:
        """Whether the diagnosis form holds something that is not saved."""
        return self.form.content() != self._opened.kept

    def saved(self) -> None:
        """The diagnosis has become a record."""
        self.draft.drop()
        self._opened = Opened.of(self.form)

    def leave(self, *, dropped: bool = False) -> None:
        """Another sheet is shown: what is typed is kept as a draft, unless it is ``dropped``."""
        if dropped:
            self.draft.drop()
        elif self.typed():
            self.draft.save()

    def overtaken(self) -> Callable[[Exception], bool]:
        """What to do when saving fails: see :func:`ui.repair.overtaken.at_saving`."""
        return at_saving(self, self._opened)

    def _finished(self) -> bool:
        return self.sheet.order is not None and self.sheet.order.finished_at is not None

    def _show_chips(self) -> None:
        while (item := self.chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        sheet = self.sheet
        if sheet.row is not None:
            self.chips.addWidget(Chip(label(sheet.row.state), STATE_TONE[sheet.row.state]))
        if sheet.case.due_on is not None:
            self.chips.addWidget(Chip(*case_due(sheet.case, sheet.today)))
        state = sheet.warranty.state
        self.chips.addWidget(Chip(label(state), WARRANTY_TONE[state]))
        if sheet.case.visit_no > 1:
            self.chips.addWidget(Chip(_("visit {n}").format(n=sheet.case.visit_no), Tone.WARN))
        self.chips.addStretch(1)

    def _show_notices(self) -> None:
        sheet, order = self.sheet, self.sheet.order
        operator = self.page.desk.operator
        if sheet.row is None:
            self.notice.say(_("This unit is no longer at the bench."), Tone.MUTE)
        elif sheet.row.offered_in:
            self.notice.say(_("Offered in {number}; the receiver has not answered yet.").format(
                number=sheet.row.offered_in), Tone.INFO)
        elif order is None:
            self.notice.say(_("Nobody has taken this unit yet."), Tone.INFO, (_("Take to my bench"), self.page.take))
        elif operator is not None and order.technician_id != operator.id:
            self.notice.say(_("{name} works on this unit.").format(name=order.technician_name), Tone.WARN,
                            (_("Take over…"), self.page.take))
        else:
            self.notice.hide()
        if sheet.change is not None:
            self.changed.say(
                f"{change_words(sheet.change)}  {sheet.change.by_name} {moments.short(sheet.change.at)}", Tone.WARN)
        else:
            self.changed.hide()
        failed = [run for run in sheet.runs if run.verdict == SheetVerdict.FAILED.value]
        if failed:
            words = _n(
                "QA failed this unit: {reason}", "QA failed this unit {n} times, the last time: {reason}", len(failed)
            )
            self.failed.say(words.format(n=len(failed), reason=failed[-1].reason), Tone.BAD)
        else:
            self.failed.hide()
        self._show_price()

    def _show_price(self) -> None:
        """What the customer was asked to pay and said, or that they must be asked."""
        sheet, quoted = self.sheet, self.sheet.quoted
        diagnosed = sheet.order is not None and sheet.order.diagnosed_at is not None
        if quoted is not None:
            words, tone = quoted_words(quoted, sheet.today)
        elif sheet.needs_consent and diagnosed:
            words, tone = _("Chargeable: the customer is told the price and agrees before the repair."), Tone.WARN
        else:
            self.price.hide()
            return
        case_id = sheet.case.id
        self.price.say(words, tone, (_("Quotation"), lambda: self.page.frame.open("quotations", case_id)))

    def _show_facts(self) -> None:
        case = self.sheet.case
        self.facts.show_pairs([
            (_("Case"), case.number),
            (_("Customer"), self.sheet.row.customer if self.sheet.row else ""),
            (_("Reported symptom"), case.symptom), (_("What was tried"), case.tried), (_("Condition"), case.condition),
            (_("Accessories"), "、".join(
                f"{a.name} ×{a.quantity_in}" if a.quantity_in > 1 else a.name for a in self.sheet.accessories)),
        ])

    def _show_work(self) -> None:
        while (item := self.work.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not self.sheet.actions and not self.sheet.parts:
            self.work.addWidget(muted(N_("Nothing was written down yet.")))
        for action in self.sheet.actions:
            self.work.addWidget(_line(action.text, _action_detail(action)))
        for part in self.sheet.parts:
            self.work.addWidget(_line(f"{named(part.name, part.name_en)}  ×{part.quantity}", _part_detail(part)))

    def _show_tests(self) -> None:
        """What a repair would cost, and the soak test."""
        estimate, soak = self.sheet.estimate, self.sheet.soak
        self.tests.show_pairs([
            (_("Cost of the repair"), estimate_words(estimate) if estimate else ""),
            (_("Soak test"), soak_words(soak) if soak else ""),
        ])

    def _show_gates(self) -> None:
        sheet, order = self.sheet, self.sheet.order
        diagnosed = order is not None and order.diagnosed_at is not None
        result = RepairResult(order.result) if order is not None and order.result else None
        chargeable = sheet.warranty.state is WarrantyState.OUT and diagnosed
        self.gates.show_gates([
            Gate(_("Taken to a bench"), order is not None, order.technician_name if order else ""),
            Gate(_("Diagnosis complete"), diagnosed, "" if diagnosed else _("symptom, fault, cause, responsibility")),
            Gate(_("Customer's consent"), (not sheet.needs_consent) if chargeable else None, self._consent()),
            Gate(_("Result and work done"), result is not None, label(result) if result else ""),
        ])
        if isinstance(sheet.ruling, Refused):
            self.ruling.say(sentence(sheet.ruling), Tone.INFO if result in TO_QA else Tone.WARN)
        elif sheet.ruling is not None:
            self.ruling.say(say(sheet.ruling.own_code, sheet.ruling.facts), Tone.WARN)
        else:
            self.ruling.hide()

    def _consent(self) -> str:
        """Who agreed to which quotation, or what the consent waits for."""
        sheet, quoted = self.sheet, self.sheet.quoted
        if quoted is not None and quoted.state is QuotationState.ACCEPTED:
            return f"{quoted.consent_name}  {quoted.number}"
        if not sheet.needs_consent:
            return ""
        return quoted.number if quoted is not None else _("out of warranty: the repair is chargeable")


def _line(text: str, detail: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    words = QLabel(text)
    words.setWordWrap(True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(words, 1)
    beside = caption()
    beside.setText(detail)
    row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
    return made


def _action_detail(action: RepairAction) -> str:
    minutes = _("{n} min").format(n=action.minutes) + "  ·  " if action.minutes else ""
    return f"{minutes}{action.by_name}  {moments.short(action.at)}"


def _part_detail(part: RepairPart) -> str:
    serials = " → ".join(text for text in (part.removed_serial, part.fitted_serial) if text)
    old = label(OldPart(part.old_part)) if part.old_part else ""
    used = label(PartGrade(part.grade)) if part.kind == PartUse.ADD and part.grade != PartGrade.NEW else ""
    return "  ·  ".join(filter(None, (label(PartUse(part.kind)), used, part.part_no, serials, old)))
