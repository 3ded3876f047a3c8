"""Backups: which copies there are, when the next is due, which generations are kept (spec 4, "Safety around it").

A copy's name says all that is needed to choose it: ``SH1-20261122T013000Z-nightly.db``. Times in names are UTC, so that
they sort.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import PurePath

#: Between two quick copies: the most work that is lost with a disk.
QUICK_EVERY = timedelta(minutes=30)
#: A nightly copy older than this is overdue and is made at the next chance.
NIGHTLY_EVERY = timedelta(hours=24)
#: How many generations of each kind are kept.
KEPT_QUICK, KEPT_NIGHTLY = 48, 30
#: Below this much room, or less than three copies' worth, people are warned.
LEAST_FREE_BYTES = 1_000_000_000


class CopyKind(StrEnum):
    """Why a copy was made."""

    NIGHTLY = "nightly"          # compact, checked
    QUICK = "quick"              # every half hour while somebody works
    MANUAL = "manual"            # asked for by a person; never dropped by itself
    SET_ASIDE = "set-aside"      # what stood there before a restore; never dropped by itself


@dataclass(frozen=True, slots=True, order=True)
class BackupCopy:
    """One copy. ``made``: to the second, UTC; ``size`` in bytes."""

    made: datetime
    depot_id: str
    kind: CopyKind
    place: str
    size: int = 0

    @property
    def name(self) -> str:
        """The file's name."""
        return copy_name(self.depot_id, self.made, self.kind)


_NAME = re.compile(r"(?P<depot>[A-Z][A-Z0-9]{1,7})-(?P<made>\d{8}T\d{6})Z-(?P<kind>nightly|quick|manual|set-aside)\.db")


def copy_name(depot_id: str, made: datetime, kind: CopyKind) -> str:
    """How the copy of ``depot_id`` made at ``made`` is called."""
    return f"{depot_id}-{made.astimezone(UTC):%Y%m%dT%H%M%S}Z-{kind.value}.db"


def recognised(place: str, size: int = 0) -> BackupCopy | None:
    """The copy whose file lies at ``place``; ``None`` for a file that is none of ours."""
    found = _NAME.fullmatch(PurePath(place).name)
    if found is None:
        return None
    try:
        made = datetime.strptime(found["made"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupCopy(made, found["depot"], CopyKind(found["kind"]), place, size)


def newest_first(copies: Iterable[BackupCopy], now: datetime) -> list[BackupCopy]:
    """By age. A copy from the future (a clock was ahead when it was made) counts as older than all others."""
    return sorted(copies, key=lambda copy: (copy.made <= now, copy), reverse=True)


def dropped(
    copies: Iterable[BackupCopy], now: datetime, quick: int = KEPT_QUICK, nightly: int = KEPT_NIGHTLY
) -> list[BackupCopy]:
    """The copies that are older than the newest ``quick`` and ``nightly`` ones of their kind, oldest first.

    As in :func:`newest_first`: the one just made always stays.
    """
    by_age = newest_first(copies, now)
    over: list[BackupCopy] = []
    for kind, kept in ((CopyKind.QUICK, quick), (CopyKind.NIGHTLY, nightly)):
        over += [copy for copy in by_age if copy.kind is kind][max(kept, 1):]
    return sorted(over)


def due(copies: Sequence[BackupCopy], now: datetime, *, at_night: bool) -> CopyKind | None:
    """Which copy is to be made now; ``None``: none. A copy from the future (a clock was set back) does not count.

    The nightly one is made ``at_night``, or at any time of day once the last is a day and a half old.
    """
    ages = {
        kind: min((now - copy.made for copy in copies if copy.kind is kind and copy.made <= now), default=None)
        for kind in (CopyKind.NIGHTLY, CopyKind.QUICK)
    }
    nightly, quick = ages[CopyKind.NIGHTLY], ages[CopyKind.QUICK]
    if at_night and (nightly is None or nightly >= NIGHTLY_EVERY / 2):
        return CopyKind.NIGHTLY
    if nightly is not None and nightly >= NIGHTLY_EVERY * 1.5:
        return CopyKind.NIGHTLY
    newest = min((age for age in (nightly, quick) if age is not None), default=None)
    return CopyKind.QUICK if newest is None or newest >= QUICK_EVERY else None


def scarce(free: int, size: int) -> bool:
    """Whether ``free`` bytes are too few beside a database of ``size`` bytes."""
    return free < max(LEAST_FREE_BYTES, 3 * size)
