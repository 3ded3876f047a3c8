"""F18L, the loaner agreement: what is lent to the customer, until when, and in which condition it comes back."""

from __future__ import annotations

from app.domain.slips import LoanerAgreement
from app.i18n import N_
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.wording import Wording


def lay_loaner_agreement(sheet: Sheet, slip: LoanerAgreement, say: Wording) -> None:
    """F18L on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
        ],
        [
            Field(cap(N_("Loaner")), slip.product, 3),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
        ],
        [
            Field(cap(N_("Lent on")), words(slip.out_on), style=VALUE_STRONG),
            Field(cap(N_("Due back on")), words(slip.due_on), style=VALUE_STRONG),
            Field(cap(N_("Lent while case no. is open")), slip.case_number, 2),
        ],
        [Field(cap(N_("Condition when lent")), slip.condition_out, lines=2)],
        [Field(cap(N_("Terms agreed")), slip.terms, lines=3)],
    ])
    section(sheet, cap(N_("Agreement")), keep=110)
    paragraph(sheet, say.t(N_(
        "The loaner stays the depot's property. The customer looks after it, neither lends nor changes it, and gives "
        "it back on the day named above, or when the repaired unit arrives."
    )), NOTE)
    section(sheet, cap(N_("Return of the loaner")), words(slip.state), keep=50)
    grid(sheet, [
        [
            Field(cap(N_("Given back on")), words(slip.back_on)),
            Field(cap(N_("Condition on return")), slip.condition_in, 3, lines=2),
            Field(cap(N_("Handovers")), say.list(slip.handovers), 2),
        ],
    ])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)
