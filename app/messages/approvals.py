"""Sentences of approvals."""

from app.i18n import N_

SENTENCES = {
    "approvals.reason-missing": N_("Why is this asked for? Type the reason: the general manager reads it."),
    "approvals.asked-already": N_("{name} has asked for this approval ({number}) already; wait for the answer."),
    "approvals.given-already": N_("{name} has approved this ({number}) already; go on with it."),
    "approvals.unknown": N_("There is no such request any more; it was withdrawn. Look again."),
    "approvals.decided-already": N_("{name} has decided on {number} already; look again."),
    "approvals.refusal-reason": N_("Who refuses says why. Type the reason."),
}
