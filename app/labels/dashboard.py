"""Names of the figures of the start page."""

from __future__ import annotations

from enum import Enum

from app.domain.dashboard import Gauge
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Gauge: {
        Gauge.RECEIVED_MONTH: N_("Received this month"),
        Gauge.RETURNED_MONTH: N_("Returned this month"),
        Gauge.LONG_HERE: N_("Here beyond the target"),
        Gauge.WARRANTY_PARTS: N_("Parts under warranty this month"),
        Gauge.APPROVALS: N_("Approvals that wait"),
        Gauge.TO_TEST: N_("To be tested"),
        Gauge.FAILED_MONTH: N_("Failed this month"),
        Gauge.OFTEN_FAILED: N_("Failed again and again"),
        Gauge.FIRST_PASS: N_("Passed at the first test"),
        Gauge.ALARMS: N_("Open alarms"),
    },
}
