"""The ledgers of the zones (管理台帐, art. 12.2): any period, any past day, and the proof that they balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.depot import Depot
from app.domain.ledger import LedgerHead, LedgerLine, StoodThere
from app.domain.places import Place
from app.errors import Refused
from app.persistence import ledger as rows
from app.persistence.transaction import Tx
from app.services.storage import day_begins


def head(depot: Depot, zone: Place, start: date, end: date) -> LedgerHead:
    """Opening, in, out and closing of the days ``start`` to ``end``. Refused: ``ledger.period``."""
    since, until = _period(depot, start, end)
    with depot.read() as tx:
        came, left = rows.came_and_left(tx, zone, since, until)
        closing = balance(tx, zone, until)
    return LedgerHead(zone, start, end, closing - came + left, came, left, closing)


def lines(
    depot: Depot, of: LedgerHead, *, after: LedgerLine | None = None, limit: int = 200
) -> tuple[LedgerLine, ...]:
    """A page of the lines of a ledger whose head was read before, each with the balance after it."""
    since, until = _period(depot, of.start, of.end)
    with depot.read() as tx:
        found = rows.lines(tx, of.zone, since, until, after, limit)
    return tuple(_running(depot, found, after.balance if after else of.opening))


def stood_on(
    depot: Depot, zone: Place, day: date, *, after: StoodThere | None = None, limit: int = 200
) -> tuple[StoodThere, ...]:
    """A page of what stood in ``zone`` at the end of ``day``."""
    until = day_begins(depot, day + timedelta(days=1))
    with depot.read() as tx:
        found = rows.stood(tx, zone, until, after, limit, balance(tx, zone, until))
    return tuple(
        replace(
            row, since=row.since.astimezone(depot.zone),
            left_at=row.left_at.astimezone(depot.zone) if row.left_at else None,
        )
        for row in found
    )


def count_on(depot: Depot, zone: Place, day: date) -> int:
    """How many units stood in ``zone`` at the end of ``day``."""
    with depot.read() as tx:
        return balance(tx, zone, day_begins(depot, day + timedelta(days=1)))


def balance(tx: Tx, zone: Place, until: datetime) -> int:
    """Units in ``zone`` just before ``until``: today's count less what came since, plus what left since."""
    came, left = rows.came_and_left(tx, zone, until, None)
    return rows.count_standing(tx, zone) - came + left


def check_balance(tx: Tx, zone: Place, at: datetime) -> tuple[int, int]:
    """Invariant 2 of spec 1 §2: (in − out before ``at``, units whose movement chain ends in ``zone`` at ``at``).

    The two figures come from different rows of the record and must be equal at every moment.
    """
    came, left = rows.came_and_left(tx, zone, None, at)
    return came - left, rows.count_by_chain(tx, zone, at)


def _period(depot: Depot, start: date, end: date) -> tuple[datetime, datetime]:
    if end < start:
        raise Refused("ledger.period", field="end", start=start, end=end)
    return day_begins(depot, start), day_begins(depot, end + timedelta(days=1))


def _running(depot: Depot, found: Sequence[LedgerLine], standing: int) -> list[LedgerLine]:
    written = []
    for line in found:
        standing += 1 if line.incoming else -1
        written.append(replace(line, balance=standing, at=line.at.astimezone(depot.zone)))
    return written
