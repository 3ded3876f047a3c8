"""Repair plans: drafted by after-sales; countersigned, changed in writing and issued by production (art. 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.planning import (
    OPEN_STATES,
    Line,
    LineDraft,
    Plan,
    PlannedCase,
    PlanRow,
    PlanState,
    Revision,
    Waiting,
)
from app.domain.policy_values import PolicyName
from app.domain.signing import Signature
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import people as people_rows
from app.persistence import planning as rows
from app.persistence.transaction import Tx
from app.services import meanwhile, plan_lines, signing
from app.services.plan_lines import content
from app.services.plan_undoing import UNDO

_CHANGED = Changes.PLANS | Changes.CASES


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A plan was written. ``released``: cases that may go to the bench now; ``let_go``: cases that wait again."""

    plan_id: str
    number: str
    state: PlanState
    revision: int
    entry_id: str
    released: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()
    changes: Changes = _CHANGED


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan with its lines, units and revisions, and the names of who had it in hand (user id → name)."""

    plan: Plan
    lines: tuple[Line, ...]
    cases: tuple[PlannedCase, ...]
    revisions: tuple[Revision, ...]
    names: Mapping[str, str]

    def cases_of(self, line_id: str) -> tuple[PlannedCase, ...]:
        """The units allocated to a line, the oldest due first."""
        return tuple(case for case in self.cases if case.line_id == line_id)


def waiting(depot: Depot) -> tuple[Waiting, ...]:
    """What waits to be planned, by product, the most pressing first."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        soon = today + timedelta(days=depot.policy(tx).whole(PolicyName.DUE_SOON_CALENDAR_DAYS))
        return rows.waiting(tx, today, soon)


def candidates(
    depot: Depot, product_id: str, *, after: PlannedCase | None = None, limit: int = 100
) -> tuple[PlannedCase, ...]:
    """Units of a product that are received and on no plan, the oldest due first, paged."""
    with depot.read() as tx:
        return rows.candidates(tx, product_id, after=after, limit=limit)


def plans(
    depot: Depot, *, ended: bool = False, before: str | None = None, limit: int = 100
) -> tuple[PlanRow, ...]:
    """Plans under way, or the issued and cancelled ones; the newest first, behind the number ``before``."""
    states = [state for state in PlanState if (state in OPEN_STATES) is not ended]
    with depot.read() as tx:
        return rows.listed(tx, states, before=before, limit=limit)


def sheet(depot: Depot, plan_id: str) -> PlanSheet:
    """One plan in full. Refused: ``planning.unknown``."""
    with depot.read() as tx:
        plan = _plan(tx, plan_id)
        people = {user.id: user.name for user in people_rows.everyone(tx)}
        revisions = tuple(replace(r, at=r.at.astimezone(depot.zone)) for r in rows.revisions(tx, plan_id))
        return PlanSheet(
            _local(depot, plan), rows.lines(tx, plan_id), rows.allocated(tx, plan_id), revisions, people
        )


def plan_with_number(depot: Depot, number: str) -> str | None:
    """The id of the plan ``number``."""
    with depot.read() as tx:
        return rows.plan_with_number(tx, number)


def draft(depot: Depot, lines: Sequence[LineDraft], note: str = "") -> PlanChanged:
    """Draft a plan: the quantities are filled with received units, the oldest due first.

    Refused: the codes of ``domain.planning.problems``, ``planning.not-enough``.
    """
    depot.require(Action.DRAFT_PLAN)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        plan_lines.check(tx, lines, today)
        (number,) = node.next_number(tx, DocumentType.REPAIR_PLAN, today)
        plan = Plan(
            tx.new_id(), number, 0, PlanState.DRAFT, note.strip(), tx.at, tx.by, None, None, None, None, None, None,
            None, None, "",
        )
        rows.add(tx, plan)
        node.record_document(tx, number, DocumentType.REPAIR_PLAN, "F4", subject_kind="plan", subject_id=plan.id)
        plan_lines.arrange(tx, plan, lines)
        entry_id = _record(tx, "planning.draft", plan, {"after": content(tx, plan.id), "note": plan.note})
    return PlanChanged(plan.id, number, plan.state, 0, entry_id, changes=_CHANGED | Changes.DOCUMENTS)


