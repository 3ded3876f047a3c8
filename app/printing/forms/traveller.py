"""F1, the traveller: field section, factory section, custody chain (art. 8, 10; spec 2)."""

from __future__ import annotations

from app.domain.slips import (
    CustodyRow,
    FactorySection,
    FieldSection,
    InspectionSheet,
    ReadingLine,
    Signature,
    TravellerSlip,
)
from app.i18n import N_
from app.printing.cells import PAD_X, Strip
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Brush, Sheet
from app.printing.paper import MM
from app.printing.signatures import draw_strokes
from app.printing.stamps import mark_strip, mark_width
from app.printing.tables import Column, Table, stacked
from app.printing.ticks import tick_row, verdict_strip
from app.printing.wording import Wording

#: Handovers a unit usually sees; so many rows are printed even while they are empty.
USUAL_HANDOVERS = 5


def lay_traveller(sheet: Sheet, slip: TravellerSlip, say: Wording) -> None:
    """F1 on A4. Empty parts keep room for the pen, so that the paper can go on where the program is not."""
    _field_section(sheet, slip, slip.field_section, say)
    _factory_section(sheet, slip.factory_section, say)
    _custody(sheet, slip, say)


def _field_section(sheet: Sheet, slip: TravellerSlip, facts: FieldSection, say: Wording) -> None:
    cap, words = say.cap, say.words
    section(sheet, cap(N_("Field section")), _filled(facts.filled_by, words(facts.filled_at), say))
    wanted = tick_row(
        sheet,
        [(say.t(N_("Yes")), facts.return_needed is True), (say.t(N_("No")), facts.return_needed is False)],
        sheet.span / 4,
    )
    grid(sheet, [
        [
            Field(cap(N_("Case no.")), slip.case_number, 2, style=CODE),
            Field(cap(N_("Serial no.")), facts.serial, 2, style=CODE),
            Field(cap(N_("Visit no. of this serial")), str(facts.visit), style=VALUE_STRONG),
            Field(cap(N_("Warranty")), words(facts.warranty.status), style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Product")), facts.product, 2, style=VALUE_STRONG),
            Field(cap(N_("Lot")), facts.lot, 2),
            Field(cap(N_("Manufactured")), words(facts.manufactured)),
            Field(cap(N_("Fault date")), words(facts.fault_date)),
        ],
        [
            Field(cap(N_("Customer")), facts.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Site")), facts.site, 2),
            Field(cap(N_("Contact")), say.pair(facts.contact, facts.phone), 2),
        ],
        [Field(cap(N_("Symptom reported")), facts.symptom, lines=3)],
        [Field(cap(N_("What was tried on site")), facts.tried, lines=2)],
        [
            Field(cap(N_("Accessories on arrival")), say.list(facts.accessories)),
            Field(cap(N_("Condition on arrival")), facts.condition),
        ],
        [
            Field(cap(N_("Phase")), words(facts.phase)),
            Field(cap(N_("Way of return")), words(facts.way_of_return)),
            Field(cap(N_("Brought by")), words(facts.brought_by)),
            Field(cap(N_("Back at the factory")), words(facts.back_at_factory)),
        ],
        [
            Field(cap(N_("Carrier and waybill")), say.pair(facts.carrier, facts.waybill)),
            Field(cap(N_("Return needed?")), wanted),
            Field(cap(N_("Spare left on site")), facts.spare_left),
            Field(cap(N_("Urgency, promised date")), say.pair(words(facts.urgency), words(facts.promised))),
        ],
        [
            Field(cap(N_("Warranty from")), words(facts.warranty.start)),
            Field(cap(N_("Warranty until")), words(facts.warranty.until)),
            Field(cap(N_("Proof seen")), facts.warranty.proof, 2),
        ],
        [Field(cap(N_("Why in or out of warranty")), facts.warranty.reason, lines=2)],
    ])


def _filled(name: str, moment: str, say: Wording) -> str:
    return say.t(N_("Filled in by {name}, {moment}")).format(name=name, moment=moment) if name else ""


def _factory_section(sheet: Sheet, facts: FactorySection, say: Wording) -> None:
    cap, words = say.cap, say.words
    section(sheet, cap(N_("Factory section: repair")))
    grid(sheet, [
        [Field(cap(N_("Confirmed symptom")), facts.confirmed_symptom, lines=2)],
        [
            Field(cap(N_("Fault")), facts.fault, 2),
            Field(cap(N_("Cause")), words(facts.cause)),
            Field(cap(N_("Responsibility")), words(facts.responsibility)),
            Field(cap(N_("Result")), words(facts.result), style=VALUE_STRONG),
        ],
        [Field(cap(N_("Work done")), facts.work, lines=3)],
        [
            Field(cap(N_("Technician")), facts.technician, style=VALUE_STRONG),
            Field(cap(N_("Begun")), words(facts.started_at)),
            Field(cap(N_("Finished")), words(facts.finished_at)),
        ],
    ])
    sheet.skip(4)
    table = Table(sheet, [
        Column(say.heading(N_("Part")), 5),
        Column(say.heading(N_("Part no.")), 3),
        Column(say.heading(N_("Quantity")), 1.3, "r"),
        Column(say.heading(N_("Removed serial")), 3),
        Column(say.heading(N_("New serial")), 3),
    ])
    table.rows(
        (part.name, part.part_number, str(part.quantity), part.removed_serial, part.new_serial) for part in facts.parts
    )
    if not facts.parts and facts.finished_at:
        table.nothing(say.t(N_("No parts used")))
    elif not facts.parts:
        table.blank(2)
    table.close()
    _inspections(sheet, facts, say)


def _inspections(sheet: Sheet, facts: FactorySection, say: Wording) -> None:
    for run in facts.runs or (InspectionSheet(run=1),):
        title = say.cap(N_("Factory section: functional test"))
        number = say.t(N_("Run {n}")).format(n=run.run)
        section(sheet, title, number if facts.runs else "", keep=50 + 17 * min(len(run.readings), 20))
        table = Table(sheet, [
            Column(say.heading(N_("Test item")), 5),
            Column(say.heading(N_("Limits")), 3.2),
            Column(say.heading(N_("Measured value")), 2.4, "r"),
            Column(say.heading(N_("Verdict")), 2, "c"),
        ])
        for reading in run.readings:
            verdict = verdict_strip(CELL_SMALL, _verdict(say, passed=reading.passed), ticked=reading.passed)
            limits, value = (_with_unit(text, reading) for text in (reading.limits, reading.value))
            table.row((reading.item, limits, value, [verdict]))
        if not run.readings:
            table.blank(4)
        table.close()
        grid(sheet, [[
            Field(say.cap(N_("Inspector")), run.inspector, style=VALUE_STRONG),
            Field(say.cap(N_("Inspected")), say.words(run.at)),
            Field(say.cap(N_("Verdict")), _verdict(say, passed=run.passed), style=VALUE_STRONG),
            Field(say.cap(N_("Remark")), run.remark, 2),
        ]])
    _mark(sheet, facts, say)


def _with_unit(value: str, reading: ReadingLine) -> str:
    return f"{value} {reading.unit}" if value and reading.unit else value


def _verdict(say: Wording, *, passed: bool | None) -> str:
    if passed is None:
        return ""
    return say.t(N_("passed")) if passed else say.t(N_("failed"))


def _mark(sheet: Sheet, facts: FactorySection, say: Wording) -> None:
    """The stamp, or the place where it will be put."""
    caption = say.cap(N_("QA mark")) if facts.mark else say.cap(N_("QA mark (stamp or label here)"))
    width = mark_width() + 3 * PAD_X
    grid(sheet, [[
        Field(caption, [mark_strip(facts.mark, say)], width), Field(say.cap(N_("Remarks")), "", sheet.span - width),
    ]])


def _custody(sheet: Sheet, slip: TravellerSlip, say: Wording) -> None:
    section(sheet, say.cap(N_("Custody chain")), say.t(N_("Unit and traveller go together; both sign.")), keep=60)
    cap = say.cap
    table = Table(sheet, [
        Column("#", 0.7, "r"),
        Column(say.heading(N_("Handover slip")), 3.2, style=CELL_SMALL),
        Column(say.heading(N_("Handed from")), 2.4),
        Column(say.heading(N_("Handed to")), 2.4),
        Column(say.heading(N_("Handed over by")), 3.4),
        Column(say.heading(N_("Taken over by")), 3.4),
        Column(say.heading(N_("Remark")), 2.8),
    ])
    for number, row in enumerate(slip.custody, 1):
        table.row(_custody_cells(sheet, table, number, row, say), least=10 * MM)
    table.blank(USUAL_HANDOVERS - len(slip.custody), 10 * MM)
    table.close()
    grid(sheet, [[
        Field(cap(N_("Original archived by QA")), slip.archived_by),
        Field(cap(N_("Archived on")), say.words(slip.archived_at)),
    ]])


def _custody_cells(
    sheet: Sheet, table: Table, number: int, row: CustodyRow, say: Wording,
) -> list[str | list[Strip]]:
    refused = "" if row.accepted else say.t(N_("Refused"))
    slip_cell = stacked(sheet, ((row.number, CELL_SMALL), (say.words(row.at), NOTE)), table.slots[1].width)
    return [
        str(number), slip_cell, say.words(row.giver_place), say.words(row.receiver_place),
        _hand(sheet, row.giver, table.slots[4].width, say), _hand(sheet, row.receiver, table.slots[5].width, say),
        say.pair(refused, row.remark),
    ]


def _hand(sheet: Sheet, signature: Signature, width: float, say: Wording) -> list[Strip]:
    """A signature within a table cell: the drawing or how it was given, and the name."""
    drawn: list[Strip] = []
    if signature.strokes:
        def draw(brush: Brush, x: float, y: float, across: float) -> None:
            draw_strokes(brush, signature, (x + PAD_X, y, across - 2 * PAD_X, 17))

        drawn.append(Strip(17, draw=draw))
    return [*drawn, *stacked(sheet, ((signature.name, CELL_STRONG), (say.words(signature.at), NOTE)), width)]
