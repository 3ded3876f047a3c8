"""Words for what a verification looks at."""

from __future__ import annotations

from enum import Enum

from app.domain.verifying import Check
from app.i18n import N_, _, _n

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Check: {
        Check.ENGINE: N_("The database file"),
        Check.JOURNAL: N_("The journal's chain"),
        Check.SEALS: N_("The sealed ledgers"),
        Check.MOVES: N_("Moves and places"),
        Check.STAMPS: N_("Stamps of the rows"),
        Check.NUMBERS: N_("Numbers of the papers"),
        Check.REFERENCES: N_("References between rows"),
        Check.CONTENTS: N_("Photos and scans"),
    },
}


def verified_words(sealed: int) -> str:
    """What a verification that found nothing says; ``sealed``: rows under a seal, none before the first night or copy.
    """
    if not sealed:
        return _("Verified: journal, places, numbers and references agree. Nothing is sealed yet: that is done by the "
                 "first night or nightly copy; until then a change of a single entry may go unseen.")
    said = _n("Verified: everything reads as it was written ({n} entry under a seal).",
              "Verified: everything reads as it was written ({n} entries under a seal).", sealed)
    return said.format(n=f"{sealed:,}")
