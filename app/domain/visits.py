"""What the history says the moment a serial is read: which visit this is, how long after the last, the same fault?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.places import Place
from app.domain.receiving import IntakeView
from app.domain.rulings import Ruling
from app.domain.serials import SerialRule
from app.domain.stages import Stage
from app.domain.warranty import Judgement

#: Two descriptions with this share of their parts in common are of the same fault (0..1).
_ALIKE = 0.5
_FILLER = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One earlier visit of the unit. ``ended_on``: when it left the house (or its case closed)."""

    case_id: str
    number: str
    visit_no: int
    stage: Stage
    received_on: date | None
    ended_on: date | None
    symptom: str
    symptom_code: str
    result: str | None
    outcome: str | None
    technician: str
    fault: str


@dataclass(frozen=True, slots=True)
class Reported:
    """The unit was announced: under which number, and what was said; the intake begins with it."""

    case_id: str
    number: str
    view: IntakeView


@dataclass(frozen=True, slots=True)
class Owed:
    """The unit is owed since ``since`` for the spare ``spare_serial`` that was left at its site (art. 11.1)."""

    number: str
    since: date
    due_on: date
    spare_serial: str
    written_off: bool


@dataclass(frozen=True, slots=True)
class UnitNews:
    """A unit on record, as the counter needs to know it.

    ``visits``: newest first, without void ones and the awaited one. ``inside``: number of the case under which it is
    in the house already (empty: it may come in). ``days_since``: since the last visit ended. ``repeat``: within the
    policy's window. ``nff`` and ``failed``: the return counters so far. ``ruling``: what the rules will offer because
    a limit is used up.
    """

    unit_id: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    serial: str
    lot: str
    rule: SerialRule
    customer_id: str | None
    customer: str
    place: Place
    can_come_in: bool
    inside: str
    inside_stage: Stage | None
    visits: tuple[PastVisit, ...]
    next_visit: int
    days_since: int | None
    repeat: bool
    same_symptom: bool | None
    nff: int
    failed: int
    reported: Reported | None
    warranty: Judgement
    ruling: Ruling | None
    owed: Owed | None = None


@dataclass(frozen=True, slots=True)
class SerialNews:
    """Everything on record under a serial; units of several products may bear the same.

    ``coming``: the intake of the unit as another depot knew it that hands it on to this one."""

    serial: str
    units: tuple[UnitNews, ...]
    coming: IntakeView | None = None


def same_symptom(one: str, other: str, one_code: str = "", other_code: str = "") -> bool:
    """Whether two descriptions are of the same fault: the same code, else most of their words or characters."""
    if one_code and other_code:
        return one_code == other_code
    parts, others = _parts(one), _parts(other)
    if not parts or not others:
        return False
    return len(parts & others) / min(len(parts), len(others)) >= _ALIKE


def _parts(text: str) -> frozenset[str]:
    """Latin words whole, Chinese in pairs of characters: pairs carry the meaning, single characters do not."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found: set[str] = set()
    for word in _FILLER.split(plain):
        for run in re.findall(r"[a-z0-9.]+|[^a-z0-9.]+", word):
            if run.isascii() or len(run) == 1:
                found.add(run)
            else:
                found.update(run[k:k + 2] for k in range(len(run) - 1))
    return frozenset(found)


def ended(visits: Sequence[PastVisit]) -> date | None:
    """When the newest of ``visits`` (newest first) ended; its receipt where the end is not on record."""
    return next((visit.ended_on or visit.received_on for visit in visits), None)
