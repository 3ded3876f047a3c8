"""Signed papers in the demonstration: some slips came back as scans, two pages wait in the inbox."""

from __future__ import annotations

import hashlib
import io

from app.domain.feedback import Answers
from app.domain.people import Role
from app.domain.slips import Aspect, FormId, Grade
from app.printing.raster import raster
from app.services import feedback, filing, slips
from app.services.demo.house import House
from app.services.scan_reading import Sheet

#: How sharply the pages are drawn: they are looked at, not read.
_DPI = 110
_SAID = (
    ({Aspect.RESPONSE: Grade.VERY_SATISFIED, Aspect.ATTITUDE: Grade.VERY_SATISFIED, Aspect.QUALITY: Grade.SATISFIED,
      Aspect.TIME: Grade.FAIR, Aspect.OVERALL: Grade.SATISFIED}, "希望维修周期再短一些，最好能提前告知进度。"),
    ({Aspect.RESPONSE: Grade.SATISFIED, Aspect.ATTITUDE: Grade.VERY_SATISFIED, Aspect.QUALITY: Grade.VERY_SATISFIED,
      Aspect.TIME: Grade.SATISFIED, Aspect.OVERALL: Grade.VERY_SATISFIED}, ""),
)


def file_scans(house: House) -> None:
    """Four feedback slips and a repair slip are filed, two of them keyed; one came twice, one bears no code."""
    clerk = house.at(Role.CLERK)
    back = slips.listed(clerk, form=FormId.FEEDBACK_SLIP, limit=60)[-4:]
    repair = slips.listed(clerk, form=FormId.REPAIR_SLIP, limit=60)[-1:]
    for place, row in enumerate((*back, *repair)):
        filing.file_page(clerk, _scan(house, row.number, place + 1, row.number))
        if place < len(_SAID):
            grades, opinion = _SAID[place]
            feedback.key(clerk, row.number, Answers(grades, opinion, recontact=place == 0, signed=True, stamped=True))
    for place, row in enumerate(back[:2]):
        filing.file_page(clerk, _scan(house, row.number, 7 + place, row.number if place == 0 else "", _DPI - 20))


def _scan(house: House, number: str, page: int, code: str, dpi: int = _DPI) -> Sheet:
    from PIL import Image

    seen = raster(slips.paper(house.at(Role.CLERK), None, number).pdf, 0, dpi)
    out = io.BytesIO()
    Image.frombytes("RGBA", (seen.width, seen.height), seen.rgba).convert("L").save(out, "JPEG", quality=60)
    content = out.getvalue()
    codes = (code,) if code else ()
    return Sheet("扫描件.pdf", page, content, hashlib.sha256(content).hexdigest(), "image/jpeg", codes)
