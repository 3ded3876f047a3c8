"""The chase list on paper: what is late and why (spec 1 §6). A list of our own, without any sum of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.slips.heads import Worded


@dataclass(frozen=True, slots=True)
class ChaseLine:
    """One clock. ``amount``: how much time is left or over, in words; ``until``: the day or the minute it is due."""

    number: str
    clock: Worded
    state: Worded
    amount: str
    late: bool
    customer: str = ""
    product: str = ""
    serial: str = ""
    since: str = ""
    target: str = ""
    until: str = ""
    pauses: str = ""
    who: str = ""
    act: Worded = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class ChaseList:
    """The list of a day. ``shown``: which clocks it holds; ``order``: how it is sorted; ``more``: what did not fit."""

    on: date
    shown: Worded
    order: Worded
    lines: tuple[ChaseLine, ...]
    overdue: int = 0
    due_soon: int = 0
    paused: int = 0
    more: int = 0
