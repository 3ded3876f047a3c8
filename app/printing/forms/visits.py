"""The return visits of a serial, as several forms list them."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.slips import NoticeVisit
from app.i18n import N_
from app.printing.fields import section
from app.printing.leaves import Sheet
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_visits(sheet: Sheet, visits: Sequence[NoticeVisit], say: Wording) -> None:
    """A section with one line per visit."""
    section(sheet, say.cap(N_("Visits of this unit")), keep=60)
    table = Table(sheet, [
        Column("#", 0.8, "r"),
        Column(say.heading(N_("Received on")), 2.4),
        Column(say.heading(N_("Case no.")), 3.4),
        Column(say.heading(N_("Symptom reported")), 7),
        Column(say.heading(N_("Result")), 3),
    ])
    for number, visit in enumerate(visits, 1):
        table.row((str(number), say.words(visit.received), visit.case_number, visit.symptom, say.words(visit.result)))
    table.close()
