"""Sentences of the window's own checks: what cannot be read as the kind of value a field wants."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "form.missing": N_("{label} is missing."),
    "form.not-a-number": N_('{label}: "{value}" is not a number. Type digits, for example 12.5.'),
    "form.too-many-places": N_('{label}: "{value}" has too many decimal places; at most {places}.'),
    "form.too-small": N_("{label}: {value} is too small; at least {low}."),
    "form.too-large": N_("{label}: {value} is too large; at most {high}."),
    "form.too-long": N_("{label}: {n} characters are too many; at most {most}. Shorten it."),
    "form.not-a-date": N_('{label}: "{value}" is not a date. Type 2026-11-21, 1121 or +3.'),
    "form.date-too-early": N_("{label}: {value} is too early; not before {earliest}."),
    "form.date-too-late": N_("{label}: {value} is too late; not after {latest}."),
    "signing.not-this-role": N_("{name} may not sign this; it takes: {roles}."),
    "printing.cannot-save": N_("{file} cannot be written ({reason}). Choose another place."),
    "printing.printer-refuses": N_("The printer {printer} does not take the page. Is it on and connected?"),
    "form.not-in-list": N_('{label}: "{value}" is not in the list. Choose one from the list.'),
}
