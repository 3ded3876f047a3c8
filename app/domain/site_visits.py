"""Work on site: one trip of one technician, what was found and done, and what the customer said (spec 1 §3, §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.errors import Problem

MOST_MINUTES = 100 * 60
MOST_PIECES = 9999


class SiteResult(StrEnum):
    """How a trip ended."""

    SOLVED = "SOLVED"
    NOT_SOLVED = "NOT_SOLVED"
    UNIT_COMES_BACK = "UNIT_COMES_BACK"


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A trip on record; ``finished_at`` ``None``: the technician is still under way."""

    id: str
    request_id: str
    technician_id: str
    leaves_on: date
    back_on: date | None
    findings: str
    work: str
    labour_minutes: int
    result: SiteResult | None
    opinion: str
    finished_at: datetime | None
    finished_by: str | None
    signature_id: str | None
    slip_number: str
    note: str


@dataclass(frozen=True, slots=True)
class SitePart:
    """A part used on a trip; ``loan_number``: the loan slip it was taken along on."""

    name: str
    quantity: int = 1
    part_no: str = ""
    part_id: str | None = None
    removed_serial: str = ""
    fitted_serial: str = ""
    loan_number: str = ""


@dataclass(frozen=True, slots=True)
class Trip:
    """Somebody is sent."""

    request_id: str
    technician_id: str
    leaves_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class TripReport:
    """What a technician brings back. ``back_on``: the last day of the trip."""

    visit_id: str
    back_on: date | None
    findings: str
    work: str
    result: SiteResult | None
    labour_minutes: int = 0
    parts: tuple[SitePart, ...] = ()
    opinion: str = ""


def report_problems(report: TripReport, leaves_on: date, today: date) -> list[Problem]:
    """What stops a trip from being closed.

    Codes: ``requests.back-missing``, ``requests.back-before-leaving``, ``requests.back-in-future``,
    ``requests.findings-missing``, ``requests.work-missing``, ``requests.result-missing``, ``requests.labour``,
    ``requests.part-name``, ``requests.part-quantity``.
    """
    found = []
    if report.back_on is None:
        found.append(Problem("back_on", "requests.back-missing"))
    elif report.back_on < leaves_on:
        found.append(
            Problem("back_on", "requests.back-before-leaving", {"value": report.back_on, "leaves": leaves_on}))
    elif report.back_on > today:
        found.append(Problem("back_on", "requests.back-in-future", {"value": report.back_on, "today": today}))
    if not report.findings.strip():
        found.append(Problem("findings", "requests.findings-missing"))
    if not report.work.strip():
        found.append(Problem("work", "requests.work-missing"))
    if report.result is None:
        found.append(Problem("result", "requests.result-missing"))
    if not 0 <= report.labour_minutes <= MOST_MINUTES:
        found.append(Problem("labour_minutes", "requests.labour", {"value": report.labour_minutes}))
    return found + part_problems(report.parts)


def part_problems(parts: Sequence[SitePart]) -> list[Problem]:
    """``requests.part-name``, ``requests.part-quantity``."""
    found = []
    for part in parts:
        if not part.name.strip():
            found.append(Problem("parts", "requests.part-name"))
        if not 1 <= part.quantity <= MOST_PIECES:
            found.append(Problem("parts", "requests.part-quantity", {"name": part.name, "value": part.quantity}))
    return found
