"""Words of follow-ups."""

from __future__ import annotations

from enum import Enum

from app.domain.followups import CallResult, FollowUpKind, FollowUpState, Reach
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    FollowUpKind: {
        FollowUpKind.REPAIR: N_("after a repair"),
        FollowUpKind.RHYTHM: N_("regular call after delivery"),
        FollowUpKind.COMPLAINT: N_("after a complaint"),
        FollowUpKind.AGREED: N_("agreed with the customer"),
    },
    FollowUpState: {
        FollowUpState.OPEN: N_("to call"),
        FollowUpState.DONE: N_("called"),
        FollowUpState.NOT_REACHED: N_("not reached"),
        FollowUpState.DROPPED: N_("not called"),
    },
    CallResult: {
        CallResult.FINE: N_("all well"),
        CallResult.WISH: N_("has a wish"),
        CallResult.FAULT_AGAIN: N_("fault again"),
        CallResult.COMPLAINT: N_("complains"),
    },
    Reach: {
        Reach.DUE: N_("To call now"),
        Reach.OPEN: N_("All to call"),
        Reach.DONE: N_("Called"),
    },
}
