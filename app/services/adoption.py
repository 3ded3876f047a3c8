"""Head office's side of proposals: adopt what a depot entered at its counter, or join it to what is there (spec 4)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.errors import Refused
from app.persistence import journal, links, node
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Proposal:
    """A customer or product a depot entered itself. ``kind``: customer | product."""

    kind: str
    depot_id: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """Head office has spoken; depots follow with their next night."""

    into_id: str
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def proposals(depot: Depot) -> tuple[Proposal, ...]:
    """Every proposal that waits, by depot."""
    with depot.read() as tx:
        return tuple(Proposal(kind, *row) for kind in links.KINDS for row in links.proposals(tx, kind))


def adopt(depot: Depot, kind: str, from_depot: str, row_id: str) -> Adopted:
    """Take a proposal over as head office's own row. Refused: ``sync.not-ours``, ``sync.no-proposal``."""
    return _speak(depot, kind, from_depot, row_id, "")


def join(depot: Depot, kind: str, from_depot: str, row_id: str, into_id: str) -> Adopted:
    """Say that a proposal is head office's row ``into_id``. Refused: as :func:`adopt`."""
    return _speak(depot, kind, from_depot, row_id, into_id)


def _speak(depot: Depot, kind: str, from_depot: str, row_id: str, into_id: str) -> Adopted:
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        _must_be_head_office(tx)
        row = links.proposal(tx, kind, from_depot, row_id)
        if row is None:
            raise Refused("sync.no-proposal", value=row_id)
        into = into_id or links.copy(tx, kind, row)
        links.link(tx, kind, from_depot, row_id, into)
        entry_id = journal.record(
            tx, "adoption.join" if into_id else "adoption.adopt", subject_kind=kind, subject_id=into,
            subject_number=str(row.get("code") or row.get("model") or ""),
            facts={"depot": from_depot, "proposal": row_id, "into": into},
        )
    return Adopted(into, entry_id)


def _must_be_head_office(tx: Tx) -> None:
    if not node.is_head_office(tx):
        raise Refused("sync.not-ours", depot=tx.depot_id)
