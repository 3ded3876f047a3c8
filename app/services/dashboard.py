"""What a role looks at first: figures, and the list behind each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from app.depot import Depot
from app.domain.dashboard import Figure, Gauge, Line, gauges_of
from app.domain.policy_values import PolicyName
from app.persistence import dashboard as rows
from app.persistence.dashboard import Span
from app.persistence.transaction import Tx


def figures(depot: Depot) -> tuple[Figure, ...]:
    """The figures of the person at the desk, in one snapshot."""
    with depot.read() as tx:
        span = _span(depot, tx)
        return tuple(_figure(tx, gauge, span) for gauge in gauges_of(depot.operator.roles))


def lines(depot: Depot, gauge: Gauge, limit: int = 1_000) -> tuple[Line, ...]:
    """The list behind a figure, the newest first; moments in the depot's time."""
    with depot.read() as tx:
        found = rows.lines(tx, gauge, _span(depot, tx), limit)
    return tuple(replace(line, at=line.at.astimezone(depot.zone)) for line in found)


def _figure(tx: Tx, gauge: Gauge, span: Span) -> Figure:
    number = rows.count(tx, gauge, span)
    if gauge is Gauge.FIRST_PASS:
        tested = rows.first_tests(tx, span.since)
        return Figure(gauge, number, share=1 - number / tested if tested else None)
    if gauge is Gauge.WARRANTY_PARTS:
        return Figure(gauge, number, fen=rows.warranty_parts_fen(tx, span.since))
    return Figure(gauge, number)


def _span(depot: Depot, tx: Tx) -> Span:
    today, policy = depot.local_day(tx.at), depot.policy(tx)
    return Span(
        datetime.combine(today.replace(day=1), time(), depot.zone),
        tx.at - timedelta(days=policy.whole(PolicyName.TURNAROUND_DAYS)), policy.whole(PolicyName.QA_FAILS_ALERT),
    )
