"""What the list is: file, sheet, encoding, header, and the mapping of its columns with the mappings that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QMenu, QSpinBox, QToolButton

from app.domain.importing.mapping import Mapping, left_out
from app.domain.sheets import Sheet
from app.i18n import N_, _, language
from app.services import importing
from app.spreadsheets import mapping as files
from app.spreadsheets.csv_files import ENCODINGS
from ui import icons, memory
from ui.dialogs.dialog import FormDialog
from ui.form import Form, TextField
from ui.importing.columns import ColumnsEditor
from ui.keys import tool
from ui.widgets import Card, caption, heading
from ui.words import bind

if TYPE_CHECKING:
    from ui.importing.page import ImportingPage


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the file is to be read; empty and 0: recognised."""

    sheet: str = ""
    encoding: str = ""
    header_row: int = 0


class SourceCard(Card):
    """The list and its mapping."""

    mapped = Signal()            # the mapping was changed
    read_again = Signal()        # sheet, encoding or header row was changed
    closed = Signal()

    def __init__(self, page: ImportingPage) -> None:
        super().__init__()
        self._page = page
        self._wanted = Wanted()
        self._found = Mapping()
        self._kept: tuple[Mapping, ...] = ()
        self._header: tuple[str, ...] = ()
        self._file = ""
        self.setMinimumWidth(340)
        head = QHBoxLayout()
        self.name = heading()
        self.name.setWordWrap(True)
        head.addWidget(self.name, 1)
        head.addWidget(tool(page.act("importing.close", self.closed.emit)), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.facts = caption(wrap=True)
        self.body.addWidget(self.facts)
        self.body.addLayout(self._build_reading())
        self.body.addWidget(heading(N_("What the columns mean")))
        self.body.addLayout(self._build_mapping())
        self.columns = ColumnsEditor()
        self.columns.changed.connect(self._changed)
        self.body.addWidget(self.columns, 1)

    def _build_reading(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.sheets, self.encodings, self.header_row = QComboBox(), QComboBox(), QSpinBox()
        self.header_row.setRange(1, 999)
        self.header_row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._captions = {}
        for row, (text, widget) in enumerate((
            (N_("Sheet"), self.sheets), (N_("Encoding"), self.encodings), (N_("Header in row"), self.header_row),
        )):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            bind(widget.setAccessibleName, text)
            self._captions[widget] = caption(text)
            grid.addWidget(self._captions[widget], row, 0)
            grid.addWidget(widget, row, 1)
        self.sheets.activated.connect(lambda _at: self._want(sheet=self.sheets.currentText(), header_row=0))
        self.encodings.activated.connect(lambda _at: self._want(encoding=self.encodings.currentText(), header_row=0))
        self.header_row.editingFinished.connect(self._header_moved)
        return grid

    def _build_mapping(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.choice = QComboBox()
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        bind(self.choice.setAccessibleName, N_("Mapping"))
        self.choice.activated.connect(self._chosen)
        more = QToolButton()
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bind(more.setAccessibleName, N_("More about mappings"))
        bind(more.setToolTip, N_("More about mappings"))
        icons.put(more.setIcon, "ph.dots-three")
        menu = QMenu(more)
        menu.addActions([
            self._page.act("importing.keep", self._ask_name), self._page.act("importing.save-mapping", self._save),
            self._page.act("importing.load-mapping", self._load), self._page.act("importing.drop-mapping", self._drop),
        ])
        more.setMenu(menu)
        row.addWidget(self.choice, 1)
        row.addWidget(more)
        return row

    # -- what is shown -------------------------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """How the file is to be read."""
        return self._wanted

    def forget(self) -> None:
        """A new file: read it as it is recognised."""
        self._wanted = Wanted()

    def show_sheet(self, sheet: Sheet, sheets: Sequence[str], found: Mapping) -> None:
        """Show ``sheet`` of a file with ``sheets``, and the mapping that was ``found`` for it."""
        self._found, self._header, self._file = found, sheet.header, sheet.file_name
        self.name.setText(sheet.file_name.replace("_", "_\u200b"))  # a long name may break at its underscores
        blockers = [QSignalBlocker(widget) for widget in (self.sheets, self.encodings, self.header_row)]
        self.sheets.clear()
        self.sheets.addItems(list(sheets))
        self.sheets.setCurrentText(sheet.name)
        self.encodings.clear()
        self.encodings.addItems(list(dict.fromkeys((sheet.encoding, *ENCODINGS))))
        self.encodings.setCurrentText(sheet.encoding)
        self.header_row.setValue(sheet.header_row)
        del blockers
        for widget, shown in ((self.sheets, len(sheets) > 1), (self.encodings, bool(sheet.encoding))):
            widget.setVisible(shown)
            self._captions[widget].setVisible(shown)
        self._rows, self._shown_row = len(sheet.rows), sheet.header_row
        self.columns.show_sheet(sheet, found)
        self._offer()
        self._say_facts()

    _rows = _shown_row = 0

    def offer(self, kept: tuple[Mapping, ...]) -> None:
        """Offer the mappings that are kept; the one of the same columns is taken at once."""
        self._kept = kept
        same = next((m for m in kept if m.columns and set(m.columns) <= set(self._header)), None)
        self._offer()
        if same and not self._found.standard and self.columns.mapping() == self._found:
            self.choice.setCurrentIndex(1 + kept.index(same))
            self._take(same)

    def retranslate(self) -> None:
        """Say again what is made from data."""
        self._offer()
        self._say_facts()
        self.columns.retranslate()

    def _say_facts(self) -> None:
        left = left_out(self.columns.mapping(), self._header) if self._header else ()
        facts = [_("{n} rows, {m} columns").format(n=f"{self._rows:,}", m=len(self._header))]
        if left:
            facts.append(_("left out: {names}").format(names=_listed(left)))
        self.facts.setText(" · ".join(facts))

    def _offer(self) -> None:
        at = max(0, self.choice.currentIndex())
        blocker = QSignalBlocker(self.choice)
        self.choice.clear()
        self.choice.addItem(self._found.name if self._found.standard else _("as recognised"))
        for mapping in self._kept:
            self.choice.addItem(mapping.name)
        self.choice.setCurrentIndex(min(at, self.choice.count() - 1))
        del blocker
        self._permit()

    def _permit(self) -> None:
        self._page.allow("importing.drop-mapping", allowed=self.choice.currentIndex() > 0)

    # -- what is done --------------------------------------------------------------------------------------------

    def _want(self, **values: object) -> None:
        self._wanted = replace(self._wanted, **values)  # type: ignore[arg-type]
        self.read_again.emit()

    def _header_moved(self) -> None:
        if self.header_row.value() != self._shown_row:
            self._want(header_row=self.header_row.value())

    def _changed(self) -> None:
        self._say_facts()
        self.mapped.emit()

    def _chosen(self, at: int) -> None:
        self._take(self._found if at == 0 else self._kept[at - 1])

    def _take(self, mapping: Mapping) -> None:
        fitting = {name: field for name, field in mapping.columns.items() if name in self._header}
        self.columns.show_mapping(replace(mapping, columns=fitting))
        self._permit()
        self._changed()

    def _ask_name(self) -> None:
        form = Form()
        name = form.add(TextField("name", N_("Name"), required=True))
        name.set_value("" if self.choice.currentIndex() <= 0 else self.choice.currentText())
        dialog = FormDialog(self._page, N_("Keep the mapping"), form, accept=N_("Keep"))
        mapping = self.columns.mapping()

        def keep() -> None:
            kept = replace(mapping, name=str(name.value()).strip())
            dialog.run(lambda depot: importing.save_mapping(depot, kept), lambda _none: done())

        def done() -> None:
            dialog.done_well()
            self._page.frame.toast(_("The mapping is kept."))
            self._page.run(importing.mappings, self.offer, quiet=True, replace="mappings")

        dialog.submitted.connect(keep)
        dialog.open()

    def _drop(self) -> None:
        name = self.choice.currentText()
        self.choice.setCurrentIndex(0)

        def dropped(_none: None) -> None:
            self._page.run(importing.mappings, self.offer, quiet=True, replace="mappings")

        self._page.run(lambda depot: importing.drop_mapping(depot, name), dropped)

    def _save(self) -> None:
        proposed = Path(memory.recall("folders/lists", str(Path.home()))) / f"{Path(self._file).stem}.json"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the mapping"), str(proposed), "JSON (*.json)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the mapping to ``path``."""
        mapping = self.columns.mapping()
        self._page.desk.work(self._page, lambda: files.save(mapping, path),
                             lambda _none: self._page.frame.toast(_("Saved as {file}").format(file=path)))

    def _load(self) -> None:
        folder = memory.recall("folders/lists", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Load a mapping"), folder, "JSON (*.json)")
        if chosen:
            self.load_from(Path(chosen))

    def load_from(self, path: Path) -> None:
        """Take the mapping saved at ``path``."""
        self._page.desk.work(self._page, lambda: files.load(path), self._take)


def _listed(names: Sequence[str]) -> str:
    return ("、" if language().startswith("zh") else ", ").join(names)
