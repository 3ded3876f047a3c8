"""Sentences about policy values."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "policy.unknown-name": N_('There is no policy value "{name}". Choose one from the list.'),
    "policy.not-a-number": N_('{name}: "{value}" is not a whole number. Type digits only.'),
    "policy.out-of-range": N_("{name}: {value} is outside {least} to {most}. Choose a value within."),
    "policy.not-a-choice": N_('{name}: "{value}" cannot be chosen. Choose one of: {choices}.'),
    "policy.working-hours": N_(
        '{name}: "{value}" are not hours of a day. Write them such as 08:30-12:00,13:00-17:30.'),
    "policy.in-the-past": N_(
        "{value} has passed. What was decided keeps its policy; choose {today} or a later day."),
    "policy.same": N_("{name} is {value} on {day} already. Nothing has to be set."),
    "policy.goes-on": N_("The ordinary way: repair and inspection."),
    "policy.holds-already": N_("{name} = {value} has applied since {day}. What was decided keeps it; set a new value instead."),
    "policy.changed-meanwhile": N_(
        '"{name}" was set by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose.'),
    "policy.gone": N_("This change is no longer on record. Look again."),
    "policy.overtaken": N_("{name} was set again for {day}: take the newer change back first."),
    "policy.by-centre": N_("Policy comes from the head office of this depot and can only be read here."),
    "policy.too-long": N_("{name}: the text is longer than {most} characters. Shorten it."),
}
