"""Sentences of complaints and suggestions."""

from app.i18n import N_

SENTENCES = {
    "complaints.customer-missing": N_("Who complains? Choose the customer, or type the name of a new one."),
    "complaints.topic-missing": N_("What is it about? The department that answers follows from it."),
    "complaints.story-missing": N_("Write down what the customer says, in their words."),
    "complaints.reach-missing": N_("Type a name or a telephone number: somebody has to tell them the result."),
    "complaints.text-long": N_("The text is longer than {most} characters: shorten it."),
    "complaints.serial-unknown": N_("Serial {serial} is not on record. Correct it, or leave it empty."),
    "complaints.serial-several": N_(
        "Serial {serial} is on record for several products. Leave it empty and name the unit in the text."),
    "complaints.unknown": N_("There is no such complaint any more. Look again."),
    "complaints.not-open": N_("{number} is {state}: open it again first."),
    "complaints.open-already": N_("{number} is open already."),
    "complaints.to-missing": N_("Who answers it there? Type a name."),
    "complaints.answered-already": N_("{number} was answered already; tell the customer the result."),
    "complaints.not-assigned": N_("{number} is with nobody yet: pass it to the department that answers first."),
    "complaints.answer-missing": N_("What was found, and what is done about it? Write it down."),
    "complaints.not-answered": N_("{number} was not answered yet: there is no result to tell."),
    "complaints.told-already": N_("{number}: the customer was told the result already."),
    "complaints.whom-missing": N_("Whom did you tell? Type a name."),
    "complaints.told-missing": N_("What was the customer told? Write it down."),
    "complaints.not-told": N_("{number}: nobody told the customer the result yet. Tell them first."),
    "complaints.result-missing": N_("What came of it? Write down the result."),
    "complaints.reason-missing": N_("Why is it opened again? Write down the reason."),
    "complaints.went-on": N_("{number} went on since. Take the later step back first."),
    "complaints.taken-back": N_("taken back"),
}
