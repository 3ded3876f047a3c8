"""A warranty in words: the headline with its colour, and the steps that led to it."""

from __future__ import annotations

from datetime import timedelta

from app.domain.codes import Blame
from app.domain.warranty import Judgement, SegmentKind, WarrantyState
from app.domain.warranty_entries import (
    Carried,
    Downtime,
    Entry,
    Extended,
    KeyPartReplaced,
    ProofShown,
    RepairWarranted,
    Started,
    Voided,
)
from app.i18n import N_, _, _n
from app.labels import label
from app.messages import say
from app.services.warranty import VerdictChange
from ui.tones import Tone

KIND_TONE: dict[SegmentKind, Tone] = {
    SegmentKind.BASE: Tone.OK, SegmentKind.DOWNTIME: Tone.INFO, SegmentKind.EXTENSION: Tone.ACCENT,
    SegmentKind.CARRIED: Tone.OK, SegmentKind.KEY_PART: Tone.PLUM, SegmentKind.REPAIR: Tone.WARN,
    SegmentKind.VOID: Tone.BAD,
}
_UNKNOWN = {
    "warranty.no-terms", "warranty.no-fallback", "warranty.supervisor-without-proof", "warranty.carried-unknown",
}
_NOT_COVERED: dict[Blame | None, str] = {
    Blame.USER: N_("use, storage or handling"), Blame.OUTSIDE: N_("transport or surroundings"),
}
STARTED, PROOF = N_("Start"), N_("Proof")


def headline(judged: Judgement, excluded: Blame | None = None) -> tuple[str, Tone]:
    """In until, out since, or not known because; ``excluded``: whose fault is not covered though the term runs."""
    if judged.state is WarrantyState.IN:
        return _running(judged, excluded)
    if judged.state is WarrantyState.UNKNOWN:
        why = next((line for line in judged.trace if line.code in _UNKNOWN), None)
        if why is None:
            return label(judged.state), Tone.MUTE
        return _("warranty not known: {why}").format(why=say(why.code, why.facts).rstrip("。.")), Tone.MUTE
    void = next((line for line in judged.trace if line.code == "warranty.period-void"), None)
    if void is not None:
        return _("warranty void since {day}").format(day=void.facts["since"]), Tone.BAD
    if judged.until is None:
        return _("no warranty"), Tone.WARN
    return _("out of warranty since {day}").format(day=judged.until + timedelta(days=1)), Tone.WARN


def _running(judged: Judgement, excluded: Blame | None) -> tuple[str, Tone]:
    if excluded not in _NOT_COVERED:
        return _("in warranty until {day}").format(day=judged.until), Tone.OK
    words = _("Within the term until {day}, but this fault is not covered: {why}")
    return words.format(day=judged.until, why=_(_NOT_COVERED[excluded])), Tone.WARN


def reasons(judged: Judgement) -> list[str]:
    """Each step of the explanation as a sentence."""
    return [say(line.code, line.facts) for line in judged.trace]


def _span(months: int, days: int) -> str:
    """How long: months, days, or both; what is nothing is not said."""
    if months and days:
        return _("{months} months and {days} days").format(months=months, days=days)
    return _("{n} months").format(n=months) if months else _n("{n} day", "{n} days", days).format(n=days)


def entry_words(entry: Entry) -> tuple[str, str]:
    """What an entry of the ledger is, and what it says."""
    found = "", ""
    match entry:
        case Started():
            found = _(STARTED), label(entry.event)
        case ProofShown():
            found = _(PROOF), label(entry.proof)
        case Downtime():
            counts = _("until {day}") if entry.counts else _("until {day}, not counted by policy")
            found = label(SegmentKind.DOWNTIME), counts.format(day=entry.until)
        case KeyPartReplaced():
            words = _("{part}, {n} months").format(part=entry.part, n=entry.months)
            found = label(SegmentKind.KEY_PART), words
        case Extended():
            found = label(SegmentKind.EXTENSION), _span(entry.months, entry.days)
        case Voided():
            found = label(SegmentKind.VOID), label(entry.reason)
        case RepairWarranted():
            found = label(SegmentKind.REPAIR), _("{n} months").format(n=entry.months)
        case Carried():
            words = _("in place of {serial}: {mode}").format(serial=entry.old_serial, mode=label(entry.mode))
            found = label(SegmentKind.CARRIED), words
        case _:
            pass
    return found


def change_words(change: VerdictChange) -> str:
    """How a verdict changed, by whom and why: for a notice and a message."""
    words = _("The verdict changed: {before} → {after}").format(
        before=label(change.before), after=label(change.after))
    if change.rule_before != change.rule_after:
        words += _("; rule {before} → {after}").format(before=change.rule_before or "–", after=change.rule_after or "–")
    if change.reason:
        words += _(" ({reason})").format(reason=change.reason)
    return words
