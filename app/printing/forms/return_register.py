"""F3, the return register: one line per case with all its dates, and the totals (art. 8.5)."""

from __future__ import annotations

from app.domain.slips import RegisterLine, RegisterTotals, ReturnRegister
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid
from app.printing.ink import CELL_SMALL, CELL_WARN, SUM
from app.printing.leaves import Sheet
from app.printing.tables import Column, Table, stacked
from app.printing.wording import Wording

_SMALL_STRONG = CELL_SMALL._replace(bold=True)


def lay_return_register(sheet: Sheet, slip: ReturnRegister, say: Wording) -> None:
    """F3 on A4 landscape."""
    cap = say.cap
    row = [Field(cap(N_("Received in the period")), say.period(slip.start, slip.end), 2)]
    if slip.selection:
        row.append(Field(cap(N_("Selection")), slip.selection, 3))
    grid(sheet, [row])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 19, "r", CELL_SMALL),
        Column(say.heading(N_("Case no.")), 71, style=CELL_SMALL),
        Column(say.heading(N_("Customer")), 76, style=CELL_SMALL),
        Column(say.heading(N_("Product, serial no.")), 76),
        Column(say.heading(N_("Visit")), 26, "r", CELL_SMALL),
        Column(say.heading(N_("Way of return")), 43, style=CELL_SMALL),
        Column(say.heading(N_("Warranty")), 47, style=CELL_SMALL),
        Column(say.heading(N_("Received on")), 50, style=CELL_SMALL),
        Column(say.heading(N_("Plan, released")), 71, style=CELL_SMALL),
        Column(say.heading(N_("Into repair")), 50, style=CELL_SMALL),
        Column(say.heading(N_("Into QA")), 50, style=CELL_SMALL),
        Column(say.heading(N_("Passed on, QA mark")), 72, style=CELL_SMALL),
        Column(say.heading(N_("Exit")), 52, style=CELL_SMALL),
        Column(say.heading(N_("Days")), 28, "r", CELL_SMALL),
        Column(say.heading(N_("Remark")), 42, style=CELL_SMALL),
    ])
    for number, line in enumerate(slip.lines, 1):
        table.row(_cells(sheet, table, number, line, say))
    if not slip.lines:
        table.nothing(say.t(N_("No case in this period")))
    table.close()
    _totals(sheet, slip.totals, say)


def _cells(sheet: Sheet, table: Table, number: int, line: RegisterLine, say: Wording) -> list[str | list[Strip]]:
    day = say.words

    def two(first: str, second: str, column: int) -> list[Strip]:
        return stacked(sheet, ((first, CELL_SMALL), (second, CELL_SMALL)), table.slots[column].width)

    unit = stacked(sheet, ((line.product, CELL_SMALL), (line.serial, _SMALL_STRONG)), table.slots[3].width)
    style = CELL_WARN._replace(size=CELL_SMALL.size, leading=CELL_SMALL.leading) if line.overdue else CELL_SMALL
    days = "" if line.days is None else f"{line.days} !" if line.overdue else str(line.days)
    return [
        str(number), line.case_number, line.customer, unit, str(line.visit), say.words(line.way_of_return),
        say.words(line.warranty), day(line.received), two(line.plan_number, day(line.released), 8),
        day(line.in_repair), day(line.in_qa), two(day(line.passed), line.mark_number, 11),
        two(say.words(line.exit), day(line.ended), 12), stacked(sheet, ((days, style),), table.slots[13].width, "r"),
        line.remark,
    ]


def _totals(sheet: Sheet, totals: RegisterTotals, say: Wording) -> None:
    """The figures the period ends with."""
    sheet.skip(6)
    sheet.need(40)
    figures = (
        (N_("Cases"), totals.cases),
        (N_("Returned to the customer"), totals.returned),
        (N_("Kept as spare"), totals.spares),
        (N_("Scrapped"), totals.scrapped),
        (N_("Still open"), totals.open),
        (N_("Overdue (!)"), totals.overdue),
    )
    grid(sheet, [[Field(say.cap(caption), str(count), style=SUM) for caption, count in figures]])
