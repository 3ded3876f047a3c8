"""Head office's word on proposals: which row of its own one is from now on, or why it is none (spec 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.persistence.tables import codes, master_links, metadata
from app.persistence.transaction import Tx

_OPEN = "p.proposed = 1 AND p.merged_into IS NULL AND p.deleted_at IS NULL"
#: A code of a depot's is a proposal as long as head office has none of that table and name.
_CODE_OPEN = (
    "p.active = 1 AND p.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM codes h WHERE h.origin = 0 "
    "AND h.kind = p.kind AND h.code = p.code AND h.deleted_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be proposed. ``named``: the columns of the depot's own rows that name one; ``parts``: rows that belong

    to it and are copied with it: table, column, and what belongs to those in turn.
    """

    table: str
    name: str
    open: str = _OPEN
    named: tuple[tuple[str, str], ...] = ()
    parts: Mapping[tuple[str, str], tuple[str, str] | None] = field(default_factory=dict)


KINDS: Mapping[str, Kind] = {
    "customer": Kind("customers", "name", named=(
        ("units", "customer_id"), ("return_cases", "customer_id"), ("contacts", "customer_id"))),
    "product": Kind(
        "products", "model", named=(("units", "product_id"), ("return_cases", "product_id")),
        parts={("key_parts", "product_id"): None, ("test_templates", "product_id"): ("test_items", "template_id")}),
    "code": Kind("codes", "code", _CODE_OPEN),
}


@dataclass(frozen=True, slots=True)
class Word:
    """What head office said of one of this depot's proposals. ``into_id`` empty: not adopted, for ``reason``."""

    kind: str
    from_id: str
    into_id: str
    reason: str
    name: str


def proposal(tx: Tx, kind: str, depot_id: str, row_id: str) -> dict[str, Any] | None:
    """A depot's open proposal as raw values, or ``None``."""
    what = KINDS[kind]
    columns = [column.name for column in metadata.tables[what.table].columns]
    found = tx.ask(
        f"SELECT {', '.join(f'p.{name}' for name in columns)} FROM {what.table} p "
        f"WHERE p.depot_id = ? AND p.id = ? AND {what.open}", (depot_id, row_id),
    )
    return dict(zip(columns, found[0], strict=True)) if found else None


def proposals(tx: Tx, kind: str) -> list[dict[str, Any]]:
    """Every proposal of other depots that waits, as raw values, by depot. For head office."""
    what = KINDS[kind]
    columns = [column.name for column in metadata.tables[what.table].columns]
    return [dict(zip(columns, row, strict=True)) for row in tx.ask(
        f"SELECT {', '.join(f'p.{name}' for name in columns)} FROM {what.table} p "
        f"WHERE p.depot_id <> ? AND {what.open} "
        "AND NOT EXISTS (SELECT 1 FROM master_links l WHERE l.from_id = p.id AND l.from_depot = p.depot_id) "
        f"ORDER BY p.depot_id, p.{what.name}", (tx.depot_id,),
    )]


def used(tx: Tx, kind: str, depot_id: str, row_id: str) -> int:
    """How many cases of its depot name a proposal."""
    column = next((column for table, column in KINDS[kind].named if table == "return_cases"), "")
    if not column:
        return 0
    ((count,),) = tx.ask(
        f"SELECT count(*) FROM return_cases WHERE depot_id = ? AND {column} = ? AND deleted_at IS NULL",
        (depot_id, row_id),
    )
    return int(count)


def copy(tx: Tx, kind: str, row: Mapping[str, Any]) -> str:
    """Enter head office's own row with the values of a proposal, and what belongs to it; returns its id."""
    made = _copied(tx, KINDS[kind].table, row)
    for (table, column), further in KINDS[kind].parts.items():
        for part in _belonging(tx, table, column, row):
            part_id = _copied(tx, table, {**part, column: made})
            if further is not None:
                for item in _belonging(tx, *further, part):
                    _copied(tx, further[0], {**item, further[1]: part_id})
    return made


