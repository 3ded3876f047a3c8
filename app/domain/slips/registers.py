"""F3, the return register 产品返厂维修登记表: one line per case, any period (art. 8.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.slips.heads import Worded


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One return case with the date of every step; a step not reached has no date."""

    case_number: str
    customer: str
    product: str
    serial: str
    received: date | None = None
    visit: int = 1
    way_of_return: Worded = ""
    warranty: Worded = ""
    plan_number: str = ""
    released: date | None = None
    in_repair: date | None = None
    in_qa: date | None = None
    passed: date | None = None
    mark_number: str = ""
    exit: Worded = ""
    ended: date | None = None
    days: int | None = None
    overdue: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RegisterTotals:
    """How the cases of the register stand."""

    cases: int = 0
    returned: int = 0
    spares: int = 0
    scrapped: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ReturnRegister:
    """F3 for the cases received from ``start`` to ``end``; ``selection`` says in words what else was asked for."""

    start: date
    end: date
    lines: tuple[RegisterLine, ...]
    totals: RegisterTotals
    selection: str = ""
