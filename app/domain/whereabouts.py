"""Where is serial X: one answer per depot, with every visit (spec 4, "Head office desk").

Head office has every depot's record as of its last night; a depot has its own, and the visits that others told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.places import Place
from app.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Stand:
    """One unit at one depot: where it is and since when.

    ``place`` is ``None`` where only the visits are known (another depot, seen from a depot). ``shelf``: the code of
    its shelf. ``case_number`` and ``stage``: of its newest visit, if it had one.
    """

    depot_id: str
    unit_id: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    place: Place | None
    shelf: str
    since: datetime | None
    case_number: str
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class DepotVisit:
    """One visit of the unit at one depot. ``left_at``: returned to the customer, else closed."""

    depot_id: str
    unit_id: str
    number: str
    stage: Stage
    symptom: str
    result: str | None
    outcome: str | None
    reported_at: datetime | None
    received_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The answer to "where is serial X": one stand per unit and depot, and every visit, oldest first.

    ``names``: depot code → name. ``told``: depot code → when it last told what it knows (its last night, for other
    depots than the one that answers). ``everywhere``: whether all depots' records were looked at, as head office can.
    """

    asked: str
    stands: tuple[Stand, ...]
    visits: tuple[DepotVisit, ...]
    names: Mapping[str, str]
    told: Mapping[str, datetime]
    everywhere: bool
