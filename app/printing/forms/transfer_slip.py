"""F5T, the transfer slip: a unit goes on to another depot, with its story so far (a variant of F5)."""

from __future__ import annotations

from app.domain.slips import TransferSlip
from app.i18n import N_
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CELL_SMALL, CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_transfer_slip(sheet: Sheet, slip: TransferSlip, say: Wording) -> None:
    """F5T on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("From depot")), slip.from_depot, 2.4, style=VALUE_STRONG),
            Field(cap(N_("To depot")), slip.to_depot, 1.2, style=VALUE_STRONG),
            Field(cap(N_("Handed over")), words(slip.sent_at), 1.6),
        ],
        [
            Field(cap(N_("Carried by")), say.pair(words(slip.carriage), slip.carrier), 2),
            Field(cap(N_("Waybill")), slip.waybill, 1.6),
            Field(cap(N_("Answer of the other depot")), words(slip.answer), 1.6),
        ],
        [Field(cap(N_("Why it goes to another depot")), slip.reason, lines=2)],
    ])
    section(sheet, cap(N_("The unit")), keep=80)
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.product, 2.6),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
            Field(cap(N_("Lot")), slip.lot, 1.2),
        ],
        [
            Field(cap(N_("Customer")), slip.customer, 2.6, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2.2),
        ],
        [
            Field(cap(N_("Case no. at the sender")), slip.case_number, 1.6),
            Field(cap(N_("Traveller")), slip.traveller, 1.6),
            Field(cap(N_("Visit no.")), str(slip.visit_no), 0.8),
            Field(cap(N_("First received")), words(slip.received_on), 1.2),
            Field(cap(N_("Due to the customer")), words(slip.due_on), 1.2, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Accessories that go along")), say.list(slip.accessories), 2.6),
            Field(cap(N_("Condition when it left")), slip.condition, 2.2),
        ],
    ])
    section(sheet, cap(N_("The story so far")), keep=80)
    grid(sheet, [
        [Field(cap(N_("Fault as reported")), slip.symptom, lines=2)],
        [Field(cap(N_("What was tried to find out")), slip.tried)],
        [Field(cap(N_("Warranty entries")), say.list(slip.warranty))],
    ])
    if slip.visits:
        sheet.skip(6)
        _visits(sheet, slip, say)
    if slip.remark:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    section(sheet, cap(N_("Signatures")), keep=110)
    paragraph(sheet, say.t(N_(
        "The receiving depot scans the code at the top: the unit is taken in as the same visit. Where the nightly "
        "sync has not told of it yet, the number is enough."
    )), NOTE)
    signature_row(sheet, slip.signatures, say)


def _visits(sheet: Sheet, slip: TransferSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column(say.heading(N_("Earlier visit")), 3.2, style=CELL_SMALL),
        Column(say.heading(N_("Received on")), 2, style=CELL_SMALL),
        Column(say.heading(N_("Fault as reported")), 4.4, style=CELL_SMALL),
        Column(say.heading(N_("Fault found")), 4.4, style=CELL_SMALL),
        Column(say.heading(N_("Result")), 2.4, style=CELL_SMALL),
    ])
    for visit in slip.visits:
        table.row((
            visit.number, say.words(visit.received_on), visit.symptom, visit.fault, say.words(visit.result),
        ))
    table.close()
