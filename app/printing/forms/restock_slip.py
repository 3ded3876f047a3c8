"""F17, the restock slip: the four conditions as figures against their limits, and who approved (art. 11.1)."""

from __future__ import annotations

from app.domain.slips import ConditionLine, RestockSlip
from app.i18n import N_
from app.printing.amounts import figures
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, CODE
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.ticks import verdict_strip
from app.printing.wording import Wording


def lay_restock_slip(sheet: Sheet, slip: RestockSlip, say: Wording) -> None:
    """F17 on A5."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.product, 3),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
            Field(cap(N_("Lot")), slip.lot, 1.6),
        ],
        [
            Field(cap(N_("Made on")), words(slip.made_on)),
            Field(cap(N_("Case no.")), slip.case_number, 1.6),
            Field(cap(N_("Restocked on")), words(slip.restocked_on)),
            Field(cap(N_("Handover")), slip.handover, 1.6),
        ],
    ])
    section(sheet, cap(N_("The four conditions")), say.t(N_("all must hold (art. 11.1)")), keep=60)
    table = Table(sheet, [
        Column(say.heading(N_("What must hold")), 6),
        Column(say.heading(N_("Figure")), 2.6, "r", CELL_STRONG),
        Column(say.heading(N_("Limit value")), 3.2, "r"),
        Column(say.heading(N_("Holds")), 1.6, "c"),
    ])
    for line in slip.conditions:
        table.row((words(line.condition), _amount(line.value, line), _limit(line, say),
                   [verdict_strip(CELL_SMALL, "", ticked=_holds(line))]))
    table.close()
    if slip.remark:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)


def _amount(value: int, line: ConditionLine) -> str:
    return figures(value) if line.money else str(value)


def _limit(line: ConditionLine, say: Wording) -> str:
    words = say.t(N_("at most {limit}") if line.at_most else N_("at least {limit}"))
    return words.format(limit=_amount(line.limit, line))


def _holds(line: ConditionLine) -> bool:
    return line.value <= line.limit if line.at_most else line.value >= line.limit
