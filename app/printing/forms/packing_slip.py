"""F10, the packing slip: what is in the parcel, and that every accessory that came in goes out."""

from __future__ import annotations

from app.domain.slips import PackingSlip
from app.i18n import N_
from app.printing.cells import Strip
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL, CELL_STRONG, CELL_WARN, VALUE_STRONG
from app.printing.leaves import Sheet
from app.printing.signatures import signature_row
from app.printing.tables import Column, Table, stacked
from app.printing.ticks import verdict_strip
from app.printing.wording import Wording


def lay_packing_slip(sheet: Sheet, slip: PackingSlip, say: Wording) -> None:
    """F10 on A5."""
    cap, words = say.cap, say.words
    grid(sheet, [
        [
            Field(cap(N_("Consignee")), slip.consignee, 3, style=VALUE_STRONG),
            Field(cap(N_("Contact")), say.pair(slip.contact, slip.phone), 2),
        ],
        [Field(cap(N_("Address")), slip.address)],
        [
            Field(cap(N_("Carrier")), slip.carrier, 1.4),
            Field(cap(N_("Waybill")), slip.waybill, 2, style=VALUE_STRONG),
            Field(cap(N_("Parcels")), str(slip.parcels)),
            Field(cap(N_("Shipped")), words(slip.shipped), 1.3),
        ],
    ])
    section(sheet, cap(N_("Units")), keep=50)
    _units(sheet, slip, say)
    if slip.accessories:
        section(sheet, cap(N_("Accessories: what came in goes out")), keep=50)
        _accessories(sheet, slip, say)
    rows = []
    if slip.enclosures:
        rows.append([Field(cap(N_("Papers enclosed")), say.list(slip.enclosures))])
    if slip.remark:
        rows.append([Field(cap(N_("Remark")), slip.remark)])
    if rows:
        sheet.skip(5)
        grid(sheet, rows)
    sheet.skip(7)
    signature_row(sheet, slip.signatures, say)


def _units(sheet: Sheet, slip: PackingSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Serial no., product")), 5.4),
        Column(say.heading(N_("Case no.")), 3.8, style=CELL_SMALL),
        Column(say.heading(N_("Result, QA mark")), 4),
        Column(say.heading(N_("Packed")), 1.6, "c"),
    ])
    for number, unit in enumerate(slip.units, 1):
        table.row((
            str(number),
            stacked(sheet, ((unit.serial, CELL_STRONG), (unit.product, CELL_SMALL)), table.slots[1].width),
            unit.case_number,
            stacked(
                sheet, ((say.words(unit.result), CELL_SMALL), (unit.mark_number, CELL_SMALL)), table.slots[3].width,
            ),
            [verdict_strip(CELL_SMALL, "", ticked=None)],
        ))
    table.close()


def _accessories(sheet: Sheet, slip: PackingSlip, say: Wording) -> None:
    table = Table(sheet, [
        Column(say.heading(N_("Accessory")), 5),
        Column(say.heading(N_("Came in")), 1.8, "r"),
        Column(say.heading(N_("Goes out")), 1.8, "r", CELL_STRONG),
        Column(say.heading(N_("Difference")), 2, "r"),
        Column(say.heading(N_("Remark")), 4),
    ])
    for accessory in slip.accessories:
        difference = accessory.goes_out - accessory.came_in
        shown: str | list[Strip] = "0"
        if difference:
            shown = stacked(sheet, ((f"{difference:+d}", CELL_WARN),), table.slots[3].width, "r")
        table.row((accessory.name, str(accessory.came_in), str(accessory.goes_out), shown, accessory.remark))
    table.close()
