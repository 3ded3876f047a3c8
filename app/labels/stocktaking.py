"""Words for stock-takes, and for the choices of the zone board."""

from __future__ import annotations

from enum import Enum

from app.domain.stocktaking import Finding, StocktakeState
from app.domain.storage import Show, StandingOrder
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    StocktakeState: {
        StocktakeState.OPEN: N_("Under way"),
        StocktakeState.FINISHED: N_("Signed"),
        StocktakeState.ABANDONED: N_("Abandoned"),
    },
    Finding: {
        Finding.FOUND: N_("Found"),
        Finding.MISPLACED: N_("On another shelf"),
        Finding.UNEXPECTED: N_("Booked elsewhere"),
        Finding.UNKNOWN: N_("Unknown serial"),
        Finding.MISSING: N_("Missing"),
    },
    Show: {
        Show.ALL: N_("All"),
        Show.MINE: N_("Mine"),
        Show.DUE_SOON: N_("Due soon"),
        Show.OVERDUE: N_("Overdue"),
    },
    StandingOrder: {
        StandingOrder.DUE: N_("By due date"),
        StandingOrder.AGE: N_("Longest here first"),
        StandingOrder.SERIAL: N_("By serial number"),
    },
}
