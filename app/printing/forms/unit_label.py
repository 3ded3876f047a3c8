"""F6, the unit label: stuck on the unit when it is received, read by scanner and from two metres away."""

from __future__ import annotations

from app.domain.places import Place
from app.domain.slips import UnitLabel
from app.i18n import N_
from app.printing.barcodes import linear_code, linear_module, qr_code
from app.printing.ink import BAND_PENDING, BAND_REPAIRED, BAND_SCRAP, BAND_SPARE, BLACK, WHITE, Style
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
_BAND_HEIGHT = 13.5
_BAR_HEIGHT = 7 * MM


def lay_unit_label(sheet: Sheet, slip: UnitLabel, say: Wording) -> None:
    """F6 on a label. A text too long for the label goes on on a second one; nothing is cut."""
    _band(sheet, slip, say)
    foot = _foot_height(sheet, slip)
    side = min(sheet.bottom - foot - sheet.y - 1, 19 * MM)
    left_width = sheet.span - side - 1.5 * MM
    qr_code(sheet, slip.case_number, sheet.right - side, sheet.y + 1, side)
    _foot(sheet, slip, sheet.bottom - foot)
    limit = sheet.bottom - foot
    for style, lines in _facts(sheet, slip, left_width, say):
        for line in lines:
            if sheet.y + style.leading > limit + 0.5:
                sheet.turn()
                limit = sheet.bottom
                sheet.text(sheet.left, sheet.y + _SERIAL.drop, slip.serial, _SERIAL)
                sheet.y += _SERIAL.leading
            sheet.text(sheet.left, sheet.y + style.drop, line, style)
            sheet.y += style.leading


def _band(sheet: Sheet, slip: UnitLabel, say: Wording) -> None:
    number, colour = BANDS.get(slip.zone, ("", BLACK)) if slip.zone else ("", BLACK)
    words = f"{number}  {say.words(slip.zone)}" if slip.zone else ""
    sheet.fill(sheet.left, sheet.y, sheet.span, _BAND_HEIGHT, colour)
    base = sheet.y + (_BAND_HEIGHT - _BAND.leading) / 2 + _BAND.drop
    right = say.pair(say.t(N_("URGENT")) if slip.urgent else "", slip.shelf)
    band = sheet.fitting(f"{words} {right}", _BAND, sheet.span - 12, (9, 8.5, 8, 7.5))
    sheet.text(sheet.left + 4, base, words, band)
    sheet.text_right(sheet.right - 4, base, right, band)
    sheet.y += _BAND_HEIGHT + 2.5


def _facts(sheet: Sheet, slip: UnitLabel, width: float, say: Wording) -> list[tuple[Style, list[str]]]:
    """The texts beside the QR, the important ones first: what overflows is the customer's long name."""
    due = say.t(N_("Due {day}")).format(day=slip.due) if slip.due else ""
    received = say.t(N_("Received {day}")).format(day=slip.received) if slip.received else ""
    bold = _LINE._replace(bold=True)
    return [
        (style, sheet.lines(text, style, width))
        for text, style in (
            (slip.case_number, _NUMBER),
            (due, bold),
            (received, _LINE),
            (slip.product, _PRODUCT),
            (slip.customer, _LINE),
        )
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
