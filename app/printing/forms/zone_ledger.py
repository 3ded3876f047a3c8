"""F20, the ledger of a zone: every movement in and out with its document, and the balance (art. 12.2)."""

from __future__ import annotations

from app.domain.slips import ZoneLedger
from app.i18n import N_
from app.printing.fields import Field, grid
from app.printing.ink import CELL_SMALL, CELL_STRONG, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_zone_ledger(sheet: Sheet, slip: ZoneLedger, say: Wording) -> None:
    """F20 on A4 landscape."""
    cap = say.cap
    ins = sum(1 for line in slip.lines if line.incoming)
    grid(sheet, [[
        Field(cap(N_("Zone")), say.words(slip.zone), 2, style=VALUE_STRONG),
        Field(cap(N_("Period")), say.period(slip.start, slip.end), 2),
        Field(cap(N_("Opening balance")), str(slip.opening), style=SUM),
        Field(cap(N_("Units in")), str(ins), style=SUM),
        Field(cap(N_("Units out")), str(len(slip.lines) - ins), style=SUM),
        Field(cap(N_("Closing balance")), str(slip.closing), style=SUM),
    ]])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 1, "r"),
        Column(say.heading(N_("Date and time")), 3),
        Column(say.heading(N_("Serial no.")), 3.6, style=CELL_STRONG),
        Column(say.heading(N_("Product")), 4.6, style=CELL_SMALL),
        Column(say.heading(N_("Case no.")), 3.4, style=CELL_SMALL),
        Column(say.heading(N_("From / to")), 3.4),
        Column(say.heading(N_("Units in")), 1.2, "c", CELL_STRONG),
        Column(say.heading(N_("Units out")), 1.2, "c", CELL_STRONG),
        Column(say.heading(N_("Shelf")), 1.8),
        Column(say.heading(N_("Document")), 3.4, style=CELL_SMALL),
        Column(say.heading(N_("Entered by")), 2.2),
        Column(say.heading(N_("Balance")), 1.7, "r", CELL_STRONG),
    ])
    table.total(cap(N_("Carried forward")), {11: str(slip.opening)})
    for number, line in enumerate(slip.lines, 1):
        table.row((
            str(number), say.words(line.at), line.serial, line.product, line.case_number, say.words(line.other_place),
            "1" if line.incoming else "", "" if line.incoming else "1", line.shelf, line.document, line.by,
            str(line.balance),
        ))
    if not slip.lines:
        table.nothing(say.t(N_("No movement in this period")))
    table.total(cap(N_("Closing balance")), {6: str(ins), 7: str(len(slip.lines) - ins), 11: str(slip.closing)})
    table.close()
