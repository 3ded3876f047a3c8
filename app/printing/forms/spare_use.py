"""F15, the spare use record: which spare stayed where, what it replaced, what is owed (art. 11.1)."""

from __future__ import annotations

from app.domain.slips import SpareUseSlip
from app.i18n import N_
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.wording import Wording


def lay_spare_use(sheet: Sheet, slip: SpareUseSlip, say: Wording) -> None:
    """F15 on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
        ],
        [
            Field(cap(N_("Site")), slip.site, 3),
            Field(cap(N_("Service request")), slip.request_number, 2),
            Field(cap(N_("Case no.")), slip.case_number, 2),
        ],
        [Field(cap(N_("Why a spare was used")), slip.reason, lines=2)],
    ])
    section(sheet, cap(N_("Spare left at the site")), words(slip.state), keep=60)
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.spare_product, 3),
            Field(cap(N_("Serial no. of the spare")), slip.spare_serial, 2, style=CODE),
            Field(cap(N_("Lot")), slip.spare_lot, 1.4),
        ],
        [
            Field(cap(N_("Left the depot at")), words(slip.sent_at), 1.5),
            Field(cap(N_("Taken by")), say.pair(slip.taken_by, slip.waybill), 2),
            Field(cap(N_("Handover")), slip.handover, 2),
            Field(cap(N_("Installed on")), words(slip.swapped_on), 1.2, style=VALUE_STRONG),
        ],
    ])
    section(sheet, cap(N_("Faulty unit replaced")), keep=60)
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.replaced_product, 3),
            Field(cap(N_("Serial no. of the faulty unit")), slip.replaced_serial, 2, style=CODE),
        ],
        [
            Field(cap(N_("Owed since")), words(slip.owed_since), style=VALUE_STRONG),
            Field(cap(N_("To be back by")), words(slip.owed_until), style=VALUE_STRONG),
            Field(cap(N_("Recovered on")), words(slip.recovered_on)),
            Field(cap(N_("Came in as")), slip.recovered_case, 1.5),
        ],
        *([[Field(cap(N_("Written off because")), slip.written_off, lines=2)]] if slip.written_off else []),
        [Field(cap(N_("Remark")), slip.remark, lines=2)],
    ])
    section(sheet, cap(N_("Confirmation by the user")), keep=110)
    paragraph(sheet, say.t(N_(
        "The spare stays with the user, with the warranty that the faulty unit had left. The faulty unit goes back to "
        "the depot at once, together with its traveller, and becomes the depot's."
    )), NOTE)
    signature_row(sheet, slip.signatures, say)
