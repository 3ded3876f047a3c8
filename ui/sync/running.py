"""A night run from the window: by hand with progress, or by itself; the same steps either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.depot import SYSTEM, Depot
from app.i18n import _
from app.services import night as nights
from app.sync.reaching import reach
from app.sync.run import NightReport, night
from ui.sync.words import PHASES

if TYPE_CHECKING:
    from app.progress import Progress


class _Told:
    """Says the phase in the screen's language."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def step(self, done: int, total: int, text: str = "") -> None:
        """As ``Progress.step``."""
        self._progress.step(done, total, _(PHASES[text]) if text in PHASES else text)


def run_night(depot: Depot, progress: Progress, asked_by: str) -> NightReport:
    """Exchange and verify. Nobody need be at the desk for the one that runs by itself."""
    at_work = depot if depot.operator.id else depot.as_operator(SYSTEM)
    centre = reach(at_work, asked_by)
    try:
        nights.before(at_work)
        report = night(
            at_work, centre, _Told(progress), lambda: bool(getattr(progress, "cancelled", False)), asked_by=asked_by,
        )
        nights.after(at_work)
    finally:
        centre.close()
    return report
