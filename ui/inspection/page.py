"""Inspection: the queue, the test sheet, and the stamp (art. 10.5, 10.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.inspection_runs import MarkMethod, QaRow, QaState
from app.domain.people import Action
from app.domain.signing import OwnSignature
from app.i18n import N_, _, _n
from app.labels import label
from app.services import inspection
from app.services.inspection import Failing, Passing, TestSheet
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.form import Form, MultilineField
from ui.inspection.ceremony import StampDialog
from ui.inspection.papers import mark_job
from ui.inspection.testsheet import STATE_TONE, Sheet
from ui.keys import press
from ui.models import Column, Table
from ui.naming import product
from ui.page import Page
from ui.quality.alarms import raise_alarm
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import EmptyState, case_due


def _columns(today: Callable[[], date]) -> tuple[Column[QaRow], ...]:
    return (
        Column("serial", N_("Serial number"), text=lambda r: r.serial, width=122, bold=True, tabular=True,
               tip=lambda r: product(r.model, r.product_zh, r.product_en)),
        Column("state", N_("State"), text=lambda r: label(r.state), tone=lambda r: STATE_TONE[r.state], chip=True,
               width=150),
        Column("due", N_("Due"), text=lambda r: case_due(r, today())[0], tone=lambda r: case_due(r, today())[1],
               sort=lambda r: r.due_on or date.max, width=92, grow=True, tip=lambda r: str(r.due_on or "")),
        Column("fails", N_("Failed in QA"), text=lambda r: str(r.fails or ""), sort=lambda r: r.fails, align="right",
               hidden=True),
        Column("product", N_("Product"), text=lambda r: product(r.model, r.product_zh, r.product_en), hidden=True),
        Column("customer", N_("Customer"), text=lambda r: r.customer, hidden=True),
        Column("technician", N_("Technician"), text=lambda r: r.technician_name, hidden=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, hidden=True),
    )


class InspectionPage(Page):
    """An inspector's day."""

    watches = Changes.INSPECTIONS | Changes.CASES | Changes.HANDOVERS | Changes.MASTERDATA

    def build(self) -> None:
        """Queue and sheet."""
        self.today: date = datetime.now(UTC).date()
        self.sheet: Sheet | None = None
        self._wanted = ""
        slots: dict[str, Callable[[], object]] = {
            "qa.pass": self._pass, "qa.fail": self._fail, "qa.on": self._on, "qa.again": self._again,
            "qa.alarm": self._alarm,
        }
        self.acts = {name: self.act(name, slot) for name, slot in slots.items()}
        self.queue: Table[QaRow] = Table(
            _columns(lambda: self.today), name="qa.queue", key=lambda r: r.case_id, title=N_("Inspection queue")
        )
        self.queue.set_empty(
            "ph.circle-wavy-check", N_("Nothing to inspect"),
            N_("Repaired units come by handover from the repair department."),
        )
        self.queue.selected.connect(lambda row: self.show_case(row.case_id) if row else None)
        self.queue.activated.connect(lambda _row: self.sheet.focus_next() if self.sheet else None)
        self.stack = QStackedWidget()
        self.stack.addWidget(EmptyState(
            "ph.barcode", N_("Scan the unit to be tested"), N_("Or choose it in the queue. Enter begins the test."),
        ))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.queue)
        splitter.addWidget(self.stack)
        splitter.setSizes([436, 564])
        splitter.setStretchFactor(1, 1)
        self.body.addWidget(splitter, 1)
        self.gate()

    def pressed(self, action_id: str, kind: str = "") -> QPushButton:
        """A button of the page's action ``action_id``, for the sheet."""
        return press(self.acts[action_id], kind)

    # -- what is shown -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Fetch the queue and the case that is shown."""
        self.run(inspection.today, self._dated, quiet=True, replace="today")
        self.queue.load(self.desk, lambda depot, after, limit, _order: inspection.queue(depot, after, limit))
        self.run(inspection.often_failed, self._alerted, quiet=True, replace="alerts")
        if self.sheet is not None:
            self.show_case(self.sheet.sheet.case.id)

    def retranslated(self) -> None:
        """Names and verdicts are made from data: the sheet is made again from its draft."""
        if self.sheet is not None:
            self.sheet.leave()
            self._drop_sheet()
        self.reload()
        if self._wanted:
            self.show_case(self._wanted)

    def _dated(self, day: date) -> None:
        self.today = day

    def _alerted(self, cases: tuple[inspection.OftenFailed, ...]) -> None:
        if cases:
            words = "、".join(_("{serial} ({n} times)").format(serial=c.serial, n=c.fails) for c in cases[:5])
            self.header.subtitle(_("Failed again and again: {serials}").format(serials=words))
        else:
            self.header.subtitle("")

    def show_case(self, case_id: str) -> None:
        """Show the test sheet of a case."""
        self._wanted = case_id
        self.queue.hold(case_id)
        self.run(
            lambda depot: inspection.sheet(depot, case_id), self._show_sheet, self._gone, quiet=True, replace="sheet"
        )

    def _gone(self, error: Exception) -> bool:
        """The unit has left QA: back to the queue."""
        if getattr(error, "code", "") != "inspection.not-in-qa":
            return False
        self._drop_sheet()
        self._wanted = ""
        self.queue.hold(None)
        self.gate()
        return True

    def _drop_sheet(self) -> None:
        if self.sheet is not None:
            self.forms.remove(self.sheet.form)
            self.stack.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None

    def _show_sheet(self, found: TestSheet) -> None:
        if found.case.id != self._wanted:
            return
        old = self.sheet
        if old is not None and _same(old.sheet, found):
            return
        had_focus = old is not None and old.isAncestorOf(self.window().focusWidget() or self.queue)
        if old is not None:
            old.leave()
        self._drop_sheet()
        self.sheet = Sheet(self, found)
        self.watch_form(self.sheet.form)
        self.stack.addWidget(self.sheet)
        self.stack.setCurrentWidget(self.sheet)
        if had_focus:
            self.sheet.focus_next()
        self.gate()

    def gate(self) -> None:
        """Open what can be done with the case that is shown."""
        shown = self.sheet
        state = shown.sheet.row.state if shown else None
        offered = shown is not None and bool(shown.sheet.row.offered_in)
        fillable = shown is not None and shown.can_fill()
        good = shown is not None and fillable and not shown.open_problems()
        self.acts["qa.pass"].setEnabled(good)
        self.acts["qa.fail"].setEnabled(fillable)
        self.acts["qa.on"].setEnabled(state in {QaState.FAILED, QaState.PASSED} and not offered)
        self.acts["qa.again"].setEnabled(state is QaState.PASSED)
        self.acts["qa.alarm"].setEnabled(shown is not None and self.desk.permits(Action.RAISE_ALARM))
        self.acts["qa.pass"].setVisible(state is QaState.WAITING)
        self.acts["qa.fail"].setVisible(state is QaState.WAITING)
        self.acts["qa.on"].setVisible(state in {QaState.FAILED, QaState.PASSED})
        self.acts["qa.again"].setVisible(state is QaState.PASSED)

    def _alarm(self) -> None:
        """An alarm about the unit that is tested."""
        if self.sheet is not None:
            found = self.sheet.sheet
            raise_alarm(self, found.case.id, found.row.serial, found.case.symptom)

    # -- scans -------------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A unit in QA, or a verdict from the command card."""
        if scan.kind is ScanKind.COMMAND:
            return self._commanded(scan)
        code = scan.serial or scan.text
        self.run(lambda depot: inspection.case_by_code(depot, code), lambda case_id: self._found(case_id, code))
        return True

    def _commanded(self, scan: Scan) -> bool:
        if scan.verb != "VERDICT" or self.sheet is None:
            return False
        wanted = {"PASS": "qa.pass", "FAIL": "qa.fail"}.get(scan.value, "")
        done = bool(wanted) and self.acts[wanted].isEnabled()
        self.frame.chime(good=done)
        if done:
            self.acts[wanted].trigger()
        return True

    def _found(self, case_id: str | None, code: str) -> None:
        self.frame.chime(good=case_id is not None)
        if case_id is None:
            self.frame.toast(_("{code} is not in QA. Is its handover signed?").format(code=code), Tone.WARN)
            return
        if not self.queue.select_key(case_id):
            self.show_case(case_id)
        self.queue.setFocus()

    def open_subject(self, subject: object) -> None:
        """A case by its id."""
        self.show_case(str(subject))

    # -- verdicts ----------------------------------------------------------------------------------------------

    def verdict_due(self) -> None:
        """The last value was entered: the verdict that follows is one key away."""
        if self.acts["qa.pass"].isEnabled():
            self._pass()
        elif self.sheet is not None:
            self.sheet.focus_next()

    def _fail(self) -> None:
        shown = self.sheet
        if shown is None:
            return
        form = Form()
        reason = form.add(MultilineField("reason", N_("Why it fails"), required=True, lines=3))
        dialog = FormDialog(
            self, N_("Fail"), form, accept=N_("Fail"), danger=True, draft="inspection.fail",
            subject=shown.sheet.case.id,
            text=_("The run is kept. The unit goes back to repair with its traveller; the return counters stay."),
        )

        def submit() -> None:
            failing = Failing(
                shown.sheet.case.id, shown.readings(), reason.value(), shown.soak_minutes(), shown.started_at
            )
            dialog.run(lambda depot: inspection.fail(depot, failing), failed)

        def failed(done: inspection.Failed) -> None:
            dialog.done_well()
            shown.forget()
            words = _("Run {n} failed").format(n=done.run_no)
            if done.alert:
                words = _n("{words}. Failed {n} time: the supervisor is told.",
                           "{words}. Failed {n} times: the supervisor is told.", done.fails).format(
                    words=words, n=done.fails)
            self.frame.toast(words, Tone.WARN, action=(_("Hand over"), self._on))

        dialog.submitted.connect(submit)
        dialog.open()

    def _pass(self) -> None:
        shown = self.sheet
        if shown is None or not self.acts["qa.pass"].isEnabled():
            return

        def passing(signature: OwnSignature, how: MarkMethod, _reason: str) -> Callable[[Depot], inspection.Marked]:
            request = Passing(
                shown.sheet.case.id, shown.readings(), signature, how, shown.soak_minutes(), shown.started_at
            )
            return lambda depot: inspection.pass_and_mark(depot, request)

        dialog = StampDialog(self, shown.sheet, N_("Pass and mark"), passing)
        dialog.marked = lambda _done: shown.forget()
        dialog.open()

    def _again(self) -> None:
        shown = self.sheet
        if shown is None:
            return
        case_id = shown.sheet.case.id

        def again(signature: OwnSignature, how: MarkMethod, reason: str) -> Callable[[Depot], inspection.Marked]:
            return lambda depot: inspection.mark_again(depot, case_id, reason, signature, how)

        StampDialog(self, shown.sheet, N_("Replace the mark"), again, why=True).open()

    def _on(self) -> None:
        if self.sheet is not None:
            self.frame.open("handover", self.sheet.sheet.case.id)

    def show_mark(self, number: str) -> None:
        """The mark's label, to be looked at and printed."""
        self.frame.preview(mark_job(number))

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the mark of the unit that is shown."""
        marks = self.sheet.sheet.marks if self.sheet else ()
        return mark_job(marks[-1].number) if marks else None


def _same(one: TestSheet, other: TestSheet) -> bool:
    """Whether the sheet would look the same: then what is being typed is left alone."""
    return (one.case.id, one.row, one.run_no, one.template_version, len(one.marks), one.today) == (
        other.case.id, other.row, other.run_no, other.template_version, len(other.marks), other.today
    )
