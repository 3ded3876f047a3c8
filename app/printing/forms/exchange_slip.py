"""F12, the exchange slip: the old serial and the new, the warranty that goes over, the charge, the signatures."""

from __future__ import annotations

from app.domain.slips import ExchangeSide, ExchangeSlip
from app.i18n import N_
from app.printing.amounts import figures, in_words
from app.printing.fields import Field, grid, paragraph, section
from app.printing.ink import CODE, NOTE, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.wording import Wording


def lay_exchange_slip(sheet: Sheet, slip: ExchangeSlip, say: Wording) -> None:
    """F12 on A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Customer")), slip.customer, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
            Field(cap(N_("Case no.")), slip.case_number, 2, style=VALUE_STRONG),
        ],
        [Field(cap(N_("Address")), slip.address, 5), Field(cap(N_("Date")), words(slip.on), 2)],
    ])
    section(sheet, cap(N_("The old unit: you keep it as well") if slip.both else N_("The old unit: it stays with us")),
            keep=60)
    _side(sheet, slip.old, say)
    section(sheet, cap(N_("The new unit: yours from today")), keep=60)
    _side(sheet, slip.new, say)
    rows = [[Field(cap(N_("Why it is exchanged")), slip.reason, lines=2)],
            [Field(cap(N_("The new unit is")), words(slip.source), 2)]]
    if slip.substitute_reason:
        rows[1].append(Field(cap(N_("Another product, because")), slip.substitute_reason, 5))
    grid(sheet, rows)
    section(sheet, cap(N_("Warranty of the new unit")), keep=60)
    grid(sheet, [
        [
            Field(cap(N_("Runs until")), words(slip.new.warranty.until) or say.t(N_("not known")), 2,
                  style=VALUE_STRONG),
            Field(cap(N_("How it goes on")), words(slip.carried), 3),
            Field(cap(N_("The old unit's ran until")), words(slip.old.warranty.until) or say.t(N_("not known")), 2),
        ],
        [Field(cap(N_("How it was reckoned")), slip.new.warranty.reason, lines=2)],
    ])
    section(sheet, cap(N_("Charge")), keep=40)
    grid(sheet, [_charge(slip, say)])
    section(sheet, cap(N_("Acknowledgement")), keep=120)
    paragraph(sheet, say.t(N_(
        "From today your file with us names the new serial number. Your signature says that you received the new unit."
    )), NOTE)
    signature_row(sheet, slip.signatures, say, stamp=True)


def _charge(slip: ExchangeSlip, say: Wording) -> list[Field]:
    if not slip.charge_fen:
        return [Field(say.cap(N_("Amount")), say.t(N_("free of charge")), style=VALUE_STRONG)]
    return [
        Field(say.cap(N_("Amount")), figures(slip.charge_fen), 2, style=VALUE_STRONG),
        Field(say.cap(N_("In words (RMB)")), in_words(slip.charge_fen), 5),
    ]


def _side(sheet: Sheet, side: ExchangeSide, say: Wording) -> None:
    grid(sheet, [[
        Field(say.cap(N_("Serial no.")), side.serial, 3, style=CODE),
        Field(say.cap(N_("Product")), side.product, 4, style=VALUE_STRONG),
        Field(say.cap(N_("Lot")), side.lot, 2),
        Field(say.cap(N_("Manufactured")), say.words(side.manufactured), 2),
    ]])
