"""The night in words: how a try went, what stands in a conflict, what an alert says."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from app.domain.sync.outcomes import Ended
from app.i18n import N_, _
from app.labels import label
from app.messages import say, sentences
from app.services.night import Alert, NightRow
from ui.tones import Tone

TONES = {
    Ended.VERIFIED: Tone.OK, Ended.RUNNING: Tone.INFO, Ended.STOPPED: Tone.WARN, Ended.KILLED: Tone.WARN,
    Ended.UNAVAILABLE: Tone.WARN, Ended.REFUSED: Tone.BAD, Ended.BROKEN: Tone.BAD,
}
ASKED_BY = {"schedule": N_("by itself"), "window": N_("by hand"), "command": N_("by command")}
PHASES = {
    "push": N_("Sending"), "verify": N_("Comparing"), "pull": N_("Fetching"), "fork": N_("Bringing together"),
    "contents": N_("Sending photos and scans"), "contents-back": N_("Fetching photos and scans"),
}


def ended(row: NightRow) -> Ended:
    """How a try went."""
    return Ended(row.outcome)


#: Why, where no code says it.
_REASONS = {
    Ended.BROKEN: N_("A mistake inside the program; its log has the details. Nothing is lost, the next sync goes on."),
    Ended.KILLED: N_("The program or the computer ended in the middle. Nothing is lost, the next sync goes on."),
}


def why(row: NightRow) -> str:
    """What stopped a try; empty for a good one."""
    code, facts = str(row.facts.get("code", "")), row.facts.get("told")
    if isinstance(facts, Mapping):
        with suppress(LookupError):             # a code of a newer program, or with other facts
            return say(code, facts) if code else _(_REASONS.get(ended(row), ""))
    return headline(code) if code else _(_REASONS.get(ended(row), ""))


def headline(code: str) -> str:
    """The first sentence of a code, where its facts are not on record."""
    text = sentences().get(code, "")
    said = _(text) if text else code
    return said if "{" not in said else label(Ended.UNAVAILABLE if code == "sync.centre-away" else Ended.REFUSED)


def told(alert: Alert) -> str:
    """What an alert says."""
    return say(alert.kind, alert.facts) if alert.kind in sentences() else alert.kind


def counted(facts: Mapping[str, Any], name: str) -> int:
    """A number of the record of a night; 0 where it was not reached."""
    value = facts.get(name, 0)
    return value if isinstance(value, int) else 0
