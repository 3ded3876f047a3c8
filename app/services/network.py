"""Head office's view of all depots: every case, by page and filter, and how each depot stands (spec 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.depot import Depot, Operator
from app.domain.network import CaseRow, DepotRow, DepotTotals, Selection
from app.errors import Refused
from app.persistence import network as rows
from app.persistence import node
from app.persistence.transaction import Tx


def is_head_office(depot: Depot) -> bool:
    """Whether this database is head office's, in which every depot's record stands."""
    with depot.read() as tx:
        return node.is_head_office(tx)


def depots(depot: Depot) -> tuple[DepotRow, ...]:
    """Every depot by code, with its last night and what waits there. Refused: ``network.head-office-only``."""
    with depot.read() as tx:
        _only_head_office(tx)
        return rows.depots(tx)


def cases(
    depot: Depot,
    wanted: Selection,
    after: CaseRow | None = None,
    limit: int = 200,
    order: tuple[str, bool] = ("received", True),
) -> Sequence[CaseRow]:
    """Up to ``limit`` cases of all depots after the row ``after``.

    ``order``: number | received | due, and whether downwards. Days count as at head office. Refused:
    ``network.head-office-only``.
    """
    with depot.read() as tx:
        _only_head_office(tx)
        return rows.rows(
            tx, wanted, after, limit, order[0] or "received", descending=order[1], today=depot.local_day(tx.at)
        )


def totals(depot: Depot, wanted: Selection) -> tuple[DepotTotals, ...]:
    """How the chosen cases stand, by depot. Refused: ``network.head-office-only``."""
    with depot.read() as tx:
        _only_head_office(tx)
        return rows.totals(tx, wanted, depot.local_day(tx.at))


def at(depot: Depot, code: str) -> Depot:
    """The depot ``code`` as head office's server has it, for reading: its units and cases are found by their ids.

    Nothing can be written through it: head office's login has no right to, and nobody is at that desk.
    """
    if not code or code == depot.depot_id:
        return depot
    return replace(depot, identity=replace(depot.identity, depot_id=code), operator=Operator())


def _only_head_office(tx: Tx) -> None:
    if not node.is_head_office(tx):
        raise Refused("network.head-office-only", depot=tx.depot_id)


__all__ = ["CaseRow", "DepotRow", "DepotTotals", "Selection", "at", "cases", "depots", "is_head_office", "totals"]
