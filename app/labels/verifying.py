"""Words for what a verification looks at."""

from __future__ import annotations

from enum import Enum

from app.domain.verifying import Check
from app.i18n import N_

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