def edit(depot: Depot, plan_id: str, seq: int, lines: Sequence[LineDraft], note: str = "") -> PlanChanged:
    """Change a draft before production has it in hand. Units stay on their line as far as the quantity allows.

    Refused: as :func:`draft`; ``planning.state``, ``planning.changed-meanwhile``, ``planning.same-plan``,
    ``planning.needs-reason`` after a written change or countersignature.
    """
    depot.require(Action.DRAFT_PLAN)
    with depot.write() as tx:
        plan = _seen(depot, tx, plan_id, seq, OPEN_STATES)
        if plan.state is not PlanState.DRAFT or plan.revision:
            raise Refused("planning.needs-reason", number=plan.number)
        plan_lines.check(tx, lines, depot.local_day(tx.at))
        before = content(tx, plan.id)
        let_go = plan_lines.arrange(tx, plan, lines)
        after = content(tx, plan.id)
        if before == after and note.strip() == plan.note:
            raise Refused("planning.same-plan")
        rows.change(tx, plan.id, note=note.strip())
        entry_id = _record(
            tx, "planning.edit", plan, {"before": before, "after": after, "note": plan.note}
        )
    return PlanChanged(plan.id, plan.number, plan.state, plan.revision, entry_id, let_go=tuple(let_go))


def swap(depot: Depot, plan_id: str, out_case_id: str, in_case_id: str) -> PlanChanged:
    """Take one unit off a plan and put another of the same product in its place; quantities stay.

    Refused: ``planning.state``, ``planning.not-on-plan``, ``planning.not-waiting``, ``planning.other-product``.
    """
    depot.require(Action.DRAFT_PLAN)
    with depot.write() as tx:
        plan = _in_state(_plan(tx, plan_id), OPEN_STATES)
        out, incoming = plan_lines.swap(tx, plan, out_case_id, in_case_id)
        rows.change(tx, plan.id, note=plan.note)
        entry_id = _record(
            tx, "planning.swap", plan,
            {"out": out_case_id, "in": in_case_id, "out_number": out.case_number, "in_number": incoming.case_number},
        )
    return PlanChanged(plan.id, plan.number, plan.state, plan.revision, entry_id, let_go=(out_case_id,))


def countersign(depot: Depot, plan_id: str, seq: int, signature: Signature) -> PlanChanged:
    """Production agrees to a draft. The signer must be one who may countersign, whoever sits at the desk.

    Refused: ``planning.state``, ``planning.changed-meanwhile``, the codes of signing, ``people.not-allowed``.
    """
    with depot.write() as tx:
        plan = _seen(depot, tx, plan_id, seq, {PlanState.DRAFT})
        signed = signing.sign_for(
            depot, tx, signature, Action.COUNTERSIGN_PLAN, purpose="planning.countersign", subject_kind="plan",
            subject_id=plan.id, field="signature",
        )
        rows.change(
            tx, plan.id, state=PlanState.COUNTERSIGNED, countersigned_at=tx.at, countersigned_by=signed.user_id,
            countersignature_id=signed.id,
        )
        entry_id = _record(tx, "planning.countersign", plan, {"signed_by": signed.name})
    return PlanChanged(
        plan.id, plan.number, PlanState.COUNTERSIGNED, plan.revision, entry_id, changes=Changes.PLANS
    )


def change(depot: Depot, plan_id: str, seq: int, lines: Sequence[LineDraft], reason: str) -> PlanChanged:
    """Production changes a plan in writing: what it said before is kept with the reason, and it is countersigned anew.

    Refused: as :func:`draft`; ``planning.state``, ``planning.changed-meanwhile``, ``planning.needs-reason``,
    ``planning.same-plan``.
    """
    depot.require(Action.CHANGE_PLAN)
    with depot.write() as tx:
        plan = _seen(depot, tx, plan_id, seq, OPEN_STATES)
        if not reason.strip():
            raise Refused("planning.needs-reason", field="reason", number=plan.number)
        plan_lines.check(tx, lines, depot.local_day(tx.at))
        before = content(tx, plan.id)
        let_go = plan_lines.arrange(tx, plan, lines)
        after = content(tx, plan.id)
        if before == after:
            raise Refused("planning.same-plan")
        revision = _revise(tx, plan, reason, before)
        rows.change(
            tx, plan.id, revision=revision, state=PlanState.DRAFT, countersigned_at=None, countersigned_by=None,
            countersignature_id=None,
        )
        entry_id = _record(
            tx, "planning.change", plan,
            {"revision": revision, "reason": reason.strip(), "before": before, "after": after},
        )
    return PlanChanged(plan.id, plan.number, PlanState.DRAFT, revision, entry_id, let_go=tuple(let_go))


