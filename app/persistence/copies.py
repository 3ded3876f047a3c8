"""Copies of an SQLite database: whole, checked, on the disk when they are called done (spec 4, "Backups").

An incremental copy never ends under a writer, so it is not used: a nightly copy is ``VACUUM INTO`` (compact), a quick
one the engine's copy of all pages in one step. Both are one snapshot.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain import backups
from app.domain.backups import CopyKind
from app.errors import Refused, Unavailable
from app.persistence.migrate import HEAD

#: What the engine may leave beside a database file.
LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class FileState:
    """What a database file says of itself. ``depot_id`` is empty for a database that is not ours."""

    depot_id: str
    name: str
    revision: str
    origin: int
    seq: int
    journal_no: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A case whose newest changes are not in a copy. ``entry_id``: the journal's last word on it; empty: none."""

    serial: str
    case_number: str
    model: str
    entry_id: str = ""


def copy(source: Path, target: Path, *, compact: bool, stop: Callable[[], None] = lambda: None) -> None:
    """Copy the database file ``source`` to ``target``; it appears under its name only when it is whole and checked.

    ``stop`` is asked now and then and raises to give up. Unavailable: ``backup.no-room``, ``backup.not-written``,
    ``backup.damaged`` (the copy does not pass the engine's check: so the source is damaged).
    """
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < source.stat().st_size + 16_000_000:
            raise Unavailable("backup.no-room", place=str(target.parent))
        remove(partial)
        stop()
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as link:
            link.set_progress_handler(lambda: _stopped(stop), 100_000)
            if compact:
                link.execute("VACUUM INTO ?", (str(partial),))
            else:
                with closing(sqlite3.connect(partial)) as copied:
                    link.backup(copied)
                    copied.execute("PRAGMA journal_mode=DELETE")
        stop()
        if found := engine_findings(partial, quick=True):
            raise Unavailable("backup.damaged", place=str(source), reason=found[0])
        _on_disk(partial)
        partial.replace(target)
        _on_disk(target.parent)
    except sqlite3.Error as error:
        remove(partial)
        stop()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise Unavailable("backup.damaged", place=str(source), reason=str(error)) from error
        raise Unavailable("backup.not-written", place=str(target), reason=str(error)) from error
    except OSError as error:
        remove(partial)
        raise Unavailable("backup.not-written", place=str(target), reason=error.strerror or str(error)) from error
    except BaseException:
        remove(partial)
        raise


