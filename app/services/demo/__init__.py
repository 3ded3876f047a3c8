"""A believable depot to try things on: three weeks of work, done through the services with a clock of its own.

Nothing is faked: every row was written by the step that writes it in earnest, in the order and at the hour at which
it would have happened. The same ``seed`` on the same day makes the same depot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from app.depot import Clock, Hashing, system_clock
from app.domain import months
from app.domain.people import Role
from app.progress import UNWATCHED, Progress
from app.services import calendar, founding, quality
from app.services.demo import (
    bench,
    casting,
    counter,
    ends,
    furnishing,
    going_home,
    learning,
    listening,
    papers_back,
    part_keeping,
    past,
    rulings,
    sample,
    spare_life,
    telephone,
    warranties,
)
from app.services.demo.house import PASSWORD, PIN, House
from app.services.demo.time_lapse import Ids, MovingClock

#: How the demonstration's secrets are kept: cheaply, they are said on the screen.
HASHING = Hashing(time_cost=1, memory_kib=8)
UNITS = 200
WORKING_DAYS, EARLIER_DAYS = 15, 8
_EARLIER = timedelta(days=38)           # how long before the three weeks the oldest visits were

#: The day's work in its order: the hour at which it begins, and what is done.
_WORK: tuple[tuple[float, Callable[[House], None]], ...] = (
    (8.6, counter.report), (8.7, telephone.answer_calls), (8.9, counter.receive), (10.2, counter.plan),
    (10.8, counter.issue),
    (11.2, counter.dispatch), (11.4, part_keeping.lend), (11.6, bench.take), (13.2, bench.diagnose),
    (14.0, bench.ask_the_customer), (14.3, bench.finish), (15.0, bench.refer), (15.2, bench.to_qa),
    (15.45, learning.learn), (15.5, bench.test),
    (15.9, part_keeping.recheck),
    (16.2, going_home.put_away), (16.5, going_home.pack), (16.8, going_home.send), (17.0, going_home.deliver),
    (17.2, going_home.archive), (17.3, telephone.chase_somebody),
    (17.35, listening.follow_up), (17.38, listening.complain),
    (17.39, listening.keep_files), (17.4, spare_life.live),
)


@dataclass(frozen=True, slots=True)
class Built:
    """What was made. ``units``: visits of units, the earlier ones of units that came again and the old list's too."""

    target: str
    depot_id: str
    name: str
    units: int
    since: date


def build(
    target: str | Path, *, units: int = UNITS, seed: int = 2611, clock: Clock = system_clock,
    progress: Progress = UNWATCHED,
) -> Built:
    """Found a depot at ``target`` and let it work until now with about ``units`` units.

    Refused: ``founding.exists`` when there is a depot already. Raises ``Cancelled`` when ``progress`` says stop.
    """
    chance, now = Random(seed), clock().astimezone(UTC)  # noqa: S311  dice, not secrets
    parts = sample.read()
    zone = ZoneInfo("Asia/Shanghai")
    begin = now - timedelta(days=90)
    lapse = MovingClock(begin, now, zone)
    founded = founding.found(
        target, _founding(parts.depot), clock=lapse, new_id=Ids(lapse, chance), hashing=HASHING, durable=False
    )
    depot = replace(founded, chance=Random(seed).randbytes)  # noqa: S311  keys of nobody
    try:
        lapse.to(begin.astimezone(zone).date(), 9)
        house = House(depot, lapse, chance, parts, {})
        with depot.read() as tx:
            works = calendar.calendar(depot, tx).works
        house.days = _days(now.astimezone(zone).date(), works)
        furnishing.furnish(house)
        house.lives = casting.cast(house, max(units, 1))
        for n, (index, day) in enumerate(sorted(house.days.items())):
            progress.step(n, len(house.days), f"{day:%Y-%m-%d}")
            house.day = index
            for hour, work in _WORK:
                lapse.to(day, hour)
                work(house)
            if index == WORKING_DAYS - 4:
                going_home.take_stock(house)
        warranties.enter(house)
        rulings.decide(house)
        ends.carry_out(house)
        old = past.take_over(house)
        _close_last_month(house)
        old += past.enter_late(house)
        papers_back.file_scans(house)
        progress.step(len(house.days), len(house.days))
        return Built(str(target), depot.depot_id, depot.identity.name, len(house.lives) + old, house.days[0])
    finally:
        depot.close()


def _close_last_month(house: House) -> None:
    """The inspector closes the month before, as on every first working day."""
    last = months.add_months(house.depot.today().replace(day=1), -1)
    quality.close_month(
        house.at(Role.INSPECTOR), f"{last:%Y-%m}", house.own(Role.INSPECTOR),
        "元器件质量仍居首位，其中电容类占多数；无批次性问题。", "继续跟踪电容批次，下月复核。")


def logins() -> tuple[str, ...]:
    """Who can come to the desk, in the order of the roles."""
    return tuple(person["login"] for person in sample.read().depot["people"])


def people_of_roles() -> tuple[tuple[str, Role], ...]:
    """Each login with its role, two of each."""
    return tuple((person["login"], Role(person["role"])) for person in sample.read().depot["people"])


def _founding(row: sample.Row) -> founding.Founding:
    admin = next(person for person in row["people"] if person["login"] == "admin")
    return founding.Founding(
        row["depot_id"], row["name"], "admin", admin["name"], PASSWORD, PIN, address=row["address"],
        phone=row["phone"])


def _days(today: date, works: Callable[[date], bool]) -> dict[int, date]:
    """Working days by index: 0 is the first of the three weeks, the last is today, the negative ones lie before."""
    found: list[date] = []
    day = today
    while len(found) < WORKING_DAYS:
        day -= timedelta(days=1)
        if works(day):
            found.append(day)
    days = dict(enumerate([*reversed(found), today]))
    earlier: list[date] = []
    day = days[0] - _EARLIER
    while len(earlier) < EARLIER_DAYS:
        if works(day):
            earlier.append(day)
        day += timedelta(days=1)
    return {**{index - EARLIER_DAYS: day for index, day in enumerate(earlier)}, **days}


__all__ = ["HASHING", "PASSWORD", "PIN", "UNITS", "Built", "build", "logins", "people_of_roles"]
