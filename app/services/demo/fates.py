"""What will become of each unit of the demonstration, and on which day: planned ahead, so that every stage is there.

A unit's way is a list of phases with working days. The depot then lives through the days and does what falls due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from random import Random
from typing import Any

from app.domain.codes import RepairResult


class Phase(IntEnum):
    """One thing done with a unit, in the order of a day's work."""

    REPORT = 0
    RECEIVE = 1
    PLAN = 2
    ISSUE = 3
    DISPATCH = 4
    TAKE = 5
    DIAGNOSE = 6
    PAUSE = 7
    DECLINE = 8
    FINISH = 9
    REFER = 10
    REFER_OVER = 11
    TO_QA = 12
    FAIL = 13
    BACK = 14
    AGAIN = 15
    TO_QA_AGAIN = 16
    PASS = 17
    PASSED_OVER = 18
    PUT_AWAY = 19
    PACK = 20
    SEND = 21
    DELIVER = 22
    ARCHIVE = 23


class Goal(StrEnum):
    """Where a unit is when the demonstration is opened."""

    REPORTED = "REPORTED"
    REFUSED_AT_THE_COUNTER = "REFUSED_AT_THE_COUNTER"
    RECEIVED = "RECEIVED"
    PLANNED = "PLANNED"
    RELEASED = "RELEASED"
    OFFERED = "OFFERED"
    AT_REPAIR = "AT_REPAIR"
    TAKEN = "TAKEN"
    DIAGNOSED = "DIAGNOSED"
    FINISHED = "FINISHED"
    AWAITING = "AWAITING"
    DECLINED = "DECLINED"
    REFERRED = "REFERRED"
    IN_QA = "IN_QA"
    FAILED = "FAILED"
    PASSED = "PASSED"
    AT_COUNTER = "AT_COUNTER"
    READY = "READY"
    PACKED = "PACKED"
    ON_THE_WAY = "ON_THE_WAY"
    RETURNED = "RETURNED"
    CLOSED = "CLOSED"
    SPARE = "SPARE"
    SPARE_CLOSED = "SPARE_CLOSED"


_P = Phase
_TO_BENCH = (_P.RECEIVE, _P.PLAN, _P.ISSUE, _P.DISPATCH, _P.TAKE, _P.DIAGNOSE)
_TO_QA = (*_TO_BENCH, _P.FINISH, _P.TO_QA)
_HOME = (*_TO_QA, _P.PASS, _P.PASSED_OVER, _P.PUT_AWAY, _P.PACK, _P.SEND, _P.DELIVER, _P.ARCHIVE)

#: goal → (share of a hundred units, the way there, fewest and most working days since the last phase)
WAYS: dict[Goal, tuple[float, tuple[Phase, ...], int, int]] = {
    Goal.REPORTED: (3, (_P.REPORT,), 0, 5),
    Goal.REFUSED_AT_THE_COUNTER: (0.5, (_P.RECEIVE,), 2, 4),
    Goal.RECEIVED: (9, (_P.RECEIVE,), 0, 3),
    Goal.PLANNED: (5, _HOME[:2], 0, 1),
    Goal.RELEASED: (4, _HOME[:3], 0, 1),
    Goal.OFFERED: (1.5, _HOME[:4], 0, 0),
    Goal.AT_REPAIR: (5, _HOME[:4], 0, 2),
    Goal.TAKEN: (3, _HOME[:5], 0, 1),
    Goal.DIAGNOSED: (4, _HOME[:6], 0, 3),
    Goal.FINISHED: (2, _HOME[:7], 0, 1),
    Goal.AWAITING: (2.5, (*_TO_BENCH, _P.PAUSE), 1, 4),
    Goal.DECLINED: (0.5, (*_TO_BENCH, _P.PAUSE, _P.DECLINE, _P.REFER_OVER), 0, 2),
    Goal.REFERRED: (2.5, (*_TO_BENCH, _P.FINISH, _P.REFER, _P.REFER_OVER), 0, 4),
    Goal.IN_QA: (4, _TO_QA, 0, 1),
    Goal.FAILED: (1, (*_TO_QA, _P.FAIL), 0, 0),
    Goal.PASSED: (1.5, _HOME[:9], 0, 0),
    Goal.AT_COUNTER: (2, _HOME[:10], 0, 0),
    Goal.READY: (7, _HOME[:11], 0, 3),
    Goal.PACKED: (1.5, _HOME[:12], 0, 1),
    Goal.ON_THE_WAY: (4, _HOME[:13], 0, 2),
    Goal.RETURNED: (5, _HOME[:14], 0, 5),
    Goal.CLOSED: (25, _HOME, 0, 9),
    Goal.SPARE: (3, _HOME[:11], 0, 6),
    Goal.SPARE_CLOSED: (3, (*_HOME[:11], _P.ARCHIVE), 0, 6),
}
IN_THE_HOUSE = frozenset({
    Goal.RECEIVED, Goal.PLANNED, Goal.RELEASED, Goal.AT_REPAIR, Goal.TAKEN, Goal.DIAGNOSED, Goal.IN_QA, Goal.READY,
})
_QA_FAILURE = (_P.FAIL, _P.BACK, _P.AGAIN, _P.TO_QA_AGAIN)
#: Most working days between a phase and the one before.
_GAPS = {
    _P.PLAN: 2, _P.ISSUE: 1, _P.DISPATCH: 1, _P.TAKE: 1, _P.FINISH: 2, _P.TO_QA: 1, _P.PASS: 1, _P.PUT_AWAY: 1,
    _P.PACK: 2, _P.SEND: 1, _P.DELIVER: 3, _P.ARCHIVE: 2, _P.PAUSE: 1, _P.DECLINE: 3, _P.REFER: 1, _P.AGAIN: 1,
}


