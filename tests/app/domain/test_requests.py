"""Service requests without a database: what is wrong with a call or a report, the clocks, the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.calendars import WorkingCalendar
from app.domain.clocks import ClockName, Colour, read
from app.domain.policy import PolicyBook
from app.domain.requests import (
    Call,
    RequestState,
    RequestStep,
    Route,
    ServiceRequest,
    call_problems,
    clocks,
    next_step,
)
from app.domain.serials import ANY
from app.domain.site_visits import SitePart, SiteResult, TripReport, report_problems

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 3)
POLICY = PolicyBook().at(TODAY)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def a_request(**values: object) -> ServiceRequest:
    given: dict[str, object] = dict.fromkeys(ServiceRequest.__dataclass_fields__, "")
    given |= {
        "state": RequestState.OPEN, "route": None, "taken_at": at(3, 9), "passed_on_at": None, "answered_at": None,
        "planned_at": None, "closed_at": None, "case_id": None, "quoted_fen": None, "consented": None, **values,
    }
    return ServiceRequest(**given)  # type: ignore[arg-type]


def a_call(**values: object) -> Call:
    return Call(**{"customer_id": "c", "symptom": "黑屏", "phone": "138", **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"customer_id": ""}, "requests.customer-missing"), ({"phone": ""}, "requests.reach-missing"),
        ({"symptom": "  "}, "requests.symptom-missing"), ({"fault_on": date(2026, 11, 4)}, "requests.fault-in-future"),
        ({"serial": "6.37702E+15"}, "serial.spreadsheet-damage"), ({"symptom": "x" * 4001}, "requests.text-long"),
    ],
)
def test_what_is_wrong_with_a_call(values: dict[str, object], code: str) -> None:
    assert [p.code for p in call_problems(a_call(**values), ANY, TODAY)] == [code]


def test_a_good_call() -> None:
    assert call_problems(a_call(serial="H204817736", fault_on=TODAY), ANY, TODAY) == []


#: Called when, in which calendar; when each clock runs out (4, 8 and 8 working hours of 8.5-12, 13-17.5).
CALENDARS = [
    (at(3, 9), WorkingCalendar(SHANGHAI), at(3, 14), at(4, 9)),
    (at(6, 16, 30), WorkingCalendar(SHANGHAI), at(9, 11, 30), at(9, 16, 30)),                   # Friday → Monday
    (at(6, 16, 30), WorkingCalendar(SHANGHAI, make_up=frozenset({date(2026, 11, 7)})), at(7, 11, 30), at(7, 16, 30)),
    (at(6, 16, 30), WorkingCalendar(SHANGHAI, holidays=frozenset({date(2026, 11, 9)})), at(10, 11, 30), at(10, 16, 30)),
    (at(3, 20), WorkingCalendar(SHANGHAI), at(4, 13, 30), at(4, 17, 30)),                       # after hours
]


@pytest.mark.parametrize(("taken", "calendar", "four", "eight"), CALENDARS)
def test_the_clocks_run_in_working_hours(
    taken: datetime, calendar: WorkingCalendar, four: datetime, eight: datetime
) -> None:
    found = {clock.name: read(clock, taken, calendar) for clock in clocks(a_request(taken_at=taken), POLICY)}
    assert found[ClockName.PASS_ON].due_at == four
    assert found[ClockName.ANSWER].due_at == found[ClockName.SOLUTION_PLAN].due_at == eight


def test_a_later_step_stops_the_earlier_clocks() -> None:
    done = a_request(planned_at=at(3, 10))
    states = [read(clock, at(20, 9), WorkingCalendar(SHANGHAI)) for clock in clocks(done, POLICY)]
    assert [(state.stopped, state.colour) for state in states] == [(True, Colour.CALM)] * 3
    late = a_request(passed_on_at=at(3, 10))
    states = [read(clock, at(20, 9), WorkingCalendar(SHANGHAI)) for clock in clocks(late, POLICY)]
    assert [state.stopped for state in states] == [True, False, False]
    assert [state.colour for state in states[1:]] == [Colour.OVERDUE] * 2


_PLANNED = {"planned_at": at(3, 11)}


@pytest.mark.parametrize(
    ("values", "trips", "open_trips", "step"),
    [
        ({}, 0, 0, RequestStep.PASS_ON), ({"passed_on_at": at(3, 10)}, 0, 0, RequestStep.ANSWER),
        ({"answered_at": at(3, 10)}, 0, 0, RequestStep.PLAN), (_PLANNED, 0, 0, RequestStep.CHOOSE_ROUTE),
        ({**_PLANNED, "route": Route.PHONE}, 0, 0, RequestStep.CLOSE),
        ({**_PLANNED, "route": Route.RETURN}, 0, 0, RequestStep.AWAIT_UNIT),
        ({**_PLANNED, "route": Route.SPARE_SWAP}, 0, 0, RequestStep.SWAP),
        ({**_PLANNED, "route": Route.ON_SITE}, 0, 0, RequestStep.SEND_SOMEBODY),
        ({**_PLANNED, "route": Route.ON_SITE, "quoted_fen": 100}, 0, 0, RequestStep.GET_CONSENT),
        ({**_PLANNED, "route": Route.ON_SITE, "quoted_fen": 100, "consented": False}, 0, 0, RequestStep.CLOSE),
        ({**_PLANNED, "route": Route.ON_SITE}, 0, 1, RequestStep.FINISH_TRIP),
        ({**_PLANNED, "route": Route.ON_SITE}, 1, 0, RequestStep.CLOSE),
        ({"state": RequestState.CLOSED}, 0, 0, RequestStep.NOTHING),
    ],
)
def test_what_is_to_be_done_next(values: dict[str, object], trips: int, open_trips: int, step: RequestStep) -> None:
    assert next_step(a_request(**values), trips=trips, open_trips=open_trips) is step


REPORT = TripReport("v", date(2026, 11, 3), "电源坏", "更换电源", SiteResult.SOLVED, 90, (SitePart("电源", 1),))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"back_on": None}, "requests.back-missing"), ({"back_on": date(2026, 11, 1)}, "requests.back-before-leaving"),
        ({"back_on": date(2026, 11, 4)}, "requests.back-in-future"), ({"findings": " "}, "requests.findings-missing"),
        ({"work": ""}, "requests.work-missing"), ({"result": None}, "requests.result-missing"),
        ({"labour_minutes": -1}, "requests.labour"), ({"parts": (SitePart(" "),)}, "requests.part-name"),
        ({"parts": (SitePart("电源", 0),)}, "requests.part-quantity"),
    ],
)
def test_what_is_wrong_with_a_report(values: dict[str, object], code: str) -> None:
    found = report_problems(replace(REPORT, **values), date(2026, 11, 2), TODAY)  # type: ignore[arg-type]
    assert [p.code for p in found] == [code]
    assert report_problems(REPORT, date(2026, 11, 2), TODAY) == []


def test_moments_are_aware() -> None:
    assert clocks(a_request(), POLICY)[0].start.astimezone(UTC) - at(3, 9) == timedelta(0)
