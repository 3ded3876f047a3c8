"""The clocks of a case, read from the record (spec 1 §6)."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName


def due_on(policy: PolicySnapshot, received_on: date, promised_on: date | None) -> date:
    """The day by which a unit received on ``received_on`` is due: the promised day, else the turnaround limit."""
    return promised_on or received_on + timedelta(days=policy.whole(PolicyName.TURNAROUND_DAYS))
