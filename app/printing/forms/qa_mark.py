"""F7, the QA mark as a label: what tells everyone that this unit passed, and lets them check it (art. 10.7)."""

from __future__ import annotations

from app.domain.slips import QaMarkLabel
from app.i18n import N_
from app.printing.barcodes import qr_code, qr_side
from app.printing.ink import BLACK, WHITE, Style
from app.printing.label_flow import Corner, flow
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
    side = max(qr_side(sheet, content, dots) for dots in (3, 4) if dots == 3 or qr_side(sheet, content, 4) <= 16 * MM)
    corner = Corner(sheet.right - side + 2, sheet.bottom - side + 3, sheet.bottom)
    qr_code(sheet, content, sheet.right - side, sheet.bottom - side, side)
    stamp = say.t(N_("Stamp {stamp}")).format(stamp=mark.stamp)
    lines = (
        (mark.number, _STRONG), (slip.serial, _STRONG), (f"{mark.depot} {stamp}", _LINE), (f"{mark.on}", _LINE),
        ("  ".join(say.marks()), _STRONG),
        (slip.product, _LINE),
    )

    def again() -> None:
        sheet.text(sheet.left, sheet.y + _STRONG.drop, mark.number, _STRONG)
        sheet.y += _STRONG.leading

    for text, line_style in lines:
        flow(sheet, text, line_style, corner, again)
