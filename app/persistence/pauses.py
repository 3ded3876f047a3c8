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


def start(tx: Tx, case_id: str, reason: str) -> str:
    """The clock of a case stands still from now on."""
    pause_id = tx.new_id()
    tx.insert(
        case_pauses, {"id": pause_id, "case_id": case_id, "reason": reason, "started_at": tx.at, "ended_at": None}
    )
    return pause_id


def end(tx: Tx, case_id: str) -> None:
    """The clock of a case runs again; nothing is written if it did not stand still."""
    pause_id = _open(tx, case_id)
    if pause_id is not None:
        tx.change(case_pauses, pause_id, ended_at=tx.at)


def drop(tx: Tx, case_id: str) -> None:
    """The open pause of a case never was."""
    pause_id = _open(tx, case_id)
    if pause_id is not None:
        tx.change(case_pauses, pause_id, deleted_at=tx.at)


def _open(tx: Tx, case_id: str) -> str | None:
    found: str | None = tx.scalar(
        select(case_pauses.c.id).where(
            case_pauses.c.depot_id == tx.depot_id, case_pauses.c.case_id == case_id,
            case_pauses.c.ended_at.is_(None), case_pauses.c.deleted_at.is_(None),
        )
    )
    return found
