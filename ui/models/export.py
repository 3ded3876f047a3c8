"""A list becomes a spreadsheet: the columns shown, the rows shown, in the order shown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.i18n import _, language
from ui import memory

if TYPE_CHECKING:
    from app.depot import Depot
    from app.spreadsheets.export import Kind
    from ui.background import Progress
    from ui.main_window import MainWindow
    from ui.models.column import Column
    from ui.models.table import Table


def save_as_spreadsheet(table: Table[object], window: MainWindow) -> None:
    """Ask where, then write in the second thread, with progress and cancel."""
    title = _(table.title) if table.title else table.name
    folder = memory.recall("folders/spreadsheets", str(Path.home()))
    chosen, _kind = QFileDialog.getSaveFileName(
        window, _("Save as spreadsheet"), str(Path(folder) / f"{title}.xlsx"), "Excel (*.xlsx);;CSV (*.csv)"
    )
    if chosen:
        write_list(table, Path(chosen), title, window)


def write_list(table: Table[object], target: Path, title: str, window: MainWindow) -> None:
    """Write what ``table`` shows to ``target``."""
    columns = table.shown_columns()
    rows = table.rows()

    def write(depot: Depot, progress: Progress) -> Path:
        from app.spreadsheets import export

        kinds = [_kind(column, rows) for column in columns]
        sheet = export.ListSheet(
            title,
            [export.Column(_(column.header), kind) for column, kind in zip(columns, kinds, strict=True)],
            [[_cell(column, kind, row) for column, kind in zip(columns, kinds, strict=True)] for row in rows],
        )
        export.write(target, [sheet], zone=depot.zone, language=language(), progress=progress)
        return target

    def written(target: Path) -> None:
        memory.remember("folders/spreadsheets", str(target.parent))
        window.toast(_("Saved as {file}").format(file=target))

    window.desk.run_long(window, write, written, title=_("Saving the spreadsheet"))


def _kind(column: Column[object], rows: list[object]) -> Kind:
    """What the column holds, from the first value there is."""
    from app.spreadsheets.export import Kind

    if column.money:
        return Kind.MONEY
    first = next((value for row in rows if (value := column.value(row)) is not None), None)
    if isinstance(first, datetime):
        return Kind.MOMENT
    if isinstance(first, date):
        return Kind.DAY
    number = isinstance(first, int | Decimal) and not isinstance(first, bool | Enum)
    return Kind.NUMBER if number else Kind.TEXT


def _cell(column: Column[object], kind: Kind, row: object) -> object:
    """The value where it has a type of its own, else the text as read on the screen."""
    return column.text(row) if kind.value == "TEXT" else column.value(row)
