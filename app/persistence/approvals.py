"""Approvals asked for and given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, func, select

from app.domain.approvals import Approval, ApprovalKind, ApprovalRow
from app.persistence.tables import approvals, customers, products, return_cases, units
from app.persistence.transaction import Tx, as_row, columns_of

_a = approvals.c


def add(tx: Tx, approval: Approval) -> None:
    """Enter a question."""
    tx.insert(approvals, {**as_row(approval), "kind": approval.kind.value, "facts": dict(approval.facts)})


def change(tx: Tx, approval_id: str, **values: Any) -> None:
    """Write the decision, or end the question by ``deleted_at``."""
    tx.change(approvals, approval_id, **values)


def get(tx: Tx, approval_id: str) -> Approval | None:
    """The question ``approval_id`` unless it was withdrawn."""
    return _one(tx, _a.id == approval_id)


def of_subject(tx: Tx, subject_id: str, kind: ApprovalKind) -> Approval | None:
    """The newest question of ``kind`` about ``subject_id``, decided or not."""
    return _one(tx, and_(_a.subject_id == subject_id, _a.kind == kind.value))


def of_case(tx: Tx, case_id: str) -> tuple[Approval, ...]:
    """Every question about a case, oldest first."""
    return tuple(
        _approval(row) for row in tx.execute(
            select(*columns_of(Approval, approvals))
            .where(_a.depot_id == tx.depot_id, _a.deleted_at.is_(None), _a.case_id == case_id)
            .order_by(_a.requested_at, _a.id)
        )
    )


def waiting(tx: Tx, kinds: tuple[ApprovalKind, ...], limit: int = 500) -> tuple[ApprovalRow, ...]:
    """Undecided questions of ``kinds``, the oldest first."""
    rows = tx.execute(
        select(
            *columns_of(Approval, approvals), func.coalesce(return_cases.c.number, "").label("case_number"),
            func.coalesce(units.c.serial, "").label("serial"), func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"),
        )
        .select_from(
            approvals
            .outerjoin(return_cases, and_(return_cases.c.depot_id == _a.depot_id, return_cases.c.id == _a.case_id))
            .outerjoin(units, and_(units.c.depot_id == _a.depot_id, units.c.id == _a.unit_id))
            .outerjoin(products, products.c.id == units.c.product_id)
            .outerjoin(customers, customers.c.id == return_cases.c.customer_id)
        )
        .where(
            _a.depot_id == tx.depot_id, _a.deleted_at.is_(None), _a.decided_at.is_(None),
            _a.kind.in_([kind.value for kind in kinds]),
        )
        .order_by(_a.requested_at, _a.id)
        .limit(limit)
    )
    beside = ("case_number", "serial", "model", "customer")
    return tuple(
        ApprovalRow(_approval(row, but=beside), **{name: getattr(row, name) for name in beside}) for row in rows
    )


def count_waiting(tx: Tx) -> int:
    """How many questions wait."""
    return int(tx.scalar(
        select(func.count()).select_from(approvals)
        .where(_a.depot_id == tx.depot_id, _a.deleted_at.is_(None), _a.decided_at.is_(None))
    ))


def _one(tx: Tx, condition: Any) -> Approval | None:
    row = tx.execute(
        select(*columns_of(Approval, approvals))
        .where(_a.depot_id == tx.depot_id, _a.deleted_at.is_(None), condition)
        .order_by(_a.requested_at.desc(), _a.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _approval(row)


def _approval(row: Any, but: tuple[str, ...] = ()) -> Approval:
    values = {name: value for name, value in row._mapping.items() if name not in but}
    return Approval(**{**values, "kind": ApprovalKind(row.kind)})
