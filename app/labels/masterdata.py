"""Words for customers, products, the tables of codes and days off."""

from __future__ import annotations

from enum import Enum

from app.domain.masterdata import CodeKind, Control, CustomerKind, DayKind
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    CustomerKind: {
        CustomerKind.END_USER: N_("end user"),
        CustomerKind.DEALER: N_("dealer"),
        CustomerKind.PARTNER: N_("development partner"),
        CustomerKind.FIELD_TEAM: N_("own field team"),
    },
    Control: {
        Control.SERIAL: N_("by serial number"),
        Control.LOT: N_("by lot"),
    },
    CodeKind: {
        CodeKind.SYMPTOM: N_("symptoms"),
        CodeKind.FAULT: N_("faults"),
        CodeKind.RESOLUTION: N_("resolutions"),
    },
    DayKind: {
        DayKind.HOLIDAY: N_("day off"),
        DayKind.WORKDAY: N_("make-up working day"),
    },
}
