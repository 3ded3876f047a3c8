"""F7, the QA mark as a label: what tells everyone that this unit passed, and lets them check it (art. 10.7)."""

from __future__ import annotations

from app.domain.slips import QaMarkLabel
from app.i18n import N_
from app.printing.barcodes import QR_QUIET, dot, qr_code, qr_runs
from app.printing.ink import BLACK, WHITE, Style
from app.printing.leaves import Sheet
from app.printing.paper import MM
from app.printing.stamps import tick
from app.printing.wording import Wording

_TITLE = Style(10.5, 13, bold=True, colour=WHITE)
_LINE = Style(7.5, 9.2, colour=BLACK)
_STRONG = Style(7.5, 9.2, bold=True, colour=BLACK)
_BAND = 16.0


def lay_qa_mark(sheet: Sheet, slip: QaMarkLabel, say: Wording) -> None:
    """F7 on a label. The QR stands in the lower right corner; texts flow around it, and on to a second label."""
    mark = slip.mark
    sheet.fill(sheet.left, sheet.y, sheet.span, _BAND, BLACK)
    tick(sheet, sheet.left + 4, sheet.y + 3.4, 9, WHITE)
    title = say.t(N_("Repair accepted"))
    style = sheet.fitting(title, _TITLE, sheet.span - 20, (10.5, 9, 8, 7.5))
    sheet.text(sheet.left + 17, sheet.y + (_BAND - _TITLE.leading) / 2 + _TITLE.drop, title, style)
    sheet.y += _BAND + 2
    content = mark.code or mark.number
    side = qr_side(sheet, content)
    qr_top, qr_left = sheet.bottom - side, sheet.right - side
    qr_code(sheet, content, qr_left, qr_top, side)
    stamp = say.t(N_("Inspector stamp {stamp}")).format(stamp=mark.stamp)
    lines = (
        (mark.number, _STRONG), (slip.serial, _STRONG), (stamp, _LINE), (str(mark.on), _LINE), (mark.depot, _LINE),
        (slip.product, _LINE),
    )
    for text, line_style in lines:
        _flow(sheet, text, line_style, qr_top, qr_left)


def _flow(sheet: Sheet, text: str, style: Style, qr_top: float, qr_left: float) -> None:
    """One text, broken for the width that is free at its height."""
    rest = text
    while rest:
        beside = len(sheet.leaves) == 1 and sheet.y + style.leading > qr_top
        width = (qr_left - sheet.left - 1.5) if beside else sheet.span
        line = sheet.lines(rest, style, width)[0]
        if sheet.y + style.leading > sheet.bottom + 0.5:
            sheet.turn()
            continue
        sheet.text(sheet.left, sheet.y + style.drop, line, style)
        sheet.y += style.leading
        rest = rest[len(line) :].lstrip(" ")


def qr_side(sheet: Sheet, content: str) -> float:
    """The side of a QR whose modules are three printer dots, quiet zone included; at least 15 mm where it is short."""
    modules = qr_runs(content)[0] + 2 * QR_QUIET
    return max(modules * 3 * (dot(sheet) or 0.125 * MM), min(15 * MM, sheet.span * 0.42))
