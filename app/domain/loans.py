"""Loans of parts to staff (借用单, F18): lent with a signature, back soon after the trip, every piece accounted for.

Service rules S4.8 11.3–11.5; spec 1 §6, spec 2 F18. A loan is cleared (归零) when nothing is outstanding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.far_days import far_problems
from app.domain.stock import MAIN_STORE, MOST, PartGrade
from app.errors import Problem


class Carriage(StrEnum):
    """How borrowed parts go."""

    CARRIED = "CARRIED"
    MAILED = "MAILED"


class LoanFate(StrEnum):
    """What became of borrowed pieces."""

    UNUSED = "UNUSED"
    CONSUMED = "CONSUMED"
    DEFECTIVE = "DEFECTIVE"
    LOST = "LOST"


#: What comes back into the house and is re-inspected before anybody fits it.
COMES_BACK: frozenset[LoanFate] = frozenset({LoanFate.UNUSED, LoanFate.DEFECTIVE})


@dataclass(frozen=True, slots=True)
class LoanItem:
    """What is asked for: pieces of a part from a place."""

    part_id: str
    quantity: int
    place_id: str = MAIN_STORE
    grade: PartGrade = PartGrade.NEW


@dataclass(frozen=True, slots=True)
class Lending:
    """A loan as it is asked for. ``case_number``: the return case or service request it is for, if there is one."""

    items: tuple[LoanItem, ...]
    purpose: str
    trip_ends_on: date | None
    carriage: Carriage = Carriage.CARRIED
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan slip. ``approver_id`` ``None``: on one's own signature. ``value_fen``: at list prices of that day."""

    id: str
    number: str
    borrower_id: str
    borrower_name: str
    borrower_signature_id: str
    approver_id: str | None
    approver_name: str
    approver_signature_id: str | None
    purpose: str
    carriage: Carriage
    case_number: str
    trip_ends_on: date
    due_on: date
    value_fen: int
    policy_version: str
    lent_at: datetime
    lent_by: str
    lent_by_name: str
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One part of a loan, with its names and price of that day."""

    id: str
    loan_id: str
    ordinal: int
    part_id: str
    part_no: str
    name_zh: str
    name_en: str
    unit: str
    quantity: int
    place_id: str
    grade: PartGrade
    price_fen: int


@dataclass(frozen=True, slots=True)
class Accounted:
    """What is said about pieces of a line. ``place_id``: where returned pieces are put."""

    line_id: str
    fate: LoanFate
    quantity: int
    case_number: str = ""
    reason: str = ""
    place_id: str = MAIN_STORE


@dataclass(frozen=True, slots=True)
class LoanReturn:
    """Pieces of a loan accounted for; ``reverses_id`` names the entry that this one takes back (negative pieces)."""

    id: str
    loan_id: str
    line_id: str
    fate: LoanFate
    quantity: int
    case_number: str
    reason: str
    place_id: str
    at: datetime
    by: str
    by_name: str
    reverses_id: str | None = None


def lending_problems(lending: Lending, today: date) -> list[Problem]:
    """What is wrong with a loan as asked for.

    Codes: ``loan.nothing``, ``loan.quantity``, ``loan.twice``, ``loan.purpose-missing``, ``loan.trip-missing``,
    ``loan.trip-past``, ``loan.trip-far``, ``loan.unchecked`` (pieces that were not re-inspected are not lent).
    """
    found = [] if lending.items else [Problem("items", "loan.nothing")]
    seen = set()
    for item in lending.items:
        if not 1 <= item.quantity <= MOST:
            found.append(Problem("items", "loan.quantity", {"value": item.quantity, "most": MOST}))
        if item.grade is PartGrade.UNCHECKED:
            found.append(Problem("items", "loan.unchecked"))
        if (key := (item.part_id, item.place_id, item.grade)) in seen:
            found.append(Problem("items", "loan.twice"))
        seen.add(key)
    if not lending.purpose.strip():
        found.append(Problem("purpose", "loan.purpose-missing"))
    if lending.trip_ends_on is None:
        found.append(Problem("trip_ends_on", "loan.trip-missing"))
    elif lending.trip_ends_on < today:
        found.append(Problem("trip_ends_on", "loan.trip-past", {"value": lending.trip_ends_on}))
    else:
        found += far_problems("trip_ends_on", "loan.trip-far", lending.trip_ends_on, today)
    return found


def accounting_problems(accounted: Sequence[Accounted], outstanding: Mapping[str, int]) -> list[Problem]:
    """What is wrong with what is said about a loan whose lines still lack ``outstanding`` pieces.

    Codes: ``loan.nothing-back``, ``loan.unknown-line``, ``loan.quantity``, ``loan.more-than-out``,
    ``loan.case-missing`` (consumed on which case), ``loan.reason-missing`` (how it was lost or what is wrong with it).
    """
    found = [] if accounted else [Problem("items", "loan.nothing-back")]
    left = dict(outstanding)
    for said in accounted:
        if said.line_id not in left:
            found.append(Problem("items", "loan.unknown-line"))
            continue
        if not 1 <= said.quantity <= MOST:
            found.append(Problem("items", "loan.quantity", {"value": said.quantity, "most": MOST}))
            continue
        if said.quantity > left[said.line_id]:
            facts = {"value": said.quantity, "left": left[said.line_id]}
            found.append(Problem("items", "loan.more-than-out", facts))
        left[said.line_id] -= said.quantity
        if said.fate is LoanFate.CONSUMED and not said.case_number.strip():
            found.append(Problem("case_number", "loan.case-missing"))
        if said.fate in {LoanFate.LOST, LoanFate.DEFECTIVE} and not said.reason.strip():
            found.append(Problem("reason", "loan.reason-missing", {"fate": said.fate}))
    return found


def outstanding(lines: Iterable[LoanLine], returns: Iterable[LoanReturn]) -> dict[str, int]:
    """By line id, how many pieces are still out: lent − accounted for."""
    left = {line.id: line.quantity for line in lines}
    for entry in returns:
        left[entry.line_id] -= entry.quantity
    return left


def due_on(trip_ends_on: date, days: int) -> date:
    """The day by which borrowed parts are back: so many calendar days after the trip (S4.8 11.5)."""
    return trip_ends_on + timedelta(days=days)


def own_signature_is_enough(prices: Iterable[tuple[int, int]], limit_fen: int) -> bool:
    """Whether a loan of ``(pieces, price in fen)`` goes on the borrower's own signature (S4.8 11.4).

    A part without a list price is of unknown value: the supervisor signs.
    """
    listed = tuple(prices)
    return all(price > 0 for _pieces, price in listed) and sum(n * price for n, price in listed) <= limit_fen
