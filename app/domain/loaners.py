"""Loaners (周转机): units lent to customers against an agreement, and coming back; a case never closes before (§5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.clocks import Colour
from app.domain.far_days import far_problems
from app.domain.places import Place
from app.errors import Problem


class LoanState(StrEnum):
    """How a loaner's agreement stands."""

    OUT = "OUT"
    BACK = "BACK"
    WRITTEN_OFF = "WRITTEN_OFF"  # it will not come back


class WaitEnd(StrEnum):
    """How somebody left the list of those who wait."""

    SERVED = "SERVED"
    DROPPED = "DROPPED"


@dataclass(frozen=True, slots=True)
class Lending:
    """A loaner that goes to a customer. ``out_of_turn``: why somebody who waits longer is passed over."""

    loaner_id: str
    customer_id: str
    due_on: date | None
    condition_out: str
    terms: str = ""
    case_number: str = ""
    contact: str = ""
    contact_phone: str = ""
    out_of_turn: str = ""


@dataclass(frozen=True, slots=True)
class Loaner:
    """A unit in the pool of loaners."""

    id: str
    unit_id: str
    condition: str
    note: str
    enrolled_at: datetime
    enrolled_by: str
    retired_at: datetime | None
    retired_by: str | None
    retired_reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A loaner lent to a customer."""

    id: str
    number: str
    loaner_id: str
    unit_id: str
    customer_id: str
    case_id: str | None
    contact: str
    contact_phone: str
    out_on: date
    due_on: date
    condition_out: str
    terms: str
    customer_name: str
    customer_signature_id: str | None
    out_handover: str
    lent_at: datetime
    lent_by: str
    back_at: datetime | None
    back_by: str | None
    condition_in: str
    back_handover: str
    written_off_at: datetime | None
    written_off_by: str | None
    written_off_reason: str

    @property
    def state(self) -> LoanState:
        """How it stands."""
        if self.back_at is not None:
            return LoanState.BACK
        return LoanState.WRITTEN_OFF if self.written_off_at is not None else LoanState.OUT


@dataclass(frozen=True, slots=True)
class LoanerRow:
    """A loaner in the list. The agreement's fields are empty while it stands at the counter."""

    loaner_id: str
    unit_id: str
    serial: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    place: Place
    condition: str
    note: str
    agreement_id: str
    number: str
    customer: str
    contact: str
    contact_phone: str
    case_id: str
    case_number: str
    out_on: date | None
    due_on: date | None
    days_left: int | None
    colour: Colour
    waiting: int
    from_return: bool            # it goes back to zone 3 when it is no loaner any more


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody who waits for a loaner of a model; ``place``: their turn, from 1."""

    wait_id: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    customer_id: str
    customer: str
    case_id: str
    case_number: str
    note: str
    since: datetime
    days: int
    turn: int


def lending_problems(lending: Lending, today: date) -> list[Problem]:
    """``loaners.customer-missing``, ``loaners.due-missing``, ``loaners.due-past``, ``loaners.due-far``,
    ``loaners.condition-missing``.
    """
    found = []
    if not lending.customer_id:
        found.append(Problem("customer_id", "loaners.customer-missing"))
    if lending.due_on is None:
        found.append(Problem("due_on", "loaners.due-missing"))
    elif lending.due_on < today:
        found.append(Problem("due_on", "loaners.due-past", {"value": lending.due_on, "today": today}))
    else:
        found += far_problems("due_on", "loaners.due-far", lending.due_on, today)
    if not lending.condition_out.strip():
        found.append(Problem("condition_out", "loaners.condition-missing"))
    return found
