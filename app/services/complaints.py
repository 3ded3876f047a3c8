"""Complaints and suggestions: taken down, passed to the department that answers, answered, the result told, closed.

Each step stops one of the three clocks. A closed complaint is followed up by telephone; opened again, its clocks
begin anew and what was done before stays in its course.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import complaints as rules
from app.domain import serials
from app.domain.clocks import ClockState, read
from app.domain.complaints import (
    ROUTE_OF,
    Complaint,
    ComplaintEvent,
    ComplaintRow,
    ComplaintState,
    ComplaintStep,
    Route,
    Selection,
    Told,
    Topic,
)
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.serials import ANY
from app.errors import Refused
from app.persistence import complaints as rows
from app.persistence import followups as followup_rows
from app.persistence import journal, node
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import calendar, followups, proposals
from app.services.undoing import Way

_MOMENTS = frozenset({"since", "assigned_at", "answered_at", "told_at", "closed_at"})


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint in the list with its clocks and what is to be done next."""

    row: ComplaintRow
    clocks: tuple[ClockState, ...]
    step: ComplaintStep

    @property
    def complaint(self) -> Complaint:
        """The complaint."""
        return self.row.complaint


@dataclass(frozen=True, slots=True)
class ComplaintFile:
    """Everything about one complaint, with its customer's and its unit's other ones. Moments in the depot's time."""

    line: ComplaintLine
    events: tuple[ComplaintEvent, ...]
    others: tuple[ComplaintRow, ...]


@dataclass(frozen=True, slots=True)
class Handled:
    """A step was made; ``entry_id`` can be undone. ``follow_up_id``: the call that was put on the list."""

    complaint_id: str
    number: str
    entry_id: str
    follow_up_id: str = ""
    changes: Changes = Changes.CARE | Changes.DOCUMENTS | Changes.MASTERDATA


def listed(
    depot: Depot, wanted: Selection, after: ComplaintLine | None = None, limit: int = 200
) -> tuple[ComplaintLine, ...]:
    """Complaints, the newest first; the page after ``after``."""
    with depot.read() as tx:
        return tuple(
            _line(depot, tx, row)
            for row in rows.page(tx, wanted, limit=limit, after=after.row if after else None)
        )


def is_known(depot: Depot, number_or_id: str) -> bool:
    """Whether there is such a complaint."""
    with depot.read() as tx:
        return rows.row(tx, number_or_id) is not None


def file(depot: Depot, number_or_id: str) -> ComplaintFile:
    """One complaint in full, by number or id. Refused: ``complaints.unknown``."""
    with depot.read() as tx:
        row = rows.row(tx, number_or_id)
        if row is None:
            raise Refused("complaints.unknown")
        others = {other.complaint.id: other for other in (
            *(rows.of_unit(tx, row.complaint.unit_id) if row.complaint.unit_id else ()),
            *rows.of_customer(tx, row.complaint.customer_id),
        ) if other.complaint.id != row.complaint.id}
        return ComplaintFile(
            _line(depot, tx, row),
            tuple(replace(e, at=e.at.astimezone(depot.zone)) for e in rows.events(tx, row.complaint.id)),
            tuple(others.values()),
        )


def take(depot: Depot, told: Told) -> Handled:
    """Take a complaint or a suggestion down: it gets its number and its route, and its clocks begin.

    Refused: the codes of ``complaints.problems``, ``complaints.serial-unknown``, ``complaints.serial-several``,
    ``receiving.unknown-customer``.
    """
    depot.require(Action.FOLLOW_UP)
    wrong = rules.problems(told)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        customer = proposals.customer(tx, told.customer_id, told.customer_name)
        unit_id, case_id = _about(tx, told)
        (number,) = node.next_number(tx, DocumentType.SERVICE_REQUEST, depot.local_day(tx.at))
        topic = told.topic or Topic.OTHER
        complaint = Complaint(
            id=tx.new_id(), number=number, kind=told.kind, topic=topic, route=ROUTE_OF[topic], channel=told.channel,
            state=ComplaintState.OPEN, customer_id=customer.id, contact=told.contact.strip(), phone=told.phone.strip(),
            unit_id=unit_id, case_id=case_id, story=told.story.strip(), wanted=told.wanted.strip(), taken_at=tx.at,
            taken_by=tx.by, since=tx.at, assigned_at=None, assigned_to="", answered_at=None, answer="", told_at=None,
            told_whom="", told_what="", content=None, closed_at=None, result="", reopened=0,
            policy_version=depot.policy(tx).version, note=told.note.strip(),
        )
        rows.add(tx, complaint)
        node.record_document(
            tx, number, DocumentType.SERVICE_REQUEST, "", subject_kind="complaint", subject_id=complaint.id,
            unit_id=unit_id, case_id=case_id,
        )
        return _record(tx, "complaints.take", complaint, complaint.story, {})


