"""Who signs, and how."""

from app.domain.signing import Method, Party
from app.i18n import N_

LABELS = {
    Party: {
        Party.OWN: N_("Own staff"),
        Party.CUSTOMER: N_("Customer"),
        Party.CARRIER: N_("Carrier"),
        Party.PARTNER: N_("Development partner"),
        Party.FIELD_STAFF: N_("Field staff"),
        Party.STORES: N_("Stores"),
    },
    Method: {
        Method.PIN: N_("PIN"),
        Method.PASSWORD: N_("Password"),
        Method.DRAWN: N_("Signed on screen"),
        Method.PAPER: N_("Signed on paper"),
    },
}
