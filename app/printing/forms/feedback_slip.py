"""F9, the feedback slip: goes out with the unit, comes back filled in, and files itself by its QR."""

from __future__ import annotations

from app.domain.slips import Aspect, FeedbackSlip, Grade, Signature
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CELL_STRONG, CODE, TEXT, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.ticks import tick_row, verdict_strip
from app.printing.wording import Wording

_ANSWER = CELL_STRONG


def lay_feedback_slip(sheet: Sheet, slip: FeedbackSlip, say: Wording) -> None:
    """F9 on A4 (or A5)."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
        ],
        [
            Field(cap(N_("Product")), slip.product, 3),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
        ],
        [
            Field(cap(N_("Case no.")), slip.case_number, 3),
            Field(cap(N_("Handed back")), words(slip.returned), 2),
        ],
        [Field(cap(N_("What we did")), slip.work, lines=2)],
    ])
    sheet.skip(6)
    paragraph(sheet, say.t(N_("How satisfied are you? Please tick one box in each line.")), TEXT)
    _questions(sheet, slip, say)
    again = tick_row(
        sheet, [(say.t(N_("Yes")), slip.recontact is True), (say.t(N_("No")), slip.recontact is False)], sheet.span / 2,
    )
    sheet.skip(6)
    grid(sheet, [
        [Field(cap(N_("Your opinion and wishes")), slip.opinion, lines=11)],
        [Field(cap(N_("May we contact you again about it?")), again), Field(cap(N_("Telephone")), "")],
    ])
    sheet.skip(6)
    signature_row(sheet, (slip.signature or Signature(say.t(N_("Customer"))),), say, stamp=True)
    _send_back(sheet, slip, say)


def _questions(sheet: Sheet, slip: FeedbackSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column(say.heading(N_("Question")), 4.6), *(Column(say.cap_of(grade), 2, "c") for grade in Grade),
    ])
    for aspect in Aspect:
        given = slip.answers.get(aspect)
        boxes: list[list[Strip]] = [[verdict_strip(_ANSWER, "", ticked=(given is grade) or None)] for grade in Grade]
        table.row((say.cap_of(aspect), *boxes), least=26)
    table.close()


def _send_back(sheet: Sheet, slip: FeedbackSlip, say: Wording) -> None:
    section(sheet, say.cap(N_("Sending it back")), keep=30)
    if slip.send_back_by:
        request = say.t(N_("Please send this sheet back by {day}; a photograph or a scan of the whole page will do."))
        paragraph(sheet, request.format(day=slip.send_back_by))
    else:
        paragraph(sheet, say.t(N_("Please send this sheet back; a photograph or a scan of the whole page will do.")))
    if slip.send_back_to:
        paragraph(sheet, slip.send_back_to)
