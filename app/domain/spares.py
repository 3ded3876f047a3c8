"""Repaired spares: the pool in zone 3, what leaves it for a site, and the faulty unit owed in its place (art. 11.1).

A spare that is swapped in at a site stays with the customer; the faulty unit becomes the depot's and is *owed* until
it arrives. It is repaired for the pool. Loaners and parts are other stocks (``loaners``, ``parts``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.clocks import Colour
from app.domain.far_days import far_problems
from app.domain.places import Place
from app.domain.stages import Stage
from app.errors import Problem

#: The stages of a case whose unit may stand in the pool.
POOLED: frozenset[Stage] = frozenset({Stage.SPARE, Stage.CLOSED})


class SpareGrade(StrEnum):
    """How a spare looks and runs, as somebody judged it."""

    AS_NEW = "AS_NEW"
    GOOD = "GOOD"
    WORN = "WORN"                # runs, looks used
    CHECK_FIRST = "CHECK_FIRST"  # to be tested again before it leaves


class ReservationEnd(StrEnum):
    """How a reservation ended."""

    TAKEN = "TAKEN"
    RELEASED = "RELEASED"
    LAPSED = "LAPSED"


class UseState(StrEnum):
    """How far a spare is that left for a site."""

    ON_THE_WAY = "ON_THE_WAY"    # with the field person or the courier
    OWED = "OWED"                # swapped in; the faulty unit has not arrived yet
    RECOVERED = "RECOVERED"
    WRITTEN_OFF = "WRITTEN_OFF"  # the faulty unit will not come
    UNUSED = "UNUSED"            # came back to the pool


class Carriage(StrEnum):
    """Who takes a spare to the site."""

    FIELD_STAFF = "FIELD_STAFF"
    COURIER = "COURIER"


@dataclass(frozen=True, slots=True)
class Reservation:
    """A spare kept for ``customer_id`` until ``until`` (inclusive)."""

    id: str
    unit_id: str
    customer_id: str
    case_id: str | None
    site: str
    note: str
    until: date
    reserved_at: datetime
    reserved_by: str
    ended_at: datetime | None
    ended_by: str | None
    ended: str | None

    def holds(self, today: date) -> bool:
        """Whether it still keeps the spare from others on ``today``."""
        return self.ended is None and self.until >= today


@dataclass(frozen=True, slots=True)
class Reserving:
    """What is typed to reserve a spare."""

    unit_id: str
    customer_id: str
    until: date | None
    case_number: str = ""
    site: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """A spare that leaves for a site. ``case_number``: the case of the faulty unit, if it was reported already.

    ``request_number``: of the service request that it solves.
    """

    unit_id: str
    customer_id: str
    site: str
    reason: str
    carriage: Carriage = Carriage.FIELD_STAFF
    contact: str = ""
    contact_phone: str = ""
    case_number: str = ""
    carrier: str = ""
    waybill: str = ""
    request_number: str = ""


@dataclass(frozen=True, slots=True)
class Swapping:
    """What happened at the site. ``product_id``: of the faulty unit, needed when its serial is not on record."""

    use_id: str
    replaced_serial: str
    swapped_on: date | None
    product_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SpareUse:
    """One spare that left for a site (F15)."""

    id: str
    number: str
    unit_id: str
    customer_id: str
    case_id: str | None
    site: str
    contact: str
    contact_phone: str
    reason: str
    carrier: str
    waybill: str
    from_place: str
    out_handover: str
    sent_at: datetime
    sent_by: str
    replaced_unit_id: str | None
    replaced_serial: str
    swapped_on: date | None
    swapped_at: datetime | None
    swapped_by: str | None
    user_name: str
    user_signature_id: str | None
    owed_since: datetime | None
    owed_due_on: date | None
    owed_days: int | None
    policy_version: str
    recovered_at: datetime | None
    recovered_case_id: str | None
    written_off_at: datetime | None
    written_off_by: str | None
    written_off_reason: str
    unused_at: datetime | None
    unused_handover: str
    note: str
    request_id: str | None = None

    @property
    def state(self) -> UseState:
        """How far it is."""
        return state_of(self.swapped_at, self.recovered_at, self.written_off_at, self.unused_at)


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A spare in zone 3. Ages in whole days at the depot's day it was read; ``made_on`` may be unknown."""

    unit_id: str
    serial: str
    product_id: str
    model: str
    name_zh: str
    name_en: str
    lot: str
    shelf: str
    case_id: str
    case_number: str
    placed_at: datetime
    days: int
    made_on: date | None
    grade: SpareGrade | None
    grade_note: str
    reservation_id: str
    reserved_for: str
    reserved_until: date | None
    reserved_site: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """A spare use in the list: on the way, owed, or settled. ``days_left`` is negative when the unit is late."""

    use_id: str
    number: str
    state: UseState
    spare_unit_id: str
    spare_serial: str
    spare_place: Place
    model: str
    name_zh: str
    name_en: str
    replaced_unit_id: str | None
    replaced_serial: str
    customer_id: str
    customer: str
    contact: str
    contact_phone: str
    site: str
    sent_at: datetime
    swapped_on: date | None
    owed_due_on: date | None
    days_owed: int
    days_left: int | None
    colour: Colour
    recovered_at: datetime | None
    recovered_case: str
    written_off_reason: str
    request_number: str = ""


