"""Files the import page makes: the template to fill in, and the refused rows to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.domain.importing.fates import Fate
from app.i18n import _, language
from app.messages import say
from app.services.importing import Rehearsal
from ui import memory

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Progress
    from ui.importing.page import ImportingPage

_NAMES = {"zh_CN": "返修清单模板", "en": "Returns list template"}
_FILTER = "Excel (*.xlsx);;CSV (*.csv)"


def save_template(page: ImportingPage, tongue: str) -> None:
    """Ask where, then write the template in the language ``tongue``."""
    target = _ask(page, _("Save the template"), _NAMES[tongue])
    if target:
        write_template(page, target, tongue)


def write_template(page: ImportingPage, target: Path, tongue: str) -> None:
    """Write the template to ``target``."""
    def labour() -> Path:
        from app.spreadsheets.template import save_template as write

        write(target, tongue)
        return target

    page.desk.work(page, labour, lambda path: _saved(page, path))


def save_refused(page: ImportingPage, rehearsal: Rehearsal) -> None:
    """Ask where, then write the refused rows as they came, with the reasons in front."""
    target = _ask(page, _("Save refused rows"), f"{Path(rehearsal.sheet.file_name).stem} – {_('refused')}")
    if target:
        write_refused(page, target, rehearsal)


def write_refused(page: ImportingPage, target: Path, rehearsal: Rehearsal) -> None:
    """Write the refused rows of ``rehearsal`` to ``target``."""
    reasons = {
        row.number: " ".join(say(p.code, p.facts) for p in row.reasons)
        for row in rehearsal.rows if row.fate is Fate.REFUSED
    }
    sheet, title, head = rehearsal.sheet, _("Refused rows"), (_("Row"), _("Reason"))
    tongue = language()

    def write(depot: Depot, progress: Progress) -> Path:
        from app.spreadsheets.export import Column, Kind, ListSheet
        from app.spreadsheets.export import write as export

        width = len(sheet.header)
        rows = [
            (row.number, reasons[row.number], *[cell.text for cell in row.cells[:width]],
             *[""] * (width - len(row.cells)))
            for row in sheet.rows if row.number in reasons
        ]
        columns = [Column(head[0], Kind.NUMBER), Column(head[1], width=48), *map(Column, sheet.header)]
        export(target, [ListSheet(title, columns, rows)], zone=depot.zone, language=tongue, progress=progress)
        return target

    page.run_long(write, lambda path: _saved(page, path), _("Saving the spreadsheet"))


def _ask(page: ImportingPage, title: str, name: str) -> Path | None:
    folder = memory.recall("folders/spreadsheets", str(Path.home()))
    chosen, kind = QFileDialog.getSaveFileName(page, title, str(Path(folder) / f"{name}.xlsx"), _FILTER)
    if not chosen:
        return None
    target = Path(chosen)
    memory.remember("folders/spreadsheets", str(target.parent))
    return target if target.suffix else target.with_suffix(".csv" if "csv" in kind else ".xlsx")


def _saved(page: ImportingPage, path: Path) -> None:
    page.frame.toast(_("Saved as {file}").format(file=path))
