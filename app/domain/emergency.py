"""Emergency builds (投产计划): none in the pool, so production is asked for a unit, linked to the case (art. 11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.clocks import Colour
from app.domain.far_days import far_problems
from app.errors import Problem

#: More at once is a production order, not an emergency.
MOST = 99


class BuildState(StrEnum):
    """How far a request to production is."""

    REQUESTED = "REQUESTED"
    CONFIRMED = "CONFIRMED"
    BUILT = "BUILT"              # every unit is registered and stands in the stores
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Requesting:
    """What is asked of production."""

    product_id: str
    customer_id: str
    quantity: int | None
    need_by: date | None
    reason: str
    case_number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """A unit as production hands it in, with its product file (产品档案)."""

    build_id: str
    serial: str
    lot: str
    manufactured_on: date | None
    file_number: str
    complete: bool = True        # the file is complete
    note: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """A request to production (F16). ``ended``: a :class:`BuildState` or ``None`` while it is open."""

    id: str
    number: str
    case_id: str | None
    customer_id: str
    product_id: str
    quantity: int
    need_by: date
    reason: str
    requested_at: datetime
    requested_by: str
    confirmed_at: datetime | None
    confirmed_by: str | None
    confirmed_signature_id: str | None
    promised_on: date | None
    ended_at: datetime | None
    ended_by: str | None
    ended: str | None
    ended_reason: str
    note: str

    @property
    def state(self) -> BuildState:
        """How far it is."""
        if self.ended is not None:
            return BuildState(self.ended)
        return BuildState.CONFIRMED if self.confirmed_at is not None else BuildState.REQUESTED


@dataclass(frozen=True, slots=True)
class BuiltUnit:
    """A unit registered for a request."""

    unit_id: str
    serial: str
    lot: str
    manufactured_on: date | None
    file_number: str
    complete: bool
    note: str


@dataclass(frozen=True, slots=True)
class BuildRow:
    """A request in the list, with the units built so far. ``late`` is read against the need-by day."""

    build_id: str
    number: str
    state: BuildState
    product_id: str
    model: str
    name_zh: str
    name_en: str
    quantity: int
    units: tuple[BuiltUnit, ...]
    need_by: date
    promised_on: date | None
    days_left: int
    colour: Colour
    customer: str
    case_id: str
    case_number: str
    reason: str
    requested_at: datetime
    requested_by: str
    ended_reason: str

    @property
    def colour_counts(self) -> bool:
        """Whether it is still awaited."""
        return self.state in {BuildState.REQUESTED, BuildState.CONFIRMED}


def requesting_problems(asked: Requesting, today: date) -> list[Problem]:
    """``emergency.product-missing``, ``emergency.customer-missing``, ``emergency.quantity``, ``emergency.need-by``,
    ``emergency.need-by-past``, ``emergency.need-by-far``, ``emergency.reason-missing``.
    """
    found = []
    if not asked.product_id:
        found.append(Problem("product_id", "emergency.product-missing"))
    if not asked.customer_id:
        found.append(Problem("customer_id", "emergency.customer-missing"))
    if asked.quantity is None or not 1 <= asked.quantity <= MOST:
        found.append(Problem("quantity", "emergency.quantity", {"value": asked.quantity or 0, "most": MOST}))
    if asked.need_by is None:
        found.append(Problem("need_by", "emergency.need-by"))
    elif asked.need_by < today:
        found.append(Problem("need_by", "emergency.need-by-past", {"value": asked.need_by, "today": today}))
    else:
        found += far_problems("need_by", "emergency.need-by-far", asked.need_by, today)
    if not asked.reason.strip():
        found.append(Problem("reason", "emergency.reason-missing"))
    return found


def promise_problems(promised_on: date | None, today: date) -> list[Problem]:
    """``emergency.promise`` (no day), ``emergency.promise-past``, ``emergency.promise-far``."""
    if promised_on is None:
        return [Problem("promised_on", "emergency.promise")]
    if promised_on < today:
        return [Problem("promised_on", "emergency.promise-past", {"value": promised_on, "today": today})]
    return far_problems("promised_on", "emergency.promise-far", promised_on, today)


def built_problems(built: Built, today: date) -> list[Problem]:
    """``emergency.made-missing``, ``emergency.made-future``, ``emergency.file-missing``, ``emergency.file-incomplete``.

    The serial is judged by the product's rule.
    """
    found = []
    if built.manufactured_on is None:
        found.append(Problem("manufactured_on", "emergency.made-missing"))
    elif built.manufactured_on > today:
        found.append(
            Problem("manufactured_on", "emergency.made-future", {"value": built.manufactured_on, "today": today})
        )
    if not built.file_number.strip():
        found.append(Problem("file_number", "emergency.file-missing"))
    if not built.complete and not built.note.strip():
        found.append(Problem("note", "emergency.file-incomplete"))
    return found
