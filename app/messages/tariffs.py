"""Sentences about tariffs."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "tariffs.by-centre": N_("Tariffs come from the head office of this depot and can only be read here."),
    "tariffs.none": N_("{kind} ({rate_class}): no tariff is in force on {day}. Set one in the settings, then price."),
    "tariffs.expired": N_(
        "{kind} ({rate_class}): the tariff ended on {until} and cannot price anything on {day}. Set the new one first."),
    "tariffs.class": N_('{kind}: "{value}" is not a class of it. Choose one of: {classes}.'),
    "tariffs.negative": N_("{kind}: the amount {value} is negative. Type an amount of zero or more."),
    "tariffs.too-large": N_("{kind}: {value} is above {most}. Check the amount."),
    "tariffs.percent": N_("{kind}: {value} % is outside 0 to {most} %. Correct the share."),
    "tariffs.impossible-day": N_("{value} cannot be the day of a tariff. Check the year."),
    "tariffs.ends-before": N_("The tariff would end on {value}, before it begins on {begins}. Correct one of the days."),
    "tariffs.in-the-past": N_(
        "{value} has passed. What was quoted keeps its tariff; choose {today} or a later day."),
    "tariffs.same": N_("{kind} is the same on {day} already. Nothing has to be set."),
}
