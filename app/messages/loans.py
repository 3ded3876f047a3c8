"""Sentences about loans of parts to staff (F18)."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "loan.unknown": N_('There is no loan "{value}". Reload the list.'),
    "loan.nothing": N_("Nothing is borrowed yet. Add at least one part."),
    "loan.quantity": N_("{value} pieces are not possible. Type 1 to {most}."),
    "loan.twice": N_("The same part from the same place stands on the loan twice. Put the pieces into one line."),
    "loan.unchecked": N_("Pieces that wait for re-inspection are not lent. Take new or re-inspected ones."),
    "loan.purpose-missing": N_("The purpose of the loan is missing. Write what the parts are for."),
    "loan.trip-missing": N_("The end of the trip is missing. Enter the day: the parts are due soon after it."),
    "loan.trip-past": N_("The trip cannot have ended on {value}, before the loan. Enter today or a later day."),
    "loan.trip-far": N_("{value} is more than {most} days from now. Check the year of the end of the trip."),
    "loan.case-unknown": N_('There is no return case "{value}". Check the number.'),
    "loan.approval-missing": N_(
        "The loan is worth {value}, more than the {limit} that go on one's own signature, or a part has no price. "
        "The supervisor must sign."),
    "loan.self-approval": N_("{name} cannot sign as borrower and as supervisor. Another person must sign."),
    "loan.cleared": N_("{number} is cleared already: nothing of it is out."),
    "loan.nothing-back": N_("Nothing is accounted for yet. Enter what became of at least one part."),
    "loan.unknown-line": N_("This part is not on the loan. Reload it and enter the pieces again."),
    "loan.more-than-out": N_("{value} pieces are more than the {left} that are still out. Correct the number."),
    "loan.case-missing": N_("The case on which the parts were used up is missing. Type its number."),
    "loan.reason-missing": N_("For parts {fate} the reason is missing. Write in a few words what happened."),
    "undo.loan-moved": N_("{number} cannot be undone: pieces of it are accounted for already. Undo that first."),
}
