"""Sentences about amounts of money."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "money.missing": N_("The amount is missing. Type it in yuan, such as 1234.50."),
    "money.not-an-amount": N_('"{value}" is not an amount of money. Type it in yuan, such as 1234.50.'),
    "money.negative": N_('The amount "{value}" is negative. Type an amount of zero or more.'),
    "money.too-precise": N_('The amount "{value}" is finer than a fen. Use at most two decimals.'),
    "money.too-large": N_('The amount "{value}" is above {most}. Check it.'),
}
