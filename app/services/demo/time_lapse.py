"""A clock that is set by hand and ids that follow it: the past of the demonstration depot is made in its own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

OPENS, CLOSES = 8.5, 17.5                      # hours of the day in which the depot works
_TODAY = timedelta(hours=2, minutes=30)        # what happened today happened within this time


class MovingClock:
    """Moves a little at each look, never back, and never beyond ``end``: the moment at which the demo is opened."""

    def __init__(self, begin: datetime, end: datetime, zone: ZoneInfo) -> None:
        self._now, self._end, self._zone = begin, end, zone
        self._step = timedelta(seconds=7)

    def __call__(self) -> datetime:
        """The moment, in UTC."""
        self._now = min(self._now + self._step, self._end)
        return self._now

    def to(self, day: date, hour: float) -> None:
        """Go on to ``hour`` of ``day`` at the depot; the last day is squeezed into the hours before the end."""
        local_end = self._end.astimezone(self._zone)
        if day >= local_end.date():
            midnight = datetime.combine(local_end.date(), time.min, self._zone)
            begin = max(midnight, local_end - _TODAY)
            share = (hour - OPENS) / (CLOSES - OPENS)
            wanted = begin + (local_end - begin) * max(0.0, min(1.0, share))
            self._step = timedelta(milliseconds=200)
        else:
            wanted = datetime.combine(day, time.min, self._zone) + timedelta(hours=hour)
        self._now = min(max(self._now, wanted.astimezone(UTC)), self._end)

    @property
    def now(self) -> datetime:
        """The moment, without moving."""
        return self._now


class Ids:
    """UUIDv7 in the clock's time, the same in every run with the same seed."""

    def __init__(self, clock: MovingClock, chance: Random) -> None:
        self._clock, self._chance, self._count = clock, chance, 0

    def __call__(self) -> str:
        """A new id."""
        self._count += 1
        milliseconds = int(self._clock.now.timestamp() * 1000)
        tail = (2 << 62) | (self._count << 32) | self._chance.getrandbits(32)
        return str(UUID(int=(milliseconds << 80) | (7 << 76) | tail))
