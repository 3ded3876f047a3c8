"""The lines of a repair plan inside a running transaction: which units stand on them, and which stage that gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.domain import planning as rules
from app.domain.masterdata import Product
from app.domain.planning import Line, LineDraft, Plan, PlannedCase, PlanState
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import journal, masterdata, node
from app.persistence import planning as rows
from app.persistence import receiving as cases
from app.persistence.transaction import Tx


def check(tx: Tx, lines: Sequence[LineDraft], today: date) -> None:
    """Refuse with the first of ``domain.planning.problems``."""
    products = {line.product_id: masterdata.get(tx, Product, line.product_id) for line in lines if line.product_id}
    models = {product.id: product.model for product in products.values() if product is not None}
    wrong = rules.problems(lines, models, today)
    if wrong:
        raise Refused.because(wrong)


def arrange(
    tx: Tx, plan: Plan, lines: Sequence[LineDraft], chosen: Collection[str] | None = None
) -> list[str]:
    """Make the plan say ``lines`` and allocate its units; returns the cases it let go.

    A line keeps its units as far as the quantity allows, the latest due go first; what is missing is filled with the
    oldest due. ``chosen``: exactly these cases instead. Refused: ``planning.not-enough``.
    """
    was = {line.product_id: line for line in rows.lines(tx, plan.id)}
    held = rows.allocated(tx, plan.id)
    let_go: list[PlannedCase] = []
    for product_id in was.keys() - {line.product_id for line in lines}:
        rows.change_line(tx, was[product_id].id, deleted_at=tx.at)
        let_go += [case for case in held if case.line_id == was[product_id].id]
    taken: list[tuple[str, list[PlannedCase]]] = []
    for ordinal, line in enumerate(lines, 1):
        line_id = _line(tx, plan, was.get(line.product_id), line, ordinal)
        here = rules.oldest_due_first([case for case in held if case.line_id == line_id])
        if chosen is not None:
            here = [case for case in here if case.case_id in chosen]
        keep = here[:line.quantity]
        let_go += [case for case in held if case.line_id == line_id and case not in keep]
        taken.append((line_id, _more(tx, line, len(keep), chosen)))
    _unplan(tx, plan, let_go)
    for line_id, more in taken:
        _plan(tx, plan, line_id, more)
    return [case.case_id for case in let_go]


def _line(tx: Tx, plan: Plan, was: Line | None, line: LineDraft, ordinal: int) -> str:
    if was is None:
        return rows.add_line(tx, plan.id, ordinal, line.product_id, line.quantity, line.due_on)
    if (was.quantity, was.due_on, was.ordinal) != (line.quantity, line.due_on, ordinal):
        rows.change_line(tx, was.id, quantity=line.quantity, due_on=line.due_on, ordinal=ordinal)
    return was.id


def _more(tx: Tx, line: LineDraft, have: int, chosen: Collection[str] | None) -> list[PlannedCase]:
    """The units that a line still needs, the oldest due first."""
    if chosen is None:
        found = list(rows.candidates(tx, line.product_id, limit=line.quantity - have)) if line.quantity > have else []
    else:
        wanted = [rows.waiting_case(tx, case_id) for case_id in sorted(chosen)]
        found = [
            case for case in wanted
            if case is not None and case.product_id == line.product_id and case.stage is Stage.RECEIVED
        ]
    if have + len(found) < line.quantity:
        product = masterdata.get(tx, Product, line.product_id)
        raise Refused(
            "planning.not-enough", field="lines", product=product.model if product else "", asked=line.quantity,
            available=have + len(found),
        )
    return found


def swap(tx: Tx, plan: Plan, out_case_id: str, in_case_id: str) -> tuple[PlannedCase, PlannedCase]:
    """Exchange two units of one product; returns (out, in)."""
    incoming = rows.waiting_case(tx, in_case_id)
    out = next((case for case in rows.allocated(tx, plan.id) if case.case_id == out_case_id), None)
    if out is None or out.line_id is None:
        missing = rows.waiting_case(tx, out_case_id)
        raise Refused("planning.not-on-plan", field="out", number=missing.case_number if missing else "")
    if incoming is None or incoming.stage is not Stage.RECEIVED:
        raise Refused(
            "planning.not-waiting", field="in", number=incoming.case_number if incoming else "",
            stage=incoming.stage if incoming else "",
        )
    if incoming.product_id != out.product_id:
        raise Refused("planning.other-product", field="in", number=incoming.case_number)
    _unplan(tx, plan, [out])
    _plan(tx, plan, out.line_id, [incoming])
    return out, incoming


def issued_quantities(tx: Tx, plan: Plan, asked: Mapping[str, int]) -> dict[str, int]:
    """Line id → units to release; refused when more than planned, less than none, or nothing at all."""
    wanted = {}
    for line in rows.lines(tx, plan.id):
        quantity = asked.get(line.id, line.quantity)
        if quantity < 0:
            raise Refused("planning.quantity", field="quantity", product=line.model, value=quantity)
        if quantity > line.quantity:
            raise Refused(
                "planning.more-than-planned", field="quantity", product=line.model, asked=quantity,
                planned=line.quantity,
            )
        wanted[line.id] = quantity
    if not any(wanted.values()):
        raise Refused("planning.nothing", field="quantity")
    return wanted


def release(tx: Tx, plan: Plan, wanted: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Release ``wanted`` units of each line, the oldest due first, and let the rest go; returns both."""
    held = rows.allocated(tx, plan.id)
    released: list[PlannedCase] = []
    let_go: list[PlannedCase] = []
    for line in rows.lines(tx, plan.id):
        here = rules.oldest_due_first([case for case in held if case.line_id == line.id])
        quantity = wanted[line.id]
        released += here[:quantity]
        let_go += here[quantity:]
        if quantity == 0:
            rows.change_line(tx, line.id, deleted_at=tx.at)
        elif quantity != line.quantity:
            rows.change_line(tx, line.id, quantity=quantity)
    _unplan(tx, plan, let_go)
    for case in released:
        _step(tx, case, Step.ISSUE)
        rows.change_allocation(tx, case.allocation_id or "", released_at=tx.at)
    _tell(tx, "planning.release-unit", plan, released)
    return [case.case_id for case in released], [case.case_id for case in let_go]


