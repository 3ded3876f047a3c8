"""F13, the scrap form: why, with which history, approved by whom, and where the unit ended."""

from __future__ import annotations

from app.domain.slips import ScrapForm
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.forms.visits import lay_visits
from app.printing.ink import CODE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_scrap_form(sheet: Sheet, slip: ScrapForm, say: Wording) -> None:
    """F13 on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.product, 4, style=VALUE_STRONG),
            Field(cap(N_("Serial no.")), slip.serial, 3, style=CODE),
            Field(cap(N_("Case no.")), slip.case_number, 3, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Customer")), slip.customer, 4), Field(cap(N_("Lot")), slip.lot, 2),
            Field(cap(N_("Manufactured")), words(slip.manufactured), 2),
            Field(cap(N_("Scrapped on")), words(slip.on), 2),
        ],
        [
            Field(cap(N_("Fault found")), slip.fault, 4, lines=2), Field(cap(N_("Cause")), words(slip.cause), 2),
            Field(cap(N_("Result")), words(slip.result), 2, style=VALUE_STRONG),
            Field(cap(N_("Warranty")), words(slip.warranty.status), 2),
        ],
    ])
    section(sheet, cap(N_("Why it is scrapped")), keep=60)
    grid(sheet, [
        [Field(cap(N_("Reason")), slip.reason, lines=2, style=VALUE_STRONG)],
        [Field(cap(N_("Ruling")), slip.ruling, 7, lines=2), Field(cap(N_("Ruling no.")), slip.ruling_number, 3)],
    ])
    if slip.determination_number:
        section(sheet, cap(N_("Technical determination by R&D")), keep=50)
        grid(sheet, [[
            Field(cap(N_("Determination no.")), slip.determination_number, 3),
            Field(cap(N_("Conclusion")), words(slip.determination), 3, style=VALUE_STRONG),
            Field(cap(N_("What was found")), slip.findings, 6, lines=2),
        ]])
    if slip.visits:
        lay_visits(sheet, slip.visits, say)
    section(sheet, cap(N_("Approvals")), keep=60)
    _approvals(sheet, slip, say)
    section(sheet, cap(N_("Final destination")), keep=60)
    grid(sheet, [
        [
            Field(cap(N_("Destination")), words(slip.destination) or say.t(N_("stands in the scrap zone (D)")), 3,
                  style=VALUE_STRONG),
            Field(cap(N_("Way of disposal")), words(slip.how), 2), Field(cap(N_("By whom")), slip.by_whom, 3),
            Field(cap(N_("Witness")), slip.witness, 2),
        ],
        [
            Field(cap(N_("Date")), words(slip.destined), 3),
            Field(cap(N_("Handover no.")), slip.handover_number, 7),
        ],
    ])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)


def _approvals(sheet: Sheet, slip: ScrapForm, say: Wording) -> None:
    table = Table(sheet, [
        Column(say.heading(N_("Asked by")), 2.4),
        Column(say.heading(N_("Asked on")), 2.6),
        Column(say.heading(N_("Reason")), 4.4),
        Column(say.heading(N_("Approved or refused")), 2.2),
        Column(say.heading(N_("Decided by")), 3),
        Column(say.heading(N_("Remark")), 3),
    ])
    for line in slip.approvals:
        decided = say.words(line.decided)
        table.row((
            line.by, say.words(line.asked), line.reason, say.words(line.answer),
            f"{line.decider} {decided}".strip(), line.remark,
        ))
    table.close()
