"""The figures that matter to a role, each with the list it is the number of (spec 5, "Today")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.people import Role


class Gauge(StrEnum):
    """One figure. The month is the current one at the depot."""

    RECEIVED_MONTH = "RECEIVED_MONTH"
    RETURNED_MONTH = "RETURNED_MONTH"
    LONG_HERE = "LONG_HERE"          # in the depot longer than the turnaround target
    WARRANTY_PARTS = "WARRANTY_PARTS"  # parts fitted under warranty this month; its worth at list price
    APPROVALS = "APPROVALS"
    TO_TEST = "TO_TEST"
    FAILED_MONTH = "FAILED_MONTH"
    OFTEN_FAILED = "OFTEN_FAILED"
    FIRST_PASS = "FIRST_PASS"  # noqa: S105  share of first tests; listed: the failed ones
    ALARMS = "ALARMS"


#: What each role looks at first, in this order.
GAUGES: dict[Role, tuple[Gauge, ...]] = {
    Role.MANAGER: (
        Gauge.RECEIVED_MONTH, Gauge.RETURNED_MONTH, Gauge.LONG_HERE, Gauge.WARRANTY_PARTS, Gauge.APPROVALS,
    ),
    Role.INSPECTOR: (
        Gauge.TO_TEST, Gauge.FAILED_MONTH, Gauge.OFTEN_FAILED, Gauge.FIRST_PASS, Gauge.ALARMS,
    ),
    Role.ENGINEER: (Gauge.ALARMS,),
}

#: The page on which more is done about it, beside its list.
PAGE: dict[Gauge, str] = {Gauge.APPROVALS: "dispositions", Gauge.TO_TEST: "qa", Gauge.ALARMS: "quality"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. ``number``: lines of its list; ``share``: 0..1 where it is one (``None``: nothing to divide by).

    ``fen``: money where it is money.
    """

    gauge: Gauge
    number: int
    share: float | None = None
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line behind a figure. ``note``: the reason, the part, what was asked. ``unit_id`` empty: about no unit."""

    key: str
    unit_id: str
    serial: str
    model: str
    case_number: str
    customer: str
    at: datetime
    note: str = ""


def gauges_of(roles: frozenset[Role]) -> tuple[Gauge, ...]:
    """The figures of somebody with ``roles``, each once."""
    mine = {gauge for role in roles for gauge in GAUGES.get(role, ())}
    return tuple(gauge for gauge in Gauge if gauge in mine)