def assign(depot: Depot, complaint_id: str, to: str, route: Route | None = None) -> Handled:
    """The department has it: who there answers; ``route``: another department than the topic's.

    Refused: ``complaints.to-missing``. It may be passed on again as long as it is not answered.
    """
    depot.require(Action.FOLLOW_UP)
    if not to.strip():
        raise Refused("complaints.to-missing", field="to")
    with depot.write() as tx:
        complaint = _require_open(tx, complaint_id)
        if complaint.answered_at is not None:
            raise Refused("complaints.answered-already", number=complaint.number)
        return _change(
            tx, "complaints.assign", complaint, to.strip(), assigned_at=complaint.assigned_at or tx.at,
            assigned_to=to.strip(), route=route or complaint.route)


def answer(depot: Depot, complaint_id: str, said: str) -> Handled:
    """What the department found and does. Refused: ``complaints.answer-missing``, ``complaints.answered-already``,
    ``complaints.not-assigned``."""
    depot.require(Action.SERVICE)
    if not said.strip():
        raise Refused("complaints.answer-missing", field="said")
    with depot.write() as tx:
        complaint = _require_open(tx, complaint_id)
        if complaint.answered_at is not None:
            raise Refused("complaints.answered-already", number=complaint.number)
        if complaint.assigned_at is None:
            raise Refused("complaints.not-assigned", number=complaint.number)
        return _change(
            tx, "complaints.answer", complaint, said.strip(), answered_at=tx.at, answer=said.strip())


def tell(depot: Depot, complaint_id: str, whom: str, what: str, *, content: bool | None) -> Handled:
    """The customer was told the result; ``content``: whether it satisfied them, ``None`` where they did not say.

    Refused: ``complaints.whom-missing``, ``complaints.told-missing``, ``complaints.not-answered``,
    ``complaints.told-already``.
    """
    depot.require(Action.FOLLOW_UP)
    if not whom.strip():
        raise Refused("complaints.whom-missing", field="whom")
    if not what.strip():
        raise Refused("complaints.told-missing", field="what")
    with depot.write() as tx:
        complaint = _require_open(tx, complaint_id)
        if complaint.told_at is not None:
            raise Refused("complaints.told-already", number=complaint.number)
        if complaint.answered_at is None:
            raise Refused("complaints.not-answered", number=complaint.number)
        return _change(
            tx, "complaints.tell", complaint, what.strip(), told_at=tx.at, told_whom=whom.strip(),
            told_what=what.strip(), content=content)


def close(depot: Depot, complaint_id: str, result: str) -> Handled:
    """Nothing is left to do; a follow-up goes onto the list. Refused: ``complaints.result-missing``,
    ``complaints.not-told`` (nobody's complaint ends without the result being told)."""
    depot.require(Action.FOLLOW_UP)
    if not result.strip():
        raise Refused("complaints.result-missing", field="result")
    with depot.write() as tx:
        complaint = _require_open(tx, complaint_id)
        if complaint.told_at is None:
            raise Refused("complaints.not-told", number=complaint.number)
        follow_up_id = followups.after_complaint(
            depot, tx, complaint.id, complaint.customer_id, complaint.unit_id, tx.new_id())
        done = _change(
            tx, "complaints.close", complaint, result.strip(), facts={"follow_up": follow_up_id},
            state=ComplaintState.CLOSED, closed_at=tx.at, result=result.strip())
        return replace(done, follow_up_id=follow_up_id)


def reopen(depot: Depot, complaint_id: str, reason: str) -> Handled:
    """It is not settled after all: the clocks begin anew. Refused: ``complaints.reason-missing``,
    ``complaints.open-already``."""
    depot.require(Action.FOLLOW_UP)
    if not reason.strip():
        raise Refused("complaints.reason-missing", field="reason")
    with depot.write() as tx:
        complaint = rows.get(tx, complaint_id)
        if complaint is None or complaint.state is ComplaintState.VOID:
            raise Refused("complaints.unknown")
        if complaint.state is ComplaintState.OPEN:
            raise Refused("complaints.open-already", number=complaint.number)
        return _change(
            tx, "complaints.reopen", complaint, reason.strip(), state=ComplaintState.OPEN, since=tx.at,
            assigned_at=None, assigned_to="", answered_at=None, answer="", told_at=None, told_whom="", told_what="",
            content=None, closed_at=None, result="", reopened=complaint.reopened + 1,
        )


