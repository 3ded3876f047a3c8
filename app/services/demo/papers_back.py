"""Signed papers in the demonstration: some slips came back as scans, two pages wait in the inbox."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import datetime, time, timedelta

from app.depot import Depot
from app.domain.feedback import Answers
from app.domain.people import Role
from app.domain.signing import Party
from app.domain.slips import Aspect, FormId, Grade, Signature
from app.i18n import translator
from app.persistence.papers import PaperRow
from app.printing import Printed, render
from app.printing.raster import raster
from app.services import feedback, filing, slips
from app.services.demo.house import House
from app.services.scan_reading import Sheet
from app.services.slips import cases
from app.services.slips.heads import head

#: How sharply the pages are drawn: they are looked at, not read.
_DPI = 110
Said = tuple[dict[Aspect, Grade], str]
_SAID: tuple[Said, ...] = (
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
        said = _SAID[place % len(_SAID)] if row in back else None
        filing.file_page(clerk, _scan(house, row, place + 1, row.number, said))
        if place < len(_SAID):
            grades, opinion = _SAID[place]
            feedback.key(clerk, row.number, Answers(grades, opinion, recontact=place == 0, signed=True, stamped=True))
    for place, row in enumerate(back[:2]):
        filing.file_page(
            clerk, _scan(house, row, 7 + place, row.number if place == 0 else "", _SAID[place], _DPI - 20))


def _filled_in(house: House, depot: Depot, row: PaperRow, said: Said) -> Printed:
    """The feedback slip as the customer sends it back: ticked, with an opinion, signed."""
    grades, opinion = said
    t = translator("zh_CN")
    with depot.read() as tx:
        slip = cases.feedback_slip(depot, tx, row.case_id or "", t)
        top = head(depot, tx, row.number, t.language, None, FormId.FEEDBACK_SLIP.value)
    drawn = house.outside(Party.CUSTOMER, slip.contact or "周工").strokes
    day = (slip.returned or depot.today()) + timedelta(days=2)
    signature = Signature(t("Customer"), slip.contact, datetime.combine(day, time(10), depot.zone), drawn)
    return render(
        replace(slip, answers=grades, opinion=opinion, recontact=bool(opinion), signature=signature), top, t)


def _scan(house: House, row: PaperRow, page: int, code: str, said: Said | None, dpi: int = _DPI) -> Sheet:
    from PIL import Image

    clerk = house.at(Role.CLERK)
    paper = slips.paper(clerk, None, row.number) if said is None else _filled_in(house, clerk, row, said)
    seen = raster(paper.pdf, 0, dpi)
    out = io.BytesIO()
    Image.frombytes("RGBA", (seen.width, seen.height), seen.rgba).convert("L").save(out, "JPEG", quality=60)
    content = out.getvalue()
    codes = (code,) if code else ()
    return Sheet("扫描件.pdf", page, content, hashlib.sha256(content).hexdigest(), "image/jpeg", codes)
