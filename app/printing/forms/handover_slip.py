"""F5, the handover slip: units and travellers change hands, accepted or refused line by line (art. 7)."""

from __future__ import annotations

from app.domain.slips import HandoverLine, HandoverSlip
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, CELL_WARN, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.paper import A4, A5, Paper
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table, stacked
from app.printing.ticks import tick_row
from app.printing.wording import Wording

#: Up to so many lines the slip is an A5, beyond it an A4.
LINES_ON_A5 = 8


def paper_for_handover(slip: HandoverSlip) -> Paper:
    """A5 for the everyday handover, A4 for a crate."""
    return A5 if len(slip.lines) <= LINES_ON_A5 else A4


def lay_handover_slip(sheet: Sheet, slip: HandoverSlip, say: Wording) -> None:
    """F5 on A5 or A4."""
    cap, words = say.cap, say.words
    accepted = sum(1 for line in slip.lines if line.accepted)
    refused = sum(1 for line in slip.lines if line.accepted is False)
    decided = any(line.accepted is not None for line in slip.lines)
    grid(sheet, [
        [
            Field(cap(N_("Handed from")), words(slip.giver_place), 2, style=VALUE_STRONG),
            Field(cap(N_("Handed to")), words(slip.receiver_place), 2, style=VALUE_STRONG),
            Field(cap(N_("Handed over")), words(slip.at), 2),
        ],
        [
            Field(cap(N_("Lines handed over")), str(len(slip.lines)), style=VALUE_STRONG),
            Field(cap(N_("Lines accepted")), str(accepted) if decided else "", style=VALUE_STRONG),
            Field(cap(N_("Lines refused")), str(refused) if decided else "", style=VALUE_STRONG),
        ],
    ])
    section(sheet, cap(N_("Units and travellers")), _discrepancy(refused, say), keep=60)
    _lines(sheet, slip, say)
    if slip.remark:
        sheet.skip(4)
        grid(sheet, [[Field(cap(N_("Remark")), slip.remark)]])
    sheet.skip(8)
    signature_row(sheet, (slip.giver, slip.receiver), say)


def _discrepancy(refused: int, say: Wording) -> str:
    if not refused:
        return ""
    return say.t.n(
        "Discrepancy: {n} line refused and left with the giver",
        "Discrepancy: {n} lines refused and left with the giver",
        refused,
    ).format(n=refused)


def _lines(sheet: Sheet, slip: HandoverSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Serial no., product")), 4.5),
        Column(say.heading(N_("Case no., traveller")), 3.8, style=CELL_SMALL),
        Column(say.heading(N_("Goes along")), 3, style=CELL_SMALL),
        Column(say.heading(N_("Decision of the receiver")), 4.4),
    ])
    for number, line in enumerate(slip.lines, 1):
        table.row((
            str(number),
            stacked(sheet, ((line.serial, CELL_STRONG), (line.product, CELL_SMALL)), table.slots[1].width),
            stacked(sheet, ((line.case_number, CELL_SMALL), (line.traveller, CELL_SMALL)), table.slots[2].width),
            _along(line, say),
            _decision(sheet, line, table.slots[4].width, say),
        ))
    table.close()


def _along(line: HandoverLine, say: Wording) -> str:
    return say.list((say.t(N_("Unit")) if line.unit else "", say.t(N_("Traveller")) if line.traveller else ""))


def _decision(sheet: Sheet, line: HandoverLine, width: float, say: Wording) -> list[Strip]:
    boxes = tick_row(
        sheet,
        [(say.t(N_("Accepted")), line.accepted is True), (say.t(N_("Refused")), line.accepted is False)],
        width, CELL_SMALL,
    )
    return [*boxes, *stacked(sheet, ((line.reason, CELL_WARN._replace(size=8, leading=10.6)),), width)]
