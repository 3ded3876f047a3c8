"""Inspection runs and the QA mark: who may inspect, what a pass needs, what is kept (art. 10.5, 10.7; spec 1 §3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.codes import RepairResult
from app.domain.inspection import (
    ItemKind,
    ItemVerdict,
    Reading,
    SheetVerdict,
    TestItem,
    canonical_value,
    problems,
    sheet_verdict,
    verdict,
)
from app.domain.people import inspector_problems
from app.domain.stages import Stage
from app.errors import Problem

#: A soak longer than a month is a typing error.
MOST_SOAK_MINUTES = 31 * 24 * 60


class MarkMethod(StrEnum):
    """How the mark is put on the unit (art. 10.7)."""

    AFFIXED = "AFFIXED"          # a label is stuck on
    STAMPED = "STAMPED"


class QaState(StrEnum):
    """How far QA is with a case."""

    WAITING = "WAITING"
    FAILED = "FAILED"            # to be handed back to repair
    PASSED = "PASSED"            # marked, to be handed over to after-sales


@dataclass(frozen=True, slots=True)
class RunReading:
    """One value measured, with the item as it was on that day."""

    ordinal: int
    code: str
    name_zh: str
    name_en: str
    kind: str
    unit: str
    lower: str | None
    upper: str | None
    mandatory: bool
    value: str
    verdict: str

    def name(self, language: str) -> str:
        """The item's name in ``language``."""
        return self.name_zh if language.startswith("zh") else (self.name_en or self.name_zh)


@dataclass(frozen=True, slots=True)
class InspectionRun:
    """One run of one case; never changed. ``verdict``: PASSED or FAILED; ``soak_minutes``: time under test."""

    id: str
    case_id: str
    unit_id: str
    run_no: int
    template_id: str | None
    template_version: int
    inspector_id: str
    inspector_name: str
    verdict: str
    reason: str
    soak_minutes: int
    started_at: datetime
    at: datetime
    signature_id: str | None
    readings: tuple[RunReading, ...] = ()


@dataclass(frozen=True, slots=True)
class QaMark:
    """The numbered mark of a passed unit. ``replaces_id``: the mark it takes the place of, with the ``reason``."""

    id: str
    number: str
    inspection_id: str
    case_id: str
    unit_id: str
    inspector_id: str
    inspector_name: str
    stamp_no: str
    how: str
    replaces_id: str | None
    reason: str
    signature_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QaRow:
    """One case in QA's queue. ``fails``: runs that failed; ``offered_in``: the open offer that holds the unit."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    product_zh: str
    product_en: str
    customer: str
    urgency: str
    stage: Stage
    state: QaState
    due_on: date | None
    paused_at: datetime | None
    placed_at: datetime
    technician_name: str
    result: str
    fails: int
    offered_in: str


#: The sheet of a product that has no template yet, so that QA never stands still: three ticks.
BASIC_SHEET: tuple[TestItem, ...] = (
    TestItem("LOOK", "外观与标识完好", "Appearance and markings", ItemKind.TICK),
    TestItem("POWER", "上电正常", "Power-up", ItemKind.TICK),
    TestItem("FUNCTION", "功能正常", "Function", ItemKind.TICK),
)


def state_of(stage: Stage, last_verdict: str) -> QaState:
    """How far QA is, from the stage and the newest run."""
    if stage is Stage.PASSED:
        return QaState.PASSED
    return QaState.FAILED if last_verdict == SheetVerdict.FAILED.value else QaState.WAITING


def soak_needed(result: str, product_minutes: int, policy_hours: int) -> int:
    """How many minutes a unit must run under test: an NFF unit the product's, else the policy's; another none."""
    if result != RepairResult.NFF.value:
        return 0
    return product_minutes or policy_hours * 60


def soak_problems(minutes: int, needed: int) -> list[Problem]:
    """``inspection.soak-short``, ``inspection.soak-long``."""
    if not 0 <= minutes <= MOST_SOAK_MINUTES:
        return [Problem("soak_minutes", "inspection.soak-long", {"value": minutes, "most": MOST_SOAK_MINUTES})]
    if minutes < needed:
        return [Problem("soak_minutes", "inspection.soak-short", {"value": minutes, "needed": needed})]
    return []


def pass_problems(
    items: Sequence[TestItem], readings: Sequence[Reading], soak_minutes: int, needed_soak: int
) -> list[Problem]:
    """What stops a unit from passing, in the order of the sheet.

    Codes: those of ``domain.inspection.problems``, ``inspection.item-failed``, those of :func:`soak_problems`.
    """
    found = list(problems(items, readings))
    values = {reading.code: reading.value for reading in readings}
    found += [
        Problem(item.code, "inspection.item-failed", {"item": item.code, "value": values.get(item.code, "")})
        for item in items
        if item.mandatory and verdict(item, values.get(item.code, "")) is ItemVerdict.FAILED
    ]
    if not found and sheet_verdict(items, readings) is not SheetVerdict.PASSED:
        found.append(Problem("items", "inspection.no-items"))
    return found + soak_problems(soak_minutes, needed_soak)


def fail_problems(reason: str) -> list[Problem]:
    """``inspection.reason-missing``: repair must be told why."""
    return [] if reason.strip() else [Problem("reason", "inspection.reason-missing")]


def who_problems(inspector: str, stamp_no: str, repairers: Collection[str]) -> list[Problem]:
    """Who may pass a unit: another than who repaired it, with a stamp.

    Codes: ``people.inspects-own-repair``, ``inspection.no-stamp``.
    """
    found = inspector_problems(inspector, repairers)
    return found if found or stamp_no.strip() else [Problem("inspector", "inspection.no-stamp")]


def as_readings(items: Sequence[TestItem], readings: Sequence[Reading]) -> tuple[RunReading, ...]:
    """The readings as they are kept: every item of the sheet in its order, with its verdict."""
    values = {reading.code: reading.value for reading in readings}
    return tuple(
        RunReading(
            ordinal, item.code, item.name_zh, item.name_en, item.kind.value, item.unit, item.lower, item.upper,
            item.mandatory, canonical_value(item, values.get(item.code, "")),
            verdict(item, values.get(item.code, "")).value,
        )
        for ordinal, item in enumerate(items, 1)
    )