def give_up(tx: Tx, plan: Plan, reason: str) -> list[str]:
    """End a plan before it was issued: its units wait again, its paper is void."""
    held = rows.allocated(tx, plan.id)
    _unplan(tx, plan, held)
    rows.change(
        tx, plan.id, state=PlanState.CANCELLED, cancelled_at=tx.at, cancelled_by=tx.by, cancel_reason=reason
    )
    node.void_documents(tx, [plan.id], reason)
    return [case.case_id for case in held]


def content(tx: Tx, plan_id: str) -> list[dict[str, Any]]:
    """What a plan says, as plain values: for revisions, the journal and undo."""
    held = rows.allocated(tx, plan_id)
    return [
        {
            "product_id": line.product_id, "product": line.model, "quantity": line.quantity,
            "due_on": line.due_on.isoformat() if line.due_on else None,
            "cases": sorted(case.case_id for case in held if case.line_id == line.id),
            "numbers": sorted(case.case_number for case in held if case.line_id == line.id),
        }
        for line in rows.lines(tx, plan_id)
    ]


def _plan(tx: Tx, plan: Plan, line_id: str, taken: Sequence[PlannedCase]) -> None:
    for case in taken:
        _step(tx, case, Step.PLAN)
    rows.allocate(tx, plan.id, line_id, [case.case_id for case in taken])
    _tell(tx, "planning.plan-unit", plan, taken)


def _unplan(tx: Tx, plan: Plan, let_go: Sequence[PlannedCase]) -> None:
    for case in let_go:
        _step(tx, case, Step.UNPLAN)
        rows.change_allocation(tx, case.allocation_id or "", deleted_at=tx.at)
    _tell(tx, "planning.unplan-unit", plan, let_go)


def _step(tx: Tx, case: PlannedCase, step: Step) -> None:
    """The only way a plan moves a case on; a step the picture does not have is refused."""
    target = after(step, case.stage)
    if target is None:
        raise Refused("planning.not-waiting", number=case.case_number, stage=case.stage)
    cases.change_case(tx, case.case_id, stage=target)


def _tell(tx: Tx, action: str, plan: Plan, told: Sequence[PlannedCase]) -> None:
    """One journal entry per unit, for its life-line."""
    if told:
        journal.record_many(
            tx, action,
            [
                {
                    "subject_kind": "case", "subject_id": case.case_id, "subject_number": case.case_number,
                    "case_id": case.case_id, "unit_id": case.unit_id, "facts": {"plan": plan.number}, "undoes": None,
                }
                for case in told
            ],
        )
