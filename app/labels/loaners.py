"""Words of the loaners."""

from app.domain.loaners import LoanState, WaitEnd
from app.i18n import N_

LABELS = {
    LoanState: {
        LoanState.OUT: N_("Lent out"),
        LoanState.BACK: N_("Given back"),
        LoanState.WRITTEN_OFF: N_("Written off"),
    },
    WaitEnd: {
        WaitEnd.SERVED: N_("Got one"),
        WaitEnd.DROPPED: N_("Waits no longer"),
    },
}
