"""Words of the start page."""

from app.domain.today import Errand
from app.i18n import N_

LABELS = {
    Errand: {
        Errand.OVERDUE: N_("Overdue"),
        Errand.DUE_SOON: N_("Due soon"),
        Errand.TO_RECEIVE: N_("Announced, not here yet"),
        Errand.TO_PLAN: N_("To be planned"),
        Errand.TO_DISPATCH: N_("Released, to be handed to repair"),
        Errand.AT_BENCH: N_("At the bench"),
        Errand.TO_INSPECT: N_("Awaiting inspection"),
        Errand.TO_PUT_AWAY: N_("Passed, to be put away"),
        Errand.TO_RETURN: N_("Ready to return"),
        Errand.TO_RULE: N_("Awaiting ruling"),
        Errand.TO_HEAR_FROM: N_("Quotations to be answered"),
        Errand.TO_APPROVE: N_("Waiting for your approval"),
        Errand.TO_DETERMINE: N_("In the lab, to be concluded"),
        Errand.OWED_UNITS: N_("Faulty units owed for a spare"),
        Errand.LOANERS_OUT: N_("Loaners due back"),
        Errand.TO_ARCHIVE: N_("Travellers to be archived"),
    },
}
