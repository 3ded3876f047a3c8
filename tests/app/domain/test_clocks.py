"""Clocks: due dates, colours, pauses. Pauses never lengthen what elapsed and put the due date off by their length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain import deadlines
from app.domain.calendars import WorkingCalendar
from app.domain.clocks import Clock, ClockName, Colour, Pause, PauseReason, TimeKind, read
from app.domain.policy import PolicyBook, PolicyEntry

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(
    SHANGHAI,
    holidays=frozenset(date(2025, 10, d) for d in range(1, 9)),
    make_up=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
    decreed=frozenset({2025}),
)
POLICY = PolicyBook().at(date(2025, 9, 1))

moments = st.datetimes(datetime(2025, 9, 1), datetime(2025, 11, 15), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda m: m.replace(microsecond=0)
)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    start = draw(moments)
    end = draw(st.none() | st.integers(0, 20 * 86400).map(lambda s: start + timedelta(seconds=s)))
    return Pause(start, end, draw(st.sampled_from(PauseReason)))


clocks = st.builds(
    Clock,
    name=st.just(ClockName.TURNAROUND),
    kind=st.sampled_from(TimeKind),
    start=moments,
    target=st.integers(0, 40),
    due_soon=st.integers(0, 5),
    stop=st.none(),
    pauses=st.lists(pauses(), max_size=4).map(tuple),
)


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=SHANGHAI)


def paused(start: datetime, end: datetime | None) -> Pause:
    return Pause(start, end, PauseReason.CUSTOMER_CONSENT)


def length(kind: TimeKind, start: datetime, end: datetime) -> int:
    first, last = CALENDAR.local_day(start), CALENDAR.local_day(end)
    match kind:
        case TimeKind.HOURS:
            return int((end - start).total_seconds())
        case TimeKind.WORKING_HOURS:
            return CALENDAR.working_seconds(start, end)
        case TimeKind.WORKING_DAYS:
            return CALENDAR.working_days(first, last)
        case TimeKind.CALENDAR_DAYS:
            return (last - first).days


def test_turnaround_is_fourteen_calendar_days() -> None:
    clock = deadlines.turnaround(at(9, 10), None, POLICY)
    state = read(clock, at(9, 20), CALENDAR)
    assert (state.elapsed, state.remaining, state.due, state.colour) == (10, 4, date(2025, 9, 24), Colour.CALM)
    assert state.due_at == datetime(2025, 9, 24, 16, tzinfo=UTC)
    assert read(clock, at(9, 21), CALENDAR).colour is Colour.DUE_SOON
    assert read(clock, at(9, 24, 23, 59), CALENDAR).colour is Colour.DUE_SOON
    assert read(clock, at(9, 25, 0, 0), CALENDAR).colour is Colour.OVERDUE


def test_hand_in_is_two_working_days_and_skips_the_holidays() -> None:
    clock = deadlines.hand_in(at(9, 30), None, POLICY, by_company=True)
    state = read(clock, at(10, 10), CALENDAR)
    assert (state.due, state.elapsed, state.colour) == (date(2025, 10, 10), 2, Colour.DUE_SOON)
    assert read(clock, at(10, 11), CALENDAR).colour is Colour.OVERDUE


def test_message_clocks_run_in_working_hours() -> None:
    state = read(deadlines.pass_on(at(9, 30, 16), None, POLICY), at(10, 9, 9), CALENDAR)
    assert (state.elapsed, state.remaining) == (2 * 3600, 2 * 3600)
    assert state.due_at == at(10, 9, 11)
    assert state.colour is Colour.DUE_SOON


def test_waiting_for_the_customer_does_not_count() -> None:
    pause = paused(at(9, 12), at(9, 17))
    state = read(deadlines.turnaround(at(9, 10), None, POLICY, (pause,)), at(9, 20), CALENDAR)
    assert (state.elapsed, state.remaining, state.due, state.pause) == (5, 9, date(2025, 9, 29), None)


def test_an_open_pause_shows_its_reason_and_moves_the_due_day_along() -> None:
    clock = deadlines.turnaround(at(9, 10), None, POLICY, (paused(at(9, 12), None),))
    first, second = read(clock, at(9, 15), CALENDAR), read(clock, at(9, 16), CALENDAR)
    assert first.pause is second.pause is PauseReason.CUSTOMER_CONSENT
    assert (first.elapsed, first.due) == (2, date(2025, 9, 27))
    assert (second.elapsed, second.due) == (2, date(2025, 9, 28))


def test_a_stopped_clock_stands_still_for_ever() -> None:
    clock = deadlines.turnaround(at(9, 10), at(9, 20), POLICY)
    assert read(clock, at(11, 20), CALENDAR) == read(clock, at(9, 20), CALENDAR)
    assert read(clock, at(11, 20), CALENDAR).stopped
    assert not read(clock, at(9, 19), CALENDAR).stopped


def test_a_promise_is_not_moved_by_pauses() -> None:
    clock = deadlines.promised(at(9, 10), None, date(2025, 9, 15), POLICY)
    clock = replace(clock, pauses=(paused(at(9, 11), None),))
    state = read(clock, at(9, 16), CALENDAR)
    assert (state.due, state.remaining, state.colour) == (date(2025, 9, 15), -1, Colour.OVERDUE)


def test_targets_come_from_the_policy_of_the_day() -> None:
    policy = PolicyBook((PolicyEntry("1", "turnaround-days", "7", date(2025, 9, 1)),)).at(date(2025, 9, 10))
    assert read(deadlines.turnaround(at(9, 10), None, policy), at(9, 10), CALENDAR).due == date(2025, 9, 17)


def test_a_year_not_decreed_is_named_for_working_time_only() -> None:
    late = datetime(2025, 12, 31, 10, tzinfo=SHANGHAI)
    assert read(deadlines.hand_in(late, None, POLICY, by_company=False), late, CALENDAR).undecreed == (2026,)
    assert read(deadlines.turnaround(late, None, POLICY), late, CALENDAR).undecreed == ()


def test_the_other_clocks_have_the_targets_of_the_specification() -> None:
    start = at(9, 10)
    assert read(deadlines.loan_back(start, None, POLICY), start, CALENDAR).due == date(2025, 9, 13)
    assert read(deadlines.owed_unit(start, None, POLICY), start, CALENDAR).due == date(2025, 9, 24)
    assert read(deadlines.answer(start, None, POLICY), start, CALENDAR).due_at == at(9, 11)
    assert read(deadlines.solution_plan(start, None, POLICY), start, CALENDAR).due_at == at(9, 11)


@given(clocks, moments, moments)
def test_elapsed_never_runs_back(clock: Clock, one: datetime, other: datetime) -> None:
    one, other = sorted((one, other))
    assert 0 <= read(clock, one, CALENDAR).elapsed <= read(clock, other, CALENDAR).elapsed


@given(clocks, pauses(), moments)
def test_a_pause_never_lengthens_what_elapsed(clock: Clock, pause: Pause, now: datetime) -> None:
    more = replace(clock, pauses=(*clock.pauses, pause))
    assert read(more, now, CALENDAR).elapsed <= read(clock, now, CALENDAR).elapsed
    assert read(more, now, CALENDAR).due >= read(clock, now, CALENDAR).due


@given(clocks, st.permutations(range(4)), moments)
def test_the_order_and_overlap_of_pauses_do_not_matter(clock: Clock, order: list[int], now: datetime) -> None:
    mixed = tuple(clock.pauses[n] for n in order if n < len(clock.pauses))
    doubled = replace(clock, pauses=mixed + clock.pauses)
    one, other = read(doubled, now, CALENDAR), read(clock, now, CALENDAR)
    assert (one.elapsed, one.due_at, one.colour) == (other.elapsed, other.due_at, other.colour)


@given(clocks, st.integers(0, 999), st.integers(0, 10 * 86400))
def test_a_pause_moves_the_due_moment_by_exactly_its_length(clock: Clock, per_mille: int, seconds: int) -> None:
    clock = replace(clock, pauses=())
    whole = int((read(clock, clock.start, CALENDAR).due_at - clock.start).total_seconds())
    start = clock.start + timedelta(seconds=whole * per_mille // 1000)
    end = start + timedelta(seconds=seconds)
    before = read(clock, end, CALENDAR)
    after = read(replace(clock, pauses=(paused(start, end),)), end, CALENDAR)
    taken = length(clock.kind, start, end)
    assert after.remaining == before.remaining + taken
    if clock.kind is TimeKind.HOURS:
        assert after.due_at - before.due_at == timedelta(seconds=taken)
    elif clock.kind is TimeKind.WORKING_HOURS:
        assert CALENDAR.working_seconds(before.due_at, after.due_at) == taken
    else:
        assert length(clock.kind, before.due_at - timedelta(seconds=1), after.due_at - timedelta(seconds=1)) == taken


@example(Clock(ClockName.TURNAROUND, TimeKind.HOURS, at(9, 1), 0, 0, None, (paused(at(9, 1), None),)), at(9, 2))
@example(Clock(ClockName.HAND_IN, TimeKind.WORKING_DAYS, at(10, 20), 14, 0), at(11, 8))  # late on a Saturday
@given(clocks, moments)
def test_overdue_and_what_remains_agree(clock: Clock, now: datetime) -> None:
    assume(now >= clock.start)
    state = read(clock, now, CALENDAR)
    if state.remaining < 0:
        assert state.colour is Colour.OVERDUE
    if state.colour is Colour.OVERDUE:
        assert state.remaining <= 0
        assert now >= state.due_at
    if clock.kind is TimeKind.CALENDAR_DAYS and not clock.pauses:
        assert (state.colour is Colour.OVERDUE) == (state.remaining < 0)


@given(clocks, moments, moments)
def test_once_overdue_always_overdue(clock: Clock, one: datetime, other: datetime) -> None:
    one, other = sorted((one, other))
    if read(clock, one, CALENDAR).colour is Colour.OVERDUE:
        assert read(clock, other, CALENDAR).colour is Colour.OVERDUE


@given(clocks, moments, moments)
def test_a_stop_freezes_the_clock(clock: Clock, stop: datetime, now: datetime) -> None:
    stopped = replace(clock, stop=stop)
    if now >= stop:
        assert read(stopped, now, CALENDAR).elapsed == read(clock, stop, CALENDAR).elapsed


@pytest.mark.parametrize("kind", list(TimeKind))
def test_before_its_start_nothing_has_elapsed(kind: TimeKind) -> None:
    clock = Clock(ClockName.ANSWER, kind, at(9, 10), 5, 1)
    assert read(clock, at(9, 1), CALENDAR).elapsed == 0
