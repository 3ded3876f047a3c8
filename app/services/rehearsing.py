"""A policy value is tried before it is set: which open cases would be ruled differently, which clocks would turn.

Nothing is written. The trial value is put in the place of the one in force, on whatever day it was used, so that the
answer shows what the value means; ``binds`` says for which of them the change would really count: a clock keeps the
policy of the day it began, a ruling takes the policy of the day on which it is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.depot import Depot
from app.domain.chase import ChaseRow, Subject
from app.domain.clocks import ClockName, Colour
from app.domain.codes import RepairResult
from app.domain.masterdata import Product
from app.domain.people import Action
from app.domain.policy import PolicySnapshot, value_problems
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase
from app.domain.rulings import Outcome, Ruling
from app.errors import Refused
from app.persistence import chase as chase_rows
from app.persistence import disposition as disposition_rows
from app.persistence import masterdata, policies
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress
from app.services import chase, rulings

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a case under one policy: a ruling, or the code and facts of why there is none yet."""

    number: int | None
    outcomes: tuple[Outcome, ...]
    code: str
    facts: MappingProxyType[str, object]


@dataclass(frozen=True, slots=True)
class OtherRuling:
    """A case that would be ruled differently. ``binds``: it is not ruled on yet, so that the value would count."""

    case_id: str
    unit_id: str
    number: str
    serial: str
    customer: str
    now: Verdict
    then: Verdict
    binds: bool


@dataclass(frozen=True, slots=True)
class OtherClock:
    """A clock that would stand otherwise. ``binds``: it would begin on or after the day of the change."""

    subject: Subject
    name: ClockName
    due_now: date
    due_then: date
    colour_now: Colour
    colour_then: Colour
    binds: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a value would change. ``cases`` and ``clocks``: how many were looked at."""

    name: PolicyName
    before: str
    value: str
    effective: date
    rulings: tuple[OtherRuling, ...]
    clocks: tuple[OtherClock, ...]
    cases: int
    clocks_seen: int


def rehearse(
    depot: Depot, name: PolicyName, value: str, effective: date, progress: Progress = UNWATCHED
) -> Rehearsal:
    """Every open case and every running clock under the policy in force and with ``name`` = ``value``.

    Refused: the codes of ``policy.value_problems``, ``policy.in-the-past``, ``people.not-allowed``. Raises
    ``Cancelled`` when ``progress`` says stop.
    """
    depot.require(Action.EDIT_POLICY)
    wrong = value_problems(name, value)
    if wrong:
        raise Refused.because(wrong)
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        if effective < today:
            raise Refused("policy.in-the-past", field="effective", value=effective, today=today)
        book = policies.book(tx)
        trial = _trial(book.at, name, value)
        clocks, seen = _clocks(depot, tx, book.at, trial, effective)
        cases = chase_rows.cases_in_house(tx, due_by=None)
        found = []
        for n, case in enumerate(cases):
            if n % _BATCH == 0:
                progress.step(n, len(cases), case.number)
            other = _ruling(depot, tx, case, book.at(today), trial(today))
            if other is not None:
                found.append(other)
        progress.step(len(cases), len(cases))
        return Rehearsal(
            name, book.at(effective).text(name), value, effective, tuple(found), tuple(clocks), len(cases), seen)


def _trial(
    at: Callable[[date], PolicySnapshot], name: PolicyName, value: str
) -> Callable[[date], PolicySnapshot]:
    known: dict[date, PolicySnapshot] = {}

    def snapshot(day: date) -> PolicySnapshot:
        if day not in known:
            known[day] = at(day).with_value(name, value)
        return known[day]

    return snapshot


def _clocks(
    depot: Depot, tx: Tx, now: Callable[[date], PolicySnapshot], then: Callable[[date], PolicySnapshot],
    effective: date,
) -> tuple[list[OtherClock], int]:
    before = {row.key: row for row in _read(depot, tx, now)}
    after = {row.key: row for row in _read(depot, tx, then)}
    found = [
        _other_clock(depot, row, after[key], effective)
        for key, row in before.items() if key in after and _stands(row) != _stands(after[key])
    ]
    found.sort(key=lambda other: (other.due_then, other.subject.number))
    return found, len(before)


def _read(depot: Depot, tx: Tx, policy_of: Callable[[date], PolicySnapshot]) -> Iterator[ChaseRow]:
    reading = chase.reading_of(depot, tx, everything=True, policy_of=policy_of)
    return chase.running_clocks(tx, reading)


def _stands(row: ChaseRow) -> tuple[date, Colour]:
    return row.state.due, row.state.colour


def _other_clock(depot: Depot, row: ChaseRow, then: ChaseRow, effective: date) -> OtherClock:
    return OtherClock(
        row.subject, row.name, row.state.due, then.state.due, row.state.colour, then.state.colour,
        binds=depot.local_day(row.clock.start) >= effective or row.state.due == then.state.due,
    )


def _ruling(
    depot: Depot, tx: Tx, of: chase_rows.CaseClock, now: PolicySnapshot, then: PolicySnapshot
) -> OtherRuling | None:
    case = rows.case(tx, of.case_id)
    if case is None:
        return None
    before, after = _verdict(depot, tx, case, now), _verdict(depot, tx, case, then)
    if before is None or after is None or (before.number, before.outcomes, before.code) == (
        after.number, after.outcomes, after.code
    ):
        return None
    binds = disposition_rows.current(tx, case.id) is None
    return OtherRuling(
        case.id, case.unit_id, case.number, of.serial, of.customer, before, after, binds=binds)


def _verdict(depot: Depot, tx: Tx, case: ReturnCase, policy: PolicySnapshot) -> Verdict | None:
    """What the rules say of ``case`` under ``policy``; ``None`` while there is nothing to rule on."""
    unit, order = rows.unit(tx, case.unit_id), repair_rows.order_of_case(tx, case.id)
    product = masterdata.get(tx, Product, case.product_id)
    if unit is None or product is None:
        return None
    if case.result and order is not None:
        found = rulings.ruled(
            depot, tx, unit, case, order, rulings.period(depot, tx, unit, product, case), RepairResult(case.result),
            qa_passed=case.passed_at is not None, policy=policy,
        )
        if isinstance(found, Refused):
            return Verdict(None, (), found.code, MappingProxyType(dict(found.facts)))
        return _said(found)
    offered = rulings.intake_ruling(depot, tx, unit, product, case, policy=policy)
    return _said(offered) if offered else Verdict(None, (), "policy.goes-on", MappingProxyType({}))


def _said(ruling: Ruling) -> Verdict:
    return Verdict(ruling.number, ruling.outcomes, ruling.own_code, MappingProxyType(dict(ruling.facts)))


__all__ = ["OtherClock", "OtherRuling", "Rehearsal", "Verdict", "rehearse"]