def state_of(
    swapped_at: datetime | None, recovered_at: datetime | None, written_off_at: datetime | None,
    unused_at: datetime | None,
) -> UseState:
    """The state of a use from its moments."""
    if unused_at is not None:
        return UseState.UNUSED
    if swapped_at is None:
        return UseState.ON_THE_WAY
    if recovered_at is not None:
        return UseState.RECOVERED
    return UseState.WRITTEN_OFF if written_off_at is not None else UseState.OWED


def reserving_problems(reserving: Reserving, today: date) -> list[Problem]:
    """``spares.customer-missing``, ``spares.until-missing``, ``spares.until-past``, ``spares.until-far``."""
    found = []
    if not reserving.customer_id:
        found.append(Problem("customer_id", "spares.customer-missing"))
    if reserving.until is None:
        found.append(Problem("until", "spares.until-missing"))
    elif reserving.until < today:
        found.append(Problem("until", "spares.until-past", {"value": reserving.until, "today": today}))
    else:
        found += far_problems("until", "spares.until-far", reserving.until, today)
    return found


def sending_problems(sending: Sending) -> list[Problem]:
    """``spares.customer-missing``, ``spares.site-missing``, ``spares.reason-missing``, ``spares.carrier-missing``."""
    found = []
    if not sending.customer_id:
        found.append(Problem("customer_id", "spares.customer-missing"))
    if not sending.site.strip():
        found.append(Problem("site", "spares.site-missing"))
    if not sending.reason.strip():
        found.append(Problem("reason", "spares.reason-missing"))
    if sending.carriage is Carriage.COURIER and not sending.carrier.strip():
        found.append(Problem("carrier", "spares.carrier-missing"))
    return found


def swapping_problems(swapping: Swapping, sent_on: date, today: date) -> list[Problem]:
    """``spares.replaced-missing``, ``spares.swap-day-missing``, ``spares.swap-future``, ``spares.swap-before-sent``."""
    found = []
    if not swapping.replaced_serial.strip():
        found.append(Problem("replaced_serial", "spares.replaced-missing"))
    day = swapping.swapped_on
    if day is None:
        found.append(Problem("swapped_on", "spares.swap-day-missing"))
    elif day > today:
        found.append(Problem("swapped_on", "spares.swap-future", {"value": day, "today": today}))
    elif day < sent_on:
        found.append(Problem("swapped_on", "spares.swap-before-sent", {"value": day, "sent": sent_on}))
    return found
