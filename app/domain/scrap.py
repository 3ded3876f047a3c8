"""Scrapping: asked for, approved by another person, zone 4, and the final destination (spec 1 §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.places import Place
from app.domain.signing import Signature
from app.errors import Problem


class ScrapDestination(StrEnum):
    """Where a scrapped unit ends."""

    DISPOSED = "DISPOSED"
    LAB = "LAB"                  # a sample for R&D

    @property
    def place(self) -> Place:
        """The place that it is."""
        return Place(self.value)


class ScrapWay(StrEnum):
    """How a scrapped unit is disposed of."""

    DISMANTLED = "DISMANTLED"
    RECYCLER = "RECYCLER"
    DESTROYED = "DESTROYED"


@dataclass(frozen=True, slots=True)
class Scrap:
    """A scrapped unit. ``destination`` ``None``: it stands in zone 4. ``for_lab``: R&D wants it after scrapping."""

    id: str
    number: str
    case_id: str
    unit_id: str
    approval_id: str
    reason: str
    for_lab: bool
    scrapped_at: datetime
    scrapped_by: str
    destination: str | None = None
    how: str | None = None
    by_whom: str = ""
    witness: str = ""
    handover_number: str = ""
    destined_at: datetime | None = None
    destined_by: str | None = None


@dataclass(frozen=True, slots=True)
class ScrapRow:
    """A case of the scrap lists: to be asked for, waiting, approved, or in zone 4. ``approved`` as in approvals."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer: str
    place: Place
    placed_at: datetime
    approval_id: str
    approved: bool | None
    requested_by_name: str
    decided_by_name: str
    decision_reason: str
    scrap_id: str
    number: str
    for_lab: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Destining:
    """The end of a scrapped unit. ``giver``: after-sales; ``receiver``: who takes it (recycler, R&D, the dismantler).

    ``by_whom``: the firm or person that disposes of it; ``witness``: who saw it. Both are not needed for R&D.
    """

    scrap_id: str
    destination: ScrapDestination
    giver: Signature
    receiver: Signature
    how: ScrapWay | None = None
    by_whom: str = ""
    witness: str = ""


def destining_problems(
    destination: ScrapDestination, how: ScrapWay | None, by_whom: str, witness: str, *, for_lab: bool
) -> list[Problem]:
    """``scrap.lab-waits``, ``scrap.how-missing``, ``scrap.by-whom-missing``, ``scrap.witness-missing``,
    ``scrap.witness-same``."""
    if destination is ScrapDestination.LAB:
        return []
    if for_lab:
        return [Problem("destination", "scrap.lab-waits")]
    found = []
    if how is None:
        found.append(Problem("how", "scrap.how-missing"))
    if not by_whom.strip():
        found.append(Problem("by_whom", "scrap.by-whom-missing"))
    if not witness.strip():
        found.append(Problem("witness", "scrap.witness-missing"))
    elif witness.strip() == by_whom.strip():
        found.append(Problem("witness", "scrap.witness-same", {"value": witness.strip()}))
    return found


def approval_facts(rule: int | None, reason_code: str, facts: Mapping[str, Any], determination: str) -> dict[str, Any]:
    """What the approver reads: the row that rules, its facts, and the number of R&D's determination."""
    return {"rule": rule, "code": reason_code, "ruling": dict(facts), "determination": determination}
