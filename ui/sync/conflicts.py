"""Two versions of one row side by side: keep ours, keep the centre's, or take some fields of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.sync.outcomes import ConflictKind, Resolution
from app.i18n import N_, _
from app.labels import label
from app.services import night as nights
from app.services.night import Conflict, Decided
from ui import moments
from ui.dialogs.dialog import ask
from ui.models import Column, Table
from ui.sync.words import shown
from ui.tones import Tone
from ui.widgets import heading, muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.sync.page import SyncPage


def name_of(conflict: Conflict) -> str:
    """What the row is known by: its number, serial, name or id."""
    for values in (conflict.mine, conflict.theirs):
        for name in ("number", "serial", "name", "model", "login", "code"):
            if values.get(name):
                return str(values[name])
    return conflict.row_id


COLUMNS: tuple[Column[Conflict], ...] = (
    Column("depot", N_("Depot"), text=lambda c: c.depot_id, bold=True, tabular=True, width=70, hidden=True),
    Column("name", N_("Row"), text=name_of, bold=True, width=170, tabular=True),
    Column("table", N_("Table"), text=lambda c: c.in_table, width=130),
    Column("kind", N_("Why"), text=lambda c: label(ConflictKind(c.kind)), tone=lambda _c: Tone.WARN, chip=True,
           width=170),
    Column("at", N_("Since"), text=lambda c: moments.minute(c.at), sort=lambda c: c.at, grow=True,
           tabular=True),
)
_FIELD, _MINE, _THEIRS = range(3)


class ConflictsPane(QWidget):
    """The inbox at the left, the two versions at the right."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._conflict: Conflict | None = None
        self._office = False
        self.table: Table[Conflict] = Table(
            COLUMNS, name="sync.conflicts", key=lambda c: c.id, title=N_("To decide"))
        self.table.set_empty(
            "ph.check-circle", N_("Nothing to decide"),
            N_("What was changed here and at the centre at the same time waits here; nothing of it is lost."))
        self.table.selected.connect(self._show)
        right = QWidget()
        right.setObjectName("plain")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self.title, self.meaning = heading(), muted(wrap=True)
        self.fields = QTableWidget(0, 3)
        self.fields.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.fields.verticalHeader().hide()
        self.fields.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.title)
        column.addWidget(self.meaning)
        column.addWidget(self.fields, 1)
        row = Flow()
        row.addStretch(1)
        for action, slot, kind in (
            ("sync.theirs", self._theirs, ""), ("sync.mine", self._mine, ""), ("sync.merge", self._merge, "primary"),
        ):
            row.addWidget(page.button(action, slot, kind=kind))
        column.addLayout(row)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(right)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(split)
        self._show(None)

    def of_all_depots(self) -> None:
        """At head office: the inboxes of all depots, each decided at its own."""
        self._office = True
        self.table.header.show_column("depot", shown=True)
        for act in self._page.actions():
            if act.objectName() in {"sync.theirs", "sync.mine", "sync.merge"}:
                act.setVisible(False)

    def show_conflicts(self, found: Sequence[Conflict]) -> None:
        """Show the inbox; the first is marked."""
        self.table.set_rows(found)
        if self.table.current() is None and found:
            self.table.select_key(found[0].id)
        if not found:
            self._show(None)

    def chosen(self) -> tuple[str, ...]:
        """The fields ticked to be taken from this depot's version."""
        taken = []
        for row in range(self.fields.rowCount()):
            field, mine = self.fields.item(row, _FIELD), self.fields.item(row, _MINE)
            if field is not None and mine is not None and mine.checkState() is Qt.CheckState.Checked:
                taken.append(field.text())
        return tuple(taken)

    def _show(self, conflict: Conflict | None) -> None:
        self._conflict = conflict
        self.fields.setHorizontalHeaderLabels(
            [_("Field"), conflict.depot_id if conflict and self._office else _("Here"), _("At the centre")])
        names = nights.differing(conflict) if conflict else ()
        self.fields.setRowCount(len(names))
        if conflict is None:
            self.title.setText("")
            self.meaning.setText(_("Mark a line to see both versions."))
            return
        self.title.setText(name_of(conflict))
        self.meaning.setText(
            _("{depot} decides this. The centre's version stands in the record until then.").format(
                depot=conflict.depot_id) if self._office
            else _("The centre's version stands in the record. Tick what is to be taken from here, then merge.")
            if names
            else _("Nothing of this row can be chosen: the other row is shown in the record. Look at both, then let it "
                   "stand."))
        for row, name in enumerate(names):
            field = QTableWidgetItem(name)
            mine, theirs = QTableWidgetItem(shown(conflict.mine[name])), QTableWidgetItem(shown(conflict.theirs[name]))
            if not self._office:
                mine.setCheckState(Qt.CheckState.Unchecked)
            for item in (field, mine, theirs):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            for place, item in ((_FIELD, field), (_MINE, mine), (_THEIRS, theirs)):
                self.fields.setItem(row, place, item)

    def _mine(self) -> None:
        self._decide(Resolution.MINE, (), _("This depot's version takes the place of the centre's."))

    def _theirs(self) -> None:
        self._decide(Resolution.THEIRS, (), _("The centre's version stays. This depot's stays readable in the inbox."))

    def _merge(self) -> None:
        self._decide(Resolution.MERGED, self.chosen(), _("These fields are taken from here: {fields}.").format(
            fields=_(", ").join(self.chosen()) or "–"))

    def _decide(self, resolution: Resolution, mine: tuple[str, ...], text: str) -> None:
        conflict = self._conflict
        if conflict is None:
            return

        def decide() -> None:
            self._page.run(
                lambda depot: nights.resolve_conflict(depot, conflict.id, resolution, mine), self._decided)

        ask(self._page, N_("Decide this conflict?"), text, N_("Decide"), decide)

    def _decided(self, _done: Decided) -> None:
        self._page.frame.toast(_("Decided; both versions stay readable in the journal."))
        self._page.reload()
