"""Sentences about permissions, separations and secrets."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "people.not-allowed": N_("You may not {action}. Ask one of these: {who}."),
    "people.repairs-own-inspection": N_(
        "You inspected case {number}, and whoever inspects a case does not repair it. Leave it to another technician."),
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
    "people.login-form": N_('"{value}" cannot be a login name. Use 2 to 32 characters without spaces.'),
    "people.login-taken": N_('The login "{value}" belongs to somebody already. Choose another.'),
    "people.name-missing": N_("The name is missing. Type it as it shall stand on papers."),
    "people.roles-missing": N_("No role is chosen. Choose at least one."),
    "people.stamp-missing": N_("An inspector needs the number of the stamp. Type it as it is cut into the stamp."),
    "people.stamp-taken": N_("The stamp {value} belongs to {name}. Every inspector has a stamp of their own."),
    "people.badge-taken": N_('The badge "{value}" belongs to somebody already. Give another badge.'),
    "people.unknown-badge": N_('Nobody here has the badge "{value}". Sign in with the login name and the password.'),
    "people.unknown-login": N_('Nobody here has the login "{value}". Check it, or ask the administrator.'),
    "people.wrong-secret": N_("This is not the secret of {name}. Type it again."),
    "people.blocked": N_("Too many wrong tries for {name}. Wait until {until}, or ask the administrator."),
    "people.nobody-at-desk": N_("Nobody is signed in at this desk. Sign in first."),
    "people.no-new-secret": N_("Neither a new password nor a new PIN was typed. Type at least one."),
    "people.password-needed": N_("A new password needs the present password, not the PIN. Type the password."),
    "people.last-administrator": N_(
        "{name} is the last administrator. Make somebody else an administrator first."),
    "people.own-account": N_("You cannot deactivate your own account. Ask another administrator."),
    "people.changed-meanwhile": N_(
        "{name} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
}
