"""F20, the count sheet of a zone: shelf by shelf, to tick, and afterwards the differences."""

from __future__ import annotations

from app.domain.slips import CountLine, StocktakeSheet
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid
from app.printing.ink import CELL_SMALL, CELL_STRONG, CELL_WARN, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table, stacked
from app.printing.ticks import verdict_strip
from app.printing.wording import Wording


def lay_stocktake_sheet(sheet: Sheet, slip: StocktakeSheet, say: Wording) -> None:
    """F20 count sheet on A4 landscape."""
    cap = say.cap
    booked = sum(1 for line in slip.lines if line.booked)
    missing = sum(1 for line in slip.lines if line.booked and line.found is False)
    surplus = sum(1 for line in slip.lines if not line.booked)
    counted = slip.closed_at is not None
    grid(sheet, [[
        Field(cap(N_("Zone")), say.words(slip.zone), 2, style=VALUE_STRONG),
        Field(cap(N_("Begun")), say.words(slip.begun_at), 1.5),
        Field(cap(N_("Closed on")), say.words(slip.closed_at), 1.5),
        Field(cap(N_("Booked")), str(booked), style=SUM),
        Field(cap(N_("Missing")), str(missing) if counted else "", style=SUM),
        Field(cap(N_("Surplus")), str(surplus) if counted else "", style=SUM),
    ]])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 1, "r"),
        Column(say.heading(N_("Shelf")), 2.4, style=CELL_STRONG),
        Column(say.heading(N_("Serial no.")), 4.4, style=CELL_STRONG),
        Column(say.heading(N_("Product")), 6),
        Column(say.heading(N_("Case no.")), 4, style=CELL_SMALL),
        Column(say.heading(N_("Booked here")), 2, "c"),
        Column(say.heading(N_("Found there")), 2, "c"),
        Column(say.heading(N_("Difference")), 3),
        Column(say.heading(N_("Remark")), 5),
    ])
    for number, line in enumerate(slip.lines, 1):
        table.row((
            str(number), line.shelf, line.serial, line.product, line.case_number,
            [verdict_strip(CELL_SMALL, "", ticked=line.booked or None)],
            [verdict_strip(CELL_SMALL, "", ticked=line.found)],
            _difference(sheet, line, table.slots[7].width, say), line.remark,
        ))
    if not counted:
        table.blank(4)
    table.close()
    if slip.remark:
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(8)
    signature_row(sheet, slip.signatures, say)


def _difference(sheet: Sheet, line: CountLine, width: float, say: Wording) -> list[Strip]:
    words = ""
    if line.booked and line.found is False:
        words = say.t(N_("Missing"))
    elif not line.booked and line.found:
        words = say.t(N_("Surplus"))
    return stacked(sheet, ((words, CELL_WARN),), width)
