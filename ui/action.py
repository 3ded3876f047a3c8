"""One action of the window: what it is called, its keys, its icon."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done by menu, button, key or scanned command (``CMD:DO:<id>``)."""

    id: str                  # "<page>.<verb>"; "frame.<verb>" works everywhere
    text: str                # marked by N_
    shortcut: str = ""       # as Qt writes it in English: "Ctrl+Return"
    icon: str = ""
    help: str = ""           # one sentence for the key help, marked by N_

    @property
    def page(self) -> str:
        """The page it belongs to; ``frame`` = everywhere."""
        return self.id.split(".", 1)[0]
