"""Approvals by a second person: scrapping and free service (spec 1 §4, §10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain import people
from app.domain.people import Action
from app.errors import Problem


class ApprovalKind(StrEnum):
    """What is asked for."""

    SCRAP = "SCRAP"
    FREE_SERVICE = "FREE_SERVICE"


#: Who may decide each kind.
DECIDES: Mapping[ApprovalKind, Action] = {
    ApprovalKind.SCRAP: Action.APPROVE_SCRAP,
    ApprovalKind.FREE_SERVICE: Action.APPROVE_FREE,
}


@dataclass(frozen=True, slots=True)
class Approval:
    """One question to the approver. ``approved`` ``None``: it waits. ``facts``: plain values shown with it."""

    id: str
    kind: ApprovalKind
    subject_kind: str
    subject_id: str
    subject_number: str
    case_id: str | None
    unit_id: str | None
    reason: str
    facts: Mapping[str, Any]
    requested_by: str
    requested_by_name: str
    requested_at: datetime
    approved: bool | None = None
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    decision_reason: str = ""
    signature_id: str | None = None


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A waiting question as the approver's inbox shows it."""

    approval: Approval
    case_number: str
    serial: str
    model: str
    customer: str


def request_problems(reason: str) -> list[Problem]:
    """``approvals.reason-missing``: why it is asked for must be said."""
    return [] if reason.strip() else [Problem("reason", "approvals.reason-missing")]


def decision_problems(approval: Approval, *, approved: bool, reason: str) -> list[Problem]:
    """``approvals.decided-already``; ``approvals.refusal-reason``: who refuses says why."""
    if approval.decided_at is not None:
        return [Problem("approval", "approvals.decided-already",
                        {"number": approval.subject_number, "name": approval.decided_by_name})]
    return [] if approved or reason.strip() else [Problem("reason", "approvals.refusal-reason")]


def approver_problems(approval: Approval, approver: str, repairers: Collection[str]) -> list[Problem]:
    """Another than who asked, and nobody who repaired the unit: ``people.approves-own-request``, ``-own-repair``."""
    return people.approver_problems(approver, approval.requested_by, repairers)
