"""Bringing a database to this program's schema."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.depot import Clock, system_clock
from app.errors import Refused
from app.persistence import forwarding, migrate
from app.persistence.database import Database


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: schema before and after, and the copy made before (files only)."""

    before: str
    after: str
    copy: Path | None


def is_older(target: str) -> bool:
    """Whether the database at ``target`` must be upgraded before it can be opened."""
    database = Database(target)
    try:
        if database.path is not None and not database.path.exists():
            return False
        found = migrate.revision(database)
        return found is not None and found < migrate.HEAD
    finally:
        database.close()


def upgrade(target: str, clock: Clock = system_clock) -> Upgraded:
    """Bring ``target`` to the program's schema.

    Refused: ``database.empty`` (nothing to upgrade), ``database.moved``, ``database.newer``. Unavailable:
    ``database.no-room``.
    """
    database = Database(target)
    try:
        if database.path is not None and not database.path.exists():
            forwarding.refuse(database.path)
            raise Refused("database.empty", field="database", place=database.display)
        before = migrate.revision(database)
        if before is None:
            raise Refused("database.empty", field="database", place=database.display)
        copy = migrate.upgrade(database, clock())
        return Upgraded(before, migrate.HEAD, copy)
    finally:
        database.close()
