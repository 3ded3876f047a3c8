"""The bench: the queue at the left, the work sheet of one case at the right (art. 10.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.masterdata import Part
from app.domain.quotation import QuotationState
from app.domain.repair import TO_QA, BenchRow, Scope
from app.domain.stages import Stage
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.messages import say
from app.services import bench_sheet, referring, repair, undoing
from app.services.bench_sheet import BenchSheet
from app.services.warranty import VerdictChange
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.form import Form
from ui.keys import press
from ui.models import Column, Table
from ui.naming import product
from ui.page import Page
from ui.repair.forms import ActionForm, AmendForm, AnswerForm, FinishForm, ReasonForm
from ui.repair.papers import traveller_job
from ui.repair.part_form import PartForm
from ui.repair.worksheet import STATE_TONE, Worksheet
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.warranty.words import change_words
from ui.widgets import EmptyState, Segmented, case_due


def _columns(today: Callable[[], date]) -> tuple[Column[BenchRow], ...]:
    return (
        Column("serial", N_("Serial number"), text=lambda r: r.serial, width=122, bold=True, tabular=True,
               tip=lambda r: product(r.model, r.product_zh, r.product_en)),
        Column("state", N_("State"), text=lambda r: label(r.state), tone=lambda r: STATE_TONE[r.state], chip=True,
               width=118),
        Column("due", N_("Due"), text=lambda r: case_due(r, today())[0], tone=lambda r: case_due(r, today())[1],
               sort=lambda r: r.due_on or date.max, width=92, grow=True, tip=lambda r: str(r.due_on or "")),
        Column("product", N_("Product"), text=lambda r: product(r.model, r.product_zh, r.product_en), hidden=True),
        Column("customer", N_("Customer"), text=lambda r: r.customer, hidden=True),
        Column("technician", N_("Technician"), text=lambda r: r.technician_name, hidden=True),
        Column("fails", N_("Failed in QA"), text=lambda r: str(r.fails or ""), sort=lambda r: r.fails, hidden=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, hidden=True),
    )


class BenchPage(Page):
    """A technician's day."""

    watches = Changes.REPAIRS | Changes.CASES | Changes.HANDOVERS | Changes.INSPECTIONS | Changes.MONEY

    def build(self) -> None:
        """Queue and sheet."""
        self.today: date = datetime.now(UTC).date()
        self.worksheet: Worksheet | None = None
        self._wanted = ""
        slots: dict[str, Callable[[], object]] = {
            "bench.take": self.take, "bench.diagnosis": self._submit_diagnosis, "bench.action": self._action,
            "bench.part": self._part, "bench.finish": self._finish, "bench.on": self._on, "bench.ask": self._ask,
            "bench.answer": self._answer, "bench.amend": self._amend,
            "bench.worth": self._worth, "bench.soak": self._soak,
            **{f"bench.suggest-{n}": partial(self._suggested, n) for n in (1, 2, 3)},
        }
        self.acts = {name: self.act(name, slot) for name, slot in slots.items()}
        self.scope = Segmented([(scope, labels_of(Scope)[scope]) for scope in Scope], N_("Whose work"))
        self.scope.chosen.connect(lambda _scope: self.reload())
        self.queue: Table[BenchRow] = Table(
            _columns(lambda: self.today), name="bench.queue", key=lambda r: r.case_id, title=N_("Bench queue")
        )
        self.queue.set_empty(
            "ph.wrench", N_("Nothing at this bench"),
            N_('Units come by handover. "Not taken" shows what waits for somebody.'),
        )
        self.queue.selected.connect(lambda row: self.show_case(row.case_id) if row else None)
        self.queue.activated.connect(lambda _row: self._into_sheet())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.queue, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(EmptyState(
            "ph.barcode", N_("Scan the unit on your bench"), N_("Or choose it in the queue. F6 takes it."),
        ))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.stack)
        splitter.setSizes([436, 564])
        splitter.setStretchFactor(1, 1)
        self.body.addWidget(splitter, 1)
        self._gate()

    def pressed(self, action_id: str, kind: str = "") -> QPushButton:
        """A button of the page's action ``action_id``, for the work sheet."""
        return press(self.acts[action_id], kind)

    # -- what is shown -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Fetch the queue and the case that is shown."""
        scope = self.scope.value()
        assert isinstance(scope, Scope)
        self.run(bench_sheet.counts, self._counted, quiet=True, replace="counts")
        self.queue.load(
            self.desk, lambda depot, after, limit, _order: bench_sheet.queue(depot, scope, after, limit)
        )
        if self.worksheet is not None:
            self.show_case(self.worksheet.sheet.case.id)

    def _counted(self, found: tuple[date, Mapping[Scope, int]]) -> None:
        self.today, counts = found
        n = counts[Scope.ALL]
        self.header.subtitle(_n("{n} unit at the bench", "{n} units at the bench", n).format(n=n))
        self.scope.set_texts([f"{label(scope)}  {counts[scope]}" if counts[scope] else label(scope) for scope in Scope])

    def show_case(self, case_id: str) -> None:
        """Show the work sheet of a case."""
        self._wanted = case_id
        self.queue.hold(case_id)
        self.run(lambda depot: bench_sheet.sheet(depot, case_id), self._show_sheet, quiet=True, replace="sheet")

    def _show_sheet(self, sheet: BenchSheet, *, anew: bool = False) -> None:
        if sheet.case.id != self._wanted:
            return
        old = self.worksheet
        same = old is not None and old.sheet.case.id == sheet.case.id
        if not anew and old is not None and same and (old.typed() or _seq(old.sheet) == _seq(sheet)):
            old.refresh(sheet)
        else:
            if old is not None:
                old.leave(dropped=anew)
                self.forms.remove(old.form)
                self.stack.removeWidget(old)
                old.deleteLater()
            self.worksheet = Worksheet(self, sheet)
            self.watch_form(self.worksheet.form)
            self.stack.addWidget(self.worksheet)
            self.stack.setCurrentWidget(self.worksheet)
            if not same:
                self.frame.show_unit(sheet.unit.id)
        self._gate()

    def _gate(self) -> None:
        """Open what can be done with the case that is shown."""
        shown = self.worksheet
        sheet = shown.sheet if shown else None
        order = sheet.order if sheet else None
        operator = self.desk.operator
        here = sheet is not None and sheet.row is not None and not sheet.row.offered_in
        repairing = sheet is not None and here and sheet.case.stage is Stage.IN_REPAIR
        mine = shown is not None and shown.is_mine()
        finished = order is not None and order.finished_at is not None
        diagnosed = order is not None and order.diagnosed_at is not None
        waiting = sheet is not None and sheet.case.stage is Stage.AWAITING_CUSTOMER
        other = operator is not None and (order is None or order.technician_id != operator.id)
        allowed = {
            "bench.take": repairing and other, "bench.diagnosis": mine and not finished,
            "bench.action": mine and not finished, "bench.part": mine and not finished,
            "bench.finish": mine and diagnosed and not finished,
            "bench.on": here and finished and not waiting, "bench.ask": repairing and diagnosed and not finished,
            "bench.answer": here and waiting, "bench.amend": sheet is not None and diagnosed,
            **dict.fromkeys(("bench.suggest-1", "bench.suggest-2", "bench.suggest-3"), mine and not finished),
            "bench.worth": here and diagnosed, "bench.soak": sheet is not None and sheet.no_fault,
        }
        for name, act in self.acts.items():
            act.setEnabled(bool(allowed[name]))
        # One thing is due at a time; its button stands alone.
        self.acts["bench.answer"].setVisible(waiting)
        self.acts["bench.ask"].setVisible(not waiting and not finished)
        self.acts["bench.finish"].setVisible(not waiting and not finished)
        self.acts["bench.on"].setVisible(finished)
        self.acts["bench.amend"].setVisible(finished or not here)
        self.acts["bench.diagnosis"].setVisible(not finished)
        self.acts["bench.soak"].setVisible(sheet is not None and sheet.no_fault)

    def _into_sheet(self) -> None:
        if self.worksheet is not None:
            self.worksheet.form.focus_first()

    # -- scans -------------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A unit at the bench: show its sheet. The drawer label of a part: it is fitted to the unit in hand."""
        if scan.kind is ScanKind.COMMAND:
            return False
        code = scan.serial or scan.text
        mine = self.worksheet is not None and self.worksheet.is_mine()

        def look(depot: Depot) -> tuple[str | None, tuple[Part, int] | None]:
            case_id = bench_sheet.case_by_code(depot, code)
            return case_id, bench_sheet.part_by_number(depot, code) if case_id is None and mine else None

        self.run(look, lambda found: self._found(*found, code))
        return True

    def _found(self, case_id: str | None, part: tuple[Part, int] | None, code: str) -> None:
        self.frame.chime(good=case_id is not None or part is not None)
        if part is not None:
            self._ask_part(part)
            return
        if case_id is None:
            self.frame.toast(_("{code} is not at the bench. Is its handover signed?").format(code=code), Tone.WARN)
        elif not self.queue.select_key(case_id):
            self.show_case(case_id)

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the traveller of the case that is shown, as far as it is filled in."""
        return traveller_job(self.worksheet.sheet.case.number) if self.worksheet else None

    def open_subject(self, subject: object) -> None:
        """A case by its id."""
        self.show_case(str(subject))

    # -- doing -------------------------------------------------------------------------------------------------

    def _sheet(self) -> BenchSheet:
        assert self.worksheet is not None
        return self.worksheet.sheet

    def take(self) -> None:
        """Take the unit to the operator's bench."""
        sheet = self._sheet()
        case_id = sheet.case.id
        if sheet.order is None:
            self.run(lambda depot: repair.take(depot, case_id), lambda done: self._said(done, _("Taken to your bench")))
            return
        form = ReasonForm("reason", N_("Reason"))
        self._dialog(
            N_("Take over"), form, N_("Take over"), lambda depot: repair.take(depot, case_id, form.text.value()),
            _("Taken over"), text=_("{name} has worked on it and stays in the record.").format(
                name=sheet.order.technician_name),
        )

    def _submit_diagnosis(self) -> None:
        if self.worksheet is not None:
            self.worksheet.form.submit()

    def _suggested(self, n: int) -> None:
        if self.worksheet is not None:
            self.worksheet.knowledge.take_over(n)

    def save_diagnosis(self) -> None:
        """Write the diagnosis."""
        assert self.worksheet is not None
        worksheet = self.worksheet
        diagnosis = worksheet.form.diagnosis()

        def written(done: repair.Diagnosed) -> None:
            worksheet.saved()
            self._said(done, _("Diagnosis saved; {warranty}").format(warranty=label(done.judgement.state)))

        self.run(lambda depot: repair.diagnose(depot, diagnosis), written, worksheet.overtaken())

    def show_anew(self, sheet: BenchSheet, content: Mapping[str, object], text: str) -> None:
        """Show ``sheet`` as it is on record now, with ``content`` typed over it."""
        self._show_sheet(sheet, anew=True)
        if self.worksheet is not None and self.worksheet.sheet is sheet:
            self.worksheet.form.fill(content)
            self.frame.toast(text, Tone.INFO)

    def _action(self) -> None:
        case_id, form = self._sheet().case.id, ActionForm()
        self._dialog(
            N_("Work at the bench"), form, N_("Write down"),
            lambda depot: repair.log_action(depot, case_id, form.text.value(), form.minutes.whole() or 0),
            _("Written down"), draft="repair.action",
        )

    def _part(self) -> None:
        self._ask_part(None)

    def _ask_part(self, part: tuple[Part, int] | None) -> None:
        form = PartForm(self.desk, self._sheet().case.id, part)
        self._dialog(
            N_("Part"), form, N_("Save"), lambda depot: repair.use_part(depot, form.entry()), _("Part booked"),
            draft="" if part else "repair.part",
        )

    def _finish(self) -> None:
        form = FinishForm(self._sheet())
        self._dialog(
            N_("Factory section complete"), form, N_("Complete"), lambda depot: repair.finish(depot, form.finish()),
            _("The factory section is complete"), draft="repair.finish",
        )

    def _amend(self) -> None:
        sheet = self._sheet()
        if sheet.order is None:
            return
        form, case_id = AmendForm(sheet.order), sheet.case.id

        def amend(depot: Depot) -> repair.Diagnosed:
            cause, held = form.cause.value(), form.responsibility.value()
            assert isinstance(cause, CauseClass)
            assert isinstance(held, Responsibility)
            return repair.amend_responsibility(depot, case_id, cause, held, form.reason.value())

        self._dialog(N_("Amend cause and responsibility"), form, N_("Amend"), amend, _("Amended"))

    def _ask(self) -> None:
        case_id, form = self._sheet().case.id, ReasonForm("note", N_("What the customer is asked"))
        self._dialog(
            N_("Ask the customer"), form, N_("Pause the clock"),
            lambda depot: referring.pause_for_customer(depot, case_id, form.text.value()),
            _("The clock is paused until the answer"), undo=False,
        )

    def _answer(self) -> None:
        quoted = self._sheet().quoted
        if quoted is not None and quoted.state is QuotationState.SENT:
            self.frame.open("quotations", self._sheet().case.id)   # a price is answered where it stands
            return
        case_id, form = self._sheet().case.id, AnswerForm()

        def answer(depot: Depot) -> referring.Paused | referring.Referred:
            say_it = referring.customer_consented if form.yes.value() else referring.customer_declined
            return say_it(depot, case_id, form.who.value(), form.note.value())

        self._dialog(N_("The customer's answer"), form, N_("Record"), answer, _("Answer recorded"), undo=False)

    def _worth(self) -> None:
        from ui.repair.worth import open_calculator

        open_calculator(self, self._sheet().case.id)

    def _soak(self) -> None:
        from ui.repair.soak import open_soak

        open_soak(self, self._sheet().case.id)

    def _on(self) -> None:
        """To QA, or first referred and then to after-sales."""
        sheet = self._sheet()
        result = RepairResult(sheet.order.result) if sheet.order and sheet.order.result else None
        ruled = sheet.ruling is not None and not isinstance(sheet.ruling, Exception)
        if sheet.case.stage is Stage.IN_REPAIR and (result not in TO_QA or ruled):
            case_id = sheet.case.id
            self.run(lambda depot: referring.refer(depot, case_id), self._referred)
        else:
            self.frame.open("handover", sheet.case.id)

    def _referred(self, done: referring.Referred) -> None:
        self.frame.toast(say(done.ruling.own_code, done.ruling.facts), Tone.WARN)
        self.frame.open("handover", done.case_id)

    def _dialog(
        self, title: str, form: Form, accept: str, operation: Callable[[Depot], object], told: str, *,
        text: str = "", draft: str = "", undo: bool = True,
    ) -> None:
        dialog = FormDialog(
            self, title, form, accept=accept, text=text, draft=draft, subject=self._sheet().case.id if draft else "",
        )

        def done(result: object) -> None:
            dialog.done_well()
            self._said(result, told, undo=undo)

        dialog.submitted.connect(lambda: dialog.run(operation, done))
        dialog.open()

    def _said(self, done: object, words: str, *, undo: bool = True) -> None:
        entry_id, change = str(getattr(done, "entry_id", "")), getattr(done, "change", None)
        if isinstance(change, VerdictChange):
            words = f"{words}. {change_words(change)}"
        self.frame.toast(
            words, Tone.OK,
            undo=(lambda depot: undoing.undo(depot, entry_id)) if undo and entry_id else None,
        )


def _seq(sheet: BenchSheet) -> int:
    return sheet.order.seq if sheet.order else -1


