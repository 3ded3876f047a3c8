"""A diagnosis that somebody wrote while another was typed at: both versions are shown, and neither covers the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.errors import Refused
from app.services import bench_sheet
from app.services.bench_sheet import BenchSheet
from ui.dialogs.versions import compare
from ui.form.versions import Opened
from ui.repair.forms import DiagnosisForm
from ui.tones import Tone

if TYPE_CHECKING:
    from ui.repair.worksheet import Worksheet


def at_saving(worksheet: Worksheet, opened: Opened) -> Callable[[Exception], bool]:
    """Whether saving failed because somebody else was quicker; then the person chooses, and nothing typed is lost."""
    page, case_id = worksheet.page, worksheet.sheet.case.id

    def overtaken(error: Exception) -> bool:
        if not isinstance(error, Refused) or not error.changed_meanwhile:
            return False
        refusal = error

        def found(sheet: BenchSheet) -> None:
            theirs = _hidden(worksheet, sheet)
            compare(page, refusal, opened, worksheet.form, theirs,
                    lambda content, text: page.show_anew(sheet, content, text), theirs.deleteLater)

        page.run(lambda depot: bench_sheet.sheet(depot, case_id), found)
        return True

    return overtaken


def at_return(worksheet: Worksheet, opened: Opened, typed: Mapping[str, object]) -> None:
    """What lay half-typed was typed over an older diagnosis: the person chooses what goes into the form."""
    page, case_id = worksheet.page, worksheet.sheet.case.id
    yours = _hidden(worksheet, worksheet.sheet)
    yours.fill(typed)

    def chosen(content: Mapping[str, object], text: str) -> None:
        worksheet.form.fill(content)
        page.frame.toast(text, Tone.INFO)
        yours.deleteLater()

    def found(refusal: Refused) -> None:
        compare(page, refusal, opened, yours, worksheet.form, chosen, yours.deleteLater)

    page.desk.run(worksheet, lambda depot: bench_sheet.changed_meanwhile(depot, case_id), found, quiet=True)


def _hidden(worksheet: Worksheet, sheet: BenchSheet) -> DiagnosisForm:
    """A form that only holds a version."""
    made = DiagnosisForm(worksheet.page.desk, sheet)
    made.setParent(worksheet)
    made.hide()
    return made
