"""The depot's working calendar: public holidays and make-up days as decreed, and the days the depot set itself.

A year counts as known when the state council's decree is in the holiday library, or when the depot entered make-up
days of that year. In any other year plain weekdays are counted and every answer that rests on it says so (spec 1 §6).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app.depot import Depot
from app.domain.calendars import USUAL_HOURS, WorkingCalendar
from app.domain.masterdata import CalendarDay, DayKind
from app.domain.policy import PolicySnapshot, parse_hours
from app.domain.policy_values import PolicyName
from app.persistence import masterdata
from app.persistence.transaction import Tx

_BACK, _AHEAD = 3, 2


def calendar(depot: Depot, tx: Tx, policy: PolicySnapshot | None = None) -> WorkingCalendar:
    """The calendar over the years around today. The holiday library is loaded on first use."""
    policy = policy or depot.policy(tx)
    today = depot.local_day(tx.at)
    years = tuple(range(today.year - _BACK, today.year + _AHEAD + 1))
    holidays, make_up, decreed = _decrees(years)
    own = masterdata.everything(tx, CalendarDay)
    off = {row.day for row in own if row.kind == DayKind.HOLIDAY.value}
    on = {row.day for row in own if row.kind == DayKind.WORKDAY.value}
    return WorkingCalendar(
        depot.zone, (holidays | off) - on, (make_up | on) - off, decreed | {day.year for day in on},
        parse_hours(policy.text(PolicyName.WORKING_HOURS)) or USUAL_HOURS,
    )


def undecreed_next_year(depot: Depot) -> int | None:
    """Next year, when its holidays are not known yet; ``None`` when they are."""
    with depot.read() as tx:
        known = calendar(depot, tx)
        year = depot.local_day(tx.at).year + 1
    return None if year in known.decreed else year


@lru_cache(maxsize=8)
def _decrees(years: tuple[int, ...]) -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    """Days off, make-up working days and the years that were decreed, of mainland China."""
    import holidays

    known = holidays.country_holidays("CN", years=years, language="en_US")
    make_up = {day for day in known.weekend_workdays if day.year in years}
    moved = {day.year for day, name in known.items() if "substituted from" in name}
    decreed = frozenset(moved | {day.year for day in make_up})
    return (
        frozenset(day for day in known if day.year in decreed),
        frozenset(day for day in make_up if day.year in decreed),
        decreed,
    )
