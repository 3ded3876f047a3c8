"""Where the clocks of the chase list come from: a small function per part of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo

from app.domain import complaints, deadlines, requests
from app.domain.calendars import WorkingCalendar
from app.domain.chase import OF_STAGE, NextAct, Subject
from app.domain.clocks import Clock, ClockName, Pause, PauseReason, TimeKind
from app.domain.people import Role
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.domain.receiving import BroughtBy
from app.domain.stages import Stage
from app.persistence import alarms as alarm_rows
from app.persistence import chase as rows
from app.persistence import complaints as complaint_rows
from app.persistence import filing as filing_rows
from app.persistence import transfers as transfer_rows
from app.persistence.chase import CaseClock, OpenMatter, PauseRow
from app.persistence.transaction import Tx

#: Customers who never send a slip back are many: so many of the longest gone are looked at.
MOST_PAPERS = 500
_WORKING = {TimeKind.WORKING_DAYS, TimeKind.WORKING_HOURS}
_FIRST_ACTS: dict[ClockName, NextAct] = {
    ClockName.PASS_ON: NextAct.PASS_ON, ClockName.ANSWER: NextAct.ANSWER,
    ClockName.SOLUTION_PLAN: NextAct.PLAN_SOLUTION,
}
_COMPLAINT_ACTS: dict[ClockName, tuple[Role, NextAct]] = {
    ClockName.COMPLAINT_ASSIGN: (Role.CLERK, NextAct.ASSIGN_COMPLAINT),
    ClockName.COMPLAINT_ANSWER: (Role.SUPERVISOR, NextAct.ANSWER_COMPLAINT),
    ClockName.COMPLAINT_TELL: (Role.CLERK, NextAct.TELL_RESULT),
}


@dataclass(slots=True)
class Reading:
    """How the clocks are read: by which policy, until which due day (``None``: all), in which calendar.

    The working calendar is asked for when the first clock in working time needs it: its holidays take time to load.
    """

    zone: tzinfo
    policy_of: Callable[[date], PolicySnapshot]
    due_by: date | None
    plain: WorkingCalendar
    ask_calendar: Callable[[], WorkingCalendar]
    _working: WorkingCalendar | None = field(default=None)

    def policy(self, moment: datetime) -> PolicySnapshot:
        """The policy of the depot's day of ``moment``."""
        return self.policy_of(self.day(moment))

    def day(self, moment: datetime) -> date:
        """The depot's day of ``moment``."""
        return moment.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """Midnight at the depot."""
        return datetime.combine(day, time(), self.zone)

    def calendar_for(self, clock: Clock) -> WorkingCalendar:
        """The calendar ``clock`` is read with."""
        if clock.kind not in _WORKING:
            return self.plain
        if self._working is None:
            self._working = self.ask_calendar()
        return self._working


Found = Iterator[tuple[Subject, Clock]]


def in_house(tx: Tx, reading: Reading) -> Found:
    """Turnaround, or the promised date of an urgent unit (art. 12.4)."""
    found = {case.case_id: case for case in rows.cases_in_house(tx, due_by=reading.due_by)}
    if reading.due_by is not None:
        found |= {case.case_id: case for case in rows.cases_standing_still(tx)}
    pauses = rows.pauses_of(tx, found)
    for case in found.values():
        if case.received_at is None:
            continue
        policy, since = reading.policy(case.received_at), case.counts_from or case.received_at
        if case.promised_on is not None:
            clock = deadlines.promised(since, None, case.promised_on, policy)
        else:
            clock = deadlines.turnaround(since, None, policy, _pauses(pauses.get(case.case_id, [])))
        yield _of_case(case), clock


def hand_in(tx: Tx, reading: Reading) -> Found:
    """Units that are back at the factory and not handed in yet (art. 8.1)."""
    for case in rows.cases_to_hand_in(tx):
        if case.back_on is not None:
            arrived = min(reading.start_of(case.back_on), tx.at)
            by_company = case.brought_by == BroughtBy.COMPANY.value
            yield _of_case(case), deadlines.hand_in(arrived, None, reading.policy(arrived), by_company=by_company)


def open_requests(tx: Tx, reading: Reading) -> Found:
    """The three clocks of each open request, in working hours."""
    for row in rows.open_requests(tx):
        request = row.request
        for clock in requests.clocks(request, reading.policy(request.taken_at)):
            yield Subject(
                "request", request.id, request.number,
                Role.TECHNICIAN if clock.name is ClockName.SOLUTION_PLAN else Role.CLERK, _FIRST_ACTS[clock.name],
                request.number, request.case_id or "", request.unit_id or "", request.serial, row.model,
                request.customer_id, row.customer, request.passed_on_to,
            ), clock


def owed_units(tx: Tx, reading: Reading) -> Found:
    """Faulty units owed for a spare that stayed at the site; the days agreed then hold."""
    for row in rows.owed_units(tx):
        clock = deadlines.owed_unit(row.began_at, None, reading.policy(row.began_at))
        yield _of_matter("spare_use", row, NextAct.FETCH_OWED), clock if row.days is None else replace(
            clock, target=row.days)


def loaners_out(tx: Tx, reading: Reading) -> Found:
    """Loaners at customers, by the day agreed."""
    for row in rows.loaners_out(tx):
        yield _of_matter("loaner", row, NextAct.FETCH_LOANER), _by(ClockName.LOANER_BACK, row, reading)


def builds_awaited(tx: Tx, reading: Reading) -> Found:
    """Emergency builds, by the day they are needed."""
    for row in rows.builds_awaited(tx):
        yield _of_matter("build", row, NextAct.BUILD, Role.PLANNER), _by(ClockName.BUILD, row, reading)


