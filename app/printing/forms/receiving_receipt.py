"""F2, the receiving receipt: what the customer takes home when a unit was handed in."""

from __future__ import annotations

from app.domain.slips import ReceivingReceipt
from app.i18n import N_
from app.printing.barcodes import qr_code
from app.printing.cells import PAD_X, Strip
from app.printing.fields import Field, grid, numbered, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, NOTE, VALUE_STRONG
from app.printing.leaves import Brush, Sheet
from app.printing.paper import MM
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table, stacked
from app.printing.wording import Wording

_QR = 17 * MM


def lay_receiving_receipt(sheet: Sheet, slip: ReceivingReceipt, say: Wording) -> None:
    """F2 on A5."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Received at")), words(slip.received_at), 2),
        ],
        [
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 3),
            Field(cap(N_("Number of units")), str(len(slip.units)), 2, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Way of return")), words(slip.way_of_return)),
            Field(cap(N_("Brought by")), words(slip.brought_by)),
            Field(cap(N_("Carrier and waybill")), say.pair(slip.carrier, slip.waybill), 1.6),
        ],
    ])
    section(sheet, cap(N_("Units received")), keep=70)
    _units(sheet, slip, say)
    if slip.remark:
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    if slip.terms:
        section(sheet, cap(N_("Terms")), keep=20)
        numbered(sheet, slip.terms)
    sheet.skip(6)
    if slip.enquiry_phone:
        _enquiry(sheet, slip.enquiry_phone, say)
    signature_row(sheet, slip.signatures, say)


def _units(sheet: Sheet, slip: ReceivingReceipt, say: Wording) -> None:
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Serial no., product")), 4.6),
        Column(say.heading(N_("Case no.")), 3.4, style=CELL_SMALL),
        Column(say.heading(N_("Accessories, condition, symptom")), 5.2, style=CELL_SMALL),
        Column(say.heading(N_("Promised")), 2.4, style=CELL_SMALL),
    ])
    for number, unit in enumerate(slip.units, 1):
        identity = stacked(sheet, ((unit.serial, CELL_STRONG), (unit.product, CELL_SMALL)), table.slots[1].width)
        facts = stacked(
            sheet,
            ((say.list(unit.accessories), CELL_SMALL), (unit.condition, CELL_SMALL), (unit.symptom, CELL_SMALL)),
            table.slots[3].width,
        )
        table.row((str(number), identity, unit.case_number, facts, say.words(unit.promised)))
    table.close()


def _enquiry(sheet: Sheet, phone: str, say: Wording) -> None:
    """A QR that a telephone dials, beside the words that say so."""
    invitation = say.t(
        N_("Questions about your unit? Scan with your telephone to call us; have the number of this receipt at hand.")
    )
    width = sheet.span - _QR - 2 * PAD_X
    strips = [Strip(NOTE.leading, line, NOTE) for line in sheet.lines(invitation, NOTE, width - 2 * PAD_X)]
    strips += [Strip(VALUE_STRONG.leading, phone, VALUE_STRONG)]
    height = max(_QR, sum(strip.height for strip in strips) + 6)
    sheet.need(height)
    dialled = "tel:" + "".join(sign for sign in phone if sign in "+0123456789")
    qr_code(sheet, dialled, sheet.right - _QR, sheet.y, _QR)
    y = sheet.y + (height - sum(strip.height for strip in strips)) / 2
    for strip in strips:
        if strip.style:
            Brush.text(sheet, sheet.left + PAD_X, y + strip.style.drop, strip.text, strip.style)
        y += strip.height
    sheet.box(sheet.left, sheet.y, sheet.span, height, 0.8)
    sheet.y += height + 4
