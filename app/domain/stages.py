"""Stages of a return case and the one table of transitions (spec 1 §3).

A stage says how far the work is; where the unit stands is another matter (``places``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a return case has come."""

    REPORTED = "REPORTED"
    RECEIVED = "RECEIVED"
    PLANNED = "PLANNED"
    RELEASED = "RELEASED"
    IN_REPAIR = "IN_REPAIR"
    AWAITING_CUSTOMER = "AWAITING_CUSTOMER"
    IN_QA = "IN_QA"
    PASSED = "PASSED"
    READY_TO_RETURN = "READY_TO_RETURN"
    RETURNED = "RETURNED"
    SPARE = "SPARE"
    RESTOCKED = "RESTOCKED"
    REFERRED = "REFERRED"
    SCRAPPED = "SCRAPPED"
    TO_RND = "TO_RND"
    CLOSED = "CLOSED"
    VOID = "VOID"                # the receipt was undone; the number stays visible


class Step(StrEnum):
    """What moves a case from one stage to another."""

    RECEIVE = "RECEIVE"
    UNRECEIVE = "UNRECEIVE"      # the receipt of a reported case was undone: it is expected again
    PLAN = "PLAN"
    UNPLAN = "UNPLAN"            # taken off a draft plan, or left over when a plan was changed
    ISSUE = "ISSUE"
    DISPATCH = "DISPATCH"
    FOUND_AT_REPAIR = "FOUND_AT_REPAIR"
    QUOTE = "QUOTE"
    CONSENT = "CONSENT"
    DECLINE = "DECLINE"
    TO_QA = "TO_QA"
    FAIL = "FAIL"
    PASS = "PASS"  # noqa: S105  the verdict, not a password
    REFER = "REFER"
    PUT_AWAY_RETURN = "PUT_AWAY_RETURN"
    PUT_AWAY_SPARE = "PUT_AWAY_SPARE"
    RETURN = "RETURN"
    RESTOCK = "RESTOCK"
    RULE_AS_IS = "RULE_AS_IS"
    RULE_SCRAP = "RULE_SCRAP"
    RULE_RND = "RULE_RND"
    RND_TO_REPAIR = "RND_TO_REPAIR"
    RND_TO_SCRAP = "RND_TO_SCRAP"
    RULE_REPAIR = "RULE_REPAIR"  # the ruling sends the unit (back) to the bench
    TRANSFER = "TRANSFER"        # the unit goes on to another depot, which opens a visit of its own
    CLOSE = "CLOSE"
    VOID = "VOID"


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of the picture in spec 1 §3."""

    step: Step
    origin: Stage
    target: Stage


_TABLE: tuple[tuple[Step, Stage, Stage], ...] = (
    (Step.RECEIVE, Stage.REPORTED, Stage.RECEIVED),
    (Step.UNRECEIVE, Stage.RECEIVED, Stage.REPORTED),
    (Step.PLAN, Stage.RECEIVED, Stage.PLANNED),
    (Step.UNPLAN, Stage.PLANNED, Stage.RECEIVED),
    (Step.ISSUE, Stage.PLANNED, Stage.RELEASED),
    (Step.DISPATCH, Stage.RELEASED, Stage.IN_REPAIR),
    (Step.FOUND_AT_REPAIR, Stage.RECEIVED, Stage.IN_REPAIR),
    (Step.QUOTE, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER),
    (Step.QUOTE, Stage.REFERRED, Stage.AWAITING_CUSTOMER),  # ruled to be quoted (row 4)
    (Step.CONSENT, Stage.AWAITING_CUSTOMER, Stage.IN_REPAIR),
    (Step.DECLINE, Stage.AWAITING_CUSTOMER, Stage.REFERRED),
    (Step.TO_QA, Stage.IN_REPAIR, Stage.IN_QA),
    (Step.FAIL, Stage.IN_QA, Stage.IN_REPAIR),
    (Step.PASS, Stage.IN_QA, Stage.PASSED),
    (Step.REFER, Stage.IN_REPAIR, Stage.REFERRED),
    (Step.REFER, Stage.RECEIVED, Stage.REFERRED),  # the serial used up its limit: ruling offered at intake
    (Step.PUT_AWAY_RETURN, Stage.PASSED, Stage.READY_TO_RETURN),
    (Step.PUT_AWAY_SPARE, Stage.PASSED, Stage.SPARE),
    (Step.RETURN, Stage.READY_TO_RETURN, Stage.RETURNED),
    (Step.RESTOCK, Stage.SPARE, Stage.RESTOCKED),
    (Step.RULE_AS_IS, Stage.REFERRED, Stage.READY_TO_RETURN),
    (Step.RULE_SCRAP, Stage.REFERRED, Stage.SCRAPPED),
    (Step.RULE_RND, Stage.REFERRED, Stage.TO_RND),
    (Step.RULE_REPAIR, Stage.REFERRED, Stage.IN_REPAIR),
    (Step.RND_TO_REPAIR, Stage.TO_RND, Stage.IN_REPAIR),
    (Step.RND_TO_SCRAP, Stage.TO_RND, Stage.SCRAPPED),
    (Step.TRANSFER, Stage.RECEIVED, Stage.CLOSED),
    (Step.CLOSE, Stage.RETURNED, Stage.CLOSED),
    (Step.CLOSE, Stage.SPARE, Stage.CLOSED),
    (Step.CLOSE, Stage.RESTOCKED, Stage.CLOSED),
    (Step.CLOSE, Stage.SCRAPPED, Stage.CLOSED),
    (Step.VOID, Stage.REPORTED, Stage.VOID),
    (Step.VOID, Stage.RECEIVED, Stage.VOID),
)

TRANSITIONS: tuple[Transition, ...] = tuple(Transition(*row) for row in _TABLE)
_NEXT = {(t.step, t.origin): t.target for t in TRANSITIONS}

#: Stages in which the case is over: the unit is no longer the depot's concern in this visit.
ENDED: frozenset[Stage] = frozenset({Stage.CLOSED, Stage.VOID})


def after(step: Step, stage: Stage) -> Stage | None:
    """The stage that ``step`` leads to from ``stage``; ``None`` where the picture has no such arrow."""
    return _NEXT.get((step, stage))


def allowed(stage: Stage) -> tuple[Step, ...]:
    """The steps that lead on from ``stage``, in the order of the table."""
    return tuple(t.step for t in TRANSITIONS if t.origin is stage)
