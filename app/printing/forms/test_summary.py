"""F21, what QA tested in a month: by product and by test item."""

from __future__ import annotations

from app.domain.slips import TestSummary
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.forms.quality_report import lay_figures
from app.printing.ink import CELL_STRONG, SUM
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_test_summary(sheet: Sheet, slip: TestSummary, say: Wording) -> None:
    """F21 on A4."""
    cap = say.cap
    grid(sheet, [[Field(cap(N_("Month")), slip.month, style=SUM)]])
    sheet.skip(5)
    lay_figures(sheet, slip.figures)
    section(sheet, cap(N_("Inspections by product")), keep=60)
    tested, passed, failed = say.heading(N_("Tested")), say.heading(N_("Passed")), say.heading(N_("Failed"))
    table = Table(sheet, [
        Column(say.heading(N_("Product")), 6, style=CELL_STRONG), Column(tested, 1.6, "r"), Column(passed, 1.6, "r"),
        Column(failed, 1.6, "r"), Column(say.heading(N_("First runs")), 1.8, "r"),
        Column(say.heading(N_("Passed at once")), 2, "r"),
    ])
    table.rows(
        (p.product, str(p.tested), str(p.passed), str(p.failed), str(p.first), str(p.first_passed))
        for p in slip.products
    )
    if slip.products:
        table.total(cap(N_("Total")), {
            1: str(sum(p.tested for p in slip.products)), 2: str(sum(p.passed for p in slip.products)),
            3: str(sum(p.failed for p in slip.products)), 4: str(sum(p.first for p in slip.products)),
            5: str(sum(p.first_passed for p in slip.products)),
        })
    else:
        table.nothing(say.t(N_("Nothing was tested in this month")))
    table.close()
    section(sheet, cap(N_("Readings by test item")), keep=60)
    table = Table(sheet, [
        Column(say.heading(N_("Product")), 4), Column(say.heading(N_("Code")), 2),
        Column(say.heading(N_("Test item")), 6, style=CELL_STRONG), Column(say.heading(N_("Readings")), 1.6, "r"),
        Column(passed, 1.6, "r"), Column(failed, 1.6, "r"),
    ])
    table.rows((i.product, i.code, i.name, str(i.read), str(i.passed), str(i.failed)) for i in slip.items)
    if not slip.items:
        table.nothing(say.t(N_("Nothing was tested in this month")))
    table.close()
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)
