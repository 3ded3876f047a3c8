"""The repair plan (维修计划): product type × quantity, with the units allocated to it (art. 9, 10.1).

After-sales drafts, production countersigns or changes in writing, and issues. Exactly what is issued is released to
the bench; the rest waits for the next plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.domain.stages import Stage
from app.errors import Problem


class PlanState(StrEnum):
    """How far a plan has come."""

    DRAFT = "DRAFT"
    COUNTERSIGNED = "COUNTERSIGNED"
    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"


#: States in which the units of a plan are held by it and may still be swapped or let go.
OPEN_STATES: frozenset[PlanState] = frozenset({PlanState.DRAFT, PlanState.COUNTERSIGNED})


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line as typed: how many units of a product, wanted by ``due_on`` (``None``: no day is named)."""

    product_id: str
    quantity: int
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The head of a plan. ``revision`` counts the written changes."""

    id: str
    number: str
    revision: int
    state: PlanState
    note: str
    drafted_at: datetime
    drafted_by: str
    countersigned_at: datetime | None
    countersigned_by: str | None
    countersignature_id: str | None
    issued_at: datetime | None
    issued_by: str | None
    issue_signature_id: str | None
    cancelled_at: datetime | None
    cancelled_by: str | None
    cancel_reason: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list, with its quantity and the names of who had it in hand."""

    id: str
    number: str
    revision: int
    state: PlanState
    note: str
    drafted_at: datetime
    drafted_by_name: str | None
    countersigned_at: datetime | None
    issued_at: datetime | None
    units: int
    lines: int
    earliest_due: date | None
    seq: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan as written."""

    id: str
    plan_id: str
    ordinal: int
    product_id: str
    model: str
    name_zh: str
    name_en: str
    quantity: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case that waits for a plan, or is on one (``line_id``). ``released_at``: when the plan released it."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    product_id: str
    model: str
    stage: Stage
    customer: str | None
    received_at: datetime | None
    due_on: date | None
    paused_at: datetime | None
    urgency: str
    visit_no: int
    symptom: str
    shelf_code: str | None
    line_id: str | None = None
    allocation_id: str | None = None
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a plan said before and after a written change, and why. Lines as ``{product, quantity, due_on, cases}``."""

    revision: int
    reason: str
    before: Sequence[Mapping[str, Any]]
    after: Sequence[Mapping[str, Any]]
    at: datetime
    by: str
    by_name: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many units of a product wait to be planned, and how pressing they are."""

    product_id: str
    model: str
    name_zh: str
    name_en: str
    waiting: int
    overdue: int
    due_soon: int
    earliest_due: date | None


def problems(lines: Sequence[LineDraft], models: Mapping[str, str], today: date) -> list[Problem]:
    """What is wrong with the lines of a plan. ``models``: product id → what people call it.

    Codes: ``planning.nothing``, ``planning.unknown-product``, ``planning.quantity``, ``planning.product-twice``,
    ``planning.due``.
    """
    if not lines:
        return [Problem("lines", "planning.nothing")]
    found: list[Problem] = []
    seen: set[str] = set()
    for line in lines:
        model = models.get(line.product_id)
        if model is None:
            found.append(Problem("lines", "planning.unknown-product"))
            continue
        if not 1 <= line.quantity <= 100_000:
            found.append(Problem("lines", "planning.quantity", {"product": model, "value": line.quantity}))
        if line.product_id in seen:
            found.append(Problem("lines", "planning.product-twice", {"product": model}))
        if line.due_on is not None and line.due_on < today:
            found.append(Problem("lines", "planning.due", {"value": line.due_on, "today": today}))
        seen.add(line.product_id)
    return found


def oldest_due_first(cases: Sequence[PlannedCase]) -> list[PlannedCase]:
    """The order in which cases are allocated (art. 9): the earliest date first, then the earlier number."""
    return sorted(cases, key=lambda case: (case.due_on is None, case.due_on or date.max, case.case_number))
