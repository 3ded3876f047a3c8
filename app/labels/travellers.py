"""Words for the lists of travellers and of the register."""

from __future__ import annotations

from enum import Enum

from app.domain.register import PeriodOf, Standing
from app.domain.travellers import Shelfmark
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Shelfmark: {
        Shelfmark.TO_ARCHIVE: N_("to be archived"),
        Shelfmark.UNDER_WAY: N_("with the unit"),
        Shelfmark.ARCHIVED: N_("archived"),
    },
    Standing: {
        Standing.ANY: N_("all"),
        Standing.OPEN: N_("in the depot"),
        Standing.OVERDUE: N_("overdue"),
        Standing.ENDED: N_("gone"),
        Standing.VOID: N_("void"),
    },
    PeriodOf: {
        PeriodOf.RECEIVED: N_("receiving"),
        PeriodOf.RETURNED: N_("return"),
    },
}
