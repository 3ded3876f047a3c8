"""F4, the repair plan 维修计划 and its revisions (art. 9, 10.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """A unit allocated to a plan line."""

    serial: str
    case_number: str
    customer: str = ""
    received: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """Product type × quantity. ``before`` is the quantity of the previous revision when it was changed."""

    product: str
    quantity: int
    before: int | None = None
    due: date | None = None
    units: tuple[PlanUnit, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """F4. Revision 0 is the first issue; a later one says why it was made."""

    state: Worded
    lines: tuple[PlanLine, ...]
    revision: int = 0
    revision_reason: str = ""
    drafted_by: str = ""
    drafted_at: datetime | None = None
    issued_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    remark: str = ""
    signatures: tuple[Signature, ...] = ()
