"""Folding a unit's warranty entries into segments, step by step with its trace (spec 1 §7).

A claim never restarts the whole warranty: downtime adds its own days, a key part restarts itself alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from app.domain.months import add_months
from app.domain.warranty import Segment, SegmentKind, TraceLine, Warranty
from app.domain.warranty_entries import (
    Carried,
    Carry,
    Downtime,
    Entry,
    Extended,
    KeyPartReplaced,
    Proof,
    ProofShown,
    RepairWarranted,
    Reversed,
    Started,
    StartEvent,
    Voided,
    VoidReason,
    WarrantyTerms,
    WithoutProof,
)


@dataclass(slots=True)
class _Ledger:
    """What the fold has found so far."""

    terms: WarrantyTerms | None
    known: bool = False
    started: date | None = None
    parts: date | None = None
    labour: date | None = None
    voided: date | None = None
    down_until: date = date.min
    segments: list[Segment] = field(default_factory=list)
    trace: list[TraceLine] = field(default_factory=list)

    def say(self, code: str, **facts: object) -> None:
        self.trace.append(TraceLine(f"warranty.{code}", MappingProxyType(facts)))

    def covers(self, day: date) -> bool:
        """Whether the warranty of the whole unit ran on ``day``."""
        return self.known and self.parts is not None and day <= self.parts and not self.is_void(day)

    def is_void(self, day: date) -> bool:
        return self.voided is not None and self.voided <= day

    def lengthen(self, kind: SegmentKind, parts: date, labour: date | None, document: str) -> None:
        assert self.parts is not None
        if parts > self.parts:
            self.segments.append(Segment(kind, self.parts + timedelta(days=1), parts, document=document))
        self.parts, self.labour = parts, labour


def fold(terms: WarrantyTerms | None, entries: Iterable[Entry]) -> Warranty:
    """The warranty that ``entries`` (in any order) come to under the product's ``terms`` (``None``: it has none)."""
    entries = tuple(entries)
    reversed_ids = {e.reverses for e in entries if isinstance(e, Reversed)}
    counted = sorted(
        (e for e in entries if e.entry_id not in reversed_ids and not isinstance(e, Reversed)),
        key=lambda e: (e.day, e.entry_id),
    )
    carried = max((n for n, e in enumerate(counted) if isinstance(e, Carried)), default=None)
    ledger = _Ledger(terms)
    if carried is None:
        _begin(ledger, counted)
    else:
        _carry_over(ledger, counted[carried])
        counted = counted[carried + 1:]
    for entry in counted:
        match entry:
            case Downtime():
                _add_downtime(ledger, entry)
            case KeyPartReplaced():
                _restart_key_part(ledger, entry)
            case Extended():
                _extend(ledger, entry)
            case Voided():
                _void(ledger, entry.day, entry.reason, entry.document)
            case RepairWarranted():
                _warrant_repair(ledger, entry)
            case _:
                pass
    return Warranty(ledger.known, ledger.started, ledger.parts, ledger.labour, ledger.voided,
                    tuple(ledger.segments), tuple(ledger.trace))


def _begin(ledger: _Ledger, entries: Sequence[Entry]) -> None:
    """The base term: from the start event, or from the fallback where the start is not known or not proved."""
    terms = ledger.terms
    if terms is None:
        ledger.say("no-terms")
        return
    by_making = sorted(entries, key=lambda e: e.entry_id)  # a date told again replaces the one told before
    days = {e.event: e.day for e in by_making if isinstance(e, Started)}
    shown = [e.proof for e in by_making if isinstance(e, ProofShown)]
    unproved = bool(shown) and shown[-1] is Proof.NONE and terms.start in {StartEvent.SALE, StartEvent.ACCEPTANCE}
    if terms.start in days and not unproved:
        _run(ledger, terms, terms.start, days[terms.start])
        return
    ledger.say("no-proof" if unproved else "no-start", event=terms.start)
    match terms.without_proof:
        case WithoutProof.EXCLUDED if unproved:
            ledger.known = True
            ledger.say("excluded-without-proof")
        case WithoutProof.SUPERVISOR if unproved:
            ledger.say("supervisor-without-proof")
        case _ if terms.fallback in days and terms.fallback is not terms.start:
            ledger.say("fallback", event=terms.fallback, day=days[terms.fallback], days=terms.fallback_days)
            _run(ledger, terms, terms.fallback, days[terms.fallback], terms.fallback_days)
        case _:
            ledger.say("no-fallback")


def _run(ledger: _Ledger, terms: WarrantyTerms, event: StartEvent | None, happened: date, grace: int = 0) -> None:
    """Let the base term run ``grace`` days after what ``happened`` (``event`` ``None``: an exchange)."""
    day = happened + timedelta(days=grace)
    if terms.day_after:
        if event is not None and grace == 0:
            ledger.say("day-after-event", event=event, day=day, start=day + timedelta(days=1))
        else:
            ledger.say("day-after", day=day, start=day + timedelta(days=1))
        day += timedelta(days=1)
    ledger.known, ledger.started = True, day
    ledger.parts = _end(day, terms.months)
    ledger.labour = ledger.parts if terms.labour_months is None else _end(day, terms.labour_months)
    if event is None:
        ledger.say("restarted", start=day, months=terms.months, until=ledger.parts)
    elif day == happened:
        ledger.say("base", event=event, start=day, months=terms.months, until=ledger.parts)
    else:
        ledger.say("base-from", start=day, months=terms.months, until=ledger.parts)
    if terms.labour_months is not None:
        ledger.say("base-labour", months=terms.labour_months, until=ledger.labour)
    if terms.months:
        ledger.segments.append(Segment(SegmentKind.BASE, day, ledger.parts))


