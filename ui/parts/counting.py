"""Stock-take of parts: choose a place, key in what lies there, let the supervisor sign the differences."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QSplitter

from app.domain.part_counting import PartCountLine, PartStocktake, count_problems
from app.domain.people import Action, Role
from app.domain.signing import OwnSignature, Signature
from app.domain.slips import FormId
from app.domain.stock import PartGrade, StockPlace
from app.domain.stocktaking import StocktakeState
from app.i18n import N_, _, _n
from app.labels import label
from app.services import part_counting, slips, stock
from app.services.part_counting import Counting, PartSheet
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.disposition.list_pane import own_signs
from ui.form import ChoiceField, Form, MultilineField, NumberField, SegmentField, TextField
from ui.masterdata.words import allow, taken_back
from ui.models import Column, Table
from ui.naming import named
from ui.parts.pane import Pane
from ui.parts.words import place_choices
from ui.scanner import Scan, ScanKind
from ui.tones import Tone
from ui.widgets.flow import Flow

_TONE = {StocktakeState.OPEN: Tone.INFO, StocktakeState.FINISHED: Tone.OK, StocktakeState.ABANDONED: Tone.MUTE}

TAKES: tuple[Column[PartStocktake], ...] = (
    Column("number", N_("Stock-take"), text=lambda t: t.number, bold=True, tabular=True, width=150),
    Column("place", N_("Place"), text=lambda t: t.place_name or _("main store"), grow=True),
    Column("state", N_("State"), text=lambda t: label(t.state), chip=True, tone=lambda t: _TONE[t.state], width=100),
    Column("at", N_("Begun"), text=lambda t: moments.day(t.started_at).isoformat(), tabular=True, width=100),
    Column("supervisor", N_("Signed by"), text=lambda t: t.supervisor, width=90, hidden=True),
)


def _difference(line: PartCountLine) -> str:
    if line.counted is None:
        return ""
    return f"{line.difference:+d}" if line.difference else "✓"


LINES: tuple[Column[PartCountLine], ...] = (
    Column("part_no", N_("Part number"), text=lambda x: x.part.part_no, bold=True, tabular=True, width=140),
    Column("name", N_("Name"), text=lambda x: named(x.part.name_zh, x.part.name_en), grow=True),
    Column("grade", N_("State"), text=lambda x: label(x.grade), width=110),
    Column("booked", N_("On the books"), text=lambda x: f"{x.booked} {x.part.unit}".strip(), sort=lambda x: x.booked,
           align="right", width=80),
    Column("counted", N_("Counted"), text=lambda x: "" if x.counted is None else str(x.counted), align="right",
           sort=lambda x: -1 if x.counted is None else x.counted, bold=True, width=80),
    Column("difference", N_("Difference"), text=_difference, sort=lambda x: x.difference, align="right", width=90,
           tone=lambda x: None if x.counted is None else Tone.BAD if x.difference else Tone.OK),
    Column("reason", N_("Reason"), text=lambda x: x.reason, width=150),
)


class CountForm(Form):
    """What lies there of one part."""

    def __init__(self, line: PartCountLine | None, part_no: str = "") -> None:
        super().__init__(columns=2)
        self.part_no = self.add(TextField("part_no", N_("Part number"), required=True))
        self.grade = self.add(SegmentField(
            "grade", N_("State"), PartGrade, chosen=line.grade if line else PartGrade.NEW), span=2)
        self.pieces = self.add(NumberField("pieces", N_("Counted"), required=True, low=0, high=1_000_000))
        self.reason = self.add(TextField("reason", N_("Reason"), hint=N_("Only where the count differs.")))
        self.part_no.set_value(line.part.part_no if line else part_no)
        if line is not None:
            self.reason.set_value(line.reason)
            if line.counted is not None:
                self.pieces.set_value(Decimal(line.counted))
        self.judge(lambda: [] if self.pieces.is_empty() else count_problems(self.pieces.whole() or 0))


class CountingPane(Pane):
    """Stock-takes at the left, the lines of the one marked at the right."""

    sheet: PartSheet | None = None
    wanted = ""                       # the number to choose when the rows have come

    def build(self) -> None:
        """Make the widgets."""
        bar = Flow()
        bar.setSpacing(8)
        bar.addStretch(1)
        for button in (
            self.button("parts.end-count", self._abandon), self.button("parts.print-count", self._print),
            self.button("parts.count-one", self._count), self.button("parts.finish-count", self._finish),
            self.button("parts.begin-count", self._begin, "primary"),
        ):
            bar.addWidget(button)
        self.column.addLayout(bar)
        self.takes: Table[PartStocktake] = Table(
            TAKES, name="parts.takes", key=lambda t: t.id, title=N_("Stock-takes of parts"))
        self.takes.set_empty(
            "ph.clipboard-text", N_("No place is being counted"),
            N_("Begin a stock-take, print the sheet, count, and enter what lies there."))
        self.lines: Table[PartCountLine] = Table(
            LINES, name="parts.count", key=lambda x: x.key, title=N_("Count sheet"))
        self.lines.set_empty("ph.tray", N_("Nothing lies here"), N_("Scan a part that lies here all the same."))
        self.takes.selected.connect(lambda _line: self._chosen())
        self.lines.activated.connect(lambda _line: self._count())
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.takes)
        split.addWidget(self.lines)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 4)
        self.column.addWidget(split, 1)
        self.setFocusProxy(self.takes.view)
        self._permit()

    def reload(self) -> None:
        """Look at the record again."""
        self.run(part_counting.listed, self._show, quiet=True, replace="takes")

    def _show(self, takes: tuple[PartStocktake, ...]) -> None:
        self.takes.set_rows(takes)
        self.page.header.subtitle(_n("{n} stock-take", "{n} stock-takes", len(takes)).format(n=len(takes)))
        asked = next((take for take in takes if take.number == self.wanted), None)
        self.wanted = ""
        if asked is not None or (self.takes.current() is None and takes):
            self.takes.select_key((asked or takes[0]).id)
        self._chosen()

    def _chosen(self) -> None:
        take = self.takes.current()
        if take is None:
            self.sheet = None
            self.lines.set_rows(())
            self._permit()
        else:
            self.run(lambda depot: part_counting.sheet(depot, take.id), self._sheet, quiet=True, replace="sheet")

    def _sheet(self, sheet: PartSheet) -> None:
        self.sheet = sheet
        self.lines.set_rows(sheet.lines)
        self._permit()

    def _permit(self) -> None:
        may = self.desk.permits(Action.STOCK_TAKE)
        running = may and self.sheet is not None and self.sheet.stocktake.state is StocktakeState.OPEN
        allow(self, "parts", begin_count=may, count_one=running, finish_count=running, end_count=running,
              print_count=self.sheet is not None)

    def open_subject(self, subject: str) -> None:
        """The number of a stock-take."""
        self.wanted = subject
        self.reload()

    # -- doing -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.run(stock.places, self._ask_place)

    def _ask_place(self, places: tuple[StockPlace, ...]) -> None:
        form = Form()
        choices = place_choices(places)
        field = form.add(ChoiceField("place", N_("Place"), choices, required=True))
        field.set_value(choices[0][0])
        dialog = FormDialog(self.page, N_("Begin a stock-take"), form, accept=N_("Begin"))
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: part_counting.start(depot, str(field.value() or "")),
            lambda done: self._done(dialog, done, _("{number} is begun").format(number=done.stocktake.number))))
        dialog.open()

    def _count(self, part_no: str = "") -> None:
        sheet = self.sheet
        if sheet is None or sheet.stocktake.state is not StocktakeState.OPEN:
            return
        line = self.lines.current()
        if part_no:
            line = next((x for x in sheet.lines if x.part.part_no.casefold() == part_no.casefold()), None)
        form = CountForm(line, part_no)
        dialog = FormDialog(self.page, N_("What was counted"), form, accept=N_("Count"))
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: part_counting.count(
                depot, sheet.stocktake.id, form.part_no.value(), form.pieces.whole() or 0, _grade(form),
                form.reason.value()),
            lambda done: self._done(dialog, done, "")))
        dialog.open()
        if form.part_no.value():
            form.pieces.editor.setFocus()

    def _finish(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        form = Form()
        note = form.add(MultilineField(
            "note", N_("Reason of the differences"), lines=2, hint=N_("For lines that have no reason of their own.")))
        text = _n("{n} line counted, {d} differ", "{n} lines counted, {d} differ", sheet.counted).format(
            n=sheet.counted, d=sheet.differences)
        dialog = FormDialog(self.page, N_("Sign the count"), form, accept=N_("The supervisor signs…"), text=text)
        purpose = _("Book the differences of {number}: {text}").format(number=sheet.stocktake.number, text=text)

        def signed(signature: Signature) -> None:
            if isinstance(signature, OwnSignature):
                dialog.run(
                    lambda depot: part_counting.finish(depot, sheet.stocktake.id, signature, note.value()),
                    lambda done: self._done(dialog, done, _n(
                        "{number}: {n} difference booked", "{number}: {n} differences booked", done.booked).format(
                            number=done.stocktake.number, n=done.booked)))

        dialog.submitted.connect(
            lambda: self.page.frame.sign(dialog, own_signs(self.page, purpose, Role.SUPERVISOR), signed))
        dialog.open()

    def _abandon(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        form = Form()
        reason = form.add(TextField("reason", N_("Reason"), required=True))
        dialog = FormDialog(self.page, N_("End without a result"), form, accept=N_("End it"), danger=True)
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: part_counting.abandon(depot, sheet.stocktake.id, reason.value()),
            lambda done: self._done(dialog, done, _("{number} is ended").format(number=done.stocktake.number))))
        dialog.open()

    def _done(self, dialog: FormDialog, done: Counting, said: str) -> None:
        dialog.done_well()
        if said:
            undo = taken_back(done.entry_id) if done.stocktake.state is StocktakeState.OPEN and done.entry_id else None
            self.frame.toast(said, undo=undo)
        self.reload()

    # -- paper, scans ------------------------------------------------------------------------------------------

    def _print(self) -> None:
        job = self.print_job()
        if job is not None:
            self.frame.preview(job)

    def print_job(self) -> PrintJob | None:
        """The sheet of the stock-take in hand (F20P)."""
        if self.sheet is None:
            return None
        number = self.sheet.stocktake.number
        return PrintJob(
            title=f"{label(FormId.PART_COUNT_SHEET)} {number}", form=FormId.PART_COUNT_SHEET.value,
            make=lambda depot: slips.paper(depot, FormId.PART_COUNT_SHEET, number), file_name=number,
            record=lambda depot: slips.printed(depot, [number], form=FormId.PART_COUNT_SHEET),
        )

    def scanned(self, scan: Scan) -> bool:
        """A sheet's number chooses it; a drawer label asks how many lie there."""
        if scan.number is not None:
            take = next((t for t in self.takes.rows() if t.number == str(scan.number)), None)
            self.frame.chime(good=take is not None)
            return take is not None and self.takes.select_key(take.id)
        if scan.kind is not ScanKind.TEXT:
            return False
        self.frame.chime(good=True)
        self._count(scan.text)
        return True


def _grade(form: CountForm) -> PartGrade:
    found = form.grade.value()
    return found if isinstance(found, PartGrade) else PartGrade.NEW