def issue(
    depot: Depot,
    plan_id: str,
    seq: int,
    signature: Signature,
    *,
    quantities: Mapping[str, int] | None = None,
    reason: str = "",
) -> PlanChanged:
    """Release exactly the issued quantities (line id → units, default: as countersigned); the rest waits again.

    Less than planned is a written change: it needs ``reason`` and is kept as a revision. Refused: ``planning.state``,
    ``planning.changed-meanwhile``, ``planning.more-than-planned``, ``planning.nothing``, ``planning.needs-reason``,
    the codes of signing, ``people.not-allowed``.
    """
    with depot.write() as tx:
        plan = _seen(depot, tx, plan_id, seq, {PlanState.COUNTERSIGNED})
        before = content(tx, plan.id)
        wanted = plan_lines.issued_quantities(tx, plan, quantities or {})
        if any(wanted[line.id] != line.quantity for line in rows.lines(tx, plan.id)) and not reason.strip():
            raise Refused("planning.needs-reason", field="reason", number=plan.number)
        signed = signing.sign_for(
            depot, tx, signature, Action.ISSUE_PLAN, purpose="planning.issue", subject_kind="plan",
            subject_id=plan.id, field="signature",
        )
        released, let_go = plan_lines.release(tx, plan, wanted)
        revision = _revise(tx, plan, reason, before) if content(tx, plan.id) != before else plan.revision
        rows.change(
            tx, plan.id, state=PlanState.ISSUED, revision=revision, issued_at=tx.at, issued_by=signed.user_id,
            issue_signature_id=signed.id,
        )
        entry_id = _record(
            tx, "planning.issue", plan,
            {"signed_by": signed.name, "released": len(released), "let_go": len(let_go), "reason": reason.strip()},
        )
    return PlanChanged(
        plan.id, plan.number, PlanState.ISSUED, revision, entry_id, tuple(released), tuple(let_go)
    )


def cancel(depot: Depot, plan_id: str, seq: int, reason: str) -> PlanChanged:
    """Give a plan up before it is issued: its units wait again, its number stays and says why.

    Refused: ``planning.state``, ``planning.changed-meanwhile``, ``planning.cancel-reason``.
    """
    with depot.write() as tx:
        plan = _seen(depot, tx, plan_id, seq, OPEN_STATES)
        depot.require(Action.DRAFT_PLAN if plan.state is PlanState.DRAFT and not plan.revision else Action.CHANGE_PLAN)
        if not reason.strip():
            raise Refused("planning.cancel-reason", field="reason")
        let_go = plan_lines.give_up(tx, plan, reason.strip())
        entry_id = _record(tx, "planning.cancel", plan, {"reason": reason.strip()})
    return PlanChanged(
        plan.id, plan.number, PlanState.CANCELLED, plan.revision, entry_id, let_go=tuple(let_go),
        changes=_CHANGED | Changes.DOCUMENTS,
    )


def _local(depot: Depot, plan: Plan) -> Plan:
    """The plan with its times in the depot's zone."""
    times = {
        name: at.astimezone(depot.zone)
        for name in ("drafted_at", "countersigned_at", "issued_at", "cancelled_at")
        if (at := getattr(plan, name)) is not None
    }
    return replace(plan, **times)


def _plan(tx: Tx, plan_id: str) -> Plan:
    plan = rows.plan(tx, plan_id)
    if plan is None:
        raise Refused("planning.unknown")
    return plan


def _in_state(plan: Plan, states: frozenset[PlanState] | set[PlanState]) -> Plan:
    if plan.state not in states:
        raise Refused("planning.state", number=plan.number, state=plan.state)
    return plan


def _seen(depot: Depot, tx: Tx, plan_id: str, seq: int, states: frozenset[PlanState] | set[PlanState]) -> Plan:
    """The plan in one of ``states``, and as the form saw it."""
    plan = _in_state(_plan(tx, plan_id), states)
    if plan.seq != seq:
        raise meanwhile.changed(depot, tx, "planning.changed-meanwhile", plan.id, number=plan.number)
    return plan


def _revise(tx: Tx, plan: Plan, reason: str, before: list[dict[str, object]]) -> int:
    rows.add_revision(tx, plan.id, plan.revision + 1, reason.strip(), before, content(tx, plan.id))
    return plan.revision + 1


def _record(tx: Tx, action: str, plan: Plan, facts: Mapping[str, object]) -> str:
    return journal.record(
        tx, action, subject_kind="plan", subject_id=plan.id, subject_number=plan.number, facts=facts
    )


__all__ = [
    "UNDO", "PlanChanged", "PlanSheet", "cancel", "candidates", "change", "countersign", "draft", "edit", "issue",
    "plan_with_number", "plans", "sheet", "swap", "waiting",
]
