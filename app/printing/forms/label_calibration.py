"""A label to find out how far a label printer is off: a frame 2 mm from the edge, rulers in true millimetres."""

from __future__ import annotations

from app.domain.slips import LabelCalibration
from app.i18n import N_
from app.printing.barcodes import dot, linear_code
from app.printing.ink import BLACK, Style
from app.printing.leaves import Sheet
from app.printing.paper import MM
from app.printing.wording import Wording

_LINE = Style(7.5, 9.2, colour=BLACK)
_FRAME = 2 * MM


def lay_label_calibration(sheet: Sheet, slip: LabelCalibration, say: Wording) -> None:
    """The calibration page: measure the white edge outside the frame; anything but 2 mm is the shift to set."""
    width, height = sheet.width, sheet.height
    sheet.box(_FRAME, _FRAME, width - 2 * _FRAME, height - 2 * _FRAME, 0.5, BLACK)
    _rulers(sheet)
    x, y = _FRAME + 5 * MM, _FRAME + 5 * MM
    medium = f"{sheet.paper.width:g} × {sheet.paper.height:g} mm  {sheet.paper.dpi} dpi"
    right, down = sheet.paper.shift
    shift = say.t(N_("Shift {right} mm right, {down} mm down")).format(right=right, down=down)
    advice = say.t(N_("The edge outside the frame must be 2 mm on all sides."))
    for text in (slip.printer, medium, shift, advice):
        for line in sheet.lines(text, _LINE, width - x - _FRAME - 1 * MM):
            if y + _LINE.leading < height - 11 * MM:
                sheet.text(x, y + _LINE.drop, line, _LINE)
                y += _LINE.leading
    module = dot(sheet) * 3
    sheet.leaf.codes.append([(x + 2 * number * module, height - 9 * MM, module, 5 * MM) for number in range(12)])
    linear_code(sheet, "123456", x + 26 * module, height - 9 * MM, width - x - 27 * module, 5 * MM)


def _rulers(sheet: Sheet) -> None:
    """Ticks every millimetre along the frame's top and left side, long ones every five."""
    for number in range(1, int((sheet.width - 2 * _FRAME) / MM) + 1):
        length = (2.6 if number % 10 == 0 else 1.9 if number % 5 == 0 else 1.1) * MM
        sheet.rule(_FRAME + number * MM, _FRAME, _FRAME + number * MM, _FRAME + length, 0.35, BLACK)
    for number in range(1, int((sheet.height - 2 * _FRAME) / MM) + 1):
        length = (2.6 if number % 10 == 0 else 1.9 if number % 5 == 0 else 1.1) * MM
        sheet.rule(_FRAME, _FRAME + number * MM, _FRAME + length, _FRAME + number * MM, 0.35, BLACK)
