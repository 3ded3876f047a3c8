"""Two versions of a row after histories parted: what becomes of each (spec 4, "Push", the fork)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What is done about a key on which depot and centre differ."""

    SEND = "SEND"                # the depot's version stands: it is stamped anew and pushed
    TAKE = "TAKE"                # the centre's version is taken back
    CONFLICT = "CONFLICT"        # both changed: the centre's stands, the depot's goes to the inbox
    DAMAGED = "DAMAGED"          # one stamp, two contents: the centre's stands, the depot's goes to the inbox


@dataclass(frozen=True, slots=True)
class Version:
    """One side's version: stamp, and the number of its content without the stamp."""

    origin: int
    seq: int
    content: int


def fate(mine: Version | None, theirs: Version | None, common: Mapping[int, int]) -> Fate | None:
    """What becomes of a key; ``None``: nothing to do.

    ``common``: origin → the last seq of it that both sides have seen. What lies beyond is new to the other side.
    """
    if theirs is None:
        return None if mine is None else Fate.SEND
    if mine is None:
        return Fate.TAKE
    mine_new = mine.seq > common.get(mine.origin, 0)
    theirs_new = theirs.seq > common.get(theirs.origin, 0)
    if theirs_new:
        return Fate.CONFLICT if mine_new and mine.content != theirs.content else Fate.TAKE
    if mine_new:
        return Fate.SEND
    if (mine.origin, mine.seq) == (theirs.origin, theirs.seq):
        return None if mine.content == theirs.content else Fate.DAMAGED
    return Fate.SEND if (mine.origin, mine.seq) > (theirs.origin, theirs.seq) else Fate.TAKE
