"""Clocks and calendar read from the record, on both engines."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.clocks import ClockName, Colour, PauseReason
from app.domain.masterdata import CalendarDay, DayKind
from app.domain.receiving import BroughtBy, Urgency
from app.persistence import masterdata
from app.persistence import receiving as rows
from app.persistence.tables import case_pauses
from app.services import calendar, clocks
from tests.builders import a_received_unit
from tests.conftest import FakeClock


def test_a_routine_unit_has_fourteen_days(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    (state,) = clocks.of_case(depot, got.case_id)
    assert (state.name, state.due, state.remaining, state.colour) == (
        ClockName.TURNAROUND, date(2026, 11, 17), 14, Colour.CALM)
    clock.advance(days=15)
    (late,) = clocks.of_case(depot, got.case_id)
    assert (late.remaining, late.colour) == (-1, Colour.OVERDUE)


def test_an_urgent_unit_has_its_promise(depot: Depot) -> None:
    got = a_received_unit(depot, urgency=Urgency.SPECIAL, promised_on=date(2026, 11, 6))
    (state,) = clocks.of_case(depot, got.case_id)
    assert (state.name, state.due, state.colour) == (ClockName.PROMISED, date(2026, 11, 6), Colour.DUE_SOON)


def test_waiting_for_the_customer_moves_the_due_day(depot: Depot, clock: FakeClock) -> None:
    got = a_received_unit(depot)
    clock.advance(days=2)
    with depot.write() as tx:
        tx.insert(case_pauses, {"case_id": got.case_id, "reason": PauseReason.CUSTOMER_CONSENT.value,
                                "started_at": tx.at, "ended_at": None})
    clock.advance(days=5)
    (state,) = clocks.of_case(depot, got.case_id)
    assert (state.due, state.pause, state.elapsed) == (date(2026, 11, 22), PauseReason.CUSTOMER_CONSENT, 2)
    with depot.write() as tx:
        assert clocks.refresh_due(depot, tx, got.case_id) == date(2026, 11, 22)
        case = rows.case(tx, got.case_id)
    assert case is not None
    assert case.due_on == date(2026, 11, 22)


def test_the_hand_in_clock_counts_working_days_since_the_return(depot: Depot) -> None:
    """Back on Thursday, received on Tuesday: Friday, Monday, Tuesday are three working days; two are allowed."""
    got = a_received_unit(depot, brought_by=BroughtBy.COMPANY, back_on=date(2026, 10, 29))
    _turnaround, state = clocks.of_case(depot, got.case_id)
    assert (state.name, state.elapsed, state.colour, state.undecreed) == (ClockName.HAND_IN, 3, Colour.OVERDUE, ())


def test_the_calendar_knows_decreed_years_make_up_days_and_the_depots_own(depot: Depot) -> None:
    with depot.write() as tx:
        masterdata.add(tx, CalendarDay(tx.new_id(), date(2026, 11, 11), DayKind.HOLIDAY.value))
        masterdata.add(tx, CalendarDay(tx.new_id(), date(2026, 11, 14), DayKind.WORKDAY.value))
        known = calendar.calendar(depot, tx)
    assert not known.works(date(2026, 10, 1))      # National Day
    assert known.works(date(2026, 10, 10))         # the Saturday worked for it
    assert not known.works(date(2026, 11, 11))
    assert known.works(date(2026, 11, 14))
    assert known.works(date(2026, 11, 12))
    assert 2026 in known.decreed


def test_a_year_that_is_not_decreed_is_said_to_be(depot: Depot) -> None:
    year = calendar.undecreed_next_year(depot)
    with depot.read() as tx:
        known = calendar.calendar(depot, tx)
    assert (year is None) == (2027 in known.decreed)
    assert known.undecreed(date(2028, 1, 1), date(2028, 12, 31)) == (2028,)
