"""F6, the unit label: stuck on the unit when it is received, read by scanner and from two metres away."""

from __future__ import annotations

from app.domain.places import Place
from app.domain.slips import UnitLabel
from app.i18n import N_
from app.printing.barcodes import linear_code, linear_module, qr_code, qr_side
from app.printing.ink import BAND_PENDING, BAND_REPAIRED, BAND_SCRAP, BAND_SPARE, BLACK, WHITE, Style
from app.printing.label_flow import Corner, flow
from app.printing.leaves import Sheet
from app.printing.paper import MM
from app.printing.wording import Wording

#: The zones of art. 12.2 with their number and the colour of their band.
BANDS = {
    Place.ZONE_PENDING: ("1", BAND_PENDING),
    Place.ZONE_REPAIRED: ("2", BAND_REPAIRED),
    Place.ZONE_SPARE: ("3", BAND_SPARE),
    Place.ZONE_SCRAP: ("4", BAND_SCRAP),
}
_BAND = Style(9, 11, bold=True, colour=WHITE)
_PRODUCT = Style(9, 10.8, bold=True, colour=BLACK)
_LINE = Style(7.5, 9.3, colour=BLACK)
_NUMBER = Style(8.5, 10.4, bold=True, colour=BLACK)
_SERIAL = Style(9.5, 11.5, bold=True, colour=BLACK)
_BAND_HEIGHT = 12.5
_BAR_HEIGHT = 6.4 * MM


def lay_unit_label(sheet: Sheet, slip: UnitLabel, say: Wording) -> None:
    """F6 on a label. A text too long for the label goes on on a second one; nothing is cut."""
    over = _band(sheet, slip, say)
    limit = sheet.bottom - _foot_height(sheet, slip)
    _foot(sheet, slip, limit)
    room = limit - sheet.y - _PRODUCT.leading
    sides = [qr_side(sheet, slip.case_number, dots) for dots in (8, 7, 6, 5, 4, 3)]
    side = next((side for side in sides if side < room), sides[-1])
    qr_code(sheet, slip.case_number, sheet.right - side, limit - side, side)
    # the quiet zone of the QR is white already: text may come as near as half of it
    corner = Corner(sheet.right - side + 2, limit - side + 3, limit)

    def again() -> None:
        for line in sheet.lines(slip.serial, _SERIAL, sheet.span):
            sheet.text(sheet.left, sheet.y + _SERIAL.drop, line, _SERIAL)
            sheet.y += _SERIAL.leading

    for text, style in _facts(sheet, slip, over, say):
        flow(sheet, text, style, corner, again)


def _band(sheet: Sheet, slip: UnitLabel, say: Wording) -> list[str]:
    """The zone's band. Returns what would have stood at its right end but found no room there."""
    number, colour = BANDS.get(slip.zone, ("", BLACK)) if slip.zone else ("", BLACK)
    words = f"{number}  {say.words(slip.zone)}" if slip.zone else ""
    sheet.fill(sheet.left, sheet.y, sheet.span, _BAND_HEIGHT, colour)
    base = sheet.y + (_BAND_HEIGHT - _BAND.leading) / 2 + _BAND.drop
    sheet.y += _BAND_HEIGHT + 1.5
    right = [text for text in (*say.marks(), say.t(N_("URGENT")) if slip.urgent else "", slip.shelf) if text]
    over: list[str] = []
    smallest = _BAND._replace(size=7.5)
    while right and sheet.measure(f"{words}  {'  '.join(right)}", smallest) > sheet.span - 10:
        over.insert(0, right.pop())
    band = sheet.fitting(f"{words}  {'  '.join(right)}", _BAND, sheet.span - 10, (9, 8.5, 8, 7.5))
    sheet.text(sheet.left + 4, base, words, band)
    sheet.text_right(sheet.right - 4, base, "  ".join(right), band)
    return over


def _facts(sheet: Sheet, slip: UnitLabel, over: list[str], say: Wording) -> list[tuple[str, Style]]:
    """The texts above and beside the QR; what overflows first is the customer's long name."""
    due = say.t(N_("Due {day}")).format(day=slip.due) if slip.due else ""
    received = say.t(N_("Received {day}")).format(day=slip.received) if slip.received else ""
    return [
        (slip.product, sheet.fitting(slip.product, _PRODUCT, sheet.span, (9, 8.5, 8))),
        (slip.case_number, _NUMBER),
        ("  ".join(over), _LINE._replace(bold=True)),
        (due, _LINE._replace(bold=True)),
        (received, _LINE),
        (slip.customer, _LINE),
    ]


def _foot_height(sheet: Sheet, slip: UnitLabel) -> float:
    lines = len(sheet.lines(slip.serial, _SERIAL, sheet.span))
    bars = _BAR_HEIGHT + 1.5 if linear_module(sheet, slip.serial, _bar_room(sheet)) else 12 * MM
    return lines * _SERIAL.leading + bars


def _bar_room(sheet: Sheet) -> float:
    """Bars may use the label from edge to edge: the quiet zone is the label's own margin."""
    return sheet.width


def _foot(sheet: Sheet, slip: UnitLabel, top: float) -> None:
    """The serial as bars and in words; as a second QR where bars of three dots do not fit."""
    middle = sheet.width / 2
    if linear_code(sheet, slip.serial, 0, top + 0.7, _bar_room(sheet), _BAR_HEIGHT, align="c"):
        y = top + _BAR_HEIGHT + 1.5
        for line in sheet.lines(slip.serial, _SERIAL, sheet.span):
            sheet.text_centre(middle, y + _SERIAL.drop, line, _SERIAL)
            y += _SERIAL.leading
        return
    lines = sheet.lines(slip.serial, _SERIAL, sheet.span - 13 * MM)
    qr_code(sheet, slip.serial, sheet.left, sheet.bottom - 12.5 * MM, 12.5 * MM)
    y = sheet.bottom - 12 * MM + (12 * MM - len(lines) * _SERIAL.leading) / 2
    for line in lines:
        sheet.text(sheet.left + 13.5 * MM, y + _SERIAL.drop, line, _SERIAL)
        y += _SERIAL.leading
