"""The stretches in which a case's clock stood still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.persistence.tables import case_pauses
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One stretch; ``ended_at`` is ``None`` while it lasts."""

    id: str
    case_id: str
    reason: str
    started_at: datetime
    ended_at: datetime | None


def of_case(tx: Tx, case_id: str) -> tuple[PauseRow, ...]:
    """Every stretch of a case, oldest first."""
    return tx.all(
        select(*columns_of(PauseRow, case_pauses))
        .where(
            case_pauses.c.depot_id == tx.depot_id, case_pauses.c.case_id == case_id,
            case_pauses.c.deleted_at.is_(None),
        )
        .order_by(case_pauses.c.started_at),
        PauseRow,
    )
