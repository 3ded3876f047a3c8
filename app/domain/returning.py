"""The way back: put away, pack, send, deliver with proof; the gates are a checklist people can see (art. 10.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.money import Money
from app.domain.places import Place
from app.domain.receiving import Accessory
from app.domain.stages import Stage
from app.errors import Problem


class SendMethod(StrEnum):
    """How units go back."""

    COURIER = "COURIER"
    COLLECTED = "COLLECTED"      # the customer takes them at the counter
    OWN_STAFF = "OWN_STAFF"      # our field person carries them


class Gate(StrEnum):
    """What must hold before a unit may leave."""

    STANDS_IN_ZONE = "STANDS_IN_ZONE"
    RETURN_NEEDED = "RETURN_NEEDED"
    MARKED = "MARKED"            # QA mark, or a ruling that returns the unit as it is
    ACCESSORIES = "ACCESSORIES"
    NO_OPEN_QUESTION = "NO_OPEN_QUESTION"  # no quotation or consent outstanding
    NO_OPEN_OFFER = "NO_OPEN_OFFER"        # in no handover that waits for its receiver
    NOT_PACKED = "NOT_PACKED"
    PAID = "PAID"                # or on account; of a chargeable case
    LOANER_BACK = "LOANER_BACK"            # back, or agreed to be handed in exchange for the unit


class Proof(StrEnum):
    """What proves delivery."""

    SIGNED = "SIGNED"            # on screen
    PAPER = "PAPER"              # signed paper, to be scanned
    CARRIER = "CARRIER"          # the carrier's confirmation


@dataclass(frozen=True, slots=True)
class GateState:
    """One line of the checklist. ``detail`` is a plain value for its sentence (e.g. what is missing)."""

    gate: Gate
    open: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MoneyAtGate:
    """What of the price is still open. ``quotation``: the number of one that is drafted or unanswered.

    ``pay_first``: policy says that a unit leaves only when it is paid for or on account.
    """

    quotation: str = ""
    agreed: Money = Money()  # noqa: RUF009  frozen
    owed: Money = Money()  # noqa: RUF009  frozen
    pay_first: bool = False

    @property
    def settled(self) -> bool:
        """Whether nothing of the agreed price is open."""
        return self.owed.fen <= 0


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """What the gates look at. ``mark_number``: of the valid QA mark; ``as_is``: ruled to go back as it is.

    ``exchanged``: the unit that leaves is the new one of an exchange, which waits at the counter; a new one from the
    stores has no mark of ours and counts as ``as_is``.
    """

    place: Place
    stage: Stage
    return_needed: bool | None
    mark_number: str
    as_is: bool
    accessories: tuple[Accessory, ...]
    paused: bool
    offered_in: str
    packed_in: str
    loaners_out: tuple[str, ...] = ()    # their serials
    exchanged: bool = False
    money: MoneyAtGate = MoneyAtGate()


@dataclass(frozen=True, slots=True)
class Packing:
    """What the clerk enters when packing. ``accessories``: accessory id → pieces that go with the units."""

    case_ids: tuple[str, ...]
    method: SendMethod
    consignee: str
    phone: str = ""
    address: str = ""
    carrier: str = ""
    waybill: str = ""
    accessories: tuple[tuple[str, int], ...] = ()
    loaner_in_exchange: bool = False  # the loaner is handed in when the unit arrives: the clerk has seen that it is out


@dataclass(frozen=True, slots=True)
class Shipment:
    """Units that go back together (发货清单)."""

    id: str
    number: str
    customer_id: str
    method: str
    carrier: str
    waybill: str
    consignee: str
    phone: str
    address: str
    packed_at: datetime
    packed_by: str
    sent_at: datetime | None
    delivered_at: datetime | None
    proof: str | None
    proof_signature_id: str | None
    proof_note: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One case as the return page shows it. ``shipment_*`` are empty until it is packed."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer_id: str
    customer: str
    stage: Stage
    place: Place
    return_needed: bool | None
    due_on: date | None
    paused_at: datetime | None
    passed_at: datetime | None
    shipment_id: str
    shipment_number: str
    sent_at: datetime | None
    method: str


def gates(facts: ReturnFacts) -> tuple[GateState, ...]:
    """The checklist, in the order of the work; the unit may leave when every gate is open."""
    missing = [a.name for a in facts.accessories if a.quantity_out < a.quantity_in]
    return (
        GateState(Gate.STANDS_IN_ZONE, _stands_ready(facts)),
        GateState(Gate.RETURN_NEEDED, facts.return_needed is True or facts.exchanged),
        GateState(Gate.MARKED, bool(facts.mark_number) or facts.as_is, facts.mark_number),
        GateState(Gate.ACCESSORIES, not missing, ", ".join(missing)),
        GateState(
            Gate.NO_OPEN_QUESTION, not facts.paused and not facts.money.quotation, facts.money.quotation),
        GateState(Gate.NO_OPEN_OFFER, not facts.offered_in, facts.offered_in),
        GateState(Gate.NOT_PACKED, not facts.packed_in, facts.packed_in),
        GateState(Gate.LOANER_BACK, not facts.loaners_out, ", ".join(facts.loaners_out)),
        *_paid(facts.money),
    )


def _paid(money: MoneyAtGate) -> tuple[GateState, ...]:
    """Shown where a price was agreed; it holds the unit back only where policy says so."""
    if not money.agreed:
        return ()
    return (GateState(Gate.PAID, money.settled or not money.pay_first, "" if money.settled else str(money.owed)),)


def _stands_ready(facts: ReturnFacts) -> bool:
    if facts.exchanged:
        return facts.place is Place.COUNTER
    return facts.place is Place.ZONE_REPAIRED and facts.stage is Stage.READY_TO_RETURN


def packing_problems(packing: Packing) -> list[Problem]:
    """What is wrong with the packing form, in its order."""
    found = []
    if not packing.case_ids:
        found.append(Problem("case_ids", "returning.nothing"))
    if not packing.consignee.strip():
        found.append(Problem("consignee", "returning.consignee-missing"))
    if packing.method is SendMethod.COURIER:
        if not packing.address.strip():
            found.append(Problem("address", "returning.address-missing"))
        if not packing.carrier.strip():
            found.append(Problem("carrier", "returning.carrier-missing"))
    return found


def quantity_problems(accessories: Sequence[Accessory], packed: dict[str, int]) -> list[Problem]:
    """``returning.accessory-quantity``: more pieces (or fewer than none) go back than came in."""
    return [
        Problem("accessories", "returning.accessory-quantity",
                {"name": a.name, "value": packed[a.id], "most": a.quantity_in})
        for a in accessories
        if a.id in packed and not 0 <= packed[a.id] <= a.quantity_in
    ]