def engine_findings(path: Path, *, quick: bool) -> list[str]:
    """What the engine's own check finds wrong with a database file; empty when it finds nothing."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as link:
            rows = link.execute("PRAGMA quick_check(20)" if quick else "PRAGMA integrity_check(100)").fetchall()
            found = [str(text) for (text,) in rows if text != "ok"]
            if not quick and not found:
                found = [f"{table} {rowid} → {parent}"
                         for table, rowid, parent, _no in link.execute("PRAGMA foreign_key_check").fetchmany(100)]
    except sqlite3.Error as error:
        return [str(error)]
    return found


def state_of(path: Path) -> FileState:
    """Whose database lies at ``path`` and how far it has come.

    Unavailable: ``backup.damaged``. Refused: ``backup.not-ours`` (no depot's database), ``database.newer``.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as link:
            row = link.execute("SELECT depot_id, name, origin, seq, journal_no FROM node").fetchone()
            revision = link.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise Refused("backup.not-ours", field="copy", value=str(path)) from error
        raise Unavailable("backup.damaged", place=str(path), reason=str(error)) from error
    except sqlite3.Error as error:
        raise Unavailable("backup.damaged", place=str(path), reason=str(error)) from error
    if row is None or revision is None:
        raise Refused("backup.not-ours", field="copy", value=str(path))
    if revision[0] > HEAD:
        raise Refused("database.newer", field="copy", place=str(path), found=revision[0], known=HEAD)
    return FileState(row[0], row[1], revision[0], *row[2:])


def origins_in(path: Path) -> list[int]:
    """The origins under which the rows of a database were written: its own, and those before its forks."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as link:
            return [row[0] for row in link.execute("SELECT DISTINCT origin FROM journal ORDER BY origin")]
    except sqlite3.Error as error:
        raise Unavailable("backup.damaged", place=str(path), reason=str(error)) from error


def in_use(path: Path) -> bool:
    """Whether somebody else has the database at ``path`` open. Leaving WAL needs to be alone with a file."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0)) as link:
            link.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        return is_busy(error)
    return False


def is_busy(error: sqlite3.Error) -> bool:
    """Whether the engine could not do it because somebody else has the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def name_aside(path: Path, depot_id: str, now: datetime) -> Path:
    """Where the old file at ``path`` goes; what was set aside in the same second stays."""
    while True:
        aside = path.with_name(backups.copy_name(depot_id, now, CopyKind.SET_ASIDE))
        if not any(aside.with_name(aside.name + ending).exists() for ending in (*LOGS, "")):
            return aside
        now += timedelta(seconds=1)


def set_aside(path: Path, target: Path) -> Path | None:
    """Move the database at ``path`` and its logs away to ``target``; ``None`` when nothing lies there.

    Logs go even where their file is gone: the engine would play them into the file that is put there next.
    Nothing is thrown away: a damaged file may still be read by somebody who knows how. Where one part cannot be moved
    (Unavailable: ``backup.not-written``), those already moved come back: a log without its file would be lost work.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in (*LOGS, ""):      # the file itself last: what is interrupted is still found under its name
            part, there = (place.with_name(place.name + ending) for place in (path, target))
            if part.exists():
                part.replace(there)
                moved.append((part, there))
        _on_disk(path.parent)
    except OSError as error:
        for part, there in reversed(moved):
            there.replace(part)
        raise Unavailable("backup.not-written", place=str(target), reason=error.strerror or str(error)) from error
    return target if moved else None


def put(path: Path, target: Path) -> None:
    """Give the file at ``path`` the name ``target``, at once and for good."""
    try:
        path.replace(target)
        _on_disk(target.parent)
    except OSError as error:
        raise Unavailable("backup.not-written", place=str(target), reason=error.strerror or str(error)) from error


def part_of(path: Path) -> Path:
    """Where :func:`write_beside` writes what is to be at ``path``."""
    return path.with_name(path.name + ".part")


def write_beside(path: Path, text: str) -> Path:
    """Write ``text`` beside ``path``, on the disk, to be :func:`put` there: a note is there whole or not at all."""
    partial = part_of(path)
    try:
        partial.write_text(text, encoding="utf-8")
        _on_disk(partial)
    except OSError as error:
        remove(partial)
        raise Unavailable("backup.not-written", place=str(path), reason=error.strerror or str(error)) from error
    return partial


def later_than(path: Path, seq: int, limit: int = 10_000) -> list[Lost] | None:
    """The cases at ``path`` with a change after stamp ``seq``, so far as a damaged file can still be read.

    ``None``: nothing can be read from it.
    """
    sql = """SELECT DISTINCT u.serial, c.number, p.model, (
            SELECT j.id FROM journal j WHERE j.depot_id = c.depot_id AND j.case_id = c.id AND j.seq > ?1
            ORDER BY j.seq DESC LIMIT 1) FROM return_cases c
        JOIN units u ON u.depot_id = c.depot_id AND u.id = c.unit_id
        LEFT JOIN products p ON p.id = c.product_id
        WHERE c.seq > ?1 OR u.seq > ?1 OR EXISTS (
            SELECT 1 FROM journal j WHERE j.depot_id = c.depot_id AND j.case_id = c.id AND j.seq > ?1)
        ORDER BY c.number"""
    found: list[Lost] = []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as link:
            for serial, number, model, entry_id in link.execute(sql, (seq,)):
                found.append(Lost(serial, number, model or "", entry_id or ""))
                if len(found) >= limit:
                    break
    except sqlite3.Error:
        return found or None
    return found


def files(folders: Iterable[Path]) -> list[tuple[Path, int]]:
    """Every database file in ``folders`` with its size; a folder that is not there holds none."""
    found = []
    for folder in folders:
        try:
            found += [(entry, entry.stat().st_size) for entry in folder.glob("*.db") if entry.is_file()]
        except OSError:
            continue
    return found


def remove(path: Path) -> bool:
    """Throw an old copy away; ``False`` when that cannot be done now."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def free_bytes(path: Path) -> int:
    """How much room there is beside ``path``."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def _stopped(stop: Callable[[], None]) -> int:
    try:
        stop()
    except Exception:  # noqa: BLE001  the engine is told to stop; the copy asks again and raises
        return 1
    return 0


def _on_disk(path: Path) -> None:
    """Make sure a file, or the names in a folder, are on the disk and not only on their way."""
    if os.name == "nt" and path.is_dir():
        return      # folders cannot be synced there; the rename is journalled by the file system
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
