"""What people see of the night, and what is done before and after it; the exchange itself is ``app.sync.run``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.sync import schedule
from app.domain.sync.outcomes import ConflictKind, Resolution
from app.domain.sync.schedule import Plan
from app.errors import Refused
from app.persistence import disposition, foreign_visits, held, journal, links, node, stamped
from app.persistence import sync as rows
from app.persistence.parting import as_plain
from app.persistence.rulings import Came
from app.persistence.sync import Alert, Conflict, NightRow
from app.persistence.transaction import Tx
from app.services import meanwhile, search, transfer_news, verifying
from app.services.bench import case_rows
from app.services.ruling_now import ruling_now, stale_facts

PLAN = Plan()
#: What the movement chain says, and how far a case has come, is not decided in the inbox: that is done by steps.
_BY_STEPS = frozenset({
    "place", "shelf_id", "placed_at", "movement_no", "depot_id", "id", "stage", "outcome", "closed_at", "returned_at",
})


@dataclass(frozen=True, slots=True)
class After:
    """What followed from a night. ``transfers_heard``: transfers between depots of which there was news."""

    units_indexed: int
    proposals_followed: int
    rulings_changed: int
    transfers_heard: int = 0
    changes: Changes = Changes.EVERYTHING


@dataclass(frozen=True, slots=True)
class Decided:
    """A conflict was decided."""

    entry_id: str
    changes: Changes = Changes.EVERYTHING


@dataclass(frozen=True, slots=True)
class Seen:
    """An alert was seen."""

    changes: Changes = Changes.SYNC


def is_due(depot: Depot, plan: Plan = PLAN) -> bool:
    """Whether the night should begin now: asked once a minute."""
    with depot.read() as tx:
        success, attempt = rows.last_times(tx)
        return schedule.is_due(
            tx.at, success, attempt, zone=depot.zone, depot_id=depot.depot_id, plan=plan
        )


def next_start(depot: Depot, plan: Plan = PLAN) -> datetime:
    """When the coming night begins."""
    return schedule.next_start(depot.clock(), depot.zone, depot.depot_id, plan)


def nights(depot: Depot, limit: int = 30) -> tuple[NightRow, ...]:
    """The last tries, newest first."""
    with depot.read() as tx:
        return rows.recent(tx, limit)


def conflicts(depot: Depot, *, resolved_too: bool = False) -> tuple[Conflict, ...]:
    """The conflict inbox, oldest first; each with both versions. At head office: of all depots."""
    with depot.read() as tx:
        return rows.open_conflicts(tx, resolved_too=resolved_too, everywhere=node.is_head_office(tx))


def alerts(depot: Depot, *, seen_too: bool = False) -> tuple[Alert, ...]:
    """What somebody should know, newest first. At head office: of all depots."""
    with depot.read() as tx:
        return rows.open_alerts(tx, seen_too=seen_too, everywhere=node.is_head_office(tx))


def see_alert(depot: Depot, alert_id: str) -> Seen:
    """Put an alert away. Refused: ``sync.at-its-depot`` (it is another depot's), ``sync.alert-gone``."""
    with depot.write() as tx:
        owner = rows.alert_depot(tx, alert_id)
        if owner is None:
            raise Refused("sync.alert-gone")
        if owner != tx.depot_id:
            raise Refused("sync.at-its-depot", depot=owner)
        rows.see(tx, alert_id)
    return Seen()


def differing(conflict: Conflict) -> tuple[str, ...]:
    """The fields on which the two versions differ and which may be decided."""
    if conflict.kind == ConflictKind.TWICE or _shape(conflict).append_only:
        return ()
    return tuple(
        name for name in _shape(conflict).columns
        if name not in _BY_STEPS and name in conflict.mine and name in conflict.theirs
        and conflict.mine[name] != conflict.theirs[name]
    )


def resolve_conflict(
    depot: Depot, conflict_id: str, resolution: Resolution, mine: Sequence[str] = ()
) -> Decided:
    """Decide a conflict: keep this depot's version, the centre's, or ``mine`` fields of ours and the rest of theirs.

    Cannot be undone: both versions stay in the inbox, a wrong choice is put right in the record.
    Refused: ``sync.conflict-gone``, ``sync.at-its-depot`` (head office reads it, its depot decides), ``sync.choice``
    (nothing of it can be changed), ``sync.nothing-ticked`` (a merge of nothing is none), ``sync.field``,
    ``sync.field-changed-since`` (somebody has gone on with the record).
    """
    depot.require(Action.RULE)
    with depot.write() as tx:
        conflict = rows.conflict(tx, conflict_id)
        if conflict is None or conflict.resolved_at is not None:
            raise Refused("sync.conflict-gone")
        if conflict.depot_id != tx.depot_id:
            raise Refused("sync.at-its-depot", depot=conflict.depot_id)
        if resolution is Resolution.MERGED and not mine:
            raise Refused("sync.nothing-ticked", field="mine")
        fields = differing(conflict)
        wanted = {Resolution.MINE: fields, Resolution.THEIRS: (), Resolution.MERGED: tuple(mine)}[resolution]
        strange = [name for name in wanted if name not in fields]
        if strange:
            raise Refused("sync.field", field=strange[0])
        if resolution is not Resolution.THEIRS and not fields:
            raise Refused("sync.choice", value=resolution)
        if wanted:
            _must_stand(depot, tx, conflict, wanted)
        _put(tx, conflict, {name: conflict.mine[name] for name in wanted})
        rows.resolve(tx, conflict_id, resolution.value)
        entry_id = journal.record(
            tx, "night.resolve", subject_kind=conflict.in_table, subject_id=conflict.row_id,
            subject_number=str(conflict.mine.get("number") or conflict.mine.get("serial") or ""),
            facts={"conflict": conflict_id, "resolution": resolution.value, "mine": list(wanted)},
        )
        if conflict.in_table == "units" and wanted:
            search.index_again(tx, [conflict.row_id])
    return Decided(entry_id)


def _shape(conflict: Conflict) -> stamped.Shape:
    return next(shape for shape in stamped.shapes() if shape.table == conflict.in_table)


def _must_stand(depot: Depot, tx: Tx, conflict: Conflict, wanted: Sequence[str]) -> None:
    """What is to be written over still says what the centre's version said that night: later work is not undone."""
    shape = _shape(conflict)
    found = stamped.by_ids(tx.connection, shape, tx.depot_id, [conflict.row_id]).rows
    now = as_plain(shape, found[0]) if found else {}
    for name in wanted:
        if now.get(name) != conflict.theirs[name]:
            raise meanwhile.changed(depot, tx, "sync.field-changed-since", conflict.row_id, field=name)


def _put(tx: Tx, conflict: Conflict, values: Mapping[str, Any]) -> None:
    if values:
        sets = ", ".join(f'"{name}" = ?' for name in values)
        tx.ask(
            f"UPDATE {_shape(conflict).table} SET {sets} WHERE depot_id = ? AND id = ?",
            (*values.values(), tx.depot_id, conflict.row_id),
        )


def visits(depot: Depot, serial: str) -> tuple[Came, ...]:
    """Every visit of units with this serial (normalised) at any depot, oldest first: where is serial X."""
    with depot.read() as tx:
        return foreign_visits.anywhere(tx, serial)


# -- before and after ----------------------------------------------------------------------------------------------


def before(depot: Depot) -> None:
    """The ledgers are sealed, so that the seals travel with what they stand for."""
    verifying.seal(depot)


def after(depot: Depot) -> After:
    """What came is found by the search, proposals follow head office, rulings are looked at again with the news.

    Can be repeated: what is to be done is on record until it is done.
    """
    with depot.write() as tx:
        units = held.noted(tx.connection, "index:")
        search.index_again(tx, units)
        held.forget(tx, *(f"index:{unit_id}" for unit_id in units))
        followed = _follow(tx)
    heard = transfer_news.hear(depot)
    verifying.seal_anew(depot)
    return After(len(units), followed, _look_again(depot), heard)


def _follow(tx: Tx) -> int:
    """What head office said of this depot's proposals is done; one that was not adopted is told with the reason."""
    for row_id in links.codes_twice(tx):
        journal.record(tx, "night.follow", subject_kind="code", subject_id=row_id, facts={"into": "", "units": 0})
    followed = 0
    for word in links.waiting(tx):
        concerned = links.follow(tx, word)
        search.index_again(tx, concerned)
        journal.record(
            tx, "night.follow", subject_kind=word.kind, subject_id=word.from_id,
            facts={"into": word.into_id, "units": len(concerned), "reason": word.reason},
        )
        if not word.into_id:
            rows.alert(tx, "alert.proposal-declined", {"name": word.name, "reason": word.reason})
        followed += 1
    return followed


def _look_again(depot: Depot) -> int:
    """Cases whose ruling would be another with what other depots have reported since (spec 4, "Pull")."""
    with depot.write() as tx:
        noted = held.noted(tx.connection, "recheck:")
        cases = dict.fromkeys(
            case_id for name in noted for unit_id in foreign_visits.units_alike(tx, *name.split(":", 1))
            for case_id in foreign_visits.open_cases(tx, unit_id)
        )
        changed = sum(_alerted(depot, tx, case_id) for case_id in cases)
        held.forget(tx, *(f"recheck:{name}" for name in noted))
    return changed


def _alerted(depot: Depot, tx: Tx, case_id: str) -> bool:
    bench = case_rows(tx, case_id)
    standing = disposition.current(tx, case_id)
    if standing is None or not stale_facts(depot, tx, bench, standing):
        return False
    now = ruling_now(depot, tx, bench, depot.local_day(standing.decided_at))
    if not isinstance(now, Refused) and (now.number, [o.value for o in now.outcomes]) == (
        standing.rule_no, list(standing.ruled)
    ):
        return False                 # the news changes its facts, not what it says
    rows.alert(
        tx, "alert.ruling-differs",
        {"number": bench.case.number, "was": standing.rule_no, "now": "?" if isinstance(now, Refused) else now.number},
        unit_id=bench.unit.id, case_id=case_id,
    )
    return True


__all__ = [
    "PLAN", "After", "Alert", "Conflict", "Decided", "NightRow", "Seen", "after", "alerts", "before", "conflicts",
    "differing", "is_due", "next_start", "nights", "resolve_conflict", "see_alert", "visits",
]
