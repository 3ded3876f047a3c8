"""Words for the night."""

from __future__ import annotations

from enum import Enum

from app.domain.sync.outcomes import ConflictKind, Ended, Resolution
from app.domain.sync.protocol import Applied, Standing
from app.domain.sync.reconciling import Fate
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Ended: {
        Ended.RUNNING: N_("running now"),
        Ended.VERIFIED: N_("verified"),
        Ended.REFUSED: N_("head office refused"),
        Ended.UNAVAILABLE: N_("no connection"),
        Ended.STOPPED: N_("stopped by hand"),
        Ended.KILLED: N_("broken off"),
        Ended.BROKEN: N_("failed inside the program"),
    },
    ConflictKind: {
        ConflictKind.CONFLICT: N_("changed on both sides"),
        ConflictKind.DAMAGED: N_("not as it was sent"),
        ConflictKind.TWICE: N_("given out twice"),
    },
    Resolution: {
        Resolution.MINE: N_("kept this depot's version"),
        Resolution.THEIRS: N_("kept head office's version"),
        Resolution.MERGED: N_("merged field by field"),
    },
    Standing: {
        Standing.EVEN: N_("level with head office"),
        Standing.AHEAD: N_("head office is ahead"),
        Standing.BEHIND: N_("head office is behind"),
        Standing.FORK: N_("parted from head office"),
    },
    Applied: {
        Applied.OK: N_("received by head office"),
        Applied.STALE: N_("does not follow on head office's last batch"),
        Applied.CORRUPT: N_("arrived garbled"),
    },
    Fate: {
        Fate.SEND: N_("to be sent again"),
        Fate.TAKE: N_("taken back from head office"),
        Fate.CONFLICT: N_("left to a person: both changed"),
        Fate.DAMAGED: N_("left to a person: damaged"),
    },
}
