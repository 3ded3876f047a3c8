"""Sentences of restocking."""

from app.i18n import N_

SENTENCES = {
    "restock.value-missing": N_("Type what one unit is worth: it is one of the four conditions."),
    "restock.value-range": N_("The value must be above zero and below a hundred million yuan: correct it."),
    "restock.age-unknown": N_("The day of manufacture of {serial} is not known, so its age cannot be shown: enter it first."),
    "restock.age": N_("{serial} is {value} months old, at most {limit} are allowed: it stays in the pool."),
    "restock.value": N_("{serial} is worth {value}, at least {limit} is needed: it stays in the pool."),
    "restock.quantity": N_("{value} units of this model stand in the spares zone (C), at least {limit} are needed: {serial} stays."),
    "restock.uses": N_("{value} of this model were used in a year, at most {limit} are allowed: {serial} stays."),
    "restock.stores-sign": N_("The company stores sign as receiver, on screen or on paper."),
}
