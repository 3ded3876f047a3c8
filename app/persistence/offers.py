"""Two expressions that several lists of work in hand share: the open offer that holds a case, and its due date.

Both look from ``return_cases`` outwards, so they cost what the listed cases cost, whatever the history holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String, and_, exists, func, or_, select, type_coerce

from app.persistence.tables import handover_lines, handover_receipts, handovers, return_cases

_FAR = date.max


def ended_line() -> Any:
    """Whether the handover of a line was received or withdrawn."""
    return exists().where(
        handover_receipts.c.depot_id == handover_lines.c.depot_id,
        handover_receipts.c.handover_id == handover_lines.c.handover_id,
    )


def open_offer_number() -> Any:
    """The number of the open offer that holds the case's unit, if one does."""
    return (
        select(handovers.c.number)
        .select_from(
            handover_lines.join(
                handovers,
                and_(
                    handovers.c.depot_id == handover_lines.c.depot_id,
                    handovers.c.id == handover_lines.c.handover_id,
                ),
            )
        )
        .where(
            handover_lines.c.depot_id == return_cases.c.depot_id, handover_lines.c.unit_id == return_cases.c.unit_id,
            handover_lines.c.case_id == return_cases.c.id, ~ended_line(),
        )
        .limit(1)
        .correlate(return_cases)
        .scalar_subquery()
    )


def due() -> Any:
    """When a case is due, as text; one without a date sorts last."""
    return func.coalesce(type_coerce(return_cases.c.due_on, String), _FAR.isoformat(), type_=String)


def due_after(after: tuple[date | None, str]) -> Any:
    """What comes after the case with (due date, case id) in the order of due dates."""
    last_due, last_id = (after[0] or _FAR).isoformat(), after[1]
    return or_(due() > last_due, and_(due() == last_due, return_cases.c.id > last_id))
