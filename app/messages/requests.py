"""Sentences of service requests and work on site."""

from app.i18n import N_

SENTENCES = {
    "requests.customer-missing": N_("Who calls? Choose the customer, or type the name of a new one."),
    "requests.reach-missing": N_("Type a name or a telephone number: somebody has to call back."),
    "requests.symptom-missing": N_("What is wrong? Write down what the customer says."),
    "requests.fault-in-future": N_("The fault cannot appear on {value}: today is {today}."),
    "requests.text-long": N_("The text is longer than {most} characters: shorten it."),
    "requests.serial-unknown": N_(
        "Serial {serial} is not on record. Choose its product so that it can be judged, or leave the serial empty."),
    "requests.serial-several": N_("Serial {serial} is on record for several products. Choose the product."),
    "requests.unknown": N_("There is no such request any more. Look again."),
    "requests.not-open": N_("{number} is {state}: open it again first."),
    "requests.open-already": N_("{number} is open already."),
    "requests.passed-on-already": N_("{number} was passed on already."),
    "requests.answered-already": N_("{number} was answered already; write the rest into the solution plan."),
    "requests.to-missing": N_("To whom is it passed on? Type a name."),
    "requests.answer-missing": N_("What was the customer told? Write it down."),
    "requests.solution-missing": N_("What is going to be done? Write down the solution plan."),
    "requests.route-missing": N_("Choose how it is going to be solved."),
    "requests.case-already": N_("{number} has its return case {case} already."),
    "requests.result-text-missing": N_("What came of it? Write down the result."),
    "requests.reason-missing": N_("Why is it opened again? Write down the reason."),
    "requests.trip-open": N_("{number}: somebody is still on the way. Report on the trip first."),
    "requests.consent-open": N_("{number}: the customer has not answered to the price yet. Record the answer first."),
    "requests.declined": N_("{number}: the customer declined the price. Quote anew before somebody is sent."),
    "requests.price": N_("{value} is no price: type an amount above zero, up to {most}."),
    "requests.not-quoted": N_("{number}: no price was told, so there is nothing to agree to."),
    "requests.who-missing": N_("Who at the customer answered? Type a name."),
    "requests.technician": N_("Choose a technician who works here."),
    "requests.leaves-before-call": N_("The trip cannot begin on {value}: the customer called on {called}."),
    "requests.leaves-far": N_("{value} is more than {most} days from now: check the year of the trip."),
    "requests.unknown-trip": N_("There is no such trip any more. Look again."),
    "requests.trip-finished": N_("This trip was reported on already."),
    "requests.swap-open": N_(
        "A spare is on its way for {number} ({use}). Record that it was installed, or that it "
        "came back unused, first."),
    "requests.back-missing": N_("When did the trip end? Type the day."),
    "requests.back-before-leaving": N_("The trip cannot end on {value}, it began on {leaves}. Correct the day."),
    "requests.back-in-future": N_("The trip cannot have ended on {value}: today is {today}."),
    "requests.findings-missing": N_("What was found? Write it down."),
    "requests.work-missing": N_("What was done? Write it down, also when it was only a look."),
    "requests.result-missing": N_("Choose how the trip ended."),
    "requests.labour": N_("{value} minutes of work are out of range. Type 0 to 6000."),
    "requests.part-name": N_("A part has no name. Type it, or take the line out."),
    "requests.part-quantity": N_("{name}: {value} pieces are out of range. Type 1 to 9999."),
    "requests.loan-unknown": N_('There is no loan slip "{value}": check its number, or leave the column empty.'),
    "requests.loan-other": N_("Loan slip {number} is {name}'s, not the technician's of this trip: check its number."),
    "requests.part-not-lent": N_(
        'Part "{name}" is not on loan slip {number}: check the part number, or leave the loan slip '
        "empty."
    ),
    "requests.part-more-than-lent": N_(
        '{value} of "{name}" were used, but only {left} are still out on {number}: correct the pieces, or '
        "leave the loan slip empty."
    ),
    "requests.went-on": N_("{number} went on since. Take the later step back first."),
    "requests.case-went-on": N_("{case} has arrived or gone on; the report cannot be taken back any more."),
    "requests.taken-back": N_("taken back"),
}
