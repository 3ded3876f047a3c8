"""Sentences of signatures."""

from app.i18n import N_

SENTENCES = {
    "signing.secret-missing": N_("The signature is missing: type your login and PIN (or password)."),
    "signing.name-missing": N_("Who signs? Type the name of the person ({party})."),
    "signing.not-drawn": N_("{name} has not signed yet: sign in the box, or mark that the paper is signed."),
}
