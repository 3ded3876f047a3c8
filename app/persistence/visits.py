"""Who worked on earlier visits and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.persistence.tables import repair_orders
from app.persistence.transaction import Tx


def bench(tx: Tx, case_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Case id → (technician, what was wrong)."""
    if not case_ids:
        return {}
    c = repair_orders.c
    rows = tx.execute(
        select(c.case_id, c.technician_name, c.fault, c.confirmed_symptom).where(
            c.depot_id == tx.depot_id, c.case_id.in_(case_ids), c.deleted_at.is_(None)
        )
    )
    return {row.case_id: (row.technician_name, row.fault or row.confirmed_symptom) for row in rows}
