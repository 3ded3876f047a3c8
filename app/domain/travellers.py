"""Travellers as assets: where each original is, and whether its circulation is over (art. 10.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.places import Place
from app.domain.stages import Stage

#: Factory section complete and passed by QA, or the unit was disposed of: the form goes to the archive.
CIRCULATED: frozenset[Stage] = frozenset({
    Stage.PASSED, Stage.READY_TO_RETURN, Stage.RETURNED, Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED,
})
#: The form still goes with its unit: after the circulation, and once the case is over, it does not.
UNDER_WAY: frozenset[Stage] = frozenset(Stage) - CIRCULATED - {Stage.VOID, Stage.CLOSED}
#: The unit has left the depot's hands, or stands for good in zone 3 or 4: only the traveller can keep the case open.
SETTLED: frozenset[Stage] = frozenset({Stage.RETURNED, Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED})


class Shelfmark(StrEnum):
    """Which travellers a list shows."""

    TO_ARCHIVE = "TO_ARCHIVE"    # circulation complete, original outstanding
    UNDER_WAY = "UNDER_WAY"      # with their units
    ARCHIVED = "ARCHIVED"


@dataclass(frozen=True, slots=True)
class TravellerRow:
    """One original as the archive lists it."""

    traveller_id: str
    number: str
    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    customer: str
    stage: Stage
    place: Place
    placed_at: datetime
    archived_at: datetime | None
    archived_by: str
    archive_position: str

    @property
    def ready(self) -> bool:
        """Whether it can be archived now."""
        return self.archived_at is None and self.stage in CIRCULATED
