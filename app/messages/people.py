"""Sentences about permissions, separations and secrets."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "people.not-allowed": N_("You may not {action}. Ask one of these: {who}."),
    "people.inspects-own-repair": N_("Whoever worked on a case does not inspect it. Ask another inspector."),
    "people.approves-own-request": N_(
        "Whoever asked for an approval does not give it. Ask another person to approve."),
    "people.approves-own-repair": N_("Whoever repaired the unit does not approve its scrapping. Ask another person."),
    "people.password-short": N_("The password is too short. Use at least {least} characters."),
    "people.password-long": N_("The password is longer than {most} characters. Shorten it."),
    "people.password-plain": N_(
        "The password is too easy to guess. Use several different characters, not the login name."),
    "people.pin-form": N_("The PIN has {least} to {most} digits and nothing else. Choose another."),
    "people.pin-plain": N_("The PIN is too easy to guess. Do not repeat one digit or count up or down."),
    "people.login-form": N_("“{value}” cannot be a login name. Use 2 to 32 characters without spaces."),
}
