"""Words for the ways a unit comes in."""

from __future__ import annotations

from enum import Enum

from app.domain.receiving import BroughtBy, Phase, ReturnMethod, Urgency
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    ReturnMethod: {
        ReturnMethod.CARRIED: N_("carried"),
        ReturnMethod.MAILED: N_("mailed"),
    },
    BroughtBy: {
        BroughtBy.COMPANY: N_("our field staff"),
        BroughtBy.CUSTOMER: N_("customer"),
        BroughtBy.PARTNER: N_("development partner"),
    },
    Phase: {
        Phase.OPERATION: N_("operation"),
        Phase.COMMISSIONING: N_("commissioning"),
        Phase.UNKNOWN: N_("not known"),
    },
    Urgency: {
        Urgency.ROUTINE: N_("routine"),
        Urgency.SPECIAL: N_("urgent, date promised"),
    },
}
