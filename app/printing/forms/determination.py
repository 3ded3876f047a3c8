"""F14, the technical determination: which tests R&D tried, what they showed, and where the unit goes next."""

from __future__ import annotations

from app.domain.slips import DeterminationPaper
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.forms.visits import lay_visits
from app.printing.ink import CODE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_determination(sheet: Sheet, slip: DeterminationPaper, say: Wording) -> None:
    """F14 on A4."""
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
            Field(cap(N_("Determined on")), words(slip.on), 2),
        ],
        [
            Field(cap(N_("Kept since")), words(slip.kept), 3),
            Field(cap(N_("The customer agreed")), slip.agreed, 7),
        ],
        [Field(cap(N_("Symptom reported")), slip.symptom, lines=2)],
    ])
    if slip.visits:
        lay_visits(sheet, slip.visits, say)
    section(sheet, cap(N_("Tests tried")), keep=60)
    table = Table(sheet, [
        Column("#", 0.8, "r"), Column(say.heading(N_("Test")), 6), Column(say.heading(N_("What it showed")), 9),
    ])
    table.rows((str(number), name, result) for number, (name, result) in enumerate(slip.tests, 1))
    table.close()
    section(sheet, cap(N_("Conclusion")), keep=80)
    grid(sheet, [
        [Field(cap(N_("Conclusion")), words(slip.conclusion), style=VALUE_STRONG)],
        [Field(cap(N_("What was found")), slip.findings, lines=3)],
        [Field(cap(N_("What follows")), " → ".join(words(one) for one in slip.follows), style=VALUE_STRONG)],
    ])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)
