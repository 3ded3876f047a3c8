"""What waits on each page, for the navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.frame.navigation import Count
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from app.domain.today import Waiting


def fetch(depot: Depot) -> Mapping[str, Count]:
    """The counts by their names, with the colour of the most urgent."""
    from app.services import counts

    return {name: _count(waiting) for name, waiting in counts.live(depot).items()}


def _count(waiting: Waiting) -> Count:
    if waiting.overdue:
        return Count(waiting.number, Tone.BAD, waiting.overdue)
    if waiting.due_soon:
        return Count(waiting.number, Tone.WARN, waiting.due_soon)
    return Count(waiting.number)
