"""A depot moves to another database, file or server, and it is proved that everything arrived."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import Refused, Unavailable
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

    Nobody can write to the source meanwhile, and no file is left that somebody has open. The old database keeps the
    word where the depot went, and from then on refuses to be opened and written; a file is also set aside under
    another name, with the word beside it. All or nothing. ``lost_there``: leave a second time, because where the depot
    went it is lost.

    Refused: ``move.same``, ``move.not-empty``, ``move.in-use``, ``move.differs`` (never seen; nothing is left in the
    target), ``database.empty``, ``database.older``, ``database.newer``, ``database.moved``, ``database.left``.
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
        _refuse_full(new)
        if path is not None and copies.in_use(path):
            raise Refused("move.in-use", field="from", place=str(path))
        migrate.check(old)
        word = forwarding.write(path, to) if path is not None else None
        if word is not None:
            ends.callback(copies.remove, word)
        with ExitStack() as back:
            back.callback(_unmade, new)
            migrate.upgrade(new, now)
            depot_id, contents = _copy(old, new, progress, lost_there=lost_there)
            back.pop_all()
        old.close()
        aside = ""
        if path is not None and word is not None:
            aside = _set_aside(path, word, depot_id, now)
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
    with ExitStack() as back:
        # the old one is closed before the new one counts: killed in between there are never two that both do
        with new.bare() as target, old.write() as source:
            identity = node.identity(source)
            if identity is None:
                raise Refused("database.empty", field="from", place=old.display)
            if lost_there:
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
            progress.step(2 * len(tables), 2 * len(tables))
            forwarding.leave(source, forwarding.shown(new))      # who waited for the line is refused, not lost
            back.callback(_reopen, old)
        back.pop_all()
    return identity.depot_id, contents


def _reopen(old: Database) -> None:
    """What was copied could not be kept: the old one counts on."""
    with old.bare() as link:
        forwarding.reopen(link)


def _unmade(new: Database) -> None:
    """A file that was begun for a move that failed does not bar the next."""
    new.close()
    if new.path is not None:
        for ending in ("", "-wal", "-shm"):
            copies.remove(new.path.with_name(new.path.name + ending))


def _set_aside(path: Path, word: Path, depot_id: str, now: datetime) -> str:
    """Where the old file lies now. Where it cannot be moved it stays: whoever opens it is told where the depot went."""
    try:
        forwarding.put(word, path)
        if copies.in_use(path):                 # its log belongs to it until nobody has it open
            return str(path)
        copies.set_aside(path, aside := copies.name_aside(path, depot_id, now))
    except Unavailable:
        return str(path)
    return str(aside)
