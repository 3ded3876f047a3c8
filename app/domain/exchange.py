"""Exchange: the old serial leaves the customer's file, a new one comes in (spec 1 §4, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.masterdata import Product
from app.domain.places import Place
from app.domain.signing import OutsideSignature, OwnSignature
from app.domain.stages import Stage
from app.errors import Problem


class ExchangeSource(StrEnum):
    """Where the new unit comes from."""

    SPARE = "SPARE"              # a repaired spare of zone 3
    STORES = "STORES"            # a new unit from the company's stores


@dataclass(frozen=True, slots=True)
class Exchanging:
    """An exchange as entered. ``serial``: of the new unit. ``product_id`` empty: the same product as the old unit's.

    ``substitute_reason``: why the customer agreed to another product. ``giver`` (stores) and ``receiver`` (after-sales)
    sign for a unit that comes from the stores. ``charge_fen``: what the customer pays for it beyond the policy's fee.
    """

    case_id: str
    source: ExchangeSource
    serial: str
    reason: str = ""
    product_id: str = ""
    substitute_reason: str = ""
    charge_fen: int = 0
    giver: OutsideSignature | None = None
    receiver: OwnSignature | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """An exchange on record. ``came_from``: the place the new unit left. ``delivered_at`` ``None``: not there
    yet.

    ``both``: the customer keeps the old unit as well. ``charge_fen``: in fen, fee for both units included.
    """

    id: str
    number: str
    case_id: str
    customer_id: str
    old_unit_id: str
    new_unit_id: str
    source: str
    reason: str
    substitute_reason: str
    both: bool
    warranty_mode: str
    warranty_old_until: date | None
    warranty_until: date | None
    charge_fen: int
    policy_version: str
    came_from: str
    handover_number: str
    at: datetime
    by: str
    by_name: str
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A case in which an exchange is due or under way. ``number`` empty: due. ``shipment``: number once packed."""

    case_id: str
    case_number: str
    stage: Stage
    customer_id: str
    customer: str
    product_id: str
    model: str
    old_serial: str
    old_unit_id: str
    number: str
    exchange_id: str
    new_serial: str
    new_model: str
    new_place: Place | None
    at: datetime | None
    shipment: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spare of zone 3 that could be given. ``same``: of the same product as the old unit."""

    unit_id: str
    serial: str
    product_id: str
    model: str
    placed_at: datetime
    shelf: str
    same: bool


def exchanging_problems(exchanging: Exchanging) -> list[Problem]:
    """``exchange.serial-missing``, ``exchange.charge-negative``, ``exchange.signatures-missing``."""
    found = []
    if not exchanging.serial.strip():
        found.append(Problem("serial", "exchange.serial-missing"))
    if exchanging.charge_fen < 0:
        found.append(Problem("charge", "exchange.charge-negative", {"value": exchanging.charge_fen}))
    if exchanging.source is ExchangeSource.STORES and (exchanging.giver is None or exchanging.receiver is None):
        found.append(Problem("giver", "exchange.signatures-missing"))
    return found


def product_problems(old: Product, new: Product, substitute_reason: str, *, allowed: bool) -> list[Problem]:
    """What stands against giving ``new`` for ``old``. ``allowed``: policy lets another product take its place.

    Codes: ``exchange.substitute-forbidden``, ``exchange.substitute-reason`` (the customer's agreement and why).
    """
    facts = {"old": old.model, "new": new.model}
    if old.id == new.id:
        return []
    if not allowed:
        return [Problem("serial", "exchange.substitute-forbidden", facts)]
    if not substitute_reason.strip():
        return [Problem("substitute_reason", "exchange.substitute-reason", facts)]
    return []