def loans_out(tx: Tx, reading: Reading) -> Found:
    """Parts lent to our own people, due some days after the trip."""
    for row in rows.loans_out(tx):
        began = reading.start_of(row.trip_ends_on)
        clock = replace(
            deadlines.loan_back(began, None, reading.policy(began)), target=(row.due_on - row.trip_ends_on).days)
        yield Subject(
            "loan", row.id, row.number, Role.TECHNICIAN, NextAct.CLEAR_LOAN, row.number, person=row.borrower_name,
        ), clock


def quotations_open(tx: Tx, reading: Reading) -> Found:
    """Quotations sent and not answered, by the day until which they bind us."""
    for row in rows.quotations_open(tx):
        yield _of_matter("quotation", row, NextAct.FETCH_ANSWER), _by(ClockName.QUOTATION, row, reading)


def complaints_open(tx: Tx, reading: Reading) -> Found:
    """The three clocks of each open complaint."""
    for row in complaint_rows.still_open(tx):
        about = row.complaint
        for clock in complaints.clocks(about, reading.policy(about.since)):
            role, act = _COMPLAINT_ACTS[clock.name]
            yield Subject(
                "complaint", about.id, about.number, role, act, about.number, about.case_id or "",
                about.unit_id or "", row.serial, row.model, about.customer_id, row.customer, about.assigned_to,
            ), clock


def follow_ups_owed(tx: Tx, reading: Reading) -> Found:
    """Calls that are owed to customers, by their day."""
    for row in rows.follow_ups_owed(tx, reading.due_by):
        found = _of_matter("follow_up", row, NextAct.CALL_BACK)
        yield replace(found, opens=row.id), _by(ClockName.FOLLOW_UP, row, reading)


def signed_papers(tx: Tx, reading: Reading) -> Found:
    """Papers that customers are to send back signed; late or soon due, the longest gone first."""
    days = reading.policy(tx.at).whole(PolicyName.SIGNED_PAPER_DAYS)
    before = None if reading.due_by is None else reading.start_of(reading.due_by - timedelta(days=days - 1))
    for row in filing_rows.awaited(tx, gone_before=before, limit=MOST_PAPERS):
        yield Subject(
            "document", row.document_id, row.number, Role.CLERK, NextAct.FETCH_PAPER, row.number, row.case_id,
            row.unit_id, row.serial, row.model, row.customer_id, row.customer, row.contact,
        ), deadlines.signed_paper(row.since, None, reading.policy(row.since))


def alarms_unanswered(tx: Tx, reading: Reading) -> Found:
    """Quality alarms that wait for R&D, by the day of the policy when they were raised."""
    for alarm in alarm_rows.unanswered(tx):
        soon = reading.policy(alarm.raised_at).whole(PolicyName.DUE_SOON_CALENDAR_DAYS)
        yield Subject(
            "alarm", alarm.id, alarm.number, Role.ENGINEER, NextAct.ANSWER_ALARM, alarm.number, alarm.case_id or "",
            alarm.unit_id or "", alarm.serial, alarm.model, "", "", alarm.raised_by_name,
        ), Clock(
            ClockName.ALARM_ANSWER, TimeKind.CALENDAR_DAYS, alarm.raised_at, 0, soon, promised=alarm.answer_due_on)


def transfers_under_way(tx: Tx, reading: Reading) -> Found:
    """Units handed on to another depot that has not received them, or sent them back."""
    for row in transfer_rows.unanswered(tx):
        yield _of_matter("transfer", row, NextAct.TRACE_TRANSFER), deadlines.transfer_received(
            row.began_at, None, reading.policy(row.began_at))


def _by(name: ClockName, row: OpenMatter, reading: Reading) -> Clock:
    """A clock that runs until a fixed day."""
    soon = reading.policy(row.began_at).whole(PolicyName.DUE_SOON_CALENDAR_DAYS)
    return Clock(name, TimeKind.CALENDAR_DAYS, row.began_at, 0, soon, promised=row.due_on)


def _of_matter(kind: str, row: OpenMatter, act: NextAct, role: Role = Role.CLERK) -> Subject:
    return Subject(
        kind, row.id, row.number, role, act, row.number, row.case_id, row.unit_id, row.serial, row.model,
        row.customer_id, row.customer, row.person,
    )


def _of_case(case: CaseClock) -> Subject:
    role, act = OF_STAGE[case.stage]
    return Subject(
        "case", case.case_id, case.number, role, act, case.case_id, case.case_id, case.unit_id, case.serial,
        case.model, case.customer_id, case.customer, case.technician if case.stage is Stage.IN_REPAIR else "",
    )


def _pauses(found: list[PauseRow]) -> tuple[Pause, ...]:
    return tuple(Pause(row.started_at, row.ended_at, PauseReason(row.reason)) for row in found)


#: Asks one part of the house for its clocks.
Source = Callable[[Tx, Reading], Found]

#: Every source of clocks. A new one is one function and one name here.
CONTRIBUTORS: tuple[Source, ...] = (
    in_house, hand_in, open_requests, owed_units, loaners_out, builds_awaited, loans_out,
    quotations_open, complaints_open, follow_ups_owed, signed_papers, alarms_unanswered,
    transfers_under_way,
)

#: Those beside the cases in the house, whose number late is counted in the database.
BESIDE_CASES: tuple[Source, ...] = tuple(source for source in CONTRIBUTORS if source is not in_house)
