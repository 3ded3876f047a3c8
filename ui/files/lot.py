"""Everything of a lot: each unit with what became of it; saved as a spreadsheet with Ctrl+E."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.codes import RepairResult
from app.domain.files import LotRow
from app.domain.rulings import Outcome
from app.i18n import N_, _, _n
from app.labels import label
from app.services import files
from ui import naming
from ui.background import Desk
from ui.dialogs.dialog import Dialog
from ui.models import Column, Table
from ui.page import Frame
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.tones import Tone
from ui.widgets import muted


def _came_of(row: LotRow) -> str:
    words = []
    if row.result in set(RepairResult):
        words.append(label(RepairResult(row.result)))
    if row.outcome in set(Outcome):
        words.append(label(Outcome(row.outcome)))
    return _(" · ").join(words)


COLUMNS: tuple[Column[LotRow], ...] = (
    Column("serial", N_("Serial number"), text=lambda r: r.serial, tabular=True, bold=True, width=124),
    Column("product", N_("Model"), text=lambda r: r.model, width=100,
           tip=lambda r: naming.product(r.model, r.name_zh, r.name_en)),
    Column("lot", N_("Lot"), text=lambda r: r.lot, tabular=True, width=76, hidden=True),
    Column("part", N_("Key part of the lot"), text=lambda r: r.part, width=130),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=150, grow=True),
    Column("place", N_("Place"), text=lambda r: label(r.place), tone=lambda r: PLACE_TONE.get(r.place, Tone.MUTE),
           chip=True, width=130),
    Column("visits", N_("Visits"), text=lambda r: str(r.visits), sort=lambda r: r.visits, align="right", width=64,
           bold=lambda r: r.visits > 1),
    Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, width=132),
    Column("symptom", N_("Symptom"), text=lambda r: r.symptom, width=150),
    Column("fault", N_("Fault found"), text=lambda r: r.fault, width=120),
    Column("result", N_("What came of it"), text=_came_of, width=130),
    Column("stage", N_("Stage"), text=lambda r: label(r.stage) if r.stage else "", chip=True, width=120,
           tone=lambda r: STAGE_TONE[r.stage] if r.stage else Tone.MUTE),
)


class LotDialog(Dialog):
    """The units of one lot."""

    def __init__(self, parent: QWidget, desk: Desk, frame: Frame, lot: str) -> None:
        super().__init__(parent, N_("Everything of the lot"), desk=desk, width=1240)
        self._lot = lot
        self.figures = muted(wrap=True)
        self.table: Table[LotRow] = Table(COLUMNS, name="lot", key=lambda r: r.unit_id, title=N_("Units of the lot"))
        self.table.set_empty(
            "ph.stack", N_("Nothing of this lot"),
            N_("A unit belongs to a lot by its own lot, or by a key part in its file."))
        self.table.setMinimumHeight(340)
        self.table.selected.connect(lambda row: frame.show_unit(row.unit_id) if row else None)
        self.body.addWidget(self.figures)
        self.body.addWidget(self.table, 1)
        self.add_button(N_("Save as spreadsheet…"), lambda: frame.export(self.table))
        self.add_button(N_("Close"), self.reject, "primary")
        self.run(lambda depot: files.same_lot(depot, lot), self._came)

    def _came(self, rows: tuple[LotRow, ...]) -> None:
        self.table.set_rows(rows)
        came = sum(row.visits > 0 for row in rows)
        n = len(rows)
        units = _n("{n} unit of lot {lot}", "{n} units of lot {lot}", n).format(n=n, lot=self._lot)
        self.figures.setText(_("{units}; {came} came back, {again} of them more than once").format(
            units=units, came=came, again=sum(row.visits > 1 for row in rows)))
        self.table.setFocus()
