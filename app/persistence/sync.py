"""Nights, conflicts and alerts on record: what the window shows of the exchange with the centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from app.persistence.tables import alerts, conflicts, nights
from app.persistence.transaction import Tx, columns_of

RUNNING = "RUNNING"
VERIFIED = "VERIFIED"


@dataclass(frozen=True, slots=True)
class NightRow:
    """One try. ``outcome``: see ``app.sync.run.Ended``; ``facts``: what was sent, fetched, compared."""

    id: str
    asked_by: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of one row, column → raw value. ``kind``: CONFLICT (both changed), DAMAGED (one stamp, two

    contents), TWICE (a number or place that may be there once; ``theirs`` is another row).
    """

    id: str
    depot_id: str
    kind: str
    in_table: str
    row_id: str
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any]
    at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    resolution: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody should know; ``kind`` is a code with a sentence, ``facts`` fill it."""

    id: str
    depot_id: str
    kind: str
    facts: Mapping[str, Any]
    unit_id: str | None
    case_id: str | None
    at: datetime
    seen_at: datetime | None
    seen_by: str | None


def begin(tx: Tx, asked_by: str) -> str:
    """A try begins; what was still running was killed."""
    tx.execute(update(nights).where(nights.c.outcome == RUNNING).values(outcome="KILLED"))
    night_id = tx.new_id()
    tx.execute(insert(nights).values(
        id=night_id, asked_by=asked_by, started_at=tx.at, ended_at=None, outcome=RUNNING, facts={}
    ))
    return night_id


def end(tx: Tx, night_id: str, outcome: str, facts: Mapping[str, Any]) -> None:
    """A try ended."""
    tx.execute(update(nights).where(nights.c.id == night_id).values(
        ended_at=tx.at, outcome=outcome, facts=dict(facts)
    ))


def tried(tx: Tx, asked_by: str, outcome: str, facts: Mapping[str, Any]) -> None:
    """A try ended before it began. Another desk's that is running goes on."""
    tx.execute(insert(nights).values(
        id=tx.new_id(), asked_by=asked_by, started_at=tx.at, ended_at=tx.at, outcome=outcome, facts=dict(facts)
    ))


def recent(tx: Tx, limit: int = 30) -> tuple[NightRow, ...]:
    """The last tries, newest first."""
    return tx.all(
        select(*columns_of(NightRow, nights)).order_by(nights.c.started_at.desc(), nights.c.id.desc()).limit(limit),
        NightRow,
    )


def last_times(tx: Tx) -> tuple[datetime | None, datetime | None]:
    """When the last good night and the last try began: what ``is_due`` asks. A night of a clock that was ahead, which
    is still to come, says nothing."""
    begun = nights.c.started_at <= tx.at
    good = tx.scalar(select(func.max(nights.c.started_at)).where(begun, nights.c.outcome == VERIFIED))
    tried = tx.scalar(select(func.max(nights.c.started_at)).where(begun))
    return good, tried


def open_conflicts(
    tx: Tx, *, resolved_too: bool = False, everywhere: bool = False, limit: int = 500
) -> tuple[Conflict, ...]:
    """The conflict inbox, oldest first. ``everywhere``: of all depots whose rows are here (head office)."""
    statement = select(*columns_of(Conflict, conflicts)).where(conflicts.c.deleted_at.is_(None))
    if not everywhere:
        statement = statement.where(conflicts.c.depot_id == tx.depot_id)
    if not resolved_too:
        statement = statement.where(conflicts.c.resolved_at.is_(None))
    return tx.all(statement.order_by(conflicts.c.at, conflicts.c.id).limit(limit), Conflict)


def conflict(tx: Tx, conflict_id: str) -> Conflict | None:
    """One conflict, of whichever depot's rows are here."""
    return tx.one(select(*columns_of(Conflict, conflicts)).where(conflicts.c.id == conflict_id), Conflict)


def alert_depot(tx: Tx, alert_id: str) -> str | None:
    """Whose alert it is; ``None``: there is none."""
    found: str | None = tx.scalar(select(alerts.c.depot_id).where(alerts.c.id == alert_id))
    return found


def leave_to_decide(
    tx: Tx, kind: str, in_table: str, row_id: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> str:
    """Two versions of a row wait for a person."""
    conflict_id = tx.new_id()
    tx.insert(conflicts, {
        "id": conflict_id, "kind": kind, "in_table": in_table, "row_id": row_id, "mine": dict(mine),
        "theirs": dict(theirs), "at": tx.at, "resolved_at": None, "resolved_by": None, "resolution": None,
    })
    return conflict_id


def resolve(tx: Tx, conflict_id: str, resolution: str) -> None:
    """A person decided."""
    tx.change(conflicts, conflict_id, resolved_at=tx.at, resolved_by=tx.by, resolution=resolution)


def alert(
    tx: Tx, kind: str, facts: Mapping[str, Any], *, unit_id: str | None = None, case_id: str | None = None
) -> str:
    """Tell somebody; the same thing that is still unseen is not told twice, whatever minute it came to."""
    for known in open_alerts(tx):
        if known.kind == kind == "alert.clock" or (
            (known.kind, dict(known.facts), known.case_id) == (kind, dict(facts), case_id)
        ):
            return known.id
    alert_id = tx.new_id()
    tx.insert(alerts, {
        "id": alert_id, "kind": kind, "facts": dict(facts), "unit_id": unit_id, "case_id": case_id, "at": tx.at,
        "seen_at": None, "seen_by": None,
    })
    return alert_id


def open_alerts(
    tx: Tx, *, seen_too: bool = False, everywhere: bool = False, limit: int = 500
) -> tuple[Alert, ...]:
    """What nobody has seen yet, newest first. ``everywhere``: as :func:`open_conflicts`."""
    statement = select(*columns_of(Alert, alerts)).where(alerts.c.deleted_at.is_(None))
    if not everywhere:
        statement = statement.where(alerts.c.depot_id == tx.depot_id)
    if not seen_too:
        statement = statement.where(alerts.c.seen_at.is_(None))
    return tx.all(statement.order_by(alerts.c.at.desc(), alerts.c.id.desc()).limit(limit), Alert)


def see(tx: Tx, alert_id: str) -> None:
    """Somebody has seen an alert."""
    tx.change(alerts, alert_id, seen_at=tx.at, seen_by=tx.by)


def counts(tx: Tx) -> tuple[int, int]:
    """How many conflicts and alerts wait here."""
    return (
        int(tx.scalar(select(func.count()).select_from(conflicts).where(
            conflicts.c.depot_id == tx.depot_id, conflicts.c.resolved_at.is_(None), conflicts.c.deleted_at.is_(None)
        ))),
        int(tx.scalar(select(func.count()).select_from(alerts).where(
            alerts.c.depot_id == tx.depot_id, alerts.c.seen_at.is_(None), alerts.c.deleted_at.is_(None)
        ))),
    )


__all__ = [
    "Alert", "Conflict", "NightRow", "alert", "alert_depot", "begin", "conflict", "counts", "end", "last_times",
    "leave_to_decide", "open_alerts", "open_conflicts", "recent", "resolve", "see",
]
