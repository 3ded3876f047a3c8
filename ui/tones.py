"""The few meanings a colour may have. A tone is always shown beside a word, never instead of one."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """What a coloured thing says."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    PLUM = "plum"      # work in hand: the bench
    MUTE = "mute"      # at rest, over, unknown
    ACCENT = "accent"  # the selected or due thing
