"""The long test of a unit in which no fault was found: planned, begun, ended with what was seen (spec 1 §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.inspection_runs import MOST_SOAK_MINUTES
from app.errors import Problem

#: More switching on and off than this in one test is a typing error.
MOST_CYCLES = 100_000


@dataclass(frozen=True, slots=True)
class SoakPlan:
    """What is to be done: minutes under test, cycles of switching on and off, and how."""

    case_id: str
    minutes: int
    cycles: int = 0
    plan: str = ""


@dataclass(frozen=True, slots=True)
class SoakEnd:
    """How the test ended. ``fault_seen``: a fault showed after all."""

    case_id: str
    cycles_done: int = 0
    fault_seen: bool = False
    observed: str = ""


@dataclass(frozen=True, slots=True)
class SoakTest:
    """One soak test on record."""

    id: str
    case_id: str
    planned_minutes: int
    cycles: int
    plan: str
    planned_at: datetime
    planned_by: str
    started_at: datetime | None
    started_by: str | None
    ended_at: datetime | None
    ended_by: str | None
    cycles_done: int | None
    fault_seen: bool | None
    observed: str

    def minutes_run(self, now: datetime) -> int:
        """Whole minutes under test so far."""
        if self.started_at is None:
            return 0
        return int(((self.ended_at or now) - self.started_at).total_seconds()) // 60


def plan_problems(plan: SoakPlan) -> list[Problem]:
    """``soak.minutes``, ``soak.cycles``."""
    found = []
    if not 1 <= plan.minutes <= MOST_SOAK_MINUTES:
        found.append(Problem("minutes", "soak.minutes", {"value": plan.minutes, "most": MOST_SOAK_MINUTES}))
    if not 0 <= plan.cycles <= MOST_CYCLES:
        found.append(Problem("cycles", "soak.cycles", {"value": plan.cycles, "most": MOST_CYCLES}))
    return found


def end_problems(end: SoakEnd, test: SoakTest, now: datetime) -> list[Problem]:
    """``soak.too-early`` (planned time not run), ``soak.cycles-short``: unless a fault showed; ``soak.observed``."""
    found = []
    if not 0 <= end.cycles_done <= MOST_CYCLES:
        found.append(Problem("cycles_done", "soak.cycles", {"value": end.cycles_done, "most": MOST_CYCLES}))
    if not end.fault_seen:
        run = test.minutes_run(now)
        if run < test.planned_minutes:
            found.append(Problem("fault_seen", "soak.too-early", {"value": run, "needed": test.planned_minutes}))
        if end.cycles_done < test.cycles:
            found.append(Problem("cycles_done", "soak.cycles-short",
                                 {"value": end.cycles_done, "needed": test.cycles}))
    if not end.observed.strip():
        found.append(Problem("observed", "soak.observed"))
    return found


def blocks_pass(test: SoakTest | None) -> str:
    """The code of what stops QA from passing the unit; empty: nothing. Without a plan QA's own run stands for it."""
    if test is None:
        return ""
    if test.ended_at is None:
        return "soak.not-done"
    return "soak.fault-seen" if test.fault_seen else ""
