"""Sentences of the chase list."""

from app.i18n import N_

SENTENCES = {
    "chase.since": N_("Running since {start}."),
    "chase.target": N_("Target: {n} {kind}, so by {due}."),
    "chase.promised": N_("Agreed for {due}."),
    "chase.pause": N_("Paused from {start} to {end}: {reason}."),
    "chase.paused": N_("Paused since {start}: {reason}."),
    "chase.undecreed": N_("The holidays of {years} are not decreed yet; weekdays are counted."),
    "chase.is-calm": N_("It is in time."),
    "chase.is-due-soon": N_("It is due soon."),
    "chase.is-overdue": N_("It is overdue."),
    "chase.is-paused": N_("The time does not count."),
    "chase.called-missing": N_("Whom did you reach? Type a name."),
    "chase.promise-past": N_("The promised day {value} has passed; choose {today} or a later day."),
    "chase.note-long": N_("The note has {n} characters, {most} at most: shorten it."),
    "chase.gone": N_("This clock has stopped meanwhile; there is nothing left to chase. Look again."),
}
