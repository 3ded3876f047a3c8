"""Working days with holidays and make-up days; working time of a day; years not decreed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendars import WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: National day 2025 as decreed: 1 to 8 October off; Sunday 28 September and Saturday 11 October worked.
OCTOBER = WorkingCalendar(
    SHANGHAI,
    holidays=frozenset(date(2025, 10, d) for d in range(1, 9)),
    make_up=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
    decreed=frozenset({2025}),
)
BERLIN = WorkingCalendar(ZoneInfo("Europe/Berlin"), decreed=frozenset({2025}))
days = st.dates(date(2025, 9, 1), date(2025, 11, 30))
moments = st.datetimes(datetime(2025, 9, 20), datetime(2025, 10, 20), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda m: m.replace(microsecond=0)
)


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 9, 27), False),
        (date(2025, 9, 28), True),
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
    ],
)
def test_holidays_and_make_up_days(day: date, works: bool) -> None:
    assert OCTOBER.works(day) is works


def test_two_working_days_over_the_national_holidays() -> None:
    assert OCTOBER.working_day(date(2025, 9, 30), 2) == date(2025, 10, 10)
    assert OCTOBER.working_days(date(2025, 9, 30), date(2025, 10, 12)) == 3


def test_working_time_leaves_out_lunch_nights_and_holidays() -> None:
    assert OCTOBER.working_seconds(at(9, 11), at(9, 14)) == 120 * 60
    assert OCTOBER.working_seconds(at(30, 17, month=9), at(9, 9)) == 60 * 60
    assert OCTOBER.working_seconds(at(9, 14), at(9, 11)) == 0
    assert OCTOBER.after_working_seconds(at(30, 17, month=9), 3600) == at(9, 9)
    assert OCTOBER.after_working_seconds(at(9, 11), 3600) == at(9, 12)
    assert OCTOBER.after_working_seconds(at(9, 11), 3601) == at(9, 13) + timedelta(seconds=1)


def test_the_end_of_a_day_is_the_depots_midnight() -> None:
    assert OCTOBER.end_of(date(2025, 10, 9)) == datetime(2025, 10, 9, 16, tzinfo=UTC)
    assert OCTOBER.local_day(datetime(2025, 10, 9, 16, tzinfo=UTC)) == date(2025, 10, 10)


def test_summer_time_keeps_the_length_of_a_working_day() -> None:
    assert BERLIN.working_seconds(
        datetime(2025, 10, 24, 0, tzinfo=UTC), datetime(2025, 10, 28, 0, tzinfo=UTC)
    ) == 2 * (210 + 270) * 60


def test_years_that_are_not_decreed_are_named() -> None:
    assert OCTOBER.undecreed(date(2025, 12, 1), date(2027, 1, 1)) == (2026, 2027)
    assert OCTOBER.undecreed(date(2025, 1, 1), date(2025, 12, 31)) == ()


def test_a_calendar_without_hours_is_a_bug() -> None:
    with pytest.raises(ValueError, match="hours"):
        WorkingCalendar(SHANGHAI, hours=())


@given(days, days, days)
def test_working_days_add_up(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    assert OCTOBER.working_days(a, c) == OCTOBER.working_days(a, b) + OCTOBER.working_days(b, c)


@given(days, st.integers(1, 30))
def test_the_nth_working_day_is_a_working_day_and_n_away(day: date, n: int) -> None:
    found = OCTOBER.working_day(day, n)
    assert OCTOBER.works(found)
    assert OCTOBER.working_days(day, found) == n


@given(moments, moments, moments)
def test_working_time_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    a, b, c = sorted((a, b, c))
    assert OCTOBER.working_seconds(a, c) == OCTOBER.working_seconds(a, b) + OCTOBER.working_seconds(b, c)


@given(moments, st.integers(1, 200_000))
def test_after_some_working_time_exactly_that_time_has_passed(start: datetime, seconds: int) -> None:
    end = OCTOBER.after_working_seconds(start, seconds)
    assert OCTOBER.working_seconds(start, end) == seconds
    assert OCTOBER.working_seconds(start, end - timedelta(seconds=1)) == seconds - 1
