"""Words of the spare pool and of what leaves it."""

from app.domain.spares import Carriage, ReservationEnd, SpareGrade, UseState
from app.i18n import N_

LABELS = {
    SpareGrade: {
        SpareGrade.AS_NEW: N_("As new"),
        SpareGrade.GOOD: N_("Good"),
        SpareGrade.WORN: N_("Runs, looks used"),
        SpareGrade.CHECK_FIRST: N_("Check before use"),
    },
    ReservationEnd: {
        ReservationEnd.TAKEN: N_("Taken"),
        ReservationEnd.RELEASED: N_("Set free"),
        ReservationEnd.LAPSED: N_("Lapsed"),
    },
    UseState: {
        UseState.ON_THE_WAY: N_("On the way to the site"),
        UseState.OWED: N_("Faulty unit owed"),
        UseState.RECOVERED: N_("Faulty unit arrived"),
        UseState.WRITTEN_OFF: N_("Written off"),
        UseState.UNUSED: N_("Came back unused"),
    },
    Carriage: {
        Carriage.FIELD_STAFF: N_("Our field person"),
        Carriage.COURIER: N_("Courier"),
    },
}
