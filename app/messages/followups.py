"""Sentences of follow-ups."""

from app.i18n import N_

SENTENCES = {
    "followups.called-missing": N_("Whom did you call? Type a name, or who picked up."),
    "followups.next-past": N_("{value} is over or today: today is {today}. Choose a later day."),
    "followups.day-past": N_("{value} is over: today is {today}. Choose today or a later day."),
    "followups.text-long": N_("The text is longer than {most} characters: shorten it."),
    "followups.result-missing": N_("What did the customer say? Choose the result of the call."),
    "followups.said-missing": N_("Write down what the customer said: without it nobody can act on it."),
    "followups.grade-missing": N_("How satisfied is the customer over all? A follow-up of a repair asks for it."),
    "followups.customer-missing": N_("Whom shall we call? Choose the customer."),
    "followups.day-missing": N_("When shall we call? Type the day."),
    "followups.reason-missing": N_("Write down the reason."),
    "followups.unknown-customer": N_("There is no such customer any more. Choose another one."),
    "followups.unknown": N_("There is no such follow-up any more. Look again."),
    "followups.not-open": N_("This follow-up is {state} already. Look again."),
    "followups.went-on": N_("There was another call since, or the one agreed was made. Take that back first."),
}
