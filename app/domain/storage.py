"""Zones and shelves: what stands where, for how long, and what may stand on a shelf (art. 12; spec 1 §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.places import ZONES, Place
from app.domain.stages import Stage
from app.errors import Problem

#: Bounds of the age classes shown on the board, in days at the place: up to the first, up to the second, beyond.
AGE_CLASSES: tuple[int, int] = (3, 7)

#: Zones whose units still have a date to meet; in the others the turnaround clock has stopped (spec 1 §6).
DATED_ZONES: frozenset[Place] = frozenset({Place.ZONE_PENDING, Place.ZONE_REPAIRED})


class Show(StrEnum):
    """Which units of a zone are wanted."""

    ALL = "ALL"
    MINE = "MINE"                # received by, or on the bench of, the person who asks
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"


class StandingOrder(StrEnum):
    """In which order the units of a zone are listed."""

    DUE = "DUE"
    AGE = "AGE"
    SERIAL = "SERIAL"


@dataclass(frozen=True, slots=True)
class ShelfDraft:
    """A shelf position as typed. ``capacity``: units, 0 = not limited; ``provides``: storage conditions it meets."""

    place: Place | None
    code: str
    capacity: int = 0
    provides: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShelfView:
    """A shelf with how many units stand on it."""

    id: str
    place: Place
    code: str
    capacity: int
    provides: str
    note: str
    active: bool
    standing: int
    seq: int

    @property
    def full(self) -> bool:
        """Whether no further unit was planned for."""
        return 0 < self.capacity <= self.standing


@dataclass(frozen=True, slots=True)
class ZoneFigures:
    """One zone at a glance. ``ages``: units per class of ``AGE_CLASSES``; ``capacity`` 0 = no shelf says."""

    zone: Place
    standing: int
    capacity: int
    ages: tuple[int, int, int]
    due_soon: int
    overdue: int
    came_today: int
    left_today: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which units of a zone are wanted; empty ids mean any. ``shelf_id`` may be ``NO_SHELF``."""

    zone: Place
    show: Show = Show.ALL
    product_id: str = ""
    customer_id: str = ""
    shelf_id: str = ""


NO_SHELF = "-"


@dataclass(frozen=True, slots=True)
class StandingUnit:
    """One unit standing in a zone, with what a card shows of it."""

    unit_id: str
    serial: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    place: Place
    shelf_id: str | None
    shelf_code: str | None
    placed_at: datetime
    case_id: str | None
    case_number: str | None
    stage: Stage | None
    due_on: date | None
    paused_at: datetime | None
    urgency: str | None
    visit_no: int | None
    symptom: str | None
    customer_id: str | None
    customer: str | None


@dataclass(frozen=True, slots=True)
class Present:
    """(id, text) of the products and customers that have units in a zone."""

    products: tuple[tuple[str, str], ...]
    customers: tuple[tuple[str, str], ...]


def meets(condition: str, provides: str) -> bool:
    """Whether a shelf that ``provides`` (conditions separated by commas) may hold a unit that needs ``condition``."""
    return not condition or condition in provides.split(",")


def provided(conditions: Iterable[str]) -> str:
    """The conditions of a shelf as they are kept: trimmed, without repeats, separated by commas."""
    kept = dict.fromkeys(part.strip() for text in conditions for part in text.replace("，", ",").split(","))
    return ",".join(part for part in kept if part)


def shelf_problems(draft: ShelfDraft) -> list[Problem]:
    """``storage.shelf-zone``, ``storage.shelf-code``, ``storage.shelf-capacity``."""
    found: list[Problem] = []
    if draft.place not in ZONES:
        found.append(Problem("place", "storage.shelf-zone"))
    code = draft.code.strip()
    if not code or len(code) > 24 or not code.isprintable() or ":" in code:
        found.append(Problem("code", "storage.shelf-code", {"value": code}))
    if not 0 <= draft.capacity <= 100_000:
        found.append(Problem("capacity", "storage.shelf-capacity", {"value": draft.capacity}))
    return found
