"""After a copy took the place of a lost database: what the centre gave back, and what is missing, by serial (spec 4).

``<file>.restored`` beside the database keeps what the restore knew until a person has looked after it: how far the
copy went, and which cases the damaged file had changed since, as far as it could still be read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.depot import Depot
from app.domain.settings import DepotSetting
from app.errors import Unavailable
from app.persistence import batches, copies, recovering, sendings
from app.persistence import settings as setting_rows
from app.persistence import sync as nights
from app.persistence.copies import Lost
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Recovery:
    """How a recovery stands.

    ``settled``: the night since has fetched what the centre had (or there is no centre). ``missing``: cases of which
    the lost file knew more; ``None`` when nothing could be read from it. ``known_until``: up to then everything is on
    record; what was done between then and ``lost_at`` stands only on signed papers. ``contents_back``: photos and
    scans whose bytes the centre gave back since; ``contents_missing``: those whose bytes are not here (yet).
    """

    copy_made: datetime
    lost_at: datetime
    joined: bool
    settled: bool
    given_back: tuple[Lost, ...]
    missing: tuple[Lost, ...] | None
    known_until: datetime | None
    contents_back: int = 0
    contents_missing: int = 0


@dataclass(frozen=True, slots=True)
class _Note:
    """What the file beside the database holds. ``told``: the state of the recovery that was told without a window."""

    made: datetime
    at: datetime
    origin: int
    seq: int
    origins: tuple[int, ...]
    lost: tuple[Lost, ...] | None
    told: str = ""


def note_of(path: Path) -> Path:
    """Where the note about a restore into ``path`` lies."""
    return path.with_name(f"{path.name}.restored")


def part_of_note(path: Path) -> Path:
    """Where that note lies until the copy has taken its place."""
    return copies.part_of(note_of(path))


def write(path: Path, copy: Path, made: datetime, now: datetime, lost: tuple[Lost, ...] | None) -> Path:
    """Write down what a restore of ``copy`` into ``path`` knows: how far the copy goes, what the file had ``lost``.

    Returns where it lies until the copy has taken its place (then it goes to :func:`note_of`). Unavailable:
    ``backup.not-written``, ``backup.damaged``.
    """
    state = copies.state_of(copy)
    return _write(path, _Note(made, now, state.origin, state.seq, tuple(copies.origins_in(copy)), lost))


@dataclass(frozen=True, slots=True)
class Noted:
    """What a restore wrote down: when its copy was ``made``, and what the old file had ``lost`` to it."""

    made: datetime
    lost: tuple[Lost, ...] | None


def take_up(path: Path) -> Noted | None:
    """Keep the note of :func:`write` after its restore was killed and finished; ``None``: none that can be read."""
    written = part_of_note(path)
    if not written.is_file():
        return None
    try:
        kept = _parsed(written)
    except (OSError, *_SPOILT):
        copies.remove(written)      # it was being written
        return None
    copies.put(written, note_of(path))
    return Noted(kept.made, kept.lost)


def joined(before: tuple[Lost, ...] | None, now: tuple[Lost, ...] | None) -> tuple[Lost, ...] | None:
    """What two restores in a row lost together; ``None``: of one it cannot be read."""
    if before is None or now is None:
        return None
    told = {one.case_number for one in before}
    return (*before, *(one for one in now if one.case_number not in told))


def remember(path: Path, copy: Path, made: datetime, now: datetime, lost: tuple[Lost, ...] | None) -> None:
    """Keep the note of :func:`write` from now on."""
    copies.put(write(path, copy, made, now, lost), note_of(path))


def standing(depot: Depot) -> Recovery | None:
    """The recovery that somebody should still look after; ``None``: there is none.

    Unavailable: ``recovery.unreadable``, once: a note that cannot be read is set aside.
    """
    path = depot.database.path
    kept = _read(path) if path is not None else None
    return None if kept is None else _standing(depot, kept)


def news(depot: Depot) -> Recovery | None:
    """As :func:`standing`, but only when it stands otherwise than at the last time: for those who have no window."""
    path = depot.database.path
    kept = _read(path) if path is not None else None
    if path is None or kept is None:
        return None
    found = _standing(depot, kept)
    state = sha256(repr((
        found.settled, found.given_back, found.missing, found.known_until, found.contents_missing,
    )).encode()).hexdigest()
    if state == kept.told:
        return None
    copies.put(_write(path, replace(kept, told=state)), note_of(path))
    return found


def put_away(depot: Depot) -> None:
    """Somebody has looked after what is missing: the list is not shown again."""
    if depot.database.path is not None:
        note_of(depot.database.path).unlink(missing_ok=True)


__all__ = ["Lost", "Recovery", "news", "note_of", "put_away", "remember", "standing", "write"]


def _missing(tx: Tx, lost: tuple[Lost, ...], back: tuple[Lost, ...]) -> tuple[Lost, ...]:
    """Those whose newest entry did not come back; a change without an entry of its own counts by its case."""
    here = recovering.entries_here(tx, [one.entry_id for one in lost if one.entry_id])
    numbers = {one.case_number for one in back}
    return tuple(
        one for one in lost if (one.entry_id not in here if one.entry_id else one.case_number not in numbers)
    )


def _standing(depot: Depot, kept: _Note) -> Recovery:
    with depot.read() as tx:
        joined = bool(setting_rows.values(tx).get(DepotSetting.CENTRE.value, "").strip())
        here = batches.here(tx.connection)
        since = [one for one in nights.recent(tx, 30) if one.started_at >= kept.at]
        verified = any(one.outcome == "VERIFIED" for one in since)
        back = recovering.given_back(tx, kept.origin, kept.seq, {*kept.origins, here.origin})
        until = recovering.known_until(tx, here.origin, kept.at)
        return Recovery(
            kept.made.astimezone(depot.zone), kept.at.astimezone(depot.zone), joined,
            here.origin != kept.origin or verified or not joined, back,
            None if kept.lost is None else _missing(tx, kept.lost, back),
            until.astimezone(depot.zone) if until else None,
            sum(int(one.facts.get("contents_back", 0)) for one in since), len(sendings.missing(tx)),
        )


def _write(path: Path, note: _Note) -> Path:
    plain = {**asdict(note), "made": note.made.isoformat(), "at": note.at.isoformat()}
    return copies.write_beside(note_of(path), json.dumps(plain, ensure_ascii=False))


def _read(path: Path) -> _Note | None:
    """What is noted beside ``path``. A note that says nothing is set aside, so that it is told of once."""
    where = note_of(path)
    if not where.exists():
        return None
    try:
        return _parsed(where)
    except OSError as error:
        raise Unavailable("recovery.unreadable", place=str(where), reason=error.strerror or str(error)) from error
    except _SPOILT as error:
        aside = where.with_name(f"{where.name}.unreadable")
        copies.put(where, aside)
        raise Unavailable("recovery.unreadable", place=str(aside), reason=str(error)) from error


#: What comes of reading a note that is not as it was written.
_SPOILT = (ValueError, KeyError, TypeError, AttributeError)


def _parsed(where: Path) -> _Note:
    kept = json.loads(where.read_text(encoding="utf-8"))
    return _Note(
        datetime.fromisoformat(kept["made"]), datetime.fromisoformat(kept["at"]), int(kept["origin"]),
        int(kept["seq"]), tuple(kept["origins"]),
        None if kept["lost"] is None else tuple(Lost(**one) for one in kept["lost"]), str(kept.get("told", "")),
    )
