"""What a verification looks at (spec 4, "Backup and recovery")."""

from __future__ import annotations

from enum import StrEnum


class Check(StrEnum):
    """What is looked at, in this order."""

    ENGINE = "ENGINE"
    JOURNAL = "JOURNAL"
    SEALS = "SEALS"
    MOVES = "MOVES"
    STAMPS = "STAMPS"
    NUMBERS = "NUMBERS"
    REFERENCES = "REFERENCES"
    CONTENTS = "CONTENTS"
