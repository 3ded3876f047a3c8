"""After a copy took the place of a lost database: what the centre gave back, and what is missing, by serial (spec 4).

``<file>.restored`` beside the database keeps what the restore knew until a person has looked after it: how far the
copy went, and which cases the damaged file had changed since, as far as it could still be read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.depot import Depot
from app.domain.settings import DepotSetting
from app.errors import Unavailable
from app.persistence import batches, copies, recovering
from app.persistence import settings as setting_rows
from app.persistence import sync as nights
from app.persistence.copies import Lost
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Recovery:
    """How a recovery stands.

    ``settled``: the night since has fetched what the centre had (or there is no centre). ``missing``: cases of which
    the lost file knew more; ``None`` when nothing could be read from it. ``known_until``: up to then everything is on
    record; what was done between then and ``lost_at`` stands only on signed papers.
    """

    copy_made: datetime
    lost_at: datetime
    joined: bool
    settled: bool
    given_back: tuple[Lost, ...]
    missing: tuple[Lost, ...] | None
    known_until: datetime | None


def remember(path: Path, copy: Path, made: datetime, now: datetime, lost: tuple[Lost, ...] | None) -> None:
    """Keep what a restore of ``copy`` into ``path`` knew: how far the copy goes, what the file had ``lost``."""
    state = copies.state_of(copy)
    text = json.dumps({
        "made": made.isoformat(), "at": now.isoformat(), "origin": state.origin, "seq": state.seq,
        "origins": copies.origins_in(copy),
        "lost": None if lost is None else [asdict(one) for one in lost],
    }, ensure_ascii=False)
    try:
        _mark(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Unavailable("backup.not-written", place=str(path), reason=error.strerror or str(error)) from error


def standing(depot: Depot) -> Recovery | None:
    """The recovery that somebody should still look after; ``None``: there is none."""
    path = depot.database.path
    if path is None or not _mark(path).exists():
        return None
    kept = json.loads(_mark(path).read_text(encoding="utf-8"))
    lost = None if kept["lost"] is None else tuple(Lost(**one) for one in kept["lost"])
    at = datetime.fromisoformat(kept["at"])
    with depot.read() as tx:
        joined = bool(setting_rows.values(tx).get(DepotSetting.CENTRE.value, "").strip())
        origin, seq = kept["origin"], kept["seq"]
        here = batches.here(tx.connection)
        verified = any(one.outcome == "VERIFIED" and one.started_at >= at for one in nights.recent(tx, 30))
        back = recovering.given_back(tx, origin, seq, {*kept["origins"], here.origin})
        until = recovering.known_until(tx, here.origin)
        return Recovery(
            datetime.fromisoformat(kept["made"]).astimezone(depot.zone), at.astimezone(depot.zone), joined,
            here.origin != origin or verified or not joined, back, None if lost is None else _missing(tx, lost, back),
            until.astimezone(depot.zone) if until else None,
        )


def put_away(depot: Depot) -> None:
    """Somebody has looked after what is missing: the list is not shown again."""
    if depot.database.path is not None:
        _mark(depot.database.path).unlink(missing_ok=True)


__all__ = ["Lost", "Recovery", "put_away", "remember", "standing"]


def _missing(tx: Tx, lost: tuple[Lost, ...], back: tuple[Lost, ...]) -> tuple[Lost, ...]:
    """Those whose newest entry did not come back; a change without an entry of its own counts by its case."""
    here = recovering.entries_here(tx, [one.entry_id for one in lost if one.entry_id])
    numbers = {one.case_number for one in back}
    return tuple(
        one for one in lost if (one.entry_id not in here if one.entry_id else one.case_number not in numbers)
    )


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.restored")
