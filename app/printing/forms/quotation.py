"""F19, the quotation: lines, total in figures and capitals, the rates of the year, and the customer's answer."""

from __future__ import annotations

from app.domain.slips import QuotationSlip
from app.i18n import N_
from app.printing.amounts import figures, in_words
from app.printing.fields import Field, grid, numbered, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, CODE, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.ticks import tick_row
from app.printing.wording import Wording


def lay_quotation(sheet: Sheet, slip: QuotationSlip, say: Wording) -> None:
    """F19 on A4."""
    _about(sheet, slip, say)
    section(sheet, say.cap(N_("What it costs")), keep=80)
    _lines(sheet, slip, say)
    if slip.rates:
        section(sheet, say.cap(N_("Rates in force on {day}")).format(day=say.words(slip.priced_on)), keep=60)
        _rates(sheet, slip, say)
    section(sheet, say.cap(N_("Please note")), keep=60)
    numbered(sheet, _terms(slip, say))
    section(sheet, say.cap(N_("The customer's answer")), keep=130)
    _answer(sheet, slip, say)


def _about(sheet: Sheet, slip: QuotationSlip, say: Wording) -> None:
    cap, words = say.cap, say.words
    version = say.t(N_("version {n}")).format(n=slip.version)
    if slip.replaces:
        version = say.pair(version, say.t(N_("replaces {number}")).format(number=slip.replaces))
    if slip.draft:
        version = say.pair(version, say.t(N_("draft, not yet binding")))
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
            Field(cap(N_("Case no.")), slip.case_number, 2, style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Product")), slip.product, 3, style=VALUE_STRONG),
            Field(cap(N_("Serial no.")), slip.serial, 2, style=CODE),
            Field(cap(N_("Version")), version, 2),
        ],
        [Field(cap(N_("Symptom reported")), slip.symptom), Field(cap(N_("Fault found")), slip.fault)],
        [
            Field(cap(N_("Why it is charged")), slip.why, 4),
            Field(cap(N_("Quoted on")), words(slip.priced_on), 1.5),
            Field(cap(N_("Valid until")), words(slip.valid_until), 1.5, style=VALUE_STRONG),
        ],
    ])


def _lines(sheet: Sheet, slip: QuotationSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Item")), 4.6, style=CELL_STRONG),
        Column(say.heading(N_("Detail")), 4.6),
        Column(say.heading(N_("Quantity")), 2.4, "r"),
        Column(say.heading(N_("Unit price")), 2.6, "r"),
        Column(say.heading(N_("Amount")), 2.8, "r", CELL_STRONG),
    ])
    for number, line in enumerate(slip.lines, 1):
        table.row((
            str(number), line.name, line.detail, line.quantity, figures(line.unit_price), figures(line.amount),
        ))
    table.close()
    grid(sheet, [[
        Field(say.cap(N_("Total to pay")), figures(slip.total), 2, style=SUM),
        Field(say.cap(N_("Amount in Chinese capitals")), in_words(slip.total), 4, style=VALUE_STRONG),
    ]])


def _rates(sheet: Sheet, slip: QuotationSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column(say.heading(N_("Rate")), 4, style=CELL_SMALL), Column(say.heading(N_("Class")), 3, style=CELL_SMALL),
        Column(say.heading(N_("Price")), 3, "r", CELL_SMALL),
    ] * 2)
    cells = [(say.words(rate.name), say.words(rate.rate_class), rate.rate) for rate in slip.rates]
    half = (len(cells) + 1) // 2
    for place in range(half):
        other = cells[half + place] if half + place < len(cells) else ("", "", "")
        table.row((*cells[place], *other))
    table.close()


def _terms(slip: QuotationSlip, say: Wording) -> list[str]:
    t = say.t
    terms = [
        t(N_("Work begins only after your consent. More than the quoted price is charged only after another consent.")),
        t(N_("If you decline, the unit is returned to you as it is.")),
        t(N_("Old parts handed in for new ones are credited as shown; without them the credit is not given.")),
    ]
    if slip.valid_until is not None:
        terms.insert(0, t(N_("This quotation is valid until {day}; after that day we quote anew.")).format(
            day=say.words(slip.valid_until)))
    if slip.note:
        terms.append(slip.note)
    return terms


def _answer(sheet: Sheet, slip: QuotationSlip, say: Wording) -> None:
    options = [
        (say.t(N_("I agree to the repair at this price.")), slip.accepted is True),
        (say.t(N_("I decline; please return the unit as it is.")), slip.accepted is False),
    ]
    grid(sheet, [[Field("", tick_row(sheet, options, sheet.span))]])
    if slip.accepted is not None:
        grid(sheet, [[
            Field(say.cap(N_("Answered")), say.words(slip.how)),
            Field(say.cap(N_("Answered by")), say.pair(slip.answered_by, slip.answered_phone), 1.5),
            Field(say.cap(N_("Time of the answer")), say.words(slip.answered_at), 1.5),
        ]])
    sheet.skip(5)
    signature_row(sheet, slip.signatures, say, stamp=True)
