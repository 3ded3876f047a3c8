"""The start page: figures of the day and, per role, what is due, overdue and waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.depot import Depot
from app.domain.clocks import Colour
from app.domain.people import Action, Role, may
from app.domain.policy_values import PolicyName
from app.domain.today import IN_HOUSE, Errand, Figures, Task, errands_of
from app.persistence import complaints as complaint_rows
from app.persistence import followups as followup_rows
from app.persistence import loans as loan_rows
from app.persistence import requests as request_rows
from app.persistence import today as rows
from app.persistence.transaction import Tx
from app.services import chase, chase_sources, signed_papers


@dataclass(frozen=True, slots=True)
class Today:
    """What the start page shows to the person at the desk. ``lists`` holds only errands that have something in them.

    ``late_loans``: loans of parts to staff that should be back, for whoever may lend.
    ``late_papers``: papers that should be back signed, for whoever follows up with customers.
    """

    day: date
    figures: Figures
    lists: Mapping[Errand, tuple[Task, ...]]
    late_loans: int = 0
    late_papers: int = 0


def today(depot: Depot, limit: int = 50) -> Today:
    """Look at everything once, in one snapshot."""
    with depot.read() as tx:
        day = depot.local_day(tx.at)
        soon = due_soon_day(depot, tx)
        start = datetime.combine(day, time(), depot.zone)
        by_stage = rows.waiting_by_stage(tx, day, soon)
        in_house = [by_stage[stage] for stage in IN_HOUSE if stage in by_stage]
        figures = Figures(
            rows.received_since(tx, start), rows.returned_since(tx, start), sum(w.number for w in in_house),
            sum(w.due_soon for w in in_house), sum(w.overdue for w in in_house), rows.paused(tx),
            request_rows.open_number(tx), *_care(depot, tx),
        )
        lists = {}
        for errand in (Errand.OVERDUE, Errand.DUE_SOON, *errands_of(depot.operator.roles)):
            mine = depot.operator.id if errand is Errand.AT_BENCH and _only_technician(depot) else None
            if errand in rows.OUTSIDE:
                away = rows.outside(tx, errand, soon=soon, limit=limit)
                if away:
                    lists[errand] = away
                continue
            if errand is Errand.TO_HEAR_FROM:
                unanswered = rows.to_hear_from(tx, soon=soon, limit=limit)
                if unanswered:
                    lists[errand] = unanswered
                continue
            found = rows.tasks(tx, errand, today=day, soon=soon, technician_id=mine, limit=limit)
            if found:
                lists[errand] = found
        late = loan_rows.overdue(tx, day) if may(depot.operator.roles, Action.LEND) else 0
        papers = signed_papers.late(depot, tx) if may(depot.operator.roles, Action.FOLLOW_UP) else 0
    return Today(day, figures, lists, late, papers)


def due_soon_day(depot: Depot, tx: Tx) -> date:
    """The last day that counts as due soon (policy)."""
    return depot.local_day(tx.at) + timedelta(days=depot.policy(tx).whole(PolicyName.DUE_SOON_CALENDAR_DAYS))


def _care(depot: Depot, tx: Tx) -> tuple[int | None, int]:
    """Calls that are due and open complaints, and how many of them are late, for whoever follows up."""
    if not may(depot.operator.roles, Action.FOLLOW_UP):
        return None, 0
    due, late = followup_rows.counts(tx, depot.local_day(tx.at))
    reading = chase.reading_of(depot, tx, everything=False)
    late += len({
        row.subject.id for row in chase.running_clocks(tx, reading, (chase_sources.complaints_open,))
        if row.state.colour is Colour.OVERDUE
    })
    return due + complaint_rows.open_number(tx), late


def _only_technician(depot: Depot) -> bool:
    return Role.TECHNICIAN in depot.operator.roles and Role.SUPERVISOR not in depot.operator.roles
