"""F24, the after-sales department's month: what came, what went, what stands, what is late."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.slips import ServiceLine, ServiceSummary
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.forms.quality_report import lay_exhibit, lay_figures
from app.printing.ink import CELL_STRONG, SUM
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_service_summary(sheet: Sheet, slip: ServiceSummary, say: Wording) -> None:
    """F24 on A4."""
    grid(sheet, [[Field(say.cap(N_("Month")), slip.month, style=SUM)]])
    sheet.skip(5)
    lay_figures(sheet, slip.figures)
    for exhibit in slip.exhibits:
        lay_exhibit(sheet, exhibit, say)
    _lines(sheet, say.cap(N_("By product")), N_("Product"), slip.products, say)
    _lines(sheet, say.cap(N_("By customer")), N_("Customer"), slip.customers, say)
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)


def _lines(sheet: Sheet, title: str, what: str, lines: Sequence[ServiceLine], say: Wording) -> None:
    section(sheet, title, keep=60)
    table = Table(sheet, [
        Column(say.heading(what), 7, style=CELL_STRONG), Column(say.heading(N_("Received")), 1.6, "r"),
        Column(say.heading(N_("Left the depot")), 1.8, "r"), Column(say.heading(N_("In the depot")), 1.8, "r"),
        Column(say.heading(N_("Overdue")), 1.6, "r"),
    ])
    table.rows((line.name, str(line.received), str(line.left), str(line.open), str(line.late)) for line in lines)
    if lines:
        table.total(say.cap(N_("Total")), {
            1: str(sum(line.received for line in lines)), 2: str(sum(line.left for line in lines)),
            3: str(sum(line.open for line in lines)), 4: str(sum(line.late for line in lines)),
        })
    else:
        table.nothing(say.t(N_("Nothing to count in this month")))
    table.close()
