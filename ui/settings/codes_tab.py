"""The tables of codes: symptoms, faults, resolutions, in both languages."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog

from app.changes import Changes
from app.domain.codes import CauseClass
from app.domain.masterdata import Code, CodeKind
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.labels import label, labels_of
from app.services import codes
from app.services.codes import CodeView, CodeWritten
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, CodeField, Form, TextField, TickField
from ui.masterdata.words import BY_CENTRE, allow, taken_back
from ui.models import Column, Table
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import Segmented, muted
from ui.widgets.filters import FilterLine

if TYPE_CHECKING:
    from app.depot import Depot

COLUMNS: tuple[Column[CodeView], ...] = (
    Column("code", N_("Code"), text=lambda c: c.code.code, bold=True, tabular=True, width=90),
    Column("name_zh", N_("Chinese"), text=lambda c: c.code.name_zh, grow=True),
    Column("name_en", N_("English"), text=lambda c: c.code.name_en, width=300),
    Column("cause", N_("Usual cause class"), text=lambda c: label(CauseClass(c.code.cause_class))
           if c.code.cause_class else "–", width=190),
    Column("line", N_("Product line"), text=lambda c: c.code.product_line or _("all"), width=110),
    Column("state", N_("State"), text=lambda c: _("in use") if c.code.active else _("inactive"),
           tone=lambda c: Tone.OK if c.code.active else Tone.MUTE, chip=True, width=110),
)


class CodeForm(Form):
    """One code."""

    def __init__(self, code: Code) -> None:
        super().__init__(columns=2)
        self._before = code
        self.code = self.add(CodeField("code", N_("Code"), required=True, hint=N_("Such as F102.")))
        self.line = self.add(TextField("product_line", N_("Product line"), hint=N_("Empty: for every product.")))
        self.name_zh = self.add(TextField("name_zh", N_("Chinese"), required=True))
        self.name_en = self.add(TextField("name_en", N_("English")))
        self.cause = ChoiceField("cause_class", N_("Usual cause class"), CauseClass,
                                 hint=N_("Proposed on the bench with this fault."))
        if code.kind == CodeKind.FAULT:
            self.add(self.cause)
        self.active = TickField("active", N_("In use"), ticked=True)
        if code.id:
            self.add(self.active)
        self.fill({"code": code.code, "product_line": code.product_line, "name_zh": code.name_zh,
                   "name_en": code.name_en})
        self.cause.set_value(CauseClass(code.cause_class) if code.cause_class else None)
        self.active.set_value(code.active)
        self.judge(lambda: codes.problems(self.row()))

    def row(self) -> Code:
        """What stands in the form."""
        cause = self.cause.value()
        return replace(
            self._before, code=self.code.value().upper(), name_zh=self.name_zh.value(), name_en=self.name_en.value(),
            cause_class=str(getattr(cause, "value", "")), product_line=self.line.value(), active=self.active.value(),
        )


class CodesTab(Tab):
    """One table at a time."""

    watches = Changes.MASTERDATA

    def build(self) -> None:
        self.found: tuple[CodeView, ...] = ()
        self.kinds = Segmented(list(labels_of(CodeKind).items()), N_("Table of codes"))
        self.kinds.chosen.connect(lambda _kind: self.reload())
        self.filter = FilterLine(N_("Code or words"))
        self.filter.asked.connect(lambda _text: self._filtered())
        _add, add = self.press("settings.add-code", self._add, "primary")
        _edit, edit = self.press("settings.edit-code", self._edit_current)
        _save, save = self.press("settings.save-codes", self._save_list)
        _read, read = self.press("settings.read-codes", self._read_list)
        self.whose = muted()
        self.tools(self.whose, self.kinds, self.filter, read, save, edit, add)
        self.table: Table[CodeView] = Table(COLUMNS, name="codes", key=lambda c: c.id, title=N_("Codes"))
        self.table.set_empty("ph.list-numbers", N_("No code here"), N_("Enter one, or read a list."))
        self.table.activated.connect(self._open)
        self.table.selected.connect(lambda _code: self._permit())
        self.filter.went_down.connect(self.table.view.setFocus)
        self.column.addWidget(self.table, 1)
        self.desk.operator_changed.connect(self._permit)

    def kind(self) -> CodeKind:
        """The table shown."""
        return cast(CodeKind, self.kinds.value())

    def reload(self) -> None:
        kind = self.kind()
        self.run(lambda depot: codes.codes(depot, kind), self._filled, replace="codes")

    def _filled(self, found: tuple[CodeView, ...]) -> None:
        self.found = found
        self._filtered()
        self._permit()

    def _filtered(self) -> None:
        wanted = self.filter.text().strip().casefold()
        self.table.set_rows([
            view for view in self.found
            if wanted in f"{view.code.code} {view.code.name_zh} {view.code.name_en}".casefold()
        ])

    def _permit(self) -> None:
        allowed = self.desk.permits(Action.EDIT_MASTER)
        allow(self, "settings", add_code=allowed, read_codes=allowed,
              edit_code=allowed and self._own())
        view = self.table.current()
        self.whose.setText("" if view is None or view.own else _(BY_CENTRE))

    def _own(self) -> bool:
        """Whether the code marked may be changed here: not one of head office's."""
        view = self.table.current()
        return view is not None and view.own

    def _add(self) -> None:
        form = CodeForm(Code("", self.kind().value, "", "", ""))
        dialog = FormDialog(self, N_("New code"), form, accept=N_("Enter code"), desk=self.desk)

        def submit() -> None:
            row = form.row()
            dialog.run(lambda depot: codes.add(depot, row), lambda done: self._written(dialog, done))

        dialog.submitted.connect(submit)
        dialog.open()

    def _edit_current(self) -> None:
        view = self.table.current()
        if view is not None:
            self._open(view)

    def _open(self, view: CodeView) -> None:
        if self.desk.permits(Action.EDIT_MASTER) and view.own:
            self._editing(view).open()

    def _editing(self, view: CodeView) -> FormDialog:
        form = CodeForm(view.code)
        dialog = FormDialog(self, N_("Edit the code"), form, desk=self.desk)

        def submit() -> None:
            row = form.row()
            dialog.run(lambda depot: codes.edit(depot, row, view.seen), lambda done: self._written(dialog, done))

        def again(depot: Depot) -> CodeView:
            return next(one for one in codes.codes(depot, CodeKind(view.code.kind)) if one.code.id == view.code.id)

        dialog.submitted.connect(submit)
        dialog.reopens(again, self._editing)
        return dialog

    def _written(self, dialog: FormDialog, done: CodeWritten) -> None:
        dialog.done_well()
        self.frame.toast(
            _("{code} {name} saved").format(code=done.code.code, name=done.code.name_zh),
            undo=taken_back(done.entry_id),
        )

    # -- lists ---------------------------------------------------------------------------------------------------

    def _save_list(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as list"), "codes.csv", "CSV (*.csv)")
        if chosen:
            self.save_list(Path(chosen))

    def save_list(self, target: Path) -> None:
        """Write every code to ``target``, for spreadsheets that want a byte order mark too."""

        def write(depot: Depot) -> int:
            rows = codes.listed(depot)
            with target.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([codes.COLUMNS, *rows])
            return len(rows)

        self.run(write, lambda n: self.frame.toast(_n("{n} code saved", "{n} codes saved", n).format(n=n)))

    def _read_list(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Read a list"), "", "CSV, Excel, ODS (*.csv *.xlsx *.xls *.ods)")
        if chosen:
            self.read_list(Path(chosen))

    def read_list(self, source: Path) -> None:
        """Enter and change codes from ``source``, in one step that can be undone."""

        def read(depot: Depot) -> codes.CodesImported:
            from app.spreadsheets import reading

            sheet = reading.read(source)
            rows = [[cell.text for cell in row.cells] for row in sheet.rows]
            numbers = [row.number for row in sheet.rows]
            return codes.import_list(depot, codes.read_rows(sheet.header, rows, numbers))

        def done(found: codes.CodesImported) -> None:
            text = _("{added} codes entered, {changed} changed, {unchanged} were so already").format(
                added=found.added, changed=found.changed, unchanged=found.unchanged)
            self.frame.toast(text, undo=taken_back(found.entry_id))

        self.run(read, done)
