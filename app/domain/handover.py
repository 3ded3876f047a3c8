"""Handovers: one transfer of custody, units and travellers, accepted or refused line by line (art. 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.places import Place


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
    """The giver's half of a handover."""

    id: str
    number: str
    from_place: Place
    to_place: Place
    giver_name: str
    giver_signature_id: str | None
    note: str
    at: datetime
    by: str
