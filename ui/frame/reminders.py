"""What whoever looks after the depot is told when signing in: today, that next year's holidays are not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.people import Action
from app.i18n import _
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.main_window import MainWindow

#: From this month on deadlines reach into the next year.
DECEMBER = 12


def remind(window: MainWindow) -> None:
    """Ask the record; a banner leads to the calendar. Others than administrator and manager cannot do anything."""
    window.drop_banner("calendar")
    if window.desk.permits(Action.MANAGE_DEPOT) or window.desk.permits(Action.EDIT_POLICY):
        window.desk.run(window, _unknown_year, lambda year: _say(window, year), quiet=True, replace="calendar")


def _unknown_year(depot: Depot) -> int | None:
    if depot.today().month < DECEMBER:
        return None
    from app.services import calendar

    return calendar.undecreed_next_year(depot)


def _say(window: MainWindow, year: int | None) -> None:
    if year is not None:
        window.banner(
            "calendar",
            _("The holidays of {year} are not in the calendar yet; deadlines count plain weekdays.").format(year=year),
            Tone.WARN, (_("Open the calendar"), lambda: window.open("settings", "calendar")),
        )
