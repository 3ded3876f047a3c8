"""Head office's side of proposals: adopt what a depot entered at its counter, join it to what is there, or decline.

Depots follow with their next night (spec 4). What head office has said is not taken back: a depot may have followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import Code
from app.domain.people import Action
from app.errors import Refused
from app.persistence import customers, journal, links, masterdata, node, products
from app.persistence.transaction import Tx

#: Longer than this no reason is read.
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A customer, product or code a depot entered itself. ``kind``: customer | product | code.

    ``facts``: its other values, column → value. ``cases``: how many cases of its depot name it. ``alike``: what head
    office has that resembles it, as (id, name).
    """

    kind: str
    depot_id: str
    id: str
    name: str
    facts: Mapping[str, Any]
    cases: int = 0
    alike: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Adopted:
    """Head office has spoken; depots follow with their next night. ``into_id`` is empty when it declined."""

    into_id: str
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def proposals(depot: Depot) -> tuple[Proposal, ...]:
    """Every proposal that waits, by kind and depot; empty but at head office."""
    with depot.read() as tx:
        if not node.is_head_office(tx):
            return ()
        found = []
        for kind, what in links.KINDS.items():
            known = _known(tx, kind)
            for row in links.proposals(tx, kind):
                name = str(row[what.name])
                found.append(Proposal(
                    kind, row["depot_id"], row["id"], name, row, links.used(tx, kind, row["depot_id"], row["id"]),
                    tuple((id_, called) for id_, called in known if _resemble(called, name))[:5],
                ))
        return tuple(found)


def count(tx: Tx) -> int:
    """How many proposals wait; 0 but at head office."""
    return sum(len(links.proposals(tx, kind)) for kind in links.KINDS) if node.is_head_office(tx) else 0


def adopt(depot: Depot, kind: str, from_depot: str, row_id: str) -> Adopted:
    """Take a proposal over as head office's own row, with what belongs to it (key parts, test sheet).

    Refused: ``sync.not-ours``, ``sync.no-proposal``, ``sync.proposal-known`` (there is one of that name: join it).
    """
    return _speak(depot, kind, from_depot, row_id, "")


def join(depot: Depot, kind: str, from_depot: str, row_id: str, into_id: str) -> Adopted:
    """Say that a proposal is head office's row ``into_id``. Refused: as :func:`adopt`, ``sync.no-such-row``."""
    return _speak(depot, kind, from_depot, row_id, into_id)


def decline(depot: Depot, kind: str, from_depot: str, row_id: str, reason: str) -> Adopted:
    """Do not adopt a proposal: its depot is told why, keeps it on the cases that name it, and uses it for nothing new.

    Refused: as :func:`adopt`, ``sync.reason-missing``, ``sync.reason-long``.
    """
    depot.require(Action.EDIT_MASTER)
    said = " ".join(reason.split())
    if not said:
        raise Refused("sync.reason-missing", field="reason")
    if len(said) > _LONGEST_REASON:
        raise Refused("sync.reason-long", field="reason", most=_LONGEST_REASON)
    with depot.write() as tx:
        row = _open(tx, kind, from_depot, row_id)
        links.link(tx, kind, from_depot, row_id, "", said)
        entry_id = journal.record(
            tx, "adoption.decline", subject_kind=kind, subject_id=row_id, subject_number=_name(kind, row),
            facts={"depot": from_depot, "proposal": row_id, "reason": said},
        )
    return Adopted("", entry_id)


def _speak(depot: Depot, kind: str, from_depot: str, row_id: str, into_id: str) -> Adopted:
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        row = _open(tx, kind, from_depot, row_id)
        if into_id:
            if into_id not in {id_ for id_, _called in _known(tx, kind)}:
                raise Refused("sync.no-such-row", field="into", value=into_id)
        else:
            same = [called for _id, called in _known(tx, kind) if called.casefold() == _name(kind, row).casefold()]
            if same:
                raise Refused("sync.proposal-known", value=same[0])
        into = into_id or links.copy(tx, kind, row)
        links.link(tx, kind, from_depot, row_id, into)
        entry_id = journal.record(
            tx, "adoption.join" if into_id else "adoption.adopt", subject_kind=kind, subject_id=into,
            subject_number=str(row.get("code") or row.get("model") or ""),
            facts={"depot": from_depot, "proposal": row_id, "into": into, "name": _name(kind, row)},
        )
    return Adopted(into, entry_id)


def _open(tx: Tx, kind: str, from_depot: str, row_id: str) -> dict[str, Any]:
    if not node.is_head_office(tx):
        raise Refused("sync.not-ours", depot=tx.depot_id)
    row = links.proposal(tx, kind, from_depot, row_id)
    spoken = row is not None and row_id not in {each["id"] for each in links.proposals(tx, kind)}
    if row is None or spoken:
        raise Refused("sync.no-proposal", value=row_id)
    return row


def _known(tx: Tx, kind: str) -> list[tuple[str, str]]:
    """What head office has of a kind: id and name as people know it."""
    if kind == "customer":
        return customers.names(tx)
    if kind == "product":
        return products.models(tx)
    return [(row.id, f"{row.code} {row.name_zh}") for row in masterdata.everything(tx, Code, active_only=True)]


def _name(kind: str, row: Mapping[str, Any]) -> str:
    return str(row[links.KINDS[kind].name])


def _resemble(known: str, proposed: str) -> bool:
    """Whether one name is part of the other, whatever case and blanks."""
    one, other = ("".join(text.casefold().split()) for text in (known, proposed))
    return len(other) > 1 and len(one) > 1 and (one in other or other in one)


__all__ = ["Adopted", "Proposal", "adopt", "count", "decline", "join", "proposals"]
