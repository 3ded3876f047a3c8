"""One value for everything a depot sees: it proves that an undone step left the record as it was.

Left out are the ledgers and papers, which only grow (journal, moves, handovers, signatures, numbers used up,
printings, batches), void cases with their papers, and what ended with a tombstone; and of a unit the count and time
of its moves, which repeat the ledger. Places, owners, stages, texts, master data and the search index are all in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from app.domain.stages import Stage
from app.persistence.tables import metadata, return_cases
from app.persistence.tables.base import canonical_json
from app.persistence.transaction import Tx

_GROWS = frozenset({
    "journal", "documents", "printings", "movements", "traveller_movements", "handovers", "handover_lines",
    "handover_receipts", "handover_verdicts", "signatures", "signing_keys", "mark_signatures", "seals",
    "import_batches", "import_rows",
})
_REPEATS = {"units": {"movement_no", "placed_at"}, "travellers": {"movement_no", "placed_at"}}
_STAMPS = frozenset({"origin", "seq", "deleted_at"})


def digests(tx: Tx) -> dict[str, str]:
    """Table → SHA-256 over its visible rows in the order of their ids; and ``search_entries`` likewise."""
    found = {}
    void = select(return_cases.c.id).where(return_cases.c.stage == Stage.VOID)
    for table in metadata.sorted_tables:
        if not table.info["stamped"] or table.name in _GROWS:
            continue
        left_out = _STAMPS | _REPEATS.get(table.name, set())
        statement = select(*(c for c in table.c if c.name not in left_out)).order_by(table.c.depot_id, table.c.id)
        if "deleted_at" in table.c:
            statement = statement.where(table.c.deleted_at.is_(None))
        if table is return_cases:
            statement = statement.where(return_cases.c.stage != Stage.VOID)
        elif "case_id" in table.c and table.name != "units":
            statement = statement.where(or_(table.c.case_id.is_(None), table.c.case_id.notin_(void)))
        found[table.name] = _digest(
            [str(value) if value is not None else None for value in row] for row in tx.execute(statement))
    words = tx.connection.exec_driver_sql("SELECT unit_id, tokens FROM search_entries ORDER BY unit_id")
    found["search_entries"] = _digest(list(row) for row in words)
    return found


def digest(tx: Tx) -> str:
    """All of :func:`digests` in one value."""
    return hashlib.sha256(canonical_json(digests(tx)).encode()).hexdigest()


def _digest(rows: Iterable[list[Any]]) -> str:
    running = hashlib.sha256()
    for row in rows:
        running.update(canonical_json(row).encode())
        running.update(b"\n")
    return running.hexdigest()
