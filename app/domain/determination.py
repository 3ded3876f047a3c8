"""A unit that is kept: what the customer said, and R&D's technical determination of it (spec 1 §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.signing import OwnSignature
from app.domain.stages import Stage
from app.errors import Problem


class Conclusion(StrEnum):
    """What R&D found."""

    FAULT = "FAULT"
    NONE = "NONE"


class Told(StrEnum):
    """How the customer agreed, or insisted."""

    PHONE = "PHONE"
    IN_PERSON = "IN_PERSON"
    WRITTEN = "WRITTEN"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the customer said to the keeping of a unit, as entered."""

    case_id: str
    who: str
    how: Told = Told.PHONE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The same on record. ``insists``: the customer has both units, for ``fee_fen``."""

    id: str
    case_id: str
    unit_id: str
    insists: bool
    who: str
    how: str
    note: str
    fee_fen: int
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Tried:
    """One test R&D tried and what it showed."""

    name: str
    result: str


@dataclass(frozen=True, slots=True)
class Determining:
    """A determination as the engineer enters and signs it."""

    case_id: str
    tests: tuple[Tried, ...]
    conclusion: Conclusion | None
    findings: str
    signature: OwnSignature


@dataclass(frozen=True, slots=True)
class Determination:
    """A determination on record. ``tests``: [{"name", "result"}]."""

    id: str
    number: str
    case_id: str
    unit_id: str
    tests: Sequence[Mapping[str, Any]]
    conclusion: str
    findings: str
    outcomes: Sequence[str]
    engineer_id: str
    engineer_name: str
    signature_id: str
    policy_version: str
    at: datetime
    by: str

    @property
    def follows(self) -> tuple[Outcome, ...]:
        """What follows from it, in order."""
        return tuple(Outcome(value) for value in self.outcomes)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A kept unit as the lists show it. ``determination_number`` empty: R&D has not concluded yet."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer: str
    stage: Stage
    place: Place
    placed_at: datetime
    determination_number: str
    conclusion: str


def keeping_problems(keeping: Keeping) -> list[Problem]:
    """``keeping.who-missing``: the name of who spoke for the customer."""
    return [] if keeping.who.strip() else [Problem("who", "keeping.who-missing")]


def determining_problems(
    tests: Sequence[Tried], conclusion: Conclusion | None, findings: str
) -> list[Problem]:
    """``determination.tests-missing``, ``determination.test-result``, ``determination.conclusion-missing``,
    ``determination.findings-missing``."""
    found = []
    tried = [t for t in tests if t.name.strip() or t.result.strip()]
    if not tried:
        found.append(Problem("tests", "determination.tests-missing"))
    found += [
        Problem("tests", "determination.test-result", {"value": test.name.strip() or test.result.strip()})
        for test in tried if not (test.name.strip() and test.result.strip())
    ]
    if conclusion is None:
        found.append(Problem("conclusion", "determination.conclusion-missing"))
    if not findings.strip():
        found.append(Problem("findings", "determination.findings-missing"))
    return found
