"""Sentences about quotations, answers and payments."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "quotation.unknown": N_('There is no quotation "{value}". Choose one from the list.'),
    "quotation.not-now": N_('{number} is "{stage}": nothing is quoted at that stage.'),
    "quotation.covered": N_("{number} is in warranty: the repair is not charged. Amend cause or warranty first."),
    "quotation.not-chargeable": N_("{number} is not chargeable: nobody has to approve that it is free."),
    "quotation.open-already": N_("{number} is open for this case. Change it, or withdraw it first."),
    "quotation.is-draft": N_("{number} is still a draft. Change the draft itself."),
    "quotation.not-draft": N_('{number} is "{state}" and no longer changes. Quote anew.'),
    "quotation.changed-meanwhile": N_(
        "{number} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
    "quotation.priced-before": N_("{number} was priced on {day}; the tariff is another today. Save the draft again."),
    "quotation.nothing-to-pay": N_("{number} comes to nothing. Request a free repair instead."),
    "quotation.empty": N_("The quotation has no line. Enter at least one."),
    "quotation.quantity": N_("Line {line} ({kind}): the quantity {value} is not possible. Type 1 to {most}."),
    "quotation.price-negative": N_("Line {line} ({kind}): the price {value} is negative. Type zero or more."),
    "quotation.price-large": N_("Line {line} ({kind}): the amount is above {most}. Check price and quantity."),
    "quotation.text-missing": N_("Line {line} ({kind}): the words are missing. Write what is charged."),
    "quotation.old-parts": N_("Line {line} ({kind}): {value} old parts handed in are not possible. Type 0 to {most}."),
    "quotation.surcharge-low": N_("A surcharge of {value} % on parts is below the tariff. Type {lowest} % or more."),
    "quotation.surcharge-high": N_("A surcharge of {value} % on parts is above {most} %. Correct it."),
    "quotation.answered": N_('{number} is "{state}": no answer is awaited any more.'),
    "quotation.expired": N_("{number} was valid until {until} and cannot be accepted any more. Quote anew."),
    "quotation.name-missing": N_("Who answered is missing. Type the name."),
    "quotation.phone-time": N_("When the customer said so on the phone is missing. Type day and time."),
    "quotation.in-future": N_("{value} is still to come. Type when the customer answered."),
    "quotation.before-sent": N_("{value} is before the quotation was sent ({sent}). Correct the time."),
    "quotation.not-signed": N_("The customer has not signed. Let them sign on the screen, or choose another way."),
    "quotation.reason-missing": N_("The reason is missing. Write in a few words why it is withdrawn."),
    "quotation.answer-there": N_("{number} is awaiting the customer. Record the answer at the quotation."),
    "quotation.nothing-owed": N_("Nothing is owed for this case. No payment has to be recorded."),
    "quotation.payment-amount": N_("{value} is not a payment. Type an amount above zero."),
    "quotation.paid-more": N_("{value} is more than the {most} that are owed. Correct the amount."),
    "quotation.receipt-missing": N_("The receipt number is missing. Type the number on the receipt."),
}
