"""Why a ruling is as it is.

``.own`` and ``.intake`` are for our papers and screens, ``.customer`` for the customer: plain words, no articles.
"""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "disposition.not-referred": N_(
        '{number} is not referred (it is at "{stage}"). The bench refers a case; at the counter a serial must have '
        "used up its return visits."),
    "disposition.ruled-already": N_("{number} is ruled on already, in {ruling}. Take that ruling back first."),
    "disposition.scrap-asked": N_(
        "{name} has asked the general manager to approve the scrapping of {number} under this ruling. Take that "
        "request back first, or let the general manager refuse it."),
    "disposition.scrap-approved": N_(
        "{name} has approved the scrapping of {number} under this ruling, so the ruling stands. Put the unit into "
        "the scrap zone (D)."),
    "disposition.settle-first": N_(
        "The warranty of {number} is not known, and the rules differ in and out of warranty. Settle the warranty "
        "first."),
    "disposition.not-sensible": N_(
        '"{outcomes}" cannot be decided for this case. Choose from the list.'),
    "disposition.reason-missing": N_("Deciding otherwise than the rules needs a written reason. Write it down."),
    "disposition.not-ruled": N_("Nobody has ruled on {number} yet. A supervisor rules first."),
    "disposition.changed-since": N_(
        "The facts of {number} changed since ruling {ruling}. A supervisor must confirm it anew."),
    "disposition.otherwise": N_("Ruling {ruling} on {number} says something else: {outcomes}."),
    "disposition.undone": N_("The ruling was taken back."),
    "disposition.talk-whom": N_("Say with whom you spoke."),
    "disposition.talk-when": N_("Say when you spoke with the customer."),
    "disposition.talk-future": N_("The talk cannot be later than now ({value}). Correct the time."),
    "disposition.talk-said": N_("Write down what you explained to the customer."),
    "disposition.talk-answer": N_("Write down what the customer answered."),
    "disposition.wish-unwritten": N_(
        '"{wish}" must be asked for in writing. Say which letter, e-mail or signed paper it is.'),
    "disposition.talk-needed": N_(
        "{number} goes back unrepaired, so the customer must be told why. Record the talk first."),
    "disposition.not-at-counter": N_("{serial} is at {place}. Hand it over to after-sales first."),
    "disposition.settle-known": N_("The warranty of {number} is on record ({state}); there is nothing to settle."),
    "disposition.settle-state": N_("Say whether the unit is in or out of warranty."),
    "disposition.settle-reason": N_("Write down why you settle the warranty so."),
    "disposition.settle-proof": N_("Say which proof you saw: invoice, delivery note, acceptance, letter."),
    "ruling.needs-qa": N_('A unit with the result "{result}" goes through QA first. Hand it over to QA.'),
    "ruling.bench-goes-on": N_(
        "The fault was not removed on {failed} return visits so far; a ruling needs {limit}. Go on repairing, or "
        "record that the unit is irreparable."),
    "ruling.0.own": N_(
        "The warranty is not known, and the rules differ in and out of warranty (art. 10.4). Settle the warranty, "
        "or let the supervisor decide."),
    "ruling.0.intake": N_(
        "The serial used up its return visits, and the warranty is not known (art. 10.4). Settle the warranty, or "
        "let the supervisor decide."),
    "ruling.0.customer": N_("We are still finding out whether the warranty covers this unit."),
    "ruling.1.own": N_(
        "Rule 1 (art. 10.4): no fault found on {nff} return visits in a row; the limit is {nff_limit}."),
    "ruling.1.intake": N_(
        "Rule 1 (art. 10.4): no fault was found on the last {nff} return visits of this serial; the limit is "
        "{nff_limit}. A supervisor confirms."),
    "ruling.1.customer": N_(
        "Our tests found no fault on {nff} visits in a row. Sending the same unit back and forth would not help "
        "you any further."),
    "ruling.2.own": N_("Rule 2 (art. 10.4): irreparable, and caused by the user ({cause})."),
    "ruling.2.customer": N_(
        "The unit was damaged in use beyond repair. Damage of this kind is not covered by the warranty."),
    "ruling.3.own": N_("Rule 3 (art. 10.4): {result}; not covered ({warranty}, cause: {cause})."),
    "ruling.3.customer": N_("The unit cannot be repaired at a sensible cost, and the warranty does not cover it."),
    "ruling.4.own": N_(
        "Rule 4 (decided for art. 10.4): caused by the user and not worth repairing, in warranty. A quotation is "
        "made; if it is declined, the unit goes back as is."),
    "ruling.4.customer": N_(
        "The damage comes from use, and a repair costs more than is sensible. We repair the unit only if you "
        "accept our quotation."),
    "ruling.5.own": N_("Rule 5 (art. 10.4): {result}, {warranty}."),
    "ruling.5.customer": N_(
        "The unit cannot be repaired at a sensible cost. It is under warranty, so you bear no cost."),
    "ruling.6.own": N_(
        "Rule 6 (art. 10.4): fault not removed on {failed} return visits, {warranty}; the limit is {failed_limit}."),
    "ruling.6.intake": N_(
        "Rule 6 (art. 10.4): the fault came back after {failed} return visits, {warranty}; the limit is "
        "{failed_limit}. A supervisor confirms."),
    "ruling.6.customer": N_(
        "We could not remove the fault on {failed} visits. The unit is under warranty, so we do not ask you to "
        "wait for another attempt."),
    "ruling.7.own": N_(
        "Rule 7 (decided for art. 10.4): fault not removed on {failed} return visits, out of warranty or not "
        "covered; the limit is {failed_limit}."),
    "ruling.7.intake": N_(
        "Rule 7 (decided for art. 10.4): the fault came back after {failed} return visits, out of warranty; the "
        "limit is {failed_limit}. A supervisor confirms."),
    "ruling.7.customer": N_("We could not remove the fault on {failed} visits, and the warranty does not cover it."),
    "ruling.8.own": N_("Rule 8 (art. 10.9): {result}, QA passed."),
    "ruling.8.customer": N_("The unit has passed our tests."),
    "ruling.9.own": N_(
        "The repair is chargeable and the customer declined the quotation. The unit goes back as is, or is "
        "repaired free of charge with the general manager's approval."),
    "ruling.9.customer": N_("You declined our quotation for the repair."),
    "ruling.outcome.keep": N_("We keep the unit."),
    "ruling.outcome.exchange": N_("You receive another unit in exchange."),
    "ruling.outcome.both-to-customer": N_(
        "You receive another unit and, as you asked, your own unit as well; a fee may be charged."),
    "ruling.outcome.return-as-is": N_("You receive the unit back as it is."),
    "ruling.outcome.explain": N_("We will gladly explain our findings to you."),
    "ruling.outcome.quote": N_("You receive a quotation."),
    "ruling.outcome.repair": N_("The unit is repaired."),
    "ruling.outcome.scrap": N_("The unit is scrapped."),
    "ruling.outcome.to-rnd": N_("Our development department examines the unit."),
    "ruling.outcome.lab-after-scrap": N_("Our development department examines the scrapped unit."),
    "ruling.outcome.to-customer": N_("The unit comes back to you."),
    "ruling.outcome.to-spare": N_("The unit is kept as a repaired spare."),
    "ruling.outcome.settle-warranty": N_("We let you know as soon as this is settled."),
}
