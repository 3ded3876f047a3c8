"""The working calendar: which days and which hours of a day the depot works (spec 1 §6).

The calendar is handed in: public holidays and make-up working days (调休) come from outside. The state council
decrees a year late in the year before; in a year not decreed yet plain weekdays are counted and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)
_FRIDAY = 4

#: 08:30-12:00 and 13:00-17:30, in minutes of the day.
USUAL_HOURS: tuple[tuple[int, int], ...] = ((510, 720), (780, 1050))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When a depot works.

    ``zone``: the depot's time zone. ``holidays``: days off that would be weekdays; ``make_up``: weekend days worked;
    a day in both is worked. ``decreed``: the years for which both are known. ``hours``: working hours of a working
    day as (from, to) minutes, in order.
    """

    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    decreed: frozenset[int] = frozenset()
    hours: tuple[tuple[int, int], ...] = USUAL_HOURS

    def __post_init__(self) -> None:
        if not self.hours:
            raise ValueError("a working day without hours never ends")

    def works(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return day in self.make_up or (day.weekday() <= _FRIDAY and day not in self.holidays)

    def local_day(self, moment: datetime) -> date:
        """The date of ``moment`` (aware) at the depot."""
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The moment (UTC) at which ``day`` is over at the depot."""
        return self._moment(day + _DAY, 0)

    def undecreed(self, first: date, last: date) -> tuple[int, ...]:
        """The years from ``first`` to ``last`` whose holidays are not decreed."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.decreed)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (``after``, ``until``]; 0 when there is no such day."""
        return sum(self.works(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))

    def working_day(self, after: date, number: int) -> date:
        """The ``number``-th working day after ``after``; ``after`` itself for 0."""
        day = after
        while number > 0:
            day += _DAY
            number -= self.works(day)
        return day

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Working time in [``start``, ``end``] in seconds; 0 when ``end`` is not after ``start``."""
        if end <= start:
            return 0
        total = timedelta()
        for opens, closes in self._spans(self.local_day(start)):
            if opens >= end:
                break
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return int(total.total_seconds())

    def after_working_seconds(self, start: datetime, seconds: int) -> datetime:
        """The first moment by which ``seconds`` of working time have passed since ``start``."""
        left = timedelta(seconds=seconds)
        if not left:
            return start
        for opens, closes in self._spans(self.local_day(start)):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins + left
            left -= max(timedelta(), closes - begins)
        raise AssertionError("a calendar never ends")  # pragma: no cover

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The working spans from ``day`` on, in UTC, without end."""
        while True:
            if self.works(day):
                for opens, closes in self.hours:
                    yield self._moment(day, opens), self._moment(day, closes)
            day += _DAY

    def _moment(self, day: date, minute: int) -> datetime:
        local = datetime.combine(day + timedelta(days=minute // 1440), datetime.min.time(), self.zone)
        return local.replace(hour=minute % 1440 // 60, minute=minute % 60).astimezone(UTC)
