"""The trace of a warranty as sentences, one per step, with dates and amounts."""

from __future__ import annotations

from app.i18n import N_

SENTENCES: dict[str, str] = {
    "warranty.no-terms": N_("The product has no warranty terms yet."),
    "warranty.base": N_("{event} {start} + {months} months = {until}"),
    "warranty.base-from": N_("{start} + {months} months = {until}"),
    "warranty.base-labour": N_("labour: {months} months, until {until}"),
    "warranty.day-after-event": N_("{event} {day}; the term starts the day after: {start}"),
    "warranty.day-after": N_("{day}; the term starts the day after: {start}"),
    "warranty.no-start": N_("no date is known for: {event}"),
    "warranty.no-proof": N_("no proof was shown for: {event}"),
    "warranty.fallback": N_("counted instead from: {event} {day}, plus {days} days"),
    "warranty.no-fallback": N_("no day of shipment, sale or acceptance is on record"),
    "warranty.excluded-without-proof": N_("without proof there is no warranty"),
    "warranty.supervisor-without-proof": N_("without proof the supervisor decides"),
    "warranty.restarted": N_("begins anew {start} + {months} months = {until}"),
    "warranty.carried": N_("{day} in place of {serial}: {mode}"),
    "warranty.carried-remainder": N_("the remainder of {serial} runs until {until}"),
    "warranty.carried-longer": N_("the longer of the new term and the remainder of {serial}: until {until}"),
    "warranty.carried-unknown": N_("the warranty of {serial} is not known"),
    "warranty.carried-void": N_("the warranty of {serial} was void, so there is none to carry over"),
    "warranty.downtime": N_("repaired {days} days ({document}) → {until}"),
    "warranty.downtime-by-policy": N_(
        "repair {day} to {until} ({document}): by the policy of that day it adds nothing"),
    "warranty.downtime-outside": N_("repair from {day} ({document}) was not in warranty and adds nothing"),
    "warranty.downtime-none": N_("repair {day} to {until} ({document}) adds no further day"),
    "warranty.key-part": N_(
        "key part {part} runs normally since {start} + {months} months = {until}, for this part only"),
    "warranty.key-part-no-term": N_("key part {part}, replaced {day}: it has no term of its own"),
    "warranty.key-part-by-customer": N_(
        "key part {part}, replaced {day}: the customer caused it, so its term does not begin anew"),
    "warranty.key-part-outside": N_(
        "key part {part}, replaced {day}: not in warranty that day, so its term does not begin anew"),
    "warranty.key-part-not-running": N_("key part {part}, replaced {day}: its term begins when it runs normally"),
    "warranty.extension": N_("extended by {months} months and {days} days ({document}) → {until}"),
    "warranty.extension-months": N_("extended by {months} months ({document}) → {until}"),
    "warranty.extension-days": N_("extended by {days} days ({document}) → {until}"),
    "warranty.extension-without-start": N_("extension ({document}) adds nothing while no start is known"),
    "warranty.void": N_("void since {day}: {reason}"),
    "warranty.repair": N_("repair of {day} ({document}) is itself covered {months} months, until {until}"),
    "warranty.not-begun": N_("on {on} the term has not begun yet (it starts {start}): in"),
    "warranty.period-in": N_("{on} is within, until {until}: in"),
    "warranty.period-out": N_("{on} is after the last day, {until}: out"),
    "warranty.period-void": N_("on {on} the warranty was void, since {since}: out"),
    "warranty.period-none": N_("on {on} there was no warranty: out"),
    "warranty.verdict-unknown": N_("for {on} it cannot be told whether the warranty runs"),
    "warranty.cause-excluded": N_("cause: {cause} → out"),
    "warranty.cause-open": N_("the cause is not settled yet; until then the period decides"),
    "warranty.labour-out": N_("labour is covered only until {until}"),
}

SENTENCES |= {
    "warranty.entry-kind": N_('Entries of the kind "{kind}" are written by the step itself, not by hand.'),
    "warranty.start-on-unit": N_(
        'The date "{event}" stands on the unit; correct it in the register (Amend the intake), not in the warranty.'),
    "warranty.day-in-future": N_("The date {value} lies in the future (today is {today}). Enter the day it happened."),
    "warranty.sale-before-manufacture": N_(
        "The sale on {value} would be before the unit was made ({made}). Check both dates."),
    "warranty.extension-empty": N_(
        "An extension by {months} months and {days} days extends nothing. Enter at least one month or one day."),
    "warranty.extension-long": N_("An extension is at most {months} months or {days} days. Check what was typed."),
    "warranty.document-missing": N_("The number of the approving document is missing. Enter what was signed."),
    "warranty.start-unknown": N_(
        "The warranty of this unit has no known start yet, so it cannot be extended. Enter the date it starts first."),
    "warranty.before-start": N_("The date {value} lies before the start of the warranty ({start}). Enter a later day."),
    "warranty.reason-missing": N_("The reason is missing. Write why, so that the customer can be told."),
    "warranty.unknown-entry": N_("There is no warranty entry {value}. Open the unit's warranty again."),
    "warranty.reversed-already": N_("This entry of {day} was reversed already, on {at} by {name}."),
    "warranty.reverses-a-reversal": N_("A reversal is not reversed; make the entry anew."),
}
