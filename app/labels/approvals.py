"""Words of approvals."""

from app.domain.approvals import ApprovalKind
from app.i18n import N_

LABELS = {
    ApprovalKind: {
        ApprovalKind.SCRAP: N_("Scrapping"),
        ApprovalKind.FREE_SERVICE: N_("Free service"),
    },
}
