"""Words for the kinds of copies."""

from __future__ import annotations

from enum import Enum

from app.domain.backups import CopyKind
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    CopyKind: {
        CopyKind.NIGHTLY: N_("Nightly copy"),
        CopyKind.QUICK: N_("Half-hourly copy"),
        CopyKind.MANUAL: N_("Copy by hand"),
        CopyKind.SET_ASIDE: N_("Set aside before a restore"),
    },
}
