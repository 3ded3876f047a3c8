"""F20P, the count sheet of parts at a place: to write on, and afterwards the differences with their reasons."""

from __future__ import annotations

from app.domain.slips import PartCountSheet
from app.i18n import N_
from app.printing.fields import Field, grid
from app.printing.ink import CELL_SMALL, CELL_STRONG, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_part_count_sheet(sheet: Sheet, slip: PartCountSheet, say: Wording) -> None:
    """F20P on A4 landscape."""
    cap = say.cap
    differing = sum(1 for row in slip.rows if row.difference)
    grid(sheet, [[
        Field(cap(N_("Place")), say.words(slip.place), 2, style=VALUE_STRONG),
        Field(cap(N_("Begun")), say.words(slip.begun_at), 1.5),
        Field(cap(N_("Closed on")), say.words(slip.closed_at), 1.5),
        Field(cap(N_("Number of lines")), str(len(slip.rows)), style=SUM),
        Field(cap(N_("Differences")), str(differing) if slip.closed_at else "", style=SUM),
    ]])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 1, "r"),
        Column(say.heading(N_("Part no.")), 4, style=CELL_STRONG),
        Column(say.heading(N_("Part")), 6),
        Column(say.heading(N_("State")), 3, style=CELL_SMALL),
        Column(say.heading(N_("On the books")), 2.2, "r"),
        Column(say.heading(N_("Counted")), 2.2, "r", style=CELL_STRONG),
        Column(say.heading(N_("Difference")), 2.2, "r", style=CELL_STRONG),
        Column(say.heading(N_("Reason")), 6),
    ])
    for number, row in enumerate(slip.rows, 1):
        table.row((
            str(number), row.part_no, row.name, say.words(row.grade), f"{row.booked} {row.unit}".strip(),
            "" if row.counted is None else str(row.counted), f"{row.difference:+d}" if row.difference else "",
            row.reason,
        ))
    if slip.closed_at is None:
        table.blank(4)
    table.close()
    if slip.remark:
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(8)
    signature_row(sheet, slip.signatures, say)
