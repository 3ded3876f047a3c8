"""Counting what is in the record."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.domain.places import Place
from app.domain.stages import ENDED, Stage
from app.persistence.tables import return_cases, travellers, units
from app.persistence.transaction import Tx


def units_by_place(tx: Tx) -> dict[Place, int]:
    """How many live units stand at each place."""
    rows = tx.execute(
        select(units.c.place, func.count()).where(units.c.depot_id == tx.depot_id, units.c.deleted_at.is_(None))
        .group_by(units.c.place)
    )
    found = {place: int(count) for place, count in rows}
    return {place: found[place] for place in Place if place in found}


def cases_by_stage(tx: Tx) -> dict[Stage, int]:
    """How many cases are at each stage."""
    rows = tx.execute(
        select(return_cases.c.stage, func.count())
        .where(return_cases.c.depot_id == tx.depot_id, return_cases.c.deleted_at.is_(None))
        .group_by(return_cases.c.stage)
    )
    found = {stage: int(count) for stage, count in rows}
    return {stage: found[stage] for stage in Stage if stage in found}


def overdue(tx: Tx, today: date) -> int:
    """How many cases still in the house are past their due day."""
    done = [*ENDED, Stage.RETURNED, Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED]
    return int(
        tx.scalar(
            select(func.count()).select_from(return_cases).where(
                return_cases.c.depot_id == tx.depot_id, return_cases.c.due_on < today,
                return_cases.c.stage.not_in(done), return_cases.c.paused_at.is_(None),
            )
        )
    )


def travellers_outstanding(tx: Tx) -> int:
    """How many travellers are not in the archive yet."""
    return int(
        tx.scalar(
            select(func.count()).select_from(travellers).where(
                travellers.c.depot_id == tx.depot_id, travellers.c.archived_at.is_(None),
                travellers.c.deleted_at.is_(None),
            )
        )
    )
