"""F11, the return-unrepaired notice: what was found, why the unit comes back as it is, what was talked over."""

from __future__ import annotations

from app.domain.slips import NoticeTalk, ReturnNotice
from app.i18n import N_
from app.printing.fields import Field, grid, paragraph, section
from app.printing.forms.visits import lay_visits
from app.printing.ink import CELL, CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.wording import Wording


def lay_return_notice(sheet: Sheet, slip: ReturnNotice, say: Wording) -> None:
    """F11 on A4."""
    _unit(sheet, slip, say)
    section(sheet, say.cap(N_("Why the unit comes back as it is")), keep=70)
    grid(sheet, [
        [Field(say.cap(N_("Reason")), slip.reason, lines=2, style=VALUE_STRONG)],
        [Field(say.cap(N_("What this means for you")), ("" if say.chinese else " ").join(slip.meaning), lines=2)],
        [
            Field(say.cap(N_("Warranty")), say.words(slip.warranty.status), 2, style=VALUE_STRONG),
            Field(say.cap(N_("How it was reckoned")), slip.warranty.reason, 5, lines=2),
        ],
    ])
    if len(slip.visits) > 1:
        lay_visits(sheet, slip.visits, say)
    section(sheet, say.cap(N_("What we talked over")), keep=60)
    for talk in slip.talks:
        grid(sheet, _talk(talk, say))
    if not slip.talks:
        paragraph(sheet, say.t(N_("No talk is on record.")), NOTE)
    section(sheet, say.cap(N_("Acknowledgement")), keep=120)
    paragraph(sheet, say.t(N_(
        "The unit and its accessories go back unrepaired. Your signature says that you received them and were told "
        "why; it gives up none of your rights."
    )), NOTE)
    signature_row(sheet, slip.signatures, say, stamp=True)


def _unit(sheet: Sheet, slip: ReturnNotice, say: Wording) -> None:
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
            Field(cap(N_("Case no.")), slip.case_number, 2, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Product")), slip.product, 3, style=VALUE_STRONG),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
            Field(cap(N_("Lot")), slip.lot, 2),
        ],
        [
            Field(cap(N_("Received on")), words(slip.received)),
            Field(cap(N_("Visit no. of this serial")), str(slip.visit)),
            Field(cap(N_("Decided on")), words(slip.decided)),
            Field(cap(N_("Decision no.")), slip.ruling_number),
        ],
        [Field(cap(N_("Symptom reported")), slip.symptom, lines=2)],
        [
            Field(cap(N_("Fault found")), slip.fault, 3, lines=2),
            Field(cap(N_("Result")), words(slip.result), 2, style=VALUE_STRONG),
        ],
        [Field(cap(N_("Work done")), slip.work, lines=2)],
    ])


def _talk(talk: NoticeTalk, say: Wording) -> list[list[Field]]:
    cap, words = say.cap, say.words
    rows = [
        [
            Field(cap(N_("When")), words(talk.at)), Field(cap(N_("Spoke with")), talk.who),
            Field(cap(N_("How")), words(talk.channel)), Field(cap(N_("Our person")), talk.by),
        ],
        [Field(cap(N_("What was explained")), talk.said, style=CELL)],
        [Field(cap(N_("What the customer answered")), talk.answered, style=CELL)],
    ]
    if talk.written:
        rows.append([Field(cap(N_("Written wish")), say.pair(words(talk.wish), talk.written), style=CELL)])
    return rows
