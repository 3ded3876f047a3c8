"""F18, the loan slip of parts, and the weekly list of loans."""

from __future__ import annotations

from app.domain.money import Money
from app.domain.slips import LoanList, LoanSlip
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, SUM, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_loan_slip(sheet: Sheet, slip: LoanSlip, say: Wording) -> None:
    """F18 on A5 landscape or A4."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Borrower")), slip.borrower, 1.4, style=VALUE_STRONG),
            Field(cap(N_("Lent on")), words(slip.lent_at), 1.4),
            Field(cap(N_("End of the trip")), words(slip.trip_ends_on)),
            Field(cap(N_("Due back by")), words(slip.due_on), style=VALUE_STRONG),
        ],
        [
            Field(cap(N_("Purpose")), slip.purpose, 2.4),
            Field(cap(N_("Case no.")), slip.case_number, 1.4),
            Field(cap(N_("Taken or mailed")), words(slip.carriage)),
        ],
    ])
    sheet.skip(5)
    table = Table(sheet, [
        Column("#", 0.7, "r"), Column(say.heading(N_("Part")), 5, style=CELL_STRONG),
        Column(say.heading(N_("Part no.")), 3), Column(say.heading(N_("Taken from")), 2.4, style=CELL_SMALL),
        Column(say.heading(N_("Quantity")), 1.8, "r", CELL_STRONG), Column(say.heading(N_("List price")), 2.2, "r"),
    ])
    for number, part in enumerate(slip.parts, 1):
        table.row((
            str(number), part.name, part.part_number, words(part.place), _pieces(part.quantity, part.unit),
            str(Money(part.price)) if part.price else "–",
        ))
    table.total(cap(N_("Total value")), {5: str(Money(slip.value))})
    table.close()
    _back(sheet, slip, say)
    sheet.skip(4)
    grid(sheet, [[
        Field(cap(N_("Still out")), str(sum(part.out for part in slip.parts)), style=SUM),
        Field(cap(N_("Cleared on")), words(slip.cleared_at), 2),
        Field(cap(N_("Signed for by")), say.t(
            N_("borrower alone: value within the limit")) if slip.own_signature else say.t(
            N_("borrower and supervisor")), 3),
    ]])
    sheet.skip(4)
    signature_row(sheet, slip.signatures, say)


def _back(sheet: Sheet, slip: LoanSlip, say: Wording) -> None:
    section(sheet, say.cap(N_("Accounted for")), keep=40)
    table = Table(sheet, [
        Column(say.heading(N_("Date")), 2.5, style=CELL_SMALL),
        Column(say.heading(N_("Part")), 4.9, style=CELL_SMALL),
        Column(say.heading(N_("Quantity")), 2.3, "r", CELL_STRONG),
        Column(say.heading(N_("What became of it")), 3, style=CELL_SMALL),
        Column(say.heading(N_("Case, reason")), 3.8, style=CELL_SMALL),
        Column(say.heading(N_("Confirmed by")), 2.7, style=CELL_SMALL),
    ])
    for line in slip.back:
        table.row((
            say.words(line.at.date()), line.name, str(line.quantity), say.words(line.fate), line.remark, line.by,
        ))
    if slip.cleared_at is None:
        table.blank(1)
    table.close()


def lay_loan_list(sheet: Sheet, slip: LoanList, say: Wording) -> None:
    """F18W on A4 landscape."""
    cap, words = say.cap, say.words
    grid(sheet, [[
        Field(cap(N_("Period")), f"{words(slip.start)} – {words(slip.end)}", 2, style=VALUE_STRONG),
        Field(cap(N_("Loans")), str(len({line.number for line in slip.lines})), style=SUM),
        Field(cap(N_("Pieces still out")), str(sum(line.part.out for line in slip.lines)), style=SUM),
        Field(cap(N_("Overdue loans")), str(len({line.number for line in slip.lines if line.late_days > 0})),
              style=SUM),
    ]])
    sheet.skip(5)
    table = Table(sheet, [
        Column(say.heading(N_("Loan no.")), 3.6, style=CELL_STRONG), Column(say.heading(N_("Borrower")), 2),
        Column(say.heading(N_("Part")), 3.6), Column(say.heading(N_("Part no.")), 2.5, style=CELL_SMALL),
        Column(say.heading(N_("Lent on")), 2.1), Column(say.heading(N_("Due back by")), 2.2),
        Column(say.heading(N_("Lent")), 1.4, "r"), Column(say.heading(N_("Unused")), 1.7, "r"),
        Column(say.heading(N_("Used up")), 1.7, "r"), Column(say.heading(N_("Defective")), 2, "r"),
        Column(say.heading(N_("Lost")), 1.2, "r"), Column(say.heading(N_("Still out")), 1.8, "r", CELL_STRONG),
        Column(say.heading(N_("Late, days")), 1.6, "r"), Column(say.heading(N_("Cleared on")), 2.1),
    ])
    for line in slip.lines:
        part = line.part
        table.row((
            line.number, line.borrower, part.name, part.part_number, words(line.lent_on), words(line.due_on),
            _pieces(part.quantity, part.unit), *(_some(n) for n in (
                part.unused, part.consumed, part.defective, part.lost, part.out, line.late_days)),
            words(line.cleared_on),
        ))
    if not slip.lines:
        table.nothing(say.t(N_("No loans in this week")))
    table.total(cap(N_("Total")), {11: str(sum(line.part.out for line in slip.lines))})
    table.close()
    sheet.skip(8)
    signature_row(sheet, slip.signatures, say)


def _pieces(quantity: int, unit: str) -> str:
    return f"{quantity} {unit}".strip()


def _some(number: int) -> str:
    return str(number) if number > 0 else "–"


