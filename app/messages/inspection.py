"""Sentences about the functional test."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "inspection.reading-missing": N_("{item} has no reading yet. Measure it and type the value."),
    "inspection.not-a-number": N_(
        '{item}: "{value}" is not a number. Type digits with a decimal point, such as 12.5.'),
    "inspection.not-a-choice": N_('{item}: "{value}" cannot be chosen. Choose one of: {choices}.'),
    "inspection.unknown-item": N_("{item} is not on this product's test sheet. Leave it out."),
    "inspection.no-items": N_("The test template has no mandatory item. Add at least one."),
    "inspection.item-code": N_("\"{item}\" cannot be an item's code. Use up to 16 letters, digits, dots and dashes."),
    "inspection.item-twice": N_("The code {item} is used twice. Give each item its own."),
    "inspection.item-name": N_("{item} has no name. Type what is tested."),
    "inspection.limit-not-a-number": N_('{item}: the limit "{value}" is not a number. Write it such as 12.5.'),
    "inspection.limits-crossed": N_("{item}: the lower limit {lower} is above the upper limit {upper}. Swap them."),
    "inspection.no-limit": N_("{item} is mandatory but has no limit. Give it one, or make it optional."),
    "inspection.no-good-choice": N_("{item} has no choice that passes. Name the choices and which of them pass."),
    "inspection.item-failed": N_(
        '{item} reads "{value}" and fails. A unit with a failed mandatory item does not pass.'),
    "inspection.soak-short": N_(
        "The unit ran {value} minutes under test; without a fault found it must run {needed}. Let it run on."),
    "inspection.soak-long": N_("{value} minutes under test are not possible. Type 0 to {most}."),
    "inspection.reason-missing": N_("Say why the unit fails, so that repair knows what to look for."),
    "inspection.no-stamp": N_("You have no inspector's stamp. Ask the administrator to enter its number."),
    "inspection.not-in-qa": N_(
        '{number} is not waiting in QA: it is "{stage}" at "{place}". Have it handed over to QA first.'),
    "inspection.failed-goes-back": N_("{number} has failed and goes back to repair. Hand it over to repair."),
    "inspection.not-an-inspector": N_("{name} is not a QA inspector. Let an inspector sign."),
    "inspection.mark-reason": N_("Say why the mark is replaced."),
    "inspection.no-mark": N_('{number} has no mark to replace; it is "{stage}".'),
}
