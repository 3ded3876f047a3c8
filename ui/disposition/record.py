"""All rulings ever put on record, the newest first: by which rule, what was decided, by whom, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.disposition import Ended, ReferredRow
from app.domain.rulings import Outcome
from app.i18n import N_, _, _n
from app.labels import label, several
from app.services import disposition
from ui import moments
from ui.disposition.pane import Pane
from ui.models import Column, Table
from ui.scanner import Scan
from ui.tones import Tone


def _state(row: ReferredRow) -> str:
    return label(Ended(row.ended_why)) if row.ended_why else _("in force")


def _tone(row: ReferredRow) -> Tone:
    return {None: Tone.INFO, Ended.DONE.value: Tone.OK}.get(row.ended_why, Tone.MUTE)


def _decision(row: ReferredRow) -> str:
    decided = several(Outcome(outcome) for outcome in row.outcomes or ())
    return _("{decision} (against the rules)").format(decision=decided) if row.overridden else decided


COLUMNS: tuple[Column[ReferredRow], ...] = (
    Column("number", N_("Ruling no."), text=lambda r: r.number, width=150, bold=True, tabular=True),
    Column("decided", N_("Ruled on"), text=lambda r: moments.day(r.decided_at).isoformat() if r.decided_at else "",
           width=100, tabular=True, tip=lambda r: moments.minute(r.decided_at) if r.decided_at else ""),
    Column("rule", N_("Rule"), text=lambda r: str(r.rule_no), width=56, tabular=True),
    Column("outcomes", N_("Decision"), text=_decision, width=220,
           grow=True),
    Column("otherwise", N_("Against the rules"), text=lambda r: _("yes") if r.overridden else "", width=84,
           hidden=True),
    Column("state", N_("State"), text=_state, tone=_tone, chip=True, width=100),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, width=126, tabular=True),
    Column("model", N_("Model"), text=lambda r: r.model, width=96, hidden=True),
    Column("customer", N_("Customer"), text=lambda r: r.customer, width=150),
    Column("by", N_("By"), text=lambda r: r.decided_by_name, width=84),
    Column("case", N_("Case"), text=lambda r: r.case_number, width=140, tabular=True, hidden=True),
)


class RecordPane(Pane):
    """One list."""

    def build(self) -> None:
        """Make the widgets."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.table: Table[ReferredRow] = Table(
            COLUMNS, name="rulings", key=lambda row: row.disposition_id, title=N_("All rulings")
        )
        self.table.set_empty(
            "ph.scales", N_("Nobody has ruled yet"), N_("Every ruling stays here with its rule and its signature.")
        )
        self.table.selected.connect(lambda row: self.frame.show_unit(row.unit_id) if row else None)
        self.table.activated.connect(lambda row: self.page.open_subject(row.case_id))
        column.addWidget(self.table, 1)

    def take_focus(self) -> None:
        """To the list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Fetch the list."""
        self.run(disposition.recorded, self._filled, replace="rulings")

    def _filled(self, found: Sequence[ReferredRow]) -> None:
        self.page.header.subtitle(_n("{n} ruling", "{n} rulings", len(found)).format(n=len(found)))
        self.table.set_rows(found)

    def scanned(self, scan: Scan) -> bool:
        """A serial, case or ruling number selects its newest ruling."""
        for row in self.table.rows():
            if {scan.serial, scan.text, str(scan.number or "")} & {row.serial, row.case_number, row.number}:
                self.table.select_key(row.disposition_id)
                self.frame.chime(good=True)
                return True
        return False
