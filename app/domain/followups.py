"""Follow-ups 回访: whom to call back after a repair or a delivery, and what came of it.

The rules the depot follows say: the calls of a month are at least a share of its repairs; each delivery is called
upon in its first year and then every so many months; the plan of the next call is made with this one. Who was not
reached is called again. All figures are policy; whoever calls may always agree on another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.months import add_months
from app.domain.satisfaction import Aspect, Grade
from app.errors import Problem

LONGEST_STORY = 4000


class FollowUpKind(StrEnum):
    """Why somebody is called."""

    REPAIR = "REPAIR"
    RHYTHM = "RHYTHM"
    COMPLAINT = "COMPLAINT"
    AGREED = "AGREED"


class FollowUpState(StrEnum):
    """Whether the call is still owed."""

    OPEN = "OPEN"
    DONE = "DONE"
    NOT_REACHED = "NOT_REACHED"
    DROPPED = "DROPPED"


class CallResult(StrEnum):
    """What the customer said."""

    FINE = "FINE"
    WISH = "WISH"
    FAULT_AGAIN = "FAULT_AGAIN"
    COMPLAINT = "COMPLAINT"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One call that is owed, was made, or ended without one. ``answers``: aspect → grade, as codes."""

    id: str
    basis: str
    kind: FollowUpKind
    state: FollowUpState
    month: str
    customer_id: str
    case_id: str | None
    unit_id: str | None
    complaint_id: str | None
    reason: str
    due_on: date
    tries: int
    result: CallResult | None
    grade: Grade | None
    answers: Mapping[str, str]
    said: str
    called: str
    next_on: date | None
    done_at: datetime | None
    done_by: str | None
    done_by_name: str
    policy_version: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up in the list, with the words for its ids. ``contact`` and ``phone``: whom to call."""

    follow_up: FollowUp
    customer: str
    contact: str
    phone: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    case_number: str
    complaint_number: str
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call that was made for a follow-up. ``again_on``: the next try, or the day agreed."""

    id: str
    reached: bool
    called: str
    said: str
    again_on: date | None
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it is entered. Not reached: only ``called`` and ``said`` count, and ``next_on`` is the day agreed on
    with whoever answered, else the policy's."""

    follow_up_id: str
    reached: bool = True
    called: str = ""
    said: str = ""
    result: CallResult | None = None
    grade: Grade | None = None
    answers: Mapping[Aspect, Grade] = field(default_factory=dict)
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A call somebody plans by hand."""

    customer_id: str
    due_on: date | None
    reason: str
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case whose unit went back to its customer."""

    case_id: str
    customer_id: str
    unit_id: str
    returned_on: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """Units a customer took over on one day; ``unit_id``: one of them."""

    customer_id: str
    day: date
    unit_id: str


class Reach(StrEnum):
    """Which follow-ups are asked for."""

    DUE = "DUE"
    OPEN = "OPEN"
    DONE = "DONE"


@dataclass(frozen=True, slots=True)
class MonthTarget:
    """The share of a month: repairs that went back, calls owed for them by policy, calls in which somebody was reached.

    ``month``: 2026-11. ``share``: the policy's per cent. ``every``: every repair is called upon.
    """

    month: str
    repairs: int
    share: int
    every: bool
    done: int
    open: int
    not_reached: int
    pleased: int
    graded: int

    @property
    def target(self) -> int:
        """How many calls the policy asks for."""
        return owed(self.repairs, self.share, every=self.every)

    @property
    def actual(self) -> int | None:
        """Calls as per cent of the repairs, rounded down; ``None`` in a month without repairs."""
        return self.done * 100 // self.repairs if self.repairs else None

    @property
    def met(self) -> bool:
        """Whether enough were called."""
        return self.done >= self.target


def owed(repairs: int, share: int, *, every: bool) -> int:
    """How many of ``repairs`` must be called upon: at least ``share`` per cent, so rounded up."""
    return repairs if every else -(-repairs * share // 100)


def month_of(day: date) -> str:
    """The month of a day as it is written: 2026-11."""
    return f"{day:%Y-%m}"


def choose(candidates: Sequence[Candidate], called: Iterable[str], wanted: int) -> tuple[Candidate, ...]:
    """``wanted`` cases to call upon: customers who are not in the list (``called``) yet before others, the earliest
    return first. The same record gives the same choice."""
    left = sorted(candidates, key=lambda c: (c.returned_on, c.case_id))
    seen, chosen = set(called), list[Candidate]()
    while left and len(chosen) < wanted:
        found = next((c for c in left if c.customer_id not in seen), left[0])
        left.remove(found)
        seen.add(found.customer_id)
        chosen.append(found)
    return tuple(chosen)


def rhythm(day: date, first_year_months: int, later_months: int, start: date, end: date) -> tuple[date, ...]:
    """The days from ``start`` to ``end`` on which a delivery of ``day`` is to be called upon.

    Each ``first_year_months`` within twelve months, then each ``later_months``; 0: not at all.
    """
    found = []
    if first_year_months:
        found = [add_months(day, n) for n in range(first_year_months, 13, first_year_months)]
    if later_months:
        passed = 12 + later_months
        while (due := add_months(day, passed)) <= end:
            found.append(due)
            passed += later_months
    return tuple(due for due in found if start <= due <= end)


def call_problems(call: Call, kind: FollowUpKind, today: date) -> list[Problem]:
    """What is wrong with a call. Codes: ``followups.called-missing``, ``followups.result-missing``,
    ``followups.grade-missing`` (a repair is asked about in full), ``followups.said-missing`` (anything but "all
    well" says what), ``followups.next-past``, ``followups.text-long``."""
    found = []
    if not call.called.strip():
        found.append(Problem("called", "followups.called-missing"))
    if call.next_on is not None and call.next_on <= today:
        found.append(Problem("next_on", "followups.next-past", {"value": call.next_on, "today": today}))
    if len(call.said) > LONGEST_STORY:
        found.append(Problem("said", "followups.text-long", {"most": LONGEST_STORY}))
    if not call.reached:
        return found
    if call.result is None:
        found.append(Problem("result", "followups.result-missing"))
    elif call.result is not CallResult.FINE and not call.said.strip():
        found.append(Problem("said", "followups.said-missing"))
    if call.grade is None and kind is FollowUpKind.REPAIR:
        found.append(Problem("grade", "followups.grade-missing"))
    return found


def planned_problems(planned: Planned, today: date) -> list[Problem]:
    """What is wrong with a call planned by hand. Codes: ``followups.customer-missing``, ``followups.day-missing``,
    ``followups.day-past``, ``followups.reason-missing``."""
    found = []
    if not planned.customer_id:
        found.append(Problem("customer_id", "followups.customer-missing"))
    if planned.due_on is None:
        found.append(Problem("due_on", "followups.day-missing"))
    elif planned.due_on < today:
        found.append(Problem("due_on", "followups.day-past", {"value": planned.due_on, "today": today}))
    if not planned.reason.strip():
        found.append(Problem("reason", "followups.reason-missing"))
    return found


def months_back(today: date, number: int) -> tuple[str, ...]:
    """The last ``number`` months up to that of ``today``, the newest first."""
    found, first = [], today.replace(day=1)
    for _n in range(number):
        found.append(month_of(first))
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(found)
