"""The one row that says which desk runs the night, and until when (spec 4, several desks on one database)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from app.persistence.tables import night_lease
from app.persistence.transaction import Tx, columns_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """Who runs the night, since when, and until when nobody else may."""

    holder: str
    since: datetime
    until: datetime


def now(tx: Tx) -> datetime:
    """The moment all desks agree on: the server's clock where there is a server, else this computer's."""
    if tx.sqlite:
        return tx.at
    ((micros,),) = tx.ask("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
    return _EPOCH + timedelta(microseconds=micros)


def current(tx: Tx) -> LeaseRow | None:
    """The lease as it stands, lapsed or not."""
    return tx.one(select(*columns_of(LeaseRow, night_lease)), LeaseRow)


def give(tx: Tx, row: LeaseRow) -> None:
    """Let ``row`` be the lease, whoever had it before."""
    tx.execute(delete(night_lease))
    tx.execute(insert(night_lease).values(one=1, holder=row.holder, since=row.since, until=row.until))


def prolong(tx: Tx, holder: str, until: datetime) -> bool:
    """Move the end of ``holder``'s lease; ``False``: it is somebody else's by now."""
    done = tx.execute(update(night_lease).where(night_lease.c.holder == holder).values(until=until))
    return done.rowcount == 1


def free(tx: Tx, holder: str) -> None:
    """Give ``holder``'s lease back; somebody else's stays."""
    tx.execute(delete(night_lease).where(night_lease.c.holder == holder))
