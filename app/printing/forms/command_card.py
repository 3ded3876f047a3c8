"""F25, the command card: bar codes for places, verdicts, actions and badges, to work without a mouse (spec 5)."""

from __future__ import annotations

from app.domain.slips import CommandCard, ScanCommand
from app.printing.barcodes import SHEET_MODULES, linear_code, linear_module, qr_code
from app.printing.fields import section
from app.printing.ink import CELL_STRONG, HAIR, NOTE
from app.printing.leaves import Sheet
from app.printing.paper import MM
from app.printing.wording import Wording

_BARS = 9 * MM
_GAP = 3 * MM


def lay_command_card(sheet: Sheet, slip: CommandCard, say: Wording) -> None:
    """F25 on A4, two commands side by side, far enough apart that a scanner reads one."""
    half = (sheet.span - _GAP) / 2
    for group in slip.groups:
        section(sheet, group.title, keep=_BARS + 40)
        narrow = all(linear_module(sheet, command.code, half - 4) == SHEET_MODULES[0] for command in group.commands)
        across, width = (2, half) if narrow else (1, sheet.span)
        for start in range(0, len(group.commands), across):
            row = group.commands[start : start + across]
            lines = [sheet.lines(command.words, CELL_STRONG, width - 12) for command in row]
            height = 6 + max(map(len, lines)) * CELL_STRONG.leading + _BARS + NOTE.leading + 4
            sheet.need(height + _GAP)
            for number, command in enumerate(row):
                _command(sheet, command, lines[number], (sheet.left + number * (width + _GAP), width, height))
            sheet.y += height + _GAP


def _command(sheet: Sheet, command: ScanCommand, lines: list[str], place: tuple[float, float, float]) -> None:
    x, width, height = place
    sheet.box(x, sheet.y, width, height, 0.6, HAIR)
    y = sheet.y + 4
    for line in lines:
        sheet.text_centre(x + width / 2, y + CELL_STRONG.drop, line, CELL_STRONG)
        y += CELL_STRONG.leading
    bottom = sheet.y + height
    if not linear_code(sheet, command.code, x + 2, y + 2, width - 4, _BARS, align="c"):
        side = _BARS + 2
        qr_code(sheet, command.code, x + (width - side) / 2, y, side)
    sheet.text_centre(x + width / 2, bottom - 3 - NOTE.leading + NOTE.drop, command.code, NOTE)
