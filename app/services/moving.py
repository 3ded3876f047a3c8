"""A depot moves to another database, file or server, and it is proved that everything arrived."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain import backups
from app.domain.backups import CopyKind
from app.errors import Refused
from app.persistence import copies, forwarding, migrate, moving, node
from app.persistence.database import Database
from app.persistence.moving import Content
from app.progress import UNWATCHED, Progress


@dataclass(frozen=True, slots=True)
class Moved:
    """A depot moved. ``contents``: what was read at one end and read back at the other, table by table.

    ``to``: where it is now, as one enters it at a desk (a password left out). ``set_aside``: where the old file lies
    now; empty for a depot that left a server.
    """

    depot_id: str
    contents: tuple[Content, ...]
    set_aside: str
    to: str

    @property
    def rows(self) -> int:
        """How many rows went over."""
        return sum(content.rows for content in self.contents)


def move(
    source: str, target: str, now: datetime, progress: Progress = UNWATCHED, *, lost_there: bool = False
) -> Moved:
    """Copy every row of the depot at ``source`` into the empty database ``target``, compare both, then leave the old.

    Nobody can write to the source meanwhile. An old file is set aside under another name, with a word beside it where
    the depot went; a database on a server keeps that word itself, and from then on refuses to be opened and written.
    All or nothing. ``lost_there``: leave a server a second time, because where the depot went it is lost.

    Refused: ``move.same``, ``move.not-empty``, ``move.differs`` (never seen; nothing is left in the target),
    ``database.empty``, ``database.older``, ``database.newer``, ``database.moved``, ``database.left``.
    """
    if source == target:
        raise Refused("move.same", field="to", value=target)
    with ExitStack() as ends:
        old, new = Database(source), Database(target)
        ends.callback(new.close)
        ends.callback(old.close)
        path, to = old.path, forwarding.shown(new)
        if path is not None and not path.exists():
            forwarding.refuse(path)
            raise Refused("database.empty", field="from", place=old.display)
        migrate.check(old)
        _refuse_full(new)
        word = forwarding.write(path, to) if path is not None else None
        if word is not None:
            ends.callback(copies.remove, word)
        migrate.upgrade(new, now)
        depot_id, contents = _copy(old, new, progress, lost_there=lost_there)
        old.close()
        aside = ""
        if path is not None and word is not None:
            aside = _set_aside(path, depot_id, now)
            forwarding.put(word, path)
        if new.path is not None:
            forwarding.come_back(new.path)
    return Moved(depot_id, tuple(contents), aside, to)


def _refuse_full(new: Database) -> None:
    if new.path is not None and new.path.exists() and new.path.stat().st_size:
        raise Refused("move.not-empty", field="to", value=new.display)
    if new.path is None and migrate.revision(new) is not None:
        with new.read() as connection:
            if node.identity(connection) is not None:
                raise Refused("move.not-empty", field="to", value=new.display)


def _copy(old: Database, new: Database, progress: Progress, *, lost_there: bool) -> tuple[str, list[Content]]:
    tables = moving.tables()
    with old.write() as source, new.bare() as target:
        identity = node.identity(source)
        if identity is None:
            raise Refused("database.empty", field="from", place=old.display)
        if old.path is None and lost_there:
            forwarding.reopen(source)
        forwarding.refuse_left(old, source)
        contents = []
        for n, table in enumerate(tables):
            progress.step(n, 2 * len(tables), table.name)
            contents.append(moving.copy_table(source, target, table))
        moving.index_again(source, target)
        for n, (table, read) in enumerate(zip(tables, contents, strict=True), len(tables)):
            progress.step(n, 2 * len(tables), table.name)
            if (arrived := moving.content_of(target, table)) != read:
                raise Refused("move.differs", table=table.name, n=arrived.rows, expected=read.rows)
        if old.path is None:
            forwarding.leave(source, forwarding.shown(new))
    progress.step(2 * len(tables), 2 * len(tables))
    return identity.depot_id, contents


def _set_aside(path: Path, depot_id: str, now: datetime) -> str:
    aside = copies.set_aside(path, path.with_name(backups.copy_name(depot_id, now, CopyKind.SET_ASIDE)))
    return str(aside) if aside else ""
