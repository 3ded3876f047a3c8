"""Warranty is a ledger: what a unit's entries come to, and whether it covers a fault on a day (spec 1 §7).

``until`` is the last day that is covered: shipped 2024-05-02 with 24 months runs until 2026-05-02 (the day of the
event is not counted). Entries are folded in ``warranty_fold``; cause decides with period: see :func:`judge`. Trace
lines are a code and facts; their sentences are in ``app.messages.warranty``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from app.domain.codes import Blame, CauseClass
from app.domain.warranty_entries import Carried, Carry


class WarrantyState(StrEnum):
    """Whether a warranty covers."""

    IN = "IN"
    OUT = "OUT"
    UNKNOWN = "UNKNOWN"


class SegmentKind(StrEnum):
    """What a stretch of warranty comes from."""

    BASE = "BASE"
    DOWNTIME = "DOWNTIME"
    EXTENSION = "EXTENSION"
    CARRIED = "CARRIED"
    KEY_PART = "KEY_PART"
    REPAIR = "REPAIR"
    VOID = "VOID"


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One step of the explanation."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days, both ends covered; ``end`` ``None``: open (void). ``part``: the key part it is for."""

    kind: SegmentKind
    start: date
    end: date | None
    part: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Warranty:
    """A folded ledger. ``known`` is false when no start can be told; ``started`` may still be known."""

    known: bool
    started: date | None
    parts_until: date | None
    labour_until: date | None
    voided_on: date | None
    segments: tuple[Segment, ...]
    trace: tuple[TraceLine, ...]

    def void(self, day: date) -> bool:
        """Whether the warranty is void on ``day``."""
        return self.voided_on is not None and self.voided_on <= day


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the warranty covers on a day, for a cause.

    ``period``: by the calendar alone; ``state``: with the cause, for parts; ``labour``: the same for labour.
    ``trace``: the ledger's lines, then the verdict's.
    """

    on: date
    period: WarrantyState
    state: WarrantyState
    labour: WarrantyState
    until: date | None
    trace: tuple[TraceLine, ...]


def carry(
    old: Warranty, old_serial: str, mode: Carry, day: date, entry_id: str, document: str = ""
) -> Carried:
    """The entry for the unit that takes the place of ``old_serial`` on ``day`` (exchange or spare left at a site).

    What is not known of the old unit stays unknown; one that was without warranty (excluded) carries none over.
    """
    parts, labour = old.parts_until, old.labour_until
    if old.known and parts is None:
        parts = labour = day - timedelta(days=1)
    return Carried(entry_id, day, mode, old_serial, parts, labour, old.void(day), document)


def judge(
    warranty: Warranty, on: date, cause: CauseClass, blame: Blame, *, part: str = "", same_fault: bool = False
) -> Judgement:
    """Whether ``warranty`` covers a fault on ``on``.

    ``part``: the key part that failed, its own term counts too. ``same_fault``: as in the last warranted repair,
    whose term then counts too. A fault by the user or from outside is not covered whatever the period; one whose
    cause is open is judged by the period until it is settled.
    """
    lines: list[TraceLine] = []
    own = _own_until(warranty, on, part, same_fault=same_fault)
    period = _period(warranty, warranty.parts_until, own, on)
    labour = _period(warranty, warranty.labour_until, own, on)
    until = max((end for end in (warranty.parts_until, own) if end is not None), default=None)

    def say(code: str, **facts: object) -> None:
        lines.append(TraceLine(f"warranty.{code}", MappingProxyType(facts)))

    if period is WarrantyState.UNKNOWN:
        say("verdict-unknown", on=on)
    elif warranty.started is not None and on < warranty.started:
        say("not-begun", on=on, start=warranty.started)
    elif period is WarrantyState.IN:
        say("period-in", on=on, until=until)
    elif warranty.void(on):
        say("period-void", on=on, since=warranty.voided_on)
    elif until is None:
        say("period-none", on=on)
    else:
        say("period-out", on=on, until=until)
    state = period
    if blame in {Blame.USER, Blame.OUTSIDE}:
        state = labour = WarrantyState.OUT
        say("cause-excluded", cause=cause)
    elif blame is Blame.OPEN and cause is CauseClass.UNDETERMINED:
        say("cause-open")
    if state is WarrantyState.IN and labour is WarrantyState.OUT:
        say("labour-out", until=warranty.labour_until or "–")
    return Judgement(on, period, state, labour, until, (*warranty.trace, *lines))


def _own_until(warranty: Warranty, on: date, part: str, *, same_fault: bool) -> date | None:
    """Until when the failed key part, or the warranted repair of the same fault, is covered by a term of its own.

    A void takes away what was granted before it, not what the customer paid for afterwards.
    """
    ends = []
    for segment in warranty.segments:
        fits = (segment.kind is SegmentKind.KEY_PART and segment.part == part and part != "") or (
            segment.kind is SegmentKind.REPAIR and same_fault
        )
        lost = warranty.voided_on is not None and warranty.void(on) and segment.start <= warranty.voided_on
        if fits and not lost and segment.end is not None and segment.start <= on:
            ends.append(segment.end)
    return max(ends, default=None)


def _period(warranty: Warranty, until: date | None, own: date | None, on: date) -> WarrantyState:
    """By the calendar alone. Before its start a product is still ours to answer for, so that counts as in."""
    if own is not None and on <= own:
        return WarrantyState.IN
    if warranty.void(on):
        return WarrantyState.OUT
    if not warranty.known:
        return WarrantyState.UNKNOWN
    return WarrantyState.IN if until is not None and on <= until else WarrantyState.OUT
