"""Repaired spares: the pool, swaps at the site, units owed for them (spec 1 §5). Loaners and parts are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.errors import Refused
from app.persistence import spares as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import site_swaps, spare_pool
from app.services.site_swaps import (
    SentToSite,
    Settled,
    Swapped,
    bring_back,
    owed,
    send_to_site,
    swap_at_site,
    write_off,
)
from app.services.spare_pool import Judged, Reserved, grade, pool, release, reserve, take_from_pool
from app.services.undoing import Way


def _signed(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.signed-custody", number=entry.subject_number)


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} of {tx.depot_id} is never taken back for {depot.operator.login}")


def _came_since(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    use = rows.use(tx, entry.subject_id)
    if use is None or use.written_off_at != entry.at or use.recovered_at is not None:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _owed_again(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_use(tx, entry.subject_id, written_off_at=None, written_off_by=None, written_off_reason="")
    return Changes.SPARES


UNDO: Mapping[str, Way] = {
    **spare_pool.UNDO,
    "spares.send": Way(_never, _signed),
    "spares.swap": Way(_never, _signed),
    "spares.owed": Way(_never, _signed),
    "spares.unused": Way(_never, _signed),
    "spares.write-off": Way(_owed_again, _came_since, Action.OVERRIDE),
}

__all__ = [
    "UNDO", "Judged", "Reserved", "SentToSite", "Settled", "Swapped", "bring_back", "grade", "owed", "pool",
    "release", "reserve", "send_to_site", "site_swaps", "swap_at_site", "take_from_pool", "write_off",
]
