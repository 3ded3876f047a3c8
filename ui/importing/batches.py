"""Imports so far: each batch with its sums, what became of its rows, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.importing.batches import Batch, BatchRow
from app.domain.importing.mapping import ListKind
from app.domain.people import Action
from app.i18n import N_, _
from app.labels import label
from app.services import importing
from app.services.undoing import Undone
from ui import moments
from ui.dialogs.dialog import ask
from ui.importing.words import TONES, in_general
from ui.models import Column, Table
from ui.tones import Tone
from ui.widgets import caption, heading
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage


def _state(batch: Batch) -> tuple[str, Tone]:
    return (N_("taken back"), Tone.MUTE) if batch.undone_at else (N_("in force"), Tone.OK)


def _count(name: str, title: str) -> Column[Batch]:
    return Column(name, title, text=lambda b: f"{b.counts[name]:,}", sort=lambda b: b.counts[name], align="right",
                  width=100, tabular=True)


COLUMNS: tuple[Column[Batch], ...] = (
    Column("number", N_("Batch"), text=lambda b: b.number, tabular=True, bold=True, width=160),
    Column("at", N_("Imported"), text=lambda b: moments.minute(b.at), sort=lambda b: b.at, width=140,
           tabular=True),
    Column("by", N_("By"), text=lambda b: b.by_name, width=110),
    Column("kind", N_("What it holds"), text=lambda b: label(b.kind), width=150),
    Column("file", N_("List"), text=lambda b: b.filename, grow=True),
    _count("rows", N_("Rows")),
    _count("received", N_("Taken in")),
    _count("already_known", N_("Known")),
    _count("refused", N_("Refused")),
    Column("state", N_("State"), text=lambda b: _(_state(b)[0]), tone=lambda b: _state(b)[1], chip=True, width=120),
)

ROWS: tuple[Column[BatchRow], ...] = (
    Column("row", N_("Row"), text=lambda r: str(r.number), sort=lambda r: r.number, align="right", width=64,
           tabular=True),
    Column("fate", N_("Fate"), text=lambda r: label(r.fate), tone=lambda r: TONES[r.fate], chip=True, width=150),
    Column("case", N_("Case number"), text=lambda r: r.case_number, tabular=True, width=160),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, tabular=True, width=160),
    Column("reason", N_("What was said of it"), text=lambda r: in_general(r.reason), grow=True),
)


class BatchesTab(QWidget):
    """The list of batches and the rows of the one marked."""

    def __init__(self, page: ImportingPage) -> None:
        super().__init__()
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        self.table: Table[Batch] = Table(COLUMNS, name="importing.batches", key=lambda b: b.id, title=N_("Imports"))
        self.table.set_empty(
            "ph.download-simple", N_("Nothing was imported yet"),
            N_("Each import is one batch. It is listed here and can be taken back while its units have not moved on."))
        self.table.selected.connect(self._show_rows)
        self.rows: Table[BatchRow] = Table(ROWS, name="importing.rows", key=lambda r: r.number, title=N_("Rows"))
        self.rows.set_empty("ph.list-bullets", N_("No batch is marked"), N_("Mark a batch to see its rows."))
        self.rows.activated.connect(self._open_unit)
        split.addWidget(self.table)
        split.addWidget(self._build_detail())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        column.addWidget(split, 1)

    def _build_detail(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        head = Flow()
        head.setSpacing(8)
        self.title = heading()
        self.sums = caption()
        head.addWidget(self.title)
        head.addWidget(self.sums, 1)
        self.undo_button = self._page.button("importing.undo", self._ask_undo, kind="danger")
        head.addWidget(self.undo_button)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        return holder

    def reload(self) -> None:
        """Fetch the batches."""
        self._page.run(importing.batches, self._filled, quiet=True, replace="batches")

    def select(self, batch_id: str) -> None:
        """Mark a batch, now or when the list arrives."""
        self._wanted = batch_id
        if self.table.select_key(batch_id):
            self._wanted = ""

    _wanted = ""

    def _filled(self, batches: tuple[Batch, ...]) -> None:
        self.table.set_rows(batches)
        if self._wanted:
            self.select(self._wanted)
        self._page.counted(len(batches))
        self._show_rows(self.table.current())

    def _show_rows(self, batch: Batch | None) -> None:
        self.permit()
        if batch is None:
            self.title.setText("")
            self.sums.setText("")
            self.rows.set_rows(())
            return
        self.title.setText(batch.number)
        named = {name: count for name, count in batch.outcomes.items() if name}
        self.sums.setText(" · ".join(f"{name} {count:,}" for name, count in named.items()))
        self._page.run(lambda depot: importing.batch_rows(depot, batch.id), self.rows.set_rows, quiet=True,
                       replace="rows")

    def permit(self) -> None:
        """Offer the way back to who may go it, for a batch that stands."""
        batch = self.table.current()
        standing = batch is not None and batch.undone_at is None
        self._page.allow("importing.undo", allowed=standing and self._page.desk.permits(Action.UNDO_IMPORT))

    def _open_unit(self, row: BatchRow) -> None:
        if row.unit_id:
            self._page.frame.show_unit(row.unit_id)

    def _ask_undo(self) -> None:
        batch = self.table.current()
        if batch is None:
            return
        if batch.kind is ListKind.HISTORY:
            text = _("All {n} past returns of {number} become void, and units that were not on record before go with "
                     "them. The list can be imported again.")
        else:
            text = _("All {n} units of {number} leave as they came. Their case numbers stay visible as void, and the "
                     "list can be imported again.")
        text = text.format(n=batch.counts["received"], number=batch.number)
        ask(self._page, N_("Take the import back?"), text, N_("Take it back"), lambda: self._undo(batch), danger=True)

    def _undo(self, batch: Batch) -> None:
        def undone(_result: Undone) -> None:
            self._page.frame.toast(_("Import {number} was taken back.").format(number=batch.number))
            self.reload()

        self._page.run_long(lambda depot, progress: importing.undo(depot, batch.id, progress), undone,
                            _("Taking {number} back").format(number=batch.number))
