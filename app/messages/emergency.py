"""Sentences of the requests to production."""

from app.i18n import N_

SENTENCES = {
    "emergency.product-missing": N_("The product is missing: choose what production is to build."),
    "emergency.customer-missing": N_("The customer is missing: choose who needs the unit."),
    "emergency.quantity": N_("A quantity of {value} cannot be asked for: type 1 to {most}."),
    "emergency.need-by": N_("By when is the unit needed? Type a day."),
    "emergency.need-by-past": N_("{value} is over (today is {today}): type the day by which the unit is needed."),
    "emergency.need-by-far": N_("{value} is more than {most} days from now: check the year by which the unit is needed."),
    "emergency.reason-missing": N_("The reason is missing: type why the customer cannot wait."),
    "emergency.unknown-product": N_("This product is not on record: choose it from the list."),
    "emergency.pool-has": N_("{free} free spares of {model} stand in the spares zone (C): take those before production is asked."),
    "emergency.unknown": N_('There is no request "{value}" here; look again.'),
    "emergency.ended": N_('Request {number} is at "{state}" and cannot be changed any more.'),
    "emergency.confirmed-already": N_("Production has confirmed {number} already."),
    "emergency.not-confirmed": N_("Production has not confirmed {number} yet: confirm it first."),
    "emergency.promise": N_("By which day will production build it? Type the day."),
    "emergency.promise-past": N_("{value} is over (today is {today}): type the day by which it will be built."),
    "emergency.promise-far": N_("{value} is more than {most} days from now: check the year by which it will be built."),
    "emergency.end-reason": N_("Type the reason: whoever asked will read it."),
    "emergency.made-missing": N_("The day of manufacture is missing: it is in the product file."),
    "emergency.made-future": N_("{value} is still to come (today is {today}): correct the day of manufacture."),
    "emergency.file-missing": N_("The number of the product file is missing: a built unit comes with its file."),
    "emergency.file-incomplete": N_("The product file is not complete: type what is missing."),
    "emergency.serial-known": N_("A unit with serial {serial} is on record already: check the nameplate."),
    "emergency.cancelled": N_("request cancelled"),
}
