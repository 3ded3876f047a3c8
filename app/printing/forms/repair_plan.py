"""F4, the repair plan and its revisions: product × quantity, allocated units, countersignature (art. 9)."""

from __future__ import annotations

from app.domain.slips import PlanLine, RepairPlan
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table, stacked
from app.printing.wording import Wording


def lay_repair_plan(sheet: Sheet, slip: RepairPlan, say: Wording) -> None:
    """F4 on A4."""
    cap, words = say.cap, say.words
    rows = [[
        Field(cap(N_("State")), words(slip.state), style=VALUE_STRONG),
        Field(cap(N_("Revision")), str(slip.revision), style=VALUE_STRONG),
        Field(cap(N_("Drafted by")), say.pair(slip.drafted_by, words(slip.drafted_at)), 2),
        Field(cap(N_("Issued on")), words(slip.issued_at), 1.5),
    ]]
    if slip.recipients:
        rows.append([Field(cap(N_("Issued to")), say.list(slip.recipients))])
    if slip.revision or slip.revision_reason:
        rows.append([Field(cap(N_("Reason of the revision")), slip.revision_reason, lines=2)])
    grid(sheet, rows)
    section(sheet, cap(N_("Quantities")), _changed(slip, say), keep=60)
    _quantities(sheet, slip, say)
    if any(line.units for line in slip.lines):
        section(sheet, cap(N_("Allocated units")), keep=60)
        _units(sheet, slip, say)
    if slip.remark:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(8)
    signature_row(sheet, slip.signatures, say)


def _changed(slip: RepairPlan, say: Wording) -> str:
    count = sum(1 for line in slip.lines if line.before is not None and line.before != line.quantity)
    return say.t.n("{n} line changed", "{n} lines changed", count).format(n=count) if count else ""


def _quantities(sheet: Sheet, slip: RepairPlan, say: Wording) -> None:
    cap = say.cap
    revised = any(line.before is not None for line in slip.lines)
    columns = [Column("#", 0.8, "r"), Column(say.heading(N_("Product")), 6)]
    if revised:
        columns.append(Column(say.heading(N_("Quantity before")), 2, "r"))
    columns += [
        Column(say.heading(N_("Quantity")), 2, "r", CELL_STRONG),
        Column(say.heading(N_("Due")), 2.4),
        Column(say.heading(N_("Remark")), 5),
    ]
    table = Table(sheet, columns)
    for number, line in enumerate(slip.lines, 1):
        before = ["" if line.before is None else str(line.before)] if revised else []
        table.row([str(number), line.product, *before, str(line.quantity), say.words(line.due), line.remark])
    if not slip.lines:
        table.nothing(say.t(N_("No units in this plan")))
    column = 3 if revised else 2
    totals = {column: str(sum(line.quantity for line in slip.lines))}
    if revised:
        totals[2] = str(sum(line.before if line.before is not None else line.quantity for line in slip.lines))
    table.total(cap(N_("Total")), totals)
    table.close()


def _units(sheet: Sheet, slip: RepairPlan, say: Wording) -> None:
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Product, serial no.")), 5),
        Column(say.heading(N_("Case no.")), 3.4, style=CELL_SMALL),
        Column(say.heading(N_("Customer")), 4.2, style=CELL_SMALL),
        Column(say.heading(N_("Received on")), 2.3),
        Column(say.heading(N_("Due")), 2.3),
    ])
    number = 0
    for line in slip.lines:
        for unit in line.units:
            number += 1
            identity = _identity(sheet, table, line, unit.serial)
            table.row((
                str(number), identity, unit.case_number, unit.customer, say.words(unit.received), say.words(unit.due),
            ))
    table.close()


def _identity(sheet: Sheet, table: Table, line: PlanLine, serial: str) -> list[Strip]:
    return stacked(sheet, ((serial, CELL_STRONG), (line.product, CELL_SMALL)), table.slots[1].width)
