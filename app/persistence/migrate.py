"""Bringing a database to the program's schema: a copy first, then the migrations; a newer file is refused."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text

from app.errors import Refused, Unavailable
from app.paths import MIGRATIONS
from app.persistence.database import Database

#: The newest revision this program knows. Kept here so that opening a current file need not load Alembic.
HEAD = "0008"


def revision(database: Database) -> str | None:
    """The schema revision of ``database``; ``None`` when it is empty."""
    with database.bare() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(database: Database) -> None:
    """Refuse what this program cannot work on: ``database.empty``, ``database.newer``, ``database.older``."""
    found = revision(database)
    if found is None:
        raise Refused("database.empty", field="database", place=database.display)
    if found > HEAD:
        raise Refused("database.newer", field="database", place=database.display, found=found, known=HEAD)
    if found < HEAD:
        raise Refused("database.older", field="database", place=database.display, found=found, known=HEAD)


def upgrade(database: Database, now: datetime, target: str = "head") -> Path | None:
    """Bring ``database`` to ``target``. Returns the copy made before (SQLite files with content), or ``None``.

    ``database.newer`` is refused; ``database.no-room`` when there is no space for the copy.
    """
    found = revision(database)
    if found is not None and found > HEAD:
        raise Refused("database.newer", field="database", place=database.display, found=found, known=HEAD)
    if found == HEAD and target == "head":
        return None
    copy = _copy(database, found, now) if found is not None and database.path is not None else None
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.bare() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
    return copy


def _copy(database: Database, found: str, now: datetime) -> Path:
    """A consistent copy beside the file, made by the engine itself (the WAL is part of it)."""
    source = database.path
    if source is None:
        raise TypeError("only a file can be copied")
    target = source.with_name(f"{source.stem}-before-{HEAD}-from-{found}-{now:%Y%m%dT%H%M%S}{source.suffix}")
    if shutil.disk_usage(source.parent).free < source.stat().st_size + 16_000_000:
        raise Unavailable("database.no-room", place=str(source.parent))
    with sqlite3.connect(source) as origin, sqlite3.connect(target) as copy:
        origin.backup(copy)
    origin.close()
    copy.close()
    return target
