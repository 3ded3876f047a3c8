"""How a night ended, and why two versions wait for a person."""

from __future__ import annotations

from enum import StrEnum


class Ended(StrEnum):
    """How a try at a night ended."""

    RUNNING = "RUNNING"
    VERIFIED = "VERIFIED"        # exchanged, and the same on both sides
    REFUSED = "REFUSED"
    UNAVAILABLE = "UNAVAILABLE"
    STOPPED = "STOPPED"
    KILLED = "KILLED"            # the program or the computer ended over it
    BROKEN = "BROKEN"            # a mistake of the program's


class ConflictKind(StrEnum):
    """Why two versions wait for a person."""

    CONFLICT = "CONFLICT"        # both sides changed the row
    DAMAGED = "DAMAGED"          # one stamp, two contents: a disk or a hand changed one of them
    TWICE = "TWICE"              # a number or name that may be there once was given twice


class Resolution(StrEnum):
    """How a person decided."""

    MINE = "MINE"
    THEIRS = "THEIRS"
    MERGED = "MERGED"
