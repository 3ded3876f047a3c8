"""Asking the general manager, and the answer: scrapping and free service need a second person (spec 1 §4, §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import approvals as rules
from app.domain import people
from app.domain.approvals import DECIDES, Approval, ApprovalKind, ApprovalRow
from app.domain.people import Action
from app.domain.signing import OwnSignature
from app.errors import Refused
from app.persistence import approvals as rows
from app.persistence import journal, repair
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import signing, warranty
from app.services.undoing import Way
from app.services.warranty import VerdictChange

_CHANGES = Changes.DISPOSITIONS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for and why. ``facts``: plain values that the approver sees (an amount in fen, a rule number)."""

    kind: ApprovalKind
    subject_kind: str
    subject_id: str
    subject_number: str
    reason: str
    case_id: str | None = None
    unit_id: str | None = None
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question waits for its answer."""

    approval_id: str
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer was given."""

    approval: Approval
    entry_id: str
    changes: Changes = _CHANGES


def request(depot: Depot, tx: Tx, asking: Asking) -> Asked:
    """Put a question to the approver, inside a running transaction of the step that asks.

    Refused: ``approvals.reason-missing``, ``approvals.asked-already`` (one open question per subject and kind),
    ``approvals.given-already``, ``people.not-allowed``.
    """
    depot.require(Action.REQUEST_APPROVAL)
    if wrong := rules.request_problems(asking.reason):
        raise Refused.because(wrong)
    last = rows.of_subject(tx, asking.subject_id, asking.kind)
    if last is not None and last.decided_at is None:
        raise Refused("approvals.asked-already", number=asking.subject_number, name=last.requested_by_name)
    if last is not None and last.approved:
        raise Refused("approvals.given-already", number=asking.subject_number, name=last.decided_by_name)
    approval = Approval(
        tx.new_id(), asking.kind, asking.subject_kind, asking.subject_id, asking.subject_number, asking.case_id,
        asking.unit_id, asking.reason.strip(), dict(asking.facts or {}), tx.by, tx.by_name, tx.at,
    )
    rows.add(tx, approval)
    entry_id = _record(tx, "approvals.request", approval, {"reason": approval.reason})
    return Asked(approval.id, entry_id)


def decide(
    depot: Depot, approval_id: str, *, approved: bool, signature: OwnSignature, reason: str = ""
) -> Decided:
    """Approve or refuse, signed anew by somebody who may; a refusal says why.

    Refused: ``approvals.unknown``, ``approvals.decided-already``, ``approvals.refusal-reason``,
    ``people.approves-own-request``, ``people.approves-own-repair``, ``people.not-allowed``, the codes of signing.
    """
    with depot.write() as tx:
        approval = rows.get(tx, approval_id)
        if approval is None:
            raise Refused("approvals.unknown")
        if wrong := rules.decision_problems(approval, approved=approved, reason=reason):
            raise Refused.because(wrong)
        signed = signing.sign_for(
            depot, tx, signature, DECIDES[approval.kind], purpose="approvals.decide", subject_kind="approval",
            subject_id=approval.id, field="approver",
        )
        repairers = repair.repairers(tx, approval.case_id) if approval.case_id else frozenset()
        if wrong := rules.approver_problems(approval, signed.user_id or "", repairers):
            raise Refused.because(wrong)
        rows.change(
            tx, approval.id, approved=approved, decided_by=signed.user_id, decided_by_name=signed.name,
            decided_at=tx.at, decision_reason=reason.strip(), signature_id=signed.id,
        )
        entry_id = _record(
            tx, "approvals.approve" if approved else "approvals.refuse", approval,
            {"name": signed.name, "reason": reason.strip()},
        )
        decided = rows.get(tx, approval.id)
    return Decided(decided or approval, entry_id)


def given(tx: Tx, subject_id: str, kind: ApprovalKind) -> Approval | None:
    """The approval of ``kind`` given for ``subject_id``; ``None`` while it waits, was refused or never asked for."""
    last = rows.of_subject(tx, subject_id, kind)
    return last if last is not None and last.approved else None


def waiting(depot: Depot) -> tuple[ApprovalRow, ...]:
    """The inbox of the person at the desk: the questions that they may decide, the oldest first."""
    kinds = tuple(kind for kind, action in DECIDES.items() if people.may(depot.operator.roles, action))
    if not kinds:
        return ()
    with depot.read() as tx:
        return rows.waiting(tx, kinds)


def asked(depot: Depot) -> tuple[ApprovalRow, ...]:
    """Every question that waits, whoever may answer it."""
    with depot.read() as tx:
        return rows.waiting(tx, tuple(ApprovalKind))


def of_case(depot: Depot, case_id: str) -> tuple[Approval, ...]:
    """Every question about a case, oldest first."""
    with depot.read() as tx:
        return rows.of_case(tx, case_id)


def change_since(depot: Depot, approval_id: str) -> VerdictChange | None:
    """How the verdict on the warranty changed after the question was asked; ``None``: it rests on what still holds."""
    with depot.read() as tx:
        found = rows.get(tx, approval_id)
        if found is None or not found.case_id:
            return None
        return warranty.changed_since(depot, tx, found.case_id, found.requested_at)


def _record(tx: Tx, action: str, approval: Approval, facts: Mapping[str, Any]) -> str:
    return journal.record(
        tx, action, subject_kind="approval", subject_id=approval.id, subject_number=approval.subject_number,
        case_id=approval.case_id, unit_id=approval.unit_id, facts={"kind": approval.kind.value, **facts},
    )


def _request_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    approval = rows.get(tx, entry.subject_id)
    if approval is None:
        return Refused("approvals.unknown")
    if approval.decided_at is not None:
        return Refused("approvals.decided-already", number=approval.subject_number, name=approval.decided_by_name)
    return None


def _request_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(tx, entry.subject_id, deleted_at=tx.at)
    return _CHANGES


#: A decision is signed: it is not taken back, but a refused question may be asked again.
UNDO = {"approvals.request": Way(_request_back, _request_objection, Action.REQUEST_APPROVAL)}
