"""To rule: the cases that wait at the left, and at the right why the rules say what they say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout

from app.domain.codes import RepairResult
from app.domain.signing import OwnSignature, Signature
from app.errors import Refused
from app.i18n import N_, _, _n
from app.labels import label, several
from app.services import disposition, undoing
from app.services.disposition import Listed, Ruled, Sheet
from ui.disposition.forms import OverrideDialog, SettleDialog, TalkDialog, supervisor_signs
from ui.disposition.pane import Pane
from ui.disposition.sheet import RulingSheet
from ui.models import Column, Table
from ui.repair.worth import open_calculator
from ui.scanner import Scan
from ui.tones import Tone
from ui.widgets.flow import Flow


def _why(one: Listed) -> str:
    if one.offered:
        return _("limit used up, at intake")
    if one.changed:
        return _("facts changed")
    return label(RepairResult(one.row.result)) if one.row.result else ""


COLUMNS: tuple[Column[Listed], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r.row.serial, width=126, bold=True, tabular=True),
    Column("why", N_("Why it waits"), text=_why, width=134, chip=True,
           tone=lambda r: Tone.WARN if r.changed or r.offered else Tone.BAD),
    Column("model", N_("Model"), text=lambda r: r.row.model, width=110, hidden=True),
    Column("customer", N_("Customer"), text=lambda r: r.row.customer, width=90, grow=True),
    Column("place", N_("Place"), text=lambda r: label(r.row.place), width=130, hidden=True),
    Column("due", N_("Due"), text=lambda r: r.row.due_on.isoformat() if r.row.due_on else "", width=100, tabular=True,
           hidden=True),
    Column("case", N_("Case"), text=lambda r: r.row.case_number, width=140, tabular=True, hidden=True),
)


class RulingPane(Pane):
    """List and ruling sheet; one primary action."""

    def build(self) -> None:
        """Make the widgets."""
        self.case_id = ""
        self.shown: Sheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.table: Table[Listed] = Table(
            COLUMNS, name="dispositions", key=lambda one: one.row.case_id, title=N_("Awaiting ruling")
        )
        self.table.set_empty(
            "ph.scales", N_("No case is awaiting a ruling"),
            N_("The bench refers what cannot simply go back; a serial that used up its return visits is offered here "
               "as soon as it comes in."),
        )
        self.table.selected.connect(self._selected)
        self.table.activated.connect(lambda one: self.frame.show_unit(one.row.unit_id))
        self.sheet = RulingSheet()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.sheet)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([460, 640])
        column.addWidget(splitter, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = Flow()
        foot.addStretch(1)
        self.take_back = self.button("dispositions.take-back", self._take_back)
        self.worth = self.button("dispositions.worth", self._worth)
        self.talk = self.button("dispositions.talk", self._talk)
        self.settle = self.button("dispositions.settle", self._settle)
        self.override = self.button("dispositions.override", self._override)
        self.confirm = self.button("dispositions.confirm", self._confirm, kind="primary")
        for button in (self.take_back, self.worth, self.talk, self.settle, self.override, self.confirm):
            foot.addWidget(button)
            button.setEnabled(False)
        self.take_back.hide()
        self.settle.hide()
        return foot

    # -- what is shown -----------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The keys of the pane work from its list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Fetch the list, and the sheet that is seen."""
        self.run(disposition.waiting, self._filled, replace="dispositions")
        if self.case_id:
            self.show_case(self.case_id)

    def _filled(self, found: Sequence[Listed]) -> None:
        self.page.header.subtitle(_n("{n} case waiting", "{n} cases waiting", len(found)).format(n=len(found)))
        self.table.set_rows(found)
        if not found and not self.case_id:
            self._show(None)
        elif found and not self.case_id:
            self.table.select_key(found[0].row.case_id)

    def _selected(self, one: Listed | None) -> None:
        if one is not None and one.row.case_id != self.case_id:
            self.show_case(one.row.case_id)

    def show_case(self, case_id: str) -> None:
        """Show the sheet of ``case_id``, whether it waits or not."""
        self.case_id = case_id
        self.run(lambda depot: disposition.sheet(depot, case_id), self._show, quiet=True, replace="disposition-sheet")

    def _show(self, sheet: Sheet | None) -> None:
        self.shown = sheet
        self.sheet.show_sheet(sheet)
        ruled = sheet is not None and sheet.current is not None and not sheet.changed
        open_ = sheet is not None and not isinstance(sheet.ruling, Refused) and not ruled
        number = 0 if sheet is None or isinstance(sheet.ruling, Refused) else sheet.ruling.number
        self.confirm.setEnabled(open_ and number != 0)
        self.override.setEnabled(open_)
        self.settle.setEnabled(open_ and number == 0)
        self.talk.setEnabled(sheet is not None)
        self.worth.setEnabled(sheet is not None and sheet.order is not None)
        self.take_back.setVisible(ruled)
        self.settle.setVisible(open_ and number == 0)
        self.take_back.setEnabled(ruled)
        self.page.follow(sheet.unit.id if sheet else "")

    def scanned(self, scan: Scan) -> bool:
        """A serial or case number selects its case."""
        for one in self.table.rows():
            if {scan.serial, scan.text} & {one.row.serial, one.row.case_number, one.row.number} - {""}:
                self.table.select_key(one.row.case_id)
                self.show_case(one.row.case_id)
                self.frame.chime(good=True)
                return True
        return False

    def open_subject(self, subject: object) -> bool:
        """A case id, a serial or a case number."""
        text = str(subject)
        if self.table.select_key(text):
            self.show_case(text)
            return True
        def found(case_id: str | None) -> None:
            if case_id:
                self.show_case(case_id)
        self.run(lambda depot: disposition.case_by_code(depot, text) or text, found, quiet=True)
        return True

    # -- what can be done --------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        sheet = self.shown
        if sheet is None or isinstance(sheet.ruling, Refused):
            return
        purpose = _("Rule on {number}: {outcomes}").format(
            number=sheet.case.number, outcomes=several(sheet.ruling.outcomes))
        case_id = sheet.case.id

        def signed(signature: Signature) -> None:
            if isinstance(signature, OwnSignature):
                self.run(lambda depot: disposition.confirm(depot, case_id, signature), self.ruled)

        self.frame.sign(self.page, supervisor_signs(self.page, purpose), signed)

    def _override(self) -> None:
        if self.shown is not None:
            OverrideDialog(self.page, self.shown, then=self.ruled).open()

    def _settle(self) -> None:
        if self.shown is not None:
            SettleDialog(self.page, self.shown).open()

    def _worth(self) -> None:
        if self.shown is not None:
            open_calculator(self.page, self.shown.case.id)

    def _talk(self) -> None:
        if self.shown is not None:
            TalkDialog(self.page, self.shown).open()

    def ruled(self, done: Ruled) -> None:
        """A ruling went on record."""
        self.frame.toast(
            _("{number}: {outcomes}").format(number=done.number, outcomes=several(done.outcomes)),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )

    def _take_back(self) -> None:
        sheet = self.shown
        if sheet is None or sheet.current is None:
            return
        disposition_id = sheet.current.id
        self.run(
            lambda depot: disposition.take_back(depot, disposition_id),
            lambda _done: self.frame.toast(_("The ruling was taken back.")),
        )
