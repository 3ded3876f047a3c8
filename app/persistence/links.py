"""Head office's word on proposals: which row of its own a depot's proposal is from now on (spec 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.persistence.tables import master_links
from app.persistence.transaction import Tx

#: kind → table of the proposals, and the columns of the depot's own rows that name one.
KINDS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "customer": ("customers", (("units", "customer_id"), ("return_cases", "customer_id"),
                               ("contacts", "customer_id"))),
    "product": ("products", (("units", "product_id"), ("return_cases", "product_id"))),
}


def proposal(tx: Tx, kind: str, depot_id: str, row_id: str) -> dict[str, Any] | None:
    """A depot's open proposal as raw values, or ``None``."""
    table, _where = KINDS[kind]
    columns = [column.name for column in master_links.metadata.tables[table].columns]
    found = tx.ask(
        f"SELECT {', '.join(columns)} FROM {table} WHERE depot_id = ? AND id = ? AND proposed = 1 "
        "AND merged_into IS NULL AND deleted_at IS NULL", (depot_id, row_id),
    )
    return dict(zip(columns, found[0], strict=True)) if found else None


def proposals(tx: Tx, kind: str) -> list[tuple[str, str, str]]:
    """Every proposal of other depots that waits: depot, id, name. For head office."""
    table, _where = KINDS[kind]
    name = "name" if kind == "customer" else "model"
    return [tuple(row) for row in tx.ask(
        f"SELECT p.depot_id, p.id, p.{name} FROM {table} p WHERE p.depot_id <> ? AND p.proposed = 1 "
        "AND p.merged_into IS NULL AND p.deleted_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM master_links l WHERE l.from_id = p.id AND l.from_depot = p.depot_id) "
        f"ORDER BY p.depot_id, p.{name}", (tx.depot_id,),
    )]


def copy(tx: Tx, kind: str, row: Mapping[str, Any]) -> str:
    """Enter head office's own row with the values of a proposal; returns its id."""
    table, _where = KINDS[kind]
    made = {**row, "depot_id": tx.depot_id, "id": tx.new_id(), "proposed": 0, "origin": -1, "seq": -1}
    names = list(made)
    tx.ask(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [made[name] for name in names],
    )
    return str(made["id"])


def link(tx: Tx, kind: str, from_depot: str, from_id: str, into_id: str) -> None:
    """Say what a proposal is from now on."""
    tx.insert(master_links, {
        "kind": kind, "from_depot": from_depot, "from_id": from_id, "into_id": into_id, "at": tx.at, "by": tx.by,
    })


def waiting(tx: Tx) -> list[tuple[str, str, str]]:
    """Links to proposals of this depot that it has not followed yet: kind, own id, head office's id."""
    found: list[tuple[str, str, str]] = []
    for kind, (table, _where) in KINDS.items():
        found += [(kind, row[0], row[1]) for row in tx.ask(
            f"SELECT l.from_id, l.into_id FROM master_links l JOIN {table} p "
            "ON p.depot_id = l.from_depot AND p.id = l.from_id "
            "WHERE l.kind = ? AND l.from_depot = ? AND p.merged_into IS NULL ORDER BY l.from_id",
            (kind, tx.depot_id),
        )]
    return found


def follow(tx: Tx, kind: str, from_id: str, into_id: str) -> list[str]:
    """Let the depot's rows name head office's row; the proposal stays as a link. Returns the units concerned.

    A unit that head office's product already has under the same serial stays where it is: two records of one unit are
    for a person to join.
    """
    table, named = KINDS[kind]
    units = [row[0] for row in tx.ask(
        f"SELECT id FROM units WHERE depot_id = ? AND {named[0][1]} = ?", (tx.depot_id, from_id)
    )]
    for where, column in named:
        but = (
            " AND NOT EXISTS (SELECT 1 FROM units o WHERE o.depot_id = units.depot_id AND o.serial = units.serial "
            "AND o.product_id = ?)" if (where, column) == ("units", "product_id") else ""
        )
        tx.ask(
            f"UPDATE {where} SET {column} = ? WHERE depot_id = ? AND {column} = ?{but}",
            (into_id, tx.depot_id, from_id, *([into_id] if but else [])),
        )
    tx.ask(f"UPDATE {table} SET merged_into = ?, proposed = 0, active = 0 WHERE depot_id = ? AND id = ?",
           (into_id, tx.depot_id, from_id))
    return units
