"""Two versions of one row side by side: keep ours, keep the centre's, or take some fields of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.sync.outcomes import ConflictKind, Resolution
from app.i18n import N_, _
from app.labels import label
from app.messages import say
from app.services import night as nights
from app.services.conflict_sheets import ConflictSheet, Difference
from app.services.night import Decided
from ui import moments
from ui.dialogs.dialog import ask
from ui.models import Column, Table
from ui.sync.values import field_of, name_of, shown
from ui.tones import Tone
from ui.widgets import heading, muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.sync.page import SyncPage


COLUMNS: tuple[Column[ConflictSheet], ...] = (
    Column("depot", N_("Depot"), text=lambda s: s.conflict.depot_id, bold=True, tabular=True, width=70, hidden=True),
    Column("name", N_("What differs"), text=name_of, bold=True, width=190, grow=True, tip=name_of),
    Column("kind", N_("Why undecided"), text=lambda s: label(ConflictKind(s.conflict.kind)), tone=lambda _s: Tone.WARN,
           chip=True, width=150),
    Column("at", N_("Waits since"), text=lambda s: moments.minute(s.conflict.at), sort=lambda s: s.conflict.at,
           width=130, tabular=True),
)
_FIELD, _MINE, _THEIRS = range(3)


class _Whole(QStyledItemDelegate):
    """Rows as high as what is to be compared is long: a choice is not made by a text that is cut."""

    _AROUND, _TICK = 26, 24     # pixels: the padding of a cell, a box to tick and its gap

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        hint = super().sizeHint(option, index)
        view = self.parent()
        if not isinstance(view, QTableWidget) or index.column() == _FIELD:
            return hint
        taken = self._AROUND + (self._TICK if index.data(Qt.ItemDataRole.CheckStateRole) is not None else 0)
        room = QRect(0, 0, max(view.columnWidth(index.column()) - taken, 40), 10_000)
        text = view.fontMetrics().boundingRect(
            room, Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere, str(index.data() or ""))
        return QSize(hint.width(), max(hint.height(), text.height() + self._AROUND // 2))


class ConflictsPane(QWidget):
    """The inbox at the left, the two versions at the right."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._page = page
        self._sheet: ConflictSheet | None = None
        self._ticked: dict[str, set[tuple[str, ...]]] = {}      # conflict → what is to be taken from here
        self._office = False
        self.table: Table[ConflictSheet] = Table(
            COLUMNS, name="sync.conflicts", key=lambda s: s.id, title=N_("To decide"))
        self.table.set_empty(
            "ph.check-circle", N_("Nothing to decide"),
            N_("What was changed here and at head office at the same time waits here; nothing of it is lost."))
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
        self.fields.horizontalHeader().setSectionResizeMode(_FIELD, QHeaderView.ResizeMode.ResizeToContents)
        self.fields.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.fields.setWordWrap(True)
        self.fields.setItemDelegate(_Whole(self.fields))
        self.fields.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.fields.itemChanged.connect(self._noted)
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
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 500])
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

    def show_conflicts(self, found: Sequence[ConflictSheet]) -> None:
        """Show the inbox; the first is marked. What was ticked stays ticked, however often the list is read anew."""
        there = {sheet.id for sheet in found}
        self._ticked = {conflict: ticked for conflict, ticked in self._ticked.items() if conflict in there}
        self.table.set_rows(found)
        if self.table.current() is None and found:
            self.table.select_key(found[0].id)
        if not found:
            self._show(None)

    def chosen(self) -> tuple[str, ...]:
        """The columns that are to be taken from this depot's version."""
        return tuple(column for each in self._chosen() for column in each.chosen_from)

    def _chosen(self) -> tuple[Difference, ...]:
        if self._sheet is None:
            return ()
        ticked = self._ticked.get(self._sheet.id, set())
        return tuple(each for each in self._sheet.differences if each.columns in ticked)

    def _noted(self, item: QTableWidgetItem) -> None:
        """A field was ticked, or its tick taken away."""
        if self._sheet is None or item.column() != _MINE:
            return
        columns = self._sheet.differences[item.row()].columns
        ticked = self._ticked.setdefault(self._sheet.id, set())
        (ticked.add if item.checkState() is Qt.CheckState.Checked else ticked.discard)(columns)

    def _show(self, sheet: ConflictSheet | None) -> None:
        self._sheet = sheet
        here = sheet.conflict.depot_id if sheet and self._office else _("Here")
        self.fields.setHorizontalHeaderLabels([_("Field"), here, _("At head office")])
        self.fields.setRowCount(len(sheet.differences) if sheet else 0)
        self.title.setText(name_of(sheet) if sheet else "")
        self.meaning.setText(self._meaning(sheet))
        if sheet is None:
            return
        with QSignalBlocker(self.fields):
            for row, each in enumerate(sheet.differences):
                self._show_difference(row, sheet, each)

    def _show_difference(self, row: int, sheet: ConflictSheet, each: Difference) -> None:
        items = [QTableWidgetItem(text) for text in (field_of(each), shown(each.mine), shown(each.theirs))]
        for place, item in enumerate(items):
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(item.text())
            self.fields.setItem(row, place, item)
        if each.chosen_from and not self._office:
            ticked = each.columns in self._ticked.get(sheet.id, set())
            items[_MINE].setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _meaning(self, sheet: ConflictSheet | None) -> str:
        if sheet is None:
            return _("Mark a line to see both versions.")
        if self._office:
            return _("{depot} decides this. Head office's version stands in the record until then.").format(
                depot=sheet.conflict.depot_id)
        if sheet.choosable:
            return _("Head office's version stands in the record. Tick what is to be taken from here, then merge.")
        return _("Nothing of this row can be chosen: the other row is shown in the record. Look at both, then let it "
                 "stand.")

    def _mine(self) -> None:
        self._decide(Resolution.MINE, (), _("This depot's version takes the place of head office's."))

    def _theirs(self) -> None:
        self._decide(Resolution.THEIRS, (), _("Head office's version stays. This depot's stays readable in the inbox."))

    def _merge(self) -> None:
        if self._sheet is not None and not self.chosen():
            self._page.frame.toast(say("sync.nothing-ticked", {}), Tone.WARN)
            return
        self._decide(Resolution.MERGED, self.chosen(), _("These fields are taken from here: {fields}.").format(
            fields=_(", ").join(field_of(each) for each in self._chosen())))

    def _decide(self, resolution: Resolution, mine: tuple[str, ...], text: str) -> None:
        if self._sheet is None:
            return
        conflict = self._sheet.conflict

        def decide() -> None:
            self._page.run(
                lambda depot: nights.resolve_conflict(depot, conflict.id, resolution, mine), self._decided)

        ask(self._page, N_("Decide this conflict?"), text, N_("Decide"), decide)

    def _decided(self, _done: Decided) -> None:
        self._page.frame.toast(_("Decided; both versions stay readable in the journal."))
        self._page.reload()
