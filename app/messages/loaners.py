"""Sentences of the loaners."""

from app.i18n import N_

SENTENCES = {
    "loaners.customer-missing": N_("The customer is missing: choose who borrows the loaner."),
    "loaners.due-missing": N_("When is the loaner due back? Type a day."),
    "loaners.due-past": N_("{value} is over (today is {today}): type a later day for the return."),
    "loaners.due-far": N_("{value} is more than {most} days from now: check the year of the return."),
    "loaners.condition-missing": N_("Type the condition of the loaner: both sides look at it now."),
    "loaners.unknown-product": N_("The product is missing: choose the model."),
    "loaners.already": N_("Unit {serial} is a loaner already."),
    "loaners.not-here": N_('Unit {serial} is at "{place}": only a spare of the spares zone (C) or a unit in the stores becomes a loaner.'),
    "loaners.stores-sign": N_("For unit {serial} the company stores sign on their side, after-sales on ours."),
    "loaners.retire-reason": N_("Type why this loaner leaves the pool."),
    "loaners.unknown": N_('There is no loaner "{value}" any more; look again.'),
    "loaners.out": N_("Loaner {serial} is out ({number}, {place}): take it back first."),
    "loaners.who-takes": N_("The customer, a partner or our field person takes the loaner and signs the agreement."),
    "loaners.who-brings": N_("Whoever brings the loaner signs as giver, on screen or on paper."),
    "loaners.case-over": N_("Case {number} is closed: lend without a case, or name the open one."),
    "loaners.others-wait": N_("{customer} waits longer for this model ({count} waiting): lend in turn, or type why not."),
    "loaners.unknown-agreement": N_('There is no loan agreement "{value}" here; look again.'),
    "loaners.ended": N_('Loan agreement {number} is at "{state}" already.'),
    "loaners.write-off-reason": N_("Type why the loaner will not come back."),
    "loaners.waits-already": N_("{customer} waits for a {model} already."),
    "loaners.not-waiting": N_("Nobody waits under this entry any more; look again."),
}
