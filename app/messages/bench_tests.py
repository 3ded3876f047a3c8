"""What the BER calculator and the soak test refuse."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "estimate.no-price": N_("The product has no replacement price. Enter it on the page Products."),
    "estimate.parts": N_("Parts for {value} fen are not possible. Type an amount that is not negative."),
    "estimate.minutes": N_("{value} minutes of labour are not possible. Type 0 to {most}."),
    "estimate.nothing": N_("Type what parts or labour the repair would need."),
    "estimate.not-at-bench": N_('{number} is at "{stage}". An estimate is made at the bench or on the ruling sheet.'),
    "soak.minutes": N_("A soak test of {value} minutes is not possible. Type 1 to {most}."),
    "soak.cycles": N_("{value} cycles are not possible. Type 0 to {most}."),
    "soak.not-nff": N_("{number} has a fault: the soak test is for units in which none was found."),
    "soak.not-here": N_('{number} is at "{stage}". A soak test is run at the bench or in QA.'),
    "soak.running": N_("The soak test of {number} has begun already. End it first."),
    "soak.no-plan": N_("No soak test is planned for {number}. Plan it first."),
    "soak.not-begun": N_("The soak test of {number} is not running. Begin it first."),
    "soak.too-early": N_(
        "The unit was under test for {value} of {needed} minutes. Let it run on, or say that a fault showed."),
    "soak.cycles-short": N_("{value} of {needed} cycles are done. Do the rest, or say that a fault showed."),
    "soak.observed": N_("Write down what was observed."),
    "soak.not-done": N_("The planned soak test of {number} is not done. End it before the unit passes QA."),
    "soak.fault-seen": N_("A fault showed in the soak test of {number}: it cannot pass. Fail it back to repair."),
}
