"""Words of the requests to production."""

from app.domain.emergency import BuildState
from app.i18n import N_

LABELS = {
    BuildState: {
        BuildState.REQUESTED: N_("Asked of production"),
        BuildState.CONFIRMED: N_("Confirmed by production"),
        BuildState.BUILT: N_("Built, in the stores"),
        BuildState.DECLINED: N_("Declined by production"),
        BuildState.CANCELLED: N_("Cancelled"),
    },
}
