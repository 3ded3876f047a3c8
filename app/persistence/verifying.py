"""What ``verify`` asks of the record: chains that join, places that are their end, numbers without a gap (spec 4).

Each check is a generator of findings: a code and facts. They read; they repair nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Table, and_, func, or_, select

from app.domain.numbering import parse_number
from app.errors import Problem
from app.persistence import naming, sealing
from app.persistence.journal import link
from app.persistence.tables import (
    attachments,
    blobs,
    documents,
    journal,
    metadata,
    movements,
    node,
    traveller_movements,
    travellers,
    units,
)
from app.persistence.transaction import Tx

#: ``watch(done, total)``: how far a check is; it may raise to stop.
Watch = Callable[[int, int], None]
_CHUNK = 1_000


def journal_chain(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.journal``: the first entry that does not follow from the one before; then how the node ends."""
    total, head = tx.execute(select(node.c.journal_no, node.c.journal_head)).one()
    said, before = "", 0
    rows = tx.execute(select(journal).where(journal.c.depot_id == tx.depot_id).order_by(journal.c.no))
    for expected, row in enumerate(rows.mappings(), 1):
        if expected % _CHUNK == 0:
            watch(expected, total)
        now = link(said, tx.depot_id, {str(name): value for name, value in row.items()})
        if row["no"] != expected or now != row["chain"]:
            yield Problem("journal", "verify.journal", {
                "no": row["no"], "action": row["action"], "who": row["actor_name"] or "–",
                "number": row["subject_number"] or "–", "at": row["at"]})
            return
        said, before = row["chain"], row["no"]
    if (before, said) != (total, head):
        yield Problem("journal", "verify.journal-end", {"no": before, "expected": total})


def moves(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.chain``: a unit's or traveller's moves that do not join; ``verify.place``: it is not where they end."""
    for table, ledger, key, name in (
        (units, movements, "unit_id", "serial"), (travellers, traveller_movements, "traveller_id", "number"),
    ):
        ends: dict[str, tuple[int, Any, str | None]] = {}
        broken: set[str] = set()
        shelf = ledger.c.to_shelf_id if "to_shelf_id" in ledger.c else None
        columns = [ledger.c[key], ledger.c.ordinal, ledger.c.from_place, ledger.c.to_place]
        rows = tx.execute(
            select(*columns, *([shelf] if shelf is not None else []))
            .where(ledger.c.depot_id == tx.depot_id).order_by(ledger.c[key], ledger.c.ordinal)
        )
        for n, row in enumerate(rows):
            if n % _CHUNK == 0:
                watch(n, 0)
            thing, ordinal, from_place, to_place = row[:4]
            before = ends.get(thing)
            if before is not None and (ordinal != before[0] + 1 or from_place != before[1]):
                broken.add(thing)
            ends[thing] = (ordinal, to_place, row[4] if shelf is not None else None)
        for thing in tx.execute(select(table).where(table.c.depot_id == tx.depot_id)).mappings():
            end = ends.get(thing["id"])
            if thing["id"] in broken:
                yield Problem(table.name, "verify.chain", {"name": thing[name]})
            elif end is not None and (thing["movement_no"], thing["place"], thing.get("shelf_id")) != end:
                yield Problem(table.name, "verify.place", {"name": thing[name], "place": thing["place"], "end": end[1]})


def numbers(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.number-gap``: a number that was never recorded, neither issued nor void."""
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (text,) in tx.execute(select(documents.c.number).where(documents.c.depot_id == tx.depot_id)):
        number = parse_number(text)
        if number is not None:
            seen[number.type.value, f"{number.yy:02d}{number.mm:02d}"].append(number.n)
    for done, ((type_, month), found) in enumerate(sorted(seen.items())):
        watch(done, len(seen))
        present = set(found)
        for n in range(1, max(present)):
            if n not in present:
                yield Problem("documents", "verify.number-gap", {"number": f"{tx.depot_id}-{type_}{month}-{n:05d}"})
                break


def references(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.orphan``: a row that names another row of this depot that is not there."""
    tables = [table for table in metadata.sorted_tables if table.info["stamped"]]
    for done, table in enumerate(tables):
        watch(done, len(tables))
        for reference in table.foreign_key_constraints:
            parent: Table = reference.referred_table
            column = next(c for c in reference.columns if c.name != "depot_id")
            missing = tx.scalar(
                select(func.count()).select_from(table.outerjoin(
                    parent, and_(parent.c.depot_id == table.c.depot_id, parent.c.id == column)))
                .where(table.c.depot_id == tx.depot_id, column.is_not(None), parent.c.id.is_(None))
            )
            if missing:
                yield Problem(table.name, "verify.orphan", {
                    "table": table.name, "column": column.name, "refers_to": parent.name, "n": missing})


def contents(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.content``: an attachment whose bytes are not those it was filed with; ``verify.content-missing``."""
    filed = tx.execute(
        select(attachments.c.sha256, attachments.c.filename)
        .where(attachments.c.depot_id == tx.depot_id, attachments.c.deleted_at.is_(None)))
    named: dict[str, str] = {row.sha256: row.filename for row in filed}
    there = set(tx.execute(select(blobs.c.sha256).where(blobs.c.depot_id == tx.depot_id)).scalars())
    for done, sha in enumerate(sorted(there)):
        watch(done, len(there))
        held = tx.scalar(select(blobs.c.content).where(blobs.c.depot_id == tx.depot_id, blobs.c.sha256 == sha))
        if hashlib.sha256(bytes(held)).hexdigest() != sha:
            yield Problem("blobs", "verify.content", {"name": named.get(sha, sha[:12])})
    for sha in sorted(named.keys() - there):
        yield Problem("attachments", "verify.content-missing", {"name": named[sha]})


def stamps(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.stamp``: a row without a stamp, with one that was never given, or with one another row has too."""
    origin, newest = tx.execute(select(node.c.origin, node.c.seq)).one()
    seen: set[int] = set()
    tables = [table for table in metadata.sorted_tables if table.info["stamped"]]
    for done, table in enumerate(tables):
        watch(done, len(tables))
        wrong = tx.scalar(select(func.count()).select_from(table).where(
            table.c.depot_id == tx.depot_id,
            or_(table.c.origin < 0, table.c.seq < 1, and_(table.c.origin == origin, table.c.seq > newest))))
        doubled = 0
        for (seq,) in tx.execute(select(table.c.seq).where(table.c.origin == origin)):
            doubled += seq in seen
            seen.add(seq)
        if wrong or doubled:
            yield Problem(table.name, "verify.stamp", {"table": table.name, "n": wrong + doubled})


def seals(tx: Tx, watch: Watch) -> Iterator[Problem]:
    """``verify.seal``: a row of a ledger that is not as it was sealed; ``verify.seal-chain``: a seal itself."""
    for found in sealing.broken(tx, watch):
        if found.table == "seals":
            yield Problem("seals", "verify.seal-chain", {"no": found.seal_no})
        else:
            yield Problem(found.table or "seals", "verify.seal", {
                "no": found.seal_no, "table": found.table or "seals", "row": found.row_id or "?", "seq": found.seq,
                "name": _name(tx, found)})


def _name(tx: Tx, found: sealing.Broken) -> tuple[Any, ...]:
    """What the row is known by; the moment it was written where it has no name; else its stamp."""
    row = naming.row_of(tx, tx.depot_id, found.table, found.row_id) if found.table else None
    if row is None:
        return (f"#{found.seq}",)
    known = naming.known_by(tx, tx.depot_id, found.table, row)
    return known or ((naming.typed(found.table, "at", row["at"]),) if "at" in row else (f"#{found.seq}",))
