"""Words for quality alarms."""

from __future__ import annotations

from enum import Enum

from app.domain.alarms import AlarmOrigin, AlarmState, Severity
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    AlarmOrigin: {
        AlarmOrigin.INSPECTOR: N_("inspector cannot judge"),
        AlarmOrigin.SERIOUS: N_("serious fault"),
        AlarmOrigin.CUSTOMER: N_("customer information"),
    },
    Severity: {
        Severity.CRITICAL: N_("critical"),
        Severity.MAJOR: N_("major"),
        Severity.MINOR: N_("minor"),
    },
    AlarmState: {
        AlarmState.RAISED: N_("waits for an answer"),
        AlarmState.ANSWERED: N_("answered"),
        AlarmState.CLOSED: N_("closed"),
        AlarmState.VOID: N_("taken back"),
    },
}
