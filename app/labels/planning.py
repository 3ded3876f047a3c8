"""Words for the states of a repair plan."""

from __future__ import annotations

from enum import Enum

from app.domain.planning import PlanState
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    PlanState: {
        PlanState.DRAFT: N_("To be countersigned"),
        PlanState.COUNTERSIGNED: N_("To be issued"),
        PlanState.ISSUED: N_("Issued"),
        PlanState.CANCELLED: N_("Cancelled"),
    },
}
