"""Handovers: one transfer of custody, units and travellers, accepted or refused line by line (art. 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from app.domain.places import Place
from app.domain.stages import Stage, Step
from app.errors import Problem


class LineKind(StrEnum):
    """What a line hands over."""

    UNIT = "UNIT"
    TRAVELLER = "TRAVELLER"


class Verdict(StrEnum):
    """What the receiver says of a line."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"


class ReceiptKind(StrEnum):
    """How an offer ended."""

    RECEIVED = "RECEIVED"
    WITHDRAWN = "WITHDRAWN"


class RefusalReason(StrEnum):
    """Why a line was refused."""

    NOT_PRESENT = "NOT_PRESENT"
    WRONG_SERIAL = "WRONG_SERIAL"
    TRAVELLER_MISSING = "TRAVELLER_MISSING"
    INCOMPLETE = "INCOMPLETE"
    DAMAGED = "DAMAGED"
    NOT_PLANNED = "NOT_PLANNED"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be handed over; ``case_id`` is the case it belongs to."""

    kind: LineKind
    id: str
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a handover as written."""

    id: str
    handover_id: str
    ordinal: int
    kind: LineKind
    unit_id: str | None
    traveller_id: str | None
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused line: why. ``text`` is needed for ``OTHER``."""

    reason: RefusalReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The giver's half of a handover. ``announced``: how many units the giver says there are, where it was asked."""

    id: str
    number: str
    from_place: Place
    to_place: Place
    giver_name: str
    giver_signature_id: str | None
    note: str
    at: datetime
    by: str
    announced: int | None = None


class Direction(StrEnum):
    """The transfers inside the house that units and their travellers make together (art. 7, 10)."""

    DISPATCH = "DISPATCH"        # what the issued plan releases, to the repair department (art. 10.1)
    TO_QA = "TO_QA"              # repaired, factory section complete (art. 10.3)
    BACK_TO_REPAIR = "BACK_TO_REPAIR"  # failed in QA
    PASSED = "PASSED"            # passed and marked, to after-sales (art. 10.7)
    REFERRED = "REFERRED"        # cannot simply go back: to after-sales for a ruling (art. 10.4)
    BACK_TO_BENCH = "BACK_TO_BENCH"  # ruled, or agreed to by the customer, to be repaired after all
    TO_LAB = "TO_LAB"            # kept: to R&D for a technical determination
    LAB_TO_REPAIR = "LAB_TO_REPAIR"  # R&D found the fault: to the bench, as a future spare


@dataclass(frozen=True, slots=True)
class Route:
    """One direction: between which places, for cases at which stage, and the step that acceptance takes.

    ``step`` is ``None`` where a verdict has set the stage already and only custody changes.
    """

    direction: Direction
    from_place: Place
    to_place: Place
    stage: Stage
    step: Step | None = None


_ROUTES: tuple[Route, ...] = (
    Route(Direction.DISPATCH, Place.ZONE_PENDING, Place.REPAIR, Stage.RELEASED, Step.DISPATCH),
    Route(Direction.TO_QA, Place.REPAIR, Place.QA, Stage.IN_REPAIR, Step.TO_QA),
    Route(Direction.BACK_TO_REPAIR, Place.QA, Place.REPAIR, Stage.IN_QA, Step.FAIL),
    Route(Direction.PASSED, Place.QA, Place.COUNTER, Stage.PASSED),
    Route(Direction.REFERRED, Place.REPAIR, Place.COUNTER, Stage.REFERRED),
    Route(Direction.BACK_TO_BENCH, Place.COUNTER, Place.REPAIR, Stage.IN_REPAIR),
    Route(Direction.TO_LAB, Place.COUNTER, Place.LAB, Stage.TO_RND),
    Route(Direction.LAB_TO_REPAIR, Place.LAB, Place.REPAIR, Stage.IN_REPAIR),
)

ROUTES: Mapping[Direction, Route] = MappingProxyType({route.direction: route for route in _ROUTES})


def route_between(from_place: Place, to_place: Place) -> Route | None:
    """The direction of a transfer between two places; ``None`` for one that is not made inside the house."""
    return next((r for r in _ROUTES if (r.from_place, r.to_place) == (from_place, to_place)), None)


def refusal_problems(refusal: Refusal) -> list[Problem]:
    """``handover.refusal-reason``: a refusal for another reason than those of the list must say which."""
    if refusal.reason is RefusalReason.OTHER and not refusal.text.strip():
        return [Problem("reason", "handover.refusal-reason")]
    return []


def readiness_problem(
    route: Route, stage: Stage, place: Place, traveller_place: Place | None, *, worked: bool, failed: bool,
    offered_in: str,
) -> str:
    """The code of what stops a case from being offered on ``route``; empty when nothing does.

    ``worked``: the factory section is complete. ``failed``: the newest inspection run failed. ``offered_in``: the
    number of an open offer that holds the unit already. ``traveller_place``: ``None`` when there is no traveller.
    """
    stage_code = "handover.not-released" if route.direction is Direction.DISPATCH else "handover.wrong-stage"
    tests = (
        (bool(offered_in), "handover.already-offered"),
        (place is not route.from_place, "handover.elsewhere"),
        (stage is not route.stage, stage_code),
        (traveller_place is not place, "handover.traveller-elsewhere"),
        (route.direction is Direction.TO_QA and not worked, "handover.section-open"),
        (route.direction is Direction.BACK_TO_REPAIR and not failed, "handover.not-failed"),
    )
    return next((code for stops, code in tests if stops), "")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with its traveller as the handover page shows it. ``offered_in``: number of the open offer it is in.

    ``worked``: factory section complete; ``failed``: the newest inspection run failed; ``plan_number``: of the plan
    that released it. ``archived``: the traveller is in QA's archive, so the unit goes without it.
    """

    case_id: str
    case_number: str
    stage: Stage
    due_on: date | None
    paused_at: datetime | None
    urgency: str
    unit_id: str
    serial: str
    place: Place
    placed_at: datetime
    model: str
    product_zh: str
    product_en: str
    customer: str
    traveller_id: str | None
    traveller_number: str
    traveller_place: Place | None
    worked: bool
    failed: bool
    plan_number: str
    offered_in: str
    archived: bool = False


@dataclass(frozen=True, slots=True)
class HandoverHead:
    """A handover in a list. ``ended`` is ``None`` while the offer waits; counts are of cases, not of lines."""

    id: str
    number: str
    from_place: Place
    to_place: Place
    giver_name: str
    note: str
    at: datetime
    by: str
    receiver_name: str
    ended: ReceiptKind | None
    ended_at: datetime | None
    units: int
    refused: int


@dataclass(frozen=True, slots=True)
class HandoverCase:
    """One case of a handover: the unit's line and the traveller's line together, and what was said of them."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    product_zh: str
    product_en: str
    customer: str
    traveller_number: str
    verdict: Verdict | None
    reason: RefusalReason | None
    reason_text: str