def _end(start: date, months: int) -> date:
    """The last day covered; a term of no months covers no day."""
    return add_months(start, months) if months else start - timedelta(days=1)


def _carry_over(ledger: _Ledger, entry: Entry) -> None:
    """The unit took another's place: inherit what was left, restart, or the longer of both."""
    assert isinstance(entry, Carried)
    ledger.say("carried", day=entry.day, serial=entry.old_serial, mode=entry.mode)
    if entry.mode is not Carry.INHERIT and ledger.terms is not None:
        _run(ledger, ledger.terms, None, entry.day)
        if entry.mode is Carry.RESTART:
            return
    if entry.parts_until is None:
        if not ledger.known:
            ledger.say("carried-unknown", serial=entry.old_serial)
        return
    if entry.old_void:
        if entry.mode is Carry.INHERIT:
            ledger.known, ledger.started = True, entry.day
            ledger.parts, ledger.labour = entry.parts_until, entry.labour_until
            ledger.say("carried-void", serial=entry.old_serial)
            ledger.voided = entry.day
            ledger.segments.append(Segment(SegmentKind.VOID, entry.day, None, document=entry.document))
        return
    labour = entry.labour_until or entry.parts_until
    if ledger.known:
        assert ledger.parts is not None
        assert ledger.labour is not None
        longer = max(ledger.parts, entry.parts_until)
        ledger.lengthen(SegmentKind.CARRIED, longer, max(ledger.labour, labour), entry.document)
        ledger.say("carried-longer", serial=entry.old_serial, until=longer)
    else:
        ledger.known, ledger.started = True, entry.day
        ledger.parts, ledger.labour = entry.parts_until, labour
        ledger.say("carried-remainder", serial=entry.old_serial, until=entry.parts_until)
        if entry.parts_until >= entry.day:
            ledger.segments.append(
                Segment(SegmentKind.CARRIED, entry.day, entry.parts_until, document=entry.document)
            )


def _add_downtime(ledger: _Ledger, entry: Downtime) -> None:
    """The days of an in-warranty repair are added. Days counted already (two papers of one visit) count once.

    Repairs of a time without warranty, by a policy that counts none, or of no whole day add nothing: the trace says so.
    """
    days = (entry.until - max(entry.day, ledger.down_until, ledger.started or date.min)).days
    why = ("by-policy" if not entry.counts else "outside" if not ledger.covers(entry.day)
           else "none" if days <= 0 else "")
    if why:
        ledger.say(f"downtime-{why}", day=entry.day, until=entry.until, document=entry.document)
        return
    assert ledger.parts is not None
    assert ledger.labour is not None
    ledger.down_until = entry.until
    more = timedelta(days=days)
    labour = ledger.labour + more if entry.day <= ledger.labour else ledger.labour
    ledger.lengthen(SegmentKind.DOWNTIME, ledger.parts + more, labour, entry.document)
    ledger.say("downtime", days=days, document=entry.document, until=ledger.parts)


def _restart_key_part(ledger: _Ledger, entry: KeyPartReplaced) -> None:
    """The part's own term begins anew: only in warranty, not customer-caused, only after normal running."""
    own = [s.end for s in ledger.segments if s.kind is SegmentKind.KEY_PART and s.part == entry.part and s.end]
    covered = ledger.covers(entry.day) or (any(entry.day <= end for end in own) and not ledger.is_void(entry.day))
    why = ("no-term" if entry.months <= 0 else "by-customer" if entry.customer_caused
           else "outside" if not covered else "")
    if why:
        ledger.say(f"key-part-{why}", part=entry.part, day=entry.day)
    elif entry.running_since is None:
        ledger.say("key-part-not-running", part=entry.part, day=entry.day)
    else:
        until = add_months(entry.running_since, entry.months)
        ledger.segments.append(
            Segment(SegmentKind.KEY_PART, entry.running_since, until, entry.part, entry.document)
        )
        ledger.say("key-part", part=entry.part, start=entry.running_since, months=entry.months, until=until)


def _extend(ledger: _Ledger, entry: Extended) -> None:
    if ledger.parts is None or ledger.labour is None:
        ledger.say("extension-without-start", document=entry.document)
        return
    more = timedelta(days=entry.days)
    ledger.lengthen(
        SegmentKind.EXTENSION, add_months(ledger.parts, entry.months) + more,
        add_months(ledger.labour, entry.months) + more, entry.document,
    )
    by = "extension" if entry.months and entry.days else "extension-months" if entry.months else "extension-days"
    ledger.say(by, months=entry.months, days=entry.days, document=entry.document, until=ledger.parts)


def _void(ledger: _Ledger, day: date, reason: VoidReason, document: str) -> None:
    if ledger.voided is None:
        ledger.voided = day
        ledger.segments.append(Segment(SegmentKind.VOID, day, None, document=document))
    ledger.say("void", day=day, reason=reason)


def _warrant_repair(ledger: _Ledger, entry: RepairWarranted) -> None:
    until = add_months(entry.day, entry.months)
    if entry.months > 0:
        ledger.segments.append(Segment(SegmentKind.REPAIR, entry.day, until, document=entry.document))
        ledger.say("repair", day=entry.day, months=entry.months, document=entry.document, until=until)
