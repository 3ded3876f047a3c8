"""Receiving: one screen for one unit and for a crate of forty. Scan, scan, scan; then sign once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget

from app.changes import Changes
from app.domain.numbering import DocumentType, parse_number
from app.domain.receiving import IntakeView
from app.domain.register import AwaitedCase
from app.domain.visits import SerialNews
from app.errors import Refused
from app.i18n import N_, _, _n
from app.services import codes, disposition, receiving, reporting, transfer_arrivals, undoing, visits
from ui.form import Draft
from ui.page import Page
from ui.receiving.awaited import Awaited, ReportDialog, cancel_dialog
from ui.receiving.counter import HEAD_FIELDS, Counter
from ui.receiving.intake_form import today_of
from ui.receiving.papers import labels_job, receipt_job, travellers_job
from ui.receiving.pasting import paste
from ui.receiving.photo_folder import PhotoFolder
from ui.receiving.signing import Ceremony, Done, Filled
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.depot import Depot
    from app.services.codes import CodeView
    from ui.dialogs.preview import PrintJob

DRAFT = "receiving.crate"
_MODES = (("counter", N_("Over the counter")), ("late", N_("Found at repair")), ("awaited", N_("Reported")))


def _is_handover(text: str) -> bool:
    number = parse_number(text)
    return number is not None and number.type is DocumentType.HANDOVER


class ReceivingPage(Page):
    """The counter, the units found at repair, and the reported ones that are awaited."""

    watches = Changes.CASES | Changes.MASTERDATA

    def build(self) -> None:
        self._last: Done | None = None
        self._awaited_count = 0
        self.counter = Counter(self.desk, self.frame.show_unit)
        self.watch_form(self.counter.form)
        self.watch_form(self.counter.head)
        self.awaited = Awaited(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.counter)
        self.stack.addWidget(self.awaited)
        self.mode = Segmented(_MODES, N_("What comes in"))
        self.mode.chosen.connect(lambda _mode: self._show_mode())
        self.header.add(self.mode)
        self._make_buttons()
        self.body.addWidget(self.stack, 1)
        self.counter.wanted.connect(self._look_up)
        self.counter.shown.connect(self._say_state)
        self.awaited.chosen.connect(self._arrived)
        self.awaited.counted.connect(self._counted)
        self.photos = PhotoFolder(self)
        self.photos.arrived.connect(self._photos_came)
        self._draft = Draft(self.desk, self.counter, DRAFT)
        self._draft.restored.connect(
            lambda: self.frame.toast(_("The crate you had begun is back."), Tone.INFO))
        self._show_mode()

    def _make_buttons(self) -> None:
        self.buttons = {
            "report": self.button("receiving.report", lambda: ReportDialog(self).open()),
            "cancel": self.button("receiving.cancel-report", self._cancel_report),
            "arrived": self.button("receiving.arrived", self._arrived_current, kind="primary"),
            "paste": self.button("receiving.paste", lambda: paste(self, self.counter)),
            "add": self.button("receiving.add", self._add),
            "sign": self.button("receiving.sign", self.sign, kind="primary"),
        }
        self.buttons["copy"] = self.button("receiving.copy-down", self._copy_down)
        self.buttons["next"] = self.button("receiving.next-open", self._next_open)
        for name, button in self.buttons.items():
            if name in {"add", "paste", "copy", "next"}:
                self.counter.foot.addWidget(button)
            else:
                self.header.add(button)
        self.counter.foot.addStretch(1)
        self.act("receiving.remove", self._remove)
        self.act("receiving.refuse", lambda: self.counter.form.focus("refusal"))
        self.act("receiving.labels", lambda: self._print(labels_job))
        self.act("receiving.travellers", lambda: self._print(travellers_job))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Whoever comes to the page may type at once: the customer first; scans go to the crate from anywhere."""
        super().showEvent(event)
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            self.counter.head.focus_first()

    # -- looking again -----------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The depot's day, the symptom codes, the awaited cases."""
        self.photos.watch()
        self.awaited.reload()

        def facts(depot: Depot) -> tuple[date, tuple[CodeView, ...]]:
            from app.domain.masterdata import CodeKind

            return today_of(depot), codes.codes(depot, CodeKind.SYMPTOM, active_only=True)

        self.run(facts, self._facts, quiet=True, replace="facts")

    def _facts(self, facts: tuple[date, tuple[CodeView, ...]]) -> None:
        from app.i18n import language

        self.counter.today, found = facts
        chinese = language().startswith("zh")
        self.counter.form.offer_codes([
            (view.code.code, f"{view.code.code}  {view.code.name_zh if chinese else view.code.name_en}")
            for view in found
        ])
        self.counter.judge_all()

    def retranslated(self) -> None:
        """States and sentences in the other language."""
        self.reload()
        self.counter.judge_all()
        self._say_state()

    def open_subject(self, subject: object) -> None:
        """A scan from elsewhere in the window, or the number of a reported case."""
        self.mode.set_value("counter")
        self._show_mode()
        if isinstance(subject, Scan):
            self.scanned(subject)
        elif isinstance(subject, str) and subject:
            if _is_handover(subject):
                self._handed_on(subject)
            else:
                self._reported(subject)

    # -- scanning ----------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A serial adds a line; the number of a reported case brings its report."""
        if scan.kind is ScanKind.COMMAND:
            return False
        if self.mode.value() == "awaited":
            row = self.awaited.report(scan.serial or scan.text)
            if row is not None:
                self._arrived(row)
                return True
            self.mode.set_value("counter")
            self._show_mode()
        if scan.number is not None:
            if scan.number.type is not DocumentType.RETURN_CASE:
                return False
            self._reported(str(scan.number))
            return True
        serial = scan.serial or scan.text
        if self.mode.value() == "late" and self.counter.crate.lines and not self.counter.crate.with_serial(serial):
            self.frame.chime(good=False)
            self.frame.toast(_("Units found at repair are booked one at a time. Sign for this one first."), Tone.WARN)
            return True
        line, new = self.counter.scan(serial, scan.lot)
        if not new:
            self.frame.chime(good=not line.blocked)
        return True

    def _look_up(self, key: int) -> None:
        line = self.counter.crate.line(key)
        if line is None:
            return
        intake = line.intake

        def look(depot: Depot) -> SerialNews:
            return visits.look(
                depot, intake.serial, symptom=intake.symptom, symptom_code=intake.symptom_code
            )

        first = line.news is None
        self.run(look, lambda news: self._looked_up(key, news, first=first), quiet=True)

    def _looked_up(self, key: int, news: SerialNews, *, first: bool) -> None:
        line = self.counter.learn(key, news)
        if line is not None and first:
            self.frame.chime(good=not line.blocked)

    def _reported(self, number: str) -> None:
        def find(depot: Depot) -> tuple[str, IntakeView | None]:
            return reporting.by_number(depot, number)

        self.run(find, lambda found: self._found_report(number, *found), replace="report")

    def _handed_on(self, number: str) -> None:
        """The slip of another depot was read: its unit, as far as the night has told of it."""
        def fill(view: IntakeView) -> None:
            self.frame.chime(good=True)
            line = self.counter.add_reported(view)
            if not line.intake.serial:
                self.counter.form.focus("serial")

        self.run(lambda depot: transfer_arrivals.intake_of(depot, number), fill, replace="report")

    def _found_report(self, number: str, unit_id: str, view: IntakeView | None) -> None:
        self.frame.chime(good=view is not None)
        if view is not None:
            self.counter.add_reported(view)
        elif unit_id:
            self.frame.show_unit(unit_id)
        else:
            self.frame.toast(_("{number} is not on record here.").format(number=number), Tone.WARN)

    def _photos_came(self, paths: list[object]) -> None:
        from pathlib import Path

        files = cast("list[Path]", paths)
        if not self.counter.take_photos(files):
            return
        n = len(files)
        self.frame.toast(_n("{n} photo taken to the unit", "{n} photos taken to the unit", n).format(n=n), Tone.INFO)

    # -- the lines ---------------------------------------------------------------------------------------------

    def _add(self) -> None:
        self.mode.set_value("counter" if self.mode.value() == "awaited" else self.mode.value())
        self._show_mode()
        self.counter.add_blank()

    def _remove(self) -> None:
        line = self.counter.remove()
        if line is not None:
            self.frame.toast(
                _("{serial} taken out of the crate").format(serial=line.intake.serial or _("Line")), Tone.INFO,
                action=(_("Put back"), lambda: self.counter.put_back(line)),
            )

    def _copy_down(self) -> None:
        n = self.counter.copy_down()
        self.frame.toast(_n("Copied to {n} line", "Copied to {n} lines", n).format(n=n), Tone.INFO)

    def _next_open(self) -> None:
        """Go to the next line that cannot be signed for, and to what is open in it."""
        line = self.counter.crate.next_open(self.counter.current)
        if line is None:
            self.frame.toast(_("Nothing is open: the crate can be signed for."), Tone.OK)
            return
        self.counter.select(line)
        if line.problems:
            self.counter.form.focus(line.problems[0].field)

    # -- signing -----------------------------------------------------------------------------------------------

    def sign(self) -> None:
        """Sign for the crate, if nothing is open; else go to what is."""
        counter, crate = self.counter, self.counter.crate
        counter.judge_all()
        if not crate.lines:
            self.frame.toast(_("Nothing was scanned yet."), Tone.WARN)
            return
        if not counter.head.is_good():
            counter.head.submit()      # shows what is missing
            return
        waiting = crate.open()
        if waiting:
            n = len(waiting)
            self.frame.toast(
                _n("{n} line is not complete", "{n} lines are not complete", n).format(n=n), Tone.WARN)
            self._next_open()
            counter.form.submit()
            return
        late = self.mode.value() == "late"
        note = counter.head.note.value()
        if late and not note:
            counter.head.show_refusal(Refused("receiving.breach-story", field="note"))
            return
        filled = Filled(
            tuple(counter.intake_of(line) for line in crate.lines),
            {at: line.refused for at, line in enumerate(crate.lines) if line.refused is not None},
            tuple(line.photos for line in crate.lines), counter.head.announced.whole(), note,
            counter.head.giver(), counter.head.contact.value(), DRAFT,
        )
        Ceremony(self, self.frame, filled, self._signed).begin(late=late)

    def show_refusal(self, refusal: Refused) -> bool:
        """At the line it is about; what is said of customer and waybill stands in the head of the crate."""
        number, serial = refusal.facts.get("line"), refusal.facts.get("serial")
        crate = self.counter.crate
        line = crate.with_serial(serial) if isinstance(serial, str) else None
        if isinstance(number, int) and 0 < number <= len(crate.lines):
            line = crate.lines[number - 1]
        if line is not None:
            self.counter.select(line)
        if refusal.field in HEAD_FIELDS and self.counter.head.show_refusal(refusal):
            return True
        return super().show_refusal(refusal)

    def _signed(self, done: Done) -> None:
        self._last = done
        self._draft.drop()
        self.counter.clear()
        self._draft.drop()
        n = len(done.case_numbers)
        received = done.received
        if isinstance(received, receiving.ReceivedLate):
            self.frame.toast(
                _("{number} is booked at the repair department; the breach is logged").format(
                    number=received.unit.case_number), Tone.WARN,
                action=(_("Print receipt"), lambda: self._print(receipt_job)))
            return
        text = _n("{n} unit received, handover {number}", "{n} units received, handover {number}", n)
        ids = received.entry_ids
        self.frame.toast(
            text.format(n=n, number=received.number),
            undo=(lambda depot: undoing.undo(depot, *ids)) if ids else None,
            action=(_("Print receipt"), lambda: self._print(receipt_job)),
        )
        taken = [unit.case_id for unit in received.units if not unit.refused]
        if taken:
            self.run(lambda depot: disposition.offered(depot, taken), self._used_up, quiet=True)

    def _used_up(self, sheets: Sequence[disposition.Sheet]) -> None:
        """A serial without return visits left: its ruling is offered now."""
        if sheets:
            from ui.receiving.used_up import UsedUpDialog

            UsedUpDialog(self, sheets).open()

    # -- papers ------------------------------------------------------------------------------------------------

    def _print(self, job: Callable[[Done], PrintJob]) -> None:
        """Preview a paper of the last crate."""
        if self._last is not None and self._last.case_numbers:
            self.frame.preview(job(self._last))
        else:
            self.frame.toast(_("Papers are printed after the crate was signed for."), Tone.INFO)

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: the receipt of the last crate."""
        return receipt_job(self._last) if self._last is not None and self._last.receipt_number else None

    # -- reported units ----------------------------------------------------------------------------------------

    def _arrived_current(self) -> None:
        row = self.awaited.current()
        if row is not None:
            self._arrived(row)

    def _arrived(self, row: AwaitedCase) -> None:
        self.mode.set_value("counter")
        self._show_mode()
        self._reported(row.number)

    def _cancel_report(self) -> None:
        row = self.awaited.current()
        if row is not None:
            cancel_dialog(self, row)

    def _counted(self, n: int) -> None:
        self._awaited_count = n
        words = [_(text) for _value, text in _MODES]
        words[-1] = _("Reported ({n})").format(n=n) if n else words[-1]
        self.mode.set_texts(words)
        self._say_state()

    # -- what is shown -----------------------------------------------------------------------------------------

    def _show_mode(self) -> None:
        mode = self.mode.value()
        self.stack.setCurrentWidget(self.awaited if mode == "awaited" else self.counter)
        for name in ("report", "cancel", "arrived"):
            self.buttons[name].setVisible(mode == "awaited")
        self.buttons["sign"].setVisible(mode != "awaited")
        self.counter.head.announced.setVisible(mode == "counter")
        self._say_state()

    def _say_state(self) -> None:
        if not hasattr(self, "buttons"):
            return
        if self.mode.value() == "awaited":
            n = self._awaited_count
            self.header.subtitle(_n("{n} unit awaited", "{n} units awaited", n).format(n=n))
            return
        n = len(self.counter.crate.lines)
        self.header.subtitle(self.counter.crate.summary())
        self.buttons["sign"].setEnabled(bool(n))
        self.buttons["copy"].setEnabled(n > 1)
        self.buttons["next"].setEnabled(bool(n))
