"""What is late and why, on A4 landscape: one line per clock."""

from __future__ import annotations

from app.domain.slips import ChaseLine, ChaseList
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid
from app.printing.ink import CELL_SMALL, CELL_WARN, SUM
from app.printing.leaves import Sheet
from app.printing.tables import Column, Table, stacked
from app.printing.wording import Wording

_STRONG = CELL_SMALL._replace(bold=True)


def lay_chase_list(sheet: Sheet, slip: ChaseList, say: Wording) -> None:
    """The list on A4 landscape."""
    cap = say.cap
    grid(sheet, [[
        Field(cap(N_("As of")), say.words(slip.on)), Field(cap(N_("Shown")), say.words(slip.shown), 2),
        Field(cap(N_("Order")), say.words(slip.order), 2), Field(cap(N_("Overdue")), str(slip.overdue), style=SUM),
        Field(cap(N_("Due soon")), str(slip.due_soon), style=SUM),
        Field(cap(N_("Paused")), str(slip.paused), style=SUM),
    ]])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 18, "r", CELL_SMALL),
        Column(say.heading(N_("Clock, number")), 84),
        Column(say.heading(N_("How late")), 62),
        Column(say.heading(N_("Customer")), 84, style=CELL_SMALL),
        Column(say.heading(N_("Product, serial no.")), 84),
        Column(say.heading(N_("Since, target")), 70),
        Column(say.heading(N_("In time until")), 58, style=CELL_SMALL),
        Column(say.heading(N_("Pauses")), 78, style=CELL_SMALL),
        Column(say.heading(N_("Who acts, what to do")), 84),
        Column(say.heading(N_("Last call")), 96, style=CELL_SMALL),
    ])
    for number, line in enumerate(slip.lines, 1):
        table.row(_cells(sheet, table, number, line, say))
    if not slip.lines:
        table.nothing(say.t(N_("Nothing is late")))
    table.close()
    if slip.more:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Not on this paper")), str(slip.more))]])


def _cells(sheet: Sheet, table: Table, number: int, line: ChaseLine, say: Wording) -> list[str | list[Strip]]:
    warn = CELL_WARN._replace(size=CELL_SMALL.size, leading=CELL_SMALL.leading) if line.late else CELL_SMALL

    def two(first: str, second: str, column: int, *, strong: int = 0) -> list[Strip]:
        styles = [_STRONG if strong == n else CELL_SMALL for n in (1, 2)]
        return stacked(sheet, ((first, styles[0]), (second, styles[1])), table.slots[column].width)

    state = say.words(line.state) + (" !" if line.late else "")
    return [
        str(number), two(say.words(line.clock), line.number, 1, strong=2),
        stacked(sheet, ((state, warn), (line.amount, warn)), table.slots[2].width), line.customer,
        two(line.product, line.serial, 4, strong=2), two(line.since, line.target, 5), line.until, line.pauses,
        two(line.who, say.words(line.act), 8, strong=1), line.call,
    ]