# -- within ------------------------------------------------------------------------------------------------------


def _about(tx: Tx, told: Told) -> tuple[str | None, str | None]:
    """The unit and the case it is about: as given, else by the serial; the newest visit's case."""
    unit_id = told.unit_id or None
    if told.serial.strip() and unit_id is None:
        serial = serials.normalise(told.serial, ANY)
        units = receiving_rows.units_with_serial(tx, serial)
        if not units:
            raise Refused("complaints.serial-unknown", field="serial", serial=serial)
        if len(units) > 1:
            raise Refused("complaints.serial-several", field="serial", serial=serial)
        unit_id = units[0].id
    if told.case_id or unit_id is None:
        return unit_id, told.case_id or None
    cases = receiving_rows.cases_of_unit(tx, unit_id)
    return unit_id, cases[-1].id if cases else None


def _require_open(tx: Tx, complaint_id: str) -> Complaint:
    complaint = rows.get(tx, complaint_id)
    if complaint is None:
        raise Refused("complaints.unknown")
    if complaint.state is not ComplaintState.OPEN:
        raise Refused("complaints.not-open", number=complaint.number, state=complaint.state)
    return complaint


def _change(
    tx: Tx, action: str, complaint: Complaint, said: str, *, facts: Mapping[str, Any] | None = None, **values: Any
) -> Handled:
    before = {name: _plain(getattr(complaint, name)) for name in values}
    rows.change(tx, complaint.id, **values)
    return _record(tx, action, complaint, said, before, facts)


def _record(
    tx: Tx, action: str, complaint: Complaint, said: str, before: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
) -> Handled:
    ordinal = rows.add_event(tx, complaint.id, action, said)
    entry_id = journal.record(
        tx, action, subject_kind="complaint", subject_id=complaint.id, subject_number=complaint.number,
        case_id=complaint.case_id, unit_id=complaint.unit_id,
        facts={"event": ordinal, "said": said, "before": dict(before), **(facts or {})},
    )
    return Handled(complaint.id, complaint.number, entry_id)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _line(depot: Depot, tx: Tx, row: ComplaintRow) -> ComplaintLine:
    policy = depot.policy(tx, depot.local_day(row.complaint.since))
    working = calendar.calendar(depot, tx, policy)
    return ComplaintLine(
        row, tuple(read(clock, tx.at, working) for clock in rules.clocks(row.complaint, policy)),
        rules.next_step(row.complaint),
    )


# -- the way back ------------------------------------------------------------------------------------------------


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """``complaints.went-on`` unless the step is the last that still counts, and its follow-up was not made."""
    standing: list[int] = []
    for event in rows.events(tx, entry.subject_id):
        if event.what.endswith(".undo"):
            standing.pop()
        else:
            standing.append(event.ordinal)
    call = followup_rows.get(tx, entry.facts.get("follow_up") or "")
    if not standing or standing[-1] != entry.facts["event"] or (call is not None and call.tries):
        return Refused("complaints.went-on", number=entry.subject_number)
    return None


def _put_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    before = {
        name: datetime.fromisoformat(value) if name in _MOMENTS and value is not None else value
        for name, value in entry.facts["before"].items()
    }
    if before:
        rows.change(tx, entry.subject_id, **before)
    if entry.facts.get("follow_up"):
        followup_rows.change(tx, entry.facts["follow_up"], deleted_at=tx.at)
    rows.add_event(tx, entry.subject_id, f"{entry.action}.undo", "")
    return Changes.CARE


def _untake(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(tx, entry.subject_id, state=ComplaintState.VOID, closed_at=tx.at)
    node.void_documents(tx, [entry.subject_id], "complaints.taken-back")
    return _put_back(depot, tx, entry) | Changes.DOCUMENTS


UNDO: Mapping[str, Way] = {
    "complaints.take": Way(_untake, _objection, Action.FOLLOW_UP),
    "complaints.answer": Way(_put_back, _objection, Action.SERVICE),
    **{
        f"complaints.{step}": Way(_put_back, _objection, Action.FOLLOW_UP)
        for step in ("assign", "tell", "close", "reopen")
    },
}
