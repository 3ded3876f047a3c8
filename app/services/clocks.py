"""The clocks of a case, read from the record: hand-in, turnaround, promised date (spec 1 §6)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.depot import Depot
from app.domain import deadlines
from app.domain.calendars import WorkingCalendar
from app.domain.clocks import Clock, ClockState, Colour, Pause, PauseReason, read
from app.domain.places import Place
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.domain.receiving import BroughtBy, ReturnCase
from app.domain.stages import Stage
from app.persistence import chains
from app.persistence import pauses as pause_rows
from app.persistence import receiving as rows
from app.persistence.transaction import Tx
from app.services import exchange_due


def due_on(policy: PolicySnapshot, received_on: date, promised_on: date | None) -> date:
    """The day by which a unit received on ``received_on`` is due: the promised day, else the turnaround limit."""
    return promised_on or received_on + timedelta(days=policy.whole(PolicyName.TURNAROUND_DAYS))


def of_case(depot: Depot, case_id: str) -> tuple[ClockState, ...]:
    """The clocks of a case at this moment, the one that counts first; none before it is received."""
    with depot.read() as tx:
        case = rows.case(tx, case_id)
        return states(depot, tx, case) if case else ()


def states(depot: Depot, tx: Tx, case: ReturnCase) -> tuple[ClockState, ...]:
    """The clocks of ``case`` inside a running transaction."""
    if case.received_at is None:
        return ()
    policy = depot.policy(tx, depot.local_day(case.received_at))
    plain = WorkingCalendar(depot.zone)
    found = [read(clock, tx.at, plain) for clock in _running(tx, case, policy)]
    if case.back_on is not None:
        from app.services.calendar import calendar

        found.append(read(_hand_in(depot, case, case.back_on, case.received_at, policy), tx.at,
                          calendar(depot, tx, policy)))
    return tuple(found)


def refresh_due(depot: Depot, tx: Tx, case_id: str) -> date | None:
    """Write the case's due day anew after its pauses, urgency or promise changed, and return it."""
    case = rows.case(tx, case_id)
    if case is None or case.received_at is None:
        return None
    (clock,) = _running(tx, case, depot.policy(tx, depot.local_day(case.received_at)))
    due = read(clock, tx.at, WorkingCalendar(depot.zone)).due
    if due != case.due_on:
        rows.change_case(tx, case_id, due_on=due)
    return due


def colour_of(due: date | None, today: date, policy: PolicySnapshot, *, stopped: bool = False) -> Colour:
    """How a due day is shown in lists, where no clock is read: the same limits, by the day."""
    if due is None or stopped:
        return Colour.CALM
    left = (due - today).days
    if left < 0:
        return Colour.OVERDUE
    return Colour.DUE_SOON if left <= policy.whole(PolicyName.DUE_SOON_CALENDAR_DAYS) else Colour.CALM


def _running(tx: Tx, case: ReturnCase, policy: PolicySnapshot) -> tuple[Clock, ...]:
    """The clock that counts: the promise for an urgent unit, else the turnaround with its pauses."""
    if case.received_at is None:
        return ()
    since = case.counts_from or case.received_at
    stop = case.returned_at or _became_spare(tx, case) or case.closed_at
    if case.promised_on is not None:
        return (deadlines.promised(since, stop, case.promised_on, policy),)
    stretches = tuple(
        Pause(row.started_at, row.ended_at, PauseReason(row.reason)) for row in pause_rows.of_case(tx, case.id)
    )
    return (deadlines.turnaround(since, stop, policy, stretches),)


def _became_spare(tx: Tx, case: ReturnCase) -> datetime | None:
    """When the unit was put away as a spare, or as scrap where nobody waits for another unit: its traveller may reach
    the archive, and the case its end, much later."""
    if case.stage not in {Stage.SPARE, Stage.RESTOCKED, Stage.SCRAPPED, Stage.CLOSED}:
        return None
    if exchange_due.due(tx, case.id):
        return None
    return (
        chains.last_arrival(tx, case.unit_id, case.id, Place.ZONE_SPARE)
        or chains.last_arrival(tx, case.unit_id, case.id, Place.ZONE_SCRAP)
    )


def _hand_in(depot: Depot, case: ReturnCase, back_on: date, received_at: datetime, policy: PolicySnapshot) -> Clock:
    """From the day the unit was back at the factory to its receipt, in working days (art. 8.1)."""
    arrived = min(datetime.combine(back_on, time(0), depot.zone), received_at)
    return deadlines.hand_in(
        arrived, received_at, policy, by_company=case.brought_by == BroughtBy.COMPANY.value
    )


__all__ = ["colour_of", "due_on", "of_case", "refresh_due", "states"]
