"""The conflict inbox as people read it: what a row is, where its two versions differ, what may be chosen (spec 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.depot import Depot
from app.labels.record_fields import FIELDS
from app.labels.records import BOOKKEEPING, TABLES
from app.persistence import naming
from app.persistence.naming import UNNAMED, Unnamed
from app.persistence.sync import Conflict
from app.persistence.transaction import Tx
from app.services import night


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which the versions differ; to people it is one, in the record it may be several ``columns``.

    ``mine``, ``theirs``: values with their meaning (see ``persistence.naming.typed``); ``chosen_from``: those columns
    that may be taken from here, none where the rules of the record decide (places follow the moves).
    """

    columns: tuple[str, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]
    chosen_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictSheet:
    """A conflict with what its row is known by. ``of``: its table."""

    conflict: Conflict
    of: str
    known_by: tuple[Any, ...]
    differences: tuple[Difference, ...]

    @property
    def id(self) -> str:
        """The conflict's."""
        return self.conflict.id

    @property
    def choosable(self) -> bool:
        """Whether anything of it can be taken from here."""
        return any(each.chosen_from for each in self.differences)


def inbox(depot: Depot) -> tuple[ConflictSheet, ...]:
    """The conflict inbox in words, oldest first; at head office: of all depots."""
    found = night.conflicts(depot)
    with depot.read() as tx:
        return tuple(_sheet(tx, conflict) for conflict in found)


def _sheet(tx: Tx, conflict: Conflict) -> ConflictSheet:
    table, mine, theirs = conflict.in_table, conflict.mine, conflict.theirs
    if table not in TABLES:                  # of a newer program's
        return ConflictSheet(conflict, table, (conflict.row_id,), ())
    whose = conflict.depot_id
    known = naming.known_by(tx, whose, table, mine) or naming.known_by(tx, whose, table, theirs)
    if not known:                            # the versions may be of some columns only
        row = naming.row_of(tx, whose, table, conflict.row_id)
        known = naming.known_by(tx, whose, table, row) if row else ()
    return ConflictSheet(conflict, table, known, _differences(tx, conflict))


def _differences(tx: Tx, conflict: Conflict) -> tuple[Difference, ...]:
    mine, theirs, free = conflict.mine, conflict.theirs, set(night.differing(conflict))
    things: dict[str, list[str]] = {}
    for column in mine:
        if column in theirs and column not in BOOKKEEPING and mine[column] != theirs[column]:
            things.setdefault(FIELDS.get(column, column), []).append(column)
    return tuple(
        Difference(
            tuple(columns), _values(tx, conflict, mine, columns), _values(tx, conflict, theirs, columns),
            tuple(column for column in columns if column in free),
        )
        for columns in things.values()
    )


def _values(tx: Tx, conflict: Conflict, version: Mapping[str, Any], columns: list[str]) -> tuple[Any, ...]:
    """What one version says of one thing, each value once; what cannot be read only where nothing else is said."""
    read: list[Any] = []
    for column in columns:
        value = naming.meaning(tx, conflict.depot_id, conflict.in_table, column, version[column])
        if value is not None and value not in read:
            read.append(value)
    told = [value for value in read if not isinstance(value, Unnamed)]
    return tuple(told) or ((UNNAMED,) if read else ())


__all__ = ["UNNAMED", "ConflictSheet", "Difference", "Unnamed", "inbox"]
