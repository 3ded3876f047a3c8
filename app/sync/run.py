"""A whole night: push, compare, fork where the two have parted, pull, contents; and what to tell (spec 4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.changes import Changes
from app.depot import Depot
from app.domain.sync.outcomes import Ended
from app.errors import Cancelled, Refused, Unavailable
from app.persistence import batches, held
from app.persistence import sync as rows
from app.progress import UNWATCHED, Progress
from app.sync import contents, lease
from app.sync.fork import fork
from app.sync.night import Night, Parted, Tally
from app.sync.patience import stopped_by
from app.sync.pull import pull
from app.sync.push import push
from app.sync.server import Centre
from app.sync.verify import Difference, verify

#: So often the two may part in one night before somebody has to look.
_FORKS = 4
#: After these nobody listens at the centre.
_UNTOLD = frozenset({
    "sync.centre-away", "sync.wrong-password", "sync.wrong-certificate", "sync.unknown-database", "sync.not-a-centre",
})
#: Seconds by which the depot's clock may differ before somebody is told.
_SKEW = 120


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night did. ``outcome`` is VERIFIED: everything of this depot is at the centre, and the same."""

    night_id: str
    outcome: Ended
    started_at: datetime
    ended_at: datetime
    tally: Tally
    changes: Changes = field(default=Changes.EVERYTHING)

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "outcome": self.outcome.value, "started_at": self.started_at.isoformat(),
            "ended_at": self.ended_at.isoformat(), **asdict(self.tally),
        }


def night(
    depot: Depot,
    centre: Centre,
    progress: Progress = UNWATCHED,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    asked_by: str = "schedule",
    **limits: Any,
) -> NightReport:
    """Exchange with the centre and prove that both sides are the same; every try is on record.

    Can be stopped or killed anywhere and begun again. Raises what stopped it: ``Refused`` (``sync.*``; another desk at
    it: ``sync.running``),
    ``Unavailable`` (``sync.centre-away``, ``sync.garbled``, ``database.*``), ``Cancelled``.
    """
    held = lease.take(depot)
    try:
        with stopped_by(cancelled):
            return _run(Night(depot, centre, progress, cancelled, held, **limits), asked_by)
    finally:
        held.free()


def _run(tonight: Night, asked_by: str) -> NightReport:
    depot = tonight.depot
    with depot.write() as tx:
        night_id = rows.begin(tx, asked_by)
        started = tx.at
    outcome, code, told = Ended.BROKEN, "", dict[str, str]()
    try:
        _exchange(tonight)
        outcome = Ended.VERIFIED
    except Refused as refusal:
        outcome, code, told = Ended.REFUSED, refusal.code, _told(refusal.facts)
        raise
    except Unavailable as failure:
        outcome, code, told = Ended.UNAVAILABLE, failure.code, _told(failure.facts)
        raise
    except Cancelled:
        outcome = Ended.STOPPED
        raise
    finally:
        ended = _write_down(tonight, night_id, outcome, code, told)
        report = NightReport(night_id, outcome, started, ended, tonight.tally)
        if outcome in {Ended.REFUSED, Ended.UNAVAILABLE} and code not in _UNTOLD:
            with suppress(Refused, Unavailable, Cancelled, DBAPIError):
                _tell(tonight, report, code)
    with suppress(Unavailable, Cancelled):      # the night is verified and on record; head office sees the next one
        _tell(tonight, report)
    return report


def _tell(tonight: Night, report: NightReport, code: str = "") -> None:
    """Leave word at the centre; of a night that failed too, where the centre can be reached at all."""
    with tonight.depot.read() as tx:
        at = batches.here(tx.connection)
    told = json.dumps({**report.as_plain(), "code": code}, ensure_ascii=False, default=str)
    tonight.centre.report(
        tonight.depot.depot_id, at.origin, told, tonight.tally.skew, None if code else report.ended_at,
    )


def _exchange(tonight: Night) -> None:
    for _n in range(_FORKS + 1):
        try:
            differences = _push_and_compare(tonight)
        except Parted:
            fork(tonight)
            _warn_of_twins(tonight)
            continue
        if not differences:
            break
        tonight.alert(
            "alert.rows-differed", tables=", ".join(sorted(each.shape.table for each in differences)),
        )
        fork(tonight)
    else:
        raise Unavailable("sync.does-not-settle", n=_FORKS)
    if not tonight.tally.joined and not tonight.tally.forks:
        with tonight.depot.write() as tx:
            held.forget(tx, "forked")
    pull(tonight)
    contents.exchange(tonight)


def _push_and_compare(tonight: Night) -> list[Difference]:
    """Push and comparison see one snapshot: people go on working meanwhile."""
    with tonight.depot.read() as tx:
        at = push(tonight, tx.connection)
        return verify(tonight, tx.connection, at)


def _warn_of_twins(tonight: Night) -> None:
    """A fork in two nights one after the other: two computers run the same database."""
    if tonight.tally.joined:
        return
    with tonight.depot.write() as tx:
        again = bool(held.note(tx.connection, "forked")) and tonight.tally.forks == 1
        held.remember(tx, ("forked", "1"))
    if again:
        tonight.alert("alert.two-computers", depot=tonight.depot.depot_id)
    elif tonight.tally.forks == 1:
        tonight.alert(
            "alert.reconciled", taken=tonight.tally.taken_back, sent=tonight.tally.sent_again,
            conflicts=tonight.tally.conflicts,
        )


def _told(facts: Mapping[str, object]) -> dict[str, str]:
    """The facts of what stopped a night, as its record keeps them."""
    return {name: str(value) for name, value in facts.items()}


def _write_down(tonight: Night, night_id: str, outcome: Ended, code: str, told: Mapping[str, str]) -> datetime:
    tally = tonight.tally
    if abs(tally.skew) > _SKEW:
        tonight.alert("alert.clock", minutes=round(tally.skew / 60))
    if tally.conflicts:
        tonight.alert("alert.conflicts", n=tally.conflicts)
    facts = {**asdict(tally), "code": code, "told": dict(told)}
    facts["alerts"] = [kind for kind, _facts in tally.alerts]
    try:
        with tonight.depot.write() as tx:
            rows.end(tx, night_id, outcome.value, facts)
            for kind, facts_of in tally.alerts:
                rows.alert(tx, kind, facts_of)
            return tx.at
    except Unavailable:
        return tonight.depot.clock()     # the disk that stopped the night cannot take its record either


__all__ = ["Ended", "NightReport", "night"]
