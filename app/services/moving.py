"""A depot moves to another database, file or server, and it is proved that everything arrived."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain import backups
from app.domain.backups import CopyKind
from app.errors import Refused
from app.persistence import copies, migrate, moving, node
from app.persistence.database import Database
from app.persistence.moving import Content
from app.progress import UNWATCHED, Progress


@dataclass(frozen=True, slots=True)
class Moved:
    """A depot moved. ``contents``: what was read at one end and read back at the other, table by table.

    ``set_aside``: where the old file lies now; empty for a depot that left a server.
    """

    depot_id: str
    contents: tuple[Content, ...]
    set_aside: str

    @property
    def rows(self) -> int:
        """How many rows went over."""
        return sum(content.rows for content in self.contents)


def move(source: str, target: str, now: datetime, progress: Progress = UNWATCHED) -> Moved:
    """Copy every row of the depot at ``source`` into the empty database ``target``, compare both, then leave the old.

    Nobody can write to the source meanwhile. An old file is set aside under another name, so that nobody works on in
    it; a depot that left a server stays there until its database is dropped. All or nothing.

    Refused: ``move.same``, ``move.not-empty``, ``move.differs`` (never seen; nothing is left in the target),
    ``database.empty``, ``database.older``, ``database.newer``.
    """
    if source == target:
        raise Refused("move.same", field="to", value=target)
    with ExitStack() as ends:
        old, new = Database(source), Database(target)
        ends.callback(new.close)
        ends.callback(old.close)
        if old.path is not None and not old.path.exists():
            raise Refused("database.empty", field="from", place=old.display)
        migrate.check(old)
        _refuse_full(new)
        migrate.upgrade(new, now)
        depot_id, contents = _copy(old, new, progress)
        path = old.path
    aside = _set_aside(path, depot_id, now) if path is not None else ""
    return Moved(depot_id, tuple(contents), aside)


def _refuse_full(new: Database) -> None:
    if new.path is not None and new.path.exists() and new.path.stat().st_size:
        raise Refused("move.not-empty", field="to", value=new.display)
    if new.path is None and migrate.revision(new) is not None:
        with new.read() as connection:
            if node.identity(connection) is not None:
                raise Refused("move.not-empty", field="to", value=new.display)


def _copy(old: Database, new: Database, progress: Progress) -> tuple[str, list[Content]]:
    tables = moving.tables()
    with old.write() as source, new.bare() as target:
        identity = node.identity(source)
        if identity is None:
            raise Refused("database.empty", field="from", place=old.display)
        contents = []
        for n, table in enumerate(tables):
            progress.step(n, 2 * len(tables), table.name)
            contents.append(moving.copy_table(source, target, table))
        moving.index_again(source, target)
        for n, (table, read) in enumerate(zip(tables, contents, strict=True), len(tables)):
            progress.step(n, 2 * len(tables), table.name)
            if (arrived := moving.content_of(target, table)) != read:
                raise Refused("move.differs", table=table.name, n=arrived.rows, expected=read.rows)
    progress.step(2 * len(tables), 2 * len(tables))
    return identity.depot_id, contents


def _set_aside(path: Path, depot_id: str, now: datetime) -> str:
    aside = copies.set_aside(path, path.with_name(backups.copy_name(depot_id, now, CopyKind.SET_ASIDE)))
    return str(aside) if aside else ""
