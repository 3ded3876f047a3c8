"""Print centre: every paper ever issued, found by number or serial, printed again; and papers of no one unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from app.changes import Changes
from app.depot import Depot
from app.domain.numbering import parse_number
from app.domain.slips import FormId
from app.i18n import N_, _
from app.labels import label
from app.services import slips
from app.services.slips import PaperRow
from ui import moments
from ui.dialogs.preview import PrintJob
from ui.models import Column, Table
from ui.page import Page
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets.flow import Flow
from ui.words import bind

COLUMNS: tuple[Column[PaperRow], ...] = (
    Column("number", N_("Number"), text=lambda r: r.number, width=170, bold=True, tabular=True),
    Column("form", N_("Paper"), text=lambda r: f"{r.form}  {label(FormId(r.form))}", width=260, grow=True),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, tabular=True),
    Column("issued", N_("Made out"), text=lambda r: moments.minute(r.issued_at), width=140, tabular=True,
           sort=lambda r: r.issued_at, order="issued"),
    Column("by", N_("By"), text=lambda r: r.issued_by, width=110),
    Column("prints", N_("Prints"), text=lambda r: str(r.prints) if r.prints else "", width=80, align="right"),
    Column("state", N_("State"), text=lambda r: _("void") if r.voided else "", tone=lambda _r: Tone.BAD, chip=True,
           width=90),
)


class PrintCentrePage(Page):
    """The list of papers with a filter; Enter or Ctrl+P opens the preview."""

    watches = Changes.DOCUMENTS

    def build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.text = QLineEdit()
        bind(self.text.setPlaceholderText, N_("Number or serial"))
        bind(self.text.setAccessibleName, N_("Number or serial"))
        self.text.setClearButtonEnabled(True)
        self.text.returnPressed.connect(self.reload)
        self.form = QComboBox()
        bind(self.form.setAccessibleName, N_("Paper"))
        self._fill_forms()
        self.form.currentIndexChanged.connect(lambda _n: self.reload())
        row.addWidget(self.text, 1)
        row.addWidget(self.form)
        self.body.addLayout(row)
        self.table: Table[PaperRow] = Table(COLUMNS, name="papers", key=lambda r: r.id)
        self.table.set_empty(
            "ph.printer", N_("No paper yet"), N_("Papers appear here as soon as the first unit is received.")
        )
        self.table.activated.connect(self._preview)
        self.body.addWidget(self.table, 1)
        self.act("printing.label", self._label)
        self.act("printing.command-card", self._command_card)
        self.act("printing.calibration", self._calibration)
        foot = Flow()
        foot.addWidget(self.button("printing.command-card", self._command_card))
        foot.addWidget(self.button("printing.calibration", self._calibration))
        foot.addStretch(1)
        foot.addWidget(self.button("printing.label", self._label))
        foot.addWidget(self.button("printing.preview", self._preview_current, kind="primary"))
        self.body.addLayout(foot)

    def retranslated(self) -> None:
        """The names of the forms speak the new language."""
        self._fill_forms()
        self.reload()

    def _fill_forms(self) -> None:
        chosen = self.form.currentData()
        self.form.blockSignals(True)
        self.form.clear()
        self.form.addItem(_("All papers"), None)
        for form in slips.NUMBERED:
            self.form.addItem(f"{form.value}  {label(form)}", form)
        self.form.setCurrentIndex(max(0, self.form.findData(chosen)))
        self.form.blockSignals(False)

    def reload(self) -> None:
        """Ask for the papers that fit the filter."""
        form, text = self.form.currentData(), self.text.text()

        def fetch(
            depot: Depot, after: PaperRow | None, limit: int, _order: tuple[str, bool]
        ) -> Sequence[PaperRow]:
            return slips.listed(depot, form=form, text=text, limit=limit, last=after)

        self.table.load(self.desk, fetch)

    def scanned(self, scan: Scan) -> bool:
        """A scanned number is looked for here, and shown."""
        if scan.number is None:
            return False
        self.text.setText(str(scan.number))
        self.form.setCurrentIndex(0)
        self.reload()
        self.frame.chime(good=True)
        return True

    def open_subject(self, subject: object) -> None:
        """Show the paper with the number ``subject``."""
        if parse_number(str(subject)) is not None:
            self.text.setText(str(subject))
            self.reload()

    def _preview_current(self) -> None:
        row = self.table.current()
        if row is None:
            self.frame.toast(_("Choose a paper."), Tone.WARN)
        else:
            self._preview(row)

    def _preview(self, row: PaperRow) -> None:
        self._show(row.number, FormId(row.form))

    def _label(self) -> None:
        row = self.table.current()
        if row is None:
            self.frame.toast(_("Choose a paper."), Tone.WARN)
        else:
            self._show(row.number, FormId.UNIT_LABEL)

    def _show(self, number: str, form: FormId) -> None:
        self.frame.preview(
            PrintJob(
                title=f"{label(form)} {number}", form=form.value, make=lambda depot: slips.paper(depot, form, number),
                file_name=number, record=lambda depot: slips.printed(depot, [number], form=form),
            )
        )

    def _command_card(self) -> None:
        self.frame.preview(
            PrintJob(title=label(FormId.COMMAND_CARD), form="F25", make=slips.command_card, file_name="F25")
        )

    def _calibration(self) -> None:
        self.frame.preview(
            PrintJob(
                title=label(FormId.LABEL_CALIBRATION), form="CAL",
                make=lambda depot: slips.calibration(depot, slips.DEFAULT_MEDIUM), file_name="calibration",
            )
        )
