"""F23, the quality alarm: what is abnormal and which units share the lot; below it the feedback of R&D."""

from __future__ import annotations

from app.domain.slips import AlarmPaper
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.ink import CODE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_quality_alarm(sheet: Sheet, slip: AlarmPaper, say: Wording) -> None:
    """F23 on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Product")), slip.product, 4, style=VALUE_STRONG),
            Field(cap(N_("Lot")), slip.lot, 2, style=VALUE_STRONG),
            Field(cap(N_("Serial no.")), slip.serial, 3, style=CODE),
        ],
        [
            Field(cap(N_("Reason for the alarm")), words(slip.origin), 3),
            Field(cap(N_("Severity")), words(slip.severity), 2, style=VALUE_STRONG),
            Field(cap(N_("Raised on")), words(slip.raised), 2), Field(cap(N_("Answer by")), words(slip.answer_due), 2),
        ],
        [Field(cap(N_("Case no.")), slip.case_number)],
        [Field(cap(N_("Symptom")), slip.symptom, lines=2)],
        [Field(cap(N_("What was found so far")), slip.finding, lines=3)],
    ])
    section(sheet, cap(N_("Other units of the lot")), keep=60)
    table = Table(sheet, [
        Column("#", 0.8, "r"), Column(say.heading(N_("Serial no.")), 5), Column(say.heading(N_("Place")), 5),
        Column(say.heading(N_("Times returned")), 2, "r"),
    ])
    table.rows(
        (str(n), unit.serial, words(unit.place), str(unit.returns)) for n, unit in enumerate(slip.others, 1))
    if not slip.others:
        table.nothing(say.t(N_("No other unit of the lot is on record")))
    table.close()
    section(sheet, cap(N_("Feedback")), keep=110)
    grid(sheet, [
        [Field(cap(N_("Investigation")), slip.investigation, lines=4)],
        [
            Field(cap(N_("Cause")), words(slip.cause), 5),
            Field(cap(N_("Answered on")), words(slip.answered), 3),
        ],
        [Field(cap(N_("Measures")), slip.action, lines=4, style=VALUE_STRONG)],
        [
            Field(cap(N_("What it came to")), slip.result, 5, lines=2),
            Field(cap(N_("Alarm closed on")), words(slip.closed), 3),
        ],
    ])
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)
