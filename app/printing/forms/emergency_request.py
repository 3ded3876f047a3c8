"""F16, the emergency production request: what, how many, by when, for which case, and what was built (art. 11.2)."""

from __future__ import annotations

from app.domain.slips import EmergencyRequest
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_STRONG, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_emergency_request(sheet: Sheet, slip: EmergencyRequest, say: Wording) -> None:
    """F16 on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.product, 3, style=VALUE_STRONG),
            Field(cap(N_("Quantity")), str(slip.quantity), style=VALUE_STRONG),
            Field(cap(N_("Needed on")), words(slip.need_by), 1.4, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Customer")), slip.customer, 3),
            Field(cap(N_("Case no.")), slip.case_number, 2.4),
        ],
        [Field(cap(N_("Why no spare can be used")), slip.reason, lines=3)],
        [
            Field(cap(N_("Asked by")), say.pair(slip.requested_by, words(slip.requested_at)), 2),
            Field(cap(N_("State")), words(slip.state), 1.5),
            Field(cap(N_("Will be built by")), words(slip.promised_on), 1.2, style=VALUE_STRONG),
        ],
        *([[Field(cap(N_("Reason of the end")), slip.ended_reason, lines=2)]] if slip.ended_reason else []),
    ])
    section(sheet, cap(N_("Units built and their product files")), keep=60)
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Serial no.")), 4, style=CELL_STRONG),
        Column(say.heading(N_("Lot")), 2.6),
        Column(say.heading(N_("Made on")), 2.2),
        Column(say.heading(N_("Product file")), 3.4),
        Column(say.heading(N_("File complete")), 1.6, "c"),
        Column(say.heading(N_("Remark")), 3.4),
    ])
    for number, unit in enumerate(slip.units, 1):
        table.row((
            str(number), unit.serial, unit.lot, words(unit.made_on), unit.file_number, words(unit.complete),
            unit.remark,
        ))
    if not slip.units:
        table.nothing(say.t(N_("Nothing is built yet")))
    table.close()
    if slip.remark:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(8)
    signature_row(sheet, slip.signatures, say)