def _belonging(tx: Tx, table: str, column: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns = [each.name for each in metadata.tables[table].columns]
    return [dict(zip(columns, found, strict=True)) for found in tx.ask(
        f"SELECT {', '.join(columns)} FROM {table} WHERE depot_id = ? AND {column} = ? AND deleted_at IS NULL "
        "ORDER BY id", (row["depot_id"], row["id"]),
    )]


def _copied(tx: Tx, table: str, row: Mapping[str, Any]) -> str:
    made = {**row, "depot_id": tx.depot_id, "id": tx.new_id(), "origin": -1, "seq": -1}
    if "proposed" in made:
        made["proposed"] = 0
    tx.ask(
        f"INSERT INTO {table} ({', '.join(made)}) VALUES ({', '.join('?' * len(made))})", list(made.values()),
    )
    return str(made["id"])


def link(tx: Tx, kind: str, from_depot: str, from_id: str, into_id: str, reason: str = "") -> None:
    """Say what a proposal is from now on, or why it is nothing of head office's."""
    tx.insert(master_links, {
        "kind": kind, "from_depot": from_depot, "from_id": from_id, "into_id": into_id, "reason": reason, "at": tx.at,
        "by": tx.by,
    })


def waiting(tx: Tx) -> list[Word]:
    """What head office said of proposals of this depot that it has not followed yet."""
    found: list[Word] = []
    for kind, what in KINDS.items():
        still = (
            "p.deleted_at IS NULL AND p.active = 1" if kind == "code"
            else "p.merged_into IS NULL AND (l.into_id <> '' OR p.proposed = 1)"
        )
        found += [Word(kind, *row) for row in tx.ask(
            f"SELECT l.from_id, l.into_id, l.reason, p.{what.name} FROM master_links l JOIN {what.table} p "
            f"ON p.depot_id = l.from_depot AND p.id = l.from_id "
            f"WHERE l.kind = ? AND l.from_depot = ? AND {still} ORDER BY l.from_id",
            (kind, tx.depot_id),
        )]
    return found


def follow(tx: Tx, word: Word) -> list[str]:
    """Let the depot's rows name head office's row; the proposal stays as a link. Returns the units concerned.

    One that was not adopted stays with the rows that name it and is switched off. A unit that head office's product
    already has under the same serial stays where it is: two records of one unit are for a person to join. A code that
    became another is switched off: what was written with it keeps it.
    """
    what = KINDS[word.kind]
    if not what.named:
        tx.ask(f"UPDATE {what.table} SET active = 0 WHERE depot_id = ? AND id = ?", (tx.depot_id, word.from_id))
        return []
    if not word.into_id:
        tx.ask(f"UPDATE {what.table} SET proposed = 0, active = 0 WHERE depot_id = ? AND id = ?",
               (tx.depot_id, word.from_id))
        return []
    units = [row[0] for row in tx.ask(
        f"SELECT id FROM units WHERE depot_id = ? AND {what.named[0][1]} = ?", (tx.depot_id, word.from_id)
    )]
    for where, column in what.named:
        but = (
            " AND NOT EXISTS (SELECT 1 FROM units o WHERE o.depot_id = units.depot_id AND o.serial = units.serial "
            "AND o.product_id = ?)" if (where, column) == ("units", "product_id") else ""
        )
        tx.ask(
            f"UPDATE {where} SET {column} = ? WHERE depot_id = ? AND {column} = ?{but}",
            (word.into_id, tx.depot_id, word.from_id, *([word.into_id] if but else [])),
        )
    tx.ask(f"UPDATE {what.table} SET merged_into = ?, proposed = 0, active = 0 WHERE depot_id = ? AND id = ?",
           (word.into_id, tx.depot_id, word.from_id))
    return units


def codes_twice(tx: Tx) -> list[str]:
    """Own codes that head office has too, under the same table and name: theirs holds, ours ends. Returns the ids."""
    found = [row[0] for row in tx.ask(
        "SELECT p.id FROM codes p JOIN codes h ON h.kind = p.kind AND h.code = p.code "
        "WHERE p.depot_id = ? AND h.depot_id <> p.depot_id AND h.origin = 0 AND p.origin <> 0 "
        "AND p.deleted_at IS NULL AND h.deleted_at IS NULL ORDER BY p.id", (tx.depot_id,),
    )]
    for row_id in found:
        tx.change(codes, row_id, deleted_at=tx.at)
    return found
