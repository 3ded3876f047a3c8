"""All depots as head office sees them: which cases there are, how each depot stands (spec 4, "Head office desk")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.places import Place
from app.domain.register import Standing
from app.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases of all depots: empty fields do not restrict.

    ``text``: the beginning of a case number or serial, the last characters of a serial, or part of a customer's name.
    """

    depot_id: str = ""
    standing: Standing = Standing.ANY
    stage: Stage | None = None
    customer_id: str = ""
    product_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of one depot; the two ids together name it. ``place``: ``None`` while its unit is still on the way."""

    depot_id: str
    case_id: str
    unit_id: str
    number: str
    stage: Stage
    serial: str
    model: str
    name_zh: str
    name_en: str
    customer: str
    place: Place | None
    visit_no: int
    symptom: str
    result: str | None
    outcome: str | None
    received_at: datetime | None
    due_on: date | None
    paused_at: datetime | None
    returned_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DepotTotals:
    """How many cases of a selection a depot has. ``late``: in hand after their due day while the clock runs."""

    depot_id: str
    cases: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class DepotRow:
    """How a depot stands with the centre. ``histories``: how often it began a new one; ``skew``: of its clock, seconds.

    ``outcome``: of its last night as it told the centre, empty before the first.
    """

    code: str
    name: str
    seen_at: datetime | None
    outcome: str
    histories: int
    skew: int
    conflicts: int
    alerts: int
