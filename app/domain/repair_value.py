"""Is a repair worth its money? Its cost against a share of what the unit is still worth (BER, art. 10.4).

Worth: what a new one costs, less so many percent for each year of age, never below a floor. All shares are policy;
money is whole fen, computed exactly and rounded once at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from app.domain.money import MOST_FEN, rounded
from app.domain.months import whole_months
from app.domain.policy import PolicyName, PolicySnapshot
from app.errors import Problem

#: Nobody works longer on one unit.
MOST_MINUTES = 60_000


@dataclass(frozen=True, slots=True)
class Basis:
    """What the reckoning rests on besides the estimate. ``age_months`` ``None``: not known, so nothing is written off.

    ``parts_fen``, ``labour_minutes``: what the repair order says so far, proposed to the technician.
    """

    case_id: str
    replacement_fen: int
    age_months: int | None
    yearly_percent: int
    floor_percent: int
    share_percent: int
    labour_hour_fen: int
    policy_version: str
    parts_fen: int = 0
    labour_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the technician reckons the repair to need. Money in fen."""

    case_id: str
    parts_fen: int
    labour_minutes: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """The figures. ``left_percent``: of the price that is left (rounded down, for reading)."""

    labour_fen: int
    cost_fen: int
    left_percent: int
    value_fen: int
    limit_fen: int
    beyond: bool


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """An estimate on record, with everything it was reckoned from."""

    id: str
    case_id: str
    parts_fen: int
    labour_minutes: int
    labour_hour_fen: int
    replacement_fen: int
    age_months: int | None
    yearly_percent: int
    floor_percent: int
    share_percent: int
    value_fen: int
    limit_fen: int
    cost_fen: int
    beyond: bool
    note: str
    policy_version: str
    at: datetime
    by: str
    by_name: str


def basis(
    case_id: str, replacement_fen: int, manufactured: date | None, today: date, policy: PolicySnapshot, *,
    parts_fen: int = 0, labour_minutes: int = 0,
) -> Basis:
    """The basis by the policy of the day."""
    return Basis(
        case_id, replacement_fen, None if manufactured is None else whole_months(manufactured, today),
        policy.whole(PolicyName.BER_YEARLY), policy.whole(PolicyName.BER_FLOOR), policy.whole(PolicyName.BER_SHARE),
        policy.whole(PolicyName.BER_LABOUR_HOUR), policy.version, parts_fen, labour_minutes,
    )


def problems(estimate: Estimate, on: Basis) -> list[Problem]:
    """``estimate.no-price`` (of the product), ``estimate.parts``, ``estimate.minutes``, ``estimate.nothing``."""
    found = []
    if on.replacement_fen <= 0:
        found.append(Problem("parts", "estimate.no-price"))
    if not 0 <= estimate.parts_fen <= MOST_FEN:
        found.append(Problem("parts", "estimate.parts", {"value": estimate.parts_fen}))
    if not 0 <= estimate.labour_minutes <= MOST_MINUTES:
        found.append(Problem("labour_minutes", "estimate.minutes",
                             {"value": estimate.labour_minutes, "most": MOST_MINUTES}))
    if not found and estimate.parts_fen == 0 and estimate.labour_minutes == 0:
        found.append(Problem("parts", "estimate.nothing"))
    return found


def worth(estimate: Estimate, on: Basis) -> Worth:
    """The figures: beyond repair when the cost is more than the limit."""
    left = Fraction(100) - Fraction(on.yearly_percent * (on.age_months or 0), 12)
    left = max(left, Fraction(on.floor_percent))
    value = Fraction(on.replacement_fen) * left / 100
    limit = value * on.share_percent / 100
    labour = Fraction(on.labour_hour_fen * estimate.labour_minutes, 60)
    cost = estimate.parts_fen + labour
    return Worth(
        rounded(labour).fen, rounded(cost).fen, int(left), rounded(value).fen, rounded(limit).fen, cost > limit
    )
