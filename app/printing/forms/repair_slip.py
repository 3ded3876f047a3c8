"""F8, the repair slip: what was found and done, what it costs, what the warranty says, what the customer thinks."""

from __future__ import annotations

from app.domain.slips import RepairSlip, SigningRule
from app.i18n import N_
from app.printing.amounts import figures, in_words
from app.printing.cells import PAD_X
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL, CELL_STRONG, CODE, NOTE, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.stamps import mark_strip, mark_width
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_repair_slip(sheet: Sheet, slip: RepairSlip, say: Wording) -> None:
    """F8 on A4."""
    _case(sheet, slip, say)
    section(sheet, say.cap(N_("Parts and charges")), keep=60)
    _money(sheet, slip, say)
    section(sheet, say.cap(N_("Warranty")), keep=60)
    _warranty(sheet, slip, say)
    section(sheet, say.cap(N_("Customer")), keep=165)
    _customer(sheet, slip, say)


def _case(sheet: Sheet, slip: RepairSlip, say: Wording) -> None:
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
            Field(cap(N_("Request no.") if slip.on_site else N_("Case no.")), slip.case_number, 2, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Address")), slip.address, 5),
            Field(cap(N_("Visit no. of this serial")), str(slip.visit), 2),
        ],
        [
            Field(cap(N_("Product")), slip.product, 3, style=VALUE_STRONG),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
            Field(cap(N_("Lot")), slip.lot, 2),
        ],
        [
            Field(cap(N_("Trip from") if slip.on_site else N_("Received on")), words(slip.received)),
            Field(cap(N_("Trip until") if slip.on_site else N_("Handed back")), words(slip.returned)),
            Field(cap(N_("Technician")), slip.technician),
            Field(cap(N_("Result")), words(slip.result), style=VALUE_STRONG),
        ],
        [Field(cap(N_("Symptom reported")), slip.symptom, lines=2)],
        [
            Field(cap(N_("Fault found")), slip.fault, 3, lines=2),
            Field(cap(N_("Cause")), words(slip.cause), 2, lines=2),
        ],
        [Field(cap(N_("Work done")), slip.work, lines=2)],
    ])


def _money(sheet: Sheet, slip: RepairSlip, say: Wording) -> None:
    cap = say.cap
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Part or charge")), 5.4),
        Column(say.heading(N_("Part no.")), 3),
        Column(say.heading(N_("Removed / new serial")), 4),
        Column(say.heading(N_("Quantity")), 1.6, "r"),
        Column(say.heading(N_("Unit price")), 2.2, "r"),
        Column(say.heading(N_("Amount")), 2.4, "r", CELL_STRONG),
    ])
    for number, part in enumerate(slip.parts, 1):
        serials = " / ".join(serial for serial in (part.removed_serial, part.new_serial) if serial)
        table.row((
            str(number), part.name, part.part_number, serials, str(part.quantity), figures(part.unit_price),
            figures(part.amount),
        ))
    for place, charge in enumerate(slip.charges, len(slip.parts) + 1):
        table.row((str(place), charge.name, "", "", "", "", figures(charge.amount)))
    if not slip.parts and not slip.charges:
        table.nothing(say.t(N_("No parts used")))
    table.close()
    row = [
        Field(cap(N_("Total to pay")), figures(slip.total), 2, style=SUM),
        Field(cap(N_("Amount in Chinese capitals")), in_words(slip.total), 4, style=VALUE_STRONG),
    ]
    if slip.free_reason:
        row.append(Field(cap(N_("Free of charge because")), slip.free_reason, 4))
    if slip.receipt_number:
        row.append(Field(cap(N_("Receipt no.")), slip.receipt_number, 2))
    grid(sheet, [row])


def _warranty(sheet: Sheet, slip: RepairSlip, say: Wording) -> None:
    cap, words, warranty = say.cap, say.words, slip.warranty
    facts = [
        Field(cap(N_("Warranty at this repair")), words(warranty.status), style=VALUE_STRONG),
        Field(cap(N_("Warranty until")), words(warranty.until)),
        Field(cap(N_("After this repair until")), words(warranty.next_until), style=VALUE_STRONG),
    ]
    if not slip.mark:
        grid(sheet, [facts, [Field(cap(N_("Explanation")), warranty.reason, lines=2)]])
        return
    width = mark_width() + 3 * PAD_X
    reason = Field(cap(N_("Explanation")), warranty.reason, sheet.span - width)
    grid(sheet, [facts, [reason, Field(cap(N_("QA mark")), [mark_strip(slip.mark, say)], width)]])


_SIGNING = {
    SigningRule.SIGN: N_("Please sign."),
    SigningRule.STAMP: N_("Please stamp."),
    SigningRule.SIGN_OR_STAMP: N_("Please sign or stamp."),
    SigningRule.SIGN_AND_STAMP: N_("Please sign and stamp."),
}


def _customer(sheet: Sheet, slip: RepairSlip, say: Wording) -> None:
    grid(sheet, [[Field(say.cap(N_("Customer's opinion")), slip.opinion, lines=3, style=CELL)]])
    sheet.text(sheet.left, sheet.y + 2 + NOTE.drop, say.t(_SIGNING[slip.signing]), NOTE)
    sheet.y += NOTE.leading + 5
    signature_row(sheet, slip.signatures, say, stamp=slip.signing is not SigningRule.SIGN)
