"""F22, the monthly quality analysis report, and the sheet of what was corrected after it was closed."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.slips import CorrectionSheet, Exhibit, Figure, QualityReport
from app.i18n import N_
from app.printing.cells import text_strips
from app.printing.charts import chart_height, lay_chart
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, NOTE, SUM
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording

_ACROSS = 4


def lay_figures(sheet: Sheet, figures: Sequence[Figure]) -> None:
    """Figures as fields, four in a row: the figure large, its remark small below it."""
    width, rows = sheet.span / _ACROSS, []
    for start in range(0, len(figures), _ACROSS):
        some = figures[start:start + _ACROSS]
        fields = [
            Field(f.caption, [*text_strips(sheet, f.value, SUM, width), *text_strips(sheet, f.note, NOTE, width)])
            for f in some
        ]
        rows.append([*fields, *[Field("")] * (_ACROSS - len(some))])
    grid(sheet, rows)


def lay_exhibit(sheet: Sheet, exhibit: Exhibit, say: Wording) -> None:
    """A title and its chart, together on one page."""
    section(sheet, exhibit.title, keep=chart_height(exhibit) + 8)
    lay_chart(sheet, exhibit, say.t(N_("Nothing to count in this month")))
    sheet.skip(4)


def lay_quality_report(sheet: Sheet, slip: QualityReport, say: Wording) -> None:
    """F22 on A4."""
    cap = say.cap
    grid(sheet, [[
        Field(cap(N_("Month")), slip.month, 1, style=SUM), Field(cap(N_("State of the report")), slip.standing, 3),
    ], [Field(cap(N_("Made with the policy")), slip.terms)]])
    sheet.skip(5)
    lay_figures(sheet, slip.figures)
    for exhibit in slip.exhibits:
        lay_exhibit(sheet, exhibit, say)
    section(sheet, cap(N_("Several units of one lot")), keep=60)
    table = Table(sheet, [
        Column("#", 0.7, "r", CELL_SMALL), Column(say.heading(N_("Product")), 4),
        Column(say.heading(N_("Lot")), 3, style=CELL_STRONG), Column(say.heading(N_("Number of units")), 1.7, "r"),
        Column(say.heading(N_("Product-caused")), 1.6, "r"),
        Column(say.heading(N_("Cases and serials")), 8, style=CELL_SMALL),
    ])
    table.rows(
        (str(n), lot.product, lot.lot, str(lot.n), str(lot.ours), lot.numbers) for n, lot in enumerate(slip.lots, 1)
    )
    if not slip.lots:
        table.nothing(say.t(N_("No lot came more than once")))
    table.close()
    section(sheet, cap(N_("Analysis and actions")), keep=80)
    grid(sheet, [
        [Field(cap(N_("Analysis")), slip.analysis, lines=3)],
        [Field(cap(N_("Actions, by whom and until when")), slip.actions, lines=4)],
    ])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)


def lay_correction_sheet(sheet: Sheet, slip: CorrectionSheet, say: Wording) -> None:
    """What the closed month said, and what the record says today."""
    cap = say.cap
    grid(sheet, [[
        Field(cap(N_("Month")), slip.month, 1, style=SUM), Field(cap(N_("State of the report")), slip.standing, 3),
    ]])
    paragraph(sheet, say.t(N_(
        "The closed report stays as it was signed. This sheet lists what the record says otherwise today.")))
    section(sheet, cap(N_("Figures")), keep=50)
    table = Table(sheet, [
        Column(say.heading(N_("Indicator")), 6), Column(say.heading(N_("Of")), 6),
        Column(say.heading(N_("As closed")), 2, "r"), Column(say.heading(N_("As of now")), 2, "r", CELL_STRONG),
    ])
    table.rows((f.name, f.of, f.then, f.now) for f in slip.figures)
    if not slip.figures:
        table.nothing(say.t(N_("Nothing was corrected")))
    table.close()
    section(sheet, cap(N_("Case by case")), keep=50)
    table = Table(sheet, [
        Column(say.heading(N_("Case no.")), 4), Column(say.heading(N_("Serial no.")), 3.4, style=CELL_STRONG),
        Column(say.heading(N_("Change")), 3), Column(say.heading(N_("Field")), 2.4),
        Column(say.heading(N_("As closed")), 3), Column(say.heading(N_("As of now")), 3, style=CELL_STRONG),
    ])
    table.rows((c.number, c.serial, c.what, c.field, c.then, c.now) for c in slip.cases)
    if not slip.cases:
        table.nothing(say.t(N_("Nothing was corrected")))
    table.close()
