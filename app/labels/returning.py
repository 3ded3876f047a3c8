"""Words of the way back."""

from app.domain.returning import Gate, Proof, SendMethod
from app.i18n import N_

LABELS = {
    SendMethod: {
        SendMethod.COURIER: N_("By courier"),
        SendMethod.COLLECTED: N_("Collected at the counter"),
        SendMethod.OWN_STAFF: N_("Carried by our staff"),
    },
    Gate: {
        Gate.STANDS_IN_ZONE: N_("Stands in the return zone (B), ready to return"),
        Gate.RETURN_NEEDED: N_("Customer wants it back"),
        Gate.MARKED: N_("QA mark stamped, or ruled to go back as it is"),
        Gate.ACCESSORIES: N_("Accessories complete (in = out)"),
        Gate.NO_OPEN_QUESTION: N_("No open question to the customer"),
        Gate.NO_OPEN_OFFER: N_("In no open handover"),
        Gate.PAID: N_("Paid, or on account"),
        Gate.NOT_PACKED: N_("Not packed elsewhere"),
        Gate.LOANER_BACK: N_("Loaner back, or handed in exchange"),
    },
    Proof: {
        Proof.SIGNED: N_("Signed on screen"),
        Proof.PAPER: N_("Signed on paper"),
        Proof.CARRIER: N_("Confirmed by the carrier"),
    },
}
