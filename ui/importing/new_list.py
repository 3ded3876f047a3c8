"""A new list: chosen or dropped, its columns understood, rehearsed at once and after each change, then imported."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.domain.importing.mapping import Mapping
from app.domain.people import Action
from app.domain.sheets import Sheet
from app.i18n import N_, _, _n
from app.services import importing
from app.services.importing import Imported, Rehearsal
from app.spreadsheets import mapping as mappings
from ui import memory
from ui.form import FilesField
from ui.importing.fates import FatesPanel
from ui.importing.files import save_refused, save_template
from ui.importing.source import SourceCard
from ui.importing.words import Examples, examples
from ui.widgets import Card, muted
from ui.widgets.flow import Flow
from ui.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Progress
    from ui.importing.page import ImportingPage

KINDS = (".csv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
_PAUSE_MS = 250


class NewListTab(QWidget):
    """Start: where to drop a list. Then: what it is, at the left; what would become of it, at the right."""

    def __init__(self, page: ImportingPage) -> None:
        super().__init__()
        self._page = page
        self._sheet: Sheet | None = None
        self._path: Path | None = None
        self._progress: Progress | None = None
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.rehearse)
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.stack.addWidget(self._build_start())
        self.stack.addWidget(self._build_work())
        self.fates.clear()
        self.destroyed.connect(lambda *_gone: gc.unfreeze())

    # -- building ------------------------------------------------------------------------------------------------

    def _build_start(self) -> QWidget:
        start = QWidget()
        start.setObjectName("plain")
        around = QVBoxLayout(start)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(2)
        card = Card(N_("A list of returned units"))
        card.setMaximumWidth(760)
        card.body.addWidget(muted(
            N_("Choose a CSV, XLSX, XLS or ODS file, or drop it here. Nothing is written before you have seen what "
               "would become of each row."), wrap=True))
        card.body.addWidget(muted(
            N_("Units that come in now, or past returns (history) so that the first reports are not empty: say which "
               'under "The rows are".'), wrap=True))
        self.drop = FilesField("list", N_("List"), kinds=KINDS, single=True)
        self.drop.area.setMinimumHeight(150)
        self.drop.changed.connect(self._dropped)
        card.body.addWidget(self.drop)
        buttons = Flow()
        buttons.setSpacing(8)
        buttons.addWidget(self._page.button("importing.open", self.choose, kind="primary"))
        buttons.addStretch(1)
        buttons.addWidget(self._page.button("importing.template-zh", lambda: save_template(self._page, "zh_CN")))
        buttons.addWidget(self._page.button("importing.template-en", lambda: save_template(self._page, "en")))
        card.body.addLayout(buttons)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 8)
        row.addStretch(1)
        around.addLayout(row)
        around.addStretch(3)
        return start

    def _build_work(self) -> QWidget:
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.source = SourceCard(self._page)
        self.source.mapped.connect(self._pause.start)
        self.source.read_again.connect(self._read)
        self.source.closed.connect(self.close_list)
        split.addWidget(scrolled(self.source))
        right = QWidget()
        right.setObjectName("plain")
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(10)
        self.fates = FatesPanel()
        self.fates.shown_changed.connect(self.permit)
        column.addWidget(self.fates, 1)
        buttons = Flow()
        buttons.setSpacing(8)
        buttons.addWidget(self._page.button("importing.save-refused", self._save_refused))
        buttons.addStretch(1)
        self.run_button = self._page.button("importing.run", self.run, kind="primary")
        buttons.addWidget(self.run_button)
        column.addLayout(buttons)
        split.addWidget(right)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([400, 860])
        return split

    # -- the list ------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file."""
        folder = memory.recall("folders/lists", str(Path.home()))
        pattern = " ".join(f"*{kind}" for kind in KINDS)
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a list"), folder, f"{_('Lists')} ({pattern})")
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read ``path`` and show what it is."""
        memory.remember("folders/lists", str(path.parent))
        self._path = path
        self.source.forget()
        self._read()

    def close_list(self) -> None:
        """Back to the start; nothing was written."""
        self._stop()
        self._sheet = self._path = None
        self.drop.set_value([])
        self.fates.clear()
        gc.unfreeze()
        self.stack.setCurrentIndex(0)
        self.permit()

    def _dropped(self) -> None:
        if self.drop.value():
            self.take(self.drop.value()[-1])

    def _read(self) -> None:
        from app.spreadsheets.reading import contents, read

        path = self._path
        if path is None:
            return
        wanted = self.source.wanted()

        def labour() -> tuple[Sheet, tuple[str, ...], Mapping]:
            sheet = read(path, sheet=wanted.sheet, header_row=wanted.header_row, encoding=wanted.encoding)
            return sheet, contents(path).sheets, mappings.mapping_for(sheet)

        self._page.desk.work(self._page, labour, self._shown, self._unreadable, replace="list")

    def _unreadable(self, _error: Exception) -> bool:
        """The window says why; a list that was open stays open."""
        self.drop.set_value([])
        return False

    def _shown(self, answer: tuple[Sheet, tuple[str, ...], Mapping]) -> None:
        sheet, sheets, found = answer
        self._sheet = sheet
        self.source.show_sheet(sheet, sheets, found)
        self.stack.setCurrentIndex(1)
        self._page.run(importing.mappings, self.source.offer, quiet=True, replace="mappings")
        self.rehearse()

    # -- rehearsing and importing --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Rehearse again: what is known of the rows may have changed."""
        if self._sheet is not None and self._progress is None:
            self.rehearse()

    def rehearse(self) -> None:
        """See what would become of each row; an older rehearsal still under way is stopped."""
        self._stop()
        sheet = self._sheet
        if sheet is None or not self.source.columns.is_good():
            self.fates.clear()
            return
        mapping = self.source.columns.mapping()
        self.fates.waiting()

        def rehearse(depot: Depot, progress: Progress) -> tuple[Rehearsal, Examples]:
            rehearsal = importing.rehearse(depot, sheet, mapping, progress)
            return rehearsal, examples(rehearsal.rows)  # counted here: a long list would hold the window up

        progress = self._page.desk.run_long(
            self._page, rehearse, lambda answer: self._rehearsed(progress, *answer),
            failed=lambda _error: self._not_rehearsed(progress))
        progress.stepped.connect(lambda done, total, _text: self.fates.stepped(done, total))
        self._progress = progress

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self._progress = None

    def _rehearsed(self, progress: Progress, rehearsal: Rehearsal, found: Examples) -> None:
        if progress is self._progress:
            self._progress = None
            # A long list is a million objects that stay as they are: the collector need not walk through them.
            gc.freeze()
            self.fates.show_rehearsal(rehearsal, found)

    def _not_rehearsed(self, progress: Progress) -> bool:
        """The window says why; here stands nothing that does not hold."""
        if progress is self._progress:
            self._progress = None
            self.fates.clear()
        return False

    def run(self) -> None:
        """Import what the rehearsal shows."""
        rehearsal = self.fates.rehearsal
        if rehearsal is None or not rehearsal.counts.received:
            return
        self._page.run_long(
            lambda depot, progress: importing.run(depot, rehearsal, progress), self._imported, _("Importing the list"))

    def _imported(self, imported: Imported) -> None:
        batch = imported.batch
        if batch is None:
            return
        self.close_list()
        text = _n("{n} unit taken in with {number}", "{n} units taken in with {number}", imported.counts.received)
        undo = (lambda depot: importing.undo(depot, batch.id)) if self._page.desk.permits(Action.UNDO_IMPORT) else None
        self._page.frame.toast(text.format(n=imported.counts.received, number=batch.number), undo=undo)
        self._page.batches.select(batch.id)
        self._page.show_view("so-far")

    def _save_refused(self) -> None:
        if self.fates.rehearsal is not None:
            save_refused(self._page, self.fates.rehearsal)

    # -- what can be done ----------------------------------------------------------------------------------------

    def permit(self) -> None:
        """Offer what makes sense for the list on the table."""
        rehearsal, page = self.fates.rehearsal, self._page
        may, here = page.desk.permits(Action.IMPORT), self.stack.currentIndex() == 1
        page.allow("importing.open", allowed=may)
        page.allow("importing.run", allowed=may and rehearsal is not None and rehearsal.counts.received > 0)
        page.allow("importing.save-refused", allowed=rehearsal is not None and rehearsal.counts.refused > 0)
        for verb in ("close", "keep", "save-mapping", "load-mapping"):
            page.allow(f"importing.{verb}", allowed=here and may)

    def retranslate(self) -> None:
        """Say again what is made from data."""
        self.fates.say_again()
        self.source.retranslate()
