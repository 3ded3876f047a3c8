"""What the depot sets for itself, one row a name."""

from __future__ import annotations

from sqlalchemy import select, update

from app.persistence.tables import settings
from app.persistence.transaction import Tx


def values(tx: Tx) -> dict[str, str]:
    """Every setting that was ever made."""
    found = tx.execute(select(settings.c.name, settings.c.value).where(settings.c.depot_id == tx.depot_id))
    return {row[0]: row[1] for row in found}


def put(tx: Tx, name: str, value: str) -> None:
    """Set ``name``."""
    done = tx.execute(
        update(settings).where(settings.c.depot_id == tx.depot_id, settings.c.name == name)
        .values(value=value, deleted_at=None)
    )
    if done.rowcount == 0:
        tx.insert(settings, {"name": name, "value": value})
