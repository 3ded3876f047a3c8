"""A ruling on record: what the rules said, what the supervisor decided, what the customer was told (art. 10.4).

The rules themselves are ``domain.rulings``. Here: the record, when it no longer stands because the facts changed,
and what a supervisor may decide instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Any

from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.places import Place
from app.domain.rulings import Outcome, Ruling
from app.domain.stages import Stage
from app.domain.warranty import WarrantyState
from app.errors import Problem

_O = Outcome


class Channel(StrEnum):
    """How one spoke with the customer."""

    PHONE = "PHONE"
    IN_PERSON = "IN_PERSON"
    MESSAGE = "MESSAGE"          # e-mail, chat
    LETTER = "LETTER"


class Wish(StrEnum):
    """What the customer asked for in writing, against what the rules give by themselves."""

    NONE = "NONE"
    SCRAP = "SCRAP"              # do not send it back: scrap it for us (rows 3 and 7)
    BOTH = "BOTH"                # the kept unit as well as the exchanged one (row 1)


class Ended(StrEnum):
    """Why a ruling on record no longer holds."""

    UNDONE = "UNDONE"
    RULED_ANEW = "RULED_ANEW"
    DONE = "DONE"                # carried out


@dataclass(frozen=True, slots=True)
class Disposition:
    """One ruling on record (处置). ``ruled``: what the rules said; ``outcomes``: what was decided.

    ``facts``: plain values, see :func:`plain`. ``reason``: of an override; empty where the rules were followed.
    """

    id: str
    number: str
    case_id: str
    unit_id: str
    rule_no: int
    at_intake: bool
    ruled: Sequence[str]
    outcomes: Sequence[str]
    facts: Mapping[str, Any]
    policy_version: str
    known_as_of: date | None
    overridden: bool
    reason: str
    decided_at: datetime
    decided_by: str
    decided_by_name: str
    signature_id: str
    ended_at: datetime | None
    ended_why: str | None
    seq: int = 0

    @property
    def decided(self) -> tuple[Outcome, ...]:
        """What is to be done, in order."""
        return tuple(Outcome(o) for o in self.outcomes)

    @property
    def ruling(self) -> Ruling:
        """The ruling as it was, for its sentences."""
        return Ruling(
            self.rule_no, tuple(Outcome(o) for o in self.ruled), spoken(self.facts), self.policy_version, self.at_intake
        )


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with the customer as told. ``written``: how the wish was given in writing (letter of…, e-mail of…)."""

    with_whom: str
    held_at: datetime | None
    channel: Channel = Channel.PHONE
    said: str = ""
    answered: str = ""
    wish: Wish = Wish.NONE
    written: str = ""


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk on record."""

    id: str
    case_id: str
    with_whom: str
    held_at: datetime
    channel: str
    said: str
    answered: str
    wish: str
    written: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """The warranty of a case settled by a supervisor because the record does not say (row 0)."""

    id: str
    case_id: str
    state: str
    reason: str
    proof: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True)
class ReferredRow:
    """A case that cannot simply go back, as the lists show it. ``disposition_id`` empty: nobody has ruled."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer: str
    stage: Stage
    place: Place
    result: str | None
    warranty: str
    due_on: date | None
    received_at: datetime | None
    disposition_id: str
    number: str
    rule_no: int | None
    outcomes: Sequence[str] | None
    overridden: bool | None
    decided_at: datetime | None
    decided_by_name: str
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One return visit of the serial, at any depot, as the ruling screen lists it. ``counts``: NFF, FAILED or empty."""

    depot: str
    number: str
    received: date
    symptom: str
    result: str
    outcome: str
    counts: str
    this: bool = False


#: The sets of outcomes that make sense together; what a supervisor may choose from instead of the ruled one.
SENSIBLE: tuple[tuple[Outcome, ...], ...] = (
    (_O.SCRAP, _O.EXCHANGE), (_O.SCRAP,), (_O.EXPLAIN, _O.RETURN_AS_IS), (_O.RETURN_AS_IS,), (_O.EXPLAIN, _O.SCRAP),
    (_O.KEEP, _O.EXCHANGE, _O.TO_RND), (_O.KEEP, _O.TO_RND), (_O.BOTH_TO_CUSTOMER,), (_O.QUOTE,), (_O.REPAIR,),
)

#: Outcomes in the order in which one of them names the whole ruling on the case.
_MAIN = (
    _O.RETURN_AS_IS, _O.BOTH_TO_CUSTOMER, _O.KEEP, _O.SCRAP, _O.QUOTE, _O.REPAIR, _O.EXCHANGE, _O.TO_RND,
    _O.TO_CUSTOMER, _O.TO_SPARE, _O.LAB_AFTER_SCRAP, _O.EXPLAIN, _O.SETTLE_WARRANTY,
)

#: The facts a ruling rests on: when one of them changes, it must be confirmed anew.
DECISIVE = (
    "result", "cause", "responsibility", "warranty", "return_needed", "nff", "failed", "visit",
)

_SPOKEN: dict[str, type[Enum]] = {
    "result": RepairResult, "cause": CauseClass, "responsibility": Responsibility, "warranty": WarrantyState,
}


def choices(
    ruled: Sequence[Outcome], *, return_needed: bool, wants_scrap: bool, at_bench_before: bool = True
) -> tuple[tuple[Outcome, ...], ...]:
    """What may be decided instead of ``ruled``.

    An exchange needs a customer who waits for a unit; scrapping for the customer needs the written wish; a unit that
    never was on the bench (ruled at intake) is not quoted.
    """
    return tuple(
        some for some in SENSIBLE
        if some != tuple(ruled)
        and (return_needed or not {_O.EXCHANGE, _O.BOTH_TO_CUSTOMER} & set(some))
        and (wants_scrap or some != (_O.EXPLAIN, _O.SCRAP))
        and (at_bench_before or _O.QUOTE not in some)
    )


def main_outcome(outcomes: Sequence[Outcome]) -> Outcome:
    """The one that stands on the case for the whole ruling."""
    return next(o for o in _MAIN if o in outcomes)


def plain(facts: Mapping[str, object]) -> dict[str, Any]:
    """The facts of a ruling as plain values for the record."""
    return {name: _plain(value) for name, value in facts.items()}


def spoken(facts: Mapping[str, Any]) -> Mapping[str, object]:
    """The facts on record as the sentences want them: codes are members again."""
    return MappingProxyType({
        name: _SPOKEN[name](value) if name in _SPOKEN and value else value for name, value in facts.items()
    })


def changed_facts(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """The decisive facts (plain values) in which two rulings differ."""
    return tuple(name for name in DECISIVE if then.get(name) != now.get(name))


def override_problems(
    outcomes: Sequence[Outcome], reason: str, allowed: Sequence[tuple[Outcome, ...]]
) -> list[Problem]:
    """``disposition.not-sensible`` (no such set, or the ruled one), ``disposition.reason-missing``."""
    found = []
    if tuple(outcomes) not in allowed:
        found.append(Problem("outcomes", "disposition.not-sensible", {"outcomes": tuple(outcomes)}))
    if not reason.strip():
        found.append(Problem("reason", "disposition.reason-missing"))
    return found


def talk_problems(talk: Talk, now: datetime) -> list[Problem]:
    """What is missing of a talk, in the order of its form.

    Codes: ``disposition.talk-whom``, ``disposition.talk-when``, ``disposition.talk-future``,
    ``disposition.talk-said``, ``disposition.talk-answer``, ``disposition.wish-unwritten``.
    """
    found = []
    if not talk.with_whom.strip():
        found.append(Problem("with_whom", "disposition.talk-whom"))
    if talk.held_at is None:
        found.append(Problem("held_at", "disposition.talk-when"))
    elif talk.held_at > now:
        found.append(Problem("held_at", "disposition.talk-future", {"value": talk.held_at}))
    if not talk.said.strip():
        found.append(Problem("said", "disposition.talk-said"))
    if not talk.answered.strip():
        found.append(Problem("answered", "disposition.talk-answer"))
    if talk.wish is not Wish.NONE and not talk.written.strip():
        found.append(Problem("written", "disposition.wish-unwritten", {"wish": talk.wish}))
    return found


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
