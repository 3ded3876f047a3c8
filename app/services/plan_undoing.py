"""How the steps of planning are taken back, and which ones stay because somebody signed or gave a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.planning import OPEN_STATES, LineDraft, Plan, PlanState
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import journal
from app.persistence import planning as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import plan_lines
from app.services.undoing import Way

_CHANGED = Changes.PLANS | Changes.CASES


def _open_plan(tx: Tx, entry: JournalEntry) -> Plan | Refused:
    plan = rows.plan(tx, entry.subject_id)
    if plan is None:
        return Refused("planning.unknown")
    if plan.state is PlanState.ISSUED:
        return Refused("undo.plan-issued", number=plan.number)
    if plan.state is PlanState.CANCELLED:
        return Refused("planning.state", number=plan.number, state=plan.state)
    return plan


def _newest(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """Only the newest step of a draft is taken back."""
    plan = _open_plan(tx, entry)
    if isinstance(plan, Refused):
        return plan
    if plan.state is PlanState.COUNTERSIGNED:
        return Refused("undo.plan-countersigned", number=plan.number)
    last = journal.last_standing(tx, entry.subject_id)
    if last is not None and last.id != entry.id:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _undraft(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    plan = rows.plan(tx, entry.subject_id)
    if plan is not None:
        plan_lines.give_up(tx, plan, "undone")
    return _CHANGED | Changes.DOCUMENTS


def _as_before(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    plan = rows.plan(tx, entry.subject_id)
    before: list[dict[str, Any]] = entry.facts["before"]
    if plan is not None:
        lines = [
            LineDraft(line["product_id"], line["quantity"], _day(line["due_on"])) for line in before
        ]
        plan_lines.arrange(tx, plan, lines, {case for line in before for case in line["cases"]})
        rows.change(tx, plan.id, note=entry.facts["note"])
    return _CHANGED


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _swap_objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    plan = _open_plan(tx, entry)
    if isinstance(plan, Refused):
        return plan
    out = rows.waiting_case(tx, entry.facts["out"])
    held = {case.case_id for case in rows.allocated(tx, entry.subject_id)}
    if plan.state not in OPEN_STATES or entry.facts["in"] not in held or out is None:
        return Refused("undo.changed-since", number=entry.subject_number)
    if out.stage is not Stage.RECEIVED:
        return Refused("planning.not-waiting", number=out.case_number, stage=out.stage)
    return None


def _swap_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    plan = rows.plan(tx, entry.subject_id)
    if plan is not None:
        plan_lines.swap(tx, plan, entry.facts["in"], entry.facts["out"])
        rows.change(tx, plan.id, note=plan.note)
    return _CHANGED


def _signed(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.plan-countersigned", number=entry.subject_number)


def _written(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.plan-changed", number=entry.subject_number)


def _issued(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.plan-issued", number=entry.subject_number)


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise AssertionError(f"{entry.action} always objects")


UNDO: dict[str, Way] = {
    "planning.draft": Way(_undraft, _newest, Action.DRAFT_PLAN),
    "planning.edit": Way(_as_before, _newest, Action.DRAFT_PLAN),
    "planning.swap": Way(_swap_back, _swap_objection, Action.DRAFT_PLAN),
    "planning.countersign": Way(_never, _signed),
    "planning.change": Way(_never, _written),
    "planning.issue": Way(_never, _issued),
}
