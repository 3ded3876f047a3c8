"""Sentences of the chase list."""

from app.i18n import N_

SENTENCES = {
    "chase.called-missing": N_("Whom did you reach? Type a name."),
    "chase.promise-past": N_("The promised day {value} has passed; choose {today} or a later day."),
    "chase.note-long": N_("The note has {n} characters, {most} at most: shorten it."),
    "chase.gone": N_("This clock has stopped meanwhile; there is nothing left to chase. Look again."),
}