@dataclass(eq=False, slots=True)
class Fate:
    """The way a unit goes: what is done on which day (index of the working day). It may pass to another unit of the
    same product, because a plan takes whichever is due first."""

    goal: Goal
    days: dict[Phase, int]
    result: RepairResult = RepairResult.REPAIRED
    refused_once: bool = False       # a line of the handover to QA was refused, and given again the next day
    slow: bool = False


@dataclass(eq=False, slots=True)
class Life:
    """One visit of one unit. Ids and numbers are filled in when it is received."""

    number: int
    product: str
    customer: str
    story: dict[str, Any]
    fate: Fate
    serial: str = ""
    tagged: bool = False
    special: bool = False
    found_at_repair: bool = False
    announced: bool = False
    photo: bool = False
    age_months: int = 6              # since it was shipped to the customer
    again_after: Fate | None = None  # the visit before: the same unit comes again with the same story
    case_id: str = ""
    unit_id: str = ""
    case_number: str = ""
    traveller_number: str = ""
    technician: str = ""
    notes: list[str] = field(default_factory=list)


def counts(units: int) -> dict[Goal, int]:
    """How many of ``units`` end where: at least one at every goal, the rest by shares."""
    whole = sum(share for share, *_ in WAYS.values())
    wanted = {goal: max(1, round(units * share / whole)) for goal, (share, *_) in WAYS.items()}
    wanted[Goal.CLOSED] = max(1, wanted[Goal.CLOSED] + units - sum(wanted.values()))
    return wanted


def fate(goal: Goal, last_day: int, chance: Random, *, first_day: int = 0, qa_failure: bool = False) -> Fate:
    """A way to ``goal`` that ends on or before ``last_day`` (an index; ``first_day`` is the earliest)."""
    _share, way, least, most = WAYS[goal]
    if qa_failure and Phase.PASS in way:
        at = way.index(Phase.PASS)
        way = (*way[:at], *_QA_FAILURE, *way[at:])
    wait = chance.randint(least, most)
    slow = goal in IN_THE_HOUSE and chance.random() < 0.14
    wait += chance.randint(8, 11) if slow else 0
    gaps = [0, *(chance.randint(0, _GAPS.get(phase, 0)) for phase in way[1:])]
    if Phase.DELIVER in way and gaps[way.index(Phase.DELIVER)] == 0 and chance.random() < 0.7:
        gaps[way.index(Phase.DELIVER)] = 1
    room = last_day - first_day
    while sum(gaps) + min(wait, room) > room:
        if wait > least or wait > room:
            wait -= 1
        else:
            widest = max(range(len(gaps)), key=lambda i: gaps[i])
            gaps[widest] -= 1
    day, days = last_day - wait - sum(gaps), {}
    for phase, gap in zip(way, gaps, strict=True):
        day += gap
        days[phase] = day
    return Fate(goal, days, slow=slow)


def postpone(life_fate: Fate, day: int, last_day: int) -> None:
    """Nothing from planning on is done before ``day``; what no longer fits is left undone."""
    kept = {}
    for phase, wanted in sorted(life_fate.days.items()):
        kept[phase] = wanted if phase < Phase.PLAN else max(wanted, day)
        if kept[phase] > last_day:
            del kept[phase]
            break
    life_fate.days = kept


def weighted(rows: Sequence[dict[str, Any]], chance: Random) -> dict[str, Any]:
    """One of ``rows`` by its ``weight``."""
    return chance.choices(rows, weights=[row["weight"] for row in rows])[0]
