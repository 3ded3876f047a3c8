"""Backups: make a copy, see which there are, put one back (spec 4, "Safety around it").

These work on the file, not on an open depot: a restore is needed when nothing can be opened. Nothing is written into
the database by a copy. A database on PostgreSQL is copied into a file by ``move``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.changes import Changes
from app.depot import Clock, system_clock
from app.domain import backups
from app.domain.backups import BackupCopy, CopyKind
from app.errors import Refused, Unavailable
from app.persistence import copies, forwarding
from app.persistence.copies import Lost
from app.persistence.database import as_url
from app.progress import UNWATCHED, Progress
from app.services import recovery


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A copy was made. ``second`` is the copy at the second place; ``second_failed`` says why there is none."""

    copy: BackupCopy
    second: BackupCopy | None
    second_failed: Unavailable | None
    dropped: int
    changes: Changes = Changes.SYNC


@dataclass(frozen=True, slots=True)
class CopySheet:
    """A copy looked at before it is put back. ``lost``: what has changed since; ``None``: that cannot be read."""

    copy: BackupCopy
    depot_name: str
    lost: tuple[Lost, ...] | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy stands in the place of the database. ``set_aside``: where the old one lies now."""

    place: str
    copy: BackupCopy
    set_aside: str
    lost: tuple[Lost, ...] | None = field(default=None)


def file_of(target: str) -> Path:
    """The file of an SQLite database. Refused: ``backup.on-server`` for one on a server."""
    url = as_url(target)
    if url.get_backend_name() != "sqlite":
        raise Refused("backup.on-server", field="database", value=url.render_as_string(hide_password=True))
    return Path(url.database or "")


def folder_of(target: str) -> Path:
    """Where the copies of a database lie: ``backups`` beside its file."""
    return file_of(target).parent / "backups"


def back_up(
    target: str, now: datetime, kind: CopyKind, *, second: str = "", folder: str = "", progress: Progress = UNWATCHED
) -> BackedUp:
    """Copy the database at ``target``, once beside it (or into ``folder``) and once to the folder ``second``, if any.

    Copies beyond the kept generations are thrown away, after the new one is safe. A second place that is not there (a
    stick that was pulled out) does not spoil the first copy. As :func:`app.persistence.copies.copy`. Refused:
    ``database.empty`` where there is no depot, ``database.moved`` where there is none any more.
    """
    source = file_of(target)
    if not source.exists():
        forwarding.refuse(source)
        raise Refused("database.empty", field="database", place=str(source))
    depot_id = copies.state_of(source).depot_id
    first = Path(folder) if folder else folder_of(target)
    steps = 2 if second else 1

    def stop() -> None:
        progress.step(0, steps)

    place = first / backups.copy_name(depot_id, now, kind)
    copies.copy(source, place, compact=kind is not CopyKind.QUICK, stop=stop)
    progress.step(1, steps)
    made = BackupCopy(now.replace(microsecond=0), depot_id, kind, str(place), place.stat().st_size)
    also, failed = None, None
    if second:
        try:
            other = Path(second) / place.name
            copies.copy(place, other, compact=False, stop=stop)
            also = BackupCopy(made.made, depot_id, kind, str(other), other.stat().st_size)
        except Unavailable as error:
            failed = error
    gone = sum(
        copies.remove(Path(old.place))
        for where in filter(None, (first, Path(second) if second else None))
        for old in backups.dropped(_of(depot_id, copies_in([where])), now)
    )
    return BackedUp(made, also, failed, gone)


def copies_in(folders: Sequence[Path]) -> list[BackupCopy]:
    """The copies in ``folders``, newest first."""
    found = (backups.recognised(str(path), size) for path, size in copies.files(folders))
    return sorted((copy for copy in found if copy is not None), reverse=True)


def listed(target: str, second: str = "") -> list[BackupCopy]:
    """The copies of the database at ``target`` in both places, newest first.

    Several depots may share a second place, even a folder. Where the file does not say whose it is, all are listed.
    """
    found = copies_in([folder_of(target), *([Path(second)] if second else [])])
    depot_id = _written_in(file_of(target))
    return _of(depot_id, found) if depot_id else found


def due(target: str, now: datetime, *, at_night: bool) -> CopyKind | None:
    """Which copy of ``target`` is to be made now."""
    return backups.due(listed(target), now, at_night=at_night)


def scarce(target: str) -> int | None:
    """How many bytes are left beside the database when they are too few; ``None`` when there is room."""
    path = file_of(target)
    free = copies.free_bytes(path)
    return free if backups.scarce(free, path.stat().st_size if path.exists() else 0) else None


def look(target: str, copy: str) -> CopySheet:
    """What putting ``copy`` back would mean: whose it is, and which serials have changed since.

    Refused: ``backup.unknown``, ``backup.same-file``, ``backup.not-ours``, ``database.newer``, ``backup.other-depot``,
    ``database.moved``. Unavailable: ``backup.damaged``.
    """
    path = file_of(target)
    forwarding.refuse(path)
    chosen = _chosen(copy)
    if path.exists() and path.samefile(chosen.place):
        raise Refused("backup.same-file", field="copy", value=copy)
    state = copies.state_of(Path(chosen.place))
    # a file that cannot be read is of those whose copies lie beside it; one that is not there may become anybody's
    depots = [] if not path.exists() else [found] if (found := _written_in(path)) else _depots_in(folder_of(target))
    if depots and state.depot_id not in depots:
        raise Refused("backup.other-depot", field="copy", depot=state.depot_id, present=depots)
    lost = copies.later_than(path, state.seq) if path.exists() else None
    return CopySheet(chosen, state.name, tuple(lost) if lost is not None else None)


def restore(target: str, copy: str, now: datetime, progress: Progress = UNWATCHED) -> Restored:
    """Put ``copy`` in the place of the database at ``target``; the old file is set aside, never thrown away.

    The database then has an older history than the centre knows of: the next night meets a fork, on purpose, and
    fetches back what the centre has (spec 4). Nobody may have the database open; who waits for it while it is replaced
    is refused (``law.replaced``). What fails, fails before the old file is moved, or puts it back; what was killed in
    between is finished first. As :func:`look`; also ``backup.in-use``.
    """
    path = file_of(target)
    before = resume(target)
    sheet = look(target, copy)
    source = Path(sheet.copy.place)
    if copies.in_use(path):
        raise Refused("backup.in-use", field="database", place=str(path))
    progress.step(0, 3)
    if found := copies.engine_findings(source, quick=False):
        raise Unavailable("backup.damaged", place=str(source), reason=found[0])
    progress.step(1, 3)
    arriving = _arriving(path)
    with ExitStack() as back:
        copies.copy(source, arriving, compact=False, stop=lambda: progress.step(1, 3))
        back.callback(copies.remove, arriving)
        forwarding.reopen_file(arriving)        # a file that was set aside counts again
        progress.step(2, 3)
        progress.step(3, 3)                     # the last moment to stop
        if forwarding.close_file(path):
            back.callback(forwarding.reopen_file, path)
        lost = look(target, copy).lost          # somebody may have worked on while the copy was made
        if before is not None:
            lost = recovery.joined(before.lost, lost)
        note = recovery.write(path, source, sheet.copy.made, now, lost)
        back.callback(copies.remove, note)
        moved = copies.set_aside(path, copies.name_aside(path, sheet.copy.depot_id, now))
        if moved is not None:
            back.callback(_come_back, moved, path)
        copies.put(arriving, path)
        back.callback(copies.remove, path)
        copies.put(note, recovery.note_of(path))
        back.pop_all()
    return Restored(str(path), sheet.copy, str(moved) if moved and moved.exists() else "", lost)


def resume(target: str) -> Restored | None:
    """Finish a restore that was killed after the old file was set aside; ``None`` when there is nothing to finish.

    The copy was whole and checked before the old file was touched; it is checked again.
    """
    path = file_of(target)
    arriving = _arriving(path)
    if path.exists() or not arriving.exists() or copies.engine_findings(arriving, quick=True):
        return None
    forwarding.reopen_file(arriving)
    state = copies.state_of(arriving)
    made = datetime.fromtimestamp(arriving.stat().st_mtime, UTC)
    copies.set_aside(path, copies.name_aside(path, state.depot_id, made))       # a log without its file
    copies.put(arriving, path)
    noted = recovery.take_up(path)
    aside = [old.place for old in _of(state.depot_id, copies_in([path.parent])) if old.kind is CopyKind.SET_ASIDE]
    copy = BackupCopy(noted.made if noted else made, state.depot_id, CopyKind.MANUAL, str(path), path.stat().st_size)
    return Restored(str(path), copy, aside[0] if aside else "", noted.lost if noted else None)


def tidy(target: str) -> None:
    """The database is worked in: what a killed restore left beside it goes.

    Killed before the old file was set aside, it is given up; after the copy took its place, its note is kept. One that
    is under way just now finds its copy gone, and puts back what it has moved.
    """
    path = file_of(target)
    arriving = _arriving(path)
    given_up = arriving.with_name(f"{arriving.name}.given-up")
    if not path.exists():
        return
    if arriving.exists():
        try:
            arriving.replace(given_up)
        except OSError:
            return                          # it was faster: its copy has just taken the place
    if given_up.exists():
        forwarding.reopen_file(path)
        copies.remove(recovery.part_of_note(path))
        copies.remove(given_up)
    else:
        recovery.take_up(path)


def newest_good(target: str, second: str = "", clock: Clock = system_clock) -> BackupCopy | None:
    """The newest copy that passes the engine's check: what a damaged file is replaced with.

    Of this depot only: its file says which that is, else the copies that lie beside it, else those at the second
    place. Refused: ``backup.two-depots`` when these are of several, ``database.moved``.
    """
    forwarding.refuse(file_of(target))
    depot_id = _written_in(file_of(target)) or _presumed(target, second)
    found = copies_in([folder_of(target), *([Path(second)] if second else [])])
    for copy in backups.newest_first(_of(depot_id, found), clock()):
        if copy.kind is CopyKind.SET_ASIDE or copies.engine_findings(Path(copy.place), quick=True):
            continue
        if _written_in(Path(copy.place)) == depot_id:       # a name may have been given by hand
            return copy
    return None


def _written_in(path: Path) -> str:
    """The depot whose database lies at ``path``; empty when there is none, or it cannot be read."""
    if not path.exists():
        return ""
    try:
        return copies.state_of(path).depot_id
    except (Unavailable, Refused):
        return ""


def _presumed(target: str, second: str) -> str:
    """Whose a database was that cannot be read: its copies lie beside it, or at least at the second place."""
    for folder in (folder_of(target), *([Path(second)] if second else [])):
        depots = _depots_in(folder)
        if len(depots) > 1:
            raise Refused("backup.two-depots", field="copy", place=str(folder), depots=depots)
        if depots:
            return depots[0]
    return ""


def _depots_in(folder: Path) -> list[str]:
    return sorted({copy.depot_id for copy in copies_in([folder]) if copy.kind is not CopyKind.SET_ASIDE})


def _come_back(moved: Path, path: Path) -> None:
    """The old file stands under its name again, unless another start has finished this restore meanwhile."""
    if not path.exists():
        copies.set_aside(moved, path)


def _arriving(path: Path) -> Path:
    """Where a copy that is to take the place of ``path`` lies, whole, until it does."""
    return path.with_name(path.name + ".restoring")


def _of(depot_id: str, found: Sequence[BackupCopy]) -> list[BackupCopy]:
    return [copy for copy in found if copy.depot_id == depot_id]


def _chosen(place: str) -> BackupCopy:
    path = Path(place)
    if not path.is_file():
        raise Refused("backup.unknown", field="copy", value=place)
    size = path.stat().st_size
    known = backups.recognised(place, size)
    if known is not None:
        return known
    state = copies.state_of(path)           # a file somebody renamed is as good
    made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return BackupCopy(made, state.depot_id, CopyKind.MANUAL, place, size)
