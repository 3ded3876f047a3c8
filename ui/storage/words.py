"""The words and colours that the parts of the zones page share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from app.domain.places import Place
from app.domain.storage import DATED_ZONES, StandingUnit
from ui import moments, naming
from ui.tones import Tone
from ui.widgets.ages import age, case_due

#: The letter painted on the floor of each zone, as on its sign; and its colour, as on the unit labels.
ZONE_LETTER: dict[Place, str] = {
    Place.ZONE_PENDING: "A", Place.ZONE_REPAIRED: "B", Place.ZONE_SPARE: "C", Place.ZONE_SCRAP: "D",
}


class Named(Protocol):
    """Whatever carries the model and both names of a product."""

    @property
    def model(self) -> str: ...

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def product_words(row: Named) -> str:
    """Model and name, in the language of the screen."""
    return naming.product(row.model or "", row.name_zh or "", row.name_en or "")


def due_words(unit: StandingUnit, today: date) -> tuple[str, Tone]:
    """What to say of the date of a unit: nothing where the clock has stopped, "paused" where it stands still."""
    return case_due(unit, today) if unit.place in DATED_ZONES else ("", Tone.MUTE)


def age_words(unit: StandingUnit, today: date) -> str:
    """How long the unit has been standing in its zone."""
    return age(max(0, (today - moments.day(unit.placed_at)).days))


def moment(at: datetime | None) -> str:
    """A time to the minute; empty for none."""
    return "" if at is None else moments.minute(at)
