"""What waits on each page, for the navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.frame.navigation import Count
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot


def fetch(depot: Depot) -> Mapping[str, Count]:
    """The counts by their names, with the colour of the most urgent."""
    from app.services import counts

    return {
        name: Count(waiting.number, Tone.BAD if waiting.overdue else Tone.WARN if waiting.due_soon else Tone.MUTE)
        for name, waiting in counts.live(depot).items()
    }
