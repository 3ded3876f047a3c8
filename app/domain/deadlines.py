"""The clocks of the depot with the policy's targets (the table of spec 1 §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.domain.clocks import Clock, ClockName, Pause, TimeKind
from app.domain.policy import DECLARED, PolicyName, PolicySnapshot
from app.domain.policy_values import PolicyUnit

_KIND: dict[PolicyUnit, TimeKind] = {
    PolicyUnit.HOURS: TimeKind.HOURS,
    PolicyUnit.WORKING_HOURS: TimeKind.WORKING_HOURS,
    PolicyUnit.WORKING_DAYS: TimeKind.WORKING_DAYS,
    PolicyUnit.CALENDAR_DAYS: TimeKind.CALENDAR_DAYS,
}
_DUE_SOON: dict[TimeKind, PolicyName] = {
    TimeKind.HOURS: PolicyName.DUE_SOON_HOURS,
    TimeKind.WORKING_HOURS: PolicyName.DUE_SOON_WORKING_HOURS,
    TimeKind.WORKING_DAYS: PolicyName.DUE_SOON_WORKING_DAYS,
    TimeKind.CALENDAR_DAYS: PolicyName.DUE_SOON_CALENDAR_DAYS,
}


def hand_in(arrived: datetime, received: datetime | None, policy: PolicySnapshot, *, by_company: bool) -> Clock:
    """Return to the factory → received (art. 8.1). ``arrived``: the field person's return, or arrival at the gate."""
    target = PolicyName.HAND_IN_DAYS if by_company else PolicyName.HAND_IN_DAYS_OTHER
    return _clock(ClockName.HAND_IN, target, arrived, received, policy)


def turnaround(
    received: datetime, finished: datetime | None, policy: PolicySnapshot, pauses: tuple[Pause, ...] = ()
) -> Clock:
    """Received → handed to the customer or put away as spare (art. 12.4), for routine units.

    Waiting for the plan counts; waiting for the customer's consent or collection are the ``pauses``.
    """
    return replace(_clock(ClockName.TURNAROUND, PolicyName.TURNAROUND_DAYS, received, finished, policy), pauses=pauses)


def promised(received: datetime, returned: datetime | None, on: date, policy: PolicySnapshot) -> Clock:
    """Received → returned, by the date promised to the customer (art. 12.4)."""
    soon = policy.whole(PolicyName.DUE_SOON_CALENDAR_DAYS)
    return Clock(ClockName.PROMISED, TimeKind.CALENDAR_DAYS, received, 0, soon, returned, promised=on)


def pass_on(reported: datetime, passed: datetime | None, policy: PolicySnapshot) -> Clock:
    """A customer's message → passed on."""
    return _clock(ClockName.PASS_ON, PolicyName.PASS_ON_HOURS, reported, passed, policy)


def answer(asked: datetime, answered: datetime | None, policy: PolicySnapshot) -> Clock:
    """An enquiry → answered."""
    return _clock(ClockName.ANSWER, PolicyName.ANSWER_HOURS, asked, answered, policy)


def solution_plan(reported: datetime, planned: datetime | None, policy: PolicySnapshot) -> Clock:
    """A fault reported → solution plan given."""
    return _clock(ClockName.SOLUTION_PLAN, PolicyName.SOLUTION_PLAN_HOURS, reported, planned, policy)


def loan_back(trip_ended: datetime, cleared: datetime | None, policy: PolicySnapshot) -> Clock:
    """End of the trip → borrowed parts back."""
    return _clock(ClockName.LOAN_BACK, PolicyName.LOAN_BACK_DAYS, trip_ended, cleared, policy)


def owed_unit(swapped: datetime, arrived: datetime | None, policy: PolicySnapshot) -> Clock:
    """A spare left at the site → the faulty unit arrives (art. 11.1)."""
    return _clock(ClockName.OWED_UNIT, PolicyName.OWED_UNIT_DAYS, swapped, arrived, policy)


def transfer_received(sent: datetime, received: datetime | None, policy: PolicySnapshot) -> Clock:
    """A unit was handed on to another depot → that depot said that it has it (spec 4)."""
    return _clock(ClockName.TRANSFER, PolicyName.TRANSFER_DAYS, sent, received, policy)


def complaint_assigned(taken: datetime, assigned: datetime | None, policy: PolicySnapshot) -> Clock:
    """A complaint → with the department that answers for it."""
    return _clock(ClockName.COMPLAINT_ASSIGN, PolicyName.COMPLAINT_ASSIGN_HOURS, taken, assigned, policy)


def complaint_answered(taken: datetime, answered: datetime | None, policy: PolicySnapshot) -> Clock:
    """A complaint → answered by the department."""
    return _clock(ClockName.COMPLAINT_ANSWER, PolicyName.COMPLAINT_ANSWER_DAYS, taken, answered, policy)


def complaint_told(taken: datetime, told: datetime | None, policy: PolicySnapshot) -> Clock:
    """A complaint → the customer told the result."""
    return _clock(ClockName.COMPLAINT_TELL, PolicyName.COMPLAINT_TELL_DAYS, taken, told, policy)


def signed_paper(gone: datetime, back: datetime | None, policy: PolicySnapshot) -> Clock:
    """A paper went to the customer → it is back with a signature."""
    return _clock(ClockName.SIGNED_PAPER, PolicyName.SIGNED_PAPER_DAYS, gone, back, policy)


def _clock(
    name: ClockName, target: PolicyName, start: datetime, stop: datetime | None, policy: PolicySnapshot
) -> Clock:
    """A clock whose kind of time is the unit of its policy value, so that the kinds cannot be mixed up."""
    kind = _KIND[DECLARED[target].unit]
    return Clock(name, kind, start, policy.whole(target), policy.whole(_DUE_SOON[kind]), stop)
