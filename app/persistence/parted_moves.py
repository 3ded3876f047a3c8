"""Moves of one unit (or traveller) that were made on both sides of a fork: one chain stands (spec 1 §5, spec 4 "Push").

A chain cannot hold the moves of two days that nobody knew of each other: the centre's stands, the depot's own moves of
that unit leave the ledger and are shown in the conflict inbox. Where a unit stands follows from the moves that are
left, whichever version of its row was taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.persistence.stamped import Shape, ask, listed

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """What moves, its ledger, and the ledger's column that names it. ``shelf``: moves name a shelf too."""

    thing: str
    ledger: str
    key: str
    shelf: bool


CHAINS = (
    Chain("units", "movements", "unit_id", shelf=True),
    Chain("travellers", "traveller_movements", "traveller_id", shelf=False),
)
_MANY = 400


def parted(
    link: Connection, ledger: Shape, chain: Chain, depot_id: str, new: Mapping[str, Row], unsent: Iterable[str]
) -> Iterator[tuple[Row, Row]]:
    """The depot's own moves that the centre's ``new`` ones (id → row) do not leave room for, each with the centre's
    first. ``unsent``: ids of the moves that only the depot has.

    From the first move on that is there twice the two are days that knew nothing of each other. What came before is
    what both began from, also where the centre has lost it, or never had it.
    """
    at = {name: n for n, name in enumerate(ledger.columns)}
    own, theirs = set(unsent), defaultdict(list)
    for row in new.values():
        theirs[row[at[chain.key]]].append(row)
    for thing, here in _moves(link, ledger, chain, depot_id, theirs).items():
        mine = {int(row[at["ordinal"]]): row for row in here if row[1] in own}
        taken = {int(row[at["ordinal"]]): row for row in theirs[thing]}
        twice = mine.keys() & taken.keys()
        if twice:
            first = min(twice)
            yield from ((row, taken[first]) for ordinal, row in mine.items() if ordinal >= first)


def of(link: Connection, ledger: Shape, chain: Chain, depot_id: str, thing: str) -> list[Row]:
    """The moves of a thing on record here, in their order."""
    return _moves(link, ledger, chain, depot_id, [thing]).get(thing, [])


def ends(
    link: Connection, ledger: Shape, chain: Chain, depot_id: str, things: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Thing → where its moves leave it, as columns of its own row."""
    at = {name: n for n, name in enumerate(ledger.columns)}
    found: dict[str, dict[str, Any]] = {}
    for thing, moves in _moves(link, ledger, chain, depot_id, things).items():
        last = moves[-1]
        came = next((row for row in reversed(moves) if row[at["from_place"]] != row[at["to_place"]]), moves[0])
        found[thing] = {
            "place": last[at["to_place"]], "movement_no": last[at["ordinal"]],
            "placed_at": (came if chain.shelf else last)[at["at"]],
            **({"shelf_id": last[at["to_shelf_id"]]} if chain.shelf else {}),
        }
    return found


def _moves(
    link: Connection, ledger: Shape, chain: Chain, depot_id: str, things: Iterable[str]
) -> dict[str, list[Row]]:
    """Thing → the moves on record here, in their order."""
    wanted, found = sorted(things), defaultdict(list)
    key = ledger.columns.index(chain.key)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start:start + _MANY]
        for row in map(tuple, ask(
            link, f"SELECT {listed(ledger.columns)} FROM {ledger.table} WHERE depot_id = ? AND {chain.key} IN "
            f"({', '.join('?' * len(some))}) ORDER BY {chain.key}, ordinal", (depot_id, *some),
        )):
            found[row[key]].append(row)
    return found
