"""What the program does by itself to keep a database safe: its state at the start, the marks it leaves beside the file.

``<file>.open`` says that a window has the database open; found at the next start it means that the end was not clean.
``<file>.restore`` holds the copy that is to be put back at the next start, before anything is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.backups import BackupCopy
from app.errors import Refused, Unavailable
from app.persistence import copies, forwarding
from app.progress import UNWATCHED, Progress
from app.services import backup
from app.services.backup import Restored


@dataclass(frozen=True, slots=True)
class Damaged:
    """The file does not pass the engine's check, or is ``gone``. ``newest``: the newest good copy, if there is one.

    ``undecided``: copies there are, but of several depots; a person must say which.
    """

    place: str
    reason: str
    newest: BackupCopy | None
    gone: bool = False
    undecided: Refused | None = None


def opened(target: str) -> None:
    """A window has ``target`` open from now on. A folder that cannot be written to says so soon enough by itself."""
    backup.tidy(target)
    _write(_mark(backup.file_of(target), "open"), "")


def closed(target: str) -> None:
    """It was closed as it should be."""
    _mark(backup.file_of(target), "open").unlink(missing_ok=True)


def ask_restore(target: str, copy: str) -> None:
    """Put ``copy`` back at the next start, when nothing has the file open. As :func:`app.services.backup.look`."""
    backup.look(target, copy)
    mark = _mark(backup.file_of(target), "restore")
    _write(mark, copy)
    if not mark.exists():
        raise Unavailable("backup.not-written", place=str(mark), reason="")


def restore_asked(target: str, now: datetime, progress: Progress = UNWATCHED) -> Restored | None:
    """Do what :func:`ask_restore` asked for, once, or finish what was killed; ``None`` when there is neither."""
    mark = _mark(backup.file_of(target), "restore")
    if not mark.exists():
        done = backup.resume(target)
        if done is not None:
            closed(target)
        return done
    copy = mark.read_text(encoding="utf-8").strip()
    mark.unlink()                       # once: a copy that cannot be put back must not stop every start
    done = backup.restore(target, copy, now, progress)
    closed(target)
    return done


def check_after_unclean_end(target: str, second: str = "", progress: Progress = UNWATCHED) -> Damaged | None:
    """Check the file after a pulled plug (about 1.4 s per GB); what is wrong, or ``None``.

    Refused: ``database.moved`` where nothing was lost, but its depot is elsewhere.
    """
    path = backup.file_of(target)
    forwarding.refuse(path)
    progress.step(0, 0)
    if not path.exists():
        return _damaged(target, second, "", gone=True)
    found = copies.engine_findings(path, quick=True)
    if not found:
        try:
            copies.state_of(path)
        except (Unavailable, Refused) as error:
            found = [str(error.facts.get("reason", error.code))]
    if found:
        return _damaged(target, second, found[0])
    closed(target)
    return None


def _damaged(target: str, second: str, reason: str, *, gone: bool = False) -> Damaged:
    place = str(backup.file_of(target))
    try:
        return Damaged(place, reason, backup.newest_good(target, second), gone)
    except Refused as refusal:
        return Damaged(place, reason, None, gone, refusal)


def _mark(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        return
