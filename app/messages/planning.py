"""Sentences about repair plans."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "planning.nothing": N_("The plan has no line. Put at least one unit of one product on it."),
    "planning.quantity": N_("{product}: {value} is no quantity for a plan. Type a whole number from 1 on."),
    "planning.product-twice": N_("{product} stands on two lines. Put the quantities on one line."),
    "planning.unknown-product": N_("This product is not in the record. Choose another one."),
    "planning.not-enough": N_(
        "{product}: {asked} wanted, but only {available} are received and not planned. Lower the quantity, "
        "or receive more first."),
    "planning.unknown": N_("This plan does not exist any more. Reload the list."),
    "planning.changed-meanwhile": N_(
        "Plan {number} was changed by {by} at {at}, since you opened it. Look at it as it is now, then repeat the step."),
    "planning.state": N_('Plan {number} is "{state}": this step is not possible any more.'),
    "planning.needs-reason": N_(
        "Plan {number} was countersigned or is being countersigned by production: say in writing why it is "
        "changed (art. 9)."),
    "planning.less-needs-reason": N_("Less than planned is to be issued: say why (art. 9)."),
    "planning.not-on-plan": N_("{number} is not on this plan. Choose a unit of the plan."),
    "planning.not-waiting": N_(
        '{number} is at "{stage}". Only a unit that is received and not planned can be put on a plan.'),
    "planning.other-product": N_("{number} is another product than this line. Swap units of one product only."),
    "planning.same-plan": N_("Nothing would change: the plan says the same already."),
    "planning.cancel-reason": N_("Say why the plan is cancelled."),
    "planning.due": N_("{value} is in the past. The day by which a line is wanted must be {today} or later."),
    "planning.more-than-planned": N_(
        "{product}: {asked} to be issued, but {planned} are on the plan. Change the plan in writing first, "
        "or issue less."),
    "undo.plan-issued": N_(
        "Plan {number} is issued: its units may go to the bench. Hand over what is wanted, or let the unit wait."),
    "undo.plan-countersigned": N_(
        "Plan {number} bears a countersignature. Change it in writing, or cancel it with a reason."),
    "undo.plan-changed": N_("A written change of plan {number} stays. Change it again, with the reason."),
}
