"""Words for the bench."""

from __future__ import annotations

from enum import Enum

from app.domain.repair import BenchState, OldPart, PartUse, Scope
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    PartUse: {
        PartUse.ADD: N_("fitted"),
        PartUse.REMOVE: N_("taken out"),
        PartUse.RECYCLE: N_("taken out, good, to stock"),
    },
    OldPart: {
        OldPart.NONE: N_("there was none"),
        OldPart.YES: N_("handed in"),
        OldPart.NO: N_("not handed in"),
    },
    BenchState: {
        BenchState.UNTAKEN: N_("Not taken yet"),
        BenchState.DIAGNOSING: N_("Diagnosis"),
        BenchState.REPAIRING: N_("Being repaired"),
        BenchState.FINISHED: N_("Ready for QA"),
        BenchState.WAITING: N_("Awaiting customer"),
        BenchState.REFERRED: N_("Awaiting ruling"),
    },
    Scope: {
        Scope.MINE: N_("Mine"),
        Scope.UNTAKEN: N_("Not taken"),
        Scope.ALL: N_("All"),
    },
}
