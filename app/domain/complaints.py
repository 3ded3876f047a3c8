"""Complaints and suggestions 投诉与建议: each call, letter and visit is taken down, goes one of three routes by what it
is about, is answered in time, and is closed only when the customer was told the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain import deadlines
from app.domain.clocks import Clock
from app.domain.policy import PolicySnapshot
from app.errors import Problem

LONGEST_STORY = 4000


class ComplaintKind(StrEnum):
    """Whether somebody is dissatisfied or has an idea."""

    COMPLAINT = "COMPLAINT"
    SUGGESTION = "SUGGESTION"


class Topic(StrEnum):
    """What it is about; the route follows from it."""

    QUALITY = "QUALITY"
    DELIVERY = "DELIVERY"
    SERVICE = "SERVICE"
    OTHER = "OTHER"


class Route(StrEnum):
    """Which department answers."""

    RND_PRODUCTION = "RND_PRODUCTION"
    STORES = "STORES"
    AFTER_SALES = "AFTER_SALES"


class Channel(StrEnum):
    """How it reached us."""

    PHONE = "PHONE"
    LETTER = "LETTER"
    VISIT = "VISIT"
    FOLLOW_UP = "FOLLOW_UP"
    FEEDBACK = "FEEDBACK"


class ComplaintState(StrEnum):
    """Whether anybody still has to do something."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    VOID = "VOID"


class ComplaintStep(StrEnum):
    """What is to be done next."""

    ASSIGN = "ASSIGN"
    ANSWER = "ANSWER"
    TELL = "TELL"
    CLOSE = "CLOSE"
    NOTHING = "NOTHING"


#: Product quality and function go to R&D or production, damage on the way to the stores, people to after-sales.
ROUTE_OF: Mapping[Topic, Route] = {
    Topic.QUALITY: Route.RND_PRODUCTION, Topic.DELIVERY: Route.STORES, Topic.SERVICE: Route.AFTER_SALES,
    Topic.OTHER: Route.AFTER_SALES,
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint or suggestion. ``since``: when its clocks began; ``content``: whether the customer was satisfied
    with the result when told; ``reopened``: how often it was opened again."""

    id: str
    number: str
    kind: ComplaintKind
    topic: Topic
    route: Route
    channel: Channel
    state: ComplaintState
    customer_id: str
    contact: str
    phone: str
    unit_id: str | None
    case_id: str | None
    story: str
    wanted: str
    taken_at: datetime
    taken_by: str
    since: datetime
    assigned_at: datetime | None
    assigned_to: str
    answered_at: datetime | None
    answer: str
    told_at: datetime | None
    told_whom: str
    told_what: str
    content: bool | None
    closed_at: datetime | None
    result: str
    reopened: int
    policy_version: str
    note: str


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint in the list, with the words for its ids."""

    complaint: Complaint
    customer: str
    serial: str
    model: str
    name_zh: str
    name_en: str
    case_number: str


@dataclass(frozen=True, slots=True)
class ComplaintEvent:
    """Something that happened to a complaint."""

    ordinal: int
    what: str
    said: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint as it is taken down. ``serial``: the unit it is about, as read; empty when it is about none."""

    customer_id: str
    topic: Topic | None
    story: str
    kind: ComplaintKind = ComplaintKind.COMPLAINT
    channel: Channel = Channel.PHONE
    customer_name: str = ""
    contact: str = ""
    phone: str = ""
    serial: str = ""
    wanted: str = ""
    note: str = ""
    unit_id: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which complaints are asked for."""

    open_only: bool = True
    text: str = ""


def problems(told: Told) -> list[Problem]:
    """What stops a complaint from being taken down.

    Codes: ``complaints.customer-missing``, ``complaints.topic-missing``, ``complaints.story-missing``,
    ``complaints.reach-missing``, ``complaints.text-long``.
    """
    found = []
    if not told.customer_id and not told.customer_name.strip():
        found.append(Problem("customer_id", "complaints.customer-missing"))
    if told.topic is None:
        found.append(Problem("topic", "complaints.topic-missing"))
    if not told.story.strip():
        found.append(Problem("story", "complaints.story-missing"))
    if not told.contact.strip() and not told.phone.strip():
        found.append(Problem("phone", "complaints.reach-missing"))
    found += [
        Problem(name, "complaints.text-long", {"most": LONGEST_STORY})
        for name in ("story", "wanted") if len(getattr(told, name)) > LONGEST_STORY
    ]
    return found


def clocks(complaint: Complaint, policy: PolicySnapshot) -> tuple[Clock, ...]:
    """The three clocks of a complaint, by the policy of the day it was taken down or opened again."""
    told = _first(complaint.told_at, complaint.closed_at)
    answered = _first(complaint.answered_at, told)
    assigned = _first(complaint.assigned_at, answered)
    return (
        deadlines.complaint_assigned(complaint.since, assigned, policy),
        deadlines.complaint_answered(complaint.since, answered, policy),
        deadlines.complaint_told(complaint.since, told, policy),
    )


def next_step(complaint: Complaint) -> ComplaintStep:
    """What is to be done next."""
    if complaint.state is not ComplaintState.OPEN:
        return ComplaintStep.NOTHING
    if complaint.told_at is not None:
        return ComplaintStep.CLOSE
    if complaint.answered_at is not None:
        return ComplaintStep.TELL
    return ComplaintStep.ANSWER if complaint.assigned_at is not None else ComplaintStep.ASSIGN


def _first(*moments: datetime | None) -> datetime | None:
    """The earliest of those that are known."""
    return min((moment for moment in moments if moment is not None), default=None)
