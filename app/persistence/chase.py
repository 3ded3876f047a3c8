"""The clocks that run, each contributor a query of its own, and the calls made about them.

A case keeps its due day in a column, so that what is late is found by the index on stage and due day; the clocks of
requests, spares, loaners and loans are few at any time and are read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, Select, Table, and_, func, literal, select

from app.domain.chase import ChaseNote
from app.domain.clocks import ClockName
from app.domain.followups import FollowUpState
from app.domain.requests import RequestState, ServiceRequest
from app.domain.stages import Stage
from app.domain.today import IN_HOUSE
from app.persistence.tables import (
    case_pauses,
    chase_notes,
    customers,
    emergency_builds,
    follow_ups,
    loaner_agreements,
    loans,
    products,
    quotations,
    return_cases,
    service_requests,
    spare_uses,
    units,
    users,
)
from app.persistence.transaction import Tx, columns_of

_case = return_cases.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A case whose turnaround, promise or hand-in runs."""

    case_id: str
    number: str
    stage: Stage
    unit_id: str
    serial: str
    model: str
    customer_id: str
    customer: str
    technician: str
    brought_by: str
    back_on: date | None
    received_at: datetime | None
    promised_on: date | None
    due_on: date | None
    counts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A stretch in which the clock of a case stood still."""

    case_id: str
    started_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A call about a clock."""

    subject_id: str
    clock: str
    called: str
    said: str
    promised_on: date | None
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class RequestClock:
    """An open request with the words for its ids."""

    request: ServiceRequest
    model: str
    customer: str


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What runs until a day beside the cases' own clocks: an owed unit, a loaner, a build, a loan, a quotation.

    ``days``: the target that was agreed when it began, where it counts days; ``due_on``: the day, where it is fixed.
    """

    id: str
    number: str
    began_at: datetime
    days: int | None
    due_on: date | None
    unit_id: str
    serial: str
    model: str
    customer_id: str
    customer: str
    case_id: str
    person: str


@dataclass(frozen=True, slots=True)
class LoanClock:
    """Parts lent to one of our own people."""

    id: str
    number: str
    borrower_name: str
    case_number: str
    trip_ends_on: date
    due_on: date


def cases_in_house(tx: Tx, *, due_by: date | None) -> tuple[CaseClock, ...]:
    """Cases in the house whose clock runs; ``due_by``: only those due by that day, and those that stand still."""
    statement = _cases(tx).where(_case.stage.in_(IN_HOUSE), _case.received_at.is_not(None))
    if due_by is not None:
        statement = statement.where(_case.due_on <= due_by)
    return tx.all(statement, CaseClock)


def cases_standing_still(tx: Tx) -> tuple[CaseClock, ...]:
    """Cases in the house that wait for their customer: found in the index alone, then read one by one."""
    still = return_cases.alias("still")
    paused = select(still.c.id).where(
        still.c.depot_id == tx.depot_id, still.c.stage.in_(IN_HOUSE), still.c.paused_at.is_not(None))
    return tx.all(_cases(tx).where(_case.id.in_(paused), _case.received_at.is_not(None)), CaseClock)


def cases_to_hand_in(tx: Tx) -> tuple[CaseClock, ...]:
    """Reported cases whose unit is known to be back at the factory and that were not handed in yet (art. 8.1)."""
    return tx.all(_cases(tx).where(_case.stage == Stage.REPORTED, _case.back_on.is_not(None)), CaseClock)


def _cases(tx: Tx) -> Select[Any]:
    return (
        select(
            _case.id.label("case_id"), _case.number, _case.stage, _case.unit_id,
            func.coalesce(units.c.serial, "").label("serial"), func.coalesce(products.c.model, "").label("model"),
            _case.customer_id, func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(users.c.name, "").label("technician"), _case.brought_by, _case.back_on, _case.received_at,
            _case.promised_on, _case.due_on, _case.counts_from,
        )
        # outer, so that the cases are asked first and the units one by one
        .join(units, and_(units.c.depot_id == _case.depot_id, units.c.id == _case.unit_id), isouter=True)
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(customers, customers.c.id == _case.customer_id, isouter=True)
        .join(users, and_(users.c.depot_id == _case.depot_id, users.c.id == _case.technician_id), isouter=True)
        .where(_case.depot_id == tx.depot_id, _case.deleted_at.is_(None))
    )


def pauses_of(tx: Tx, case_ids: Iterable[str]) -> dict[str, list[PauseRow]]:
    """The pauses of many cases, in order, by case."""
    found: dict[str, list[PauseRow]] = {}
    p = case_pauses.c
    for some in _in_lots(case_ids):
        rows = tx.all(
            select(p.case_id, p.started_at, p.ended_at, p.reason)
            .where(p.depot_id == tx.depot_id, p.case_id.in_(some), p.deleted_at.is_(None))
            .order_by(p.case_id, p.started_at),
            PauseRow,
        )
        for row in rows:
            found.setdefault(row.case_id, []).append(row)
    return found


def open_requests(tx: Tx) -> tuple[RequestClock, ...]:
    """Requests in which something is still to be done."""
    r = service_requests.c
    rows = tx.execute(
        select(
            *columns_of(ServiceRequest, service_requests), func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.name, "").label("customer"),
        )
        .join(products, products.c.id == r.product_id, isouter=True)
        .join(customers, customers.c.id == r.customer_id, isouter=True)
        .where(r.depot_id == tx.depot_id, r.state == RequestState.OPEN, r.deleted_at.is_(None))
    )
    found = []
    for row in rows:
        values = dict(row._mapping)
        words = values.pop("model"), values.pop("customer")
        found.append(RequestClock(ServiceRequest(**values), *words))
    return tuple(found)


def owed_units(tx: Tx) -> tuple[OpenMatter, ...]:
    """Faulty units that customers owe for a spare left at their site (art. 11.1)."""
    u = spare_uses.c
    return tx.all(
        _matters(tx, spare_uses, began=u.owed_since, days=u.owed_days, serial=u.replaced_serial, person=u.contact)
        .where(u.owed_since.is_not(None), u.recovered_at.is_(None), u.written_off_at.is_(None), u.unused_at.is_(None)),
        OpenMatter,
    )


def loaners_out(tx: Tx) -> tuple[OpenMatter, ...]:
    """Loaners at customers."""
    a = loaner_agreements.c
    return tx.all(
        _matters(tx, loaner_agreements, began=a.lent_at, due=a.due_on, person=a.contact)
        .where(a.back_at.is_(None), a.written_off_at.is_(None)), OpenMatter,
    )


def builds_awaited(tx: Tx) -> tuple[OpenMatter, ...]:
    """Emergency builds that production has not finished."""
    b = emergency_builds.c
    none = literal(None, type_=units.c.id.type)
    return tx.all(
        _matters(tx, emergency_builds, began=b.requested_at, due=b.need_by, unit=none, product=b.product_id)
        .where(b.ended_at.is_(None)), OpenMatter,
    )


def loans_out(tx: Tx) -> tuple[LoanClock, ...]:
    """Parts lent to staff that are not all accounted for."""
    n = loans.c
    return tx.all(
        select(n.id, n.number, n.borrower_name, n.case_number, n.trip_ends_on, n.due_on)
        .where(n.depot_id == tx.depot_id, n.cleared_at.is_(None), n.deleted_at.is_(None)), LoanClock,
    )


def follow_ups_owed(tx: Tx, due_by: date | None) -> tuple[OpenMatter, ...]:
    """Calls that are owed; ``due_by``: only those due by that day."""
    f = follow_ups.c
    number = func.coalesce(func.nullif(_case.number, ""), func.nullif(units.c.serial, ""), customers.c.name, "")
    statement = (
        select(
            f.id, number.label("number"), _case.returned_at.label("began_at"),
            literal(None, type_=Integer()).label("days"), f.due_on,
            func.coalesce(f.unit_id, "").label("unit_id"), func.coalesce(units.c.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"), f.customer_id,
            func.coalesce(customers.c.name, "").label("customer"), func.coalesce(f.case_id, "").label("case_id"),
            literal("").label("person"),
        )
        .select_from(follow_ups)
        .join(return_cases, and_(_case.depot_id == f.depot_id, _case.id == f.case_id), isouter=True)
        .join(units, and_(units.c.depot_id == f.depot_id, units.c.id == f.unit_id), isouter=True)
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(customers, customers.c.id == f.customer_id, isouter=True)
        .where(f.depot_id == tx.depot_id, f.state == FollowUpState.OPEN, f.deleted_at.is_(None))
    )
    if due_by is not None:
        statement = statement.where(f.due_on <= due_by)
    return tuple(
        OpenMatter(**{**row._mapping, "began_at": row.began_at or tx.at}) for row in tx.execute(statement))


def quotations_open(tx: Tx) -> tuple[OpenMatter, ...]:
    """Quotations the customer has not answered to."""
    q = quotations.c
    return tx.all(
        select(
            q.id, q.number, q.sent_at.label("began_at"), literal(None, type_=Integer()).label("days"),
            q.valid_until.label("due_on"), func.coalesce(_case.unit_id, "").label("unit_id"),
            func.coalesce(units.c.serial, "").label("serial"), func.coalesce(products.c.model, "").label("model"),
            func.coalesce(_case.customer_id, "").label("customer_id"),
            func.coalesce(customers.c.name, "").label("customer"), q.case_id,
            func.coalesce(_case.contact, "").label("person"),
        )
        .join(return_cases, and_(_case.depot_id == q.depot_id, _case.id == q.case_id), isouter=True)
        .join(units, and_(units.c.depot_id == q.depot_id, units.c.id == _case.unit_id), isouter=True)
        .join(products, products.c.id == _case.product_id, isouter=True)
        .join(customers, customers.c.id == _case.customer_id, isouter=True)
        .where(
            q.depot_id == tx.depot_id, q.sent_at.is_not(None), q.ended_at.is_(None), q.valid_until.is_not(None),
            q.deleted_at.is_(None),
        ),
        OpenMatter,
    )


def _matters(
    tx: Tx, table: Table, *, began: Any, days: Any = None, due: Any = None, unit: Any = None, serial: Any = None,
    product: Any = None, person: Any = None,
) -> Select[Any]:
    """The open matters of ``table`` with the words for its unit, product and customer."""
    t = table.c
    unit_id = t.unit_id if unit is None else unit
    words = literal("")
    return (
        select(
            t.id, t.number, began.label("began_at"),
            (literal(None, type_=Integer()) if days is None else days).label("days"),
            (literal(None, type_=return_cases.c.due_on.type) if due is None else due).label("due_on"),
            func.coalesce(unit_id, "").label("unit_id"),
            func.coalesce(func.nullif(words if serial is None else serial, ""), units.c.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"), t.customer_id,
            func.coalesce(customers.c.name, "").label("customer"), func.coalesce(t.case_id, "").label("case_id"),
            (words if person is None else person).label("person"),
        )
        .select_from(table)
        .join(units, and_(units.c.depot_id == t.depot_id, units.c.id == unit_id), isouter=True)
        .join(products, products.c.id == (units.c.product_id if product is None else product), isouter=True)
        .join(customers, customers.c.id == t.customer_id, isouter=True)
        .where(t.depot_id == tx.depot_id, t.deleted_at.is_(None))
    )


def add_note(tx: Tx, note: ChaseNote) -> str:
    """Write down a call."""
    note_id = tx.new_id()
    tx.insert(chase_notes, {
        "id": note_id, "subject_kind": note.subject_kind, "subject_id": note.subject_id, "clock": note.clock.value,
        "called": note.called.strip(), "said": note.said.strip(), "promised_on": note.promised_on, "at": tx.at,
        "by": tx.by, "by_name": tx.by_name,
    })
    return note_id


def last_notes(tx: Tx, subject_ids: Sequence[str]) -> dict[tuple[str, ClockName], NoteRow]:
    """The newest call about each clock, by subject and clock."""
    n = chase_notes.c
    found: dict[tuple[str, ClockName], NoteRow] = {}
    for some in _in_lots(subject_ids):
        for row in _notes(tx, n.subject_id.in_(some)):
            found[row.subject_id, ClockName(row.clock)] = row
    return found


def notes_of(tx: Tx, subject_id: str) -> tuple[NoteRow, ...]:
    """Every call about a subject, oldest first."""
    return _notes(tx, chase_notes.c.subject_id == subject_id)


def _notes(tx: Tx, about: Any) -> tuple[NoteRow, ...]:
    n = chase_notes.c
    return tx.all(
        select(*columns_of(NoteRow, chase_notes)).where(n.depot_id == tx.depot_id, about).order_by(n.at, n.id), NoteRow
    )


def _in_lots(ids: Iterable[str]) -> Iterator[list[str]]:
    """``ids`` in lots that fit the parameters of one statement."""
    some = list(ids)
    for start in range(0, len(some), _AT_ONCE):
        yield some[start:start + _AT_ONCE]
