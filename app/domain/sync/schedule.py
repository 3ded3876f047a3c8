"""When the night is due: asked once a minute, answered without a timer (spec 4, "Schedule")."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Plan:
    """``at``: the depot's hour at which nights begin. ``spread``: minutes over which depots' starts are spread.

    ``again``: minutes after which a try that failed is repeated.
    """

    at: time = time(1, 0)
    spread: int = 120
    again: int = 15


def minute_of(depot_id: str, plan: Plan) -> int:
    """How many minutes after ``plan.at`` this depot begins: its own, the same every night."""
    if plan.spread <= 0:
        return 0
    return int.from_bytes(hashlib.sha256(depot_id.encode()).digest()[:4]) % plan.spread


def last_start(now: datetime, zone: ZoneInfo, depot_id: str, plan: Plan) -> datetime:
    """The newest moment up to ``now`` at which a night should have begun."""
    local = now.astimezone(zone)
    begin = local.replace(hour=plan.at.hour, minute=plan.at.minute, second=0, microsecond=0)
    begin += timedelta(minutes=minute_of(depot_id, plan))
    while begin > local:
        begin -= timedelta(days=1)
    return begin.astimezone(now.tzinfo)


def is_due(
    now: datetime, last_success: datetime | None, last_attempt: datetime | None, *, zone: ZoneInfo, depot_id: str,
    plan: Plan,
) -> bool:
    """Whether the night should begin now; one that was missed is due at the next chance.

    A clock that was set back (moments in the future) never keeps the night from happening.
    """
    if last_attempt is not None and now >= last_attempt and now - last_attempt < timedelta(minutes=plan.again):
        return False
    if last_success is None or last_success > now:
        return True
    return last_success < last_start(now, zone, depot_id, plan)


def next_start(now: datetime, zone: ZoneInfo, depot_id: str, plan: Plan) -> datetime:
    """When the coming night begins."""
    return last_start(now, zone, depot_id, plan) + timedelta(days=1)
